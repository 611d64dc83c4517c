from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.lens import Camera
from stillreel.draw.light import light_of
from stillreel.draw.set import anchors, layers
from stillreel.draw.set.site import site_of, wooden
from stillreel.values.scene import Setting

if TYPE_CHECKING:
    from stillreel.draw.marks import Layer

SITES = {
    "bridge": ("the bridge", "street"),
    "canal": ("the canal", "street"),
    "river": ("the river", "sea"),
    "rooftop": ("the rooftop", "street"),
    "cave": ("the cave", "mountain"),
    "deck": ("the ship", "vehicle"),
    "graveyard": ("the graveyard", "garden"),
    "farm": ("the farm", "field"),
    "platform": ("the railway platform", "street"),
}
VIEWS = {
    "wide": ((0.0, 1.6, 5.7), (0.0, 1.4, 0.0)),
    "far": ((0.5, 1.6, 17.5), (0.0, 2.4, 0.0)),
    "reverse": ((1.0, 1.5, -6.0), (0.0, 1.3, 2.0)),
    "side": ((9.0, 1.6, 1.0), (0.0, 1.3, -1.0)),
    "overhead": ((0.0, 9.0, 0.6), (0.0, 0.0, 0.0)),
}


def named(name: str, kind: str, *features: str, **changes: object) -> Setting:
    return Setting.model_validate(
        {"id": "place", "name": name, "kind": kind, "features": features, **changes}
    )


def shoot(setting: Setting, view: str = "wide") -> tuple[Layer, ...]:
    position, target = VIEWS[view]
    camera = Camera(position, target, 30.0, 640, 360, 0.0, (64.0, 36.0))
    return layers(setting, camera, light_of(setting), width=768, height=432, seed=7, wide=True)


@pytest.mark.parametrize("site", list(SITES))
def test_a_special_place_is_known_by_its_name(site: str) -> None:
    assert site_of(named(*SITES[site])) == site


@pytest.mark.parametrize(
    ("name", "kind", "site"),
    [
        ("Bridge Street", "street", ""),
        ("the old stone bridge over the river", "street", "bridge"),
        ("the street by the canal", "street", "canal"),
        ("the house by the river", "room", ""),
        ("the castle by the river", "castle", ""),
        ("the river bank", "field", "river"),
        ("the mouth of the cave", "mountain", ""),
        ("the street", "street", ""),
        ("", "street", ""),
    ],
)
def test_only_the_head_of_a_name_makes_the_place(name: str, kind: str, site: str) -> None:
    assert site_of(named(name, kind)) == site


def test_a_street_with_a_river_in_it_is_a_canal() -> None:
    assert site_of(named("the town", "street", "house", "river")) == "canal"
    assert site_of(named("the meadow", "field", "river")) == ""


def test_a_country_bridge_is_of_wood_unless_it_is_told_to_be_of_stone() -> None:
    assert wooden(named("the bridge", "forest"))
    assert not wooden(named("the stone bridge", "forest"))
    assert not wooden(named("the bridge", "street"))


@pytest.mark.parametrize("site", ["bridge", "canal", "river", "deck"])
@pytest.mark.parametrize("view", ["wide", "far", "reverse", "overhead"])
def test_water_is_seen_at_the_waterside_from_every_side(site: str, view: str) -> None:
    found = shoot(named(*SITES[site]), view)
    assert any(shape.role == "water" for layer in found for shape in layer.shapes)


@pytest.mark.parametrize("site", list(SITES))
@pytest.mark.parametrize("view", list(VIEWS))
def test_a_special_place_covers_the_sheet_and_is_always_the_same(site: str, view: str) -> None:
    first, second = shoot(named(*SITES[site]), view), shoot(named(*SITES[site]), view)
    assert first[0].opaque
    depths = [layer.depth for layer in first]
    assert depths == sorted(depths, reverse=True)
    for one, other in zip(first, second, strict=True):
        assert len(one.shapes) == len(other.shapes)
        for a, b in zip(one.shapes, other.shapes, strict=True):
            assert np.isfinite(a.points).all()
            assert a.points.tobytes() == b.points.tobytes()
            assert a.colour == b.colour


def test_what_is_told_of_a_bridge_stands_on_its_deck() -> None:
    benches = [
        one for one in anchors(named("the bridge", "street", "bench")) if one.noun == "bench"
    ]
    assert benches
    assert all(-4.2 < one.position[2] < 0.0 for one in benches)


def test_a_graveyard_has_headstones_whether_they_are_told_or_not() -> None:
    def stones(name: str) -> int:
        found = shoot(named(name, "garden"))
        return sum(shape.role == "rock" for layer in found for shape in layer.shapes)

    assert stones("the graveyard") > stones("the garden") + 20


def test_a_train_stands_at_a_platform_only_when_it_is_told_of() -> None:
    def drawn(*features: str) -> int:
        camera = Camera((0.0, 1.6, 6.0), (0.0, 1.4, 0.0), 32.0, 320, 180)
        place = named("the platform", "street", *features)
        whole = layers(place, camera, light_of(place), width=320, height=180, seed=3, wide=False)
        return sum(len(layer.shapes) for layer in whole)

    assert drawn("train") > drawn() + 10


def test_one_tree_blossoms_in_winter_where_the_story_says_so() -> None:
    def flowering(*features: str) -> int:
        camera = Camera((0.0, 1.6, 6.0), (0.0, 1.4, 0.0), 32.0, 320, 180)
        place = named("the garden", "garden", *features, season="winter")
        whole = layers(place, camera, light_of(place), width=320, height=180, seed=3, wide=False)
        return sum(shape.role == "blossom" for layer in whole for shape in layer.shapes)

    assert flowering("tree") == 0
    assert flowering("tree", "blossom") > 3


def test_a_wall_is_climbed_up_its_face_and_sat_on_at_its_top() -> None:
    rests = anchors(named("the garden", "garden", "wall"))
    face = next(one for one in rests if one.noun == "wall-face")
    top = next(one for one in rests if one.noun == "wall")
    assert 0.5 < face.position[1] < top.position[1] - 1.0
    assert face.position[2] > top.position[2]


def test_a_ladder_told_of_on_a_rooftop_stands_there_and_can_be_climbed() -> None:
    roof = named("the rooftop", "street", "ladder", "roof")
    assert any(anchor.noun == "ladder" for anchor in anchors(roof, seed=1))
