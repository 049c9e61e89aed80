"""The native binary beside onnxruntime from PyPI, one thread each: `python benches/onnx.py [ROUNDS] [PROGRAM]`, from the root.

Needs `make cli`, and `python -m training.onnx`, which writes the same model as ONNX and the windows. onnxruntime is given
its word pieces ready made; the binary reads text and writes JSON. What it does once, the model with it, falls out: the
time of one article more is that of nine less that of one, by eight. In turns, so that a busy machine is busy for all; the
middle of the rounds, and of each round's ratio.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime

GRAPHS = Path("target/onnx")
MORE = 8
"""Articles that are timed beyond the first."""

rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
program = Path(sys.argv[2] if len(sys.argv) > 2 else "target/release/sayswho")
article = Path("benches/article.txt").read_text("utf8")
document = json.dumps({"id": "1", "text": article}) + "\n"
prepared = json.loads((GRAPHS / "windows.json").read_text("utf8"))
products = prepared["products"]


def label(count: int) -> float:
    """Seconds for the binary to label so many articles."""
    start = time.perf_counter()
    subprocess.run(
        [program, "label", "--jsonl", "--jobs", "1"],
        input=(document * count).encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def session(graph: str) -> onnxruntime.InferenceSession:
    """One thread, every optimisation."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(GRAPHS / f"{graph}.onnx", options, providers=["CPUExecutionProvider"])


def feed(window: dict) -> dict[str, np.ndarray]:
    """A window as the graphs take it."""
    owner = np.array(window["owner"])
    inside = (owner[None] == np.arange(window["sentences"])[:, None]).astype(np.float32)
    return {"ids": np.array(window["ids"], np.int64), "inside": inside}


feeds = [feed(window) for window in prepared["windows"]]
sessions = {graph: session(graph) for graph in ("float", "integer")}


def infer(graph: str) -> float:
    """Seconds for onnxruntime to run the article's windows."""
    start = time.perf_counter()
    for inputs in feeds:
        sessions[graph].run(None, inputs)
    return time.perf_counter() - start


OURS = "Says Who, text to JSON"
times: dict[str, list[float]] = {OURS: [], **{f"onnxruntime, {graph}": [] for graph in sessions}}
for graph in sessions:
    infer(graph)
for _ in range(rounds):
    times[OURS].append((label(1 + MORE) - label(1)) / MORE)
    for graph in sessions:
        times[f"onnxruntime, {graph}"].append(infer(graph))

for name, all_ in times.items():
    middle = statistics.median(all_)
    best = products / 1e9 / min(all_)
    print(f"{name}: {1000 * middle:.0f} ms, {products / 1e9 / middle:.1f} G a second (at best {best:.1f} G)")
for name, all_ in times.items():
    if name != OURS:
        ratio = statistics.median(theirs / ours for theirs, ours in zip(all_, times[OURS], strict=True))
        print(f"{ratio:.2f} times as fast as {name}")
