"""`python -m training.average`: one checkpoint whose weights are the mean of those of several checkpoints or model files.

Runs from the same base that learnt from other documents, or from the same in another order, each know something that the
others do not; the mean of their weights keeps most of each at the size of one (Wortsman et al., "Model soups", 2022).
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from .train import Recipe, read_weights, save


def main() -> None:
    """Reads all, checks that they go together, writes their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("target/training/model.pt"))
    args = parser.parse_args()
    one, pieces = read_weights(args.checkpoints[0])
    for count, path in enumerate(args.checkpoints[1:], 2):
        other, others = read_weights(path)
        if pieces != others or replace(one.config, dropout=0.0) != replace(other.config, dropout=0.0):
            raise SystemExit(f"{path} has not the shape and vocabulary of the others")
        with torch.no_grad():
            for mine, theirs in zip(one.parameters(), other.parameters(), strict=True):
                mine.lerp_(theirs, 1 / count)
    save(one, args.out, Recipe(), pieces)


if __name__ == "__main__":
    main()
