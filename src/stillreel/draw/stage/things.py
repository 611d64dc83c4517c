"""Props of a shot: where the loose ones stand, and how the frame is built on one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Layer
from stillreel.draw.stage import aim, block, frame
from stillreel.draw.stage.block import seed_of
from stillreel.draw.stage.cast import shapes_of
from stillreel.draw.stage.shadow import Bulk, under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.lens import Camera
    from stillreel.draw.light import Light
    from stillreel.draw.marks import Shape
    from stillreel.draw.stage.block import Mark, Point
    from stillreel.draw.stage.gate import Gate
    from stillreel.values.scene import PanelScene, Prop

_SHARE = {"extreme-wide": 0.1, "wide": 0.25, "full": 0.5, "medium-wide": 0.55}
"""How much of the frame's height a prop fills that the frame is built on; else 0.62."""
_FREE = (0.42, -0.42, 0.68, -0.68, 0.12, -0.12)
"""Places across the frame where a loose prop may stand, the best first."""

_TOWERS = 0.8
"""Share of the frame's height from which a prop is left out: a board behind a sparrow is legs."""

_MUZZLE = 0.75
"""Share of an animal's height that a frame on what it holds shows at least."""
_AIRBORNE = frozenset({"kite", "balloon", "feather"})
"""Props that throw no shadow where they are."""
TURN = 18.0
"""Degrees a prop is turned from square, so that it shows a side."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A prop standing in the place."""

    prop: Prop
    origin: Point
    turn: float
    """Degrees about the vertical."""


def camera_on(panel: PanelScene, prop: Prop, level: float, gate: Gate) -> Camera:
    """Return the camera for a shot built on a prop that rests at `level` metres."""
    from stillreel.draw import prop as props

    share = _SHARE.get(panel.size, 0.62)
    origin: Point = (0.0, level, 0.0)
    tall = prop.size_m / share
    first = _aimed(panel, origin, tall, gate)
    shapes = props.standing(prop, first, at=origin, heading=gate.yaw + TURN, owner=prop.id)
    if not shapes:
        return first
    points = np.concatenate([shape.points for shape in shapes])
    centre, tall = _around(points, first, origin, gate, share)
    return _aimed(panel, centre, tall, gate)


def camera_on_hand(
    panel: PanelScene, lead: Mark, held: Prop, gate: Gate
) -> tuple[Camera, Point] | None:
    """Return the camera on a thing in a hand and where that is, or None when it is not seen.

    The hand is found by drawing: whoever draws the body knows where it carries the thing.
    """
    span = frame.span_of("medium-wide", lead.body, lead.identity.height_m, lead.origin[1])
    eye = lead.origin[1] + lead.body.eye_height
    asked = frame.Aim(span, 0.0, 50.0, "eye-level", eye, gate.yaw)
    camera = frame.solve(asked, lead.origin, gate.width, gate.height)
    shapes = shapes_of(
        lead.identity,
        camera,
        action=lead.performer.does,
        phase=lead.phase,
        origin=lead.origin,
        heading=lead.heading,
        holds=block.in_hand(held, lead.identity),
        supported=lead.supported,
        seed=seed_of(lead.identity.id, lead.member),
    )
    seen = [shape.points for shape in shapes if shape.owner == held.id]
    if not seen:
        return None
    centre, tall = _around(np.concatenate(seen), camera, lead.origin, gate, 0.66)
    if lead.identity.kind != "human":
        # What a beak or a muzzle holds is shown with it: nearer, it would slip out of the frame.
        tall = max(tall, _MUZZLE * lead.identity.height_m)
    return _aimed(panel, centre, tall, gate), centre


