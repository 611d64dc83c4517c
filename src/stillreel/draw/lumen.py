"""The look of light: flat colour in two tones, rim, haze, bloom, lens blur, wet reflections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import finish as last
from stillreel.draw import raster
from stillreel.draw.tone import Tone, tone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.marks import Layer, Shape, Stack
    from stillreel.draw.raster import Box, Canvas

    Pixels = NDArray[np.uint8]

PAGE = (18, 19, 24)
LETTERS = (236, 234, 228)
NOTE = (240, 180, 72)
GROUNDS = ((226, 222, 214), (194, 204, 212), (150, 160, 170), (56, 62, 76))

_BLOOM = 0.011
"""Width of the inner halo, in frame heights."""
_RIM = 0.0085
"""Widest rim light, in frame heights."""


@dataclass(frozen=True, slots=True)
class _Bench:
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


def reach(layer: Layer, stack: Stack) -> int:
    """Return how many pixels beyond its outline a layer's paint can fall."""
    tall = frame_height(stack)
    spill = layer.blur * tall / 1080 * 3
    if any(shape.glow > 0 for shape in layer.shapes):
        spill += tall * _BLOOM * 10
    if any(shape.role in {"shadow", "light"} for shape in layer.shapes):
        spill += tall * 0.03
    return int(spill) + 3


def paint(layer: Layer, stack: Stack, box: Box | None = None) -> Pixels:
    """Return one layer as premultiplied BGRA, (h, w, 4), of the sheet or of `box` only.

    Colour may exceed alpha where the layer gives off light: it is added when composited.
    """
    canvas = raster.blank(box or (0, 0, stack.width, stack.height))
    _put(canvas, layer, stack)
    return canvas.pixels


def paint_all(
    layers: Sequence[Layer], stack: Stack, box: Box | None = None, *, opaque: bool = False
) -> Pixels:
    """Return layers painted one over another on one sheet, unfinished, premultiplied BGRA."""
    canvas = raster.blank(box or (0, 0, stack.width, stack.height))
    if opaque:
        canvas.pixels[..., 3] = 255
    for layer in layers:
        _put(canvas, layer, stack, behind=canvas if opaque else None)
    return canvas.pixels


def flatten(stack: Stack) -> Pixels:
    """Return the finished still of the visible frame, BGR, (h, w, 3)."""
    cv2.setNumThreads(1)
    sheet = finish(
        paint_all(stack.layers, stack, stack.visible, opaque=True), stack, stack.visible
    )
    return np.asarray(cv2.cvtColor(sheet, cv2.COLOR_BGRA2BGR), np.uint8)


def finish(pixels: Pixels, stack: Stack, box: Box | None = None) -> Pixels:
    """Return BGR or premultiplied BGRA pixels of `box` with vignette and grain."""
    return last.film(pixels, stack, box or (0, 0, stack.width, stack.height))


def _put(canvas: Canvas, layer: Layer, stack: Stack, behind: Canvas | None = None) -> None:
    extent = raster.bounds(layer.shapes, reach(layer, stack))
    region = raster.meet(extent, canvas.box) if extent else None
    if region is None:
        return
    tall = frame_height(stack)
    sigma = layer.blur * tall / 1080
    if behind is None and any(shape.role == "water" for shape in layer.shapes):
        behind = _behind(layer, stack)
    bench = _Bench(tone_of(layer, stack.light), stack, layer, tall, 1.0, behind)
    if sigma >= 0.8:
        _put_blurred(canvas, bench, region, sigma)
    elif layer.kind in {"figure", "foreground"}:
        cast = tuple(shape for shape in layer.shapes if shape.role == "shadow" and not shape.owner)
        body = tuple(shape for shape in layer.shapes if shape.role != "shadow" or shape.owner)
        _draw(canvas.part(region), bench, cast)
        own = raster.blank(region)
        _draw(own, bench, body)
        _rim(own, bench)
        raster.lay(canvas, own)
    else:
        _draw(canvas.part(region), bench, layer.shapes)


