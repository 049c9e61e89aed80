"""`python -m training.evaluate`: the held-out figures of a model file (or a float checkpoint) as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from . import corpora, modelfile
from .corpora import LABELS, ROLES, Document
from .measure import (
    f1,
    label_figures,
    probabilities,
    role_words,
    sigmoid,
    signal_figures,
    two_way_figures,
)
from .modelfile import Settings
from .network import Network
from .predict import Answers, predict
from .text import Tokenizer
from .windows import SIGNAL, EncodedDocument, encode_document

THREE_WAY = ["articles-dev", "webpages-dev", "partisan", "polnear", "page", "bbc", "babe-dev", "checkthat-threeway"]
JOINED = {"partisan, polnear and page": ["partisan", "polnear", "page"]}


def _logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


def _labels(documents: list[EncodedDocument]) -> np.ndarray:
    return np.array([s.label for d in documents for s in d.sentences])


def _outlet(doc: Document) -> str | None:
    if doc.id.startswith("basil"):
        return {"fox": "Fox News", "nyt": "New York Times", "hpo": "HuffPost"}[doc.id.rsplit("_", 1)[1]]
    if doc.id.startswith("polnear-"):
        return doc.id.split("-", 1)[1].split("_")[0]
    return doc.outlet


def evaluate(net: Network, tokenizer: Tokenizer, st: Settings, held: dict[str, list[Document]]) -> dict:
    """Every figure on the held-out documents."""
    encoded = {k: [encode_document(d, tokenizer) for d in docs] for k, docs in held.items()}
    answers: dict[str, list[Answers]] = {
        k: predict(net, docs, st.left, st.right, st.max_tokens) for k, docs in encoded.items()
    }

    def p_of(names: list[str]) -> np.ndarray:
        rows = np.concatenate([a.sentences for n in names for a in answers[n]])
        return probabilities(rows, st.temperature, st.bias)

    out: dict = {"model": st.version, "sets": {}, "roles": {}, "signals": {}, "outlets": {}}
    for name in [*THREE_WAY, "mpqa-dev"]:
        out["sets"][name] = label_figures(_labels(encoded[name]), p_of([name]))
        out["sets"][name]["documents"] = len(encoded[name])
    for name, parts in JOINED.items():
        gold = np.concatenate([_labels(encoded[n]) for n in parts])
        out["sets"][name] = label_figures(gold, p_of(parts))
        out["sets"][name]["documents"] = sum(len(encoded[n]) for n in parts)
    opinion = np.array([d.doc.sentences[0].label == LABELS[2] for d in encoded["checkthat-dev"]])
    out["sets"]["checkthat-dev"] = two_way_figures(opinion, p_of(["checkthat-dev"]))
    gold = np.concatenate([_labels(encoded[n]) for n in THREE_WAY])
    out["all held-out three-way"] = label_figures(gold, p_of(THREE_WAY))

    for name in ["polnear-dev", "factappeal-val"]:
        figures = {}
        for k, role in enumerate(ROLES):
            score, gold_words = role_words(encoded[name], answers[name], role)
            said = score >= _logit(st.thresholds[k])
            figures[role] = f1((said & gold_words).sum(), (said & ~gold_words).sum(), (~said & gold_words).sum())
            z = np.concatenate([x[:, k + 3] for a in answers[name] for x in a.pieces]) >= _logit(st.thresholds[k + 3])
            y = np.concatenate([s.targets[:, k + 3] > 0 for d in encoded[name] for s in d.sentences])
            figures[f"{role}_begin"] = f1((z & y).sum(), (z & ~y).sum(), (~z & y).sum())
        out["roles"][name] = figures

    for name in THREE_WAY:
        said = [
            probabilities(a.sentences, st.temperature, st.bias).argmax(1) == 2 if len(a.sentences) else np.zeros(0)
            for a in answers[name]
        ]
        out["signals"][name] = signal_figures(encoded[name], answers[name], said, _logit(st.thresholds[SIGNAL]))

    tp = fp = fn = 0
    for name in THREE_WAY:
        for d, a in zip(encoded[name], answers[name], strict=True):
            for s, z in zip(d.sentences, a.sentences, strict=True):
                if s.mixed >= 0:
                    said_mixed = float(sigmoid(z[len(LABELS)])) >= st.mixed_threshold
                    tp, fp, fn = tp + (said_mixed and s.mixed), fp + (said_mixed and not s.mixed), fn + (
                        not said_mixed and s.mixed
                    )
    out["mixed"] = f1(tp, fp, fn)

    rows: dict[str, list[tuple[int, np.ndarray]]] = {}
    for name in THREE_WAY:
        for d, a in zip(encoded[name], answers[name], strict=True):
            outlet = _outlet(d.doc)
            if outlet:
                for s, z in zip(d.sentences, a.sentences, strict=True):
                    rows.setdefault(f"{name}: {outlet}", []).append((s.label, z))
    for outlet, pairs in sorted(rows.items()):
        gold = np.array([g for g, _ in pairs])
        p = probabilities(np.array([z for _, z in pairs]), st.temperature, st.bias)
        said = p.argmax(1)
        stated = gold < 3
        out["outlets"][outlet] = {
            "sentences": int(stated.sum()),
            "macro_f1": label_figures(gold, p)["macro_f1"],
            "accuracy": float((np.where(said == 3, 0, said) == gold)[stated].mean()),
            "opinion_gold": float((gold[stated] == 2).mean()),
            "opinion_said": float((said[stated] == 2).mean()),
        }
    return out


def summary(out: dict) -> str:
    """The headline figures, a line a set."""
    lines = []
    for name, f in out["sets"].items():
        extra = " ".join(f"{n.split('-')[-1]} {f[n]['f1']:.3f}" for n in LABELS[:3] if n in f)
        auc = f"{f['opinion_auc']:.3f}" if f["opinion_auc"] is not None else "–"
        ece = f" ece {f['ece']:.3f}" if "ece" in f else ""
        lines.append(f"{name:28} macro-F1 {f['macro_f1']:.3f} acc {f['accuracy']:.3f} auc {auc}{ece} {extra}")
    for name, f in out["roles"].items():
        lines.append(f"{name:28} " + " ".join(f"{k} {v['f1']:.3f}" for k, v in f.items()))
    for name, f in out["signals"].items():
        if f["phrases"]:
            found = f"{f['phrases_found']:.3f} of {f['phrases']}"
            lines.append(f"signals {name:20} phrases {found} words F1 {f['words']['f1']:.3f}")
    lines.append(f"mixed F1 {out['mixed']['f1']:.3f}; ECE over all {out['all held-out three-way']['ece']:.3f}")
    return "\n".join(lines)


def main() -> None:
    """Evaluates a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, default=Path("model/sayswho.bin"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--float-activations", action="store_true")
    parser.add_argument("--left", type=int)
    parser.add_argument("--right", type=int)
    parser.add_argument("--budget", type=int)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    loaded = modelfile.read(args.model, activations=not args.float_activations)
    st = loaded.settings
    st.left = st.left if args.left is None else args.left
    st.right = st.right if args.right is None else args.right
    st.max_tokens = args.budget or st.max_tokens
    out = evaluate(loaded.net, loaded.tokenizer, st, corpora.load(args.data).held_out)
    print(summary(out))
    if args.out:
        args.out.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", "utf8")


if __name__ == "__main__":
    main()
