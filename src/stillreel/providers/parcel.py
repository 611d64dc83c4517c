"""A JSON body with pictures in it, packed without copying the pictures through text."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_MARK = "\x00inline"
_SLICE = 262_144


@dataclass(frozen=True, slots=True)
class Inline:
    """A file that stands in a JSON body as a data URI, or as bare base64."""

    letters: bytes = field(repr=False)
    """What will stand between the quotes."""

    @classmethod
    def uri(cls, data: bytes, media_type: str) -> Inline:
        """Return a file as a data URI."""
        return cls(b"data:" + media_type.encode() + b";base64," + base64.b64encode(data))

    @classmethod
    def bare(cls, data: bytes) -> Inline:
        """Return a file as base64 and nothing else."""
        return cls(base64.b64encode(data))


def packed(body: object) -> tuple[bytes, ...]:
    """Return the pieces of a JSON body, in order; `Inline` files are pieces of their own."""
    found: list[Inline] = []

    def marked(thing: object) -> str:
        if not isinstance(thing, Inline):
            message = f"{type(thing).__name__} is nothing JSON knows"
            raise TypeError(message)
        found.append(thing)
        return _MARK

    text = json.dumps(body, default=marked, ensure_ascii=False, separators=(",", ":"))
    around = text.encode().split(json.dumps(_MARK).encode())
    if len(around) != len(found) + 1:
        message = "a text in the body is the mark of a file"
        raise ValueError(message)
    pieces = [around[0]]
    for file, after in zip(found, around[1:], strict=True):
        pieces += [b'"', file.letters, b'"', after]
    return tuple(pieces)


async def slices(pieces: tuple[bytes, ...]) -> AsyncIterator[bytes]:
    """Hand out pieces in small slices: a transport moves what is left with each one it sends."""
    for piece in pieces:
        for at in range(0, len(piece), _SLICE):
            yield piece[at : at + _SLICE]
