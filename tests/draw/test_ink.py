from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw import ink, lumen, nib
from stillreel.draw.marks import Layer, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.marks import Stack

PAPER = np.array([222, 236, 243])
BLACK = np.array([38, 29, 26])


def test_the_same_stack_gives_the_same_bytes_and_another_seed_another_line(
    make_stack: Callable[..., Stack],
) -> None:
    first = ink.flatten(make_stack())
    assert np.array_equal(first, ink.flatten(make_stack()))
    assert not np.array_equal(first, ink.flatten(make_stack(seed=4)))


def test_a_drawing_is_made_of_paper_greys_black_and_one_spot_colour(
    make_stack: Callable[..., Stack],
) -> None:
    stack = make_stack()
    sheet = ink.paint_all(stack.layers, stack, opaque=True)[..., :3].reshape(-1, 3).astype(int)
    inks = [PAPER, (188, 199, 205), (122, 118, 116), BLACK, (44, 46, 196), (34, 28, 122)]
    off = np.min([np.abs(sheet - np.array(one)).sum(axis=1) for one in inks], axis=0)
    assert (off <= 12).mean() > 0.8


def test_a_red_jacket_prints_in_the_spot_colour_and_a_blue_one_does_not(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    red = ink.paint(make_person(), stack)[110, 158].astype(int)
    assert red[2] > 150
    assert red[0] < 90
    person = make_person()
    blue = replace(person.shapes[1], colour=(40, 60, 170))
    jacket = replace(person, shapes=(person.shapes[0], blue, person.shapes[2]))
    seen = ink.paint(jacket, stack)[110, 158].astype(int)
    assert abs(seen[2] - seen[0]) < 40


def test_the_contour_is_heavier_on_the_side_away_from_the_key(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    small = make_stack()
    stack = replace(small, width=1280, height=720, visible=(0, 0, 1280, 720))
    plain = replace(make_person().shapes[2], form=0.0, colour=(230, 190, 170))
    seen = ink.paint(replace(make_person(), shapes=(plain,)).scaled(4.0), stack)
    row = (seen[216, :, 3] > 200) & (seen[216, :, :3].sum(axis=1) < 220)
    assert row[660:760].sum() > row[520:620].sum() * 1.3


def test_a_figure_keeps_a_rim_of_bare_paper(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    seen = ink.paint(make_person(), stack)[110]
    solid = np.nonzero(seen[:, 3] > 250)[0]
    assert np.abs(seen[solid[0], :3].astype(int) - PAPER).sum() < 30


def test_hatching_swells_with_darkness() -> None:
    shares = []
    from stillreel.draw import raster

    for level in (40, 110, 180):
        canvas = raster.blank((0, 0, 256, 256))
        canvas.pixels[:] = 255
        box = (0, 0, 256, 256)
        nib.hatch(canvas, box, np.full((256, 256), level, np.uint8), "diagonal", 8.0, (0, 0, 0))
        shares.append(float((canvas.pixels[..., 0] < 128).mean()))
    assert shares[0] < shares[1] < shares[2]
    assert shares[0] < 0.25
    assert shares[2] > 0.4


def test_hatching_tiles_without_a_seam() -> None:
    field = nib.strokes("diagonal", 40).astype(int)
    across = np.abs(field[:, 0] - field[:, -1]).mean()
    inside = np.abs(field[:, 1] - field[:, 0]).mean()
    assert across < inside * 2 + 4


def test_shared_edges_stay_shared_under_the_wobbling_hand() -> None:
    edge = np.array([[10, 10], [60, 90], [200, 40]], np.float32)
    first = nib.wobbled(edge, 1.0, 90.0, 5)
    second = nib.wobbled(edge[::-1], 1.0, 90.0, 5)[::-1]
    assert np.allclose(first, second)
    assert 0 < np.abs(first - edge).max() <= 1.01


def test_a_night_is_darker_than_a_day(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    night = replace(
        stack,
        light=replace(stack.light, key_colour=(130, 150, 220), exposure=0.5, fog=(30, 40, 80)),
    )
    sky = replace(stack.layers[0].shapes[0], colour=(14, 20, 50), to=(40, 50, 90))
    dark = replace(night, layers=(replace(stack.layers[0], shapes=(sky,)), *stack.layers[1:]))
    assert ink.flatten(dark).mean() < ink.flatten(stack).mean() - 40


def test_the_looks_are_rivals_and_not_filters_of_each_other(
    make_stack: Callable[..., Stack],
) -> None:
    first, second = lumen.flatten(make_stack()), ink.flatten(make_stack())
    assert first.shape == second.shape
    assert np.abs(first.astype(int) - second).mean() > 25


def test_a_light_is_left_as_paper(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    assert np.abs(ink.paint(stack.layers[1], stack)[40, 270, :3].astype(int) - PAPER).sum() < 12


def test_a_stroke_on_black_is_drawn_in_white(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    black = Shape(
        np.array([[20, 20], [120, 20], [120, 120], [20, 120]], np.float32),
        "cloth",
        (12, 12, 16),
        owner="kade",
    )
    fold = Shape(
        np.array([[40, 70], [70, 72], [100, 70]], np.float32),
        "crease",
        (5, 5, 5),
        closed=False,
        width=3,
        owner="kade",
    )
    seen = ink.paint(Layer("kade.0", "figure", 4.0, (black, fold)), stack)
    assert seen[60:82, 70, 1].max() > 150
