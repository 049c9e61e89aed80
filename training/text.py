"""Normaliser, pre-tokeniser and word pieces, defined so that Rust can copy them exactly.

Nothing here depends on the Unicode tables of the language that runs it: the mapping of
characters and their classes are data, written into the model file (see FORMAT.md).
"""

from __future__ import annotations

import bisect
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

SPACE, DROP, ALONE = 1, 2, 3
"""Character classes: a space, a character to leave out, a character that is a word by itself.
A character in no class is part of a word."""

PAD, UNK, START, CONTINUED, SENTENCE, PARAGRAPH, END = range(7)
"""Ids of the special pieces, in the vocabulary's order."""

SPECIAL_PIECES = ["[PAD]", "[UNK]", "[START]", "[CONT]", "[SENT]", "[PARA]", "[END]"]

BASE_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[unused1]", "[SEP]", "[unused2]", "[unused3]"]
"""The piece of the base model whose embedding each special piece starts from."""

MAX_WORD = 100
"""A longer word is one [UNK]."""

_QUOTES = {c: '"' for c in "“”„‟″«»"} | {c: "'" for c in "‘’‚‛′`´‹›ʼ"}
_DASHES = {c: "-" for c in "–‒−‐‑"} | {"―": "—"}
_LETTERS = {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
_FOLDED = _QUOTES | _DASHES | _LETTERS | {"…": "..."}


def character_map() -> dict[int, str]:
    """What a character becomes; characters that stay as they are do not appear."""
    table: dict[int, str] = {}
    for cp in [*range(0x41, 0x5B), *range(0x80, 0x3000), *range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F)]:
        ch = chr(cp)
        form = "NFKD" if cp >= 0xFB00 else "NFD"
        out = unicodedata.normalize(form, ch.lower())
        out = "".join(c for c in out if unicodedata.category(c) != "Mn")
        if out != ch and out:
            table[cp] = out
    for ch, out in _FOLDED.items():
        table[ord(ch)] = out
    return dict(sorted(table.items()))


def _class_of(cp: int) -> int:
    ch = chr(cp)
    cat = unicodedata.category(ch)
    if ch in "\t\n\r\x0b\x0c\x85" or cat[0] == "Z":
        return SPACE
    if cat in ("Cc", "Cf", "Mn", "Me", "Co", "Cs") or cp == 0xFFFD:
        return DROP
    if cat[0] in "PS" or 0x3400 <= cp <= 0x9FFF or 0xF900 <= cp <= 0xFAFF or 0x20000 <= cp <= 0x2FA1F:
        return ALONE
    return 0


def class_ranges() -> list[tuple[int, int, int]]:
    """(first, last, class) of every run of characters with a class, sorted, last inclusive."""
    ranges: list[tuple[int, int, int]] = []
    for cp in [*range(0x0, 0x30000), *range(0xE0000, 0xE01F0)]:
        kind = _class_of(cp)
        if not kind:
            continue
        if ranges and ranges[-1][1] == cp - 1 and ranges[-1][2] == kind:
            ranges[-1] = (ranges[-1][0], cp, kind)
        else:
            ranges.append((cp, cp, kind))
    return ranges


@dataclass
class Word:
    """A normalised word and, for each of its characters, the place of its source character."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class Normaliser:
    """Splits text into normalised words with their offsets (code points of the input)."""

    def __init__(self, table: dict[int, str], ranges: list[tuple[int, int, int]]) -> None:
        self.table, self.ranges = table, ranges
        self._firsts = [r[0] for r in ranges]
        self._known: dict[str, list[tuple[str, int]]] = {}

    def _class(self, ch: str) -> int:
        i = bisect.bisect_right(self._firsts, ord(ch)) - 1
        return self.ranges[i][2] if i >= 0 and ord(ch) <= self.ranges[i][1] else 0

    def _character(self, ch: str) -> list[tuple[str, int]]:
        known = self._known.get(ch)
        if known is None:
            known = [(c, self._class(c)) for c in self.table.get(ord(ch), ch)]
            self._known[ch] = known
        return known

    def words(self, text: str) -> list[Word]:
        """The words of `text`: runs of word characters, and characters that stand alone.

        Two neighbouring apostrophes in the source (after mapping) are one quotation mark.
        """
        out: list[Word] = []
        open_word = False
        for i, ch in enumerate(text):
            for c, kind in self._character(ch):
                if kind == DROP:
                    continue
                if kind == SPACE:
                    open_word = False
                elif kind == ALONE:
                    last = out[-1] if out else None
                    if c == "'" and last and last.text == "'" and last.ends[0] == i:
                        out[-1] = Word('"', [last.starts[0]], [i + 1])
                    else:
                        out.append(Word(c, [i], [i + 1]))
                    open_word = False
                else:
                    if not open_word:
                        out.append(Word(""))
                        open_word = True
                    word = out[-1]
                    word.text += c
                    word.starts.append(i)
                    word.ends.append(i + 1)
        return out


@dataclass(frozen=True)
class Piece:
    """One word piece and its place in the text (code points, half-open)."""

    id: int
    start: int
    end: int


class Tokenizer:
    """Normaliser and greedy longest-match word pieces over a vocabulary."""

    def __init__(self, pieces: list[str], normaliser: Normaliser | None = None) -> None:
        self.pieces = pieces
        self.ids = {p: i for i, p in enumerate(pieces)}
        self.normaliser = normaliser or Normaliser(character_map(), class_ranges())
        self._cache: dict[str, list[tuple[int, int, int]]] = {}

    def split(self, word: str) -> list[tuple[int, int, int]]:
        """(id, first character, end character) of each piece of a normalised word."""
        known = self._cache.get(word)
        if known is not None:
            return known
        out: list[tuple[int, int, int]] = []
        start, n = 0, len(word)
        if n > MAX_WORD:
            return [(UNK, 0, n)]
        while start < n:
            end = n
            while end > start:
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                out = [(UNK, 0, n)]
                break
            out.append((self.ids[piece], start, end))
            start = end
        self._cache[word] = out
        return out

    def encode(self, text: str) -> list[Piece]:
        """The pieces of a text."""
        return [
            Piece(i, w.starts[a], w.ends[b - 1]) for w in self.normaliser.words(text) for i, a, b in self.split(w.text)
        ]


def prune_vocabulary(base: list[str], texts: Iterable[str], size: int) -> list[str]:
    """The special pieces, every single character, what the corpora use twice, then the commonest.

    The base vocabulary is sorted by frequency, so its order decides which further pieces stay.
    """
    tokenizer = Tokenizer(["[PAD]", "[UNK]", *base])
    used: Counter[str] = Counter()
    for text in texts:
        used.update(tokenizer.pieces[p.id] for p in tokenizer.encode(text))
    ordinary = [p for p in base if not (p.startswith("[") and p.endswith("]"))]
    reachable = [p for p in ordinary if p.isascii() or p in used]
    keep = {p for p in reachable if len(p.removeprefix("##")) == 1}
    keep |= {p for p in reachable if used[p] >= 2}
    if len(keep) > size - len(SPECIAL_PIECES):
        singles = {p for p in keep if len(p.removeprefix("##")) == 1}
        rest = sorted(keep - singles, key=lambda p: (-used[p], p))
        keep = singles | set(rest[: size - len(SPECIAL_PIECES) - len(singles)])
    for p in reachable:
        if len(keep) >= size - len(SPECIAL_PIECES):
            break
        keep.add(p)
    return SPECIAL_PIECES + [p for p in ordinary if p in keep]
