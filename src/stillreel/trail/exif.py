"""EXIF blocks: their texts, read from the TIFF directory without loading more than the block."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXIF_DIRECTORY = 0x8769
_USER_COMMENT = 0x9286
_XP_FIRST, _XP_LAST = 0x9C9B, 0x9C9F
_TEXTUAL = {1, 2, 7}
"""TIFF field types byte, ASCII and undefined, all one byte a value."""
_MOST = 512
"""Fields of one directory."""


def texts(block: bytes) -> Iterator[str]:
    """Yield the texts of an EXIF block, which starts with its TIFF header; a bad one has none."""
    if block[:4] not in {b"II*\0", b"MM\0*"}:
        return
    order: Literal["little", "big"] = "little" if block[:1] == b"I" else "big"
    waiting = [int.from_bytes(block[4:8], order)]
    seen: set[int] = set()
    while waiting:
        at = waiting.pop()
        if at in seen or at + 2 > len(block):
            continue
        seen.add(at)
        for tag, kind, count, value in _fields(block, at, order):
            if tag == _EXIF_DIRECTORY:
                waiting.append(value)
            elif kind in _TEXTUAL and count > 4 and value + count <= len(block):
                yield _text(tag, block[value : value + count])


def _fields(
    block: bytes, at: int, order: Literal["little", "big"]
) -> Iterator[tuple[int, int, int, int]]:
    count = min(int.from_bytes(block[at : at + 2], order), _MOST)
    shape = struct.Struct("<HHII" if order == "little" else ">HHII")
    for start in range(at + 2, at + 2 + count * shape.size, shape.size):
        if start + shape.size > len(block):
            return
        yield shape.unpack_from(block, start)


def _text(tag: int, data: bytes) -> str:
    if _XP_FIRST <= tag <= _XP_LAST:
        return data.decode("utf-16-le", "replace").strip("\0")
    if tag == _USER_COMMENT:
        code, data = data[:8], data[8:]
        if code.startswith(b"UNICODE"):
            wide = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
            return data.decode(wide, "replace").strip("\0\ufeff")
    return data.decode("utf-8", "replace").strip("\0 ")
