"""Outlines: many overlapping pieces in, one clean silhouette out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_ARC = 11
_FINE = 288.0
"""Longest side of the raster in which pieces are joined, in cells."""
_SHIFT = 4
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
    first, second = centres[:-1], centres[1:]
    r0, r1 = radii[:-1], radii[1:]
    way = second - first
    gap = np.hypot(way[:, 0], way[:, 1])
    inside = gap <= np.abs(r0 - r1) + 1e-6
    lean = np.arctan2(way[:, 1], way[:, 0])
    ratio = np.clip((r0 - r1) / np.maximum(gap, 1e-6), -1.0, 1.0)
    beta = np.arccos(ratio)
    arc = _ARC if float(radii.max()) < _LARGE else 3 * _ARC
    step = np.linspace(0.0, 1.0, arc)
    turn = np.empty((len(gap), 2 * arc))
    turn[:, :arc] = (lean + beta)[:, None] + step * (2 * np.pi - 2 * beta)[:, None]
    turn[:, arc:] = (lean - beta)[:, None] + step * (2 * beta)[:, None]
    at = np.empty((len(gap), 2 * arc, 2))
    at[:, :arc], at[:, arc:] = first[:, None], second[:, None]
    rad = np.empty((len(gap), 2 * arc))
    rad[:, :arc], rad[:, arc:] = r0[:, None], r1[:, None]
    if inside.any():
        large = r0 >= r1
        turn[inside] = np.linspace(0.0, 2 * np.pi, 2 * arc, endpoint=False)
        at[inside] = np.where(large[:, None], first, second)[inside][:, None]
        rad[inside] = np.maximum(r0, r1)[inside][:, None]
    rim = at + np.stack([np.cos(turn), np.sin(turn)], axis=2) * rad[:, :, None]
    return list(rim)


def disc(centre: ArrayLike, radius: float, points: int = 0) -> Array:
    """Return a circle as a polygon, (points, 2) pixels; by its size when `points` is 0."""
    points = points or (2 * _ARC if radius < _LARGE else 6 * _ARC)
    angle = np.linspace(0.0, 2 * np.pi, points, endpoint=False)
    return np.asarray(centre) + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


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
    scale = min(min(max(extent * 1.4, 72.0), fine) / extent, 6.0)
    sigma = min(max(0.75, fillet * scale), 6.0)
    margin = int(3 * sigma) + 3
    width, height = (np.ceil((high - low) * scale).astype(int) + 2 * margin).tolist()
    mask = np.zeros((height, width), np.uint8)
    for piece in pieces:
        cells = np.round(((piece - low) * scale + margin) * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(mask, [cells], 255, cv2.LINE_AA, _SHIFT)
    soft = np.asarray(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma), dtype=np.float32)
    found, tree = cv2.findContours(
        (soft >= 127.5).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    lines = [_refined(np.asarray(line, dtype=np.int32)[:, 0, :], soft) for line in found]
    outer: list[tuple[Array, tuple[Array, ...]]] = []
    for number, line in enumerate(lines):
        if int(tree[0][number][3]) >= 0 or len(line) < 4:
            continue
        holes = tuple(
            (lines[inner] - margin) / scale + low
            for inner in range(len(lines))
            if int(tree[0][inner][3]) == number and len(lines[inner]) > 5
        )
        outer.append(((line - margin) / scale + low, holes))
    return sorted(outer, key=lambda pair: -area(pair[0]))


def _refined(line: NDArray[np.int32], soft: NDArray[np.float32]) -> Array:
    """Move contour cells to where the blurred mask crosses one half, and thin them out."""
    height, width = soft.shape
    x, y = np.clip(line[:, 0], 1, width - 2), np.clip(line[:, 1], 1, height - 2)
    slope = np.stack([soft[y, x + 1] - soft[y, x - 1], soft[y + 1, x] - soft[y - 1, x]], 1) / 2.0
    steep = np.maximum((slope**2).sum(axis=1), 25.0)
    shift = slope * ((127.5 - soft[y, x]) / steep)[:, None]
    exact = line.astype(np.float64) + np.clip(shift, -1.0, 1.0)
    if len(exact) > 12:
        last = len(exact) - 1
        here = np.arange(0, len(exact), 2)
        exact = (
            exact[here - 1] + 2 * exact[here] + exact[np.where(here == last, 0, here + 1)]
        ) / 4.0
    return exact


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
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[None, :, None]
    a, b, c, d = (wide[i : len(wide) - 3 + i, None, :] for i in range(4))
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    flat = curve.reshape(-1, line.shape[1])
    return flat if closed else np.concatenate([flat, line[-1:]])
