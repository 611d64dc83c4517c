"""How the look of light paints one shape: flat, modelled, see-through, shadow, beam or water."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import coverage, finish, raster
from stillreel.draw.box import grown, meet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.marks import Layer, Shape, Stack
    from stillreel.draw.raster import Canvas, Cel
    from stillreel.draw.tone import Tone

    Pixels = NDArray[np.uint8]

BLOOM = 0.011
"""Width of the inner halo, in frame heights."""
_ROUND = 1.0
"""Pixels of form below which a shape is painted flat: the turn would be as fine as its edge."""
_LOW = 5
"""Pixels of height up to which a gradient is one colour."""
_BLURRED_AWAY = 4
"""Width and height in pixels, together, below which nothing is left of a shape once blurred."""
_UNTURNED = frozenset({"sky", "cloud"})


@dataclass(frozen=True, slots=True)
class Bench:
    """What every shape of one layer is painted with."""

    tone: Tone
    stack: Stack
    layer: Layer
    tall: float
    """Frame height in pixels of the canvas (smaller when a blurred layer is drawn small)."""
    scale: float
    """Canvas pixels per sheet pixel."""
    behind: Canvas | None = None
    """The picture so far, when it is at hand: what water mirrors."""


def frame_height(stack: Stack) -> int:
    """Return the height of the visible frame in pixels."""
    return stack.visible[3] - stack.visible[1]


def draw(canvas: Canvas, bench: Bench, shapes: tuple[Shape, ...]) -> None:
    """Paint shapes in their order, and the halo of those that glow."""
    frame = canvas.box
    cels = raster.cels(shapes, scale=bench.scale)
    for cel in cels:
        shape, (left, top, right, bottom) = cel.shape, cel.box
        more = 3 + cel.width
        if (
            left - more >= frame[2]
            or right + more <= frame[0]
            or top - more >= frame[3]
            or bottom + more <= frame[1]
        ):
            continue
        if bench.scale < 1 and right - left + bottom - top <= _BLURRED_AWAY:
            continue
        if shape.role == "shadow" and shape.closed:
            _shadow(canvas, bench, cel)
        elif shape.role == "light":
            _beam(canvas, bench, cel)
        elif shape.role == "water" and shape.closed:
            _water(canvas, bench, cel)
        elif shape.alpha < 0.996:
            _sheer(canvas, bench, cel)
        else:
            _solid(canvas, bench, cel)
    _bloom(canvas, bench, [c for c in cels if c.shape.glow > 0.02])


def _place(cel: Cel, margin: float, canvas: Canvas) -> Box | None:
    return meet(grown(cel.box, int(margin) + 1), canvas.box)


def _sheer(canvas: Canvas, bench: Bench, cel: Cel) -> None:
    """Paint a see-through shape: solid on a copy, then mixed back."""
    shape = cel.shape
    if not shape.closed:
        raster.trace(canvas, cel, _whole(bench.tone.lit(shape)), shape.alpha)
        return
    box = _place(cel, 2, canvas)
    if box is None:
        return
    part = canvas.part(box)
    copy = raster.Canvas(part.pixels.copy(), part.left, part.top)
    _solid(copy, bench, cel)
    cv2.addWeighted(copy.pixels, shape.alpha, part.pixels, 1 - shape.alpha, 0, dst=part.pixels)


def _solid(canvas: Canvas, bench: Bench, cel: Cel) -> None:
    shape = cel.shape
    lit = bench.tone.lit(shape)
    if not shape.closed:
        raster.trace(canvas, cel, _whole(lit))
        return
    round_ = cel.form >= _ROUND and shape.role not in _UNTURNED
    if not round_ and (shape.to is None or cel.box[3] - cel.box[1] <= _LOW):
        raster.flood(canvas, cel.fixed, _whole(_middle(bench.tone, shape, lit)))
    else:
        _modelled(canvas, bench, cel, lit, round_=round_)
    if shape.outline >= 0.5 and shape.owner:
        edge = (lit[0] * 0.45, lit[1] * 0.42, lit[2] * 0.48)
        width = min(shape.outline * bench.tall / 720 * 0.8, 2.4)
        raster.stroke(canvas, cel.points, width, _whole(edge), closed=True)


def _middle(
    tone: Tone, shape: Shape, lit: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return the colour of a shape that is painted flat: half way down its gradient."""
    if shape.to is None:
        return lit
    last = tone.lit(shape, shape.to)
    return (lit[0] + last[0]) / 2, (lit[1] + last[1]) / 2, (lit[2] + last[2]) / 2


