"""`python -m training.onnx`: the model file as ONNX, for other runtimes, with what a text makes of it.

    model/sayswho.bin ─ modelfile.py ─▶ target/onnx/float.onnx    weights as floats
                                    └─▶ target/onnx/integer.onnx  the same weights as 8-bit integers
    benches/article.txt ─ sayswho label ─ windows.py ─▶ target/onnx/windows.json

Both graphs take `ids` [T] and `inside` [S, T] (1 where a piece belongs to a sentence, else 0; a row has at least one 1),
and give `sentences` [S, 5] and `pieces` [T, 7], logits. Both are held against the reference, and nothing is timed that fails.
The integers are the file's own, exactly; activations are rounded as ONNX has it, 8 bits and one scale a matrix, where
FORMAT.md has one a row.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from .corpora import Document, Sentence
from .modelfile import Loaded, QuantisedLinear, read
from .network import EPSILON
from .windows import Window, assemble, encode_document

OPSET = 20
OPENING = 144
"""Pieces in a document's first window, as the engine has it (src/engine.rs)."""

FAR = 1e-3
"""Logits of the float graph must be as near as this to the reference's."""

SAME = 0.95
"""Labels of the integer graph that must be the reference's: one scale a matrix costs some."""


class Graph:
    """Nodes and weights in order; every method takes and gives names of values."""

    def __init__(self, integers: bool) -> None:
        self.integers = integers
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[TensorProto] = []

    def weight(self, value: np.ndarray) -> str:
        """A constant."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, *inputs: str, outputs: int = 1, **attributes: object) -> str | list[str]:
        """One operation."""
        names = [f"{op}{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def floats(self, *values: float) -> str:
        return self.weight(np.array(values, np.float32))

    def shape(self, *sizes: int) -> str:
        return self.weight(np.array(sizes, np.int64))

    def product(self, x: str, m: QuantisedLinear) -> str:
        """x · Wᵀ + b, in floats or in integers."""
        q, scale, bias = (t.numpy() for t in (m.q, m.scale, m.bias))
        if not self.integers:
            y = self.node("MatMul", x, self.weight((q * scale[:, None]).T.astype(np.float32)))
        else:
            rounded, step, zero = self.node("DynamicQuantizeLinear", x, outputs=3)
            own = self.weight(q.T.astype(np.int8))
            sums = self.node("MatMulInteger", rounded, own, zero, self.weight(np.zeros((), np.int8)))
            y = self.node("Cast", sums, to=TensorProto.FLOAT)
            y = self.node("Mul", y, self.node("Mul", step, self.weight(scale.astype(np.float32))))
        return self.node("Add", y, self.weight(bias))

    def norm(self, x: str, n: torch.nn.LayerNorm) -> str:
        weight, bias = (self.weight(p.detach().numpy()) for p in (n.weight, n.bias))
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)

    def head(self, x: str, m: torch.nn.Linear, name: str) -> None:
        """x · Wᵀ + b in floats, as an output."""
        y = self.node("MatMul", x, self.weight(m.weight.detach().numpy().T))
        self.nodes.append(helper.make_node("Add", [y, self.weight(m.bias.detach().numpy())], [name]))


def build(loaded: Loaded, integers: bool) -> onnx.ModelProto:
    """The encoder and its heads, as FORMAT.md has them."""
    net, g = loaded.net, Graph(integers)
    d, heads = net.config.hidden, net.config.heads
    words = g.node("Gather", g.weight(net.words.weight.detach().numpy()), "ids")
    length = g.node("Shape", "ids")
    places = g.node(
        "Slice", g.weight(net.positions.weight.detach().numpy()), g.shape(0), length, g.shape(0)
    )
    x = g.norm(g.node("Add", words, places), net.norm)
    for layer in net.layers:
        qkv = g.node("Reshape", g.product(x, layer.qkv), g.shape(0, 3, heads, d // heads))
        parts = g.node("Split", g.node("Transpose", qkv, perm=[1, 2, 0, 3]), outputs=3, axis=0, num_outputs=3)
        q, k, v = (g.node("Squeeze", part, g.shape(0)) for part in parts)
        q = g.node("Mul", q, g.floats((d // heads) ** -0.5))
        a = g.node("Softmax", g.node("MatMul", q, g.node("Transpose", k, perm=[0, 2, 1])), axis=-1)
        a = g.node("Transpose", g.node("MatMul", a, v), perm=[1, 0, 2])
        a = g.product(g.node("Reshape", a, g.shape(0, d)), layer.out)
        x = g.norm(g.node("Add", x, a), layer.norm1)
        h = g.node("Gelu", g.product(x, layer.up), approximate="tanh")
        x = g.norm(g.node("Add", x, g.product(h, layer.down)), layer.norm2)
    count = g.node("ReduceSum", "inside", g.shape(1), keepdims=1)
    mean = g.node("Div", g.node("MatMul", "inside", x), count)
    outside = g.node("Mul", g.node("Sub", "inside", g.floats(1.0)), g.floats(1e4))
    spread = g.node("Add", g.node("Unsqueeze", outside, g.shape(2)), g.node("Unsqueeze", x, g.shape(0)))
    peak = g.node("ReduceMax", spread, g.shape(1), keepdims=0)
    g.head(g.node("Concat", mean, peak, axis=1), net.sentence_head, "sentences")
    g.head(x, net.token_head, "pieces")
    graph = helper.make_graph(
        g.nodes,
        "sayswho",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["T"]),
            helper.make_tensor_value_info("inside", TensorProto.FLOAT, ["S", "T"]),
        ],
        [
            helper.make_tensor_value_info("sentences", TensorProto.FLOAT, ["S", 5]),
            helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["T", 7]),
        ],
        g.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def windows_of(text: str, loaded: Loaded, program: Path) -> list[Window]:
    """The text's windows; its sentences are those of the engine."""
    answer = subprocess.run(
        [program, "--rules", "label", "--json", "--offsets", "chars"],
        input=text.encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    spans = [Sentence(s["start"], s["end"]) for s in json.loads(answer.stdout)["sentences"]]
    encoded = encode_document(Document("text", "text", text, spans), loaded.tokenizer)
    s = loaded.settings

    def budgets():  # noqa: ANN202
        yield min(OPENING, s.max_tokens)
        while True:
            yield s.max_tokens

    return assemble(encoded, 0, budgets(), s.left, s.right, local=True)


def inputs(w: Window) -> dict[str, np.ndarray]:
    """A window as the graphs take it."""
    owner = np.array(w.owner)
    inside = (owner[None] == np.arange(len(w.sentences))[:, None]).astype(np.float32)
    return {"ids": np.array(w.ids, np.int64), "inside": inside}


def products(loaded: Loaded, pieces: int) -> int:
    """Multiply-accumulates for a window, as the engine reckons them."""
    c = loaded.net.config
    linear = c.hidden * (4 * c.hidden + 2 * c.inner)
    return len(loaded.net.layers) * pieces * (linear + 2 * pieces * c.hidden)


def main() -> None:
    """Writes the graphs and the windows, and holds the graphs against the reference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("model/sayswho.bin"))
    parser.add_argument("--text", type=Path, default=Path("benches/article.txt"))
    parser.add_argument("--program", type=Path, default=Path("target/release/sayswho"))
    parser.add_argument("--out", type=Path, default=Path("target/onnx"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    reference = read(args.model, activations=False)
    windows = windows_of(args.text.read_text("utf8"), reference, args.program)
    for integers in (False, True):
        name = "integer" if integers else "float"
        model = build(reference, integers)
        path = args.out / f"{name}.onnx"
        onnx.save(model, path)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        farthest, same, all_ = 0.0, 0, 0
        for w in windows:
            with torch.no_grad():
                want = reference.net(torch.tensor([w.ids]), torch.tensor([w.owner]), len(w.sentences))
            want = [want[0].numpy(), want[1][0].numpy()]
            got = session.run(["sentences", "pieces"], inputs(w))
            farthest = max(farthest, *(float(np.abs(a - b).max()) for a, b in zip(want, got, strict=True)))
            same += int((want[0][:, :4].argmax(1) == got[0][:, :4].argmax(1)).sum())
            all_ += len(w.sentences)
        print(f"{path}: {path.stat().st_size:,} bytes; logits within {farthest:.2g} of the reference's, "
              f"{same} of {all_} labels the same")  # fmt: skip
        if same < SAME * all_ or (not integers and farthest > FAR):
            raise SystemExit(f"{path} is not the same model")
    (args.out / "windows.json").write_text(
        json.dumps(
            {
                "products": sum(products(reference, len(w.ids)) for w in windows),
                "windows": [{"ids": w.ids, "owner": w.owner, "sentences": len(w.sentences)} for w in windows],
            }
        )
    )


if __name__ == "__main__":
    main()
