"""Planning a shot: who is the subject, which camera shows it, and where everyone else goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.body import Body
from stillreel.draw.lens import Camera
from stillreel.draw.marks import Layer
from stillreel.draw.stage import block, frame
from stillreel.draw.stage.block import Mark, Point, seed_of
from stillreel.draw.stage.support import Supports, supports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.set import Anchor
    from stillreel.values.scene import Identity, PanelScene, Performer, Prop, ShotSize

_CLOSE: frozenset[ShotSize] = frozenset({"close-up", "extreme-close-up", "insert"})
_WHOLE: frozenset[ShotSize] = frozenset({"extreme-wide", "wide", "full", "medium-wide"})
_EDGE: dict[ShotSize, float] = {
    "extreme-wide": 0.86,
    "wide": 0.8,
    "full": 0.7,
    "medium-wide": 0.62,
    "medium": 0.52,
    "medium-close-up": 0.42,
    "close-up": 0.3,
    "extreme-close-up": 0.1,
    "insert": 0.2,
}
"""How far from the middle a subject may stand."""
_LOOK_ROOM: dict[str, float] = {
    "left": 0.26,
    "front-left": 0.16,
    "back-left": 0.16,
    "right": -0.26,
    "front-right": -0.16,
    "back-right": -0.16,
}
_PERSON = Body(1.7, 1.58, (0.0, 1.6, 0.0), 0.115, 0.25, 0.15, 0.9)
"""Whom an empty place is measured by."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A prop standing in the place."""

    prop: Prop
    origin: Point
    turn: float
    """Degrees about the vertical."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Camera and blocking of one shot."""

    camera: Camera
    marks: tuple[Mark, ...]
    things: tuple[Thing, ...]
    focus_depth: float
    """Metres from the camera to the subject."""


def plan(
    panel: PanelScene,
    cast: Sequence[Identity],
    props: Sequence[Prop],
    width: int,
    height: int,
    offset: tuple[float, float],
) -> Plan:
    """Return the camera and the blocking of a panel."""
    yaw = _yaw(panel)
    playing = _playing(panel, cast)
    stage = supports(panel.setting)
    subject = _subject(panel, playing)
    known = {prop.id: prop for prop in props}
    thing = known.get(panel.focus)
    if thing is not None and not any(p.holds == thing.id for p, _ in playing):
        return _on_thing(panel, thing, playing, stage, width, height, offset, yaw)
    if subject is None:
        camera = _empty_camera(panel, width, height, offset, yaw)
        things = _things(panel, known, camera, yaw, (), "")
        return Plan(camera, (), things, _away(camera, (0.0, 0.0, 0.0)))
    performer, identity = subject
    lead = _lead(performer, identity, yaw)
    lead = _rested(lead, stage.first(performer, 0))
    aim = _aim(panel, performer, lead, yaw)
    camera = frame.solve(aim, lead.origin, width, height, offset)
    away = _level_distance(camera, lead.origin)
    marks = _everyone(panel, playing, lead, camera, stage, yaw, aim.at, away)
    things = _things(panel, known, camera, yaw, marks, panel.focus)
    return Plan(camera, tuple(marks), things, _away(camera, lead.origin))


def _yaw(panel: PanelScene) -> float:
    """Walk a little around the stage from shot to shot, as coverage does."""
    if panel.angle == "overhead":
        return 0.0
    drift = (seed_of("yaw", panel.id) % 19) - 9
    return float(drift) * (0.5 if panel.size in {"extreme-wide", "wide"} else 1.0)


