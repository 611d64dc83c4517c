"""How the look of line draws one shape: tone, shade, texture, contour, by what it is made of."""

from __future__ import annotations

from colorsys import rgb_to_hsv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import coverage, nib, raster
from stillreel.draw.box import bounds, grown, meet
from stillreel.draw.tone import Tone, luminance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.marks import Role, Shape
    from stillreel.draw.nib import Hatch
    from stillreel.draw.raster import Bgr, Canvas, Cel

    Pixels = NDArray[np.uint8]

TONES: tuple[Bgr, ...] = ((222, 236, 243), (188, 199, 205), (122, 118, 116), (38, 29, 26))
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
_HEAVY = frozenset({"trunk", "rock", "wood", "foliage"})
"""What throws blacks on its shaded side when it stands near."""
_NIGHT = 0.66
"""How much deeper places go at night, so that blacks carry the picture."""
_ROUND = 1.1
"""Pixels of form below which a shape has no shaded side."""
_HATCHED = 2.4
"""Strokes that must fit across a shape before its shade is hatched."""
_FACE = frozenset({"eye", "mouth", "mark", "crease"})


@dataclass(frozen=True, slots=True)
class Desk:
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
    """Out of focus: fewer lines, and by day paler tones."""
    day: bool
    near: bool


def draw(canvas: Canvas, desk: Desk, cels: Sequence[Cel]) -> None:
    """Draw shapes in their order."""
    frame = canvas.box
    for cel in cels:
        shape = cel.shape
        if shape.alpha < 0.08 or shape.role == "light":
            continue
        if meet(grown(cel.box, 4 + int(shape.width)), frame) is None:
            continue
        if shape.role == "shadow":
            _cast(canvas, desk, cel)
        elif not shape.closed:
            _line(canvas, desk, cel)
        elif shape.alpha < 0.6:
            _veil(canvas, desk, cel)
        else:
            _body(canvas, desk, cel)


def _step(desk: Desk, shape: Shape, colour: tuple[float, float, float]) -> int:
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
    if shape.owner:
        # Who acts is drawn with the darkest blacks of the picture.
        if shape.role in {"hair", "leather"}:
            level *= 0.62
        return PAPER if level > 0.60 else LIGHT if level > 0.43 else MID if level > 0.26 else BLACK
    if not desk.day:
        level *= _NIGHT
    step = PAPER if level > 0.56 else LIGHT if level > 0.36 else MID if level > 0.17 else BLACK
    if desk.loose and desk.day and step > PAPER:
        step -= 1
    return step


def _spotted(shape: Shape) -> bool:
    """Warm and saturated clothes print in the spot colour."""
    if not shape.owner or shape.role not in {"cloth", "leather", "blossom"}:
        return False
    hue, saturation, value = rgb_to_hsv(*(c / 255 for c in shape.colour))
    return (hue < 0.045 or hue > 0.93) and saturation > 0.5 and value > 0.28


def _body(canvas: Canvas, desk: Desk, cel: Cel) -> None:
    shape = cel.shape
    step = _step(desk, shape, desk.tone.lit(shape))
    spot = _spotted(shape)
    base = _SPOT if spot else TONES[step]
    raster.flood(canvas, cel.fixed, base)
    box = meet(grown(cel.box, 3), canvas.box)
    if box is None:
        return
    if shape.to is not None:
        _graded(canvas, desk, cel, box, step)
    elif cel.form >= _ROUND and shape.role not in _FACE:
        _modelled(canvas, desk, cel, box, step, spot=spot)
    elif not shape.owner and step in {LIGHT, MID}:
        _textured(canvas, desk, cel, box, step)
    if shape.outline > 0.05:
        _edge(canvas, desk, cel, step, spot=spot)


def _edge(canvas: Canvas, desk: Desk, cel: Cel, step: int, *, spot: bool) -> None:
    shape = cel.shape
    base = _SPOT if spot else TONES[step]
    if desk.loose:
        raster.edged(canvas, cel.fixed[:1], max(0.9 * desk.unit, 0.5), TONES[MID], base)
        return
    width = 2.9 * desk.unit * shape.outline * desk.weight
    dark = step == BLACK and not spot
    far = desk.weight < 0.62
    colour = TONES[MID if dark or far else BLACK]
    if dark:
        width *= 0.45
    if width < nib.PRESSED:
        raster.edged(canvas, cel.fixed, max(width, 0.5), colour, base)
        return
    nib.contour(canvas, cel.points, width, desk.heavy, colour)
    for hole in shape.holes:
        nib.contour(canvas, hole, width * 0.8, desk.heavy, colour)


def _modelled(canvas: Canvas, desk: Desk, cel: Cel, box: Box, step: int, *, spot: bool) -> None:
    """Turn the form: a hard-edged deeper tone, and strokes that swell into the shade."""
    if step >= BLACK and not spot:
        return
    shape = cel.shape
    cover = coverage.covered(box, cel.fixed)
    push = (-desk.heavy[0] * shape.form, -desk.heavy[1] * shape.form)
    shade = np.asarray(cv2.subtract(cover, coverage.covered(box, cel.fixed, push)), np.uint8)
    part = canvas.part(box)
    if spot:
        raster.over(part, shade, _SPOT_DEEP)
        return
    if shape.role == "skin" or step == MID:
        raster.over(part, shade, TONES[step + 1])
        return
    deeper = min(step + 2, BLACK) if shape.role in _HEAVY and desk.near else step + 1
    raster.over(part, shade, TONES[deeper])
    pitch = 6.5 * desk.unit
    if max(box[2] - box[0], box[3] - box[1]) < _HATCHED * max(pitch, nib.FINEST):
        return
    soft = coverage.soften(shade, shape.form * 0.5)
    level = cv2.min(cv2.convertScaleAbs(soft, alpha=0.55), cover)
    kind = _GRAIN.get(shape.role, "diagonal")
    nib.hatch(canvas, box, np.asarray(level, np.uint8), kind, pitch, TONES[BLACK])


