"""Signing a file: whole or not at all, nothing lost, nothing damaged."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from stillreel.errors import MediaError, NotConfigured, StorageError, UsageError
from stillreel.ledger.atomic import whole
from stillreel.trail.signing import native
from stillreel.trail.signing.keys import identity_from_callback
from stillreel.trail.signing.nouns import Identity, Ingredient
from stillreel.trail.signing.sign import FileSigner, sidecar, sign
from stillreel.values import digest
from trail.signing import papers
from trail.signing.rooms import NOW, Studio, made, read, second_opinion

NAMES = ["drawn.png", "drawn.jpg", "drawn.webp", "moved.mp4"]


def thing(studio: Studio, name: str) -> Path:
    return studio.clip(name) if name.endswith(".mp4") else studio.picture(name)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_signed_and_both_validators_agree(studio: Studio, name: str) -> None:
    source = thing(studio, name)
    before = source.read_bytes()
    receipt = studio.sign(source, f"signed-{name}", made("sheet"))
    assert source.read_bytes() == before
    assert read(receipt.path, studio.root).get_validation_state() == "Trusted"
    assert second_opinion(receipt.path, studio.root)["integrity"] == "valid"
    assert receipt.digest == digest.of_file(receipt.path)
    assert receipt.size == receipt.path.stat().st_size
    assert receipt.added == receipt.size - len(before) > 0
    assert receipt.manifest == json.loads(read(receipt.path).json())["active_manifest"]
    assert receipt.path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_byte_of_the_content_is_seen_by_both(studio: Studio, name: str) -> None:
    signed = studio.sign(thing(studio, name), f"signed-{name}", made("sheet")).path
    data = bytearray(signed.read_bytes())
    content = data.rindex(b"mdat") + 9 if name.endswith(".mp4") else len(data) - 40
    data[content] ^= 1
    signed.write_bytes(data)
    assert read(signed, studio.root).get_validation_state() == "Invalid"
    assert second_opinion(signed, studio.root)["integrity"] == "invalid"


def test_what_a_file_is_counts_and_not_its_name(studio: Studio) -> None:
    wrong = studio.picture("drawn.jpg").rename(studio.folder / "drawn.png")
    receipt = studio.sign(wrong, "signed.jpg", made("sheet"))
    assert receipt.media_type == "image/jpeg"
    assert read(receipt.path, studio.root).get_validation_state() == "Trusted"


def test_nothing_can_be_hidden_in_the_free_space_of_a_film(studio: Studio) -> None:
    signed = studio.sign(studio.clip("moved.mp4"), "signed.mp4", made("film")).path
    signed.write_bytes(signed.read_bytes() + b"\0\0\0\x10freehidden!!")
    assert read(signed, studio.root).get_validation_state() == "Invalid"
    assert second_opinion(signed, studio.root)["integrity"] == "invalid"


def test_a_file_is_not_signed_in_place(studio: Studio) -> None:
    source = studio.picture("drawn.png")
    before = source.read_bytes()
    (studio.folder / "again.png").symlink_to(source)
    (studio.folder / "twin.png").hardlink_to(source)
    for target in ("drawn.png", "again.png", "twin.png", "../work/drawn.png"):
        with pytest.raises(UsageError, match="never signed in place"):
            studio.sign(source, target, made("sheet"))
    with FileSigner(studio.key) as signer, pytest.raises(UsageError, match="in place"):
        signer.sign(source, studio.folder / "b.png", made("sheet"), now=NOW, beside=source)
    assert source.read_bytes() == before


def test_an_ingredient_is_not_written_over(studio: Studio) -> None:
    sheet = studio.sign(studio.picture("drawn.png"), "sheet.png", made("sheet")).path
    before = sheet.read_bytes()
    said = made("board", Ingredient(sheet, "inputTo"))
    with pytest.raises(UsageError, match="nor over one of its ingredients"):
        studio.sign(studio.picture("board-drawn.png"), "sheet.png", said)
    assert sheet.read_bytes() == before


def test_an_older_target_is_replaced_whole(studio: Studio) -> None:
    (studio.folder / "signed.png").write_text("an older file")
    signed = studio.sign(studio.picture("drawn.png"), "signed.png", made("sheet")).path
    assert read(signed, studio.root).get_validation_state() == "Trusted"


def test_a_history_is_not_dropped_silently(studio: Studio) -> None:
    signed = studio.sign(studio.picture("drawn.png"), "sheet.png", made("sheet")).path
    for said in (made("panel"), made("panel", Ingredient(signed, "inputTo"))):
        with pytest.raises(MediaError, match="would drop them") as told:
            studio.sign(signed, "panel.png", said)
        assert "parentOf" in told.value.next_step
    assert not (studio.folder / "panel.png").exists()


def test_a_history_is_carried_on_by_the_parent(studio: Studio) -> None:
    signed = studio.sign(studio.picture("drawn.png"), "sheet.png", made("sheet")).path
    copy = studio.folder / "a copy.png"
    copy.write_bytes(signed.read_bytes())
    for source in (signed, copy):
        said = made("panel", Ingredient(signed, "parentOf"))
        again = studio.sign(source, f"again-{source.stem}.png", said).path
        assert len(json.loads(read(again).json())["manifests"]) == 2
        assert read(again, studio.root).get_validation_state() == "Trusted"


def test_a_damaged_history_is_a_history_too(studio: Studio) -> None:
    signed = studio.sign(studio.picture("drawn.png"), "sheet.png", made("sheet")).path
    data = signed.read_bytes().replace(b"org.stillreel.take", b"org.stillreel.tale")
    signed.write_bytes(data)
    with pytest.raises(MediaError):
        studio.sign(signed, "panel.png", made("panel"))


class Pulled(BaseException):
    """The plug is pulled."""


def fails(error: BaseException) -> Identity:
    """Return an identity whose key is lost at the moment of signing."""

    def sign_or_not(_: bytes) -> bytes:
        raise error

    chain = papers.pem(papers.certificate(papers.new_key(), NOW, papers.root(NOW)))
    return identity_from_callback(sign_or_not, chain, now=NOW)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("there", [False, True])
def test_an_interruption_leaves_the_old_state(studio: Studio, name: str, *, there: bool) -> None:
    source = thing(studio, name)
    before, target = source.read_bytes(), studio.folder / f"signed-{name}"
    if there:
        target.write_text("an older file")
    files = left(studio.folder)
    with pytest.raises(Pulled):
        sign(source, target, made("sheet"), fails(Pulled()), now=NOW)
    assert left(studio.folder) == files
    assert source.read_bytes() == before
    assert not there or target.read_text() == "an older file"


def test_what_a_killed_process_left_is_swept_away_but_not_what_another_still_writes(
    studio: Studio,
) -> None:
    words = "from pathlib import Path; from stillreel.ledger.atomic import whole\n"
    words += f"with whole(Path({str(studio.folder / 'killed.png')!r})): print(flush=True), input()"
    child = subprocess.Popen([sys.executable, "-c", words], stdin=-1, stdout=-1)
    assert child.stdout is not None
    child.stdout.readline()
    (begun,) = studio.folder.glob(".part-*")
    with whole(studio.folder / "other.png") as part:
        assert begun.exists()
        child.kill()
        child.communicate()
        studio.sign(studio.picture("drawn.png"), "signed.png", made("sheet"))
        part.write_bytes(b"whole")
    assert left(studio.folder) == ["drawn.png", "other.png", "signed.png"]


def test_a_key_that_cannot_be_reached_is_a_sentence(studio: Studio) -> None:
    source = studio.picture("drawn.png")
    gone = fails(ConnectionError("the token was pulled out"))
    with pytest.raises(NotConfigured, match="the token was pulled out"):
        sign(source, studio.folder / "signed.png", made("sheet"), gone, now=NOW)
    assert left(studio.folder) == ["drawn.png"]


def test_a_signature_by_another_key_is_never_written(studio: Studio) -> None:
    stranger = papers.new_key()
    chain = papers.pem(papers.certificate(papers.new_key(), NOW, papers.root(NOW)))
    wrong = identity_from_callback(
        lambda data: stranger.sign(data, ec.ECDSA(hashes.SHA256())), chain, now=NOW
    )
    with pytest.raises(NotConfigured, match=r"does not verify.*claimSignature\.mismatch"):
        sign(
            studio.picture("drawn.png"), studio.folder / "signed.png", made("sheet"), wrong, now=NOW
        )
    assert left(studio.folder) == ["drawn.png"]


def test_a_key_that_ends_while_the_work_goes_on_signs_nothing_more(studio: Studio) -> None:
    late = studio.key.not_after + timedelta(seconds=1)
    with pytest.raises(NotConfigured, match="only"):
        sign(
            studio.picture("drawn.png"),
            studio.folder / "signed.png",
            made("sheet"),
            studio.key,
            now=late,
        )
    assert left(studio.folder) == ["drawn.png"]


@pytest.mark.parametrize("data", [b"GIF89a" + bytes(40), b"hello", b""])
def test_another_format_is_a_sentence(studio: Studio, data: bytes) -> None:
    (studio.folder / "odd.png").write_bytes(data)
    with pytest.raises(MediaError, match="Only PNG, JPEG, WebP and MP4"):
        studio.sign(studio.folder / "odd.png", "signed.png", made("sheet"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("keep", [20, 0.3, 0.8])
def test_a_broken_file_is_a_sentence_or_is_signed_as_it_is(
    studio: Studio, name: str, keep: float
) -> None:
    """Some readers forgive a missing end; what is signed then is exactly what is there."""
    source = thing(studio, name)
    whole = source.read_bytes()
    source.write_bytes(whole[: int(keep if keep > 1 else keep * len(whole))])
    try:
        signed = studio.sign(source, f"signed-{name}", made("sheet")).path
    except MediaError:
        assert left(studio.folder) == [name]
    else:
        assert read(signed, studio.root).get_validation_state() == "Trusted"


def test_a_broken_ingredient_is_a_doubt_that_is_told_and_recorded(studio: Studio) -> None:
    still = studio.picture("still.png")
    still.write_bytes(still.read_bytes()[:60])
    said = made("clip", Ingredient(still, "inputTo"))
    receipt = studio.sign(studio.clip("moved.mp4"), "clip.mp4", said)
    assert [doubt.title for doubt in receipt.doubts] == ["still.png"]
    assert receipt.doubts[0].codes
    good = made("clip", Ingredient(studio.picture("good.png"), "inputTo"))
    assert studio.sign(studio.clip("other.mp4"), "other-clip.mp4", good).doubts == ()


@pytest.mark.parametrize("held", [0, 32 << 20])
def test_a_full_disk_is_a_sentence(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    monkeypatch.setattr(native, "_HELD", held)
    source = studio.clip("moved.mp4", 90)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(StorageError, match="disk is full"):
            studio.sign(source, "signed.mp4", made("clip"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left(studio.folder) == ["moved.mp4"]


@pytest.mark.parametrize("name", NAMES)
def test_a_large_file_is_not_held_in_memory(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(native, "_HELD", 0)
    signed = studio.sign(thing(studio, name), f"signed-{name}", made("sheet")).path
    assert read(signed, studio.root).get_validation_state() == "Trusted"


def test_a_missing_file_is_a_sentence(studio: Studio) -> None:
    with pytest.raises(MediaError, match="cannot be read"):
        studio.sign(studio.folder / "nowhere.png", "signed.png", made("sheet"))


def test_a_place_that_cannot_be_written_is_a_sentence(studio: Studio) -> None:
    (studio.folder / "out").write_text("a file where the folder should be")
    with pytest.raises(StorageError):
        studio.sign(studio.picture("drawn.png"), "out/signed.png", made("sheet"))


def test_a_sidecar_holds_the_manifest_and_leaves_the_file_alone(studio: Studio) -> None:
    source = studio.clip("film.mp4")
    before = source.read_bytes()
    beside = sidecar(source, made("film"), studio.key, now=NOW)
    assert source.read_bytes() == before
    assert left(studio.folder) == ["film.mp4"]
    assert read(source, studio.root, beside).get_validation_state() == "Trusted"
    other = studio.clip("other.mp4", 9)
    assert read(other, studio.root, beside).get_validation_state() == "Invalid"


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_of_a_signed_file_is_kept_beside_it(studio: Studio, name: str) -> None:
    source, beside = thing(studio, name), studio.folder / "kept.c2pa"
    with FileSigner(studio.key) as signer:
        target = studio.folder / f"signed-{name}"
        receipt = signer.sign(source, target, made("film"), now=NOW, beside=beside)
    kept = read(target, studio.root, beside.read_bytes())
    assert kept.get_validation_state() == "Trusted"
    assert kept.get_active_manifest()["label"] == receipt.manifest
    other = studio.sign(source, f"other-{name}", made("panel")).path
    assert read(other, studio.root, beside.read_bytes()).get_active_manifest()["label"] == (
        receipt.manifest
    )


def test_many_threads_share_a_signer(studio: Studio) -> None:
    source = studio.picture("drawn.png")
    with FileSigner(studio.key) as signer, ThreadPoolExecutor(4) as pool:
        targets = [studio.folder / f"{index}.png" for index in range(12)]
        receipts = list(
            pool.map(lambda path: signer.sign(source, path, made("sheet"), now=NOW), targets)
        )
    assert len({receipt.manifest for receipt in receipts}) == 12
    assert {read(path, studio.root).get_validation_state() for path in targets} == {"Trusted"}


def test_one_signer_signs_many_files(studio: Studio) -> None:
    with FileSigner(studio.key) as signer:
        paths = [
            signer.sign(
                studio.picture(f"{index}.png", index),
                studio.folder / f"signed-{index}.png",
                replace(made("panel"), title=f"panel {index}"),
                now=NOW,
            ).path
            for index in range(5)
        ]
    assert {read(path, studio.root).get_validation_state() for path in paths} == {"Trusted"}
    assert len({read(path).get_active_manifest()["label"] for path in paths}) == 5