def _put_blurred(canvas: Canvas, bench: _Bench, region: Box, sigma: float) -> None:
    """Draw small what will be blurred anyway: half size from 2 px, quarter from 5 px."""
    step = 4 if sigma >= 5 else 2 if sigma >= 2 else 1
    pad = int(sigma * 3) + step
    box = tuple(
        -(-edge // step) if index > 1 else edge // step
        for index, edge in enumerate(
            (region[0] - pad, region[1] - pad, region[2] + pad, region[3] + pad)
        )
    )
    small = raster.blank((box[0], box[1], box[2], box[3]))
    layer = bench.layer.scaled(1 / step) if step > 1 else bench.layer
    near = replace(bench, layer=layer, tall=bench.tall / step, scale=1 / step)
    _draw(small, near, layer.shapes)
    if layer.kind in {"figure", "foreground"}:
        _rim(small, near)
    soft = cv2.GaussianBlur(
        small.pixels, (0, 0), sigma / step, borderType=cv2.BORDER_REPLICATE
    )
    height, width = soft.shape[:2]
    if step > 1:
        size = (width * step, height * step)
        soft = cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR)
    whole = raster.Canvas(np.asarray(soft, np.uint8), box[0] * step, box[1] * step)
    raster.lay(canvas, whole.part(raster.meet(whole.box, region) or region))


def _draw(canvas: Canvas, bench: _Bench, shapes: tuple[Shape, ...]) -> None:
    for shape in shapes:
        if len(shape.points) < 2 or shape.alpha <= 0.004:
            continue
        if raster.meet(raster.around(shape.points, 2 + shape.width), canvas.box) is None:
            continue
        if shape.role == "shadow" and shape.closed:
            _shadow(canvas, bench, shape)
        elif shape.role == "light":
            _beam(canvas, bench, shape)
        elif shape.role == "water" and shape.closed:
            _water(canvas, bench, shape)
        elif shape.alpha < 0.996:
            _sheer(canvas, bench, shape)
        else:
            _solid(canvas, bench, shape)
    _bloom(canvas, bench, shapes)


def _sheer(canvas: Canvas, bench: _Bench, shape: Shape) -> None:
    """Paint a see-through shape: solid on a copy, then mixed back."""
    box = raster.meet(raster.around(shape.points, 2 + shape.width), canvas.box)
    if box is None:
        return
    part = canvas.part(box)
    copy = raster.Canvas(part.pixels.copy(), part.left, part.top)
    _solid(copy, bench, shape)
    cv2.addWeighted(
        copy.pixels, shape.alpha, part.pixels, 1 - shape.alpha, 0, dst=part.pixels
    )


def _solid(canvas: Canvas, bench: _Bench, shape: Shape) -> None:
    lit = bench.tone.lit(shape)
    if not shape.closed:
        raster.stroke(canvas, shape.points, shape.width, _whole(lit))
        return
    outlines = [shape.points, *shape.holes]
    round_ = shape.form >= 0.6 and shape.role not in {"sky", "cloud"}
    if not round_ and shape.to is None:
        raster.fill(canvas, outlines, _whole(lit))
    else:
        _modelled(canvas, bench, shape, outlines, round_=round_)
    if shape.outline >= 0.5 and shape.owner:
        edge = (lit[0] * 0.45, lit[1] * 0.42, lit[2] * 0.48)
        width = min(shape.outline * bench.tall / 720 * 0.8, 2.4)
        raster.stroke(canvas, shape.points, width, _whole(edge), closed=True)


