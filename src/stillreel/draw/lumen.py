"""The look of light: flat colour in two tones, rim, haze, bloom, lens blur, wet reflections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import coverage, glaze, raster
from stillreel.draw import finish as last
from stillreel.draw.box import bounds, grown, meet
from stillreel.draw.tone import tone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.glaze import Bench
    from stillreel.draw.marks import Layer, Stack
    from stillreel.draw.raster import Canvas

    Pixels = NDArray[np.uint8]
    Rgb = tuple[int, int, int]

PAGE: Rgb = (20, 21, 26)
LINE: Rgb = (58, 61, 70)
COLOURED: bool = True
GROUNDS: tuple[Rgb, ...] = ((226, 222, 214), (194, 204, 212), (150, 160, 170), (56, 62, 76))

_CUT = 16
"""Pixels a figure is drawn beyond the part asked for."""
_RIM = 0.0085
"""Widest rim light, in frame heights."""


def reach(layer: Layer, stack: Stack) -> int:
    """Return how many pixels beyond its outline a layer's paint can fall."""
    tall = glaze.frame_height(stack)
    spill = layer.blur * tall / 1080 * 3
    if any(shape.glow > 0 for shape in layer.shapes):
        spill += tall * glaze.BLOOM * 10
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
    bare = (0, 0, 0, 255 if opaque else 0)
    canvas = raster.blank(box or (0, 0, stack.width, stack.height), bare)
    for layer in layers:
        _put(canvas, layer, stack, behind=canvas if opaque else None)
    return canvas.pixels


def flatten(stack: Stack) -> Pixels:
    """Return the finished still of the visible frame, BGR, (h, w, 3)."""
    cv2.setNumThreads(1)
    sheet = finish(paint_all(stack.layers, stack, stack.visible, opaque=True), stack, stack.visible)
    return np.asarray(cv2.cvtColor(sheet, cv2.COLOR_BGRA2BGR), np.uint8)


def finish(pixels: Pixels, stack: Stack, box: Box | None = None) -> Pixels:
    """Return BGR or premultiplied BGRA pixels of `box` with vignette and grain."""
    return last.film(pixels, stack, box or (0, 0, stack.width, stack.height))


def _put(canvas: Canvas, layer: Layer, stack: Stack, behind: Canvas | None = None) -> None:
    extent = bounds(layer.shapes, reach(layer, stack))
    region = meet(extent, canvas.box) if extent else None
    if extent is None or region is None:
        return
    tall = glaze.frame_height(stack)
    sigma = layer.blur * tall / 1080
    if behind is None and any(shape.role == "water" for shape in layer.shapes):
        behind = _behind(layer, stack)
    bench = glaze.Bench(tone_of(layer, stack.light), stack, layer, tall, 1.0, behind)
    if sigma >= 0.8:
        _put_blurred(canvas, bench, region, sigma)
    elif layer.kind in {"figure", "foreground"}:
        cast = tuple(shape for shape in layer.shapes if shape.role == "shadow" and not shape.owner)
        body = tuple(shape for shape in layer.shapes if shape.role != "shadow" or shape.owner)
        glaze.draw(canvas.part(region), bench, cast)
        # A little beyond the canvas, so that no rim runs along a cut.
        own = raster.blank(meet(extent, grown(region, _CUT)) or region)
        glaze.draw(own, bench, body)
        if any(shape.owner for shape in body):
            _rim(own, bench)
        raster.lay(canvas, own)
    else:
        glaze.draw(canvas.part(region), bench, layer.shapes)


def _put_blurred(canvas: Canvas, bench: Bench, region: Box, sigma: float) -> None:
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
    near = replace(bench, tall=bench.tall / step, scale=1 / step)
    glaze.draw(small, near, bench.layer.shapes)
    if any(shape.owner for shape in bench.layer.shapes):
        _rim(small, near)
    soft = cv2.GaussianBlur(small.pixels, (0, 0), sigma / step, borderType=cv2.BORDER_REPLICATE)
    height, width = soft.shape[:2]
    if step > 1:
        size = (width * step, height * step)
        soft = cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR)
    whole = raster.Canvas(np.asarray(soft, np.uint8), box[0] * step, box[1] * step)
    raster.lay(canvas, whole.part(meet(whole.box, region) or region))


def _behind(layer: Layer, stack: Stack) -> Canvas:
    """Paint what lies behind a layer, for its water to mirror."""
    seen = raster.blank((0, 0, stack.width, stack.height), (0, 0, 0, 255))
    for other in stack.layers:
        if other is layer or other.name == layer.name:
            break
        _put(seen, other, stack, behind=seen)
    return seen


def _rim(canvas: Canvas, bench: Bench) -> None:
    """Edge the silhouette with the light that comes from opposite the key."""
    alpha = np.ascontiguousarray(canvas.pixels[..., 3])
    inked = bounds(bench.layer.shapes, 0)
    if inked is None or not any(bench.stack.light.rim):
        return
    tall = (inked[3] - inked[1]) * bench.scale
    width = min(max(tall * 0.011, 1.1), bench.tall * _RIM)
    across = bench.tone.toward if bench.tone.toward != (0.0, 0.0) else (0.35, -0.94)
    inner = coverage.shifted(alpha, across[0] * width, (across[1] * 0.4 + 0.25) * width)
    edge = cv2.subtract(alpha, inner)
    edge = cv2.GaussianBlur(edge, (0, 0), max(width * 0.18, 0.5))
    edge = np.minimum(np.asarray(edge, np.uint8), alpha)
    strength = 0.9 * (1 - bench.tone.haze)
    weight = np.asarray(cv2.convertScaleAbs(edge, alpha=strength), np.uint8)
    raster.over(canvas, weight, raster.bgr(bench.stack.light.rim))
    canvas.pixels[..., 3] = alpha
