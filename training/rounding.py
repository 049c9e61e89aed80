"""Rounding the weights of the layers to 6 bits.

The weights of a row that are still to be rounded make up for those that have been, as the activations of real text ask
(Frantar et al., "GPTQ", 2023), and the aim is what the unrounded network makes of that text, so that the errors of the
layers below are made up for too (Li et al., "GPTAQ", 2025). The answers then lie some twenty-five times nearer to those of
the unrounded network, by Kullback-Leibler divergence, than with each weight rounded to the nearest.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .network import Layer, Network
from .windows import EncodedDocument, assemble, batches, fixed

MOST = 31
"""The largest integer of 6 bits, in size."""
LEVELS = np.linspace(31.0, 44.0, 14)
"""What the largest weight of a row is taken for, one after the other; beyond `MOST` it is cut off."""
PIECES = 60_000
"""Of text whose activations say what a rounding costs."""
DAMPING = 0.01
"""Of the mean square of an input, added to each: keeps what was seldom seen from being made up for wildly."""
BLOCK = 64
"""Columns whose corrections are gathered before they reach the rest of the row."""


@dataclass
class Rounded:
    """A matrix product in integers: `q` [outputs, inputs] in -31..31, a scale and a bias for each output."""

    q: np.ndarray
    scale: np.ndarray
    bias: np.ndarray


class QuantisedLinear(nn.Module):
    """A matrix product as the engine does it: 8-bit rows of activations by 6-bit rows of weights."""

    def __init__(self, rounded: Rounded, activations: bool = True) -> None:
        super().__init__()
        self.register_buffer("q", torch.from_numpy(rounded.q.astype(np.float32)))
        self.register_buffer("scale", torch.from_numpy(rounded.scale.copy()))
        self.register_buffer("bias", torch.from_numpy(rounded.bias.copy()))
        self.activations = activations

    def forward(self, x: Tensor) -> Tensor:
        if not self.activations:
            return x @ (self.q * self.scale[:, None]).T + self.bias
        whole, step = to_integers(x)
        return (whole @ self.q.T) * step * self.scale + self.bias


def to_integers(x: Tensor) -> tuple[Tensor, Tensor]:
    """Rows of activations as integers in -127..127, and what 1 means in each row."""
    step = x.abs().amax(-1, keepdim=True).clamp_min(1e-8) / 127.0
    return torch.round(x / step), step


def _fit(w: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    """Integers and scales for the rows of `w` [outputs, inputs], given the inputs' second moments `h` (GPTQ)."""
    outputs, inputs = w.shape
    # Those that weigh most are rounded first, when the most others are left to make up for it.
    order = torch.argsort(torch.diag(h), descending=True)
    w, h = w[:, order].float(), h[order][:, order]
    damped = h + DAMPING * torch.diag(h).mean() * torch.eye(inputs, dtype=h.dtype)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped))
    upper = torch.linalg.cholesky(inverse, upper=True).float()
    # All scales at once, as rows of their own.
    scales = (w.abs().amax(1).clamp_min(1e-8) / torch.from_numpy(LEVELS).float()[:, None]).flatten()
    left = w.repeat(len(LEVELS), 1)
    q = torch.empty_like(left)
    for first in range(0, inputs, BLOCK):
        last = min(first + BLOCK, inputs)
        block, errors = left[:, first:last].clone(), torch.empty(len(left), last - first)
        for k in range(last - first):
            at = first + k
            q[:, at] = torch.clamp(torch.round(block[:, k] / scales), -MOST, MOST)
            errors[:, k] = (block[:, k] - q[:, at] * scales) / upper[at, at]
            block[:, k:] -= errors[:, k, None] * upper[at, at:last]
        left[:, last:] -= errors @ upper[first:last, last:]
    off = w.repeat(len(LEVELS), 1) - q * scales[:, None]
    cost = ((off @ h.float()) * off).sum(1).view(len(LEVELS), outputs)
    best, row = cost.argmin(0), torch.arange(outputs)
    back = torch.argsort(order)
    return q.view(len(LEVELS), outputs, inputs)[best, row][:, back], scales.view(len(LEVELS), outputs)[best, row]


