from __future__ import annotations

import numpy as np

from stillreel.draw import raster
from stillreel.draw.marks import Shape

SQUARE = np.array([[10, 10], [30, 10], [30, 30], [10, 30]], np.float32)


def test_a_filled_square_covers_its_area_in_opaque_colour() -> None:
    canvas = raster.blank((0, 0, 40, 40))
    raster.fill(canvas, [SQUARE], (10, 20, 30))
    assert canvas.pixels[20, 20].tolist() == [10, 20, 30, 255]
    assert canvas.pixels[2, 2].tolist() == [0, 0, 0, 0]
    assert (
        abs(canvas.pixels[..., 3].sum() / 255 - 400) < 70
    )  # anti-aliased edges come out half a pixel fat


def test_an_outline_inside_another_is_a_hole() -> None:
    canvas = raster.blank((0, 0, 40, 40))
    raster.fill(canvas, [SQUARE, SQUARE * 0.5 + 10], (9, 9, 9))
    assert canvas.pixels[12, 20, 3] == 255
    assert canvas.pixels[20, 20, 3] == 0


def test_a_part_of_a_canvas_is_painted_as_the_whole_is() -> None:
    whole = raster.blank((0, 0, 64, 64))
    part = raster.blank((12, 12, 50, 50))
    blob = SQUARE * 1.37 + np.array([0.3, 0.7], np.float32)
    for canvas in (whole, part):
        raster.fill(canvas, [blob], (200, 100, 50))
    assert np.array_equal(whole.pixels[12:50, 12:50], part.pixels)


def test_over_mixes_by_coverage_and_keeps_the_colour_premultiplied() -> None:
    canvas = raster.blank((0, 0, 4, 4))
    cover = np.full((4, 4), 128, np.uint8)
    raster.over(canvas, cover, (255, 0, 0))
    blue, green, red, alpha = canvas.pixels[1, 1].tolist()
    assert (green, red) == (0, 0)
    assert abs(blue - 128) <= 1
    assert abs(alpha - 128) <= 1


def test_tint_adds_and_takes_light_without_touching_alpha() -> None:
    canvas = raster.blank((0, 0, 2, 2))
    raster.fill(canvas, [SQUARE - 15], (100, 100, 100))
    raster.tint(canvas, np.full((2, 2), 255, np.uint8), (20, -30, 0))
    assert canvas.pixels[0, 0].tolist() == [120, 70, 100, 255]


def blob_cel() -> raster.Cel:
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    points = np.stack([60 + 40 * np.cos(turn), 55 + 30 * np.sin(turn)], axis=1).astype(np.float32)
    return raster.cels([Shape(points, "foliage", (10, 90, 40), form=8.0)])[0]


def test_a_cel_is_filled_exactly_as_its_outline_is() -> None:
    cel = blob_cel()
    first, second = raster.blank((7, 5, 120, 110)), raster.blank((7, 5, 120, 110))
    raster.fill(first, [cel.points], (40, 90, 10))
    raster.flood(second, cel.fixed, (40, 90, 10))
    assert np.array_equal(first.pixels, second.pixels)
