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
from stillreel.draw.stage.cast import body_of, shapes_of
from stillreel.draw.stage.support import Supports, supports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.set import Anchor
    from stillreel.values.scene import Identity, PanelScene, Performer, Prop, ShotSize

_CLOSE: frozenset[ShotSize] = frozenset({"close-up", "extreme-close-up", "insert"})
_HEADS: frozenset[ShotSize] = frozenset(
    {"medium", "medium-close-up", "close-up", "extreme-close-up"}
)
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
    held = known.get(panel.focus)
    if panel.size == "insert" and held is not None and lead.performer.holds == held.id:
        return _on_held(panel, lead, held, width, height, offset, yaw)
    tallest = _framed_on(panel, playing, lead, yaw)
    aim = _aim(panel, performer, lead, tallest, width / height, yaw)
    camera = frame.solve(aim, _pivot(panel, lead), width, height, offset)
    away = _level_distance(camera, lead.origin)
    marks = _everyone(panel, playing, lead, camera, stage, yaw, aim.at, away)
    things = _things(panel, known, camera, yaw, marks, panel.focus)
    return Plan(camera, tuple(marks), things, _away(camera, lead.origin))


def _pivot(panel: PanelScene, lead: Mark) -> Point:
    """Return what the camera centres across: the head in close shots, else the feet."""
    if panel.size in _HEADS:
        return block.head_of(lead)
    return lead.origin


def _framed_on(
    panel: PanelScene, playing: Sequence[tuple[Performer, Identity]], lead: Mark, yaw: float
) -> Mark:
    """Return whose height sets the frame: in a wide shot a giant must fit beside a child."""
    if panel.size not in _WHOLE or panel.size == "medium-wide":
        return lead
    others = [_lead(p, i, yaw) for p, i in playing if p.id not in {lead.performer.id, panel.over}]
    tallest = max([lead, *others], key=lambda mark: mark.body.height)
    return tallest if tallest.body.height > 1.35 * lead.body.height else lead


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
    """Put a body on its support: the seat under the hips, or the soles on the top."""
    if support is None:
        return mark
    does = mark.performer.does
    if does not in {"sit", "stand", "lie", "sleep", "kneel", "walk", "climb", "fall"}:
        mark = replace(mark, performer=mark.performer.model_copy(update={"does": "sit"}))
        mark = replace(mark, phase=1.0)
        does = "sit"
    body = body_of(mark.identity, does, mark.phase, supported=True)
    x, y, z = support.position
    level = y - body.hip if support.seat and does == "sit" else y
    return replace(mark, origin=(x, level, z), supported=True, body=body)


def _aim(
    panel: PanelScene, performer: Performer, lead: Mark, tallest: Mark, ratio: float, yaw: float
) -> frame.Aim:
    ground = lead.origin[1]
    measure = max(lead.identity.height_m, 1.25 * 2 * lead.body.depth * (lead.identity.kind != "human"))
    if tallest is not lead:
        span = frame.span_of(panel.size, tallest.body, tallest.identity.height_m)
        if panel.size == "wide":
            span = replace(span, high_at=span.low_at - 0.58)
    elif lead.supported and ground > 0.4 and panel.size in {"wide", "extreme-wide"}:
        top = ground + lead.body.height
        span = frame.Span(0.0, top, 0.9, 0.26 if panel.size == "wide" else 0.5)
    else:
        span = frame.span_of(panel.size, lead.body, measure, ground)
    if panel.size in {"wide", "full"}:
        span = frame.widened(span, 2 * block.across(lead, yaw) / 0.86, ratio)
    at = performer.at
    if performer.facing in _LOOK_ROOM and abs(at) < 0.05 and lead.group == 1:
        at = _LOOK_ROOM[performer.facing]
    edge = _EDGE[panel.size]
    if panel.over:
        at = 0.24 if at >= 0 else -0.24
    low_seat = lead.supported and panel.size in {"wide", "extreme-wide"}
    eye = frame.eye_level(
        panel.size, (0.0 if low_seat else ground) + lead.body.eye_height, measure
    )
    lens = frame.LENSES[panel.size]
    if panel.over:
        lens = min(lens, 55.0)
    return frame.Aim(span, min(max(at, -edge), edge), lens, panel.angle, eye, yaw)


def _on_held(
    panel: PanelScene,
    lead: Mark,
    held: Prop,
    width: int,
    height: int,
    offset: tuple[float, float],
    yaw: float,
) -> Plan:
    """Build the frame on a thing in a hand: find where the hand carries it, then go there."""
    plain = frame.span_of("medium-wide", lead.body, lead.identity.height_m, lead.origin[1])
    aim = frame.Aim(plain, 0.0, 50.0, "eye-level", lead.origin[1] + lead.body.eye_height, yaw)
    camera = frame.solve(aim, lead.origin, width, height)
    shapes = shapes_of(
        lead.identity,
        camera,
        action=lead.performer.does,
        phase=lead.phase,
        origin=lead.origin,
        heading=lead.heading,
        holds=held,
        supported=lead.supported,
        seed=seed_of(lead.identity.id, lead.member),
    )
    seen = [shape.points for shape in shapes if shape.owner == held.id]
    if not seen:
        return _on_thing(panel, held, (), supports(panel.setting), width, height, offset, yaw)
    points = np.concatenate(seen)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = camera.scale_at(lead.origin)
    right, up, _ = camera.axes()
    off = (low + high) / 2 - np.array([width / 2, height / 2])
    depth = _away(camera, lead.origin)
    centre = np.array(camera.position) + camera.axes()[2] * depth
    centre = centre + right * float(off[0]) / scale - up * float(off[1]) / scale
    tall = max(float(high[1] - low[1]), float(high[0] - low[0]) * height / width) / scale / 0.66
    span = frame.Span(float(centre[1]) - tall / 2, float(centre[1]) + tall / 2, 1.0, 0.0)
    eye = float(centre[1]) + tall * 0.3
    near = frame.Aim(span, 0.0, frame.LENSES["insert"], panel.angle, eye, yaw)
    pivot = (float(centre[0]), float(centre[1]), float(centre[2]))
    shot = frame.solve(near, pivot, width, height, offset)
    return Plan(shot, (lead,), (), _away(shot, pivot))


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
    origin = np.array(block.on_ground(camera, yaw, side * 0.8, away))
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
    eye = frame.eye_level(size, _PERSON.eye_height, _PERSON.height)
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
