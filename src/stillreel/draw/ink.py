"""The look of line: contours with pressure, four tones, hatching by material, one spot colour."""

from __future__ import annotations

from colorsys import rgb_to_hsv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import nib, raster
from stillreel.draw.tone import Tone, luminance, tone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.marks import Layer, Role, Shape, Stack
    from stillreel.draw.nib import Hatch
    from stillreel.draw.raster import Bgr, Box, Canvas

    Pixels = NDArray[np.uint8]
    Points = NDArray[np.float32]

PAGE = (240, 236, 228)
LETTERS = (30, 32, 42)
NOTE = (150, 40, 36)
GROUNDS = ((243, 236, 222),)

_TONES: tuple[Bgr, ...] = ((222, 236, 243), (188, 199, 205), (122, 118, 116), (38, 29, 26))
"""BGR of paper, light, mid and black."""
PAPER, LIGHT, MID, BLACK = range(4)
_SPOT: Bgr = (44, 46, 196)
_SPOT_DEEP: Bgr = (34, 28, 122)

_GRAIN: dict[Role, Hatch] = {
    "sky": "level",
    "cloud": "level",
    "far": "diagonal",
    "ground": "level",
    "water": "level",
    "snow": "stipple",
    "rock": "across",
    "wall": "course",
    "roof": "course",
    "wood": "upright",
    "glass": "diagonal",
    "metal": "diagonal",
    "foliage": "scribble",
    "trunk": "upright",
    "fur": "upright",
    "feather": "diagonal",
    "cloth": "diagonal",
    "leather": "cross",
    "hair": "upright",
}
_FACE = frozenset({"eye", "mouth", "mark", "crease"})


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every shape of one layer is drawn with."""

    tone: Tone
    unit: float
    """Pixels per thousandth of the frame height and a bit: 1 on a 720-line frame."""
    heavy: tuple[float, float]
    weight: float
    """Line weight of the layer: far things get finer lines."""
    white: float
    """Luminance of white paper in this light."""
    loose: bool
    """Out of focus: fewer lines, paler tones."""


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
    canvas = raster.blank(box or (0, 0, stack.width, stack.height))
    if opaque:
        canvas.pixels[:] = (*_TONES[PAPER], 255)
    for layer in layers:
        _put(canvas, layer, stack)
    return canvas.pixels


def flatten(stack: Stack) -> Pixels:
    """Return the finished still of the visible frame, BGR, (h, w, 3)."""
    cv2.setNumThreads(1)
    sheet = finish(
        paint_all(stack.layers, stack, stack.visible, opaque=True), stack, stack.visible
    )
    return np.asarray(cv2.cvtColor(sheet, cv2.COLOR_BGRA2BGR), np.uint8)


def finish(pixels: Pixels, stack: Stack, box: Box | None = None) -> Pixels:
    """Return BGR or premultiplied BGRA pixels of `box` on the tooth of the paper."""
    left, top, right, bottom = box or (0, 0, stack.width, stack.height)
    tooth = nib.paper(stack.width, stack.height, pixels.shape[2])[top:bottom, left:right]
    return np.asarray(cv2.multiply(pixels, tooth, scale=1 / 255), np.uint8)


def _put(canvas: Canvas, layer: Layer, stack: Stack) -> None:
    extent = raster.bounds(layer.shapes, reach(layer, stack))
    region = raster.meet(extent, canvas.box) if extent else None
    if region is None:
        return
    desk = _desk(layer, stack)
    shapes = _by_hand(layer.shapes, desk.unit, stack.seed)
    if layer.kind == "figure":
        cast = [s for s in shapes if s.role == "shadow" and not s.owner]
        body = [s for s in shapes if s.role != "shadow" or s.owner]
        _draw(canvas.part(region), desk, cast)
        own = raster.blank(region)
        _draw(own, desk, body)
        _halo(canvas.part(region), own, desk)
        raster.lay(canvas, own)
    else:
        part = canvas.part(region)
        _draw(part, desk, shapes)
        _shine(part, desk, shapes)


def _desk(layer: Layer, stack: Stack) -> _Desk:
    tone = tone_of(layer, stack.light)
    toward = tone.toward if tone.toward != (0.0, 0.0) else (-0.5, -0.85)
    near = {"figure": 1.25, "foreground": 1.5, "plate": 1.0, "atmosphere": 0.7}[layer.kind]
    white = luminance(tuple(c * stack.light.exposure for c in stack.light.key_colour))
    return _Desk(
        tone=tone,
        unit=(stack.visible[3] - stack.visible[1]) / 720,
        heavy=(-toward[0], -toward[1]),
        weight=near * (1 - 0.55 * tone.haze),
        white=max(white, 0.05) ** 0.62,
        loose=layer.blur > 3 and layer.kind == "plate",
    )


def _by_hand(shapes: tuple[Shape, ...], unit: float, seed: int) -> list[Shape]:
    """Bend straight edges and let the hand drift, all points of the layer at once."""
    dense = [
        raster.subdivide(s.points, 34 * unit, closed=s.closed) if len(s.points) < 24 else s.points
        for s in shapes
    ]
    if not dense:
        return []
    ends = np.cumsum([len(points) for points in dense])[:-1]
    moved = nib.wobbled(np.concatenate(dense), 0.75 * unit, 95 * unit, seed)
    return [replace(s, points=p) for s, p in zip(shapes, np.split(moved, ends), strict=True)]


def _draw(canvas: Canvas, desk: _Desk, shapes: list[Shape]) -> None:
    for shape in shapes:
        if len(shape.points) < 2 or shape.alpha < 0.08:
            continue
        if raster.meet(raster.around(shape.points, 3 + shape.width), canvas.box) is None:
            continue
        if shape.role == "shadow":
            _cast(canvas, desk, shape)
        elif shape.role == "light":
            continue
        elif not shape.closed:
            _line(canvas, desk, shape)
        elif shape.alpha < 0.6:
            _veil(canvas, desk, shape)
        else:
            _body(canvas, desk, shape)


def _step(desk: _Desk, shape: Shape, colour: tuple[float, float, float]) -> int:
    """Choose one of the four tones for a colour in this light."""
    if shape.role == "light" or shape.glow > 0.25:
        return PAPER
    level = luminance(colour) / desk.white
    if shape.role == "sky":
        level = luminance(colour)
    if shape.role == "skin":
        return PAPER if level > 0.36 else LIGHT
    if shape.role == "snow":
        return PAPER if level > 0.4 else LIGHT
    step = PAPER if level > 0.56 else LIGHT if level > 0.36 else MID if level > 0.17 else BLACK
    if desk.loose and step > PAPER:
        step -= 1
    return step


def _spotted(shape: Shape) -> bool:
    """Warm and saturated clothes print in the spot colour."""
    if not shape.owner or shape.role not in {"cloth", "leather", "blossom"}:
        return False
    hue, saturation, value = rgb_to_hsv(*(c / 255 for c in shape.colour))
    return (hue < 0.045 or hue > 0.93) and saturation > 0.5 and value > 0.28


def _body(canvas: Canvas, desk: _Desk, shape: Shape) -> None:
    step = _step(desk, shape, desk.tone.lit(shape))
    spot = _spotted(shape)
    base = _SPOT if spot else _TONES[step]
    raster.fill(canvas, [shape.points, *shape.holes], base)
    box = raster.meet(raster.around(shape.points, 2), canvas.box)
    if box is None:
        return
    if shape.to is not None:
        _graded(canvas, desk, shape, box, step)
    elif shape.form >= 0.8 and shape.role not in _FACE:
        _modelled(canvas, desk, shape, box, step, spot=spot)
    elif not shape.owner and step in {LIGHT, MID}:
        _textured(canvas, desk, shape, box, step)
    _edge(canvas, desk, shape, step, spot=spot)


def _edge(canvas: Canvas, desk: _Desk, shape: Shape, step: int, *, spot: bool) -> None:
    if shape.outline <= 0.05:
        return
    if desk.loose:
        nib.contour(canvas, shape.points, 0.9 * desk.unit, (0, 0), _TONES[MID])
        return
    width = 2.9 * desk.unit * shape.outline * desk.weight
    dark = step == BLACK and not spot
    if dark:
        nib.contour(canvas, shape.points, width * 0.45, desk.heavy, _TONES[MID])
    else:
        far = desk.weight < 0.62
        nib.contour(canvas, shape.points, width, desk.heavy, _TONES[MID if far else BLACK])
    for hole in shape.holes:
        nib.contour(canvas, hole, width * 0.8, desk.heavy, _TONES[MID if dark else BLACK])


def _modelled(
    canvas: Canvas, desk: _Desk, shape: Shape, box: Box, step: int, *, spot: bool
) -> None:
    """Turn the form: a hard-edged deeper tone, and strokes that swell into the shade."""
    cover = raster.mask(box, [shape.points, *shape.holes])
    push = (-desk.heavy[0] * shape.form, -desk.heavy[1] * shape.form)
    bright = raster.mask(box, [shape.points, *shape.holes], shift=push)
    shade = cv2.subtract(cover, bright)
    part = canvas.part(box)
    if spot:
        raster.over(part, np.asarray(shade, np.uint8), _SPOT_DEEP)
        return
    if step >= BLACK:
        return
    if shape.role == "skin" or step == MID:
        raster.over(part, np.asarray(shade, np.uint8), _TONES[step + 1])
        return
    raster.over(part, np.asarray(shade, np.uint8), _TONES[step + 1])
    soft = raster.soften(np.asarray(shade, np.uint8), shape.form * 0.5)
    level = np.minimum(cv2.convertScaleAbs(soft, alpha=0.55), cover)
    kind = _GRAIN.get(shape.role, "diagonal")
    nib.hatch(canvas, box, np.asarray(level, np.uint8), kind, 6.5 * desk.unit, _TONES[BLACK])


def _graded(canvas: Canvas, desk: _Desk, shape: Shape, box: Box, step: int) -> None:
    """Engrave a vertical gradient: strokes of the darker tone that swell toward its end."""
    end = _step(desk, shape, desk.tone.lit(shape, shape.to))
    if end == step:
        return
    low, high = float(shape.points[:, 1].min()), float(shape.points[:, 1].max())
    rows = np.clip((np.arange(box[1], box[3], dtype=np.float32) - low) / max(high - low, 1), 0, 1)
    cover = raster.mask(box, [shape.points, *shape.holes])
    part = canvas.part(box)
    dark, light = (end, step) if end > step else (step, end)
    amount = rows if end > step else 1 - rows
    raster.over(part, cover, _TONES[light])
    level = cover * np.clip(amount * 1.25 - 0.1, 0, 1)[:, None]
    kind = _GRAIN.get(shape.role, "level")
    nib.hatch(canvas, box, level.astype(np.uint8), kind, 7.5 * desk.unit, _TONES[dark])


def _textured(canvas: Canvas, desk: _Desk, shape: Shape, box: Box, step: int) -> None:
    """Give a large plain surface the strokes of its material."""
    kind = _GRAIN.get(shape.role)
    if kind is None or desk.loose or (box[2] - box[0]) * (box[3] - box[1]) < 1500 * desk.unit**2:
        return
    cover = raster.mask(box, [shape.points, *shape.holes])
    level = cv2.convertScaleAbs(cover, alpha=0.16 if step == LIGHT else 0.22)
    deeper = _TONES[min(step + 1 + (step == LIGHT), BLACK)]
    nib.hatch(canvas, box, np.asarray(level, np.uint8), kind, 9 * desk.unit, deeper)


def _veil(canvas: Canvas, desk: _Desk, shape: Shape) -> None:
    """See-through shapes become open strokes."""
    box = raster.meet(raster.around(shape.points, 2), canvas.box)
    if box is None:
        return
    step = _step(desk, shape, desk.tone.lit(shape))
    cover = raster.mask(box, [shape.points, *shape.holes])
    level = np.asarray(cv2.convertScaleAbs(cover, alpha=shape.alpha * 0.9), np.uint8)
    kind = _GRAIN.get(shape.role, "level")
    nib.hatch(canvas, box, level, kind, 8 * desk.unit, _TONES[step])


def _cast(canvas: Canvas, desk: _Desk, shape: Shape) -> None:
    """Cast shadows are level strokes that close toward their middle."""
    high = float(np.ptp(shape.points[:, 1]))
    box = raster.meet(raster.around(shape.points, 2), canvas.box)
    if box is None:
        return
    cover = raster.mask(box, [shape.points, *shape.holes], closed=shape.closed)
    soft = np.minimum(raster.soften(cover, max(high * 0.2, 1)), cover)
    level = np.asarray(cv2.convertScaleAbs(soft, alpha=min(0.25 + 0.8 * shape.alpha, 0.9)), np.uint8)
    nib.hatch(canvas, box, level, "level", 5.5 * desk.unit, _TONES[BLACK])


def _line(canvas: Canvas, desk: _Desk, shape: Shape) -> None:
    step = _step(desk, shape, desk.tone.lit(shape))
    if shape.owner or shape.role in _FACE:
        step = max(step, MID)
        at = shape.points[len(shape.points) // 2]
        x, y = int(at[0]) - canvas.left, int(at[1]) - canvas.top
        high, wide = canvas.pixels.shape[:2]
        if 0 <= x < wide and 0 <= y < high:
            under = canvas.pixels[y, x]
            if under[3] > 128 and int(under[1]) < 60:
                step = LIGHT
            elif under[3] > 128:
                step = BLACK
    nib.line(canvas, shape.points, max(shape.width, 1.0 * desk.unit), _TONES[step])


def _halo(canvas: Canvas, own: Canvas, desk: _Desk) -> None:
    """Keep a rim of bare paper around a figure, so that it reads on black."""
    width = max(2, round(2.6 * desk.unit * min(desk.weight, 1)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * width + 1, 2 * width + 1))
    wide = cv2.dilate(np.ascontiguousarray(own.pixels[..., 3]), kernel)
    raster.over(canvas, np.asarray(wide, np.uint8), _TONES[PAPER])


def _shine(canvas: Canvas, desk: _Desk, shapes: list[Shape]) -> None:
    """Scratch the halo of lamps and moons out of the dark."""
    glowing = [s for s in shapes if s.glow > 0.3 and s.closed]
    if not glowing:
        return
    box = raster.meet(raster.bounds(glowing, 60 * desk.unit) or canvas.box, canvas.box)
    if box is None:
        return
    step = 4
    wide, high = -(-(box[2] - box[0]) // step), -(-(box[3] - box[1]) // step)
    lights = np.zeros((high, wide), np.uint8)
    corner = np.array(box[:2], np.float32)
    for shape in glowing:
        one = raster.mask((0, 0, wide, high), [(shape.points - corner) / step])
        lights = np.maximum(lights, one)
    halo = cv2.GaussianBlur(lights, (0, 0), 26 * desk.unit / step)
    halo = cv2.convertScaleAbs(halo, alpha=1.5)
    level = cv2.resize(halo, (box[2] - box[0], box[3] - box[1]), interpolation=cv2.INTER_LINEAR)
    nib.hatch(canvas, box, np.asarray(level, np.uint8), "level", 6 * desk.unit, _TONES[PAPER])