def _around(
    points: NDArray[np.float32], camera: Camera, at: Point, gate: Gate, share: float
) -> tuple[Point, float]:
    """Return the world middle of drawn points at the depth of `at`, and metres of frame height.

    The frame is as high as lets the points fill `share` of it, or of its width if they are long.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    scale = camera.scale_at(at)
    right, up, ahead = camera.axes()
    middle = np.array([camera.width / 2, camera.height / 2]) + np.array(camera.offset)
    off = (low + high) / 2 - middle
    spot = np.array(camera.position) + ahead * aim.axis_depth(camera, at)
    spot = spot + (right * float(off[0]) - up * float(off[1])) / scale
    tall = max(float(high[1] - low[1]), float(high[0] - low[0]) / gate.ratio) / scale / share
    return (float(spot[0]), float(spot[1]), float(spot[2])), tall


def _aimed(panel: PanelScene, centre: Point, tall: float, gate: Gate) -> Camera:
    """Return a camera a little above a small thing, its frame `tall` metres high there."""
    span = frame.Span(centre[1] - tall / 2, centre[1] + tall / 2, 1.0, 0.0)
    eye = max(centre[1] + tall * 0.35, 0.25)
    lens = frame.LENSES[panel.size]
    asked = frame.Aim(span, 0.0, lens, panel.angle, eye, gate.yaw)
    return frame.solve(asked, centre, gate.width, gate.height, gate.offset)


def scattered(
    panel: PanelScene,
    known: dict[str, Prop],
    camera: Camera,
    gate: Gate,
    marks: Sequence[Mark],
) -> tuple[Thing, ...]:
    """Place the props that nobody holds: on the ground beside the subject, on its free side."""
    if panel.size in {"close-up", "extreme-close-up"}:
        return ()
    held = {mark.performer.holds for mark in marks}
    loose = [known[i] for i in panel.props if i in known and i not in held and i != panel.focus]
    taken = [
        float(camera.project(mark.origin)[0][0, 0] - camera.offset[0]) / camera.width * 2 - 1
        for mark in marks
    ]
    away = aim.level_distance(camera, marks[0].origin if marks else (0.0, 0.0, 0.0))
    things: list[Thing] = []
    for index, prop in enumerate(loose[:4]):
        at = max(_FREE, key=lambda place: _clear(place, taken))
        taken.append(at)
        origin = block.on_ground(camera, gate.yaw, at, away * (1.05 + 0.08 * index))
        if prop.size_m * camera.scale_at(origin) > _TOWERS * gate.height:
            continue
        things.append(Thing(prop, origin, gate.yaw + 20.0 - 35.0 * index))
    return tuple(things)


def _clear(place: float, taken: Sequence[float]) -> tuple[bool, float]:
    room = min((abs(place - other) for other in taken), default=1.0)
    return room > 0.25, -_FREE.index(place)


def _shadow(
    thing: Thing, shapes: Sequence[Shape], camera: Camera, light: Light
) -> tuple[Shape, ...]:
    points = np.concatenate([shape.points for shape in shapes])
    wide, tall = (float(one) / camera.scale_at(thing.origin) for one in np.ptp(points, axis=0))
    bulk = Bulk(0.4 * wide, 0.28 * wide, min(tall, thing.prop.size_m))
    return under(camera, light, thing.origin, thing.turn, bulk, 0.8)


def prop_layers(
    things: Sequence[Thing], camera: Camera, panel: PanelScene, focus_depth: float, light: Light
) -> list[Layer]:
    """Return one layer for every prop that stands in the place, its shadow under it."""
    from stillreel.draw import prop as props

    layers: list[Layer] = []
    for thing in things:
        shapes = props.standing(
            thing.prop, camera, at=thing.origin, heading=thing.turn, owner=thing.prop.id
        )
        if thing.prop.kind not in _AIRBORNE and shapes:
            shapes = (*_shadow(thing, shapes, camera, light), *shapes)
        depth = max(aim.axis_depth(camera, thing.origin), 0.3)
        blur = frame.defocus(panel.size, depth, focus_depth)
        name = f"prop-{thing.prop.id}"
        layers.append(Layer(name, "figure", depth, tuple(shapes), blur=blur if blur > 1 else 0.0))
    return layers
