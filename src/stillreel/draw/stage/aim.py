"""Aiming: what of the subject the camera is asked to show, from where, and who looks at whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.body import Body
from stillreel.draw.stage import block, frame
from stillreel.draw.stage.block import seed_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.lens import Camera
    from stillreel.draw.stage.block import Mark, Point
    from stillreel.draw.stage.gate import Gate
    from stillreel.values.scene import PanelScene, ShotSize

WHOLE: frozenset[ShotSize] = frozenset({"extreme-wide", "wide", "full", "medium-wide"})
"""Sizes that keep whole bodies between the sides of the frame."""
_SHARED: frozenset[ShotSize] = frozenset({"medium-wide", "medium", "medium-close-up"})
"""Sizes that open up a little, so that the head of a smaller partner is seen."""
_OPENED = 2.1
_HEADROOM = 3.4
"""How far they open up for a taller one: a woman beside her dog keeps her head, a giant may not."""
_SMALLEST = 0.45
"""Metres: nothing alive is framed as if it were smaller, or a sparrow would be a landscape."""
_PLACED = frozenset({"extreme-wide", "wide"})
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
"""Where a single body stands that looks to one side: more room before the face than behind."""
_FLANK = 0.3
"""How far from the middle the head of such an animal stands."""
_BELOW = 0.14
"""Body heights a camera that looks up at a climber's face is under the eyes."""
_SHOULDER_AT = 0.24
_SHOULDER_LENS = 55.0
_PERSON = Body(1.7, 1.58, (0.0, 1.6, 0.0), 0.115, 0.25, 0.15, 0.9)
"""Whom an empty place is measured by."""


def yaw_of(panel: PanelScene) -> float:
    """Walk a little around the stage from shot to shot, as coverage does; degrees."""
    if panel.angle == "overhead":
        return 0.0
    drift = (seed_of("yaw", panel.id) % 19) - 9
    return float(drift) * (0.5 if panel.size in {"extreme-wide", "wide"} else 1.0)


def on_body(
    panel: PanelScene,
    lead: Mark,
    tallest: Mark,
    shoulder: Mark | None,
    others: Sequence[Mark],
    gate: Gate,
) -> Camera:
    """Return the camera for a shot whose subject is a body.

    Args:
        panel: the shot.
        lead: the subject, posed and on its support.
        tallest: whose height sets the frame; usually the subject.
        shoulder: the body we look past, or None.
        others: who shares the frame with the subject, posed.
        gate: the frame.
    """
    kind = lead.identity.kind
    length = 1.9 * lead.body.depth if kind not in {"human", "thing"} else 0.0
    measure = max(lead.identity.height_m, length, _SMALLEST)
    perched = lead.supported and (panel.size in _PLACED or _crowd(lead))
    span = _span(panel, lead, tallest, measure)
    laid = lead.performer.does in {"lie", "sleep"}
    if panel.size in {"wide", "full", "medium-wide"} and (laid or not perched):
        span = frame.widened(span, _row([lead, *others], gate.yaw) / 0.9, gate.ratio)
    if panel.size in _SHARED:
        span = _with_heads(span, others)
    if panel.size in block.FACES and panel.size != "extreme-close-up":
        # Upright frames are narrow: the heads must still fit across.
        heads = sum(mark.body.head_radius for mark in [lead, *others])
        span = frame.widened(span, 3.6 * heads, gate.ratio)
    ground = 0.0 if perched else lead.origin[1]
    eye = frame.eye_level(panel.size, ground + lead.body.eye_height, measure)
    if lead.supported and lead.performer.does in block.LYING:
        eye = max(eye, lead.origin[1] + 0.8 * measure)
    angle = panel.angle
    if lead.performer.does == "fall" and panel.size in block.FACES:
        # Down on the ground with the face, or only a hat is seen.
        angle = "eye-level" if angle == "high" else angle
        eye = max(lead.origin[1] + 1.1 * lead.body.eye_height, 0.26)
    elif lead.performer.does == "climb" and panel.size in block.FACES and angle == "low":
        # From far below, the raised arms and the brim of a hat hide the face.
        angle, eye = "eye-level", eye - _BELOW * measure
    lens = frame.LENSES[panel.size]
    if shoulder is not None:
        lens = min(lens, _SHOULDER_LENS)
        pixels = lens / 36.0 * gate.width
        distance = pixels * (span.high - span.low) / gate.height
        behind = shoulder.body.eye_height + 0.4 * shoulder.body.head_radius
        eye = min(max(behind, eye - 1.1 * distance), eye + 0.42 * distance)
    back = _back(panel)
    asked = frame.Aim(span, place_of(panel, lead), lens, angle, eye, gate.yaw, back)
    close = panel.size in block.FACES and not perched
    pivot = block.head_of(lead) if close else lead.origin
    return frame.solve(asked, pivot, gate.width, gate.height, gate.offset)


def _back(panel: PanelScene) -> float:
    """Return how far the camera can step back: the widest view of a room looks into it."""
    unlimited = panel.size != "extreme-wide"
    return float("inf") if unlimited else frame.BACK.get(panel.setting.kind, float("inf"))


