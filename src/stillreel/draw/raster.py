"""Pixels under the looks: anti-aliased outlines, strokes and masks on a premultiplied canvas.

Colours are BGR tuples 0..255; points are sheet pixels whose whole numbers are pixel corners.
OpenCV draws its anti-aliased polygons about four times faster than the vector engine here, and
paints opaque colour over premultiplied pixels exactly as `over` does, so most shapes need one call.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from stillreel.draw.marks import Shape

    Pixels = NDArray[np.uint8]
    Points = NDArray[np.float32]

Box = tuple[int, int, int, int]
Bgr = tuple[int, int, int]

_SHIFT = 4
_UNIT = np.float32(1 << _SHIFT)
_FAR = np.float32(30_000)
"""Coordinates are clamped here: OpenCV's fixed point overflows beyond."""
_UNSEEN = 0.004
"""Shapes fainter than this are not painted."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Premultiplied BGRA pixels and where they lie on the sheet."""

    pixels: Pixels
    """(h, w, 4)."""
    left: int = 0
    top: int = 0

    @property
    def box(self) -> Box:
        """Left, top, right, bottom on the sheet."""
        height, width = self.pixels.shape[:2]
        return self.left, self.top, self.left + width, self.top + height

    def part(self, box: Box) -> Canvas:
        """Return a view of `box`, which must lie inside this canvas."""
        left, top, right, bottom = box
        rows = slice(top - self.top, bottom - self.top)
        columns = slice(left - self.left, right - self.left)
        return Canvas(self.pixels[rows, columns], left, top)


class Cel(NamedTuple):
    """A shape made ready for painting."""

    shape: Shape
    points: Points
    """(N, 2) its outline as this look draws it, sheet pixels."""
    fixed: list[NDArray[np.int32]]
    """The outline and the holes in sixteenths of a sheet pixel."""
    box: Box
    """The whole pixels around the outline."""


def cels(shapes: Sequence[Shape], drawn: Sequence[Points] | None = None) -> list[Cel]:
    """Return shapes ready for painting, all their points converted in one go.

    Args:
        shapes: of one layer.
        drawn: the outline to paint for each shape, or None for its own.
    """
    kept = [i for i, s in enumerate(shapes) if len(s.points) > 1 and s.alpha > _UNSEEN]
    if not kept:
        return []
    outlines = [shapes[i].points if drawn is None else drawn[i] for i in kept]
    lengths = [len(points) for points in outlines]
    ends = np.cumsum(lengths)
    starts = ends - lengths
    flat = np.concatenate(outlines)
    fixed = _sixteenths(flat)
    low = np.floor(np.minimum.reduceat(flat, starts, axis=0)).astype(int)
    high = np.floor(np.maximum.reduceat(flat, starts, axis=0)).astype(int) + 1
    boxes = np.concatenate([low, high], axis=1).tolist()
    done: list[Cel] = []
    for index, points, start, end, box in zip(
        kept, outlines, starts.tolist(), ends.tolist(), boxes, strict=True
    ):
        shape = shapes[index]
        rings = [fixed[start:end]]
        if shape.holes:
            rings += [_sixteenths(hole) for hole in shape.holes if len(hole) > 1]
        done.append(Cel(shape, points, rings, (box[0], box[1], box[2], box[3])))
    return done


def _sixteenths(points: Points) -> NDArray[np.int32]:
    moved = np.clip(points, -_FAR, _FAR) * _UNIT
    moved -= _UNIT / 2
    return np.rint(moved, out=moved).astype(np.int32)


def blank(box: Box) -> Canvas:
    """Return an empty, transparent canvas covering `box` of the sheet."""
    left, top, right, bottom = box
    return Canvas(np.zeros((bottom - top, right - left, 4), np.uint8), left, top)


def bgr(colour: tuple[int, int, int]) -> Bgr:
    """Return an RGB colour in the order OpenCV paints."""
    return colour[2], colour[1], colour[0]


