"""Marks that plain metadata readers know: XMP digital source type and the GB 45438 AIGC label.

They are written after the encode and before the manifest, which then vouches for them: a tag that
is changed or added after signing makes the file invalid. Pictures and sound are not re-encoded.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape

from stillreel.errors import MediaError, UsageError
from stillreel.ledger.atomic import whole
from stillreel.ledger.store import storage_error
from stillreel.trail.signing.manifest import IPTC
from stillreel.values.sniff import media_type_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.trail.signing.nouns import SourceType

XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""The `uuid` of the box in which an MP4 keeps its XMP packet."""
XMP_CHUNK = b"XML:com.adobe.xmp"
"""The keyword under which a PNG keeps it."""
XMP_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0"
"""The head of the APP1 segment in which a JPEG keeps it."""
_APPLICATION = tuple(bytes([0xE0 + number]) for number in range(16))
_EARLY = _APPLICATION[:2]
"""JFIF and Exif come first in a JPEG."""
_CONTAINER = frozenset({"major_brand", "minor_version", "compatible_brands", "encoder"})
_COPY = 1 << 20


@dataclass(frozen=True, slots=True)
class Aigc:
    """The implicit label of GB 45438-2025."""

    producer: str
    """Name or code of the service that made the content."""
    produce_id: str
    """The producer's own number of the content."""
    label: str = "1"
    """1: made by AI; 2: possibly; 3: suspected."""
    propagator: str = ""
    propagate_id: str = ""

    def text(self) -> str:
        """Return the value of the key `AIGC`."""
        fields = {
            "Label": self.label,
            "ContentProducer": self.producer,
            "ProduceID": self.produce_id,
            "ReservedCode1": "",
            "ContentPropagator": self.propagator,
            "PropagateID": self.propagate_id,
            "ReservedCode2": "",
        }
        return json.dumps(fields, separators=(",", ":"))


def tag(source: Path, target: Path, source_type: SourceType, aigc: Aigc | None = None) -> None:
    """Write `target`: `source` with its source type in XMP, and the AIGC label where one is given.

    A PNG gets text chunks, a JPEG an APP1 segment; an MP4 gets an XMP box at its end and, for the
    label, a metadata key of the film, for which its packets are put into a new container.

    Raises:
        UsageError: `target` is the source.
        MediaError: the format has no place for tags here, the file is broken, or it has XMP
            already, which would have to be merged.
        StorageError: the target cannot be written.
    """
    if target.resolve() == source.resolve():
        raise UsageError(
            "A file is never tagged in place.",
            where=str(source),
            next_step="Give another path for the tagged file.",
        )
    media_type = media_type_of(source)
    writers = {"image/png": _png, "image/jpeg": _jpeg, "video/mp4": _mp4}
    if media_type not in writers:
        raise MediaError(
            "Only PNG, JPEG and MP4 can be tagged, and this is none of them.", where=str(source)
        )
    try:
        with whole(target) as part:
            writers[media_type](source, part, packet(source_type, aigc), aigc)
    except OSError as error:
        raise storage_error(error, target) from error


def packet(source_type: SourceType, aigc: Aigc | None = None) -> bytes:
    """Return the XMP packet that says how a picture was made."""
    label = f"<TC260:AIGC>{escape(aigc.text())}</TC260:AIGC>" if aigc else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">'
        f"<Iptc4xmpExt:DigitalSourceType>{IPTC}{source_type}</Iptc4xmpExt:DigitalSourceType>"
        f"{label}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def _png(source: Path, part: Path, xmp: bytes, aigc: Aigc | None) -> None:
    """Put the text chunks behind the header; every other chunk stays as it is."""
    with source.open("rb") as read, part.open("wb") as write:
        write.write(read.read(8))
        for kind, size in _chunks(read, source):
            body = _exactly(read, size + 4, source)
            if kind == b"iTXt" and body.startswith(XMP_CHUNK):
                raise _has_xmp(source)
            write.write(struct.pack(">I4s", size, kind) + body)
            if kind == b"IHDR":
                write.write(_chunk(b"iTXt", XMP_CHUNK + b"\0\0\0\0\0" + xmp))
                if aigc is not None:
                    write.write(_chunk(b"tEXt", b"AIGC\0" + aigc.text().encode()))


