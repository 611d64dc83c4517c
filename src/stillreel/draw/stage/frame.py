"""Framing: the lens and the place of the camera that make a shot size and an angle true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.lens import Camera

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.body import Body
    from stillreel.values.scene import Angle, PlaceKind, ShotSize

Point = tuple[float, float, float]

LENSES: dict[ShotSize, float] = {
    "extreme-wide": 24.0,
    "wide": 32.0,
    "full": 40.0,
    "medium-wide": 45.0,
    "medium": 50.0,
    "medium-close-up": 65.0,
    "close-up": 85.0,
    "extreme-close-up": 100.0,
    "insert": 85.0,
}
"""Focal length in millimetres that belongs to a shot size."""

DEFOCUS: dict[ShotSize, float] = {
    "extreme-wide": 0.0,
    "wide": 0.7,
    "full": 1.6,
    "medium-wide": 3.0,
    "medium": 4.6,
    "medium-close-up": 7.5,
    "close-up": 10.5,
    "extreme-close-up": 14.0,
    "insert": 10.0,
}
"""Blur of what is infinitely far, as sigma in pixels of a 1080-line frame."""

_STANDING: dict[ShotSize, tuple[float, float]] = {
    "extreme-wide": (0.80, 0.14),
    "wide": (0.88, 0.47),
    "full": (0.945, 0.825),
}
"""Where the soles fall in the frame, and the share of its height a whole body takes."""
_LEAST: dict[ShotSize, float] = {"extreme-wide": 0.8, "wide": 0.85}
"""Metres a wide frame is measured by at least: a sparrow is small in a landscape."""
_PAWS: dict[ShotSize, tuple[float, float]] = {"full": (0.88, 0.74), "wide": (0.88, 0.42)}
"""The same for animals, whose stride and shadow need room below them."""
_CHEST: dict[ShotSize, float] = {"medium-close-up": 2.9, "close-up": 2.4}
"""Head radii from the crown of a four-legged one down to where such a shot ends."""
_TILT = {"low": -20.0, "high": 30.0, "overhead": 74.0}
_ROLL = 11.0
_WIDENED = 1.6
"""A frame opens at most this much for width; beyond, bodies overlap."""
_FILLED = 0.75
"""Share of the frame's height a subject may fill where the camera cannot step back."""
_INSIDE = 0.07
"""Share of the frame that is kept free around heads that go through an action."""
_LOWEST = 0.16
"""A camera cannot be lower than this, metres."""


BACK: dict[PlaceKind, float] = {"room": 5.6, "vehicle": 5.0, "hall": 13.0}
"""Metres from the stage where the audience sits: the widest view of an interior is cut away."""


@dataclass(frozen=True, slots=True)
class Span:
    """The part of the subject that must fill a part of the frame's height."""

    low: float
    """World height in metres of the lower mark."""
    high: float
    low_at: float
    """Where it falls: 0 top of the frame, 1 bottom."""
    high_at: float


def span_of(size: ShotSize, body: Body, standing: float, ground: float = 0.0) -> Span:
    """Return which part of a posed body a shot size shows, and how high in the frame.

    Args:
        size: the shot size.
        body: the subject in its pose.
        standing: the subject's measure when upright, metres; for a long animal, its length.
        ground: height of the subject's support, metres.
    """
    head, radius = ground + body.head[1], body.head_radius
    if size in _STANDING:
        foot, share = _STANDING[size]
        tall = max(body.height, 0.5 * standing, _LEAST.get(size, 0.0))
        return Span(ground, ground + tall, foot, foot - share)
    if size == "insert":
        middle = ground + body.hip * 1.05
        return Span(middle - 0.13 * standing, middle + 0.13 * standing, 1.0, 0.0)
    if size == "extreme-close-up":
        return Span(head - 0.80 * radius, head + 0.62 * radius, 1.0, 0.0)
    # The head, not the highest point: raised arms, tails and horns may leave the frame.
    crown = head + 1.12 * radius
    if size == "close-up":
        return Span(head - 1.95 * radius, crown, 1.0, 0.07)
    shown = {
        "medium-wide": 0.74 * standing,
        "medium": 0.47 * standing,
        "medium-close-up": max(0.31 * standing, 3.6 * radius),
    }[size]
    if body.height < 0.4 * standing:
        return Span(head - 0.46 * shown, head + 0.54 * shown, 1.0, 0.0)
    return Span(crown - shown, crown, 1.0, 0.095)


