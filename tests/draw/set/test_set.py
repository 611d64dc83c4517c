from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.lens import Camera
from stillreel.draw.light import light_of
from stillreel.draw.set import anchors, layers
from stillreel.draw.set.lands import pieces_of
from stillreel.values.scene import PlaceKind, Setting, words_of

if TYPE_CHECKING:
    from stillreel.draw.marks import Layer

WIDTH, HEIGHT = 768, 432
GARDEN = ("twelve peach trees", "high stone wall", "castle", "flowers", "hole in the wall")
CAMERAS = {
    "wide": ((0.0, 1.6, 5.7), (0.0, 1.4, 0.0), 32.0, 0.0),
    "far": ((0.5, 1.6, 17.5), (0.0, 2.4, 0.0), 24.0, 0.0),
    "close": ((0.1, 1.6, 1.5), (0.0, 1.55, 0.0), 85.0, 0.0),
    "low": ((0.4, 0.3, 5.0), (0.0, 1.9, 0.0), 28.0, 0.0),
    "high": ((0.0, 5.5, 8.0), (0.0, 0.6, -1.0), 30.0, 0.0),
    "overhead": ((0.0, 9.0, 0.6), (0.0, 0.0, 0.0), 28.0, 0.0),
    "reverse": ((1.0, 1.5, -6.0), (0.0, 1.3, 2.0), 28.0, 0.0),
    "side": ((9.0, 1.6, 1.0), (0.0, 1.3, -1.0), 30.0, 0.0),
    "dutch": ((0.0, 1.6, 5.7), (0.0, 1.4, 0.0), 32.0, 12.0),
}


def place(kind: str, *features: str, **changes: object) -> Setting:
    return Setting.model_validate(
        {"id": "place", "name": "Place", "kind": kind, "features": features, **changes}
    )


def shoot(
    setting: Setting, view: str = "wide", *, seed: int = 7, wide: bool = True
) -> tuple[Layer, ...]:
    position, target, focal, roll = CAMERAS[view]
    camera = Camera(position, target, focal, 640, 360, roll, (64.0, 36.0))
    return layers(
        setting, camera, light_of(setting), width=WIDTH, height=HEIGHT, seed=seed, wide=wide
    )


def covered(found: tuple[Layer, ...]) -> np.ndarray:
    import cv2

    seen = np.zeros((HEIGHT, WIDTH), np.uint8)
    for layer in found:
        for shape in layer.shapes:
            if shape.closed and shape.alpha == 1.0:
                cv2.fillPoly(seen, [np.round(shape.points).astype(np.int32)], 255)
    return seen


def roles(found: tuple[Layer, ...]) -> set[str]:
    return {shape.role for layer in found for shape in layer.shapes}


@pytest.mark.parametrize("kind", words_of(PlaceKind))
@pytest.mark.parametrize("view", list(CAMERAS))
def test_every_place_covers_the_whole_sheet_from_every_side(kind: str, view: str) -> None:
    found = shoot(place(kind), view)
    assert covered(found[:1]).all(), "the backmost plate alone must be opaque"
    assert found[0].opaque
    assert covered(found).all()


@pytest.mark.parametrize("kind", words_of(PlaceKind))
def test_layers_come_back_to_front_and_every_number_is_finite(kind: str) -> None:
    found = shoot(place(kind))
    depths = [layer.depth for layer in found]
    assert depths == sorted(depths, reverse=True)
    for layer in found:
        for shape in layer.shapes:
            assert np.isfinite(shape.points).all()
            assert shape.points.dtype == np.float32
            assert 0.0 <= shape.shade <= 1.0


@pytest.mark.parametrize("time", ["dawn", "day", "dusk", "night"])
@pytest.mark.parametrize("weather", ["clear", "rain", "snow", "fog", "wind"])
def test_every_hour_and_weather_can_be_drawn(time: str, weather: str) -> None:
    for season in ("spring", "winter"):
        assert shoot(place("garden", *GARDEN, time=time, weather=weather, season=season))


def test_a_place_is_the_same_every_time_it_is_drawn() -> None:
    first, second = (shoot(place("garden", *GARDEN)) for _ in range(2))
    for a, b in zip(first, second, strict=True):
        assert a.name == b.name
        for one, other in zip(a.shapes, b.shapes, strict=True):
            assert one.colour == other.colour
            assert np.array_equal(one.points, other.points)


def test_a_wide_shot_stays_within_its_budget_of_shapes() -> None:
    for view, limit in (("wide", 1000), ("close", 260)):
        found = shoot(place("garden", *GARDEN, season="spring"), view, wide=view == "wide")
        assert sum(len(layer.shapes) for layer in found) <= limit


