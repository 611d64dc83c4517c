"""One file's credentials: the verdict, the four facts, and whatever a file may throw at it."""

from __future__ import annotations

import os
import struct
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import throwaway
from stillreel.errors import UsageError
from stillreel.trail.read import credentials_of, read
from throwaway import Ingredient, authority, flipped, picture

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.trail.nouns import Credential


def four(credential: Credential) -> tuple[str, str, str, str]:
    facts = credential.facts
    return facts.integrity.value, facts.signature.value, facts.trust.value, facts.time.value


def kept(folder: Path, data: bytes, name: str = "still.png") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def sentences(credential: Credential) -> str:
    return " ".join(one.sentence for one in credential.findings)


def test_a_picture_that_nobody_signed_has_no_manifest(tmp_path: Path) -> None:
    found = read(kept(tmp_path, picture()))
    assert (found.state, found.worst, found.manifests) == ("NoManifest", "NoManifest", 0)
    assert four(found) == ("unknown", "unknown", "unknown", "unknown")


def test_a_signer_on_no_list_is_valid_and_trusted_once_its_root_is_given(tmp_path: Path) -> None:
    path = kept(tmp_path, authority().signer().sign(picture()))
    unlisted = read(path)
    assert (unlisted.state, four(unlisted)) == (
        "Valid",
        ("intact", "good", "unlisted", "unstamped"),
    )
    listed = read(path, anchors=authority().anchors(tmp_path))
    assert (listed.state, listed.worst) == ("Trusted", "Trusted")
    assert four(listed) == ("intact", "good", "listed", "unstamped")
    assert listed.signer.issuer == "Throwaway"
    assert listed.signer.not_after is not None
    assert listed.claim_generator == "throwaway"
    assert listed.digital_source_types == ("trainedAlgorithmicMedia",)


@pytest.mark.parametrize(("kind", "at"), [(".png", -40), (".jpg", -40), (".webp", 100)])
def test_a_changed_byte_breaks_the_content_but_not_the_signature(
    tmp_path: Path, kind: str, at: int
) -> None:
    mime = f"image/{kind[1:].replace('jpg', 'jpeg')}"
    signed = authority().signer().sign(picture(kind=kind), mime=mime)
    found = read(kept(tmp_path, flipped(signed, at), f"still{kind}"))
    assert (found.state, found.worst, found.media_type) == ("Invalid", "Invalid", mime)
    assert four(found)[:2] == ("broken", "good")
    assert found.failure_codes == ("assertion.dataHash.mismatch", "signingCredential.untrusted")
    assert "The content was changed after it was signed." in sentences(found)


def test_a_certificate_that_has_ended_by_the_time_asked_makes_a_file_invalid(
    tmp_path: Path,
) -> None:
    path = kept(tmp_path, authority().signer(days=100).sign(picture()))
    anchors = authority().anchors(tmp_path)
    before = read(path, anchors=anchors, at=throwaway.NOW + timedelta(days=99))
    after = read(path, anchors=anchors, at=throwaway.NOW + timedelta(days=101))
    assert (before.state, before.facts.time.value) == ("Trusted", "unstamped")
    assert (after.state, after.facts.time.value) == ("Invalid", "expired")
    assert after.facts.integrity.value == "intact"
    assert after.checked_at.startswith(f"{throwaway.NOW + timedelta(days=101):%Y-%m-%d}")


def test_a_tampered_ingredient_makes_the_whole_worse_and_is_named(tmp_path: Path) -> None:
    signer = authority().signer()
    still = signer.sign(picture(2))
    panel = signer.sign(picture(3), Ingredient("still", flipped(still, -40), "inputTo"))
    film = kept(tmp_path, signer.sign(picture(4), Ingredient("panel", panel)))
    found = read(film, anchors=authority().anchors(tmp_path))
    assert found.state == "Trusted", "the validator itself says nothing of it"
    assert found.worst == "Invalid"
    assert [one.path for one in found.faults] == [("panel", "still")]
    assert found.faults[0].codes == ("assertion.dataHash.mismatch",)
    assert "Ingredient panel > still is Invalid" in sentences(found)
    assert found.ingredients[0].state == "Trusted"
    assert found.ingredients[0].ingredients[0].state == "Invalid"


def test_one_still_whole_and_tampered_is_told_apart_though_both_share_a_manifest(
    tmp_path: Path,
) -> None:
    signer = authority().signer()
    still = signer.sign(picture(2))
    film = signer.sign(
        picture(4),
        Ingredient("whole", still),
        Ingredient("tampered", flipped(still, -40)),
    )
    found = read(kept(tmp_path, film))
    assert {one.title: one.state for one in found.ingredients} == {
        "whole": "Valid",
        "tampered": "Invalid",
    }


def test_an_ingredient_that_has_ended_makes_the_whole_worse_than_the_film(tmp_path: Path) -> None:
    still = authority().signer(days=10).sign(picture(2))
    film = authority().signer(days=300).sign(picture(3), Ingredient("still", still))
    found = read(
        kept(tmp_path, film),
        anchors=authority().anchors(tmp_path),
        at=throwaway.NOW + timedelta(days=20),
    )
    assert (found.state, found.worst) == ("Trusted", "Invalid")
    assert found.ingredients[0].facts.time.value == "expired"
    assert [one.path for one in found.faults] == [("still",)]


