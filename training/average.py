"""`python -m training.average`: one checkpoint whose weights are the mean of those of several runs.

Runs from the same base that learnt from other documents, or from the same in another order, each know something that the
others do not; the mean of their weights keeps most of each at the size of one (Wortsman et al., "Model soups", 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .train import Recipe, restore, save


def main() -> None:
    """Reads all, checks that they go together, writes their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("target/training/model.pt"))
    args = parser.parse_args()
    one, pieces, recipe = restore(args.checkpoints[0])
    for count, path in enumerate(args.checkpoints[1:], 2):
        other, others, recipe = restore(path)
        if pieces != others or one.config != other.config:
            raise SystemExit(f"{path} has not the shape and vocabulary of the others")
        with torch.no_grad():
            for mine, theirs in zip(one.parameters(), other.parameters(), strict=True):
                mine.lerp_(theirs, 1 / count)
    save(one, args.out, Recipe(**recipe), pieces)


if __name__ == "__main__":
    main()