def _graded(canvas: Canvas, desk: Desk, cel: Cel, box: Box, step: int) -> None:
    """Engrave a vertical gradient: strokes of the darker tone that swell toward its end."""
    shape = cel.shape
    end = _step(desk, shape, desk.tone.lit(shape, shape.to))
    if end == step:
        return
    low, high = float(cel.points[:, 1].min()), float(cel.points[:, 1].max())
    rows = np.clip((np.arange(box[1], box[3], dtype=np.float32) - low) / max(high - low, 1), 0, 1)
    cover = coverage.covered(box, cel.fixed)
    part = canvas.part(box)
    dark, light = (end, step) if end > step else (step, end)
    amount = rows if end > step else 1 - rows
    raster.over(part, cover, TONES[light])
    ramp = (np.clip(amount * 1.25 - 0.1, 0, 1) * 255).astype(np.uint8)[:, None]
    level = cv2.multiply(cover, np.repeat(ramp, cover.shape[1], axis=1), scale=1 / 255)
    kind = _GRAIN.get(shape.role, "level")
    nib.hatch(canvas, box, np.asarray(level, np.uint8), kind, 8 * desk.unit, TONES[dark])


def _textured(canvas: Canvas, desk: Desk, cel: Cel, box: Box, step: int) -> None:
    """Give a large plain surface the strokes of its material."""
    kind = _GRAIN.get(cel.shape.role)
    if kind is None or desk.loose or (box[2] - box[0]) * (box[3] - box[1]) < 1500 * desk.unit**2:
        return
    cover = coverage.covered(box, cel.fixed)
    level = cv2.convertScaleAbs(cover, alpha=0.16 if step == LIGHT else 0.22)
    deeper = TONES[min(step + 1 + (step == LIGHT), BLACK)]
    nib.hatch(canvas, box, np.asarray(level, np.uint8), kind, 8 * desk.unit, deeper)


def _veil(canvas: Canvas, desk: Desk, cel: Cel) -> None:
    """See-through shapes become open strokes."""
    box = meet(grown(cel.box, 3), canvas.box)
    if box is None:
        return
    shape = cel.shape
    step = _step(desk, shape, desk.tone.lit(shape))
    level = cv2.convertScaleAbs(coverage.covered(box, cel.fixed), alpha=shape.alpha * 0.9)
    kind = _GRAIN.get(shape.role, "level")
    nib.hatch(canvas, box, np.asarray(level, np.uint8), kind, 8 * desk.unit, TONES[step])


def _cast(canvas: Canvas, desk: Desk, cel: Cel) -> None:
    """Cast shadows are level strokes that close toward their middle."""
    shape = cel.shape
    high = float(np.ptp(cel.points[:, 1]))
    sigma = max(high * 0.2, 1)
    place = coverage.room(cel.box, canvas, sigma * 2)
    if place is None or not shape.closed:
        return
    box, wide = place
    cover = coverage.covered(wide, cel.fixed)
    soft = coverage.cut(np.minimum(coverage.soften(cover, sigma), cover), wide, box)
    level = np.asarray(
        cv2.convertScaleAbs(soft, alpha=min(0.25 + 0.8 * shape.alpha, 0.9)), np.uint8
    )
    nib.hatch(canvas, box, level, "level", 5.5 * desk.unit, TONES[BLACK])


def _line(canvas: Canvas, desk: Desk, cel: Cel) -> None:
    shape = cel.shape
    step = _step(desk, shape, desk.tone.lit(shape))
    if shape.owner or shape.role in _FACE:
        step = max(step, MID)
        at = cel.points[len(cel.points) // 2]
        x, y = int(at[0]) - canvas.left, int(at[1]) - canvas.top
        high, wide = canvas.pixels.shape[:2]
        if 0 <= x < wide and 0 <= y < high:
            under = canvas.pixels[y, x]
            if under[3] > 128 and int(under[1]) < 60:
                step = LIGHT
            elif under[3] > 128:
                step = BLACK
    nib.line(canvas, cel.points, max(shape.width, 1.0 * desk.unit), TONES[step])


def shine(canvas: Canvas, desk: Desk, cels: Sequence[Cel]) -> None:
    """Scratch the halo of lamps and moons out of the dark."""
    glowing = [c for c in cels if c.shape.glow > 0.3 and c.shape.closed]
    if not glowing:
        return
    box = meet(bounds([c.shape for c in glowing], 60 * desk.unit) or canvas.box, canvas.box)
    if box is None:
        return
    step = 4
    wide, high = -(-(box[2] - box[0]) // step), -(-(box[3] - box[1]) // step)
    lights = np.zeros((high, wide), np.uint8)
    corner = np.array(box[:2], np.float32)
    for cel in glowing:
        one = coverage.mask(
            (0, 0, wide, high), [np.asarray((cel.points - corner) / step, np.float32)]
        )
        lights = np.maximum(lights, one)
    halo = cv2.GaussianBlur(lights, (0, 0), 26 * desk.unit / step)
    halo = cv2.convertScaleAbs(halo, alpha=1.5)
    level = cv2.resize(halo, (box[2] - box[0], box[3] - box[1]), interpolation=cv2.INTER_LINEAR)
    nib.hatch(canvas, box, np.asarray(level, np.uint8), "level", 5.5 * desk.unit, TONES[PAPER])
