"""Blocking: where every performer stands, sits and faces, in metres, so that the frame agrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, radians, sin
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from stillreel.draw.stage.cast import body_of, member_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.body import Body
    from stillreel.draw.lens import Camera
    from stillreel.draw.stage.gate import Gate
    from stillreel.values.scene import (
        Action,
        Facing,
        Identity,
        PanelScene,
        Performer,
        Prop,
        ShotSize,
    )

Point = tuple[float, float, float]

HEADINGS: dict[Facing, float] = {
    "camera": 0.0,
    "front-left": -42.0,
    "front-right": 42.0,
    "left": -88.0,
    "right": 88.0,
    "back-left": -138.0,
    "back-right": 138.0,
    "away": 180.0,
}
"""Degrees of a body's heading as seen from the camera; negative looks to frame left."""

REACH = {"near": 0.74, "middle": 1.0, "far": 1.75}
"""Distance from the camera, as a multiple of the middle ground."""

STILL_PHASE: dict[Action, float] = {
    "run": 0.02,
    "turn": 0.75,
    "sit": 1.0,
    "kneel": 1.0,
    "lie": 1.0,
    "fall": 0.45,
    "reach": 0.55,
    "look": 0.25,
    "dance": 0.25,
    "play": 0.3,
    "eat": 0.3,
    "fight": 0.25,
    "swim": 0.25,
}
"""The moment of an action that tells it best in a still; others show their beginning."""

ONE_WAY: frozenset[str] = frozenset({"sit", "kneel", "lie", "fall", "turn"})
"""Actions that end in a pose instead of coming round."""

STRIDE = {"walk": 1.333, "run": 3.12}
"""Leg lengths a body travels in one cycle, so that the standing foot stays where it is."""

LYING = frozenset({"lie", "sleep", "fall"})
"""Actions that end flat; seen along the body they cannot be read, so it lies across the frame."""
_ACROSS: dict[Facing, float] = {
    "front-left": -66.0,
    "front-right": 66.0,
    "back-left": -114.0,
    "back-right": 114.0,
}
"""Headings of bodies that fall, where others would turn farther toward the camera."""
_LAID: dict[Facing, float] = {
    "front-left": -84.0,
    "front-right": 84.0,
    "back-left": -96.0,
    "back-right": 96.0,
}
"""The same of bodies that lie: less across, and a brim would hide the face."""
CLOSE: frozenset[ShotSize] = frozenset({"close-up", "extreme-close-up", "insert"})
"""Sizes that show one subject only."""
FACES: frozenset[ShotSize] = frozenset(
    {"medium", "medium-close-up", "close-up", "extreme-close-up"}
)
"""Sizes that are about a face."""
_CLIMBING = 74.0
"""Degrees a climber is turned in such a shot, farther arm up: the nearer would hide the face."""
PORTRAIT: frozenset[ShotSize] = frozenset({"medium-close-up", "close-up"})
"""Sizes that show an animal's head and chest."""
_CHESTED: dict[Facing, float] = {
    "front-left": -48.0,
    "front-right": 48.0,
    "left": -60.0,
    "right": 60.0,
}
"""Headings of animals in such a shot: the chest is seen, the tail is beside the frame."""

