"""Pixels under the looks: anti-aliased outlines and strokes on a premultiplied canvas.

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

from stillreel.draw.box import grown, meet
from stillreel.draw.coverage import SHIFT, UNIT, fixed_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.marks import Shape

    Pixels = NDArray[np.uint8]
    Points = NDArray[np.float32]

Bgr = tuple[int, int, int]

_FAR = np.float32(30_000)
"""Coordinates are clamped here: OpenCV's fixed point overflows beyond."""
_THIN = 0.95
"""Pixels: finer lines are painted one pixel wide and fainter."""
_FAINT, _WHOLE = 0.05, 0.996
"""Lines fainter than the first are left out, from the second on they hide what is under them."""
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
    moved = np.clip(points, -_FAR, _FAR) * UNIT
    moved -= UNIT / 2
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


def around(points: Points, margin: float = 1.0) -> Box:
    """Return the whole-pixel box around points, widened by `margin` pixels."""
    left, top, wide, high = cv2.boundingRect(points)
    more = int(margin) + 1
    return left - more, top - more, left + wide + more, top + high + more


def fill(canvas: Canvas, outlines: Sequence[Points], colour: Bgr) -> None:
    """Paint closed outlines in one opaque colour; an outline inside another is a hole."""
    fixed = [
        fixed_points(points, canvas.left, canvas.top) for points in outlines if len(points) > 1
    ]
    if fixed:
        cv2.fillPoly(canvas.pixels, fixed, (*colour, 255), cv2.LINE_AA, SHIFT)


def flood(canvas: Canvas, fixed: list[NDArray[np.int32]], colour: Bgr) -> None:
    """Paint the closed outlines of a cel in one opaque colour."""
    cv2.fillPoly(
        canvas.pixels,
        fixed,
        (*colour, 255),
        cv2.LINE_AA,
        SHIFT,
        (-canvas.left << SHIFT, -canvas.top << SHIFT),
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
    off = np.array((part.left << SHIFT, part.top << SHIFT), np.int32)
    whole = max(1, round(cel.width))
    cv2.polylines(pixels, [cel.fixed[0] - off], False, (*colour, 255), whole, cv2.LINE_AA, SHIFT)
    if share < _WHOLE:
        cv2.addWeighted(pixels, share, part.pixels, 1 - share, 0, dst=part.pixels)


def edged(
    canvas: Canvas, fixed: Sequence[NDArray[np.int32]], width: float, colour: Bgr, ground: Bgr
) -> None:
    """Draw an even line round a cel; one below a pixel pales toward the `ground` inside it."""
    off = np.array((canvas.left << SHIFT, canvas.top << SHIFT), np.int32)
    if width < _THIN:
        colour = (
            round(ground[0] + (colour[0] - ground[0]) * width),
            round(ground[1] + (colour[1] - ground[1]) * width),
            round(ground[2] + (colour[2] - ground[2]) * width),
        )
    rings = [ring - off for ring in fixed]
    whole = max(1, round(width))
    cv2.polylines(canvas.pixels, rings, True, (*colour, 255), whole, cv2.LINE_AA, SHIFT)


def stroke(
    canvas: Canvas, points: Points, width: float, colour: Bgr, *, closed: bool = False
) -> None:
    """Paint a line of even width; below one pixel it gets fainter instead of thinner."""
    if len(points) < 2 or width <= 0.05:
        return
    fixed = [fixed_points(points, canvas.left, canvas.top)]
    whole = max(1, round(width))
    if width >= _THIN:
        cv2.polylines(canvas.pixels, fixed, closed, (*colour, 255), whole, cv2.LINE_AA, SHIFT)
        return
    box = meet(around(points, 2), canvas.box)
    if box is None:
        return
    part = canvas.part(box)
    copy = part.pixels.copy()
    fixed = [fixed_points(points, part.left, part.top)]
    cv2.polylines(copy, fixed, closed, (*colour, 255), 1, cv2.LINE_AA, SHIFT)
    cv2.addWeighted(copy, width, part.pixels, 1 - width, 0, dst=part.pixels)


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
