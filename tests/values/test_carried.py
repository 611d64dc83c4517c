"""A file carries a manifest where its own boxes hold one, as real files of vendors do."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest

from stillreel.values.carried import carries_c2pa

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "provenance-public"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(*chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


_JUMBF = b"JP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x40jumb\x00\x00\x00\x1ejumdc2pa\x00\x11"
_CASES = {
    "signed.png": (_png(_chunk(b"caBX", b"jumb")), True),
    "plain.png": (_png(_chunk(b"tEXt", b"caBX")), False),
    "signed.jpg": (b"\xff\xd8\xff\xeb" + struct.pack(">H", len(_JUMBF) + 2) + _JUMBF, True),
    "plain.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + b"\xff\xda\x00\x08", False),
    "signed.webp": (b"RIFF\x20\x00\x00\x00WEBPC2PA\x04\x00\x00\x00jumb", True),
    "cut.mp4": (b"\x00\x00\x00\x10ftypisom\x00\x00\x02\x00\x00\x00\x00\x04free", False),
    "endless.jpg": (b"\xff\xd8\xff\xe1\x00\x00", False),
    "text.png": (b"caBX jumb c2pa", False),
    "empty.png": (b"", False),
}


@pytest.mark.parametrize("name", _CASES)
def test_a_manifest_is_found_where_the_specification_puts_it(name: str, tmp_path: Path) -> None:
    data, signed = _CASES[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert carries_c2pa(path) is signed


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled files are not beside the project")
def test_real_files_carry_what_their_labels_say() -> None:
    labels = json.loads((SHARED / "labels.json").read_text())["files"]
    told = {one["file"]: carries_c2pa(SHARED / one["file"]) for one in labels}
    assert told == {one["file"]: one["has_c2pa"] for one in labels}