def _modelled(
    canvas: Canvas, bench: _Bench, shape: Shape, outlines: list[NDArray[np.float32]], *, round_: bool
) -> None:
    """Fill with the first colour, then add what the gradient and the key light change."""
    tone = bench.tone
    lit = tone.lit(shape)
    ground = tone.shaded(shape) if round_ else lit
    raster.fill(canvas, outlines, _whole(ground))
    box = raster.meet(raster.around(shape.points, 2), canvas.box)
    if box is None:
        return
    part = canvas.part(box)
    cover = raster.mask(box, outlines)
    if round_:
        toward, form = tone.toward, shape.form
        push = (toward[0] * form, toward[1] * form)
        bright = raster.mask(box, outlines, shift=push)
        bright = np.minimum(raster.soften(bright, form * 0.35), cover)
        raster.tint(part, bright, _delta(ground, lit))
    if shape.to is not None:
        last_colour = tone.lit(shape, shape.to)
        low, high = float(shape.points[:, 1].min()), float(shape.points[:, 1].max())
        rows = (np.arange(box[1], box[3], dtype=np.float32) + 0.5 - low) / max(high - low, 1)
        ramp = np.clip(rows * 255, 0, 255).astype(np.uint8)[:, None]
        ramp = np.ascontiguousarray(np.broadcast_to(ramp, cover.shape))
        weight = cv2.multiply(cover, ramp, scale=1 / 255)
        raster.tint(part, np.asarray(weight, np.uint8), _delta(lit, last_colour))


def _shadow(canvas: Canvas, bench: _Bench, shape: Shape) -> None:
    """Lay a soft dark shape: contact and cast shadows."""
    high = float(np.ptp(shape.points[:, 1]))
    sigma = max(min(high * 0.16, bench.tall * 0.009), 0.8)
    box = raster.meet(raster.around(shape.points, sigma * 3 + 1), canvas.box)
    if box is None:
        return
    cover = raster.soften(raster.mask(box, [shape.points, *shape.holes]), sigma)
    deep = bench.stack.light.shade_colour
    ink = (deep[2] * 0.12, deep[1] * 0.10, deep[0] * 0.10)
    weight = cv2.convertScaleAbs(cover, alpha=min(shape.alpha, 1.0) * (1 - 0.7 * bench.tone.haze))
    raster.over(canvas.part(box), np.asarray(weight, np.uint8), ink)


def _beam(canvas: Canvas, bench: _Bench, shape: Shape) -> None:
    """Add light with a soft edge: beams, cones, halos."""
    span = float(min(np.ptp(shape.points[:, 0]), np.ptp(shape.points[:, 1])))
    sigma = max(min(span * 0.10, bench.tall * 0.012), 0.5)
    box = raster.meet(raster.around(shape.points, sigma * 3 + 1 + shape.width), canvas.box)
    if box is None:
        return
    cover = raster.mask(
        box, [shape.points, *shape.holes], closed=shape.closed, width=shape.width
    )
    if shape.to is not None and shape.closed:
        low, high = float(shape.points[:, 1].min()), float(shape.points[:, 1].max())
        rows = (np.arange(box[1], box[3], dtype=np.float32) - low) / max(high - low, 1)
        fade = np.clip(1 - rows, 0, 1)[:, None]
        cover = np.round(cover * fade).astype(np.uint8)
    cover = raster.soften(cover, sigma)
    strength = shape.alpha * (1 - 0.5 * bench.tone.haze)
    blue, green, red = raster.bgr(shape.colour)
    raster.tint(canvas.part(box), cover, (blue * strength, green * strength, red * strength))


def _water(canvas: Canvas, bench: _Bench, shape: Shape) -> None:
    """Paint water or wet ground, with what stands above the horizon mirrored in it."""
    box = raster.meet(raster.around(shape.points, 2), canvas.box)
    if box is None:
        return
    if shape.alpha < 0.996:
        _sheer(canvas, bench, shape)
    else:
        _solid(canvas, bench, shape)
    mirror = _mirror(bench, box)
    if mirror is None:
        return
    cover = raster.mask(box, [shape.points, *shape.holes])
    weight = cv2.convertScaleAbs(cover, alpha=0.42 + 0.28 * (1 - shape.alpha))
    part = canvas.part(box)
    keep = cv2.merge([np.asarray(weight, np.uint8)] * 4)
    light = cv2.multiply(mirror, keep, scale=1 / 255)
    light[..., 3] = 0
    cv2.add(part.pixels, light, dst=part.pixels)


