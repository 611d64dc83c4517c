"""The pen of the line look: a wobbling hand, strokes with pressure, hatching that swells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from stillreel.draw import raster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.raster import Bgr, Canvas

    Pixels = NDArray[np.uint8]
    Points = NDArray[np.float32]

Hatch = Literal["diagonal", "across", "cross", "level", "upright", "scribble", "stipple", "course"]
"""The way strokes run: two diagonals, both, horizontal, vertical, curls, dots, masonry courses."""

_TILE = 512
FINEST = 4.6
"""Pixels between strokes, at least: closer ones run into grey."""
PRESSED = 1.15
"""Width from which a line swells and thins; finer ones are even."""
_BENT = 24
"""Outlines with as many points are curved already."""


def wobbled(points: Points, amount: float, wave: float, seed: int) -> Points:
    """Return points moved by a smooth seeded field, so that shared edges stay shared.

    Args:
        points: (N, 2) pixels.
        amount: largest drift in pixels.
        wave: length of the slowest swing in pixels.
        seed: another seed is another drawing by the same hand.
    """
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 2 * np.pi, (6,)).astype(np.float32)
    x, y = points[:, 0] * (6.283 / wave), points[:, 1] * (6.283 / wave)
    right = np.sin(x * 1.3 + y * 0.7 + phase[0]) + 0.6 * np.sin(y * 2.9 - x * 1.1 + phase[1])
    down = np.sin(y * 1.2 - x * 0.8 + phase[2]) + 0.6 * np.sin(x * 2.7 + y * 1.4 + phase[3])
    drift = np.stack([right, down], axis=1) * np.float32(amount / 1.6)
    return np.asarray(points + drift, np.float32)


def contour(
    canvas: Canvas, points: Points, width: float, heavy: tuple[float, float], colour: Bgr
) -> None:
    """Draw a closed outline whose line swells on the side that faces `heavy`.

    Args:
        canvas: where to draw.
        points: (N, 2) the outline.
        width: of the line at full pressure, in pixels.
        heavy: unit screen vector toward the shade side; zero presses evenly.
        colour: BGR.
    """
    if width < PRESSED:
        raster.stroke(canvas, points, max(width, 0.5), colour, closed=True)
        return
    side = normals(points)
    press = 0.5 + 0.5 * np.maximum(side @ np.array(heavy, np.float32), -0.35)
    # Anti-aliased fills come out about one pixel fatter than their outline.
    left, right = _banks(points, side, np.maximum(width * press - 1, 0.12))
    raster.fill(canvas, [left, right], colour)


def _banks(points: Points, side: Points, width: Points) -> tuple[Points, Points]:
    """Return both edges of a stroke, the second running back."""
    off = side * (width * np.float32(0.5))[:, None]
    return np.asarray(points + off, np.float32), np.asarray((points - off)[::-1], np.float32)


def line(canvas: Canvas, points: Points, width: float, colour: Bgr) -> None:
    """Draw an open stroke that is lifted at both ends."""
    if len(points) < 2:
        return
    if width < 1.3 or len(points) < 3:
        raster.stroke(canvas, points, max(min(width, 1.4), 0.55), colour)
        return
    side = normals(points, closed=False)
    run = np.linspace(0, np.pi, len(points), dtype=np.float32)
    lift = 0.35 + 0.65 * np.clip(np.sin(run), 0, 1) ** 0.7
    left, right = _banks(points, side, np.maximum(width * lift - 1, 0.1))
    raster.fill(canvas, [np.concatenate([left, right])], colour)


def hatch(canvas: Canvas, box: Box, level: Pixels, kind: Hatch, pitch: float, colour: Bgr) -> None:
    """Lay strokes whose thickness follows `level`: 0 leaves the paper, 255 nearly closes it.

    Args:
        canvas: where to draw.
        box: the part that `level` covers, inside the canvas.
        level: (h, w) how dark.
        kind: direction of the strokes.
        pitch: pixels between strokes.
        colour: BGR.
    """
    pitch = max(pitch, FINEST)
    field = _window(strokes(kind, max(round(_TILE / pitch), 4)), box)
    _, deep = cv2.threshold(level, 3, 255, cv2.THRESH_TOZERO)
    gap = cv2.subtract(deep, field)
    cover = np.asarray(cv2.convertScaleAbs(gap, alpha=max(2.0, pitch * 0.9)), np.uint8)
    if cv2.countNonZero(cover):
        raster.over(canvas.part(box), cover, colour)


@lru_cache(maxsize=48)
def strokes(kind: Hatch, lines: int) -> Pixels:
    """Return the distance to the nearest stroke as a seamless (512, 512) field of 0..255."""
    if kind == "cross":
        return np.minimum(strokes("diagonal", lines), strokes("across", lines))
    if kind == "stipple":
        dots = _noise(7, lines * 1.3)
        order = np.empty(dots.size, np.int64)
        order[np.argsort(dots.ravel())] = np.arange(dots.size)
        return (order.reshape(dots.shape) * (255 / order.size)).astype(np.uint8)
    y, x = np.mgrid[0:_TILE, 0:_TILE].astype(np.float32) * np.float32(2 * np.pi / _TILE)
    along = max(lines * 0.7, 1)
    swing, turns = (
        0.5,
        {
            "diagonal": (along, along),
            "across": (along, -along),
            "level": (0, lines),
            "upright": (lines, 0),
            "scribble": (along, along),
            "course": (0, lines * 0.5),
        }[kind],
    )
    warp = _noise(3, 9) * swing
    if kind == "scribble":
        warp = _noise(5, lines * 0.55) * 2.6
    phase = round(turns[0]) * x + round(turns[1]) * y + warp
    wave = np.arccos(np.clip(np.cos(phase), -1, 1)) / np.pi
    breaks = np.clip(_noise(11, max(lines * 0.16, 3)) * 0.16, -0.25, 0.35)
    return np.clip((wave + breaks) * 235 + 12, 0, 255).astype(np.uint8)


@lru_cache(maxsize=24)
def _noise(seed: int, waves: float) -> NDArray[np.float32]:
    """Seamless noise of unit spread with about `waves` swings over the tile."""
    rng = np.random.default_rng(seed)
    rough = rng.standard_normal((_TILE, _TILE)).astype(np.float32)
    half = np.arange(_TILE, dtype=np.float32)
    frequency = np.minimum(half, _TILE - half)
    radius = np.sqrt(frequency[:, None] ** 2 + frequency[None, :] ** 2)
    band = np.exp(-(((radius - waves) / (waves * 0.5)) ** 2))
    spectrum = cv2.dft(rough, flags=cv2.DFT_COMPLEX_OUTPUT) * band[..., None]
    smooth = cv2.idft(spectrum, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT)
    return np.asarray(smooth / smooth.std(), np.float32)


def _window(tile: Pixels, box: Box) -> Pixels:
    left, top, right, bottom = box
    x, y = left % _TILE, top % _TILE
    wide, high = right - left, bottom - top
    if x + wide <= _TILE and y + high <= _TILE:
        return tile[y : y + high, x : x + wide]
    many = np.empty((high, wide), np.uint8)
    for row in range(-y, high, _TILE):
        for column in range(-x, wide, _TILE):
            part = many[max(row, 0) : row + _TILE, max(column, 0) : column + _TILE]
            part[:] = tile[max(-row, 0) :, max(-column, 0) :][: part.shape[0], : part.shape[1]]
    return many


@lru_cache(maxsize=2)
def paper(width: int, height: int, channels: int = 4) -> Pixels:
    """Return the tooth of the paper, (height, width, channels), 255 where it is untouched."""
    fibre = _noise(21, 120) * 1.6 + _noise(22, 40) * 1.3 + _noise(23, 5) * 1.2
    tile = np.clip(250 + fibre, 236, 255).astype(np.uint8)
    many = (-(-height // _TILE), -(-width // _TILE))
    tooth = np.tile(tile, many)[:height, :width]
    planes = [tooth, tooth, tooth, np.full_like(tooth, 255)][:channels]
    return np.asarray(cv2.merge(planes), np.uint8)


def bendable(
    outlines: Sequence[Points], closed: Sequence[bool], length: float
) -> tuple[Points, list[int]]:
    """Cut the long edges of many outlines at once, so that they can bend.

    Args:
        outlines: (N, 2) pixels each; those with many points are bent already and left alone.
        closed: whether each outline runs back to its start.
        length: of the longest edge that is left whole, pixels.

    Returns:
        All points one outline after another, and where each outline ends among them.
    """
    lengths = np.array([len(points) for points in outlines])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    flat = np.concatenate(outlines)
    after = np.arange(1, len(flat) + 1)
    after[ends - 1] = np.where(closed, starts, ends - 1)
    edges = flat[after] - flat
    reach = np.hypot(edges[:, 0], edges[:, 1])
    pieces = np.clip(np.ceil(reach / length), 1, 200).astype(int)
    pieces[np.repeat(lengths >= _BENT, lengths)] = 1
    last = np.cumsum(pieces)
    index = np.repeat(np.arange(len(pieces)), pieces)
    along = ((np.arange(len(index)) - (last - pieces)[index]) / pieces[index])[:, None]
    dense = (flat[index] + edges[index] * along).astype(np.float32)
    return dense, last[ends - 1].tolist()


def normals(points: Points, *, closed: bool = True) -> Points:
    """Return the unit normals of a polyline, outward for a closed outline, (N, 2)."""
    ends = (points[-1:], points[:1]) if closed else (points[:1], points[-1:])
    ring = np.concatenate([ends[0], points, ends[1]])
    along = ring[2:] - ring[:-2]
    side = along[:, ::-1] * np.array([1, -1], np.float32)
    side /= np.maximum(np.hypot(side[:, 0], side[:, 1]), 1e-6)[:, None]
    if closed and area(points) < 0:
        side = -side
    return side


def area(points: Points) -> float:
    """Return the signed area of an outline in square pixels; positive runs clockwise on screen."""
    return float(cv2.contourArea(points, oriented=True))
