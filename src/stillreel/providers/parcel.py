"""A body with pictures in it, JSON or a form, packed without copying the pictures through text."""

from __future__ import annotations

import base64
import hashlib
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


@dataclass(frozen=True, slots=True)
class Form:
    """A `multipart/form-data` body: fields first, then files, each in its order."""

    fields: tuple[tuple[str, str], ...]
    """Name and value of each."""
    files: tuple[tuple[str, bytes, str], ...] = field(default=(), repr=False)
    """Name, bytes and media type of each; several may share a name."""

    @property
    def boundary(self) -> str:
        """What stands between the parts: made of them all, so that none of them holds it."""
        parts = [one.encode() for pair in self.fields for one in pair]
        parts += [data for _, data, _ in self.files]
        mark = hashlib.sha256(b"\x00".join(hashlib.sha256(part).digest() for part in parts))
        return mark.hexdigest()

    def pieces(self) -> tuple[bytes, ...]:
        """Return the body in pieces, in order; files are pieces of their own."""
        line = f"--{self.boundary}"
        about = "Content-Disposition: form-data; name="
        found: list[bytes] = []
        for name, value in self.fields:
            found.append(f'{line}\r\n{about}"{name}"\r\n\r\n{value}\r\n'.encode())
        for number, (name, data, kind) in enumerate(self.files, 1):
            called = f'{about}"{name}"; filename="{number}.{kind.rpartition("/")[2]}"'
            head = f"{line}\r\n{called}\r\nContent-Type: {kind}\r\n\r\n"
            found += [head.encode(), data, b"\r\n"]
        return (*found, f"{line}--\r\n".encode())


def media_of(body: object) -> str:
    """Return the media type of a body, as its header says it."""
    if isinstance(body, Form):
        return f"multipart/form-data; boundary={body.boundary}"
    return "application/json"


def packed(body: object) -> tuple[bytes, ...]:
    """Return the pieces of a body, in order; files in it are pieces of their own."""
    if isinstance(body, Form):
        return body.pieces()
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
