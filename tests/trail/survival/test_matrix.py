"""The matrix: what is there is found, what is gone is lost, what cannot be known is not claimed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.errors import MediaError, UsageError
from stillreel.trail.survival import clips, dress, matrix, stills
from stillreel.trail.survival.nouns import SIGNALS, Change, Sample
from stillreel.values import digest
from trail.survival.conftest import NOW, texture

if TYPE_CHECKING:
    from stillreel.trail.survival.nouns import Ask, Cell, Signal, Subject

CONTAINER = ("lost", "lost", "lost")


def outcomes(subject: Subject, change: str) -> tuple[str, ...]:
    row = next(row for row in subject.rows if row.change == change)
    return tuple(cell.outcome for cell in row.cells)


def named(name: str) -> Change:
    return next(one for one in stills.changes() if one.name == name)


def cell(subject: Subject, change: str, signal: Signal) -> Cell:
    row = next(row for row in subject.rows if row.change == change)
    return next(one for one in row.cells if one.signal == signal)


def only(path: Path, *changes: Change, ask: Ask | None = None) -> Subject:
    """Return a file under these changes and no others."""
    with TemporaryDirectory() as folder:
        place = dress.Wardrobe(Path(folder), NOW, ask)
        return matrix.tried(Sample(path.name, path), changes, place, lambda _: None)


def test_a_copy_loses_nothing(of_still: Subject, of_clip: Subject) -> None:
    for subject in (of_still, of_clip):
        assert outcomes(subject, "copied as it is") == ("survived",) * len(SIGNALS)
        assert cell(subject, "copied as it is", "mark").bits == 32
        assert subject.own == ()
        assert subject.unmarked is not None


@pytest.mark.parametrize(
    "change", ["saved again as PNG", "JPEG 90", "half size", "screenshot", "cropped by 10 %"]
)
def test_saving_a_still_again_loses_what_stands_beside_its_pixels(
    of_still: Subject, change: str
) -> None:
    assert outcomes(of_still, change)[:3] == CONTAINER


def test_an_editor_that_keeps_chunks_breaks_the_manifest_and_keeps_the_tags(
    of_still: Subject,
) -> None:
    found = outcomes(of_still, "touched up, PNG chunks kept")
    assert found[:3] == ("broken", "survived", "survived")
    assert "Invalid" in cell(of_still, "touched up, PNG chunks kept", "manifest").told


@pytest.mark.parametrize(
    "change",
    ["packed again, stream copy", "trimmed to its first half, stream copy", "VP9", "9:16 crop"],
)
def test_an_edited_clip_keeps_the_mark_alone(of_clip: Subject, change: str) -> None:
    assert outcomes(of_clip, change) == (*CONTAINER, "survived")
    assert cell(of_clip, change, "mark").bits == 32


def test_a_box_added_after_signing_makes_the_manifest_invalid(of_clip: Subject) -> None:
    found = outcomes(of_clip, "a box added after signing")
    assert found == ("broken", "survived", "survived", "survived")


def test_what_cannot_be_done_is_not_testable_and_says_why(of_clip: Subject) -> None:
    assert outcomes(of_clip, "720p") == ("not testable",) * len(SIGNALS)
    assert cell(of_clip, "720p", "mark").told == "The clip is no larger than 720 lines."


def test_another_picture_in_its_place_has_none_of_it(still: Path) -> None:
    def swapped(_: Path, target: Path) -> None:
        cv2.imwrite(str(target), texture(200))

    found = only(still, Change("swapped", swapped))
    assert outcomes(found, "swapped") == ("lost",) * len(SIGNALS)
    bits = cell(found, "swapped", "mark").bits
    assert bits is None or bits < 30


def test_the_mark_of_another_file_is_not_taken_for_this_ones(still: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    cv2.imwrite(str(other), texture(200))
    kept: list[bytes] = []

    def keep(source: Path, target: Path) -> None:
        kept.append(source.read_bytes())
        stills.copied(source, target)

    def swap(_: Path, target: Path) -> None:
        target.write_bytes(kept[0])

    only(other, Change("kept", keep))
    found = only(still, Change("swapped", swap))
    assert outcomes(found, "swapped") == ("lost", "survived", "survived", "broken")
    assert "another manifest" in cell(found, "swapped", "manifest").told


def test_a_platform_that_refuses_is_no_loss(still: Path) -> None:
    def refused(_: Path, __: Path) -> None:
        raise MediaError("It takes no pictures on Fridays.")

    found = only(still, Change("refused", refused))
    assert {one.told for one in found.rows[-1].cells} == {"It takes no pictures on Fridays."}
    assert outcomes(found, "refused") == ("not testable",) * len(SIGNALS)


def test_a_mark_is_not_looked_for_in_a_test_card(still: Path) -> None:
    card = Change("card", stills.copied, redrawn="a card", caution="ours")
    found = cell(only(still, card), "card", "mark")
    assert (found.outcome, found.told, found.bits) == ("not testable", "a card", None)


def test_files_stay_as_they_are_and_nothing_stays_behind(
    still: Path, of_still: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert of_still.rows
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = digest.of_file(still)
    only(still, Change("again", stills.copied), named("JPEG 50"))
    assert digest.of_file(still) == before
    assert list(tmp_path.iterdir()) == []
    assert [path.name for path in still.parent.iterdir()] == [still.name]


def test_thirteen_files_are_too_many(still: Path) -> None:
    with pytest.raises(UsageError, match="13 files are too many"):
        next(matrix.survey([Sample("x", still)] * 13, (), NOW, lambda _: None))


def test_a_file_that_cannot_be_read_is_told_before_anything_is_tried(
    still: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_text("hello")
    told: list[str] = []
    with pytest.raises(MediaError, match="cannot be decoded"):
        next(matrix.survey([Sample("x", still), Sample("y", broken)], (), NOW, told.append))
    assert told == []


def test_a_still_that_claims_huge_sides_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    cv2.imwrite(str(path), np.zeros((8, 8), np.uint8))
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4) * 2
    path.write_bytes(data)
    with pytest.raises(MediaError):
        stills.pixels(path)


def test_a_vendors_own_file_is_followed_itself(shared: Path) -> None:
    path = shared / "data/provenance-public/google-gemini-2026-02-bird.jpg"
    if not path.exists():
        pytest.skip("needs the public half")
    found = only(path, Change("again", stills.copied), named("JPEG 90"))
    assert found.own == ("manifest",)
    assert outcomes(found, "again")[:3] == ("survived",) * 3
    assert outcomes(found, "JPEG 90")[:3] == CONTAINER


def test_a_vendor_is_asked_about_the_file_and_every_change_of_it(still: Path) -> None:
    original = still.read_bytes()
    asked: list[bytes] = []

    def ask(picture: bytes) -> bool:
        asked.append(picture)
        return picture == original

    found = only(still, Change("again", stills.copied), named("JPEG 90"), ask=ask)
    assert cell(found, "again", "vendor").outcome == "survived"
    assert cell(found, "JPEG 90", "vendor").outcome == "lost"
    assert len(asked) == 1 + len(found.rows)


def test_what_a_vendor_is_asked_at_most_is_known_before(still: Path, clip: Path) -> None:
    moved = Change("moved", stills.copied, moves=True)
    card = Change("card", stills.copied, moves=True, redrawn="a card")
    files = [Sample("", still), Sample("", clip)]
    of_still, of_clip = len(stills.changes()), len(clips.changes())
    assert matrix.most_asked(files, [moved, card]) == 1 + of_still + 3 + 3 * (1 + of_clip)


def test_a_file_without_the_vendors_mark_is_sent_once_and_nothing_is_claimed(clip: Path) -> None:
    asked: list[bytes] = []
    found = only(clip, Change("again", stills.copied), ask=lambda one: bool(asked.append(one)))
    assert len(asked) == 3
    assert all(one.startswith(b"\x89PNG") for one in asked)
    assert {row.cells[-1].outcome for row in found.rows} == {"not testable"}
