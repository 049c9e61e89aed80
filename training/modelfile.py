"""The model file: writing it, reading it back, and its integer arithmetic in torch. FORMAT.md is its page."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .corpora import LABELS
from .network import EPSILON, GROUP, Config, Network, dequantise_embedding, quantise_embedding
from .rounding import QuantisedLinear, Rounded
from .text import Normaliser, Tokenizer, character_map, class_ranges
from .windows import LEFT_CONTEXT, MAX_TOKENS, RIGHT_CONTEXT, TOKEN_HEADS

MAGIC = b"SAYSWHO\0"
FORMAT = 2
HEADER = 256
ALIGN = 64


@dataclass
class Settings:
    """What calibration found, and how windows are cut; kept in the header."""

    version: str = "untrained"
    max_tokens: int = MAX_TOKENS
    left: int = LEFT_CONTEXT
    right: int = RIGHT_CONTEXT
    temperature: float = 1.0
    bias: list[float] = field(default_factory=lambda: [0.0] * len(LABELS))
    thresholds: list[float] = field(default_factory=lambda: [0.5] * len(TOKEN_HEADS))
    mixed_threshold: float = 0.5


def quantise_rows(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric 8-bit rows: integers in -127..127 and one scale a row."""
    scale = np.maximum(np.abs(w).max(1), 1e-8) / 127.0
    return np.rint(w / scale[:, None]).astype(np.int8), scale.astype("<f4")


def pack(q: np.ndarray) -> bytes:
    """Four integers of 6 bits, each stored as value + 32, in three bytes, the first in the lowest bits."""
    v = (q.reshape(-1, 4).astype(np.int32) + 32) << np.array([0, 6, 12, 18])
    return v.sum(1).astype("<u4").view("u1").reshape(-1, 4)[:, :3].tobytes()


def unpack(packed: np.ndarray) -> np.ndarray:
    """The integers that `pack` packed."""
    v = (packed.reshape(-1, 3).astype(np.int32) << np.array([0, 8, 16])).sum(1)
    return (((v[:, None] >> np.array([0, 6, 12, 18])) & 63) - 32).astype(np.int8)


def _array(p: Tensor) -> np.ndarray:
    return p.detach().float().numpy()


def write(
    path: Path, net: Network, pieces: list[str], settings: Settings, products: dict[str, Rounded]
) -> int:
    """Writes the file; its size in bytes is returned. `products` has the layers', rounded."""
    c = net.config
    sections: list[bytes] = []
    words = "".join(p + "\n" for p in pieces).encode()
    table = character_map()
    entries, text = b"", b""
    for cp, out in table.items():
        raw = out.encode()
        entries += struct.pack("<3I", cp, len(text), len(raw))
        text += raw
    ranges = class_ranges()
    sections += [words, entries, text, b"".join(struct.pack("<3I", *r) for r in ranges)]

    q, s = quantise_embedding(_array(net.words.weight))
    nibbles = (q.astype(np.int16) + 8).astype(np.uint8)
    sections += [(nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).tobytes(), s.astype("<f4").tobytes()]

    def floats(*ps: Tensor) -> None:
        sections.extend(_array(p).astype("<f4").tobytes() for p in ps)

    def matrix(name: str) -> None:
        product = products[name]
        sections.extend([pack(product.q), product.scale.astype("<f4").tobytes(), product.bias.astype("<f4").tobytes()])

    q, s = quantise_rows(_array(net.positions.weight))
    sections += [q.tobytes(), s.tobytes()]
    floats(net.norm.weight, net.norm.bias)
    for index, layer in enumerate(net.layers):
        matrix(f"layers.{index}.qkv")
        matrix(f"layers.{index}.out")
        floats(layer.norm1.weight, layer.norm1.bias)
        matrix(f"layers.{index}.up")
        matrix(f"layers.{index}.down")
        floats(layer.norm2.weight, layer.norm2.bias)
    floats(net.sentence_head.weight, net.sentence_head.bias, net.token_head.weight, net.token_head.bias)

    body = b""
    for section in sections:
        body += b"\0" * (-(HEADER + len(body)) % ALIGN) + section
    total = HEADER + len(body) + 4
    header = struct.pack(
        "<8s2I16s16I6f8f",
        MAGIC,
        FORMAT,
        total,
        settings.version.encode()[:16],
        c.vocabulary,
        c.hidden,
        len(c.layers),
        c.heads,
        c.inner,
        MAX_TOKENS,
        len(LABELS),
        len(TOKEN_HEADS),
        GROUP,
        len(words),
        len(table),
        len(text),
        len(ranges),
        settings.max_tokens,
        settings.left,
        settings.right,
        EPSILON,
        settings.temperature,
        *settings.bias,
        *settings.thresholds,
        settings.mixed_threshold,
    )
    data = header.ljust(HEADER, b"\0") + body
    data += struct.pack("<I", zlib.crc32(data))
    path.write_bytes(data)
    return len(data)