def _modelled(
    canvas: Canvas, bench: Bench, cel: Cel, lit: tuple[float, float, float], *, round_: bool
) -> None:
    """Fill with the first colour, then add what the gradient and the key light change."""
    tone, shape = bench.tone, cel.shape
    ground = tone.shaded(shape) if round_ else lit
    raster.flood(canvas, cel.fixed, _whole(ground))
    place = coverage.room(cel.box, canvas, max(2.0, cel.form * 1.1 * round_))
    if place is None:
        return
    box, wide = place
    part = canvas.part(box)
    cover = coverage.covered(box, cel.fixed)
    if round_:
        toward, form = tone.toward, cel.form
        push = (toward[0] * form, toward[1] * form)
        bright = coverage.blurred(wide, cel.fixed, form * 0.35, push)
        if wide != box:
            bright = coverage.cut(bright, wide, box)
        raster.tint(part, np.asarray(cv2.min(bright, cover), np.uint8), _delta(ground, lit))
    if shape.to is not None:
        _graded(part, cover, cel, _delta(lit, tone.lit(shape, shape.to)))


def _graded(part: Canvas, cover: Pixels, cel: Cel, delta: tuple[float, ...]) -> None:
    """Add the change of colour from the top of a shape to its foot."""
    low, high = float(cel.points[:, 1].min()), float(cel.points[:, 1].max())
    top, bottom = part.box[1], part.box[3]
    rows = (np.arange(top, bottom, dtype=np.float32) + 0.5 - low) / max(high - low, 1)
    ramp = np.clip(rows * 255, 0, 255).astype(np.uint8)[:, None]
    weight = cv2.multiply(cover, np.repeat(ramp, cover.shape[1], axis=1), scale=1 / 255)
    raster.tint(part, np.asarray(weight, np.uint8), delta)


def _shadow(canvas: Canvas, bench: Bench, cel: Cel) -> None:
    """Lay a soft dark shape: contact and cast shadows."""
    shape = cel.shape
    high = float(np.ptp(cel.points[:, 1]))
    sigma = max(min(high * 0.16, bench.tall * 0.009), 0.8)
    place = coverage.room(cel.box, canvas, sigma * 3)
    if place is None:
        return
    box, wide = place
    whole = coverage.blurred(wide, cel.fixed, sigma)
    cover = coverage.cut(whole, wide, box)
    deep = bench.stack.light.shade_colour
    ink = (deep[2] * 0.12, deep[1] * 0.10, deep[0] * 0.10)
    weight = cv2.convertScaleAbs(cover, alpha=min(shape.alpha, 1.0) * (1 - 0.7 * bench.tone.haze))
    raster.over(canvas.part(box), np.asarray(weight, np.uint8), ink)


def _beam(canvas: Canvas, bench: Bench, cel: Cel) -> None:
    """Add light with a soft edge: beams, cones, halos."""
    shape = cel.shape
    span = float(min(np.ptp(cel.points[:, 0]), np.ptp(cel.points[:, 1])))
    sigma = max(min(span * 0.10, bench.tall * 0.012), 0.5)
    place = coverage.room(cel.box, canvas, sigma * 3 + cel.width)
    if place is None:
        return
    box, wide = place
    cover = coverage.mask(wide, [cel.points], closed=shape.closed, width=cel.width)
    if shape.to is not None and shape.closed:
        low, high = float(cel.points[:, 1].min()), float(cel.points[:, 1].max())
        rows = (np.arange(wide[1], wide[3], dtype=np.float32) - low) / max(high - low, 1)
        fade = np.clip(1 - rows, 0, 1)[:, None]
        cover = np.round(cover * fade).astype(np.uint8)
    cover = coverage.cut(coverage.soften(cover, sigma), wide, box)
    strength = shape.alpha * (1 - 0.5 * bench.tone.haze)
    blue, green, red = raster.bgr(shape.colour)
    raster.tint(canvas.part(box), cover, (blue * strength, green * strength, red * strength))


