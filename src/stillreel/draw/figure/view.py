"""Seeing a body through the camera: fast projection, and outlines of joined convex volumes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.lens import NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.lens import Camera

    Array = NDArray[np.float64]

_SHIFT = 5
_FEWEST_CELLS = 26
_MOST_CELLS = 230


class View:
    """A camera with its axes worked out once."""

    def __init__(self, camera: Camera, centre: Array, height: float) -> None:
        """Prepare to draw something `height` metres tall around `centre`."""
        self.camera = camera
        self.axes = camera.axes()
        self.position = np.asarray(camera.position, dtype=np.float64)
        self.focal = camera.pixels_per_tangent
        self.middle = np.array(
            [camera.width / 2 + camera.offset[0], camera.height / 2 + camera.offset[1]]
        )
        depth = float((centre - self.position) @ self.axes[2])
        self.pixels = self.focal / max(depth, NEAR)
        """Pixels per metre at the centre of the figure."""
        self.tall = self.pixels * height
        """Pixels the whole figure is tall."""
        spread = 1.1 * self.tall + 2.0
        where = self.project(centre)
        edge = np.array([camera.width, camera.height]) / 2 + 0.6 * max(camera.width, camera.height)
        self.whole = bool(np.all(np.abs(where - self.middle) + spread < edge)) and depth > height
        """True when the figure lies so well inside the frame that nothing need be checked."""
        reach = 0.75 * max(camera.width, camera.height)
        self.low = self.middle - np.array([camera.width, camera.height]) / 2 - reach
        self.high = self.middle + np.array([camera.width, camera.height]) / 2 + reach

    def project(self, points: Array) -> Array:
        """Return (..., 2) screen pixels of (..., 3) world points."""
        local = (points - self.position) @ self.axes.T
        scale = self.focal / np.maximum(local[..., 2:3], NEAR)
        flat = local[..., :2] * scale
        flat[..., 1] *= -1.0
        return flat + self.middle

    def depth(self, point: Array) -> float:
        """Return metres along the optical axis."""
        return float((point - self.position) @ self.axes[2])

    def facing(self, points: Array, normals: Array) -> Array:
        """Return how squarely (..., 3) normals look at the camera: 1 full on, < 0 turned away."""
        toward = self.position - points
        return (toward * normals).sum(axis=-1) / np.sqrt((toward * toward).sum(axis=-1))

    def discs(self, centres: Array, radii: Array, sides: int = 14) -> Array:
        """Return (N, sides, 2) screen outlines of spheres, (N, 3) metres and (N,) metres."""
        local = (centres - self.position) @ self.axes.T
        scale = self.focal / np.maximum(local[:, 2], NEAR)
        flat = local[:, :2] * np.array([1.0, -1.0]) * scale[:, None] + self.middle
        # What lies behind the camera would else fill the frame.
        scale = np.where(local[:, 2] < NEAR, 0.0, scale)
        return flat[:, None, :] + (radii * scale)[:, None, None] * _circle(sides)[None]

    def outside(self, points: Array) -> bool:
        """Say whether a group of screen points lies wholly away from the frame."""
        if self.whole:
            return False
        low, high = points.min(axis=0), points.max(axis=0)
        return bool(
            high[0] < self.low[0]
            or high[1] < self.low[1]
            or low[0] > self.high[0]
            or low[1] > self.high[1]
        )


def cross(first: Array, second: Array) -> Array:
    """Return the cross products of (..., 3) vectors."""
    a, b, c = first[..., 0], first[..., 1], first[..., 2]
    d, e, f = second[..., 0], second[..., 1], second[..., 2]
    return np.stack([b * f - c * e, c * d - a * f, a * e - b * d], axis=-1)


@lru_cache(maxsize=8)
def _circle(sides: int) -> Array:
    turn = np.arange(sides) * (2 * np.pi / sides)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


@dataclass(frozen=True, slots=True)
class Outline:
    """One region: its border and the holes in it, screen pixels."""

    points: NDArray[np.float32]
    holes: tuple[NDArray[np.float32], ...] = ()


def join(
    view: View, groups: Sequence[Array], *, soften: float = 0.0, every: bool = False
) -> list[Outline]:
    """Return the smooth outline around convex groups of screen points.

    Args:
        view: gives the frame beyond which nothing is traced.
        groups: (N, 2) pixels each; the hull of each group is filled, the fills are joined.
        soften: pixels by which inner corners are rounded.
        every: return all regions, else the largest alone.
    """
    import cv2

    if not groups:
        return []
    stacked = np.concatenate(groups)
    low = np.maximum(stacked.min(axis=0), view.low)
    high = np.minimum(stacked.max(axis=0), view.high)
    span = high - low
    if span.min() <= 0:
        return []
    longest = float(span.max())
    cells = min(max(longest * (2.2 if longest < 60 else 1.0), _FEWEST_CELLS), _MOST_CELLS)
    scale = cells / longest
    sigma = max(soften * scale, 0.8)
    margin = int(3 * sigma) + 3
    size = np.ceil(span * scale).astype(int) + 2 * margin + 1
    mask = np.zeros((int(size[1]), int(size[0])), np.uint8)
    one = float(1 << _SHIFT)
    start = low - margin / scale
    for group in groups:
        fixed = np.clip((group - start) * (scale * one), -3e6, 3e6).astype(np.int32)
        cv2.fillConvexPoly(mask, cv2.convexHull(fixed), 255, cv2.LINE_AA, _SHIFT)
    reach = 5 if sigma < 1.1 else 2 * int(2.6 * sigma) + 1
    field = np.asarray(cv2.GaussianBlur(mask, (reach, reach), sigma), np.uint8)
    field[[0, -1]] = 0
    field[:, [0, -1]] = 0
    mode = cv2.RETR_CCOMP if every else cv2.RETR_EXTERNAL
    found, tree = cv2.findContours((field > 127).view(np.uint8), mode, cv2.CHAIN_APPROX_NONE)
    if not found:
        return []
    fine = [
        (_settle(field, np.asarray(c, np.int32)) / scale + start).astype(np.float32) for c in found
    ]
    thin = [_thin(line) for line in fine]
    if not every:
        best = max(range(len(thin)), key=lambda i: len(found[i]))
        return [Outline(thin[best])] if len(thin[best]) > 2 else []
    return _regions(thin, [int(row[3]) for row in tree[0]], 2.0 if longest < 60 else 12.0)


def _regions(lines: list[NDArray[np.float32]], parents: list[int], least: float) -> list[Outline]:
    """Sort borders into regions with their holes, leaving out what is smaller than `least`."""
    import cv2

    large = [len(line) > 2 and cv2.contourArea(line) > least for line in lines]
    return [
        Outline(
            lines[i],
            tuple(lines[j] for j in range(len(lines)) if parents[j] == i and large[j]),
        )
        for i in range(len(lines))
        if parents[i] < 0 and large[i]
    ]


def _settle(field: NDArray[np.uint8], contour: NDArray[np.int32]) -> NDArray[np.float32]:
    """Move whole-cell contour points onto the half level of the field, then even them out."""
    at = contour.reshape(-1, 2)
    wide = field.shape[1]
    index = at[:, 1] * wide + at[:, 0]
    flat = field.ravel()
    around = flat[index[None] + np.array([[0], [1], [-1], [wide], [-wide]])].astype(np.float32)
    slope = np.stack([around[1] - around[2], around[3] - around[4]], axis=1) * np.float32(0.5)
    steep = np.maximum((slope * slope).sum(axis=1), np.float32(60.0))
    step = slope * ((np.float32(127.5) - around[0]) / steep)[:, None]
    moved = at + np.minimum(np.maximum(step, np.float32(-1)), np.float32(1))
    if len(moved) < 8:
        return moved.astype(np.float32)
    full = np.concatenate([moved[-1:], moved, moved[:1]])
    return (0.5 * moved + 0.25 * (full[:-2] + full[2:])).astype(np.float32)


def _thin(line: NDArray[np.float32]) -> NDArray[np.float32]:
    import cv2

    if len(line) < 8:
        return line
    return cv2.approxPolyDP(line, 0.12, closed=True).reshape(-1, 2).astype(np.float32)
