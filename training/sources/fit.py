"""Fits the model of a source's kind and writes src/data/source-weights.txt.

    python training/sources/fit.py [--data DIR]

Needs numpy and scikit-learn. It has the crate dump its own features (src/attribution/source_kind/dump.rs) of the gold
sources of factappeal-train, chooses the regularisation by cross-validation there, and never looks at factappeal-val
but to print how well the weights do on it, beside always giving the commonest kind.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from training.corpora import SOURCE_TYPES  # noqa: E402

KINDS = ["official", "expert", "witness", "participant", "document", "news-report", "unknown"]
FOLDS = 5
# A feature in fewer sources than this says more about its sentence than about the language.
LEAST = 2
# Made-up sources that show nothing but their list, so that a list with few sources in the data counts all the same.
PRIOR = [
    {"kind": i, "features": [f"={place}" if " " in place else f"={place} {kind}" for place in places]}
    for i, kind in enumerate(KINDS[:-1])
    for places in (["head"], ["inside", "only", "head name"], ["described", "only", "head name"])
    for _ in range(4)
]


def dump(file):
    """The crate's features of every gold source of `file`."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as to:
        env = dict(os.environ, SAYSWHO_SOURCES=str(file), SAYSWHO_SOURCES_TO=to.name)
        subprocess.run(
            ["cargo", "test", "--quiet", "--lib", "attribution::source_kind::dump::dump"],
            cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL,
        )
        with open(to.name, encoding="utf8") as lines:
            rows = [json.loads(line) for line in lines]
    rows = [r for r in rows if r["type"]]
    for row in rows:
        row["gold named"], kind = row["type"].split(":")
        row["kind"] = KINDS.index(SOURCE_TYPES[kind])
    return rows


def x_of(rows, keep):
    return [{f: 1.0 for f in row["features"] if f in keep} for row in rows]


def fit(rows, c):
    counts = Counter(f for row in rows for f in set(row["features"]))
    keep = {f for f, n in counts.items() if n >= LEAST}
    rows = rows + PRIOR
    columns = DictVectorizer()
    x = columns.fit_transform(x_of(rows, keep))
    model = LogisticRegression(C=c, max_iter=2000, fit_intercept=False)
    model.fit(x, [row["kind"] for row in rows])
    return columns, keep, model


def right(fitted, rows):
    columns, keep, model = fitted
    return model.predict(columns.transform(x_of(rows, keep))) == np.array([row["kind"] for row in rows])


def report(name, rows, hits, commonest):
    kinds = np.array([row["kind"] for row in rows])
    named = np.mean([(row["gold named"] == "Named") == row["named"] for row in rows])
    told = kinds != KINDS.index("unknown")
    parts = ", ".join(f"{k} {hits[kinds == i].mean():.2f} of {np.sum(kinds == i)}" for i, k in enumerate(KINDS) if np.any(kinds == i))
    print(
        f"{name}: {len(rows)} sources, kind right {hits.mean():.3f}, of those with a kind {hits[told].mean():.3f}"
        f" (always {KINDS[commonest]}: {np.mean(kinds == commonest):.3f}), named right {named:.3f}\n  {parts}"
    )


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = ask.parse_args()
    rows = dump(options.data / "factappeal-train.jsonl")
    fold = np.array([zlib.crc32(row["id"].encode()) % FOLDS for row in rows])
    commonest = Counter(row["kind"] for row in rows).most_common(1)[0][0]
    best = None
    for c in (0.03, 0.1, 0.3, 1.0, 3.0):
        hits = np.zeros(len(rows), dtype=bool)
        for k in range(FOLDS):
            test = [row for row, f in zip(rows, fold) if f == k]
            hits[fold == k] = right(fit([row for row, f in zip(rows, fold) if f != k], c), test)
        print(f"C {c}: {hits.mean():.3f}")
        if best is None or hits.mean() > best[0]:
            best = (hits.mean(), c, hits)
    report("factappeal-train, cross-validated", rows, best[2], commonest)
    fitted = fit(rows, best[1])
    val = dump(options.data / "factappeal-val.jsonl")
    report("factappeal-val", val, right(fitted, val), commonest)

    columns, _, model = fitted
    with open(ROOT / "src" / "data" / "source-weights.txt", "w", encoding="utf8") as out:
        out.write(f"""\
# How much a feature of a source phrase speaks for each kind of source, in hundredths: {", ".join(KINDS)}; then the
# feature (src/attribution/source_kind.rs). "=" goes before a shape or list, "head", "word", "before", "after" before a word.
#
# Fitted by training/sources/fit.py on the {len(rows)} sources of factappeal-train (FactAppeal, CC BY 4.0). Only counts of words
# are kept, of those in at least {LEAST} sources.
""")
        for i, name in enumerate(columns.get_feature_names_out()):
            weights = [int(round(100 * w)) for w in model.coef_[:, i]]
            if any(weights):
                out.write(" ".join(map(str, weights)) + f" {name}\n")


if __name__ == "__main__":
    sys.exit(main())
