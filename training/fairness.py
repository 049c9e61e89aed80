"""`python -m training.fairness`: does a label change when parties, candidates or first names change places?"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch

from . import corpora, modelfile
from .corpora import LABELS, Document, Sentence
from .measure import probabilities
from .modelfile import Loaded
from .predict import predict
from .swaps import FIRST_NAMES, PARTY, POLITICS, PRONOUNS, mapping
from .windows import encode_document

KINDS = {"parties and candidates": mapping(POLITICS, PARTY), "first names and pronouns": mapping(FIRST_NAMES, PRONOUNS)}
SETS = ["articles-dev", "webpages-dev", "partisan", "polnear", "babe-dev"]


def swap_text(text: str, table: dict[str, str]) -> tuple[str, int]:
    """The text with every word of the table exchanged, capitals kept, and how many there were."""

    def other(m: re.Match[str]) -> str:
        word = table[m.group().lower()]
        return word.upper() if m.group().isupper() else word.capitalize() if m.group()[0].isupper() else word

    return re.subn(r"\b(?:" + "|".join(table) + r")\b", other, text, flags=re.IGNORECASE)


def swapped(doc: Document, table: dict[str, str]) -> tuple[Document, list[bool]]:
    """The document with names exchanged, its sentences moved along; and which sentences changed."""
    text, sentences, changed, last = "", [], [], 0
    for s in doc.sentences:
        text += doc.text[last : s.start]
        body, count = swap_text(doc.text[s.start : s.end], table)
        sentences.append(Sentence(len(text), len(text) + len(body), s.label))
        changed.append(count > 0)
        text, last = text + body, s.end
    return Document(doc.id, doc.group, text, sentences), changed


def check(loaded: Loaded, held: dict[str, list[Document]]) -> dict:
    """Share of labels kept, over all sentences of a set and over those that hold a name."""
    st, out = loaded.settings, {}

    def said(docs: list[Document]) -> np.ndarray:
        encoded = [encode_document(d, loaded.tokenizer) for d in docs]
        rows = [a.sentences for a in predict(loaded.net, encoded, st.left, st.right, st.max_tokens)]
        return probabilities(np.concatenate(rows), st.temperature, st.bias).argmax(1)

    for kind, table in KINDS.items():
        kept = total = kept_named = named = to_opinion = from_opinion = 0
        for name in SETS:
            pairs = [swapped(d, table) for d in held[name]]
            before, after = said(held[name]), said([d for d, _ in pairs])
            touched = np.concatenate([np.array(c) for _, c in pairs])
            same = before == after
            kept, total = kept + int(same.sum()), total + len(same)
            kept_named, named = kept_named + int(same[touched].sum()), named + int(touched.sum())
            opinion = LABELS.index("unattributed-opinion")
            to_opinion += int(((after == opinion) & ~same).sum())
            from_opinion += int(((before == opinion) & ~same).sum())
        out[kind] = {
            "sentences": total,
            "kept": kept / total,
            "with_a_name": named,
            "kept_with_a_name": kept_named / named,
            "became_opinion": to_opinion,
            "ceased_to_be_opinion": from_opinion,
        }
    return out


def main() -> None:
    """Checks a model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, default=Path("model/sayswho.bin"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    out = check(modelfile.read(args.model), corpora.load(args.data).held_out)
    print(json.dumps(out, indent=1))
    if args.out:
        args.out.write_text(json.dumps(out, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
