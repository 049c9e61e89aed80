"""A network's answers for whole documents, cut into windows as the engine cuts them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .network import Network
from .windows import TOKEN_HEADS, EncodedDocument, assemble, batches, fixed


@dataclass
class Answers:
    """Logits of a document's sentences (five each) and of each sentence's pieces (seven each)."""

    sentences: np.ndarray
    pieces: list[np.ndarray]


@torch.no_grad()
def predict(
    net: Network,
    documents: list[EncodedDocument],
    left: int,
    right: int,
    budget: int,
    tokens: int = 4096,
    bfloat: bool = False,
) -> list[Answers]:
    """Answers in the documents' order."""
    net.eval()
    windows = [w for i, d in enumerate(documents) for w in assemble(d, i, fixed(budget), left, right, local=True)]
    out = [
        Answers(
            np.zeros((len(d.sentences), 5), np.float32),
            [np.full((len(s.ids), len(TOKEN_HEADS)), -20.0, np.float32) for s in d.sentences],
        )
        for d in documents
    ]
    for group in batches(windows, tokens):
        longest = max(len(w.ids) for w in group)
        ids = torch.zeros((len(group), longest), dtype=torch.long)
        owner = torch.full((len(group), longest), -1)
        base, bases = 0, []
        for b, w in enumerate(group):
            ids[b, : len(w.ids)] = torch.tensor(w.ids)
            own = torch.tensor(w.owner)
            owner[b, : len(w.ids)] = torch.where(own >= 0, own + base, own)
            bases.append(base)
            base += len(w.sentences)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat):
            sentence, token = net(ids, owner, base)
        for b, w in enumerate(group):
            own = np.asarray(w.owner)
            for k, j in enumerate(w.sentences):
                a = out[w.document]
                if documents[w.document].sentences[j].ids:
                    a.sentences[j] = sentence[bases[b] + k].numpy()
                else:
                    a.sentences[j] = [0.0, 0.0, 0.0, 20.0, -20.0]
                at = np.flatnonzero(own == k)
                a.pieces[j][: len(at)] = token[b, at].numpy()
    return out
