"""`python -m training.export`: checkpoint to model file; calibrates on the calibration documents, as rounded."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch

from . import corpora, modelfile
from .calibrate import calibrate
from .modelfile import Settings
from .predict import predict
from .rounding import compensated
from .text import Tokenizer
from .train import restore
from .windows import encode_document


def main() -> None:
    """Rounds, calibrates what was rounded, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--checkpoint", type=Path, default=Path("target/training/model.pt"))
    parser.add_argument("--out", type=Path, default=Path("model/sayswho.bin"))
    parser.add_argument("--version", default="1")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    net, pieces, _ = restore(args.checkpoint)
    settings = Settings(version=args.version)
    gold = corpora.load(args.data)
    tokenizer = Tokenizer(pieces)
    # Any text would do; these documents were learnt from, and nothing is reported on them.
    texts = [encode_document(d, tokenizer) for d in gold.train if len(d.sentences) >= 5]
    products = compensated(net, texts, settings.left, settings.right, settings.max_tokens)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.bin"
        modelfile.write(draft, net, pieces, settings, products)
        loaded = modelfile.read(draft)
    documents = [encode_document(d, loaded.tokenizer) for d in gold.calibration]
    answers = predict(loaded.net, documents, settings.left, settings.right, settings.max_tokens)
    calibrate(documents, answers, settings)
    size = modelfile.write(args.out, net, pieces, settings, products)
    print(f"{args.out}: {size} bytes, {settings}")


if __name__ == "__main__":
    main()
