"""`python -m training.average`: one checkpoint whose weights lie half way between those of two runs.

Two runs from the same base that learnt from other documents, or from the same in another order, each know something that the
other does not; the mean of their weights keeps most of both at the size of one (Wortsman et al., "Model soups", 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .train import Recipe, restore, save


def main() -> None:
    """Reads both, checks that they go together, writes their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs=2)
    parser.add_argument("--out", type=Path, default=Path("target/training/model.pt"))
    args = parser.parse_args()
    (one, pieces, _), (other, others, recipe) = (restore(path) for path in args.checkpoints)
    if pieces != others or one.config != other.config:
        raise SystemExit("these two have not the same shape and vocabulary")
    with torch.no_grad():
        for mine, theirs in zip(one.parameters(), other.parameters(), strict=True):
            mine.lerp_(theirs, 0.5)
    save(one, args.out, Recipe(**recipe), pieces)


if __name__ == "__main__":
    main()
