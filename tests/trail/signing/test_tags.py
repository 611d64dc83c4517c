"""Tags for readers that know no manifest: written before signing, vouched for by it."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import av
import pytest

from stillreel.errors import MediaError, UsageError
from stillreel.trail.signing.tags import XMP_BOX, XMP_CHUNK, XMP_SEGMENT, Aigc, packet, tag
from trail.signing.rooms import Studio, made, read, second_opinion

LABEL = Aigc(producer="A Studio", produce_id="take-1")
SOURCE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
NAMES = ["drawn.png", "drawn.jpg", "moved.mp4"]


def thing(studio: Studio, name: str) -> Path:
    return studio.clip(name) if name.endswith(".mp4") else studio.picture(name)


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks of a PNG, checked."""
    found, at = [], 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        (crc,) = struct.unpack(">I", data[at + 8 + size : at + 12 + size])
        assert crc == zlib.crc32(kind + body)
        found.append((kind, body))
        at += 12 + size
    return found


def xmp(path: Path) -> bytes:
    """Return the XMP packet of a file, from the place that its format has for it."""
    data = path.read_bytes()
    if path.suffix == ".png":
        (body,) = [body for kind, body in chunks(data) if kind == b"iTXt"]
        assert body.startswith(XMP_CHUNK + b"\0\0\0\0\0")
        return body[len(XMP_CHUNK) + 5 :]
    if path.suffix == ".jpg":
        at = data.index(XMP_SEGMENT)
        (size,) = struct.unpack(">H", data[at - 2 : at])
        return data[at + len(XMP_SEGMENT) : at - 2 + size]
    at = data.index(b"uuid" + XMP_BOX)
    (size,) = struct.unpack(">I", data[at - 4 : at])
    return data[at + 20 : at - 4 + size]


def packets(path: Path) -> list[tuple[Any, ...]]:
    with av.open(str(path)) as box:
        return [
            (found.stream.index, found.pts, found.dts, found.is_keyframe, bytes(found))
            for found in box.demux()
            if found.dts is not None
        ]


def test_the_packet_is_xml_that_names_the_source_type() -> None:
    tree = ET.fromstring(packet("trainedAlgorithmicMedia", LABEL).decode().lstrip("\ufeff"))
    (named,) = tree.iter(SOURCE)
    assert named.text is not None
    assert named.text.endswith("/digitalsourcetype/trainedAlgorithmicMedia")
    (label,) = tree.iter("{http://www.tc260.org.cn/ns/AIGC/1.0/}AIGC")
    assert json.loads(label.text or "")["ContentProducer"] == "A Studio"


def test_the_label_has_the_seven_fields_of_the_standard_in_order() -> None:
    assert LABEL.text() == (
        '{"Label":"1","ContentProducer":"A Studio","ProduceID":"take-1","ReservedCode1":"",'
        '"ContentPropagator":"","PropagateID":"","ReservedCode2":""}'
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("label", [None, LABEL])
def test_the_tags_are_there_after_signing_and_are_vouched_for(
    studio: Studio, name: str, label: Aigc | None
) -> None:
    tagged = studio.folder / f"tagged-{name}"
    tag(thing(studio, name), tagged, "algorithmicMedia", label)
    signed = studio.sign(tagged, f"signed-{name}", made("film")).path
    assert xmp(signed) == packet("algorithmicMedia", label)
    assert read(signed, studio.root).get_validation_state() == "Trusted"
    assert second_opinion(signed, studio.root)["integrity"] == "valid"
    changed = signed.read_bytes().replace(b"algorithmicMedia</Iptc", b"algorithmicMedio</Iptc")
    signed.write_bytes(changed)
    assert read(signed, studio.root).get_validation_state() == "Invalid"


def test_a_film_has_the_label_as_its_own_metadata_key(studio: Studio) -> None:
    source, tagged = studio.clip("moved.mp4", 30), studio.folder / "tagged.mp4"
    tag(source, tagged, "trainedAlgorithmicMedia", LABEL)
    signed = studio.sign(tagged, "signed.mp4", made("film")).path
    with av.open(str(signed)) as box:
        assert box.metadata["AIGC"] == LABEL.text()
        assert box.metadata["title"] == "a little clip"
    assert packets(signed) == packets(source)
    data = signed.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_picture_has_the_label_as_a_text_chunk_and_the_same_pixels(studio: Studio) -> None:
    source, tagged = studio.picture("drawn.png"), studio.folder / "tagged.png"
    tag(source, tagged, "trainedAlgorithmicMedia", LABEL)
    found = chunks(tagged.read_bytes())
    assert (b"tEXt", b"AIGC\0" + LABEL.text().encode()) in found
    assert [item for item in found if item[0] not in {b"tEXt", b"iTXt"}] == chunks(
        source.read_bytes()
    )


@pytest.mark.parametrize("name", ["drawn.jpg", "moved.mp4"])
def test_every_other_byte_stays_as_it_was(studio: Studio, name: str) -> None:
    source, tagged = thing(studio, name), studio.folder / f"tagged-{name}"
    before = source.read_bytes()
    tag(source, tagged, "algorithmicMedia")
    said = packet("algorithmicMedia")
    heads = {
        ".jpg": b"\xff\xe1" + struct.pack(">H", len(said) + 2 + len(XMP_SEGMENT)) + XMP_SEGMENT,
        ".mp4": struct.pack(">I", len(said) + 24) + b"uuid" + XMP_BOX,
    }
    added = heads[source.suffix] + said
    assert tagged.read_bytes().replace(added, b"") == before
    assert source.read_bytes() == before


@pytest.mark.parametrize("name", NAMES)
def test_tags_are_not_written_twice_nor_in_place(studio: Studio, name: str) -> None:
    source, tagged = thing(studio, name), studio.folder / f"tagged-{name}"
    with pytest.raises(UsageError, match="in place"):
        tag(source, source, "algorithmicMedia")
    tag(source, tagged, "algorithmicMedia")
    with pytest.raises(MediaError, match="has XMP metadata already"):
        tag(tagged, studio.folder / f"again-{name}", "algorithmicMedia")
    assert not (studio.folder / f"again-{name}").exists()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("keep", [0.02, 0.3, 0.9])
def test_a_broken_file_is_a_sentence(studio: Studio, name: str, keep: float) -> None:
    source = thing(studio, name)
    whole = source.read_bytes()
    source.write_bytes(whole[: max(16, int(keep * len(whole)))])
    with pytest.raises(MediaError, match="broken"):
        tag(source, studio.folder / "tagged", "algorithmicMedia", LABEL)
    assert not (studio.folder / "tagged").exists()


def test_a_format_without_a_place_for_tags_is_a_sentence(studio: Studio) -> None:
    with pytest.raises(MediaError, match="Only PNG, JPEG and MP4"):
        tag(studio.picture("drawn.webp"), studio.folder / "tagged.webp", "algorithmicMedia")
