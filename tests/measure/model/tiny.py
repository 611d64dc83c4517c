"""Tiny networks written by hand as ONNX bytes: the wire format is a few nested tagged fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.model.card import ModelCard
from stillreel.values.digest import of_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FLOAT, INT, INTS = 1, 2, 7


def varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def number(tag: int, value: int) -> bytes:
    return varint(tag << 3) + varint(value)


def block(tag: int, data: bytes | str) -> bytes:
    raw = data.encode() if isinstance(data, str) else data
    return varint(tag << 3 | 2) + varint(len(raw)) + raw


def held(name: str, values: np.ndarray) -> bytes:
    dims = b"".join(number(1, side) for side in values.shape)
    raw = np.ascontiguousarray(values, np.float32).tobytes()
    return block(5, dims + number(2, FLOAT) + block(8, name) + block(9, raw))


def node(kind: str, inputs: Sequence[str], outputs: Sequence[str], **settings: object) -> bytes:
    data = b"".join(block(1, one) for one in inputs) + b"".join(block(2, one) for one in outputs)
    data += block(4, kind)
    for name, value in settings.items():
        if isinstance(value, int):
            data += block(5, block(1, name) + number(3, value) + number(20, INT))
        else:
            ints = b"".join(number(8, one) for one in value)
            data += block(5, block(1, name) + ints + number(20, INTS))
    return block(1, data)


def port(tag: int, name: str, shape: Sequence[int | str] | None) -> bytes:
    kind = number(1, FLOAT)
    if shape is not None:
        sides = (
            block(1, block(2, one) if isinstance(one, str) else number(1, one)) for one in shape
        )
        kind += block(2, b"".join(sides))
    return block(tag, block(1, name) + block(2, block(1, kind)))


def model(
    nodes: bytes, shape: Sequence[int | str], outputs: Sequence[str], kept: bytes = b""
) -> bytes:
    graph = nodes + block(2, "tiny") + kept + port(11, "pixels", shape)
    graph += b"".join(port(12, name, None) for name in outputs)
    return number(1, 8) + block(7, graph) + block(8, number(2, 13))


ANY = ("count", 3, "height", "width")


def mean_colour() -> bytes:
    """An embedder whose vector is the mean of each channel."""
    return model(node("ReduceMean", ["pixels"], ["out"], axes=(2, 3), keepdims=0), ANY, ["out"])


def row_means() -> bytes:
    """Tokens: of each channel, the mean of every row; the first token is the first channel's."""
    return model(node("ReduceMean", ["pixels"], ["out"], axes=(3,), keepdims=0), ANY, ["out"])


def by_colour(weights: np.ndarray) -> bytes:
    """Class shares from the mean of each channel."""
    nodes = node("ReduceMean", ["pixels"], ["mean"], axes=(2, 3), keepdims=0)
    nodes += node("MatMul", ["mean", "weights"], ["raw"]) + node(
        "Softmax", ["raw"], ["out"], axis=1
    )
    return model(nodes, ANY, ["out"], held("weights", weights))


def always(answers: dict[str, np.ndarray], side: int) -> bytes:
    """A network that gives the same answers to any one picture."""
    nodes = b"".join(node("Identity", [f"{name}-kept"], [name]) for name in answers)
    kept = b"".join(held(f"{name}-kept", values) for name, values in answers.items())
    return model(nodes, (1, 3, side, side), list(answers), kept)


def card(name: str = "tiny", **changed: object) -> ModelCard:
    """A card for a tiny network of 16 x 16 pixels."""
    settings: dict[str, object] = {
        "id": name,
        "job": "general",
        "repo": "someone/tiny",
        "revision": "main",
        "file": "onnx/model.onnx",
        "licence": "CC0-1.0",
        "size": (16, 16),
        "scale": 1 / 255,
        "channels": "rgb",
        "fit": "stretch",
        "answer": "vector",
        "note": "Made in a test.",
        "verified": (),
    }
    return ModelCard.model_validate(settings | changed)


def lay(folder: Path, one: ModelCard, data: bytes) -> None:
    """Put weights where a person who works offline puts them."""
    (folder / one.id).mkdir(parents=True)
    (folder / one.id / "model.onnx").write_bytes(data)


@dataclass
class Cupboard:
    """A hub that has one file, and remembers what it was asked for."""

    data: bytes
    commit: str = "0123abc"
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def __call__(self, repo: str, revision: str, file: str, into: Path) -> tuple[Path, str]:
        from stillreel.measure.model.weights import Fetched

        self.asked.append((repo, revision, file))
        path = into / "got"
        path.write_bytes(self.data)
        return Fetched(path, self.commit)

    @property
    def sha256(self) -> str:
        return of_bytes(self.data)
