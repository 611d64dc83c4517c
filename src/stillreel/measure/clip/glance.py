"""What is kept of a frame: a small grey picture, colours of its parts, and a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.clip.reel import Planes

    Plane = NDArray[np.uint8]
    Small = NDArray[np.float32]

FEW, MANY = 4, 7
"""Frames a drawing may be held at most as a matter of course, and frames from which a stop may be a
fault."""
_LONG = 128
"""Pixels of the longer side of the small picture, about."""
_ALONG = 16
"""Parts along the longer side."""
_DARK, _FLAT = 20.0, 4.0
"""The lightest part of a black frame and its deviation are below these (0..255)."""
_MANY_ROWS = 8
"""Rows of a square from which every second or third is enough."""
_STRIPS = 64
"""Rows sharpness is looked at in, about."""
_REACH, _BLANK = 4, 4.0
"""Pixels over which an edge is looked at, and mean square of change that is no edge."""
_RANGE = 219.0


@dataclass(frozen=True, slots=True)
class Lines:
    """The lightest pixel of every row and column of a frame."""

    rows: Plane
    columns: Plane
    full: bool
    """The range is 0..255, not that of television."""


@dataclass(slots=True)
class Glance:
    """One frame, small."""

    index: int
    grey: Small
    """(rows, columns) light 0..255, averaged over squares of the frame."""
    hue: Small
    """(2, rows / 2, columns / 2 or so) chroma around 0."""
    parts: Small
    """(rows, columns) mean light 0..255 of about 16 x 9 parts."""
    lab: Small
    """(rows, columns, 3) CIE Lab of the parts."""
    dark: bool
    sharp: float
    """How sharp its strongest edges are: 1 is a step, 0.25 a ramp; 0 says nothing."""
    rich: float
    """How strong they are: mean square of the change over four pixels."""
    change: float = 0.0
    """Mean change of light from the frame before, 0..255."""
    most: float = 0.0
    """Largest change of a part."""
    stirred: float = 0.0
    """Share of the parts that changed visibly."""
    few: float = float("inf")
    """Largest change of a part over `FEW` frames; infinite where the shot is younger."""
    many: float = float("inf")
    """The same over `MANY` frames."""
    count: int | None = None
    counted: bool = False
    """Whether somebody counted heads in this frame."""
    lines: Lines | None = None
    """Only of some frames."""


def glance(index: int, planes: Planes) -> Glance:
    """Return what is kept of a frame."""
    import cv2

    height, width = planes.light.shape
    square = max(1, round(max(width, height) / _LONG))
    rows, columns = max(1, height // square), max(1, width // square)
    grey = _reduced(planes.light, (rows, columns), square)
    if not planes.full:
        grey = np.clip((grey - 16) * (255 / _RANGE), 0, 255)
    side = max(1, max(rows, columns) // _ALONG)
    parts = blocks(grey, side)
    half = (rows + 1) // 2, (columns + 1) // 2
    spread = 1.0 if planes.full else 255 / 224
    hue = (np.stack([_reduced(p, half, square) for p in planes.chroma]) - 128) * spread
    coarse = np.stack([cv2.resize(p, parts.shape[::-1], interpolation=cv2.INTER_AREA) for p in hue])
    dark = bool(parts.max() < _DARK and grey.std() < _FLAT)
    lab = _lab(parts, coarse, wide=planes.wide)
    return Glance(index, grey, hue, parts, lab, dark, *_sharp(planes.light))


def lines_of(planes: Planes) -> Lines:
    """Return the lightest pixels of a frame."""
    light = planes.light
    return Lines(light.max(axis=1), light.max(axis=0), planes.full)


def blocks(small: Small, side: int) -> Small:
    """Return the means over squares of `side` pixels; what is over at the edges is left out."""
    rows, columns = max(1, small.shape[0] // side), max(1, small.shape[1] // side)
    high, wide = small.shape[0] // rows, small.shape[1] // columns
    cut = small[: rows * high, : columns * wide].reshape(rows, high, columns, wide)
    return cut.mean((1, 3), dtype=np.float32)


def part_side(small: Small) -> int:
    """Return the pixels of a small picture along the side of one of its parts."""
    return max(1, max(small.shape) // _ALONG)


def _reduced(plane: Plane, shape: tuple[int, int], square: int) -> Small:
    """Average a plane over squares of so many of its pixels, of large ones over some rows only."""
    import cv2

    rows, columns = shape
    step = next((step for step in (3, 2) if square % step == 0), 1) if square >= _MANY_ROWS else 1
    cut = plane[step // 2 : rows * square : step, : columns * square]
    return cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)


def _lab(light: Small, hue: Small, *, wide: bool) -> Small:
    """Return CIE Lab of parts given as Y'CbCr; `wide` is the matrix of high definition."""
    import cv2

    red, blue = (0.2126, 0.0722) if wide else (0.299, 0.114)
    r = light + 2 * (1 - red) * hue[1]
    b = light + 2 * (1 - blue) * hue[0]
    g = (light - red * r - blue * b) / (1 - red - blue)
    colour = np.clip(np.stack([b, g, r], axis=-1) / 255, 0, 1).astype(np.float32)
    return np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2Lab), np.float32)


def _sharp(light: Plane) -> tuple[float, float]:
    """Return how sharp a picture is and how much there is to tell it from."""
    step = max(4, light.shape[0] // _STRIPS)
    rows = light[step // 2 :: step].astype(np.float32)
    if rows.size == 0 or rows.shape[1] < 2 * _REACH:
        return 0.0, 0.0
    # squares let the strongest edges speak, not the slow ramps of a sky
    far = float(np.square(rows[:, _REACH:] - rows[:, :-_REACH]).mean())
    near = float(np.square(rows[:, 1:] - rows[:, :-1]).mean())
    return (_REACH * near / far if far > _BLANK else 0.0), far
