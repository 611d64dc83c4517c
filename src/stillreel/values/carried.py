"""Whether a file carries a C2PA manifest store: where its bytes would hold one, nothing verified.

Boxes and segments as the C2PA specification 2.2, annex A, embeds them: a `caBX` chunk in PNG, JUMBF
in APP11 segments of JPEG, a `C2PA` chunk in WebP, a `uuid` box at the top level of MP4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

_PNG = b"\x89PNG\r\n\x1a\n"
_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_LOOK = 64
"""Bytes of a segment that tell what it holds."""
_MOST = 10_000
"""Parts of a file that are looked at; no picture or clip has more at its top level."""


def carries_c2pa(path: Path) -> bool:
    """Say whether a picture or clip holds a C2PA manifest store, by its own bytes.

    Headers alone are read; whether the manifest is whole, signed and trusted is not asked.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(16)
        file.seek(0)
        return any(_parts(head)(file))


def _parts(head: bytes) -> Callable[[BinaryIO], list[bool]]:
    if head.startswith(_PNG):
        return _png
    if head.startswith(b"\xff\xd8"):
        return _jpeg
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _webp
    if head[4:8] == b"ftyp":
        return _mp4
    return lambda _file: []


def _png(file: BinaryIO) -> list[bool]:
    file.seek(len(_PNG))
    found: list[bool] = []
    while len(found) < _MOST and len(head := file.read(8)) == 8:
        found.append(head[4:] == b"caBX")
        file.seek(int.from_bytes(head[:4], "big") + 4, 1)
    return found


def _jpeg(file: BinaryIO) -> list[bool]:
    file.seek(2)
    found: list[bool] = []
    while len(found) < _MOST and len(head := file.read(4)) == 4 and head[0] == 0xFF:
        if head[1] == 0xDA:
            break
        length = int.from_bytes(head[2:], "big") - 2
        if length < 0:
            break
        look = file.read(min(length, _LOOK))
        found.append(head[1] == 0xEB and b"jumb" in look and b"c2pa" in look)
        file.seek(length - len(look), 1)
    return found


def _webp(file: BinaryIO) -> list[bool]:
    file.seek(12)
    found: list[bool] = []
    while len(found) < _MOST and len(head := file.read(8)) == 8:
        found.append(head[:4] == b"C2PA")
        size = int.from_bytes(head[4:], "little")
        file.seek(size + size % 2, 1)
    return found


def _mp4(file: BinaryIO) -> list[bool]:
    found: list[bool] = []
    while len(found) < _MOST and len(head := file.read(8)) == 8:
        size, used = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, used = int.from_bytes(file.read(8), "big"), 16
        uuid = file.read(16) if head[4:] == b"uuid" else b""
        found.append(uuid == _UUID)
        if size < used + len(uuid):
            break
        file.seek(size - used - len(uuid), 1)
    return found
