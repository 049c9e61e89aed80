"""Fits the rules' two linear models and writes src/data/decision.txt.

    python training/rules/fit.py [--data DIR] [--scorer FILE]

Needs numpy, scipy and scikit-learn. It has the crate dump its own features (src/decide/dump.rs), fits on
articles-train, measures by cross-validation over whole documents there, and never looks at a development set.

Three steps:
1. a logistic model of the sentence by itself; the words that weigh least are dropped and it is fitted again;
2. a small one on top, of the first one's answer for the sentence, its neighbours and the article. Its training answers
   come from models that had not seen the article;
3. one temperature for both scores, again from answers on unseen articles, so that a confidence of 0.8 is right four
   times in five.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
LABELS = ["reported-fact", "attributed-claim", "unattributed-opinion"]
FOLDS = 5
# A word in fewer sentences than this says more about its article than about the language.
LEAST_SENTENCES = 6
LEAST_DOCUMENTS = 4
WORDS = 5000
# How far rare labels are made up for: 0 not at all, 1 as if all were as frequent. By cross-validation.
ALONE_POWER = 0.5
AMONG_POWER = 0.75


def dump(files):
    """The crate's features of every sentence of `files`."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as to:
        env = dict(os.environ, SAYSWHO_DUMP=":".join(map(str, files)), SAYSWHO_DUMP_TO=to.name)
        subprocess.run(
            ["cargo", "test", "--quiet", "--release", "--lib", "decide::dump::dump"],
            cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL,
        )
        with open(to.name, encoding="utf8") as lines:
            return [json.loads(line) for line in lines]


def gold(path):
    with open(path, encoding="utf8") as lines:
        return {d["id"]: d["sentences"] for d in map(json.loads, lines)}


def label_of(row, sentences):
    """The label of the gold sentence that shares most with the engine's."""
    shared = [(min(row["end"], s["end"]) - max(row["start"], s["start"]), s["label"]) for s in sentences]
    most, label = max(shared, default=(0, "none"))
    return label if most > 0 else "none"


def folds_of(ids):
    """A fold for each document, the same in every run."""
    return np.array([zlib.crc32(i.encode()) % FOLDS for i in ids])


def matrix(rows, names):
    column = {n: i for i, n in enumerate(names)}
    data, at, starts = [], [], [0]
    for row in rows:
        for name, value in row["features"].items():
            if name in column:
                at.append(column[name])
                data.append(value)
        starts.append(len(at))
    return csr_matrix((data, at, starts), shape=(len(rows), len(names)))


def is_word(name):
    return not name.startswith("=")


def weights_of(y, power):
    """Each class by the inverse of its frequency to `power`."""
    counts = np.bincount(y, minlength=3)
    return (counts.mean() / counts)[y] ** power


def fit(x, y, c, power):
    model = LogisticRegression(C=c, max_iter=150, tol=1e-3)
    return model.fit(x, y, sample_weight=weights_of(y, power))


def logits(model, x):
    """Against reported fact: two columns."""
    z = x @ model.coef_.T + model.intercept_
    return z[:, 1:] - z[:, :1]


def softmax(z2):
    z = np.hstack([np.zeros((len(z2), 1)), z2])
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def vocabulary(rows):
    sentences, documents = Counter(), defaultdict(set)
    for row in rows:
        for name in row["features"]:
            sentences[name] += 1
            if is_word(name):
                documents[name].add(row["id"])
    keep = [
        n for n, k in sentences.items()
        if not is_word(n) or (k >= LEAST_SENTENCES and len(documents[n]) >= LEAST_DOCUMENTS)
    ]
    return sorted(keep)


def pruned(names, model, sentences, most):
    """The shapes, and of the words those that move most answers."""
    spread = np.ptp(model.coef_, axis=0) * np.sqrt(sentences)
    words = [i for i, n in enumerate(names) if is_word(n)]
    words.sort(key=lambda i: -spread[i])
    keep = set(words[:most]) | {i for i, n in enumerate(names) if not is_word(n)}
    return [n for i, n in enumerate(names) if i in keep]


def first_stage(rows, y, c):
    names = vocabulary(rows)
    x = matrix(rows, names)
    model = fit(x, y, c, ALONE_POWER)
    names = pruned(names, model, np.asarray((x != 0).sum(axis=0)).ravel(), WORDS)
    return names, fit(matrix(rows, names), y, c, ALONE_POWER)


AMONG = [
    "=bias", "=attributed", "=opinion", "=article attributed", "=article opinion",
    "=before attributed", "=before opinion", "=before missing", "=before in paragraph attributed",
    "=after attributed", "=after opinion", "=after missing", "=after in paragraph attributed",
]


# What an article of which nothing is known is taken to hold: shares of attributed claims and of opinions.
COMMON = (0.5, 0.2)


def among(rows, z):
    """The second stage's features; as src/decide/rules.rs has them."""
    p = softmax(z)
    out = np.zeros((len(rows), len(AMONG)))
    documents = defaultdict(list)
    for i, row in enumerate(rows):
        documents[row["file"], row["id"]].append(i)
    for members in documents.values():
        total = p[members].sum(axis=0)
        for k, i in enumerate(members):
            rest = (total - p[i] + 4 * np.array([0, *COMMON])) / (len(members) + 3)
            f = [1, z[i, 0], z[i, 1], rest[1], rest[2]]
            for j in (k - 1, k + 1):
                if 0 <= j < len(members):
                    q = members[j]
                    f += [p[q, 1], p[q, 2], 0, p[q, 1] * (rows[q]["paragraph"] == rows[i]["paragraph"])]
                else:
                    f += [0, 0, len(members) > 3, 0]
            out[i] = f
    return out


