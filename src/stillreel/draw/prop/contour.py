"""Outlines: many overlapping pieces in, one clean silhouette out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_ARC = 11
_FEW = 6
_SMALL = 9.0
"""Pixels of radius below which rounds get fewer corners."""
_FINE = 288.0
"""Longest side of the raster in which pieces are joined, in cells."""
_SHIFT = 4
_CELL = float(1 << _SHIFT)
_LARGE = 36.0
"""Pixels of radius from which rounds get more corners."""


def capsules(centres: Array, radii: Array) -> list[Array]:
    """Return convex outlines, each (2 * arc, 2), of the links of a chain of circles.

    Args:
        centres: (N, 2) pixels.
        radii: (N,) pixels.
    """
    if len(centres) == 1:
        return [disc(centres[0], float(radii[0]))]
    return links(centres[:-1], centres[1:], radii[:-1], radii[1:])


def links(first: Array, second: Array, r0: Array, r1: Array) -> list[Array]:
    """Return the convex outlines around pairs of circles: (N, 2) and (N, 2), radii (N,) each."""
    way = second - first
    gap = np.hypot(way[:, 0], way[:, 1])
    inside = gap <= np.abs(r0 - r1) + 1e-6
    lean = np.arctan2(way[:, 1], way[:, 0])
    with np.errstate(divide="ignore", invalid="ignore"):
        beta = np.arccos(np.where(inside, 0.0, (r0 - r1) / gap))
    widest = float(np.maximum(r0, r1).max())
    arc = _FEW if widest < _SMALL else _ARC if widest < _LARGE else 2 * _ARC
    step = _steps(arc)
    turn = np.empty((len(gap), 2 * arc))
    turn[:, :arc] = (lean + beta)[:, None] + step * (2 * np.pi - 2 * beta)[:, None]
    turn[:, arc:] = (lean - beta)[:, None] + step * (2 * beta)[:, None]
    rim = np.empty((len(gap), 2 * arc, 2))
    rim[:, :arc, 0] = np.cos(turn[:, :arc]) * r0[:, None] + first[:, :1]
    rim[:, :arc, 1] = np.sin(turn[:, :arc]) * r0[:, None] + first[:, 1:]
    rim[:, arc:, 0] = np.cos(turn[:, arc:]) * r1[:, None] + second[:, :1]
    rim[:, arc:, 1] = np.sin(turn[:, arc:]) * r1[:, None] + second[:, 1:]
    for number in np.flatnonzero(inside):
        end, r = (first, r0) if r0[number] >= r1[number] else (second, r1)
        rim[number] = circle(2 * arc) * r[number] + end[number]
    return list(rim)


def ribbon(flat: Array, size: Array) -> Array:
    """Return the (M, 2) outline of a thin body along (N, 2) places, (N,) half widths in pixels.

    The curve must not cross itself.
    """
    way = np.empty_like(flat)
    way[1:-1] = flat[2:] - flat[:-2]
    way[0], way[-1] = flat[1] - flat[0], flat[-1] - flat[-2]
    way *= (size / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-6))[:, None]
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1)
    ends = [flat[:1] - way[:1], flat + aside, flat[-1:] + way[-1:], (flat - aside)[::-1]]
    return np.concatenate(ends)


@lru_cache(maxsize=8)
def _steps(arc: int) -> Array:
    return np.linspace(0.0, 1.0, arc)


@lru_cache(maxsize=32)
def circle(corners: int) -> Array:
    """Return a circle of radius one as (corners, 2) cosines and sines."""
    angle = np.linspace(0.0, 2 * np.pi, corners, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def disc(centre: ArrayLike, radius: float, points: int = 0) -> Array:
    """Return a circle as a polygon, (points, 2) pixels; by its size when `points` is 0."""
    points = points or (2 * _ARC if radius < _LARGE else 6 * _ARC)
    return np.asarray(centre) + radius * circle(points)


def hull(points: Array) -> Array:
    """Return the convex hull of (N, 2) pixels."""
    import cv2

    found = cv2.convexHull(points.astype(np.float32))
    return np.asarray(found, dtype=np.float64)[:, 0, :]


def union(
    pieces: Sequence[Array], fillet: float = 0.0, fine: float = _FINE
) -> list[tuple[Array, tuple[Array, ...]]]:
    """Join overlapping pieces into outlines, largest first, each with its holes.

    Args:
        pieces: Simple polygons, (N, 2) pixels.
        fillet: How far inner corners are filled, pixels.
        fine: Cells along the longest side of the working raster; more is sharper and slower.

    Returns:
        Pairs of a closed outline (N, 2) and its holes, in pixels.
    """
    import cv2

    whole = np.concatenate(pieces)
    low, high = whole.min(axis=0), whole.max(axis=0)
    extent = max(float((high - low).max()), 1e-3)
    scale = min(min(max(extent * 1.15, 64.0), fine) / extent, 6.0)
    sigma = min(max(0.75, fillet * scale), 5.0)
    margin = int(2.5 * sigma) + 3
    width, height = (int(side * scale) + 1 + 2 * margin for side in high - low)
    mask = np.zeros((height, width), np.uint8)
    cells = np.rint((whole - low) * (scale * _CELL) + margin * _CELL).astype(np.int32)
    for piece in np.split(cells, np.cumsum([len(piece) for piece in pieces])[:-1]):
        cv2.fillPoly(mask, [piece], 255, cv2.LINE_AA, _SHIFT)
    # Four times as fast as GaussianBlur on eight bits, and as good two deviations out.
    bell = cv2.getGaussianKernel(2 * int(2 * sigma + 0.5) + 1, sigma)
    soft = np.asarray(cv2.sepFilter2D(mask, -1, bell, bell), np.uint8)
    found, tree = cv2.findContours(
        (soft > 127).view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    outer: list[tuple[Array, tuple[Array, ...]]] = []
    parents = tree[0][:, 3].tolist() if len(found) else []
    lines = [
        _refined(np.asarray(line, np.int32)[:, 0, :], soft) if len(line) > 3 else np.zeros((0, 2))
        for line in found
    ]
    for number, line in enumerate(lines):
        if parents[number] >= 0 or len(line) < 4:
            continue
        holes = tuple(
            (lines[inner] - margin) / scale + low
            for inner, parent in enumerate(parents)
            if parent == number and len(lines[inner]) > 5
        )
        outer.append(((line - margin) / scale + low, holes))
    return outer if len(outer) < 2 else sorted(outer, key=lambda pair: -area(pair[0]))


def _refined(line: NDArray[np.int32], soft: NDArray[np.uint8]) -> Array:
    """Move contour cells to where the blurred mask crosses one half, and thin them out."""
    flat, width = soft.ravel(), soft.shape[1]
    at = line[:, 1] * width + line[:, 0]
    slope = np.empty((len(at), 2))
    slope[:, 0] = flat[at + 1]
    slope[:, 0] -= flat[at - 1]
    slope[:, 1] = flat[at + width]
    slope[:, 1] -= flat[at - width]
    slope *= 0.5
    steep = np.maximum(slope[:, 0] ** 2 + slope[:, 1] ** 2, 25.0)
    slope *= ((127.5 - flat[at]) / steep)[:, None]
    exact: Array = line.astype(np.float64) + np.minimum(np.maximum(slope, -1.0), 1.0)
    if len(exact) > 12:
        here = np.arange(0, len(exact), 2)
        after = here + 1
        if after[-1] == len(exact):
            after[-1] = 0
        exact = (exact[here - 1] + 2 * exact[here] + exact[after]) * 0.25
    return np.asarray(exact, dtype=np.float64)


def covered(points: Array, pieces: Sequence[Array]) -> NDArray[np.bool_]:
    """Say which (N, 2) points lie on any of the convex pieces, to about half a pixel."""
    import cv2

    low = points.min(axis=0) - 2.0
    extent = max(float((points.max(axis=0) - low).max()), 1.0)
    scale = min(600.0 / extent, 2.0)
    cells = np.rint((points - low) * scale).astype(np.int32)
    mask = np.zeros((int(cells[:, 1].max()) + 2, int(cells[:, 0].max()) + 2), np.uint8)
    for piece in pieces:
        cv2.fillConvexPoly(mask, np.rint((piece - low) * scale).astype(np.int32), 1)
    return mask[cells[:, 1], cells[:, 0]] > 0


def area(line: Array) -> float:
    """Return the area a closed outline encloses, in square pixels."""
    x, y = line[:, 0], line[:, 1]
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2.0


def smooth(points: ArrayLike, steps: int = 5, *, closed: bool = False) -> Array:
    """Return a curve through (N, D) points with `steps` pieces between neighbours."""
    line = np.asarray(points, dtype=np.float64)
    if len(line) < 3:
        return line
    if closed:
        wide = np.concatenate([line[-1:], line, line[:2]])
    else:
        wide = np.concatenate([line[:1] * 2 - line[1:2], line, line[-1:] * 2 - line[-2:-1]])
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (wide[i : len(wide) - 3 + i, None, :] for i in range(4))
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    flat = curve.reshape(-1, line.shape[1])
    return flat if closed else np.concatenate([flat, line[-1:]])
