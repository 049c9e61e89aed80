"""Gold documents of every set, in one form, split by document into train, calibration and held-out."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

LABELS = ["reported-fact", "attributed-claim", "unattributed-opinion", "none"]
CODES = dict(zip("FAON", LABELS, strict=True))
ROLES = ["source", "cue", "content"]
READINGS = Path(__file__).parent / "readings"
WRITTEN = Path(__file__).parent / "written"

WORD = re.compile(r"\w+(?:[’'\-]\w+)*")

SOURCE_TYPES = {
    "Official": "official",
    "Expert": "expert",
    "Witness": "witness",
    "Active_Participant": "participant",
    "Expert_Document": "document",
    "Direct_Evidence": "document",
    "News_Report": "news-report",
    "null": "unknown",
}
"""FactAppeal's names for the kinds of source, and ours; "null" is what fits none of its types."""

HELD_OUT_SETS = ["articles-dev", "webpages-dev", "polnear-dev", "factappeal-val", "mpqa-dev", "checkthat-dev"]
SPLIT_SETS = ["articles-train", "babe-dev", "checkthat-threeway"]


@dataclass
class Sentence:
    """A sentence of a document; `label` is None where the set has none."""

    start: int
    end: int
    label: str | None = None
    mixed: bool | None = None
    signals: list[tuple[int, int]] | None = None
    roles_known: bool = False


@dataclass
class Document:
    """A document with whatever gold it has."""

    id: str
    group: str
    text: str
    sentences: list[Sentence]
    attributions: list[dict] | None = None
    outlet: str | None = None
    role_weight: float = 1.0
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def read(path: Path) -> list[dict]:
    """The documents of a JSON Lines file."""
    with open(path, encoding="utf8") as f:
        return [json.loads(line) for line in f if line.strip()]


def bucket(doc_id: str) -> int:
    """A number from 0 to 99 that depends on nothing but the id: 0–19 held out, 20–25 calibration."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest()[:8], 16) % 100


_ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|Prof|Rev|Hon|vs|No|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ark|Ariz|Calif|Conn|Fla|Ga|Ill|Ind|Mass|Md|Mich|Minn|Mo|Pa|Tenn|Va|Wis|Ala|Colo"
    r"|Del|Nev|Okla|Ore|Tex|Vt|Wash|Wyo|D|R|etc|i\.e|e\.g|a\.m|p\.m)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_BOUNDARY = re.compile(r"[.!?…]+['\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\s*\n|\n")


def split_sentences(text: str) -> list[Sentence]:
    """A plain splitter for documents without gold sentences; used for context and token roles only."""
    out: list[Sentence] = []
    start = 0
    cuts = []
    for m in _BOUNDARY.finditer(text):
        head = text[start : m.start() + 1]
        if "\n" not in m.group() and _ABBREVIATIONS.search(head):
            continue
        cuts.append(m.end())
        start = m.end()
    start = 0
    for cut in [*cuts, len(text)]:
        piece = text[start:cut]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            out.append(Sentence(start + lead, start + len(piece.rstrip())))
        start = cut
    return out


def _find_signals(text: str, sentence: dict) -> list[tuple[int, int]]:
    body = text[sentence["start"] : sentence["end"]]
    found = []
    for phrase in sentence.get("signals") or []:
        at = body.find(phrase)
        if at < 0:
            at = body.lower().find(phrase.lower())
        if at >= 0:
            found.append((sentence["start"] + at, sentence["start"] + at + len(phrase)))
    return found


def _labelled(doc: dict, group: str, signals: bool) -> Document:
    sentences = []
    for s in sorted(doc["sentences"], key=lambda s: s["start"]):
        sentences.append(
            Sentence(
                s["start"],
                s["end"],
                s["label"],
                bool(s.get("mixed")),
                _find_signals(doc["text"], s) if signals else None,
            )
        )
    return Document(doc["id"], group, doc["text"], sentences, outlet=doc.get("outlet"))


def _with_roles(doc: Document, attributions: list[dict], weight: float = 1.0) -> None:
    doc.attributions = attributions
    doc.role_weight = weight
    doc.spans = {r: [tuple(s) for a in attributions for s in a.get(r) or []] for r in ROLES}
    for s in doc.sentences:
        s.roles_known = True


def load_labelled(data: Path, name: str) -> list[Document]:
    """A set with sentence labels and signals."""
    return [_labelled(d, name, signals=name != "mpqa-dev") for d in read(data / f"{name}.jsonl")]


def load_readings(name: str) -> dict[str, list[Sentence]]:
    """The project's own readings of a set's sentences, by document (training/readings/README.md has the form)."""
    path = READINGS / f"{name}.jsonl"
    return {d["id"]: [_read_sentence(*s) for s in d["sentences"]] for d in read(path)} if path.exists() else {}


def _read_sentence(
    start: int, end: int, code: str | None, signals: list[tuple[int, int]] | None = None
) -> Sentence:
    if code is None:
        return Sentence(start, end)
    return Sentence(start, end, CODES[code[0]], code == "A+", [(a, b) for a, b in signals or []])


_WRITTEN_LINE = re.compile(r"(F|A\+?|O|N|\?) (.+)")
_MARKED = re.compile(r"\[\[(.+?)\]\]")


def load_written() -> list[Document]:
    """The articles that were written for this project (training/written/README.md has the form)."""
    out = []
    for path in sorted(WRITTEN.glob("*.txt")):
        articles = re.split(r"^===.*\n", path.read_text(encoding="utf8"), flags=re.MULTILINE)
        out += [_written(f"written-{path.stem}-{n}", article) for n, article in enumerate(articles) if article.strip()]
    return out


def _written(doc_id: str, article: str) -> Document:
    text = ""
    sentences = []
    for paragraph in re.split(r"\n\n+", article.strip()):
        text += "\n\n" if text else ""
        for n, line in enumerate(paragraph.split("\n")):
            match = _WRITTEN_LINE.fullmatch(line)
            if match is None:
                raise ValueError(f"{doc_id}: not a labelled sentence: {line!r}")
            code, marked = match.groups()
            text += " " if n else ""
            start, signals, last = len(text), [], 0
            for m in _MARKED.finditer(marked):
                text += marked[last : m.start()]
                signals.append((len(text), len(text) + len(m[1])))
                text += m[1]
                last = m.end()
            text += marked[last:]
            label = CODES.get(code[0])
            # The writers thought of mixed claims too seldom for the others to be taken as not mixed.
            mixed = True if code == "A+" else None
            sentences.append(Sentence(start, len(text), label, mixed, signals if label else None))
    return Document(doc_id, "written", text, sentences)


def load_roles(data: Path, name: str) -> list[Document]:
    """A set with attributions; FactAppeal's unclaimed sentences give no negatives."""
    readings = load_readings(name)
    out = []
    for d in read(data / f"{name}.jsonl"):
        fact_appeal = "sentences" in d
        if d["id"] in readings:
            sentences = readings[d["id"]]
        elif fact_appeal:
            sentences = [Sentence(s["start"], s["end"]) for s in d["sentences"]]
        else:
            sentences = split_sentences(d["text"])
        doc = Document(d["id"], name, d["text"], sentences)
        _with_roles(doc, d["attributions"], 0.5 if fact_appeal else 1.0)
        if fact_appeal and d["sentences"][0]["label"] == "none":
            for s in doc.sentences:
                s.roles_known = False
        out.append(doc)
    return out