def of_animal(size: ShotSize, span: Span, body: Body) -> Span:
    """Return the span of a shot whose subject is an animal: its paws, or its head and chest."""
    if size in _PAWS:
        foot, share = _PAWS[size]
        return replace(span, low_at=foot, high_at=foot - share)
    if size in _CHEST:
        return replace(span, low=span.high - _CHEST[size] * body.head_radius)
    return span


def widened(span: Span, wide: float, ratio: float) -> Span:
    """Return the span grown so that `wide` metres fit across a frame of `ratio` width to height."""
    share = span.low_at - span.high_at
    tall = (span.high - span.low) / share
    need = min(wide / ratio, _WIDENED * tall)
    if need <= tall:
        return span
    grown = need * share
    return Span(
        span.low - (grown - span.high + span.low) * 0.35,
        span.high + (grown - span.high + span.low) * 0.65,
        span.low_at,
        span.high_at,
    )


@dataclass(frozen=True, slots=True)
class Aim:
    """What the camera is asked to do."""

    span: Span
    at: float
    """Horizontal place of the subject, -1 left edge to 1 right edge."""
    lens: float
    angle: Angle
    eye: float
    """Height of the camera at eye level, metres."""
    yaw: float = 0.0
    """Degrees the camera has walked around the subject, positive to its right."""
    back: float = float("inf")
    """Metres the camera can step back at most: a room ends."""


def solve(
    aim: Aim, subject: Point, width: int, height: int, offset: tuple[float, float] = (0.0, 0.0)
) -> Camera:
    """Return the camera that puts the span of the subject where it was asked.

    Distance and tilt are found by projecting the two marks and correcting, because every angle
    foreshortens them in its own way.
    """
    wanted_low, wanted_high = aim.span.low_at * height, aim.span.high_at * height
    pixels = aim.lens / 36.0 * width
    tall = aim.span.high - aim.span.low
    distance = pixels * tall / max(wanted_low - wanted_high, 1.0)
    farthest = max(aim.back, pixels * tall / (_FILLED * height))
    distance = min(distance, farthest)
    aimed = (aim.span.low + aim.span.high) / 2
    camera = _camera(aim, subject, distance, aimed, width, height)
    for _ in range(9):
        marks = [(subject[0], aim.span.low, subject[2]), (subject[0], aim.span.high, subject[2])]
        screen, _ = camera.project(marks)
        seen_low, seen_high = float(screen[0, 1]), float(screen[1, 1])
        if aim.angle != "overhead":
            reach = max(seen_low - seen_high, 0.25 * (wanted_low - wanted_high))
            distance *= min(max(reach / (wanted_low - wanted_high), 0.5), 2.0)
            distance = min(distance, farthest)
        off = (seen_low + seen_high - wanted_low - wanted_high) / 2
        aimed -= off * distance / pixels
        camera = _camera(aim, subject, distance, aimed, width, height)
    return Camera(
        camera.position,
        camera.target,
        aim.lens,
        width,
        height,
        camera.roll,
        offset,
    )