_CLOSE_ACTIONS = frozenset({"embrace", "fight", "dance"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One body on the stage."""

    performer: Performer
    identity: Identity
    member: int
    origin: Point
    heading: float
    """World degrees: 0 faces +z, 90 faces +x."""
    body: Body
    phase: float
    supported: bool = False
    group: int = 1


_TOPPLED = 0.4
"""Share of its height beyond which a body's head no longer stands over its feet."""


def in_hand(prop: Prop, identity: Identity) -> Prop:
    """Return a held thing at the size its owner needs: a giant's axe is a giant axe."""
    grown = 0.8 * identity.height_m / 1.75
    if identity.kind != "human" or grown <= 1.1:
        return prop
    return prop.model_copy(update={"size_m": min(prop.size_m * grown, 20.0)})


def seed_of(*parts: object) -> int:
    """Return a stable 31-bit seed of names."""
    return crc32("/".join(str(part) for part in parts).encode()) & 0x7FFFFFFF


def turned(point: Point, heading: float) -> Point:
    """Return a point of a body in world axes around its origin."""
    turn = radians(heading)
    x, y, z = point
    return x * cos(turn) + z * sin(turn), y, z * cos(turn) - x * sin(turn)


def head_of(mark: Mark, phase: float | None = None) -> Point:
    """Return where a body's head is in the world, in the still or at another phase."""
    body = mark.body
    if phase is not None:
        body = body_of(mark.identity, mark.performer.does, phase, supported=mark.supported)
    x, y, z = turned(body.head, mark.heading)
    return mark.origin[0] + x, mark.origin[1] + y, mark.origin[2] + z


def toppled(mark: Mark) -> NDArray[np.float64]:
    """Return from feet to head along the ground, in metres; nothing while the body stands."""
    if is_animal(mark.identity):
        # Four legs carry their head in front of them all the time.
        return np.zeros(3)
    x, _, z = turned(mark.body.head, mark.heading)
    away = np.array([x, 0.0, z])
    return away if np.hypot(x, z) > _TOPPLED * mark.body.height else np.zeros(3)


def lean(mark: Mark, gate: Gate) -> NDArray[np.float64]:
    """Return from where a body stands to what is put in its place in the frame, on the ground.

    Close shots are placed by the head, others by the middle of a toppled body.
    """
    if is_animal(mark.identity):
        x, _, z = turned(mark.body.head, mark.heading)
        return np.array([x, 0.0, z]) * (gate.size in PORTRAIT)
    if gate.size in FACES or gate.size in CLOSE:
        return toppled(mark)
    # Who falls stands at the feet, who lies is at the middle already.
    return toppled(mark) * (0.5 if mark.performer.does == "fall" else 0.0)


def across(mark: Mark, yaw: float) -> float:
    """Return half the width in metres that a body takes across the frame."""
    turn = abs(sin(radians(mark.heading - yaw)))
    return mark.body.half_width * (1 - turn) + mark.body.depth * turn


def cast_list(panel: PanelScene, cast: Sequence[Identity]) -> list[tuple[Performer, Identity]]:
    """Return who plays in the panel, the performers whose identity is known."""
    known = {identity.id: identity for identity in cast}
    return [(p, known[p.id]) for p in panel.performers if p.id in known]


def still_phase(performer: Performer, member: int, gate: Gate) -> float:
    """Return the moment of the action a still shows, a little different for each of a group.

    A close shot cannot go with a falling head, so it shows who has fallen.
    """
    start = STILL_PHASE.get(performer.does, 0.0)
    over = (
        (performer.id, performer.does) in gate.settled
        or gate.size in FACES
        or gate.size == "insert"
    )
    if performer.does == "fall" and over:
        return 1.0
    if performer.does == "climb" and gate.size in FACES and performer.facing.endswith("left"):
        return 0.5
    if performer.does in ONE_WAY or member == 0:
        return start
    return (start + 0.37 * member) % 1.0


def heading_of(
    performer: Performer, identity: Identity, member: int, gate: Gate, group: int
) -> float:
    """Return the world heading that shows the asked facing to the camera of a shot."""
    facing = HEADINGS[performer.facing]
    if performer.does in LYING and performer.on == "bed":
        return 0.0
    if performer.does in LYING and performer.facing in {"camera", "away"}:
        facing = 88.0 if seed_of("lies", performer.id) % 2 else -88.0
    elif performer.does in LYING:
        flat = _ACROSS if performer.does == "fall" else _LAID
        facing = flat.get(performer.facing, facing)
    elif performer.does == "climb" and gate.size in FACES and 0 < abs(facing) < 90:
        facing = _CLIMBING if facing > 0 else -_CLIMBING
    elif is_animal(identity) and gate.size in FACES:
        facing = _CHESTED.get(performer.facing, facing)
    if group > 1:
        facing += ((seed_of(performer.id, member) % 41) - 20) * 0.9
    return facing + gate.yaw


def is_animal(identity: Identity) -> bool:
    """Say whether a body is an animal's: longer than it is wide, its head in front of it."""
    return identity.kind not in {"human", "thing"}


def members(performer: Performer, identity: Identity) -> int:
    """Return how many bodies of a performer are in frame."""
    return min(performer.seen or identity.members, max(identity.members, 1), 7)


def posed(performer: Performer, identity: Identity, member: int, gate: Gate, group: int) -> Mark:
    """Return a body at the stage centre, posed and turned, to be placed."""
    one = member_of(identity, member)
    phase = still_phase(performer, member, gate)
    return Mark(
        performer=performer,
        identity=one,
        member=member,
        origin=(0.0, 0.0, 0.0),
        heading=heading_of(performer, one, member, gate, group),
        body=body_of(one, performer.does, phase),
        phase=phase,
        group=group,
    )


def rows(count: int) -> list[tuple[float, float]]:
    """Return (across, back) places of a group, in shoulder widths: an uneven clump, not a queue."""
    shapes: dict[int, list[tuple[float, float]]] = {
        1: [(0.0, 0.0)],
        2: [(-0.62, 0.0), (0.62, 0.35)],
        3: [(-1.05, 0.1), (0.05, -0.25), (1.1, 0.3)],
        4: [(-1.5, 0.25), (-0.5, -0.3), (0.6, 0.1), (1.55, -0.15)],
        5: [(-1.9, 0.2), (-0.95, -0.4), (0.0, 0.35), (0.95, -0.3), (1.9, 0.25)],
        6: [(-2.3, 0.1), (-1.4, -0.5), (-0.45, 0.4), (0.5, -0.4), (1.4, 0.3), (2.3, -0.2)],
    }
    if count in shapes:
        return shapes[count]
    return [*shapes[6], (0.05, 1.2)]


def half_width(mark: Mark, camera: Camera, yaw: float) -> float:
    """Return half the width of a body on screen, in pixels."""
    wide = max(across(mark, yaw), 0.11 * mark.body.height)
    return wide * camera.scale_at(mark.origin)


def on_ground(camera: Camera, yaw: float, at: float, away: float) -> Point:
    """Return the world point `away` metres from the camera that falls at `at` across the frame."""
    turn = radians(yaw)
    right = np.array([cos(turn), 0.0, -sin(turn)])
    ahead = -np.array([sin(turn), 0.0, cos(turn)])
    reach = at * camera.width / 2 / camera.pixels_per_tangent * away
    foot = np.array([camera.position[0], 0.0, camera.position[2]]) + ahead * away + right * reach
    return float(foot[0]), 0.0, float(foot[2])


def spread_out(
    marks: list[Mark], camera: Camera, gate: Gate, *, inside: bool, keep: Mark | None
) -> list[Mark]:
    """Push apart bodies that would stand in each other, and keep them in the frame.

    Args:
        marks: placed bodies; those with a support stay where they are.
        camera: the camera of the panel.
        gate: the frame.
        inside: True to keep whole bodies between the frame's edges, False only heads.
        keep: the body the frame was built on, which others make room for.
    """
    # A leaning body was placed by its head; its feet may well lie outside a close frame.
    free = [i for i, mark in enumerate(marks) if not mark.supported and not lean(mark, gate).any()]
    placed = list(marks)
    turn = radians(gate.yaw)
    right = np.array([cos(turn), 0.0, -sin(turn)])
    middle = {i: float(camera.project(placed[i].origin)[0][0, 0]) for i in free}
    half = {i: half_width(placed[i], camera, gate.yaw) for i in free}
    depth = {i: float(camera.project(placed[i].origin)[1][0]) for i in free}
    for _ in range(12):
        order = sorted(free, key=lambda i: (middle[i], i))
        for one, two in pairwise(order):
            together = {placed[one].performer.does, placed[two].performer.does}
            near = min(depth[one], depth[two]) / max(depth[one], depth[two])
            need = (half[one] + half[two]) * (0.5 if together & _CLOSE_ACTIONS else 1.02)
            need *= (1.12 if inside else 1.0) if near > 0.9 else 0.62
            gap = middle[two] - middle[one]
            if gap < need:
                push = need - gap + 0.5
                give = 0.0 if _same(placed[one], keep) else 1.0 if _same(placed[two], keep) else 0.5
                middle[one] -= push * give
                middle[two] += push * (1 - give)
        for i in free:
            mark = placed[i]
            head = 1.5 * mark.body.head_radius * camera.scale_at(mark.origin)
            edge = min(half[i] * 1.08 if inside else head, camera.width / 2)
            low, high = camera.offset[0] + edge, camera.offset[0] + camera.width - edge
            middle[i] = min(max(middle[i], low), high)
    for i in free:
        mark = placed[i]
        seen = float(camera.project(mark.origin)[0][0, 0])
        step = (middle[i] - seen) / camera.scale_at(mark.origin)
        moved = np.array(mark.origin) + right * step
        placed[i] = replace(mark, origin=(float(moved[0]), mark.origin[1], float(moved[2])))
    return placed


def _same(mark: Mark, keep: Mark | None) -> bool:
    return (
        keep is not None and mark.performer.id == keep.performer.id and mark.member == keep.member
    )
