"""`python -m training`: from gold data to the model file, its fixtures and its card, step by step.

Each step is a module of its own and can be run alone; see its `--help`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Runs every step; stops at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--work", type=Path, default=Path("target/training"), help="checkpoints and figures")
    parser.add_argument("--model", type=Path, default=Path("model"), help="the folder that the results go to")
    parser.add_argument("--version", default="1")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--skip-fit", action="store_true", help="start from the checkpoint that is there")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    args.model.mkdir(parents=True, exist_ok=True)
    checkpoint, model = args.work / "model.pt", args.model / "sayswho.bin"
    figures, fairness = args.work / "figures.json", args.work / "fairness.json"
    common = ["--data", args.data, "--threads", args.threads]

    def step(name: str, *options: object) -> None:
        print(f"== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, options)], check=True)

    if not args.skip_fit:
        step("fit", *common, "--out", checkpoint)
    step("export", *common, "--checkpoint", checkpoint, "--out", model, "--version", args.version)
    step("fixtures", "--model", model, "--out", args.model / "fixtures.json")
    step("evaluate", *common, "--model", model, "--out", figures)
    step("fairness", *common, "--model", model, "--out", fairness)
    step("card", "--figures", figures, "--fairness", fairness, "--model", model, "--out", args.model / "CARD.md")


if __name__ == "__main__":
    main()