def kept(camera: Camera, spots: Sequence[tuple[Point, float]]) -> Camera:
    """Return the camera moved as little as brings all of some balls inside its frame.

    Args:
        camera: as the shot size wants it.
        spots: world centres and radii in metres: heads on their way through an action.
    """
    for _ in range(6):
        screen, depth = camera.project([spot for spot, _ in spots])
        depth = np.maximum(depth, 0.3)
        seen = screen - np.array(camera.offset)
        size = np.array([radius for _, radius in spots]) * camera.pixels_per_tangent / depth
        frame = np.array([camera.width, camera.height], float)
        low = (seen - size[:, None]).min(axis=0) - _INSIDE * frame
        high = (seen + size[:, None]).max(axis=0) - (1 - _INSIDE) * frame
        if low.min() >= -0.5 and high.max() <= 0.5:
            return camera
        away = float(depth.mean())
        right, up, ahead = camera.axes()
        step = np.zeros(3)
        share = float(((high - low) / ((1 - 2 * _INSIDE) * frame)).max()) + 1.0
        if share > 1.0:
            step -= ahead * away * (share - 1.0)
            away *= share
        # Too far at both ends is for stepping back alone; else the nearer edge gives way.
        off = np.where(low < 0, np.where(high > 0, (low + high) / 2, low), np.maximum(high, 0.0))
        step += (right * float(off[0]) - up * float(off[1])) * away / camera.pixels_per_tangent
        x, y, z = _moved(camera.position, step)
        lowest = min(_LOWEST, camera.position[1])
        target = _moved(camera.target, step)
        camera = replace(camera, position=(x, max(y, lowest), z), target=target)
    return camera


def _moved(point: Point, step: NDArray[np.float64]) -> Point:
    return point[0] + float(step[0]), point[1] + float(step[1]), point[2] + float(step[2])


def _camera(
    aim: Aim, subject: Point, distance: float, aimed: float, width: int, height: int
) -> Camera:
    turn = radians(aim.yaw)
    toward = np.array([sin(turn), 0.0, cos(turn)])
    right = np.array([cos(turn), 0.0, -sin(turn)])
    pixels = aim.lens / 36.0 * width
    side = aim.at * width / 2 * distance / pixels
    foot = np.array([subject[0], 0.0, subject[2]]) - right * side
    if aim.angle in _TILT:
        tilt = radians(_TILT[aim.angle])
        level = (aim.span.low + aim.span.high) / 2 + distance * sin(tilt)
        away = distance * cos(tilt)
    else:
        level, away = aim.eye, distance
    level = max(level, _LOWEST)
    position = foot + toward * away + np.array([0.0, level, 0.0])
    target = foot + np.array([0.0, aimed, 0.0])
    roll = _ROLL if aim.angle == "dutch" else 0.0
    return Camera(
        (float(position[0]), float(position[1]), float(position[2])),
        (float(target[0]), float(target[1]), float(target[2])),
        aim.lens,
        width,
        height,
        roll,
    )


def eye_level(size: ShotSize, eye: float, standing: float) -> float:
    """Return the height of a camera at eye level: wide shots of giants stay with people."""
    eye = max(eye, 0.42 * standing)
    if size == "extreme-wide":
        return max(2.1, 0.5 * eye)
    if size in {"wide", "full"}:
        # Low over the ground, but for a small animal no higher than keeps it in the frame.
        return min(max(eye * 0.86, min(0.55, eye * 1.15)), max(1.7, eye * 0.35))
    return eye


def defocus(size: ShotSize, depth: float, focus: float, *, standing_on: bool = False) -> float:
    """Return the lens blur of something `depth` metres away, as sigma on a 1080-line frame.

    Args:
        size: the shot size, which sets lens and aperture.
        depth: metres from the camera.
        focus: metres to the subject.
        standing_on: True for the ground sheet the subject stands on, which holds things behind.
    """
    away = abs(depth - focus) / max(depth, 0.05)
    if standing_on and size in {
        "medium",
        "medium-close-up",
        "close-up",
        "extreme-close-up",
        "insert",
    }:
        away = max(away, 0.62)
    return round(DEFOCUS[size] * min(away, 2.0), 2)
