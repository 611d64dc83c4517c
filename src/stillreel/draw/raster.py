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
_FINE = 1.2
"""A soft edge is drawn small as long as it stays this many pixels soft."""
_THIN = 0.95
"""Pixels: finer lines are painted one pixel wide and fainter."""
_FAINT, _WHOLE = 0.05, 0.996
"""Lines fainter than the first are left out, from the second on they hide what is under them."""
_BENT = 24
"""Outlines with as many points are curved already."""
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
    width: float
    """Of an open stroke, pixels."""
    form: float
    """How far its lit side is shifted, pixels."""


def cels(
    shapes: Sequence[Shape], drawn: Sequence[Points] | None = None, scale: float = 1.0
) -> list[Cel]:
    """Return shapes ready for painting, all their points converted in one go.

    Args:
        shapes: of one layer.
        drawn: the outline to paint for each shape, or None for its own.
        scale: pixels painted per pixel of the sheet.
    """
    kept = [i for i, s in enumerate(shapes) if len(s.points) > 1 and s.alpha > _UNSEEN]
    if not kept:
        return []
    outlines = [shapes[i].points if drawn is None else drawn[i] for i in kept]
    lengths = np.array([len(points) for points in outlines])
    ends = np.cumsum(lengths)
    starts = ends - lengths
    flat = np.concatenate(outlines)
    if scale != 1.0:
        flat = flat * np.float32(scale)
    fixed = _sixteenths(flat)
    low = np.floor(np.minimum.reduceat(flat, starts, axis=0)).astype(int)
    high = np.floor(np.maximum.reduceat(flat, starts, axis=0)).astype(int) + 1
    boxes = np.concatenate([low, high], axis=1).tolist()
    done: list[Cel] = []
    for index, start, end, (left, top, right, bottom) in zip(
        kept, starts.tolist(), ends.tolist(), boxes, strict=True
    ):
        shape = shapes[index]
        rings = [fixed[start:end]]
        if shape.holes:
            rings += [_sixteenths(hole * np.float32(scale)) for hole in shape.holes]
        box = (left, top, right, bottom)
        wide, form = shape.width * scale, shape.form * scale
        done.append(Cel(shape, flat[start:end], rings, box, wide, form))
    return done


def _sixteenths(points: Points) -> NDArray[np.int32]:
    moved = np.clip(points, -_FAR, _FAR) * _UNIT
    moved -= _UNIT / 2
    return np.rint(moved, out=moved).astype(np.int32)


def blank(box: Box, colour: tuple[int, int, int, int] = (0, 0, 0, 0)) -> Canvas:
    """Return a canvas covering `box` of the sheet: transparent, or all of one BGRA colour."""
    left, top, right, bottom = box
    packed = np.array(colour, np.uint8).view(np.uint32)[0]
    pixels = np.full((bottom - top, right - left), packed, np.uint32)
    return Canvas(pixels.view(np.uint8).reshape(*pixels.shape, 4), left, top)


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
    seen = [shape for shape in shapes if len(shape.points)]
    if not seen:
        return None
    ends = np.cumsum(np.array([len(shape.points) for shape in seen]))
    starts = np.concatenate([[0], ends[:-1]])
    flat = np.concatenate([shape.points for shape in seen])
    more = np.array([int(margin + shape.width / 2) + 1 for shape in seen])[:, None]
    low = np.floor(np.minimum.reduceat(flat, starts, axis=0)) - more
    high = np.floor(np.maximum.reduceat(flat, starts, axis=0)) + 1 + more
    left, top = low.min(axis=0)
    right, bottom = high.max(axis=0)
    return int(left), int(top), int(right), int(bottom)


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


def trace(canvas: Canvas, cel: Cel, colour: Bgr, weight: float = 1.0) -> None:
    """Paint an open line of even width, see-through by `weight`; below a pixel it gets fainter."""
    weight *= min(cel.width, 1.0) if cel.width < _THIN else 1.0
    if weight < _FAINT:
        return
    part, share = canvas, weight
    if share < _WHOLE:
        box = meet(grown(cel.box, 3 + int(cel.width)), canvas.box)
        if box is None:
            return
        part = canvas.part(box)
    pixels = part.pixels if share >= _WHOLE else part.pixels.copy()
    off = np.array((part.left << _SHIFT, part.top << _SHIFT), np.int32)
    whole = max(1, round(cel.width))
    cv2.polylines(pixels, [cel.fixed[0] - off], False, (*colour, 255), whole, cv2.LINE_AA, _SHIFT)
    if share < _WHOLE:
        cv2.addWeighted(pixels, share, part.pixels, 1 - share, 0, dst=part.pixels)


def edged(
    canvas: Canvas, fixed: Sequence[NDArray[np.int32]], width: float, colour: Bgr, ground: Bgr
) -> None:
    """Draw an even line round a cel; one below a pixel pales toward the `ground` inside it."""
    off = np.array((canvas.left << _SHIFT, canvas.top << _SHIFT), np.int32)
    if width < _THIN:
        colour = (
            round(ground[0] + (colour[0] - ground[0]) * width),
            round(ground[1] + (colour[1] - ground[1]) * width),
            round(ground[2] + (colour[2] - ground[2]) * width),
        )
    rings = [ring - off for ring in fixed]
    whole = max(1, round(width))
    cv2.polylines(canvas.pixels, rings, True, (*colour, 255), whole, cv2.LINE_AA, _SHIFT)


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
    if width >= _THIN:
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


def blurred(
    box: Box, fixed: list[NDArray[np.int32]], sigma: float, shift: tuple[float, float] = (0.0, 0.0)
) -> Pixels:
    """Return the coverage of a cel blurred by `sigma` pixels, drawn small where it may be."""
    more = 0
    while sigma / (2 << more) > _FINE:
        more += 1
    if more == 0:
        return soften(covered(box, fixed, shift), sigma)
    step, unit = 1 << more, 1 << _SHIFT
    # The coarse pixels lie on the sheet's own grid, so that a part comes out as the whole does.
    left, top = box[0] - box[0] % step, box[1] - box[1] % step
    wide, high = -(-(box[2] - left) // step), -(-(box[3] - top) // step)
    small = np.zeros((high, wide), np.uint8)
    half = (step - 1) * unit // 2
    off = (round((shift[0] - left) * unit) - half, round((shift[1] - top) * unit) - half)
    cv2.fillPoly(small, fixed, (255,), cv2.LINE_AA, _SHIFT + more, off)
    reach = 2 * round(sigma / step * 1.9) + 1
    soft = cv2.stackBlur(small, (reach, reach))
    soft = cv2.resize(soft, (wide * step, high * step), interpolation=cv2.INTER_LINEAR)
    return _u8(soft[box[1] - top : box[3] - top, box[0] - left : box[2] - left])


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
    return bendable([points], [closed], length)[0]


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


def _u8(pixels: object) -> Pixels:
    return np.asarray(pixels, dtype=np.uint8)