@pytest.mark.parametrize(
    ("relationship", "worst"), [("componentOf", "Valid"), ("inputTo", "Trusted")]
)
def test_content_from_nobody_makes_the_whole_valid_at_best_but_an_input_does_not(
    tmp_path: Path, relationship: str, worst: str
) -> None:
    signer = authority().signer()
    film = signer.sign(picture(3), Ingredient("found footage", picture(2), relationship))
    found = read(kept(tmp_path, film), anchors=authority().anchors(tmp_path))
    assert (found.state, found.worst) == ("Trusted", worst)
    assert (found.ingredients[0].state, found.faults) == ("NoManifest", ())


def test_watermarks_are_told_as_they_are_declared(tmp_path: Path) -> None:
    signer = authority().signer()
    said = {
        "named": {
            "action": "c2pa.edited",
            "description": "Applied imperceptible SynthID watermark.",
        },
        "unnamed": {"action": "c2pa.watermarked.unbound"},
        "another": {"action": "c2pa.watermarked.unbound", "description": "A mark of somebody's."},
        "ours": {"action": "c2pa.watermarked.unbound", "softwareAgent": {"name": "stillreel"}},
    }
    found = {
        name: read(kept(tmp_path, signer.sign(picture(), actions=(action,)), f"{name}.png")).synthid
        for name, action in said.items()
    }
    assert found == {
        "named": "declared-by-name",
        "unnamed": "declared-unnamed-watermark",
        "another": "not-declared",
        "ours": "not-declared",
    }


def test_the_word_in_a_prompt_declares_no_watermark(tmp_path: Path) -> None:
    prompt = {"label": "org.stillreel.take", "data": {"prompt": "a poster that says SynthID"}}
    signed = authority().signer().sign(picture(), assertions=(prompt,))
    assert read(kept(tmp_path, signed)).synthid == "not-declared"


def test_the_bytes_decide_what_a_file_is_and_a_wrong_name_is_told(tmp_path: Path) -> None:
    found = read(kept(tmp_path, picture(kind=".jpg"), "still.png"))
    assert found.media_type == "image/jpeg"
    assert "named like image/png, but its bytes are image/jpeg" in sentences(found)


def test_an_empty_file_is_unreadable(tmp_path: Path) -> None:
    found = read(kept(tmp_path, b""))
    assert (found.state, sentences(found)) == ("Unreadable", "The file is empty.")


@pytest.mark.parametrize("kind", [".png", ".jpg"])
def test_a_file_cut_in_the_middle_of_its_manifest_is_unreadable(tmp_path: Path, kind: str) -> None:
    mime = f"image/{kind[1:].replace('jpg', 'jpeg')}"
    signed = authority().signer().sign(picture(kind=kind), mime=mime)
    found = read(kept(tmp_path, signed[:1500], f"still{kind}"))
    assert (found.state, found.worst) == ("Unreadable", "Unreadable")
    assert "fit the file" in sentences(found)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffcaBX" + b"a" * 64,
        b"\xff\xd8\xff\xeb\xff\xffJP" + b"a" * 64,
        b"\0\0\0\x18ftypisom\0\0\0\0isommp42"
        + struct.pack(">I4sQ", 1, b"moov", 1 << 62)
        + b"a" * 64,
        b"RIFF\xff\xff\xff\xffWEBPC2PA\xff\xff\xff\xff" + b"a" * 64,
    ],
    ids=["png", "jpeg", "mp4", "webp"],
)
def test_a_length_beyond_the_file_is_told_and_never_allocated(tmp_path: Path, data: bytes) -> None:
    found = read(kept(tmp_path, data, "lie"))
    assert found.state in {"Unreadable", "NoManifest"}
    assert "do not fit the file" in sentences(found)


def test_a_type_that_bears_no_manifest_is_said_to_be_one(tmp_path: Path) -> None:
    for data, kind in (
        (b"words " * 50, "application/octet-stream"),
        (b"\x1aE\xdf\xa3" + bytes(300), "video/webm"),
    ):
        found = read(kept(tmp_path, data, "notes.txt"))
        assert found.media_type == kind
        assert found.state == "NoManifest"
        assert "cannot be looked for in this type" in sentences(found)


def test_what_is_not_there_or_a_folder_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read(tmp_path / "gone.png")
    with pytest.raises(UsageError, match="folder, not a file"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no regular file"):
        read(tmp_path / "pipe")


@pytest.mark.parametrize("text", ["no certificate at all", ""])
def test_anchors_without_certificates_are_refused(tmp_path: Path, text: str) -> None:
    anchors = tmp_path / "anchors.pem"
    anchors.write_text(text)
    with pytest.raises(UsageError, match="no PEM certificates"):
        read(kept(tmp_path, picture()), anchors=anchors)


def test_many_files_are_read_in_order(tmp_path: Path) -> None:
    signed = authority().signer().sign(picture())
    paths = [kept(tmp_path, signed if n % 2 else picture(), f"{n}.png") for n in range(6)]
    found = list(credentials_of(paths))
    assert [one.file for one in found] == [str(path) for path in paths]
    assert [one.state for one in found] == ["NoManifest", "Valid"] * 3