def place_of(panel: PanelScene, lead: Mark) -> float:
    """Return where across the frame the subject goes, -1..1."""
    at = lead.performer.at
    if panel.over:
        return _SHOULDER_AT if at >= 0 else -_SHOULDER_AT
    if lead.performer.facing in _LOOK_ROOM and abs(at) < 0.05 and lead.group == 1:
        at = _LOOK_ROOM[lead.performer.facing]
    if (
        block.is_animal(lead.identity)
        and panel.size in block.PORTRAIT
        and len(panel.performers) == 1
    ):
        # The flank of a long body belongs outside the frame, the room before its nose inside.
        at = _FLANK * float(np.sign(_LOOK_ROOM.get(lead.performer.facing, at)))
    edge = _EDGE[panel.size]
    return min(max(at, -edge), edge)


def _span(panel: PanelScene, lead: Mark, tallest: Mark, measure: float) -> frame.Span:
    ground = lead.origin[1]
    if tallest is not lead:
        span = frame.span_of(panel.size, tallest.body, tallest.identity.height_m)
        if panel.size == "wide":
            span = replace(span, high_at=span.low_at - 0.58)
    elif lead.supported and ground > 0.4 and (panel.size in _PLACED or _crowd(lead)):
        # Someone up a tree: the tree and the ground under it belong to the picture.
        top = ground + lead.body.height
        crown = {"extreme-wide": 0.5, "wide": 0.26}.get(panel.size, 0.22)
        span = frame.Span(0.0, top, 0.9, crown)
    else:
        body, ground = _with_legs(lead)
        span = frame.span_of(panel.size, body, measure, ground)
        if block.is_animal(lead.identity) and lead.identity.kind != "bird":
            span = frame.of_animal(panel.size, span, body)
    return span


def _row(marks: Sequence[Mark], yaw: float) -> float:
    """Return the metres that bodies need beside each other."""
    return sum(2 * block.across(mark, yaw) * (0.75 * mark.group + 0.25) for mark in marks)


def _crowd(lead: Mark) -> bool:
    """Say whether several sit up there together, big enough to be seen from farther off."""
    return lead.group > 1 and lead.identity.height_m > 0.6


def _with_heads(span: frame.Span, others: Sequence[Mark]) -> frame.Span:
    """Return the span opened to the heads of partners, unless that would change the shot."""
    tall = span.high - span.low
    low, high = span.low, span.high
    for mark in others:
        chin = mark.body.head[1] - 1.5 * mark.body.head_radius
        if not mark.supported and span.high - chin <= _OPENED * tall:
            low = min(low, chin)
        if not mark.supported and mark.body.height - span.low <= _HEADROOM * tall:
            high = max(high, mark.body.height)
    return replace(span, low=low, high=high)


def _with_legs(lead: Mark) -> tuple[Body, float]:
    """Return the body measured from its soles, and where they are: legs hang below a seat."""
    body, level = lead.body, lead.origin[1]
    if not (lead.supported and lead.performer.does == "sit"):
        return body, level
    drop = min(max(level, 0.0), 0.29 * lead.identity.height_m)
    x, y, z = body.head
    lifted = replace(
        body,
        height=body.height + drop,
        eye_height=body.eye_height + drop,
        head=(x, y + drop, z),
        hip=body.hip + drop,
    )
    return lifted, level - drop


def on_nothing(panel: PanelScene, gate: Gate) -> Camera:
    """Return the camera of a shot of the place itself, sized as if a person stood there."""
    size: ShotSize = panel.size if panel.size in WHOLE else "full"
    span = frame.span_of(size, _PERSON, _PERSON.height)
    eye = frame.eye_level(size, _PERSON.eye_height, _PERSON.height)
    back = _back(panel)
    asked = frame.Aim(span, 0.0, frame.LENSES[size], panel.angle, eye, gate.yaw, back)
    return frame.solve(asked, (0.0, 0.0, 0.0), gate.width, gate.height, gate.offset)


def gaze_of(mark: Mark, marks: Sequence[Mark], camera: Camera) -> tuple[float, float]:
    """Return where the eyes go, right of frame and up, -1..1, for whom the performer looks at."""
    target = next((m for m in marks if m.performer.id == mark.performer.looks_at), None)
    if target is None:
        return 0.0, 0.0
    line = np.subtract(block.head_of(target), block.head_of(mark))
    right, up, _ = camera.axes()
    size = max(float(np.linalg.norm(line)), 1e-6)
    x, y = float(line @ right) / size * 1.1, float(line @ up) / size * 1.2
    return round(min(max(x, -1.0), 1.0), 3), round(min(max(y, -1.0), 1.0), 3)


def axis_depth(camera: Camera, point: Point) -> float:
    """Return metres along the optical axis to a world point."""
    return float(camera.project(point)[1][0])


def level_distance(camera: Camera, point: Point) -> float:
    """Return metres along the ground from under the camera to under a point, straight ahead."""
    ahead = camera.axes()[2]
    flat = np.array([ahead[0], 0.0, ahead[2]])
    flat /= max(float(np.linalg.norm(flat)), 1e-6)
    line = np.array([point[0] - camera.position[0], 0.0, point[2] - camera.position[2]])
    return max(float(line @ flat), 0.3)
