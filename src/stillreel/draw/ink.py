"""The look of line: contours with pressure, four tones, hatching by material, one spot colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import nib, pen, raster
from stillreel.draw.box import bounds, meet
from stillreel.draw.finish import whole_tiles
from stillreel.draw.tone import luminance, tone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.marks import Layer, Shape, Stack
    from stillreel.draw.pen import Desk
    from stillreel.draw.raster import Canvas, Cel

    Pixels = NDArray[np.uint8]
    Rgb = tuple[int, int, int]

PAGE: Rgb = (202, 195, 182)
LINE: Rgb = (26, 28, 38)
COLOURED: bool = False
GROUNDS: tuple[Rgb, ...] = ((243, 236, 222),)


def reach(layer: Layer, stack: Stack) -> int:
    """Return how many pixels beyond its outline a layer's ink can fall."""
    unit = (stack.visible[3] - stack.visible[1]) / 720
    spill = 60 * unit if any(shape.glow > 0 for shape in layer.shapes) else 0
    return int(spill + 8 * unit) + 3


def paint(layer: Layer, stack: Stack, box: Box | None = None) -> Pixels:
    """Return one layer as premultiplied BGRA, (h, w, 4), of the sheet or of `box` only."""
    canvas = raster.blank(box or (0, 0, stack.width, stack.height))
    _put(canvas, layer, stack)
    return canvas.pixels


def paint_all(
    layers: Sequence[Layer], stack: Stack, box: Box | None = None, *, opaque: bool = False
) -> Pixels:
    """Return layers drawn one over another on one sheet, unfinished, premultiplied BGRA."""
    bare = (*pen.TONES[pen.PAPER], 255) if opaque else (0, 0, 0, 0)
    canvas = raster.blank(box or (0, 0, stack.width, stack.height), bare)
    for layer in layers:
        _put(canvas, layer, stack)
    return canvas.pixels


def flatten(stack: Stack) -> Pixels:
    """Return the finished still of the visible frame, BGR, (h, w, 3)."""
    cv2.setNumThreads(1)
    sheet = finish(paint_all(stack.layers, stack, stack.visible, opaque=True), stack, stack.visible)
    return np.asarray(cv2.cvtColor(sheet, cv2.COLOR_BGRA2BGR), np.uint8)


def finish(pixels: Pixels, stack: Stack, box: Box | None = None) -> Pixels:
    """Return BGR or premultiplied BGRA pixels of `box` on the tooth of the paper."""
    left, top, right, bottom = box or (0, 0, stack.width, stack.height)
    size = whole_tiles(stack.width), whole_tiles(stack.height)
    tooth = nib.paper(*size, pixels.shape[2])[top:bottom, left:right]
    return np.asarray(cv2.multiply(pixels, tooth, scale=1 / 255), np.uint8)


def _put(canvas: Canvas, layer: Layer, stack: Stack) -> None:
    extent = bounds(layer.shapes, reach(layer, stack))
    region = meet(extent, canvas.box) if extent else None
    if region is None:
        return
    desk = _desk(layer, stack)
    drawn = _by_hand(layer.shapes, desk.unit, stack.seed)
    if layer.kind == "figure":
        cast = [c for c in drawn if c.shape.role == "shadow" and not c.shape.owner]
        body = [c for c in drawn if c.shape.role != "shadow" or c.shape.owner]
        pen.draw(canvas.part(region), desk, cast)
        own = raster.blank(region)
        pen.draw(own, desk, body)
        _halo(canvas.part(region), own, desk)
        raster.lay(canvas, own)
    else:
        part = canvas.part(region)
        pen.draw(part, desk, drawn)
        pen.shine(part, desk, drawn)


def _desk(layer: Layer, stack: Stack) -> Desk:
    tone = tone_of(layer, stack.light)
    toward = tone.toward if tone.toward != (0.0, 0.0) else (-0.5, -0.85)
    near = {"figure": 1.25, "foreground": 1.5, "plate": 1.0, "atmosphere": 0.7}[layer.kind]
    white = luminance(stack.light.key_colour) * stack.light.exposure
    return pen.Desk(
        tone=tone,
        unit=(stack.visible[3] - stack.visible[1]) / 720,
        heavy=(-toward[0], -toward[1]),
        weight=near * (1 - 0.55 * tone.haze),
        white=max(white, 0.05) ** 0.5,
        loose=layer.blur > 3 and layer.kind == "plate",
        near=tone.haze < 0.16,
        day=stack.light.exposure > 0.7,
    )


def _by_hand(shapes: Sequence[Shape], unit: float, seed: int) -> list[Cel]:
    """Bend straight edges and let the hand drift, all points of the layer at once."""
    if not shapes:
        return []
    points, ends = nib.bendable(
        [shape.points for shape in shapes], [shape.closed for shape in shapes], 34 * unit
    )
    moved = nib.wobbled(points, 0.75 * unit, 95 * unit, seed)
    starts = [0, *ends[:-1]]
    drawn = [moved[start:end] for start, end in zip(starts, ends, strict=True)]
    return raster.cels(shapes, drawn)


def _halo(canvas: Canvas, own: Canvas, desk: Desk) -> None:
    """Keep a rim of bare paper around a figure, so that it reads on black."""
    width = max(2, round(2.6 * desk.unit * min(desk.weight, 1)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * width + 1, 2 * width + 1))
    wide = cv2.dilate(np.ascontiguousarray(own.pixels[..., 3]), kernel)
    raster.over(canvas, np.asarray(wide, np.uint8), pen.TONES[pen.PAPER])