def _water(canvas: Canvas, bench: Bench, cel: Cel) -> None:
    """Paint water or wet ground, with what stands above the horizon mirrored in it."""
    shape = cel.shape
    box = _place(cel, 2, canvas)
    if box is None:
        return
    if shape.alpha < 0.996:
        _sheer(canvas, bench, cel)
    else:
        _solid(canvas, bench, cel)
    mirror = _mirror(bench, box)
    if mirror is None:
        return
    cover = coverage.covered(box, cel.fixed)
    weight = cv2.convertScaleAbs(cover, alpha=0.42 + 0.28 * (1 - shape.alpha))
    part = canvas.part(box)
    keep = cv2.merge([np.asarray(weight, np.uint8)] * 4)
    light = cv2.multiply(mirror, keep, scale=1 / 255)
    light[..., 3] = 0
    cv2.add(part.pixels, light, dst=part.pixels)


def _mirror(bench: Bench, box: Box) -> Pixels | None:
    """Return what is painted above the horizon, flipped and smeared down over `box`."""
    behind, scale = bench.behind, bench.scale
    if behind is None or bench.stack.horizon < behind.top + 4:
        return None
    level = bench.stack.horizon
    left, top, right, bottom = (edge / scale for edge in box)
    rows = np.clip(2 * level - np.arange(top + 2, bottom, 4) - behind.top, 0, level - behind.top)
    rows = np.minimum(rows.astype(int), behind.pixels.shape[0] - 1)
    columns = np.arange(left + 2, right, 4).astype(int) - behind.left
    columns = np.clip(columns, 0, behind.pixels.shape[1] - 1)
    if bottom <= level + 4 or not len(rows) or not len(columns):
        return None
    quarter = cv2.resize(behind.pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    rows, columns = np.minimum(rows // 4, len(quarter) - 1), columns // 4
    columns = np.minimum(columns, quarter.shape[1] - 1)
    small = np.ascontiguousarray(quarter[rows][:, columns])
    small = cv2.GaussianBlur(small, (0, 0), sigmaX=0.7, sigmaY=frame_height(bench.stack) * 0.006)
    small = cv2.subtract(small, _dimmed(26))
    size = (box[2] - box[0], box[3] - box[1])
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)


@lru_cache(maxsize=2)
def _dimmed(amount: int) -> NDArray[np.float64]:
    """The scalar OpenCV takes off every pixel: what a wet surface swallows."""
    return np.array([amount, amount, amount, 0], np.float64)


def _bloom(canvas: Canvas, bench: Bench, glowing: list[Cel]) -> None:
    if not glowing:
        return
    sigma = bench.tall * BLOOM
    spill = int(sigma * 10) + 1
    boxes = np.array([cel.box for cel in glowing])
    low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
    around = (low[0] - spill, low[1] - spill, high[2] + spill, high[3] + spill)
    box = meet(around, canvas.box)
    if box is None:
        return
    step = 4
    wide, high = -(-(box[2] - box[0]) // step), -(-(box[3] - box[1]) // step)
    lights = raster.Canvas(np.zeros((high, wide, 4), np.uint8), 0, 0)
    corner = np.array(box[:2], np.float32)
    for cel in glowing:
        shape = cel.shape
        power = min(shape.glow * shape.alpha, 1.0)
        blue, green, red = raster.bgr(shape.colour)
        colour = round(blue * power), round(green * power), round(red * power)
        points = np.asarray((cel.points - corner) / step, np.float32)
        if shape.closed:
            raster.fill(lights, [points], colour)
        else:
            raster.stroke(lights, points, max(cel.width / step, 0.3), colour)
    seen = np.ascontiguousarray(lights.pixels[..., :3])
    finish.bloom(canvas.part(box), seen, step, sigma)


def _delta(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, ...]:
    return second[2] - first[2], second[1] - first[1], second[0] - first[0]


def _whole(colour: tuple[float, float, float]) -> tuple[int, int, int]:
    return round(colour[2]), round(colour[1]), round(colour[0])
