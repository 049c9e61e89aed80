"""The encoder and its heads: a BERT of chosen layers, tanh-GELU, frozen 4-bit word embeddings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .corpora import LABELS
from .text import BASE_PIECES, SPECIAL_PIECES
from .windows import MAX_TOKENS, TOKEN_HEADS

EPSILON = 1e-12
GROUP = 64
"""Weights of an embedding row that share one scale."""


@dataclass
class Config:
    """The encoder's shape."""

    vocabulary: int = 16000
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    dropout: float = 0.1


def quantise_embedding(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """4-bit integers (-8..7) and one scale for each group of 64; the scale that errs least of a few."""
    groups = rows.reshape(rows.shape[0], -1, GROUP).astype(np.float32)
    peak = np.abs(groups).max(-1, keepdims=True) + 1e-12
    best_q = np.zeros(groups.shape, np.int8)
    best_s = np.ones(peak.shape, np.float32)
    best_e = np.full(peak.shape, np.inf, np.float32)
    for level in np.linspace(6.5, 12.0, 12):
        scale = (peak / level).astype(np.float32)
        q = np.clip(np.rint(groups / scale), -8, 7)
        error = ((q * scale - groups) ** 2).sum(-1, keepdims=True)
        better = error < best_e
        best_e = np.where(better, error, best_e)
        best_s = np.where(better, scale, best_s)
        best_q = np.where(better, q, best_q).astype(np.int8)
    return best_q.reshape(rows.shape), best_s[..., 0]


def dequantise_embedding(q: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """The embedding that the quantised rows stand for."""
    return q.astype(np.float32) * np.repeat(scales, GROUP, axis=1)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.heads = c.heads
        self.qkv = nn.Linear(c.hidden, 3 * c.hidden)
        self.out = nn.Linear(c.hidden, c.hidden)
        self.norm1 = nn.LayerNorm(c.hidden, eps=EPSILON)
        self.up = nn.Linear(c.hidden, c.inner)
        self.down = nn.Linear(c.inner, c.hidden)
        self.norm2 = nn.LayerNorm(c.hidden, eps=EPSILON)
        self.dropout = c.dropout

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:
        """What attention gives, before the output's product."""
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        return a.transpose(1, 2).reshape(b, t, d)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        a = self.out(self.attend(x, mask))
        x = self.norm1(x + F.dropout(a, self.dropout, self.training))
        h = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(h, self.dropout, self.training))


class Network(nn.Module):
    """Encoder, sentence head (mean and maximum of a sentence's pieces) and token head."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.config = c
        self.words = nn.Embedding(c.vocabulary, c.hidden)
        self.positions = nn.Embedding(MAX_TOKENS, c.hidden)
        self.norm = nn.LayerNorm(c.hidden, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(c) for _ in c.layers)
        self.sentence_head = nn.Linear(2 * c.hidden, len(LABELS) + 1)
        self.token_head = nn.Linear(c.hidden, len(TOKEN_HEADS))
        self.words.requires_grad_(False)
        self.positions.requires_grad_(False)

    def embed(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """What the first layer gets of padded ids (0 is padding), and what keeps padding from being looked at."""
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        x = F.dropout(x, self.config.dropout, self.training)
        return x, torch.zeros(ids.shape, dtype=x.dtype).masked_fill_(ids == 0, -1e4)[:, None, None, :]

    def encode(self, ids: Tensor) -> Tensor:
        """Hidden states [batch, time, hidden] of padded ids (0 is padding)."""
        x, mask = self.embed(ids)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, owner: Tensor, sentences: int) -> tuple[Tensor, Tensor]:
        """Logits of each sentence (`owner` counts sentences through the batch, -1: none) and piece."""
        x = self.encode(ids).float()
        with torch.autocast("cpu", enabled=False):
            flat, own = x.reshape(-1, x.shape[-1]), owner.reshape(-1)
            inside = own >= 0
            flat, own = flat[inside], own[inside]
            total = torch.zeros(sentences, x.shape[-1]).index_add(0, own, flat)
            count = torch.zeros(sentences).index_add(0, own, torch.ones(len(own))).clamp_min(1.0)
            index = own[:, None].expand_as(flat)
            peak = torch.full((sentences, x.shape[-1]), -1e4).scatter_reduce(0, index, flat, "amax")
            pooled = torch.cat([total / count[:, None], peak], 1)
            pooled = F.dropout(pooled, self.config.dropout, self.training)
            return self.sentence_head(pooled), self.token_head(x)


def from_base(c: Config, weights: Path, base_pieces: list[str], pieces: list[str]) -> Network:
    """A network that starts from the chosen layers of the base model, embeddings rounded to 4 bits."""
    from safetensors.torch import load_file

    state = load_file(str(weights))
    state = {k.removeprefix("bert."): v.float() for k, v in state.items()}
    net = Network(c)
    place = {p: i for i, p in enumerate(base_pieces)}
    rows = [place[p] for p in BASE_PIECES] + [place[p] for p in pieces[len(SPECIAL_PIECES) :]]
    table = state["embeddings.word_embeddings.weight"][rows].numpy()
    table[0] = 0.0
    q, s = quantise_embedding(table)
    with torch.no_grad():
        net.words.weight.copy_(torch.from_numpy(dequantise_embedding(q, s)))
        kind = state["embeddings.token_type_embeddings.weight"][0]
        net.positions.weight.copy_(state["embeddings.position_embeddings.weight"][:MAX_TOKENS] + kind)
        net.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
        net.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
        for layer, source in zip(net.layers, c.layers, strict=True):
            p = f"encoder.layer.{source}."
            for kind_of in ("weight", "bias"):
                parts = [state[f"{p}attention.self.{n}.{kind_of}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, kind_of).copy_(torch.cat(parts))
                for ours, theirs in [
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ]:
                    getattr(getattr(layer, ours), kind_of).copy_(state[f"{p}{theirs}.{kind_of}"])
    nn.init.normal_(net.sentence_head.weight, std=0.02)
    nn.init.normal_(net.token_head.weight, std=0.02)
    nn.init.zeros_(net.sentence_head.bias)
    nn.init.zeros_(net.token_head.bias)
    return net
