from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw import look, lumen
from stillreel.draw.marks import Layer, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.marks import Stack


def test_a_still_has_the_size_of_the_visible_frame(make_stack: Callable[..., Stack]) -> None:
    whole = make_stack()
    cropped = replace(whole, visible=(20, 10, 300, 170))
    assert lumen.flatten(whole).shape == (180, 320, 3)
    assert lumen.flatten(cropped).shape == (160, 280, 3)


def test_the_same_stack_gives_the_same_bytes(make_stack: Callable[..., Stack]) -> None:
    assert np.array_equal(lumen.flatten(make_stack()), lumen.flatten(make_stack()))


def test_the_side_toward_the_key_is_brighter(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    painted = lumen.paint(stack.layers[3], stack).astype(int)
    left, right = painted[110, 141, :3].sum(), painted[110, 182, :3].sum()
    assert left > right * 1.25


def test_the_rim_light_runs_along_the_side_away_from_the_key(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    dark = replace(stack, light=replace(stack.light, rim=(0, 0, 0)))
    gained = lumen.paint(make_person(), stack).astype(int) - lumen.paint(make_person(), dark)
    columns = gained[80:140, :, :3].sum(axis=(0, 2))
    assert columns[176:190].sum() > 4 * max(columns[130:146].sum(), 1)


def test_far_things_fade_into_the_fog(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    fog = np.array(stack.light.fog[::-1])
    off = []
    for depth in (5.0, 60.0, 400.0):
        layer = replace(make_person(), kind="plate", depth=depth)
        off.append(np.abs(lumen.paint(layer, stack)[110, 150, :3].astype(int) - fog).sum())
    assert off[0] > off[1] > off[2]


def test_a_lamp_throws_light_beyond_its_outline(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    painted = lumen.paint(stack.layers[1], stack)
    assert painted[40, 270, 3] == 255
    halo = painted[40, 285]
    assert halo[3] == 0
    assert halo[:3].sum() > 20


def test_wet_ground_mirrors_what_shines_above_it(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    bare = replace(stack, layers=tuple(one for one in stack.layers if one.name != "far"))
    with_lamp = lumen.flatten(stack).astype(int)
    without = lumen.flatten(bare).astype(int)
    gained = (with_lamp - without)[152:180].sum(axis=2)
    assert gained[:, 255:285].mean() >= gained[:, 40:70].mean()


def test_water_seen_from_above_mirrors_nothing(make_stack: Callable[..., Stack]) -> None:
    above = replace(make_stack(), horizon=-400.0)
    assert lumen.flatten(above).shape == (180, 320, 3)
    below = replace(make_stack(), horizon=900.0)
    assert lumen.flatten(below).shape == (180, 320, 3)


def test_a_box_of_a_layer_is_painted_like_the_whole_layer(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    box = (130, 30, 200, 150)
    whole = lumen.paint(make_person(), stack)[box[1] : box[3], box[0] : box[2]]
    part = lumen.paint(make_person(), stack, box)
    assert part.shape == whole.shape
    assert np.abs(part.astype(int) - whole).max() <= 3


def test_paint_stays_within_its_reach(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    for layer in (stack.layers[1], make_person(), make_person(blur=9.0)):
        reach = lumen.reach(layer, stack)
        painted = lumen.paint(layer, stack)
        points = np.concatenate([shape.points for shape in layer.shapes])
        low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
        rows, columns = np.nonzero(painted.any(axis=2))
        assert columns.min() >= low[0] - 1
        assert columns.max() <= high[0] + 1
        assert rows.min() >= low[1] - 1
        assert rows.max() <= high[1] + 1


def test_a_blurred_layer_has_soft_edges(
    make_stack: Callable[..., Stack], make_person: Callable[..., Layer]
) -> None:
    stack = make_stack()
    sharp = lumen.paint(make_person(), stack)[110, :, 3].astype(int)
    soft = lumen.paint(make_person(blur=30.0), stack)[110, :, 3].astype(int)
    assert np.abs(np.diff(soft)).max() < np.abs(np.diff(sharp)).max() / 3


def test_layers_painted_one_by_one_and_laid_over_each_other_make_the_still(
    make_stack: Callable[..., Stack],
) -> None:
    stack = make_stack()
    sheet = np.zeros((180, 320, 3))
    for layer in stack.layers:
        painted = lumen.paint(layer, stack).astype(float)
        sheet = np.minimum(sheet * (1 - painted[..., 3:] / 255) + painted[..., :3], 255)
    together = lumen.paint_all(stack.layers, stack, opaque=True)[..., :3]
    assert np.abs(together - sheet).mean() < 1.0


def test_finish_darkens_corners_and_leaves_transparent_pixels_empty(
    make_stack: Callable[..., Stack],
) -> None:
    stack = make_stack()
    grey = np.full((180, 320, 4), 200, np.uint8)
    grey[..., 3] = 255
    done = lumen.finish(grey, stack).astype(int)
    assert done[:12, :12, :3].mean() < done[84:96, 154:166, :3].mean() - 20
    assert (done[..., 3] == 255).all()
    assert not lumen.finish(np.zeros_like(grey), stack).any()


def test_finish_of_a_box_is_the_box_of_the_finish(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    rng = np.random.default_rng(1)
    sheet = rng.integers(0, 255, (180, 320, 4), dtype=np.uint8)
    sheet[..., 3] = 255
    box = (31, 17, 200, 120)
    part = lumen.finish(np.ascontiguousarray(sheet[17:120, 31:200]), stack, box)
    assert np.array_equal(part, lumen.finish(sheet, stack)[17:120, 31:200])


def test_nothing_to_paint_gives_an_empty_sheet(make_stack: Callable[..., Stack]) -> None:
    stack = make_stack()
    assert not lumen.paint(Layer("none", "plate", 3.0, ()), stack).any()
    away = Shape(np.array([[900, 900], [950, 900], [950, 950]], np.float32), "rock", (9, 9, 9))
    assert not lumen.paint(Layer("off", "plate", 3.0, (away,)), stack).any()


def test_looks_are_found_by_name_and_unknown_names_give_none() -> None:
    assert look.named("lumen") is lumen
    assert look.named("gpt-image") is None
    assert all(look.named(name) is not None for name in look.names())
