"""Outlines that the set is drawn from: blobs, hulls, boxes, columns."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.view import Point


@lru_cache(maxsize=64)
def lobes(variant: int, count: int = 9, depth: float = 0.16) -> NDArray[np.float64]:
    """Return a scalloped round outline of radius about 1, (N, 2), y up: foliage, cloud, bush."""
    rng = np.random.default_rng(variant + 101)
    starts = np.sort((np.arange(count) + rng.uniform(-0.28, 0.28, count)) / count)
    ends = np.append(starts[1:], starts[0] + 1)
    reach = rng.uniform(0.86, 1.08, count)
    points: list[tuple[float, float]] = []
    for start, end, far in zip(starts, ends, reach, strict=True):
        for step in (0.0, 0.12, 0.27, 0.42, 0.58, 0.73, 0.88):
            angle = (start + (end - start) * step) * 2 * np.pi
            bulge = far * (1 - depth + depth * 1.25 * sin(step * np.pi))
            points.append((cos(angle) * bulge, sin(angle) * bulge))
    return np.array(points)


@lru_cache(maxsize=16)
def ring(count: int = 20) -> NDArray[np.float64]:
    """Return the unit circle as (count, 2)."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


@lru_cache(maxsize=32)
def pebble(variant: int, count: int = 7) -> NDArray[np.float64]:
    """Return an irregular convex outline of radius about 1: rock, leaf, petal, stone."""
    rng = np.random.default_rng(variant + 7)
    angle = (np.arange(count) + rng.uniform(-0.3, 0.3, count)) / count * 2 * np.pi
    reach = rng.uniform(0.8, 1.1, count)
    return np.stack([np.cos(angle) * reach, np.sin(angle) * reach], axis=1)


def above(at: Point | NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Return the point `height` metres over `at`."""
    return np.asarray(at, dtype=np.float64) + np.array([0.0, height, 0.0])


def beside(
    origin: NDArray[np.float64],
    across: NDArray[np.float64],
    front: NDArray[np.float64],
    x: float,
    y: float,
    z: float,
) -> Point:
    """Return the world point x across, y up and z to the front of a piece's origin."""
    spot = origin + across * x + front * z
    return float(spot[0]), float(spot[1]) + y, float(spot[2])


def disc(
    easel: Easel,
    at: Point | NDArray[np.float64],
    rx: float,
    rz: float,
    style: Style,
    count: int = 18,
) -> None:
    """Add a flat ellipse that lies level at `at`."""
    easel.face(_level_ring(count) * (rx, 0.0, rz) + at, style)


@lru_cache(maxsize=16)
def _level_ring(count: int) -> NDArray[np.float64]:
    """The unit circle lying on the ground, (count, 3)."""
    circle = ring(count)
    return np.stack([circle[:, 0], np.zeros(count), circle[:, 1]], axis=1)


def limb(
    easel: Easel, spine: NDArray[np.float64], radii: NDArray[np.float64], style: Style
) -> None:
    """Add a tapering round limb along (N, 3) metres with (N,) radii, as one outline."""
    easel.limb(spine, radii, style)


def normals(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return unit vectors square to an (N, 2) path at each of its points."""
    along = np.empty_like(path)
    along[0], along[-1] = path[1] - path[0], path[-1] - path[-2]
    along[1:-1] = path[2:] - path[:-2]
    side = along[:, ::-1] * (-1.0, 1.0)
    return side / np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)[:, None]


def column(
    easel: Easel, at: Point, radius: float, top: float, style: Style, taper: float = 1.0
) -> None:
    """Add an upright round column from `at` to height `top` above it."""
    foot = np.asarray(at, dtype=np.float64)
    spine = foot + np.array([[0, 0, 0], [0, top, 0]], dtype=np.float64)
    _, deep = easel.project(spine)
    if deep.min() < 0.2:
        return
    half = radius * easel.camera.pixels_per_tangent / float(deep[0])
    easel.card(
        at,
        [(-radius, 0), (-radius * taper, top), (radius * taper, top), (radius, 0)],
        style._replace(form=half * 0.6),
    )


def box(
    easel: Easel, at: Point, size: Point, turn: float, style: Style, top: Tone | None = None
) -> None:
    """Add a box standing at `at` (centre of its foot): width, height, depth in metres."""
    corners = box_corners(at, size, turn)
    eye = np.asarray(easel.camera.position)
    yaw = radians(turn)
    across, front = np.array([cos(yaw), 0, -sin(yaw)]), np.array([sin(yaw), 0, cos(yaw)])
    faces = (
        ((0, 1, 2, 3), np.array([0.0, -1.0, 0.0])),
        ((0, 1, 5, 4), -front),
        ((1, 2, 6, 5), across),
        ((2, 3, 7, 6), front),
        ((3, 0, 4, 7), -across),
        ((4, 5, 6, 7), np.array([0.0, 1.0, 0.0])),
    )
    for indices, normal in faces:
        quad = corners[list(indices)]
        if float((eye - quad.mean(axis=0)) @ normal) <= 0:
            continue
        colour = top if top and normal[1] > 0 else style.colour
        shade = easel.facing(normal)
        easel.face(
            quad,
            Style(
                style.role,
                colour,
                0.0,
                max(shade, style.shade),
                style.outline,
                style.alpha,
                style.glow,
                mix(colour, (40, 34, 50), 0.12) if normal[1] == 0 else None,
            ),
        )


def box_corners(at: Point, size: Point, turn: float) -> NDArray[np.float64]:
    """Return the eight corners of a box: four of the foot (back edge first), four of the top."""
    width, height, deep = size
    yaw = radians(turn)
    across, front = np.array([cos(yaw), 0, -sin(yaw)]), np.array([sin(yaw), 0, cos(yaw)])
    foot = np.array(
        [
            -across * width / 2 - front * deep / 2,
            across * width / 2 - front * deep / 2,
            across * width / 2 + front * deep / 2,
            -across * width / 2 + front * deep / 2,
        ]
    ) + np.asarray(at, dtype=np.float64)
    return np.concatenate([foot, foot + np.array([0.0, height, 0.0])])


def frame_of(
    piece_at: Point, turn: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return origin, across and front unit vectors of a piece."""
    yaw = radians(turn)
    return (
        np.asarray(piece_at, dtype=np.float64),
        np.array([cos(yaw), 0.0, -sin(yaw)]),
        np.array([sin(yaw), 0.0, cos(yaw)]),
    )


def plane(
    origin: NDArray[np.float64],
    across: NDArray[np.float64],
    points: list[tuple[float, float]] | NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the world points of (N, 2) metres on an upright plane: along `across` and up."""
    flat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    world = flat[:, :1] * across
    world += origin
    world[:, 1] += flat[:, 1]
    return world


def rect(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    """Return the corners of a rectangle in metres, from the lower left, anticlockwise."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def arch(
    x: float, y0: float, half: float, tall: float, point: float = 1.0
) -> list[tuple[float, float]]:
    """Return an arched opening: half width, height to the spring, and how pointed its top is."""
    angle = np.linspace(0, np.pi, 9)
    curve = [(x + cos(float(a)) * half, y0 + tall + sin(float(a)) * half * point) for a in angle]
    return [(x - half, y0), (x + half, y0), *curve]


def halo(
    easel: Easel, at: Point | NDArray[np.float64], radius: float, tone: Tone, alpha: float
) -> None:
    """Add the soft light that hangs around a lamp, strongest in the middle."""
    for part in (1.0, 0.74, 0.5, 0.3):
        easel.ball(at, radius * part, ring(24), Style("light", tone, outline=0.0, alpha=alpha / 4))
