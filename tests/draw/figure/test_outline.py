"""Outlines traced from cells lie where geometry says they lie."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from stillreel.draw.figure.outline import Region, trace
from stillreel.draw.figure.view import View
from stillreel.draw.lens import Camera

TURN = np.linspace(0, 2 * np.pi, 97)[:-1]
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)


def view(width: int = 1920, height: int = 1080) -> View:
    lens = Camera((0, 1, 8), (0, 1, 0), 50, width, height)
    return View(lens, np.array([0.0, 1.0, 0.0]), 1.7)


def disc(x: float, y: float, radius: float) -> np.ndarray:
    return CIRCLE * radius + [x, y]


def capsule(x: float, y: float, radius: float, long: float) -> Region:
    ends = [disc(x, y + k * long / 2, radius) for k in range(3)]
    return Region([np.concatenate(pair) for pair in pairwise(ends)], 2.0)


@pytest.mark.parametrize(("radius", "soft"), [(4.0, 0.3), (20.0, 1.0), (60.0, 4.0), (200.0, 8.0)])
def test_the_outline_of_a_round_lies_on_the_round(radius: float, soft: float) -> None:
    where = disc(900.3, 500.7, radius)
    (found,) = trace(view(), [Region([where, where * 1.0], soft)])[0]
    off = np.hypot(*(found.points - [900.3, 500.7]).T) - radius
    assert abs(off.mean()) < 0.12 + 0.15 * soft
    assert np.abs(off).max() < 0.3 + 0.3 * soft


def test_a_limb_has_the_area_of_a_stadium() -> None:
    (found,) = trace(view(), [capsule(700, 300, 20, 200)])[0]
    assert cv2.contourArea(found.points) == pytest.approx(np.pi * 400 + 200 * 40, rel=0.02)


def test_one_convex_group_is_its_own_hull() -> None:
    corners = np.array([[10.0, 10], [60, 12], [55, 80], [30, 40], [8, 70]])
    (found,) = trace(view(), [Region([corners])])[0]
    assert sorted(map(tuple, found.points.tolist())) == [(8, 70), (10, 10), (55, 80), (60, 12)]


def test_regions_do_not_touch_each_other_on_the_sheet() -> None:
    regions = [capsule(300 + 90 * k, 200 + 13 * k, 10 + 4 * k, 60 + 30 * k) for k in range(9)]
    together = trace(view(), regions)
    for region, found in zip(regions, together, strict=True):
        alone = trace(view(), [region])[0]
        assert len(found) == len(alone) == 1
        np.testing.assert_array_equal(found[0].points, alone[0].points)


def test_a_ring_keeps_its_hole_only_when_every_part_is_wanted() -> None:
    bars = [
        np.array([[100.0, 100], [300, 100], [300, 130], [100, 130]]),
        np.array([[100.0, 270], [300, 270], [300, 300], [100, 300]]),
        np.array([[100.0, 100], [130, 100], [130, 300], [100, 300]]),
        np.array([[270.0, 100], [300, 100], [300, 300], [270, 300]]),
    ]
    (whole,) = trace(view(), [Region(bars, every=True)])[0]
    assert len(whole.holes) == 1
    assert cv2.contourArea(whole.holes[0]) == pytest.approx(140**2, rel=0.04)
    (filled,) = trace(view(), [Region(bars)])[0]
    assert filled.holes == ()


def test_polygons_of_a_row_are_joined_as_single_ones_are() -> None:
    row = np.stack(
        [np.array([[x, 50.0], [x + 20, 50], [x + 20, 90], [x, 90]]) for x in range(50, 150, 20)]
    )
    (one,) = trace(view(), [Region([row, row[:1]], 1.0)])[0]
    (other,) = trace(view(), [Region(list(row), 1.0)])[0]
    assert cv2.contourArea(one.points) == pytest.approx(100 * 40, rel=0.04)
    assert cv2.contourArea(one.points) == pytest.approx(cv2.contourArea(other.points), rel=0.01)


def test_what_lies_far_outside_the_frame_is_cut_away() -> None:
    lens = Camera((0, 1, 0.6), (0, 1, 0), 85, 640, 360)
    near = View(lens, np.array([0.0, 1.0, 0.0]), 1.7)
    assert not near.whole
    assert trace(near, [capsule(9000, 9000, 50, 100), Region([])]) == [[], []]
    (found,) = trace(near, [capsule(320, 180, 90, 90000)])[0]
    assert float(found.points[:, 1].max()) < 4 * 360
