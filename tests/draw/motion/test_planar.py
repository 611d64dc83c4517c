"""Planar pictures: colour and compositing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.motion.planar import Planar, frame_view, from_bgr, from_bgra, lay, put

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _flat(bgr: tuple[int, int, int]) -> NDArray[np.uint8]:
    return np.full((8, 8, 3), bgr, np.uint8)


@pytest.mark.parametrize(
    ("bgr", "code"),
    [
        # 8-bit codes of ITU-R BT.709 for saturated colours, limited range
        ((0, 0, 255), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((255, 0, 0), (32, 240, 118)),
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
    ],
)
def test_colours_have_the_codes_of_bt709(
    bgr: tuple[int, int, int], code: tuple[int, int, int]
) -> None:
    picture = from_bgr(_flat(bgr))
    seen = (int(picture.y[0, 0]), int(picture.u[0, 0]), int(picture.v[0, 0]))
    assert seen == pytest.approx(code, abs=1)


def test_laying_premultiplied_colour_over_a_ground_matches_mixing_in_rgb() -> None:
    alpha = np.array([[0, 64], [128, 255]], np.uint8).repeat(4, 0).repeat(4, 1)
    colour = np.array([30, 200, 90])
    top = np.dstack([(colour * alpha[..., None] / 255).round(), alpha]).astype(np.uint8)
    ground = np.array([220, 40, 130])
    share = alpha[..., None].astype(float) / 255
    wanted = from_bgr((colour * share + ground * (1 - share)).round().astype(np.uint8))
    under = from_bgr(np.full((8, 8, 3), ground, np.uint8))
    lay(under, from_bgra(top))
    for got, want in ((under.y, wanted.y), (under.u, wanted.u), (under.v, wanted.v)):
        assert np.abs(got.astype(int) - want).max() <= 2


def test_nothing_is_changed_by_a_picture_that_is_empty_or_elsewhere() -> None:
    under = from_bgr(_flat((10, 90, 200)))
    before = under.copy()
    lay(under, from_bgra(np.zeros((8, 8, 4), np.uint8)))
    lay(under, from_bgra(np.full((8, 8, 4), 255, np.uint8), left=20))
    assert np.array_equal(under.y, before.y)
    assert np.array_equal(under.u, before.u)


def test_coverage_adds_up_when_a_drawing_is_laid_on_a_clear_sheet() -> None:
    half = np.full((8, 8, 4), 128, np.uint8)
    sheet = from_bgra(np.zeros((8, 8, 4), np.uint8))
    lay(sheet, from_bgra(half))
    lay(sheet, from_bgra(half))
    assert sheet.through is not None
    assert int(sheet.through[0, 0]) == pytest.approx(255 * (127 / 255) ** 2, abs=2)


@pytest.mark.parametrize(("width", "height"), [(64, 36), (64, 38), (192, 82)])
def test_a_frame_is_seen_as_three_planes_without_copying(width: int, height: int) -> None:
    buffer = np.zeros((height * 3 // 2, width), np.uint8)
    view = frame_view(buffer)
    assert view.y.shape == (height, width)
    assert view.u.shape == view.v.shape == (height // 2, width // 2)
    view.u[:] = 1
    view.v[:] = 2
    flat = buffer.reshape(-1)
    assert flat[width * height] == 1
    assert flat[-1] == 2


def test_putting_replaces_coverage_too() -> None:
    sheet = from_bgra(np.full((8, 8, 4), 255, np.uint8))
    put(sheet, from_bgra(np.zeros((4, 4, 4), np.uint8), left=2, top=2))
    assert sheet.through is not None
    assert sheet.through[3, 3] == 255
    assert sheet.through[0, 0] == 0


def test_a_part_is_a_view_in_sheet_pixels() -> None:
    whole = from_bgr(np.zeros((16, 16, 3), np.uint8)).moved(10, 20)
    part = whole.part((12, 22, 16, 24))
    part.y[:] = 99
    assert whole.y[2, 2] == 99
    assert part.box == (12, 22, 16, 24)
    assert isinstance(part, Planar)
