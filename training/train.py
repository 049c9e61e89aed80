"""One pass over everything, several times: all heads learn together, each from the sets that have its gold."""

from __future__ import annotations

import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .corpora import LABELS
from .modelfile import unrounded
from .network import Config, Network
from .swaps import Swapper
from .windows import SIGNAL, TOKEN_HEADS, EncodedDocument, Window, batches, epoch_windows

BFLOAT = torch.cpu._is_avx512_bf16_supported()
"""16-bit products only where the processor has them: elsewhere they are made up, thirty times slower than in 32."""


@dataclass
class Recipe:
    """Everything that shapes a run but the data."""

    seed: int = 7
    epochs: int = 3
    tokens: int = 2048
    rate: float = 1.2e-4
    head_rate: float = 1e-3
    warm_up: int = 150
    decay: float = 0.01
    smoothing: float = 0.05
    """Share of each label's gold that is spread over all labels, so that scores keep their meaning."""
    swap_share: float = 0.25
    role_share: float = 0.6
    role_loss: float = 0.8
    signal_loss: float = 0.7
    mixed_loss: float = 0.2
    minutes: float = 0.0
    """Wall-clock limit: the learning rate then falls with time instead of steps; 0 for none."""


@dataclass
class Batch:
    """Padded windows and what is known of them."""

    ids: Tensor
    owner: Tensor
    labels: Tensor
    mixed: Tensor
    targets: Tensor
    weights: Tensor


def collate(
    windows: list[Window], documents: list[EncodedDocument], swap: Swapper | None, rng: random.Random, share: float
) -> Batch:
    """Pads windows to the longest and lines their targets up."""
    longest = max(len(w.ids) for w in windows)
    shape = (len(windows), longest)
    ids, owner = np.zeros(shape, np.int64), np.full(shape, -1, np.int64)
    targets = np.zeros((*shape, len(TOKEN_HEADS)), np.float32)
    weights = np.zeros((*shape, len(TOKEN_HEADS)), np.float32)
    labels: list[int] = []
    mixed: list[int] = []
    for b, w in enumerate(windows):
        row = np.asarray(w.ids)
        ids[b, : len(row)] = swap(row, rng, share) if swap else row
        own = np.asarray(w.owner)
        owner[b, : len(row)] = np.where(own >= 0, own + len(labels), -1)
        for k, j in enumerate(w.sentences):
            s = documents[w.document].sentences[j]
            at = np.flatnonzero(own == k)
            targets[b, at] = s.targets[: len(at)]
            weights[b, at] = s.weights[: len(at)]
            # Nothing can be learnt from a sentence of which no piece is in the window.
            labels.append(s.label if len(at) else -1)
            mixed.append(s.mixed if len(at) else -1)
    as_tensor = torch.from_numpy
    return Batch(
        as_tensor(ids),
        as_tensor(owner),
        torch.tensor(labels),
        torch.tensor(mixed),
        as_tensor(targets),
        as_tensor(weights),
    )


def class_weights(documents: list[EncodedDocument]) -> Tensor:
    """Square roots of the inverse frequencies, with mean 1 over the sentences."""
    counts = np.bincount([s.label for d in documents for s in d.sentences if s.label >= 0], minlength=len(LABELS))
    w = 1.0 / np.sqrt(counts + 1.0)
    return torch.tensor(w * counts.sum() / (w * counts).sum(), dtype=torch.float32)


def losses(net: Network, batch: Batch, weights: Tensor, recipe: Recipe) -> tuple[Tensor, dict[str, float]]:
    """The sum of the heads' losses, and each of them."""
    sentence, token = net(batch.ids, batch.owner, len(batch.labels))
    parts: dict[str, Tensor] = {}
    known = batch.labels >= 0
    if known.any():
        parts["label"] = F.cross_entropy(
            sentence[known][:, : len(LABELS)], batch.labels[known], weights, label_smoothing=recipe.smoothing
        )
    known = batch.mixed >= 0
    if known.any():
        raw = F.binary_cross_entropy_with_logits(sentence[known][:, len(LABELS)], batch.mixed[known].float())
        parts["mixed"] = recipe.mixed_loss * raw
    raw = F.binary_cross_entropy_with_logits(token, batch.targets, batch.weights, reduction="none")
    # Two to one in favour of the rare answer, but for content, which is half of the text.
    lift = torch.ones(len(TOKEN_HEADS))
    lift[[0, 1, SIGNAL]] = 1.5
    raw = raw * (1 + batch.targets * (lift - 1))
    roles, signal = batch.weights[..., :SIGNAL], batch.weights[..., SIGNAL]
    if roles.sum() > 0:
        parts["roles"] = recipe.role_loss * raw[..., :SIGNAL].sum() / (roles[..., 0].sum() + 200.0)
    if signal.sum() > 0:
        parts["signal"] = recipe.signal_loss * raw[..., SIGNAL].sum() / (signal.sum() + 200.0)
    total = torch.stack(list(parts.values())).sum() if parts else token.sum() * 0.0
    return total, {k: float(v.detach()) for k, v in parts.items()}


