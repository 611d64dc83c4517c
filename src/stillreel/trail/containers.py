"""The pieces of a picture or clip: chunks, segments and boxes, found without loading the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 200_000
"""Pieces of one file; long fragmented films stay far below."""
_DEEPEST = 8
_PARENTS = {b"moov", b"udta", b"meta", b"ilst", b"----"}
_C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


class Misshapen(Exception):
    """The pieces do not fit the file; the message is a sentence for people."""


class Piece(NamedTuple):
    """One chunk, segment or box: its payload, without its header."""

    kind: bytes
    start: int
    size: int
    depth: int = 0

    def read(self, stream: BinaryIO, most: int) -> bytes | None:
        """Return the payload; None where it is larger than `most` bytes."""
        if self.size > most:
            return None
        stream.seek(self.start)
        return stream.read(self.size)


def pieces(stream: BinaryIO, media_type: str, size: int) -> Iterator[Piece]:
    """Yield the pieces of a file in order; types without known pieces yield none.

    PNG and RIFF give chunk types, JPEG `APP1` and the like, MP4 box types, where `uuid` boxes
    are told apart as `c2pa`, `xmp_` or `uuid` and boxes inside `moov` follow their parent.

    Args:
        stream: the file, which can seek.
        media_type: by its bytes.
        size: of the file in bytes.

    Raises:
        Misshapen: a piece claims more bytes than there are, or there are too many.
    """
    walker = _WALKERS.get(media_type)
    if walker is None:
        return
    for count, piece in enumerate(walker(stream, size)):
        if count >= _MOST:
            raise Misshapen(f"It has more than {_MOST} chunks or boxes.")
        yield piece


def walkable(media_type: str) -> bool:
    """Tell whether a type has pieces that `pieces` knows."""
    return media_type in _WALKERS


def _png(stream: BinaryIO, size: int) -> Iterator[Piece]:
    at = 8
    while at < size:
        head = _head(stream, at, 8)
        length, kind = int.from_bytes(head[:4]), head[4:]
        yield _fitting(Piece(kind, at + 8, length), size)
        if kind == b"IEND":
            return
        at += 12 + length


def _jpeg(stream: BinaryIO, size: int) -> Iterator[Piece]:
    at = 2
    while at < size:
        head = _head(stream, at, 4)
        if head[0] != 0xFF:
            raise Misshapen(f"A JPEG segment was expected at byte {at}.")
        if head[1] == 0xFF:
            at += 1
            continue
        if head[1] in {0xDA, 0xD9}:
            return
        if head[1] == 0x01 or 0xD0 <= head[1] <= 0xD8:
            at += 2
            continue
        length = int.from_bytes(head[2:])
        kind = b"APP%d" % (head[1] - 0xE0) if 0xE0 <= head[1] <= 0xEF else b"seg%02x" % head[1]
        yield _fitting(Piece(kind, at + 4, length - 2), size)
        at += 2 + length


def _riff(stream: BinaryIO, size: int) -> Iterator[Piece]:
    at = 12
    while at + 8 <= size:
        head = _head(stream, at, 8)
        length = int.from_bytes(head[4:], "little")
        yield _fitting(Piece(head[:4], at + 8, length), size)
        at += 8 + length + length % 2


def _bmff(stream: BinaryIO, size: int) -> Iterator[Piece]:
    yield from _boxes(stream, 0, size, 0)


def _boxes(stream: BinaryIO, at: int, end: int, depth: int) -> Iterator[Piece]:
    while at + 8 <= end:
        head = _head(stream, at, 8)
        length, kind, skip = int.from_bytes(head[:4]), head[4:], 8
        if length == 1:
            length, skip = int.from_bytes(_head(stream, at + 8, 8)), 16
        elif length == 0:
            length = end - at
        if length < skip:
            raise Misshapen(f"A box at byte {at} claims {length} bytes, less than its own header.")
        box = _fitting(Piece(kind, at + skip, length - skip, depth), end)
        if kind == b"uuid" and box.size >= 16:
            known = {_C2PA_UUID: b"c2pa", _XMP_UUID: b"xmp_"}
            name = known.get(_head(stream, box.start, 16), kind)
            box = Piece(name, box.start + 16, box.size - 16, depth)
        yield box
        # The children of an item list are named by number, not by type.
        if (kind in _PARENTS or (depth and _numbered(kind))) and depth < _DEEPEST:
            inner = box.start + _full(stream, box)
            yield from _boxes(stream, inner, box.start + box.size, depth + 1)
        at += length


def _full(stream: BinaryIO, box: Piece) -> int:
    """Return how many bytes a `meta` box has before its children: QuickTime leaves out four."""
    if box.kind != b"meta" or box.size < 12:
        return 0
    return 4 if _head(stream, box.start + 8, 4) == b"hdlr" else 0


def _numbered(kind: bytes) -> bool:
    return kind[:2] == b"\0\0"


def _head(stream: BinaryIO, at: int, count: int) -> bytes:
    stream.seek(at)
    head = stream.read(count)
    if len(head) < count:
        raise Misshapen(f"The file ends in the middle of a header, at byte {at + len(head)}.")
    return head


def _fitting(piece: Piece, end: int) -> Piece:
    if piece.size < 0 or piece.start + piece.size > end:
        name = piece.kind.decode("latin-1")
        raise Misshapen(
            f"{name!r} at byte {piece.start} claims {piece.size} bytes, which do not fit the file."
        )
    return piece


_WALKERS: dict[str, Callable[[BinaryIO, int], Iterator[Piece]]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/webp": _riff,
    "audio/wav": _riff,
    "video/mp4": _bmff,
    "image/avif": _bmff,
    "image/heic": _bmff,
}
