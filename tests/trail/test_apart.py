"""Stores that may unfold are read in a child, whose end is a sentence and not ours."""

from __future__ import annotations

import resource
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from stillreel.trail.apart import load_apart
from stillreel.trail.read import read
from stillreel.trail.store import Unread
from throwaway import Ingredient, authority, picture

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.trail.nouns import Credential


def dense(number: int) -> dict[str, object]:
    """An assertion of numbers, each of which is one byte in the file and many in memory."""
    return {"label": f"org.example.dense{number}", "data": {"numbers": [0] * 30_000}}


@pytest.fixture(scope="module")
def swollen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of 1.4 MB that takes some 300 MB to read."""
    signer = authority().signer()
    inner = [Ingredient(f"{n}", signer.sign(picture(n), assertions=(dense(n),))) for n in range(40)]
    path = tmp_path_factory.mktemp("swollen") / "swollen.png"
    path.write_bytes(signer.sign(picture(99), *inner))
    return path


def growth(path: Path) -> tuple[Credential, int]:
    """Read a file; return how much more memory this process ever held, in MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(path)
    return found, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10


def test_a_large_store_is_read_without_its_weight(swollen: Path) -> None:
    found, megabytes = growth(swollen)
    assert (found.state, found.manifests, len(found.ingredients)) == ("Valid", 41, 40)
    assert found.signer.not_after is not None
    assert megabytes < 60


def test_a_child_that_outgrows_its_memory_is_a_sentence(swollen: Path) -> None:
    with pytest.raises(Unread, match="needs more than 200 MB"):
        load_apart(swollen, "image/png", None, memory=200 << 20)


def test_the_child_trusts_what_it_is_told_to(swollen: Path, tmp_path: Path) -> None:
    anchors = authority().anchors(tmp_path)
    assert read(swollen, anchors=anchors).state == "Trusted"


def test_what_the_child_refuses_is_refused_in_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    path.write_bytes(picture())
    with pytest.raises(Unread, match="ManifestNotFound: "):
        load_apart(path, "image/png", None)


def test_a_packed_manifest_is_unpacked_apart(tmp_path: Path) -> None:
    path = tmp_path / "packed.png"
    path.write_bytes(authority().signer().sign(picture(), assertions=(dense(0),), packed=True))
    found = read(path)
    assert (found.state, found.claim_generator) == ("Valid", "throwaway")
    assert found.facts.integrity.value == "intact"


def test_a_store_of_hundreds_of_megabytes_weighs_nothing_here(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    head = picture()[:33]
    length = 200 << 20
    with path.open("wb") as stream:
        stream.write(head + struct.pack(">I", length) + b"caBX")
        stream.seek(length, 1)
        stream.write(struct.pack(">I", zlib.crc32(b"")) + picture()[33:])
    found, megabytes = growth(path)
    assert found.state == "Unreadable"
    assert megabytes < 60