def _behind(layer: Layer, stack: Stack) -> Canvas:
    """Paint what lies behind a layer, for its water to mirror."""
    seen = raster.blank((0, 0, stack.width, stack.height))
    seen.pixels[..., 3] = 255
    for other in stack.layers:
        if other is layer or other.name == layer.name:
            break
        _put(seen, other, stack, behind=seen)
    return seen


def _mirror(bench: _Bench, box: Box) -> Pixels | None:
    """Return what is painted above the horizon, flipped and smeared down over `box`."""
    behind, scale = bench.behind, bench.scale
    if behind is None:
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
    small = cv2.subtract(small, (26, 26, 26, 0))
    size = (box[2] - box[0], box[3] - box[1])
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _bloom(canvas: Canvas, bench: _Bench, shapes: tuple[Shape, ...]) -> None:
    glowing = [s for s in shapes if s.glow > 0.02 and len(s.points) > 1]
    if not glowing:
        return
    sigma = bench.tall * _BLOOM
    box = raster.meet(raster.bounds(glowing, sigma * 10) or canvas.box, canvas.box)
    if box is None:
        return
    step = 4
    wide, high = -(-(box[2] - box[0]) // step), -(-(box[3] - box[1]) // step)
    lights = raster.Canvas(np.zeros((high, wide, 4), np.uint8), 0, 0)
    corner = np.array(box[:2], np.float32)
    for shape in glowing:
        power = min(shape.glow * shape.alpha, 1.0)
        blue, green, red = raster.bgr(shape.colour)
        colour = round(blue * power), round(green * power), round(red * power)
        points = (shape.points - corner) / step
        if shape.closed:
            raster.fill(lights, [points], colour)
        else:
            raster.stroke(lights, points, max(shape.width / step, 0.3), colour)
    seen = np.ascontiguousarray(lights.pixels[..., :3])
    last.bloom(canvas.part(box), seen, step, sigma)


def _rim(canvas: Canvas, bench: _Bench) -> None:
    """Edge the silhouette with the light that comes from opposite the key."""
    alpha = np.ascontiguousarray(canvas.pixels[..., 3])
    inked = raster.bounds(bench.layer.shapes, 0)
    if inked is None or not any(bench.stack.light.rim):
        return
    tall = inked[3] - inked[1]
    width = min(max(tall * 0.011, 1.1), bench.tall * _RIM)
    across = bench.tone.toward if bench.tone.toward != (0.0, 0.0) else (0.35, -0.94)
    inner = raster.shifted(alpha, across[0] * width, (across[1] * 0.4 + 0.25) * width)
    edge = cv2.subtract(alpha, inner)
    edge = cv2.GaussianBlur(edge, (0, 0), max(width * 0.18, 0.5))
    edge = np.minimum(np.asarray(edge, np.uint8), alpha)
    strength = 0.9 * (1 - bench.tone.haze)
    weight = np.asarray(cv2.convertScaleAbs(edge, alpha=strength), np.uint8)
    shade = canvas.pixels.copy()
    raster.over(canvas, weight, raster.bgr(bench.stack.light.rim))
    canvas.pixels[..., 3] = shade[..., 3]


def _delta(first: tuple[float, float, float], second: tuple[float, float, float]) -> tuple[float, ...]:
    return second[2] - first[2], second[1] - first[1], second[0] - first[0]


def _whole(colour: tuple[float, float, float]) -> tuple[int, int, int]:
    return round(colour[2]), round(colour[1]), round(colour[0])
