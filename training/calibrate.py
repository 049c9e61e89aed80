"""Temperature, label bias and thresholds, from documents that neither trained nor are reported."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from .corpora import LABELS, ROLES
from .measure import best_threshold, role_words, sigmoid, words_of
from .modelfile import Settings
from .predict import Answers
from .windows import SIGNAL, TOKEN_HEADS, EncodedDocument


SLACK = {"source": 0.025}
"""F1 given up for a lower threshold. By words, that of sources changes little from 0.35 to 0.75; of whole attributions as
many come out right at 0.3 as at 0.4 (0.746 and 0.743 on the calibration documents, 0.745 at 0.25), since decoding drops
what grammar does not bear out, and a claim without its source is worse than one with a word too many."""


def fit_labels(logits: np.ndarray, gold: np.ndarray) -> tuple[float, list[float]]:
    """Temperature and bias that make the calibration labels likeliest (a weak pull towards no bias)."""
    z, y = torch.from_numpy(logits[:, : len(LABELS)]), torch.from_numpy(gold)
    log_t = torch.zeros(1, requires_grad=True)
    bias = torch.zeros(len(LABELS), requires_grad=True)
    opt = torch.optim.LBFGS([log_t, bias], max_iter=200)

    def closure() -> torch.Tensor:
        opt.zero_grad()
        loss = F.cross_entropy(z / log_t.exp() + bias, y) + 0.01 * bias.square().sum()
        loss.backward()
        return loss

    opt.step(closure)
    b = bias.detach() - bias.detach().mean()
    return float(log_t.exp().detach()), [float(x) for x in b]


def calibrate(documents: list[EncodedDocument], answers: list[Answers], settings: Settings) -> Settings:
    """Fills the settings in from the answers on the calibration documents."""
    logits, gold, mixed, is_mixed = [], [], [], []
    for d, a in zip(documents, answers, strict=True):
        for s, z in zip(d.sentences, a.sentences, strict=True):
            if s.label >= 0 and s.ids:
                logits.append(z)
                gold.append(s.label)
            if s.mixed >= 0:
                mixed.append(z[len(LABELS)])
                is_mixed.append(bool(s.mixed))
    settings.temperature, settings.bias = fit_labels(np.array(logits), np.array(gold))
    settings.mixed_threshold = float(sigmoid(np.array(best_threshold(np.array(mixed), np.array(is_mixed)))))

    with_roles = [(d, a) for d, a in zip(documents, answers, strict=True) if d.doc.id.startswith("polnear")]
    with_roles = [(d, a) for d, a in with_roles if d.doc.attributions is not None]
    thresholds = [0.5] * len(TOKEN_HEADS)
    docs, theirs = [d for d, _ in with_roles], [a for _, a in with_roles]
    for k, role in enumerate(ROLES):
        thresholds[k] = float(sigmoid(np.array(best_threshold(*role_words(docs, theirs, role), slack=SLACK.get(role, 0.0)))))
        z = np.concatenate([p[:, k + 3] for a in theirs for p in a.pieces])
        y = np.concatenate([s.targets[:, k + 3] > 0 for d in docs for s in d.sentences])
        thresholds[k + 3] = float(sigmoid(np.array(best_threshold(z, y))))

    scores, golds = [], []
    for d, a in zip(documents, answers, strict=True):
        if not any(s.signals for s in d.doc.sentences):
            continue
        spans, score = words_of(d.doc, d, a, SIGNAL)
        for s in d.doc.sentences:
            if s.label == LABELS[2] and s.signals:
                here = (spans[:, 0] < s.end) & (s.start < spans[:, 1])
                inside = np.zeros(len(spans), bool)
                for x, y in s.signals:
                    inside |= (spans[:, 0] < y) & (x < spans[:, 1])
                scores.append(score[here])
                golds.append(inside[here])
    # A phrase missed costs the reader more than a word too many.
    thresholds[SIGNAL] = float(sigmoid(np.array(best_threshold(np.concatenate(scores), np.concatenate(golds), 1.3))))
    settings.thresholds = thresholds
    return settings