def _playing(
    panel: PanelScene, cast: Sequence[Identity]
) -> list[tuple[Performer, Identity]]:
    """Return who is in frame: a close shot belongs to its subject (and to the shoulder)."""
    everyone = block.cast_list(panel, cast)
    if panel.over and not any(p.id == panel.over for p, _ in everyone):
        shoulder = next((i for i in cast if i.id == panel.over), None)
        if shoulder is not None:
            from stillreel.values.scene import Performer

            everyone.append((Performer(id=shoulder.id, facing="away", depth="near"), shoulder))
    if panel.size not in _CLOSE:
        return everyone
    subject = _subject(panel, everyone)
    return [
        pair
        for pair in everyone
        if subject is None or pair[0].id in {subject[0].id, panel.over}
    ]


def _subject(
    panel: PanelScene, playing: Sequence[tuple[Performer, Identity]]
) -> tuple[Performer, Identity] | None:
    for pair in playing:
        if panel.focus and (pair[0].id == panel.focus or pair[0].holds == panel.focus):
            return pair
    return next((pair for pair in playing if pair[0].id != panel.over), None)


def _lead(performer: Performer, identity: Identity, yaw: float) -> Mark:
    """Return the body the frame is built on: of a group, its tallest member in frame."""
    group = block.members(performer, identity)
    bodies = [block.posed(performer, identity, i, yaw, group) for i in range(group)]
    return max(bodies, key=lambda mark: (mark.body.height, -mark.member))


def _rested(mark: Mark, support: Anchor | None) -> Mark:
    if support is None:
        return mark
    x, y, z = support.position
    level = y - mark.body.hip if support.seat and mark.performer.does not in {"stand", "walk", "run", "climb"} else y
    return replace(mark, origin=(x, level, z), supported=True)


def _aim(panel: PanelScene, performer: Performer, lead: Mark, yaw: float) -> frame.Aim:
    ground = lead.origin[1]
    span = frame.span_of(panel.size, lead.body, lead.identity.height_m, ground)
    at = performer.at
    if performer.facing in _LOOK_ROOM and abs(at) < 0.05 and lead.group == 1:
        at = _LOOK_ROOM[performer.facing]
    edge = _EDGE[panel.size]
    if panel.over:
        at = 0.2 if at >= 0 else -0.2
    eye = frame.eye_level(panel.size, ground + lead.body.eye_height)
    lens = frame.LENSES[panel.size]
    if panel.over:
        lens = min(lens, 55.0)
    return frame.Aim(span, min(max(at, -edge), edge), lens, panel.angle, eye, yaw)


def _everyone(
    panel: PanelScene,
    playing: Sequence[tuple[Performer, Identity]],
    lead: Mark,
    camera: Camera,
    stage: Supports,
    yaw: float,
    lead_at: float,
    away: float,
) -> list[Mark]:
    marks: list[Mark] = []
    basis = block.REACH[lead.performer.depth]
    whole = panel.size in _WHOLE
    for performer, identity in playing:
        if performer.id == panel.over and performer.id != lead.performer.id:
            marks.append(_shoulder(performer, identity, camera, lead_at, yaw))
            continue
        group = block.members(performer, identity)
        if panel.size in _CLOSE:
            group = 1
        is_lead = performer.id == lead.performer.id
        at = lead_at if is_lead else performer.at
        reach = away * block.REACH[performer.depth] / basis
        reach = max(reach, away - 4.0, 0.6) if not is_lead else away
        marks += _group(
            performer, identity, lead if is_lead else None, group, camera, stage, yaw, at, reach
        )
    fixed = [m for m in marks if m.performer.id == panel.over]
    free = [m for m in marks if m.performer.id != panel.over]
    return [*block.spread_out(free, camera, yaw, inside=whole, keep=lead), *fixed]


