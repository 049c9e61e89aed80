#!/usr/bin/env python3
"""Measures the command line on every set of ../shared/data and writes EVALUATION.md.

usage: tests/score.py [--check]        --check writes nothing and prints the table

The figures come from ../shared/eval/score.py, run as it stands; calibration and signals, which it does not measure,
are computed here. EVALUATION.md ends with the figures as JSON, from which the next run takes its "before".
Standard library only.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "../shared/data"
SCORER = ROOT / "../shared/eval/score.py"
sys.path.insert(0, str(ROOT))
from training.corpora import SOURCE_TYPES, WORD, bucket  # noqa: E402  the one place that knows what was set aside

BINARY = ROOT / "target/release/sayswho"
REPORT = ROOT / "EVALUATION.md"

# What a set is scored for, and whether anything was ever learnt or tuned on it.
SETS = [
    ("articles-dev", ["labels"], "held out"),
    ("webpages-dev", ["labels"], "held out"),
    ("mpqa-dev", ["labels"], "held out"),
    ("checkthat-dev", ["opinion"], "held out"),
    ("polnear-dev", ["attribution"], "held out"),
    ("factappeal-val", ["labels", "attribution"], "held out"),
    ("babe-dev", ["labels", "opinion"], "a fifth held out"),
    ("checkthat-threeway", ["labels"], "a fifth held out"),
    ("articles-train", ["labels"], "a fifth held out"),
]


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write(path, documents):
    with open(path, "w", encoding="utf8") as out:
        out.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)


def label(gold, out):
    with open(gold, "rb") as source, open(out, "wb") as sink:
        subprocess.run([BINARY, "label", "--jsonl", "--offsets", "chars"], stdin=source, stdout=sink, check=True)


def score(task, gold, predicted):
    done = subprocess.run(
        [sys.executable, SCORER, task, gold, predicted], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def held_out(documents):
    """The fifth of a training set, by document, that training/ sets aside."""
    return [d for d in documents if bucket(d["id"]) < 20]


def best_overlap(sentence, predicted):
    def shared(other):
        return min(sentence["end"], other["end"]) - max(sentence["start"], other["start"])

    best = max(predicted, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def calibration(gold, predicted):
    """Expected calibration error of `confidence`, in ten bins of equal width."""
    bins = [[0, 0.0, 0] for _ in range(10)]
    for document in gold:
        for sentence in document["sentences"]:
            best = best_overlap(sentence, predicted[document["id"]]["sentences"])
            if sentence["label"] == "none" or best is None or best["label"] is None:
                continue
            cell = bins[min(int(best["confidence"] * 10), 9)]
            cell[0] += 1
            cell[1] += best["confidence"]
            cell[2] += best["label"] == sentence["label"]
    total = sum(n for n, _, _ in bins)
    return sum(abs(sure - right) for n, sure, right in bins if n) / total if total else None


def signals(gold, predicted):
    """Of the gold phrases in sentences that are called opinion, the share that overlaps a predicted signal."""
    found = total = 0
    for document in gold:
        text = document["text"]
        for sentence in document["sentences"]:
            best = best_overlap(sentence, predicted[document["id"]]["sentences"])
            if best is None or best["label"] != "unattributed-opinion":
                continue
            for phrase in sentence.get("signals", []):
                at = text.find(phrase, sentence["start"], sentence["end"])
                if at < 0:
                    continue
                total += 1
                found += any(s["start"] < at + len(phrase) and at < s["end"] for s in best["signals"])
    return found / total if total else None


def inside(gold, predicted, part):
    """Of the words of gold sources or contents, the share inside predicted ones."""
    found = total = 0
    for document in gold:
        said = [span for a in predicted[document["id"]]["attributions"] for span in a[part]]
        for start, end in (span for a in document["attributions"] for span in a.get(part) or []):
            for word in WORD.finditer(document["text"], start, end):
                total += 1
                found += any(a <= word.start() and word.end() <= b for a, b in said)
    return found / total if total else None


def source_kinds(gold, predicted):
    """Of the gold sources that a predicted one overlaps, the share whose kind is right."""
    found = total = 0
    for document in gold:
        spans = [span for a in document["attributions"] for span in a.get("source") or []]
        types = document.get("source_types") or []
        if len(spans) != len(types):
            continue
        said = [(a, b, p["source-kind"]) for p in predicted[document["id"]]["attributions"] for a, b in p["source"]]
        for (start, end), kind in zip(spans, types):
            shared, best = max(((min(end, b) - max(start, a), k) for a, b, k in said), default=(0, None))
            if shared > 0:
                total += 1
                found += best == SOURCE_TYPES[kind.split(":")[1]]
    return found / total if total else None


def figures(name, tasks, documents, scratch):
    gold, out = scratch / f"{name}.gold.jsonl", scratch / f"{name}.jsonl"
    write(gold, documents)
    label(gold, out)
    predicted = {d["id"]: d for d in read(out)}
    found = {}
    for task in tasks:
        scores = score(task, gold, out)
        if task == "attribution":
            found |= {
                "whole attributions, F1": scores["attribution"]["f1"],
                "content words, F1": scores["content"]["f1"],
                "source words, F1": scores["source"]["f1"],
                "cue words, F1": scores["cue"]["f1"],
                "content words inside contents": inside(documents, predicted, "content"),
                "source words inside sources": inside(documents, predicted, "source"),
                "kind of source right": source_kinds(documents, predicted),
            }
            continue
        what = "opinion against the rest" if task == "opinion" else "three labels"
        found |= {
            f"{what}, macro-F1": scores["macro_f1"],
            f"{what}, accuracy": scores["accuracy"],
            "opinion AUC": scores["opinion_auc"],
        }
        if task == "labels":
            found |= {
                f"{kind}, F1": scores[kind]["f1"]
                for kind in ("reported-fact", "attributed-claim", "unattributed-opinion")
            }
            found["furniture left unlabelled"] = scores["furniture_left_unlabelled"]
            found["statements left unlabelled"] = scores["statements_left_unlabelled"]
            found["calibration error"] = calibration(documents, predicted)
            found["signals found in opinions"] = signals(documents, predicted)
    return {k: round(v, 4) for k, v in found.items() if v is not None}


def measure():
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name, tasks, status in SETS:
            documents = read(DATA / f"{name}.jsonl")
            if status != "held out":
                documents = held_out(documents)
            parts = {name: documents}
            if name == "articles-train":
                for kind in ("polnear", "ptc", "bbc", "page"):
                    parts[f"{name}, {kind}"] = [d for d in documents if d["id"].startswith(kind + "-")]
            for part_name, part_documents in parts.items():
                if part_documents:
                    report[part_name] = {
                        "documents": f"{len(part_documents)}" + ("" if status == "held out" else ", the held-out fifth"),
                        "figures": figures(part_name.replace(", ", "-"), tasks, part_documents, scratch),
                    }
                    print(part_name, report[part_name]["figures"], file=sys.stderr)
    return report


def previous():
    try:
        return json.loads(REPORT.read_text(encoding="utf8").rsplit("```json\n", 1)[1].split("\n```")[0])
    except (OSError, IndexError, ValueError):
        return {}


def markdown(report, before):
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    out = [
        "# Evaluation",
        "",
        f"Written by `make score` with {version}; not by hand. Sets and scorer: `../shared/data` and `../shared/eval/score.py`."
        " No weight, list or threshold was learnt from the documents below. 'Before' is the previous run that was committed.",
        "",
    ]
    for name, part in report.items():
        old = before.get(name, {}).get("figures", {})
        out += [f"## {name} ({part['documents']} documents)", "", "| figure | now | before |", "| --- | --- | --- |"]
        for figure, value in part["figures"].items():
            was = f"{old[figure]:.3f}" if figure in old else "–"
            out.append(f"| {figure} | {value:.3f} | {was} |")
        out.append("")
    out += ["## The same as data", "", "```json", json.dumps(report, indent=1, ensure_ascii=False), "```", ""]
    return "\n".join(out)


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit("score.py: no ../shared/data beside this checkout: nothing to measure on")
    text = markdown(measure(), previous())
    if sys.argv[1:] == ["--check"]:
        print(text)
    else:
        REPORT.write_text(text, encoding="utf8")
