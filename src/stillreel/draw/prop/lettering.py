"""Words on things: letters as outlines, so that they lie in any plane."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.paint import Paint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.prop.paint import Tone
    from stillreel.draw.prop.solid import Pen

    Array = NDArray[np.float64]

_CELLS = 96
_WEIGHT = 600


@lru_cache(maxsize=256)
def letters(line: str) -> tuple[float, tuple[tuple[Array, tuple[Array, ...]], ...]]:
    """Return the width of a line whose capitals are about 0.7 high, and its outlines with holes.

    Outlines are (N, 2), x right, y up from the baseline, in line heights.
    """
    import cv2

    face = cv2.FontFace("sans")
    box = cv2.getTextSize((4, 4), line, (0, 0), face, _CELLS, _WEIGHT)
    wide = int(box[2]) + _CELLS
    image = np.zeros((2 * _CELLS, wide, 3), np.uint8)
    cv2.putText(
        image, line, (_CELLS // 4, int(_CELLS * 1.4)), (255, 255, 255), face, _CELLS, _WEIGHT
    )
    mask = image[:, :, 0]
    found, tree = cv2.findContours(
        (mask > 127).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    base = np.array([_CELLS / 4, _CELLS * 1.4])

    def placed(raw: object) -> Array:
        ring = np.asarray(raw, dtype=np.float64)[:, 0, :]
        if len(ring) > 24:
            ring = ((np.roll(ring, 1, 0) + ring + np.roll(ring, -1, 0)) / 3)[::2]
        return (ring - base) * [1, -1] / _CELLS

    glyphs: list[tuple[Array, tuple[Array, ...]]] = []
    for number, raw in enumerate(found):
        if int(tree[0][number][3]) >= 0 or len(raw) < 6:
            continue
        holes = tuple(
            placed(found[inner])
            for inner in range(len(found))
            if int(tree[0][inner][3]) == number and len(found[inner]) > 5
        )
        glyphs.append((placed(raw), holes))
    return (wide - _CELLS) / _CELLS, tuple(glyphs)


def wrapped(text: str, columns: int) -> list[str]:
    """Return words broken into lines of about `columns` letters."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= columns:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def write(
    pen: Pen,
    text: str,
    centre: tuple[float, float, float],
    across: tuple[float, float, float],
    up: tuple[float, float, float],
    room: tuple[float, float],
    tone: Tone,
) -> None:
    """Write text as large as fits a flat panel, on the last part put down.

    Args:
        pen: Where it is put down.
        text: The words.
        centre: Middle of the panel, local.
        across: Unit vector of the reading direction.
        up: Unit vector of the panel's up.
        room: Width and height of the panel.
        tone: Colour of the letters.
    """
    if not text.strip():
        return
    best: tuple[float, list[str]] = (0.0, [])
    for columns in range(4, 40):
        lines = wrapped(text, columns)
        widest = max(letters(line)[0] for line in lines)
        size = min(room[0] / widest, room[1] / (len(lines) * 1.12))
        if size > best[0] * 1.02:
            best = (size, lines)
    size, lines = best
    a, b, c = np.array(across), np.array(up), np.array(centre)
    if pen.view.pixels(size, c) < 4.5:
        _scribble(pen, lines, size, c, a, b, tone)
        return
    paint = Paint(tone, "mark", 0.0)
    for number, line in enumerate(lines):
        wide, glyphs = letters(line)
        rise = ((len(lines) - 1) / 2 - number) * 1.12 - 0.36
        for ring, holes in glyphs:
            rims = [
                pen.view.flat(
                    c
                    + np.outer((rim[:, 0] - wide / 2) * size, a)
                    + np.outer((rim[:, 1] + rise) * size, b)
                )
                for rim in (ring, *holes)
            ]
            pen.polygon(rims[0], paint, holes=rims[1:])


def _scribble(
    pen: Pen, lines: list[str], size: float, c: Array, a: Array, b: Array, tone: Tone
) -> None:
    """Stand in for words too small to read with one stroke a line."""
    for number, line in enumerate(lines):
        half = letters(line)[0] * size / 2
        spot = c + b * ((len(lines) - 1) / 2 - number) * 1.12 * size
        pen.stroke([spot - a * half, spot + a * half], size * 0.35, Paint(tone, "mark", 0.0))
