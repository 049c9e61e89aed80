"""From documents to windows of word pieces, with targets where the gold has them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from .corpora import LABELS, Document
from .text import CONTINUED, END, PARAGRAPH, SENTENCE, START, Tokenizer

MAX_TOKENS = 256
LEFT_CONTEXT = 24
RIGHT_CONTEXT = 16

TOKEN_HEADS = ["source", "cue", "content", "source_begin", "cue_begin", "content_begin", "signal"]
SIGNAL = TOKEN_HEADS.index("signal")


@dataclass
class Encoded:
    """A sentence as pieces, with targets for each piece (`roles` and `signal` -1 where unknown)."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    paragraph: bool
    label: int
    mixed: int
    targets: np.ndarray
    weights: np.ndarray


@dataclass
class EncodedDocument:
    """A document ready for windows."""

    doc: Document
    sentences: list[Encoded]


def _inside(starts: list[int], ends: list[int], spans: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Which pieces lie in a span, and which are the first of one."""
    s, e = np.asarray(starts), np.asarray(ends)
    inside, begin = np.zeros(len(starts), np.float32), np.zeros(len(starts), np.float32)
    for a, b in spans:
        hit = np.flatnonzero((s < b) & (a < e))
        if len(hit):
            inside[hit] = 1.0
            if s[hit[0]] >= a:
                begin[hit[0]] = 1.0
    return inside, begin


def encode_document(doc: Document, tokenizer: Tokenizer) -> EncodedDocument:
    """Pieces and targets of every sentence. A paragraph begins after a blank line."""
    out: list[Encoded] = []
    last = 0
    signals_known = any(s.signals for s in doc.sentences)
    for i, s in enumerate(doc.sentences):
        pieces = tokenizer.encode(doc.text[s.start : s.end])[: MAX_TOKENS - 3]
        gap = doc.text[last : s.start]
        last = s.end
        starts = [p.start + s.start for p in pieces]
        ends = [p.end + s.start for p in pieces]
        n = len(pieces)
        targets = np.zeros((n, len(TOKEN_HEADS)), np.float32)
        weights = np.zeros((n, len(TOKEN_HEADS)), np.float32)
        if n and s.roles_known:
            lo, hi = s.start, s.end
            for r, name in enumerate(["source", "cue", "content"]):
                spans = [x for x in doc.spans[name] if x[0] < hi and lo < x[1]]
                targets[:, r], targets[:, r + 3] = _inside(starts, ends, spans)
            weights[:, :SIGNAL] = doc.role_weight
            if doc.role_weight < 1.0:
                weights[:, 1] = weights[:, 4] = 0.0  # no cues in that set
        if n and s.signals is not None and s.label is not None and (s.signals or signals_known or s.label != LABELS[2]):
            targets[:, SIGNAL] = _inside(starts, ends, s.signals)[0]
            weights[:, SIGNAL] = 0.0 if s.label == LABELS[2] and not s.signals else 1.0
        out.append(
            Encoded(
                [p.id for p in pieces],
                starts,
                ends,
                i == 0 or gap.count("\n") >= 2,
                LABELS.index(s.label) if s.label in LABELS else -1,
                -1 if s.mixed is None or s.label != LABELS[1] else int(s.mixed),
                targets,
                weights,
            )
        )
    return EncodedDocument(doc, out)


@dataclass
class Window:
    """Piece ids; the sentence each belongs to (-1: marker or context); the document's sentences."""

    document: int
    ids: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


def _end(sents: list[Encoded], first: int, budget: int, left: int, right: int, local: bool) -> int:
    """Where the window that begins with sentence `first` ends: the sentence with which the next begins.

    As many sentences as the budget takes. Where cuts are to be `local`, the last half of a later window is given up for a
    cut that hangs on what stands there and not on where the window began, so that after an edit the cuts are soon the
    old ones again: before the sentence that opens a paragraph, rather than not, and whose pieces have the largest CRC-32.
    """
    length = 1 + (min(left, len(sents[first - 1].ids)) if first else 0)
    end = first
    cuts: list[tuple[bool, int, int]] = []
    while end < len(sents):
        after = right if end + 1 < len(sents) else 0
        if end > first and 1 + len(sents[end].ids) > budget - length - 1 - after:
            break
        length += 1 + min(len(sents[end].ids), max(0, MAX_TOKENS - 2 - length))
        end += 1
        if end < len(sents) and length >= budget // 2:
            ids = np.asarray(sents[end].ids, "<u4").tobytes()
            cuts.append((sents[end].paragraph, zlib.crc32(ids), end))
    return max(cuts)[2] if local and first and cuts and end < len(sents) else end


def assemble(
    document: EncodedDocument,
    index: int,
    budgets: Iterator[int],
    left: int = LEFT_CONTEXT,
    right: int = RIGHT_CONTEXT,
    paragraphs: bool = True,
    local: bool = False,
) -> list[Window]:
    """Packs a document's sentences into windows; FORMAT.md states the same rules in words."""
    sents = document.sentences
    windows: list[Window] = []
    i, n = 0, len(sents)
    while i < n:
        end = _end(sents, i, next(budgets), left, right, local)
        w = Window(index)
        if i == 0:
            w.ids, w.owner = [START], [-1]
        else:
            w.ids, w.owner = [CONTINUED], [-1]
            tail = sents[i - 1].ids[-left:] if left else []
            w.ids += tail
            w.owner += [-1] * len(tail)
        for j in range(i, end):
            ids = sents[j].ids[: max(0, MAX_TOKENS - 2 - len(w.ids))]
            w.ids.append(PARAGRAPH if paragraphs and sents[j].paragraph else SENTENCE)
            w.owner.append(-1)
            w.ids += ids
            w.owner += [len(w.sentences)] * len(ids)
            w.sentences.append(j)
        if end < n:
            room = min(right, MAX_TOKENS - 1 - len(w.ids))
            if room > 0:
                head = sents[end].ids[:room]
                w.ids += [PARAGRAPH if paragraphs and sents[end].paragraph else SENTENCE, *head]
                w.owner += [-1] * (1 + len(head))
        elif len(w.ids) < MAX_TOKENS:
            w.ids.append(END)
            w.owner.append(-1)
        windows.append(w)
        i = end
    return windows


def fixed(budget: int = MAX_TOKENS) -> Iterator[int]:
    """The same budget for every window, as at inference."""
    while True:
        yield budget


def _varied(rng: random.Random) -> Iterator[int]:
    yield rng.randint(48, MAX_TOKENS)
    while True:
        yield rng.randint(128, MAX_TOKENS)


def epoch_windows(documents: list[EncodedDocument], rng: random.Random, role_share: float) -> list[Window]:
    """Windows of one pass: other cuts, contexts and marks each time; a few sentences stand alone.

    Of the long documents that have token roles but no sentence labels only `role_share` are read.
    """
    out: list[Window] = []
    for index, d in enumerate(documents):
        if len(d.sentences) > 1 and all(s.label < 0 for s in d.sentences) and rng.random() > role_share:
            continue
        left = rng.choice([0, 12, LEFT_CONTEXT, LEFT_CONTEXT])
        right = rng.choice([0, 8, RIGHT_CONTEXT, RIGHT_CONTEXT])
        windows = assemble(d, index, _varied(rng), left, right, rng.random() > 0.2)
        out += windows
        if len(d.sentences) > 1:
            labelled = [k for k, s in enumerate(d.sentences) if s.label >= 0]
            for k in rng.sample(labelled, len(labelled) // 12):
                ids = d.sentences[k].ids
                out.append(Window(index, [START, PARAGRAPH, *ids, END], [-1, -1, *[0] * len(ids), -1], [k]))
    return [w for w in out if any(o >= 0 for o in w.owner)]


def batches(windows: list[Window], tokens: int, rng: random.Random | None = None) -> list[list[Window]]:
    """Windows of like length together, at most `tokens` padded pieces a batch, in random order."""
    key = (lambda w: len(w.ids) + rng.random() * 16) if rng else (lambda w: len(w.ids))
    out: list[list[Window]] = []
    longest = 0
    for w in sorted(windows, key=key):
        longest = max(longest, len(w.ids))
        if out and len(out[-1]) and longest * (len(out[-1]) + 1) <= tokens:
            out[-1].append(w)
        else:
            out.append([w])
            longest = len(w.ids)
    if rng:
        rng.shuffle(out)
    return out