@dataclass
class Loaded:
    """A model file read back."""

    net: Network
    tokenizer: Tokenizer
    settings: Settings


def read(path: Path, activations: bool = True) -> Loaded:
    """Reads a model file into a network that computes as the engine does."""
    data = path.read_bytes()
    if data[:8] != MAGIC or zlib.crc32(data[:-4]) != struct.unpack("<I", data[-4:])[0]:
        raise ValueError(f"{path} is no model file, or damaged")
    head = struct.unpack_from("<8s2I16s16I6f8f", data)
    if head[1] != FORMAT or head[2] != len(data):
        raise ValueError(f"{path} has another format or length")
    v, d, n, heads, inner, positions, labels, tokens, group, word_bytes, m, text_bytes, r, most, left, right = head[
        4:20
    ]
    settings = Settings(
        head[3].rstrip(b"\0").decode(), most, left, right, head[21], list(head[22:26]), list(head[26:33]), head[33]
    )
    at = HEADER

    def take(count: int, kind: str, *shape: int) -> np.ndarray:
        nonlocal at
        at += -at % ALIGN
        size = np.dtype(kind).itemsize * count
        out = np.frombuffer(data, kind, count, at)
        at += size
        return out.reshape(shape) if shape else out

    pieces = take(word_bytes, "u1").tobytes().decode().split("\n")[:-1]
    entries, text = take(3 * m, "<u4", m, 3), take(text_bytes, "u1").tobytes()
    table = {int(cp): text[a : a + k].decode() for cp, a, k in entries}
    ranges = [tuple(int(x) for x in row) for row in take(3 * r, "<u4", r, 3)]
    net = Network(Config(v, d, heads, inner, tuple(range(n)), 0.0))
    packed = take(v * d // 2, "u1", v, d // 2)
    q = np.empty((v, d), np.int8)
    q[:, 0::2], q[:, 1::2] = (packed & 15).astype(np.int8) - 8, (packed >> 4).astype(np.int8) - 8
    scales = take(v * d // group, "<f4", v, d // group)

    def put(p: Tensor, value: np.ndarray) -> None:
        with torch.no_grad():
            p.copy_(torch.from_numpy(np.array(value)))

    def floats(*ps: Tensor) -> None:
        for p in ps:
            put(p, take(p.numel(), "<f4", *p.shape))

    def matrix(m: nn.Linear) -> QuantisedLinear:
        rows, cols = m.weight.shape
        q = unpack(take(rows * cols // 4 * 3, "u1")).reshape(rows, cols)
        return QuantisedLinear(Rounded(q, take(rows, "<f4"), take(rows, "<f4")), activations)

    put(net.words.weight, dequantise_embedding(q, scales))
    q8, s8 = take(positions * d, "i1", positions, d), take(positions, "<f4")
    put(net.positions.weight, q8.astype(np.float32) * s8[:, None])
    floats(net.norm.weight, net.norm.bias)
    for layer in net.layers:
        layer.qkv = matrix(layer.qkv)
        layer.out = matrix(layer.out)
        floats(layer.norm1.weight, layer.norm1.bias)
        layer.up = matrix(layer.up)
        layer.down = matrix(layer.down)
        floats(layer.norm2.weight, layer.norm2.bias)
    floats(net.sentence_head.weight, net.sentence_head.bias, net.token_head.weight, net.token_head.bias)
    if at + 4 != len(data):
        raise ValueError(f"{path} has {len(data) - at - 4} bytes that no section claims")
    net.eval()
    return Loaded(net, Tokenizer(pieces, Normaliser(table, ranges)), settings)


def unrounded(path: Path) -> tuple[Network, list[str]]:
    """A model file as a network that can learn on, and its vocabulary: what a checkpoint holds, less the roundings."""
    loaded = read(path, activations=False)
    for layer in loaded.net.layers:
        for name in ("qkv", "out", "up", "down"):
            rounded = getattr(layer, name)
            product = nn.Linear(rounded.q.shape[1], rounded.q.shape[0])
            with torch.no_grad():
                product.weight.copy_(rounded.q * rounded.scale[:, None])
                product.bias.copy_(rounded.bias)
            setattr(layer, name, product)
    return loaded.net, loaded.tokenizer.pieces
