"""Contact sheets and glimpses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.errors import MediaError
from stillreel.film.ask import cut_list
from stillreel.film.contact import ClipGlimpse, Tile, clip_sheets, contact_sheets, film_tiles
from stillreel.film.glimpse import frames_at, glimpses, moments, parts

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.nouns import ClipFile, CutSettings
    from stillreel.plan.nouns import Plan


def test_first_and_middle_of_every_panel_are_looked_at() -> None:
    assert moments((10, 4)) == (0, 5, 10, 12)


def test_frames_are_found_by_number(clips: tuple[ClipFile, ...]) -> None:
    wanted = frames_at(clips[0].path, (0, 100, 239, 9999), 96)
    assert wanted[0].shape == (54, 96, 3)
    assert not np.array_equal(wanted[0], wanted[1])
    assert np.array_equal(wanted[2], wanted[3])


def test_a_glimpse_is_made_once_and_cut_back_into_tiles(
    clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    lengths = (26,) * 8 + (32,)
    path = glimpses(clips[0].path, "one", lengths, tmp_path)
    stamp = path.stat().st_mtime_ns
    assert glimpses(clips[0].path, "one", lengths, tmp_path).stat().st_mtime_ns == stamp
    tiles = parts(cv2.imread(str(path)), 9)
    assert [len(column) for column in tiles] == [2] * 9
    assert tiles[0][0].shape == (180, 320, 3)


def test_no_page_is_larger_than_2000_pixels(tmp_path: Path) -> None:
    tiles = [
        Tile(np.full((90, 160, 3), shade, np.uint8), f"{shade}", "note") for shade in range(60)
    ]
    pages = contact_sheets("Sheets", tiles, tmp_path / "sheets", tmp_path, columns=3)
    assert [page.name for page in pages][:2] == ["sheets.jpg", "sheets-2.jpg"]
    for page in pages:
        assert max(cv2.imread(str(page)).shape[:2]) <= 2000


def test_a_very_tall_picture_still_fits_its_page(tmp_path: Path) -> None:
    tall = np.full((4000, 300, 3), 90, np.uint8)
    page = contact_sheets("Tall", [Tile(tall, "x")], tmp_path / "tall", tmp_path)[0]
    assert max(cv2.imread(str(page)).shape[:2]) <= 2000


def test_clips_and_film_sheets_show_every_panel(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings, tmp_path: Path
) -> None:
    cut = cut_list(plan, clips, settings)
    shown = [
        ClipGlimpse(clip.id, clip.id, glimpses(clip.path, clip.id, (26,) * 8 + (32,), tmp_path), 9)
        for clip in clips
    ]
    assert clip_sheets("Clips", shown, tmp_path / "clips")
    tiles = film_tiles(cut, shown)
    assert [tile.label for tile in tiles][:2] == ["C01.P1", "C01.P2"]
    assert tiles[0].note == "00:00:04:00  wide"
    assert len(tiles) == 27


def test_a_missing_picture_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be read") as caught:
        contact_sheets("Sheets", [Tile(tmp_path / "gone.png", "x")], tmp_path / "s", tmp_path)
    assert caught.value.where.endswith("gone.png")
