"""The AIGC key and XMP source types, wherever a container keeps them."""

from __future__ import annotations

import io
import json
import struct
import zlib

import cv2
import numpy as np
import pytest

from stillreel.trail import exif
from stillreel.trail.labels import Labels, aigc_of, labels
from throwaway import clip, picture

SAID = {
    "Label": "1",
    "ContentProducer": "工作室",
    "ProduceID": "take-7",
    "ReservedCode1": "",
    "ContentPropagator": "",
    "PropagateID": "",
    "ReservedCode2": "",
}
TEXT = json.dumps(SAID, ensure_ascii=False)
SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<ext:DigitalSourceType>{SOURCE}</ext:DigitalSourceType>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()
DOCTYPE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<x xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><ext:DigitalSourceType>&b;
</ext:DigitalSourceType></x>"""
TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


def told(data: bytes, media_type: str) -> Labels:
    return labels(io.BytesIO(data), media_type, len(data))


def with_chunk(kind: bytes, body: bytes) -> bytes:
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return picture()[:33] + chunk + picture()[33:]


def with_metadata(kind: str, what: int, block: bytes) -> bytes:
    """Let OpenCV, which has its own writer for each container, put a block into a picture."""
    if kind == ".jpg" and what == cv2.IMAGE_METADATA_XMP:
        # OpenCV leaves out the head by which a JPEG's XMP segment is known.
        block = b"http://ns.adobe.com/xap/1.0/\0" + block
    # OpenCV's PNG writer reads an XMP packet up to a zero byte.
    block_of = np.frombuffer(block + b"\0", np.uint8)
    return cv2.imencodeWithMetadata(kind, np.zeros((8, 8, 3), np.uint8), [what], [block_of])[
        1
    ].tobytes()


def exif_block(tag: int, value: bytes, order: str = "<") -> bytes:
    """A TIFF directory with one text, which stands in the EXIF directory below the first."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    first = struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, 26, 0)
    second = struct.pack(f"{order}HHHIII", 1, tag, 7, len(value), 44, 0)
    return head + first + second + value


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"tEXt", b"AIGC\0" + TEXT.encode()),
        (b"zTXt", b"AIGC\0\0" + zlib.compress(TEXT.encode())),
        (b"iTXt", b"AIGC\0\0\0\0\0" + TEXT.encode()),
        (b"iTXt", b"AIGC\0\1\0zh\0AIGC\0" + zlib.compress(TEXT.encode())),
        (b"eXIf", exif_block(0x9286, b"ASCII\0\0\0AIGC=" + TEXT.encode())),
    ],
    ids=["plain", "packed", "international", "international packed", "exif"],
)
def test_a_png_tells_its_aigc_label_from_any_text_chunk(kind: bytes, body: bytes) -> None:
    found = told(with_chunk(kind, body), "image/png").aigc
    assert found is not None
    assert dict(found.fields) == SAID


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", TYPES)
def test_an_exif_comment_tells_it_in_every_picture_format(kind: str, order: str) -> None:
    block = exif_block(0x9286, b"ASCII\0\0\0" + json.dumps({"AIGC": SAID}).encode(), order)
    found = told(with_metadata(kind, cv2.IMAGE_METADATA_EXIF, block), TYPES[kind]).aigc
    assert found is not None
    assert dict(found.fields) == SAID


@pytest.mark.parametrize("kind", TYPES)
def test_xmp_tells_the_source_type_in_every_picture_format(kind: str) -> None:
    data = with_metadata(kind, cv2.IMAGE_METADATA_XMP, XMP)
    assert told(data, TYPES[kind]).source_type == "trainedAlgorithmicMedia"


@pytest.mark.parametrize(
    "shape",
    [
        'ext:DigitalSourceType="{0}"/>',
        '><ext:DigitalSourceType rdf:resource="{0}"/></rdf:Description>',
        "><ext:DigitalSourceType><rdf:li>{0}</rdf:li></ext:DigitalSourceType></rdf:Description>",
    ],
    ids=["attribute", "resource", "bag"],
)
def test_xmp_is_read_in_each_form_that_rdf_allows(shape: str) -> None:
    head, _, _ = XMP.decode().partition('2008-02-29/">')
    packet = f'{head}2008-02-29/" {shape.format(SOURCE)}</rdf:RDF></x:xmpmeta>'
    data = with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode())
    assert told(data, "image/png").source_type == "trainedAlgorithmicMedia"


def test_a_film_tells_its_aigc_key_and_its_xmp_box() -> None:
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    data = clip(aigc=TEXT) + struct.pack(">I4s", 24 + len(XMP), b"uuid") + uuid + XMP
    found = told(data, "video/mp4")
    assert found.aigc is not None
    assert dict(found.aigc.fields) == SAID
    assert found.source_type == "trainedAlgorithmicMedia"
    assert found.findings == ()


def test_an_aigc_property_of_xmp_is_the_label_too() -> None:
    packet = XMP.replace(b"ext:DigitalSourceType>", b"ext:AIGC>").replace(
        SOURCE.encode(), TEXT.encode()
    )
    found = told(with_metadata(".jpg", cv2.IMAGE_METADATA_XMP, packet), "image/jpeg").aigc
    assert found is not None
    assert dict(found.fields) == SAID


def test_a_packet_with_a_document_type_is_refused_and_told() -> None:
    found = told(with_metadata(".jpg", cv2.IMAGE_METADATA_XMP, DOCTYPE), "image/jpeg")
    assert found.source_type is None
    assert [one.code for one in found.findings] == ["stillreel.xmp"]
    assert "document type" in found.findings[0].sentence


def test_bytes_around_a_packet_do_not_spoil_it() -> None:
    data = with_chunk(b"tEXt", b"XML:com.adobe.xmp\0 \n" + XMP + b"\0\x01left over")
    assert told(data, "image/png").source_type == "trainedAlgorithmicMedia"


def test_a_bomb_of_a_text_chunk_is_unpacked_no_further_than_a_label_needs() -> None:
    bomb = zlib.compress(b"{" * (64 << 20), 9)
    assert told(with_chunk(b"zTXt", b"AIGC\0\0" + bomb), "image/png").aigc is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AIGC",
        "{",
        '{"Label": ',
        "[1]",
        '{"a": 1}',
        "{" * 100_000,
        '{"AIGC": 3}',
        '{"AIGC": "no"}',
    ],
)
def test_text_that_is_no_label_is_none(text: str) -> None:
    assert aigc_of(text) is None


def test_half_a_surrogate_pair_does_not_reach_any_output() -> None:
    found = aigc_of('{"Label": "1", "ProduceID": "\\ud800"}')
    assert found is not None
    assert dict(found.fields)["ProduceID"] == "?"


@pytest.mark.parametrize("order", ["<", ">"])
def test_an_exif_directory_that_points_at_itself_ends(order: str) -> None:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    assert list(exif.texts(head + struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, 8, 0))) == []


def test_a_picture_without_labels_has_none() -> None:
    assert told(picture(), "image/png") == Labels()