def _group(
    performer: Performer,
    identity: Identity,
    lead: Mark | None,
    group: int,
    camera: Camera,
    stage: Supports,
    yaw: float,
    at: float,
    reach: float,
) -> list[Mark]:
    """Place all bodies of one performer around its place on screen."""
    bodies = [block.posed(performer, identity, i, yaw, group) for i in range(group)]
    if lead is not None and group == 1:
        bodies = [replace(lead, group=1)]
    places = block.rows(group)
    step = 0.62 * max(0.35 * max(b.body.height for b in bodies), max(b.body.half_width for b in bodies) * 1.4)
    room = 0.92 * camera.width / camera.pixels_per_tangent * reach
    span = max((p[0] for p in places), default=0) - min((p[0] for p in places), default=0) + 1.2
    step = min(step, room / span)
    turn = radians(yaw)
    right = np.array([cos(turn), 0.0, -sin(turn)])
    ahead = -np.array([sin(turn), 0.0, cos(turn)])
    middle = np.array(block.on_ground(camera, yaw, at, reach))
    placed: list[Mark] = []
    for body, (across, back) in zip(bodies, places, strict=True):
        if lead is not None and body.member == lead.member and lead.supported:
            placed.append(replace(lead, group=group))
            continue
        support = stage.nearest(performer, camera, at if group == 1 else None, body.member)
        if support is not None:
            placed.append(_rested(body, support))
            continue
        spot = middle + right * across * step + ahead * back * step
        placed.append(replace(body, origin=(float(spot[0]), 0.0, float(spot[2]))))
    return placed


def _shoulder(
    performer: Performer, identity: Identity, camera: Camera, lead_at: float, yaw: float
) -> Mark:
    """Place the one we look past: close to the lens, on the other side, turned to the subject."""
    mark = block.posed(performer, identity, 0, yaw, 1)
    side = -1.0 if lead_at >= 0 else 1.0
    head = mark.body.head_radius
    away = max(6.4 * head, 0.55)
    # The crown stands a little above the middle of the frame, the head a third in from the edge.
    eye = camera.position[1]
    origin = np.array(block.on_ground(camera, yaw, side * 0.66, away))
    level = eye + 0.1 * head - mark.body.head[1]
    return replace(
        mark,
        origin=(float(origin[0]), float(level), float(origin[2])),
        heading=180.0 + side * -24.0 + yaw,
        phase=0.0,
        performer=performer.model_copy(update={"does": "stand", "holds": ""}),
        body=mark.body,
        supported=True,
    )


def _on_thing(
    panel: PanelScene,
    thing: Prop,
    playing: Sequence[tuple[Performer, Identity]],
    stage: Supports,
    width: int,
    height: int,
    offset: tuple[float, float],
    yaw: float,
) -> Plan:
    """Build the frame on a prop that lies or stands in the place."""
    share = {"extreme-wide": 0.1, "wide": 0.25, "full": 0.5, "medium-wide": 0.55}.get(panel.size, 0.62)
    level = 0.0 if thing.size_m > 0.7 else stage.table()
    tall = thing.size_m / share
    centre = level + thing.size_m * 0.42
    span = frame.Span(centre - tall / 2, centre + tall / 2, 1.0, 0.0)
    eye = centre + tall * 0.22
    aim = frame.Aim(span, 0.0, frame.LENSES[panel.size], panel.angle, max(eye, 0.3), yaw)
    origin = (0.0, level, 0.0)
    camera = frame.solve(aim, origin, width, height, offset)
    marks: list[Mark] = []
    away = _level_distance(camera, origin)
    if panel.size not in _CLOSE:
        for performer, identity in playing:
            if performer.id == panel.over:
                continue
            reach = away * block.REACH[performer.depth] + 0.5
            at = performer.at if abs(performer.at) > 0.3 else 0.5
            group = block.members(performer, identity)
            marks += _group(performer, identity, None, group, camera, stage, yaw, at, reach)
        marks = block.spread_out(marks, camera, yaw, inside=panel.size in _WHOLE, keep=None)
    return Plan(camera, tuple(marks), (Thing(thing, origin, yaw + 18.0),), _away(camera, origin))


