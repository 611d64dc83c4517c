"""Props and seats of a shot: shadows, what a beak holds, and sleep on a chair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.stage import compose
from stillreel.values.scene import Identity, Performer, Prop, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.marks import Layer
    from stillreel.draw.stage import Staged
    from stillreel.values.scene import PanelScene

WIDTH, HEIGHT = 640, 360
PITCHER = Prop(id="pitcher", name="the pitcher", kind="pitcher", size_m=0.35)
KITE = Prop(id="kite", name="the kite", kind="kite", size_m=0.9)
PEBBLE = Prop(id="pebble", name="the pebble", kind="pebble", size_m=0.05)
CROW = Identity(id="crow", name="the crow", kind="bird", species="crow", height_m=0.3)


def staged(scene: PanelScene) -> Staged:
    return compose(scene, (CROW,), (PITCHER, KITE, PEBBLE), width=WIDTH, height=HEIGHT)


def layer_of(shot: Staged, name: str) -> Layer:
    return next(layer for layer in shot.stack.layers if layer.name == name)


@pytest.mark.parametrize(("prop", "shaded"), [("pitcher", True), ("kite", False)])
def test_what_stands_on_the_ground_throws_a_shadow_and_what_flies_does_not(
    make_panel: Callable[..., PanelScene], prop: str, *, shaded: bool
) -> None:
    layer = layer_of(staged(make_panel("insert", focus=prop)), f"prop-{prop}")
    shadows = [shape for shape in layer.shapes if shape.role == "shadow"]
    assert bool(shadows) == shaded
    if shadows:
        body = np.concatenate([one.points for one in layer.shapes if one.role != "shadow"])
        thrown = np.concatenate([one.points for one in shadows])
        # It lies about its foot: within its lower third, and no higher.
        assert thrown[:, 1].min() > body[:, 1].min() + 0.6 * np.ptp(body[:, 1])
        assert thrown[:, 0].min() < body[:, 0].mean() < thrown[:, 0].max()


def test_a_frame_on_what_a_bird_holds_shows_it_whole_with_the_head(
    make_panel: Callable[..., PanelScene],
) -> None:
    crow = Performer(id="crow", does="reach", facing="front-right", holds="pebble")
    shot = staged(make_panel("insert", crow, focus="pebble"))
    layer = layer_of(shot, "crow.0")
    held = np.concatenate([one.points for one in layer.shapes if one.owner == "pebble"])
    assert 0 < held[:, 0].min() < held[:, 0].max() < WIDTH
    assert 0 < held[:, 1].min() < held[:, 1].max() < HEIGHT
    assert np.ptp(held[:, 1]) < 0.4 * HEIGHT


def test_who_sleeps_on_a_chair_sits_and_who_sleeps_on_a_bed_lies(
    make_panel: Callable[..., PanelScene],
) -> None:
    room = Setting(id="room", name="Room", kind="room", features=("chair", "bed"))
    child = Identity(id="lotte", name="Lotte", age="child", height_m=1.2)
    seen: dict[str, str] = {}
    for on in ("chair", "bed"):
        sleeper = Performer(id="lotte", does="sleep", on=on)
        scene = make_panel("wide", sleeper, setting=room)
        shot = compose(scene, (child,), (), width=WIDTH, height=HEIGHT)
        assert shot.marks[0].supported
        seen[on] = shot.marks[0].performer.does
    assert seen == {"chair": "sit", "bed": "sleep"}