def meet(first: Box, second: Box) -> Box | None:
    """Return the overlap of two boxes, or None where they do not touch."""
    left, top = max(first[0], second[0]), max(first[1], second[1])
    right, bottom = min(first[2], second[2]), min(first[3], second[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


def grown(box: Box, margin: int) -> Box:
    """Return a box widened by whole pixels on every side."""
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def around(points: Points, margin: float = 1.0) -> Box:
    """Return the whole-pixel box around points, widened by `margin` pixels."""
    left, top, wide, high = cv2.boundingRect(points)
    more = int(margin) + 1
    return left - more, top - more, left + wide + more, top + high + more


def bounds(shapes: Iterable[Shape], margin: float = 1.0) -> Box | None:
    """Return the box around all shapes, strokes included, or None when there are none."""
    boxes = [around(s.points, margin + s.width / 2) for s in shapes if len(s.points)]
    if not boxes:
        return None
    spread = np.array(boxes)
    low, high = spread[:, :2].min(axis=0), spread[:, 2:].max(axis=0)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def tame(points: Points) -> Points:
    """Return points clamped to what fixed-point drawing can hold."""
    return np.clip(points, -_FAR, _FAR)


def _fixed(points: Points, left: float, top: float) -> NDArray[np.int32]:
    moved = points * _UNIT
    moved -= np.array([(left + 0.5) * _UNIT, (top + 0.5) * _UNIT], np.float32)
    return np.rint(moved, out=moved).astype(np.int32)


def fill(canvas: Canvas, outlines: Sequence[Points], colour: Bgr) -> None:
    """Paint closed outlines in one opaque colour; an outline inside another is a hole."""
    fixed = [_fixed(points, canvas.left, canvas.top) for points in outlines if len(points) > 1]
    if fixed:
        cv2.fillPoly(canvas.pixels, fixed, (*colour, 255), cv2.LINE_AA, _SHIFT)


def flood(canvas: Canvas, fixed: list[NDArray[np.int32]], colour: Bgr) -> None:
    """Paint the closed outlines of a cel in one opaque colour."""
    cv2.fillPoly(
        canvas.pixels,
        fixed,
        (*colour, 255),
        cv2.LINE_AA,
        _SHIFT,
        (-canvas.left << _SHIFT, -canvas.top << _SHIFT),
    )


def covered(
    box: Box, fixed: list[NDArray[np.int32]], shift: tuple[float, float] = (0.0, 0.0)
) -> Pixels:
    """Return the coverage 0..255 of a cel's outlines inside `box`, moved by `shift` pixels."""
    left, top, right, bottom = box
    cover = np.zeros((bottom - top, right - left), np.uint8)
    off = (round((shift[0] - left) * (1 << _SHIFT)), round((shift[1] - top) * (1 << _SHIFT)))
    cv2.fillPoly(cover, fixed, (255,), cv2.LINE_AA, _SHIFT, off)
    return cover


def stroke(
    canvas: Canvas, points: Points, width: float, colour: Bgr, *, closed: bool = False
) -> None:
    """Paint a line of even width; below one pixel it gets fainter instead of thinner."""
    if len(points) < 2 or width <= 0.05:
        return
    fixed = [_fixed(points, canvas.left, canvas.top)]
    whole = max(1, round(width))
    if width >= 0.95:
        cv2.polylines(canvas.pixels, fixed, closed, (*colour, 255), whole, cv2.LINE_AA, _SHIFT)
        return
    box = meet(around(points, 2), canvas.box)
    if box is None:
        return
    part = canvas.part(box)
    copy = part.pixels.copy()
    fixed = [_fixed(points, part.left, part.top)]
    cv2.polylines(copy, fixed, closed, (*colour, 255), 1, cv2.LINE_AA, _SHIFT)
    cv2.addWeighted(copy, width, part.pixels, 1 - width, 0, dst=part.pixels)


def mask(
    box: Box,
    outlines: Sequence[Points],
    *,
    shift: tuple[float, float] = (0.0, 0.0),
    closed: bool = True,
    width: float = 1.0,
) -> Pixels:
    """Return the coverage 0..255 of outlines (or of an open stroke) inside `box`, (h, w)."""
    left, top, right, bottom = box
    cover = np.zeros((bottom - top, right - left), np.uint8)
    fixed = [_fixed(p, left - shift[0], top - shift[1]) for p in outlines if len(p) > 1]
    if not fixed:
        return cover
    if closed:
        cv2.fillPoly(cover, fixed, (255,), cv2.LINE_AA, _SHIFT)
    else:
        cv2.polylines(cover, fixed, False, (255,), max(1, round(width)), cv2.LINE_AA, _SHIFT)
    return cover


def spread(cover: Pixels, weights: Sequence[float]) -> Pixels:
    """Return `cover` times each weight (-> 0..255 each) as four channels, (h, w, 4)."""
    table = _table(*(round(min(weight, 255.0)) for weight in weights))
    return table.take(cover).view(np.uint8).reshape(*cover.shape, 4)


@lru_cache(maxsize=2048)
def _table(*weights: int) -> NDArray[np.uint32]:
    """The four channels of every coverage 0..255, one packed number each."""
    steps = np.arange(256, dtype=np.float32)[:, None] / 255
    table = np.rint(steps * np.array(weights, np.float32)).astype(np.uint8)
    return np.ascontiguousarray(table).view(np.uint32).ravel()


@lru_cache(maxsize=1)
def _keep_table() -> NDArray[np.uint32]:
    """What coverage leaves of all four channels, one packed number each."""
    left = np.arange(255, -1, -1).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(left[:, None], 4, axis=1)).view(np.uint32).ravel()


def tint(canvas: Canvas, cover: Pixels, delta: Sequence[float]) -> None:
    """Add `delta` (BGR, signed) times the coverage, alpha untouched; `cover` fits the canvas."""
    plus = [max(d, 0.0) for d in delta]
    minus = [max(-d, 0.0) for d in delta]
    if max(plus) >= 0.5:
        cv2.add(canvas.pixels, spread(cover, [*plus, 0.0]), dst=canvas.pixels)
    if max(minus) >= 0.5:
        cv2.subtract(canvas.pixels, spread(cover, [*minus, 0.0]), dst=canvas.pixels)


def over(canvas: Canvas, cover: Pixels, colour: Sequence[float]) -> None:
    """Lay one colour (BGR) over the canvas with the given coverage."""
    keep = _keep_table().take(cover).view(np.uint8).reshape(*cover.shape, 4)
    cv2.multiply(canvas.pixels, keep, dst=canvas.pixels, scale=1 / 255)
    cv2.add(canvas.pixels, spread(cover, [*colour, 255.0]), dst=canvas.pixels)


def lay(under: Canvas, top: Canvas) -> None:
    """Composite a premultiplied canvas over another that contains its box."""
    place = meet(under.box, top.box)
    if place is None:
        return
    below, above = under.part(place), top.part(place)
    keep = cv2.bitwise_not(above.pixels[..., 3])
    cv2.multiply(below.pixels, cv2.merge([keep, keep, keep, keep]), dst=below.pixels, scale=1 / 255)
    cv2.add(below.pixels, above.pixels, dst=below.pixels)


def soften(pixels: Pixels, sigma: float) -> Pixels:
    """Blur by about `sigma` pixels, at reduced size where that cannot be seen."""
    if sigma < 0.4:
        return pixels
    height, width = pixels.shape[:2]
    step = 1
    while sigma / step > 6 and min(height, width) // (step * 2) >= 16:
        step *= 2
    reach = 2 * round(sigma / step * 1.9) + 1
    if step == 1:
        return _u8(cv2.stackBlur(pixels, (reach, reach)))
    size = (-(-width // step), -(-height // step))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    small = cv2.stackBlur(small, (reach, reach))
    return _u8(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def room(around_it: Box, canvas: Canvas, spill: float) -> tuple[Box, Box] | None:
    """Return the box a soft outline paints on a canvas, and the box it must be blurred in.

    The second reaches beyond the canvas, so that a part is painted exactly as the whole is.
    """
    extent = grown(around_it, int(spill + 1) + 1)
    inside = meet(extent, canvas.box)
    if inside is None:
        return None
    return inside, meet(extent, grown(canvas.box, int(spill) + 2)) or inside


def cut(cover: Pixels, wide: Box, inside: Box) -> Pixels:
    """Return the part `inside` of coverage that spans `wide`."""
    rows = slice(inside[1] - wide[1], inside[3] - wide[1])
    columns = slice(inside[0] - wide[0], inside[2] - wide[0])
    return np.ascontiguousarray(cover[rows, columns])


def shifted(cover: Pixels, right: float, down: float) -> Pixels:
    """Return the mask moved by a sub-pixel offset, its edge pixels repeated."""
    height, width = cover.shape
    move = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return _u8(
        cv2.warpAffine(
            cover,
            move,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )


def subdivide(points: Points, length: float, *, closed: bool = True) -> Points:
    """Cut edges longer than `length` pixels into equal pieces, so that they can bend."""
    ends = np.concatenate([points[1:], points[:1]]) if closed else points[1:]
    starts = points if closed else points[:-1]
    reach = np.hypot(*(ends - starts).T)
    pieces = np.minimum(np.maximum(np.ceil(reach / length), 1), 200).astype(int)
    if int(pieces.max(initial=1)) == 1:
        return points
    index = np.repeat(np.arange(len(pieces)), pieces)
    first = np.cumsum(pieces) - pieces
    along = ((np.arange(len(index)) - first[index]) / pieces[index])[:, None]
    dense = starts[index] + (ends - starts)[index] * along
    if not closed:
        dense = np.concatenate([dense, points[-1:]])
    return dense.astype(np.float32)


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


def _u8(pixels: object) -> Pixels:
    return np.asarray(pixels, dtype=np.uint8)