def pasted(x):
    """The same sentences as if each were all the text there is: a reader may paste one."""
    alone = np.zeros_like(x)
    alone[:, :3] = x[:, :3]
    alone[:, 3:5] = COMMON
    return alone


def second_stage(x, y):
    # A few pasted ones among the articles: enough to know the case, too few to weaken what neighbours tell.
    few = slice(None, None, 4)
    return fit(np.vstack([x, pasted(x)[few]]), np.concatenate([y, y[few]]), 1.0, AMONG_POWER)


def macro_f1(y, guess):
    f = []
    for c in range(3):
        tp = np.sum((y == c) & (guess == c))
        f.append(2 * tp / max(1, np.sum(y == c) + np.sum(guess == c)))
    return float(np.mean(f))


def calibration_error(p, y, bins=10):
    top, right = p.max(axis=1), p.argmax(axis=1) == y
    bin_of = np.minimum((top * bins).astype(int), bins - 1)
    return sum(abs(top[bin_of == b].mean() - right[bin_of == b].mean()) * np.mean(bin_of == b) for b in set(bin_of))


def temperature(z, y):
    def loss(log_t):
        return -np.log(softmax(z / np.exp(log_t))[np.arange(len(y)), y] + 1e-9).mean()
    return float(np.exp(minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded").x))


def hundredths(w):
    return int(np.clip(round(100 * w), -32000, 32000))


def write(path, names, first, second, heat, note):
    a = first.coef_[1:] - first.coef_[0]
    b = (second.coef_[1:] - second.coef_[0]) / heat
    bias = (first.intercept_[1:] - first.intercept_[0], (second.intercept_[1:] - second.intercept_[0]) / heat)
    lines = []
    for i, name in enumerate(names):
        w = a[:, i] + (bias[0] if name == "=bias" else 0)
        lines.append((name, hundredths(w[0]), hundredths(w[1])))
    with open(path, "w", encoding="utf8") as out:
        out.write(note)
        for name, attributed, opinion in sorted(lines):
            if attributed or opinion:
                out.write(f"{attributed} {opinion} {name}\n")
        out.write("among\n")
        for i, name in enumerate(AMONG):
            w = b[:, i] + (bias[1] if name == "=bias" else 0)
            out.write(f"{hundredths(w[0])} {hundredths(w[1])} {name}\n")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    ask.add_argument("--c", type=float, default=0.05, help="the first stage's inverse regularisation")
    ask.add_argument("--dumped", type=Path, help="features dumped before, to try settings without the crate")
    ask.add_argument("--keep", type=Path, help="keep the dumped features in this file")
    ask.add_argument("--dry", action="store_true", help="measure and write nothing")
    options = ask.parse_args()

    file = options.data / "articles-train.jsonl"
    if options.dumped:
        rows = [json.loads(line) for line in open(options.dumped, encoding="utf8")]
    else:
        rows = dump([file])
    if options.keep:
        options.keep.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf8")
    sentences = gold(file)
    y_all = np.array([(LABELS + ["none"]).index(label_of(r, sentences[r["id"]])) for r in rows])
    fold = folds_of([r["id"] for r in rows])
    known = y_all < 3

    # Answers on unseen articles, for the second stage and for measuring.
    z = np.zeros((len(rows), 2))
    for k in range(FOLDS):
        train = [i for i in np.flatnonzero((fold != k) & known)]
        names, model = first_stage([rows[i] for i in train], y_all[train], options.c)
        test = np.flatnonzero(fold == k)
        z[test] = logits(model, matrix([rows[i] for i in test], names))
    kinds = np.array([r["id"].split("-")[0] for r in rows])
    x2 = among(rows, z)
    z2 = np.zeros_like(z)
    for k in range(FOLDS):
        train = (fold != k) & known
        second = second_stage(x2[train], y_all[train])
        z2[fold == k] = logits(second, x2[fold == k])
    heat = temperature(z2[known], y_all[known])
    for kind in [None, *sorted(set(kinds))]:
        part = known & ((kinds == kind) if kind else True)
        y = y_all[part]
        p = softmax(z2[part] / heat)
        print(
            f"{kind or 'all':8} sentences {len(y):6}  alone {macro_f1(y, softmax(z[part]).argmax(axis=1)):.4f}"
            f"  among {macro_f1(y, p.argmax(axis=1)):.4f}  calibration error {calibration_error(p, y):.4f}"
        )
    print(f"temperature {heat:.3f}")
    if options.dry:
        return
    every = np.flatnonzero(known)
    names, model = first_stage([rows[i] for i in every], y_all[every], options.c)
    second = second_stage(x2[known], y_all[known])
    documents = len({r["id"] for r in rows})
    note = f"""\
# The rules' weights: for attributed claim, for opinion (both against reported fact), in hundredths, and the feature.
# Names: a word of the writer's or two; "@", a word that attributes; "*", anybody's; "=", the rest (src/decide/features.rs).
#
# Fitted by training/rules/fit.py on {len(every)} sentences of the {documents} articles of articles-train (PolNeAR's training part,
# partisan sites of SemEval 2020 task 11, BBC 2004-05, web features; labels read under the project's LABELS.md).
# Only counts of words are kept, of those in at least {LEAST_SENTENCES} sentences of {LEAST_DOCUMENTS} articles; names are left out.
"""
    write(ROOT / "src" / "data" / "decision.txt", names, model, second, heat, note)
    print(f"{len(names)} features written")


if __name__ == "__main__":
    sys.exit(main())