@dataclass
class _Batch:
    """Windows on their way through the layers: activations as the unrounded network has them, and as the rounded has."""

    exact: Tensor
    rounded: Tensor
    mask: Tensor
    inside: Tensor


def _round(linear: nn.Linear, inputs: list[tuple[Tensor, Tensor, Tensor]]) -> Rounded:
    """Rounds one product, given its inputs (exact, as rounded so far, which are no padding) in each batch."""
    size, count = linear.in_features, 0
    second, cross = torch.zeros(2, size, size, dtype=torch.float64)
    mean_exact, mean_rounded = torch.zeros(2, size, dtype=torch.float64)
    for exact, rounded, inside in inputs:
        whole, step = to_integers(rounded[inside])
        x, y = whole * step, exact[inside]
        second += (x.T @ x).double()
        cross += (y.T @ x).double()
        mean_exact += y.double().sum(0)
        mean_rounded += x.double().sum(0)
        count += len(x)
    mean_exact, mean_rounded = mean_exact / count, mean_rounded / count
    # The bias takes the means; the weights what varies.
    second = second / count - torch.outer(mean_rounded, mean_rounded)
    cross = cross / count - torch.outer(mean_exact, mean_rounded)
    weight = linear.weight.double()
    ridge = DAMPING * torch.diag(second).mean() * torch.eye(size, dtype=torch.float64)
    # The weights that on the rounded inputs come nearest to what the exact ones give on the exact.
    aim = torch.linalg.solve(second + ridge, (weight @ (cross + ridge)).T).T
    q, scale = _fit(aim, second)
    bias = linear.bias.double() + weight @ mean_exact - (q.double() * scale.double()[:, None]) @ mean_rounded
    return Rounded(q.numpy().astype(np.int8), scale.numpy().astype("<f4"), bias.float().numpy())


@torch.no_grad()
def compensated(
    net: Network, documents: list[EncodedDocument], left: int, right: int, budget: int, seed: int = 5
) -> dict[str, Rounded]:
    """The layers' products, rounded so that what the network makes of `documents` stays; by name, "layers.0.qkv"."""
    sample = list(documents)
    random.Random(seed).shuffle(sample)
    windows, pieces = [], 0
    for index, document in enumerate(sample):
        if pieces > PIECES:
            break
        windows += assemble(document, index, fixed(budget), left, right, local=True)
        pieces += sum(len(s.ids) for s in document.sentences)
    todo: list[_Batch] = []
    for group in batches(windows, 4096):
        ids = torch.zeros((len(group), max(len(w.ids) for w in group)), dtype=torch.long)
        for row, window in zip(ids, group, strict=True):
            row[: len(window.ids)] = torch.tensor(window.ids)
        x, mask = net.embed(ids)
        todo.append(_Batch(x, x, mask, ids != 0))

    out: dict[str, Rounded] = {}

    def put(index: int, layer: Layer, name: str, inputs: list[tuple[Tensor, Tensor, Tensor]]) -> None:
        product = out[f"layers.{index}.{name}"] = _round(getattr(layer, name), inputs)
        setattr(layer, name, QuantisedLinear(product))

    for index, exact in enumerate(net.layers):
        rounded: Layer = copy.deepcopy(exact)

        put(index, rounded, "qkv", [(b.exact, b.rounded, b.inside) for b in todo])
        mixed = [(exact.attend(b.exact, b.mask), rounded.attend(b.rounded, b.mask), b.inside) for b in todo]
        put(index, rounded, "out", mixed)
        for b, (x, y, _) in zip(todo, mixed, strict=True):
            b.exact, b.rounded = exact.norm1(b.exact + exact.out(x)), rounded.norm1(b.rounded + rounded.out(y))
        put(index, rounded, "up", [(b.exact, b.rounded, b.inside) for b in todo])
        inner = [
            (*(F.gelu(layer.up(x), approximate="tanh") for layer, x in ((exact, b.exact), (rounded, b.rounded))), b.inside)
            for b in todo
        ]
        put(index, rounded, "down", inner)
        for b, (x, y, _) in zip(todo, inner, strict=True):
            b.exact, b.rounded = exact.norm2(b.exact + exact.down(x)), rounded.norm2(b.rounded + rounded.down(y))
    return out