def optimiser(net: Network, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW, no decay on biases and norms, a higher rate for the heads."""
    groups: dict[tuple[bool, bool], list] = {}
    for name, p in net.named_parameters():
        if p.requires_grad:
            groups.setdefault(("head" in name, p.ndim > 1), []).append(p)
    return torch.optim.AdamW(
        [
            {
                "params": ps,
                "lr": recipe.head_rate if head else recipe.rate,
                "weight_decay": recipe.decay if matrix else 0.0,
            }
            for (head, matrix), ps in groups.items()
        ],
        betas=(0.9, 0.98),
    )


def train(
    net: Network,
    documents: list[EncodedDocument],
    swap: Swapper,
    recipe: Recipe,
    checkpoint: Path,
    pieces: list[str],
) -> None:
    """Trains in place; writes `checkpoint` every 200 steps and after each pass."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    weights = class_weights(documents)
    print("class weights", dict(zip(LABELS, weights.tolist(), strict=True)), flush=True)
    opt = optimiser(net, recipe)
    base_rates = [g["lr"] for g in opt.param_groups]
    plan = len(batches(epoch_windows(documents, random.Random(0), recipe.role_share), recipe.tokens)) * recipe.epochs
    began, step, seen = time.time(), 0, 0
    smooth: dict[str, float] = {}
    net.train()
    for epoch in range(recipe.epochs):
        for group in batches(epoch_windows(documents, rng, recipe.role_share), recipe.tokens, rng):
            if recipe.minutes:
                left = 1 - (time.time() - began) / (60 * recipe.minutes)
                if left <= 0:
                    break
                left = min(left, max(0.0, 1 - step / plan))
            else:
                left = max(0.0, 1 - step / plan)
            factor = min(1.0, (step + 1) / recipe.warm_up) * max(left, 0.005)
            for g, r in zip(opt.param_groups, base_rates, strict=True):
                g["lr"] = r * factor
            batch = collate(group, documents, swap, rng, recipe.swap_share)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BFLOAT):
                total, parts = losses(net, batch, weights, recipe)
            opt.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step += 1
            seen += int((batch.ids > 0).sum())
            for k, v in parts.items():
                smooth[k] = v if k not in smooth else 0.97 * smooth[k] + 0.03 * v
            if step % 20 == 0:
                rate = seen / (time.time() - began)
                shown = " ".join(f"{k} {v:.3f}" for k, v in smooth.items())
                print(
                    f"epoch {epoch} step {step}/{plan} {time.time() - began:.0f}s {rate:.0f} tok/s {shown}", flush=True
                )
            if step % 200 == 0:
                save(net, checkpoint, recipe, pieces)
        save(net, checkpoint, recipe, pieces)
        save(net, checkpoint.with_suffix(f".e{epoch}.pt"), recipe, pieces)
    net.eval()


def save(net: Network, path: Path, recipe: Recipe, pieces: list[str]) -> None:
    """Writes weights, shape, recipe and vocabulary, the old file kept until the new is whole."""
    part = path.with_suffix(".part")
    torch.save(
        {
            "state": net.state_dict(),
            "config": asdict(net.config),
            "recipe": json.dumps(asdict(recipe)),
            "pieces": pieces,
        },
        part,
    )
    part.replace(path)


def restore(path: Path) -> tuple[Network, list[str], dict]:
    """A trained network, its vocabulary and its recipe."""
    saved = torch.load(path, weights_only=True)
    config = saved["config"]
    config["layers"] = tuple(config["layers"])
    net = Network(Config(**config))
    net.load_state_dict(saved["state"])
    net.eval()
    return net, saved["pieces"], json.loads(saved["recipe"])


def read_weights(path: Path) -> tuple[Network, list[str]]:
    """The network and vocabulary of a checkpoint or of a model file."""
    return unrounded(path) if path.suffix == ".bin" else restore(path)[:2]