def test_spring_blossoms_and_winter_lies_under_snow() -> None:
    spring = shoot(place("garden", *GARDEN, season="spring"))
    winter = shoot(place("garden", *GARDEN, season="winter"))
    assert "blossom" in roles(spring)
    assert "blossom" not in roles(winter)
    assert "snow" in roles(winter)
    assert "snow" not in roles(spring)


def test_windows_are_alight_at_night_only() -> None:
    def glowing(time: str) -> int:
        found = shoot(place("street", time=time))
        return sum(s.glow > 0.3 and s.role == "glass" for layer in found for s in layer.shapes)

    assert glowing("night") > 10
    assert glowing("day") == 0


def test_rain_leaves_water_on_the_ground() -> None:
    assert "water" in roles(shoot(place("street", weather="rain")))
    assert "water" not in roles(shoot(place("street")))


def test_only_wide_shots_of_green_places_are_framed_by_leaves() -> None:
    def fronts(*, wide: bool) -> int:
        found = shoot(place("garden"), wide=wide)
        return sum(len(layer.shapes) for layer in found if layer.kind == "foreground")

    assert fronts(wide=True) > fronts(wide=False)


def test_nothing_stands_between_the_camera_and_the_middle_of_the_stage() -> None:
    for kind in words_of(PlaceKind):
        found = shoot(place(kind, "wall", "tree", "castle"), "far", wide=False)
        x, y = WIDTH / 2, HEIGHT * 0.62
        for layer in found:
            if layer.kind == "plate":
                continue
            for shape in layer.shapes:
                low, high = shape.points.min(axis=0), shape.points.max(axis=0)
                inside = low[0] < x < high[0] and low[1] < y < high[1]
                assert not inside or shape.holes, (kind, shape.role)


def test_peach_trees_offer_branches_for_children_to_sit_on() -> None:
    seats = [a for a in anchors(place("garden", *GARDEN)) if a.noun == "tree"]
    assert len(seats) >= 24
    for seat in seats:
        assert seat.seat
        assert 1.0 < seat.position[1] < 4.0


def test_seats_stay_where_they_are_in_every_season_and_weather() -> None:
    summer = anchors(place("garden", *GARDEN), 5)
    winter = anchors(place("garden", *GARDEN, season="winter", weather="snow", time="night"), 5)
    assert summer == winter


def test_furniture_offers_its_seats() -> None:
    room = {a.noun: a for a in anchors(place("room", "bed", "chair", "table", "window"))}
    assert {"bed", "chair", "table", "window"} <= room.keys()
    assert not room["bed"].seat
    assert room["chair"].position[1] == pytest.approx(0.48)
    assert "throne" in {a.noun for a in anchors(place("hall"))}
    assert "bench" in {a.noun for a in anchors(place("vehicle"))}


def test_the_wall_can_be_sat_on_at_its_height() -> None:
    tops = [a for a in anchors(place("garden", *GARDEN)) if a.noun == "wall"]
    assert tops
    assert all(3.0 < top.position[1] < 3.6 for top in tops)


def test_no_tree_stands_so_near_the_lens_that_it_fills_the_frame() -> None:
    for layer in shoot(place("garden", *GARDEN), "far", wide=False):
        for shape in layer.shapes:
            if shape.role in {"foliage", "blossom", "trunk"}:
                low, high = shape.points.min(axis=0), shape.points.max(axis=0)
                wide, tall = np.minimum(high, (WIDTH, HEIGHT)) - np.maximum(low, 0)
                assert max(wide, 0) * max(tall, 0) < 0.12 * WIDTH * HEIGHT


def test_points_are_kept_to_a_64th_of_a_pixel() -> None:
    for layer in shoot(place("street", "lamp"), "dutch"):
        for shape in layer.shapes:
            assert np.array_equal(shape.points * 64, np.round(shape.points * 64))


def test_a_door_never_stands_alone_in_the_open() -> None:
    for kind in ("garden", "field", "forest"):
        assert not any(one.noun == "door" for one in pieces_of(place(kind, "house", "door"), 7))


def test_a_ladder_leans_against_a_tree_and_is_no_stair() -> None:
    pieces = pieces_of(place("garden", "ladder"), 7)
    ladder = next(one for one in pieces if one.noun == "ladder")
    trees = [one for one in pieces if one.noun == "tree"]
    near = min(abs(one.at[0] - ladder.at[0]) + abs(one.at[2] - ladder.at[2]) for one in trees)
    assert near < 1.5
    assert "stairs" not in {one.noun for one in pieces}
    assert any(one.noun == "ladder" for one in anchors(place("garden", "ladder"), 7))