def _things(
    panel: PanelScene,
    known: dict[str, Prop],
    camera: Camera,
    yaw: float,
    marks: Sequence[Mark],
    focus: str,
) -> tuple[Thing, ...]:
    """Place the props that nobody holds: on the ground beside the subject, on its free side."""
    if panel.size in {"close-up", "extreme-close-up"}:
        return ()
    held = {mark.performer.holds for mark in marks}
    loose = [known[i] for i in panel.props if i in known and i not in held and i != focus]
    things: list[Thing] = []
    taken = [float(camera.project(m.origin)[0][0, 0] - camera.offset[0]) / camera.width * 2 - 1 for m in marks]
    away = _level_distance(camera, marks[0].origin if marks else (0.0, 0.0, 0.0))
    for index, prop in enumerate(loose[:4]):
        options = (0.42, -0.42, 0.68, -0.68, 0.12, -0.12)
        at = max(options, key=lambda a: (min((abs(a - t) for t in taken), default=1.0) > 0.25, -abs(a)))
        taken.append(at)
        origin = block.on_ground(camera, yaw, at, away * (1.05 + 0.08 * index))
        things.append(Thing(prop, origin, yaw + 20.0 - 35.0 * index))
    return tuple(things)


def _empty_camera(
    panel: PanelScene, width: int, height: int, offset: tuple[float, float], yaw: float
) -> Camera:
    size: ShotSize = panel.size if panel.size in _WHOLE else "full"
    span = frame.span_of(size, _PERSON, _PERSON.height)
    eye = frame.eye_level(size, _PERSON.eye_height)
    aim = frame.Aim(span, 0.0, frame.LENSES[size], panel.angle, eye, yaw)
    return frame.solve(aim, (0.0, 0.0, 0.0), width, height, offset)


def gaze_of(mark: Mark, marks: Sequence[Mark], camera: Camera) -> tuple[float, float]:
    """Return where the eyes go, right of frame and up, -1..1, for whom the performer looks at."""
    if not mark.performer.looks_at:
        return 0.0, 0.0
    target = next((m for m in marks if m.performer.id == mark.performer.looks_at), None)
    if target is None:
        return 0.0, 0.0
    own = np.array(mark.origin) + np.array([0.0, mark.body.eye_height, 0.0])
    other = np.array(target.origin) + np.array([0.0, target.body.eye_height, 0.0])
    line = other - own
    right, up, _ = camera.axes()
    size = max(float(np.linalg.norm(line)), 1e-6)
    x, y = float(line @ right) / size, float(line @ up) / size
    return round(min(max(x * 1.1, -1.0), 1.0), 3), round(min(max(y * 1.2, -1.0), 1.0), 3)


def prop_layers(shot: Plan, camera: Camera, panel: PanelScene) -> list[Layer]:
    """Return one layer for every prop that stands in the place."""
    from stillreel.draw import prop as props

    layers: list[Layer] = []
    for thing in shot.things:
        turn = radians(thing.turn)
        shapes = props.shapes_at(
            thing.prop,
            camera,
            origin=thing.origin,
            up=(0.0, 1.0, 0.0),
            forward=(sin(turn), 0.0, cos(turn)),
            owner=thing.prop.id,
        )
        depth = max(_away(camera, thing.origin), 0.3)
        blur = frame.defocus(panel.size, depth, shot.focus_depth)
        layers.append(
            Layer(f"prop-{thing.prop.id}", "figure", depth, tuple(shapes), blur=blur if blur > 1 else 0.0)
        )
    return layers


def _away(camera: Camera, point: Point) -> float:
    return float(camera.project(point)[1][0])


def _level_distance(camera: Camera, point: Point) -> float:
    """Return metres along the ground from under the camera to under a point, straight ahead."""
    ahead = camera.axes()[2]
    flat = np.array([ahead[0], 0.0, ahead[2]])
    flat /= max(float(np.linalg.norm(flat)), 1e-6)
    line = np.array([point[0] - camera.position[0], 0.0, point[2] - camera.position[2]])
    return max(float(line @ flat), 0.3)