def _chunks(read: BinaryIO, source: Path) -> Iterator[tuple[bytes, int]]:
    kind = b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", _exactly(read, 8, source))
        yield kind, size


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))


def _jpeg(source: Path, part: Path, xmp: bytes, _: Aigc | None) -> None:
    """Put the segment behind the JFIF and Exif ones; every other byte stays as it is."""
    data = source.read_bytes()
    at, place = 2, 2
    while (head := data[at : at + 4])[:1] == b"\xff" and head[1:2] in _APPLICATION:
        if len(head) < 4:
            raise _broken(source)
        if data.startswith(XMP_SEGMENT, at + 4):
            raise _has_xmp(source)
        at += 2 + int.from_bytes(head[2:])
        if head[1:2] in _EARLY:
            place = at
    if data.find(b"\xff\xd9", at) < 0:
        raise _broken(source)
    body = XMP_SEGMENT + xmp
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    part.write_bytes(data[:place] + segment + data[place:])


def _mp4(source: Path, part: Path, xmp: bytes, aigc: Aigc | None) -> None:
    """Append the XMP box, to a copy or, with a label, to the same packets in a new container."""
    with source.open("rb") as read:
        for kind, at in _boxes(read, source):
            if kind == b"uuid":
                read.seek(at)
                if read.read(16) == XMP_BOX:
                    raise _has_xmp(source)
        if aigc is None:
            read.seek(0)
            with part.open("wb") as write:
                while data := read.read(_COPY):
                    write.write(data)
        else:
            _remux(source, part, aigc)
    with part.open("ab") as write:
        write.write(struct.pack(">I4s", 24 + len(xmp), b"uuid") + XMP_BOX + xmp)


def _boxes(read: BinaryIO, source: Path) -> Iterator[tuple[bytes, int]]:
    """Yield each top-level box: its kind and where its body begins."""
    at, end = 0, source.stat().st_size
    while at < end:
        read.seek(at)
        size, kind = struct.unpack(">I4s", _exactly(read, 8, source))
        body = at + 8
        if size == 1:
            size, body = struct.unpack(">Q", _exactly(read, 8, source))[0], at + 16
        elif size == 0:
            raise MediaError(
                "The last box of this MP4 is open-ended, so nothing can follow it.",
                where=str(source),
            )
        if size < body - at or at + size > end:
            raise _broken(source)
        yield kind, body
        at += size


def _remux(source: Path, part: Path, aigc: Aigc) -> None:
    """Put the packets of an MP4 into a new container that has the key `AIGC`."""
    import av
    from av.error import FFmpegError

    options = {"movflags": "use_metadata_tags+faststart", "fflags": "+bitexact"}
    try:
        with (
            av.open(str(source)) as read,
            av.open(str(part), "w", format="mp4", options=options) as write,
        ):
            kept = {key: value for key, value in read.metadata.items() if key not in _CONTAINER}
            write.metadata.update(kept, AIGC=aigc.text())
            write.set_chapters(read.chapters())
            tracks = {}
            for stream in read.streams:
                if stream.type not in {"video", "audio", "subtitle"}:
                    raise MediaError(
                        f"This MP4 has a track of {stream.type}, which tagging would lose.",
                        where=str(source),
                    )
                tracks[stream.index] = write.add_stream_from_template(stream)
                tracks[stream.index].metadata.update(stream.metadata)
            for parcel in read.demux():
                if parcel.dts is not None:
                    parcel.stream = tracks[parcel.stream.index]
                    write.mux(parcel)
    except FFmpegError as error:
        raise _broken(source) from error


def _exactly(read: BinaryIO, size: int, source: Path) -> bytes:
    data = read.read(size)
    if len(data) != size:
        raise _broken(source)
    return data


def _broken(source: Path) -> MediaError:
    return MediaError(
        "The file is broken and cannot be read to its end.",
        where=str(source),
        next_step="Make or fetch it again.",
    )


def _has_xmp(source: Path) -> MediaError:
    return MediaError(
        "This file has XMP metadata already, which is kept and not merged.",
        where=str(source),
        next_step="Tag a freshly encoded file.",
    )
