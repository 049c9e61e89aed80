"""Figures: macro-F1, AUC, calibration error, word-level roles, signals. Counted as the scorer counts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .corpora import LABELS, ROLES, WORD, Document
from .predict import Answers
from .windows import SIGNAL, EncodedDocument

NONE = len(LABELS) - 1


def softmax(z: np.ndarray) -> np.ndarray:
    """Rows to probabilities."""
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Logits to probabilities."""
    return 1 / (1 + np.exp(-z))


def probabilities(logits: np.ndarray, temperature: float, bias: Iterable[float]) -> np.ndarray:
    """Calibrated probabilities of the four labels."""
    return softmax(logits[:, : len(LABELS)] / temperature + np.asarray(list(bias)))


def f1(tp: float, fp: float, fn: float) -> dict[str, float]:
    """Precision, recall and their harmonic mean."""
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def auc(scores: np.ndarray, positive: np.ndarray) -> float | None:
    """Area under the ROC curve, ties counted half."""
    from scipy.stats import rankdata

    pos, neg = int(positive.sum()), int((~positive).sum())
    if not pos or not neg:
        return None
    return float((rankdata(scores)[positive].sum() - pos * (pos + 1) / 2) / (pos * neg))


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        at = place == b
        if at.any():
            error += at.mean() * abs(confidence[at].mean() - right[at].mean())
    return float(error)


def label_figures(gold: np.ndarray, p: np.ndarray) -> dict:
    """Three-way figures; gold none is left out, a predicted none counts as reported fact."""
    said = p.argmax(1)
    out: dict = {
        "ece": calibration_error(p.max(1), said == gold),
        "furniture_left_unlabelled": float((said[gold == NONE] == NONE).mean()) if (gold == NONE).any() else None,
    }
    stated = gold != NONE
    out["statements_left_unlabelled"] = float((said[stated] == NONE).mean())
    said = np.where(said == NONE, 0, said)[stated]
    scores = p[stated][:, 2] / (1 - p[stated][:, NONE] + 1e-9)
    gold = gold[stated]
    for k, name in enumerate(LABELS[:NONE]):
        hit = (gold == k) & (said == k)
        out[name] = f1(hit.sum(), (said == k).sum() - hit.sum(), (gold == k).sum() - hit.sum())
        out[name]["gold"] = int((gold == k).sum())
    out["macro_f1"] = float(np.mean([out[n]["f1"] for n in LABELS[:NONE]]))
    out["accuracy"] = float((gold == said).mean())
    out["sentences"] = int(len(gold))
    out["opinion_auc"] = auc(scores, gold == 2)
    return out


def two_way_figures(opinion: np.ndarray, p: np.ndarray) -> dict:
    """Opinion against the rest."""
    said = p.argmax(1) == 2
    sides = [
        f1((said & opinion).sum(), (said & ~opinion).sum(), (~said & opinion).sum()),
        f1((~said & ~opinion).sum(), (~said & opinion).sum(), (said & ~opinion).sum()),
    ]
    return {
        "macro_f1": float(np.mean([s["f1"] for s in sides])),
        "accuracy": float((said == opinion).mean()),
        "opinion": sides[0],
        "opinion_auc": auc(p[:, 2] / (1 - p[:, NONE] + 1e-9), opinion),
        "sentences": int(len(opinion)),
    }


def words_of(doc: Document, encoded: EncodedDocument, answers: Answers, head: int) -> tuple[np.ndarray, np.ndarray]:
    """The document's words (start, end) and each one's highest logit; words in no piece get −20."""
    spans = np.array([(m.start(), m.end()) for m in WORD.finditer(doc.text)]).reshape(-1, 2)
    score = np.full(len(spans), -20.0)
    for s, z in zip(encoded.sentences, answers.pieces, strict=True):
        for a, b, value in zip(s.starts, s.ends, z[:, head], strict=True):
            k = np.searchsorted(spans[:, 1], a, "right")
            while k < len(spans) and spans[k, 0] < b:
                score[k] = max(score[k], value)
                k += 1
    return spans, score


def role_words(
    documents: list[EncodedDocument], answers: list[Answers], role: str
) -> tuple[np.ndarray, np.ndarray]:
    """Logit and gold of every word for a role."""
    scores, golds = [], []
    for d, a in zip(documents, answers, strict=True):
        spans, score = words_of(d.doc, d, a, ROLES.index(role))
        gold = np.zeros(len(spans), bool)
        for s, e in d.doc.spans[role]:
            gold |= (spans[:, 0] < e) & (s < spans[:, 1])
        scores.append(score)
        golds.append(gold)
    return np.concatenate(scores), np.concatenate(golds)


def best_threshold(scores: np.ndarray, gold: np.ndarray, beta: float = 1.0, slack: float = 0.0) -> float:
    """The logit at which F-beta is highest; with `slack`, the lowest at which it is not less by more than that."""
    order = np.argsort(-scores)
    hits = np.cumsum(gold[order])
    said = np.arange(1, len(order) + 1)
    value = (1 + beta**2) * hits / (said + beta**2 * max(1, gold.sum()))
    at = int(np.flatnonzero(value >= value.max() - slack)[-1])
    following = scores[order[min(at + 1, len(order) - 1)]]
    return float((scores[order[at]] + following) / 2)


def signal_figures(
    documents: list[EncodedDocument],
    answers: list[Answers],
    opinion: list[np.ndarray],
    threshold: float,
) -> dict:
    """Gold phrases found, in gold opinion that is called opinion; an opinion always shows its best word.

    `phrases_found` is the share of gold phrases that a marked word overlaps; `words` the word-level F1 there.
    """
    found = total = tp = fp = fn = 0
    for d, a, said in zip(documents, answers, opinion, strict=True):
        spans, score = words_of(d.doc, d, a, SIGNAL)
        for k, s in enumerate(d.doc.sentences):
            if s.label != LABELS[2] or not s.signals or not said[k]:
                continue
            here = np.flatnonzero((spans[:, 0] < s.end) & (s.start < spans[:, 1]))
            if not len(here):
                continue
            marked = here[score[here] >= min(threshold, score[here].max())]
            gold: set[int] = set()
            for x, y in s.signals:
                phrase = {int(i) for i in here if spans[i, 0] < y and x < spans[i, 1]}
                gold |= phrase
                total += 1
                found += bool(phrase & set(marked.tolist()))
            mine = set(marked.tolist())
            tp, fp, fn = tp + len(mine & gold), fp + len(mine - gold), fn + len(gold - mine)
    return {"phrases_found": found / total if total else None, "phrases": total, "words": f1(tp, fp, fn)}
