"""Labels beside the manifest: the AIGC key of GB 45438-2025, and XMP or IPTC source types."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from stillreel.trail import exif, xmp
from stillreel.trail.containers import Misshapen, pieces, walkable
from stillreel.trail.nouns import AigcLabel, Finding
from stillreel.trail.parsed import table

if TYPE_CHECKING:
    from stillreel.trail.containers import Piece

_LARGEST = 1 << 20
"""Bytes of one text, XMP packet or EXIF block that are read, unpacked ones too."""
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF_HEAD = b"Exif\0\0"
_AIGC = "AIGC"
_TELLING = {"Label", "ContentProducer", "ProduceID"}
_DATA_HEAD = 8
"""Bytes of type and language before the text of an MP4 metadata value."""


class Labels(NamedTuple):
    """What a file's container says beside its manifest."""

    aigc: AigcLabel | None = None
    source_type: str | None = None
    remote_manifest: str | None = None
    store_bytes: int = 0
    """Size of the C2PA manifest store, or of the whole file where its pieces are not known."""
    findings: tuple[Finding, ...] = ()


@dataclass
class _Seen:
    """What has been gathered of one file so far."""

    texts: list[str] = field(default_factory=list[str])
    packets: list[xmp.Packet] = field(default_factory=list[xmp.Packet])
    findings: list[Finding] = field(default_factory=list[Finding])
    keys: list[bytes] = field(default_factory=list[bytes])
    key: bytes = b""
    store_bytes: int = 0


def labels(stream: BinaryIO, media_type: str, size: int) -> Labels:
    """Read the labels of a picture or clip in bounded memory, whatever its size.

    Args:
        stream: the file, which can seek.
        media_type: by its bytes; other types than PNG, JPEG, WebP and MP4 have no labels.
        size: of the file in bytes.
    """
    seen = _Seen()
    whole = walkable(media_type)
    reader = {
        "image/png": _png,
        "image/jpeg": _jpeg,
        "image/webp": _riff,
        "audio/wav": _riff,
    }.get(media_type, _bmff)
    try:
        for piece in pieces(stream, media_type, size):
            reader(stream, piece, seen)
    except Misshapen as error:
        seen.findings.append(Finding("stillreel.misshapen", str(error)))
        whole = False
    texts = [*seen.texts, *(one.aigc for one in seen.packets if one.aigc)]
    sources = [one.source_type for one in seen.packets if one.source_type]
    remote = [one.provenance for one in seen.packets if one.provenance]
    return Labels(
        next((found for text in texts if (found := aigc_of(text))), None),
        sources[0].rstrip("/").rpartition("/")[2] if sources else None,
        next((place for place in remote if "://" in place), None),
        seen.store_bytes if whole else size,
        tuple(seen.findings),
    )


def aigc_of(text: str) -> AigcLabel | None:
    """Return the AIGC label that a text holds, bare or under a key; None where there is none."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        found, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    fields = table(found)
    inner = fields.get(_AIGC)
    if isinstance(inner, str):
        return aigc_of(inner)
    fields = table(inner) or fields
    if not _TELLING & set(fields):
        return None
    return AigcLabel(tuple((key, _plain(value)) for key, value in fields.items()))


def _plain(value: object) -> str:
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # JSON may spell half of a surrogate pair, which no output can be made of.
    return told.encode("utf-8", "replace").decode("utf-8")


def _png(stream: BinaryIO, piece: Piece, seen: _Seen) -> None:
    if piece.kind == b"caBX":
        seen.store_bytes += piece.size
    if piece.kind not in {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}:
        return
    data = _payload(stream, piece, seen)
    if piece.kind == b"eXIf":
        seen.texts += exif.texts(data)
        return
    keyword, _, rest = data.partition(b"\0")
    if keyword not in {_AIGC.encode(), _XMP_KEYWORD}:
        return
    if piece.kind == b"zTXt":
        rest = _unpacked(rest[1:])
    elif piece.kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        rest = _unpacked(rest) if packed else rest
    if keyword == _XMP_KEYWORD:
        _packet(rest, seen)
    else:
        seen.texts.append(_decoded(rest))


def _jpeg(stream: BinaryIO, piece: Piece, seen: _Seen) -> None:
    if piece.kind == b"APP11":
        seen.store_bytes += piece.size
    if piece.kind not in {b"APP1", b"segfe"}:
        return
    data = _payload(stream, piece, seen)
    if piece.kind == b"segfe":
        seen.texts.append(_decoded(data))
    elif data.startswith(_XMP_HEAD):
        _packet(data[len(_XMP_HEAD) :], seen)
    elif data.startswith(_EXIF_HEAD):
        seen.texts += exif.texts(data[len(_EXIF_HEAD) :])


def _riff(stream: BinaryIO, piece: Piece, seen: _Seen) -> None:
    if piece.kind == b"C2PA":
        seen.store_bytes += piece.size
    elif piece.kind == b"XMP ":
        _packet(_payload(stream, piece, seen), seen)
    elif piece.kind == b"EXIF":
        seen.texts += exif.texts(_payload(stream, piece, seen).removeprefix(_EXIF_HEAD))


def _bmff(stream: BinaryIO, piece: Piece, seen: _Seen) -> None:
    """Keep what an MP4 box says; metadata keys come before the values that they name."""
    if piece.kind == b"c2pa":
        seen.store_bytes += piece.size
    elif piece.kind in {b"xmp_", b"XMP_"}:
        _packet(_payload(stream, piece, seen), seen)
    elif piece.kind == b"keys":
        seen.keys = list(_keys(_payload(stream, piece, seen)))
    elif piece.kind == b"name" and piece.depth:
        seen.key = _payload(stream, piece, seen)[4:]
    elif piece.kind == _AIGC.encode():
        seen.texts.append(_decoded(_payload(stream, piece, seen)))
        seen.key = piece.kind
    elif piece.depth and piece.kind[:2] == b"\0\0":
        number = int.from_bytes(piece.kind)
        seen.key = seen.keys[number - 1] if 0 < number <= len(seen.keys) else b""
    elif piece.kind == b"data" and seen.key.rpartition(b".")[2] == _AIGC.encode():
        seen.texts.append(_decoded(_payload(stream, piece, seen)[_DATA_HEAD:]))


def _keys(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        if length < 8:
            break
        found.append(data[at + 8 : at + length])
        at += length
    return found


def _payload(stream: BinaryIO, piece: Piece, seen: _Seen) -> bytes:
    data = piece.read(stream, _LARGEST)
    if data is None:
        name = piece.kind.decode("latin-1")
        seen.findings.append(
            Finding("stillreel.tooLarge", f"{name!r} of {piece.size} bytes is not read for labels.")
        )
    return data or b""


def _packet(data: bytes, seen: _Seen) -> None:
    try:
        seen.packets.append(xmp.packet(data))
    except xmp.Forbidden as error:
        seen.findings.append(Finding("stillreel.xmp", str(error)))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LARGEST)
    except zlib.error:
        return b""


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8").strip("\0")
    except UnicodeDecodeError:
        return data.decode("latin-1").strip("\0")