def _shingles(text: str, n: int = 8) -> set[int]:
    words = [w.lower() for w in WORD.findall(text)]
    return {hash(tuple(words[i : i + n])) for i in range(max(1, len(words) - n + 1))}


@dataclass
class Corpora:
    """The three parts. No document of one part shares an id with another."""

    train: list[Document]
    calibration: list[Document]
    held_out: dict[str, list[Document]]


def part_of(doc: Document) -> str:
    """The name under which a held-out document is reported."""
    if doc.group != "articles-train":
        return doc.group
    return {"bbc": "bbc", "ptc": "partisan", "polnear": "polnear", "page": "page"}[doc.id.split("-")[0]]


def load(data: Path) -> Corpora:
    """Reads every set and splits it; training documents that repeat held-out text are dropped."""
    held: dict[str, list[Document]] = {}
    train: list[Document] = []
    calibration: list[Document] = []

    for name in ["articles-dev", "webpages-dev", "mpqa-dev", "checkthat-dev"]:
        held[name] = load_labelled(data, name)
    for name in ["polnear-dev", "factappeal-val"]:
        held[name] = load_roles(data, name)

    roles = {d.id: d for d in load_roles(data, "polnear-train")}
    for name in SPLIT_SETS:
        for doc in load_labelled(data, name):
            merged = roles.pop(doc.id, None)
            if merged is not None and merged.text == doc.text:
                _with_roles(doc, merged.attributions or [])
            b = bucket(doc.id)
            if b < 20:
                held.setdefault(part_of(doc) if name == "articles-train" else name, []).append(doc)
            elif name == "checkthat-threeway" and doc.id.startswith("ct-dev"):
                continue  # the same sentences as checkthat-dev, which is held out whole
            else:
                (calibration if b < 26 else train).append(doc)
    for doc in [*roles.values(), *load_roles(data, "factappeal-train")]:
        (calibration if 20 <= bucket(doc.id) < 24 else train).append(doc)
    train += load_written()

    seen: set[int] = set()
    for docs in held.values():
        for doc in docs:
            seen |= _shingles(doc.text)

    def repeats(doc: Document) -> bool:
        mine = _shingles(doc.text)
        return len(mine & seen) > 0.3 * len(mine)

    kept = [d for d in train if not repeats(d)]
    kept_calibration = [d for d in calibration if not repeats(d)]
    dropped = len(train) - len(kept) + len(calibration) - len(kept_calibration)
    print(f"documents: train {len(kept)}, calibration {len(kept_calibration)}, repeating held-out text {dropped}")
    return Corpora(kept, kept_calibration, held)
