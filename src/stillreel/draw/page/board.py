"""The 3x3 board: nine panels at the film's ratio on a plain page, even gutters, nothing in them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.stage import compose
from stillreel.draw.stage.gate import settled_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.look import Look
    from stillreel.values.scene import BoardScene

    Pixels = NDArray[np.uint8]


_GUTTER = 0.0105
"""Of the page's longer side."""
_LINE = 0.0016
"""Frame line of a panel, of the page width."""


def ratio_of(ratio: str) -> Fraction:
    """Return `16:9` as width over height."""
    wide, _, high = ratio.partition(":")
    return Fraction(wide) / Fraction(high)


def panel_boxes(width: int, height: int, ratio: str) -> list[Box]:
    """Return where nine panels lie on a page, in reading order: left, top, right, bottom.

    Args:
        width: pixels of the page.
        height: pixels of the page.
        ratio: of the film, `16:9`.
    """
    shape = ratio_of(ratio)
    gutter = max(8, round(max(width, height) * _GUTTER))
    wide = (width - 4 * gutter) // 3
    wide -= wide % 2
    high = 2 * round(wide / shape / 2)
    room = (height - 4 * gutter) // 3
    if high > room:
        high = room
        wide = int(high * shape)
    high, wide = high - high % 2, wide - wide % 2
    left = (width - 3 * wide - 2 * gutter) // 2
    top = (height - 3 * high - 2 * gutter) // 2
    return [
        (
            left + column * (wide + gutter),
            top + row * (high + gutter),
            left + column * (wide + gutter) + wide,
            top + row * (high + gutter) + high,
        )
        for row in range(3)
        for column in range(3)
    ]


def board_page(scene: BoardScene, look: Look, width: int, height: int, *, seed: int = 0) -> Pixels:
    """Return a board, BGR, (height, width, 3).

    Args:
        scene: the nine panels with everyone in them.
        look: the drawing style.
        width: pixels of the page.
        height: pixels of the page.
        seed: another seed, another drawing.
    """
    page = np.empty((height, width, 3), np.uint8)
    _toned(page, look.PAGE)
    boxes = panel_boxes(width, height, scene.ratio)
    for number, (_, box) in enumerate(zip(scene.panels, boxes, strict=False)):
        size = (box[2] - box[0], box[3] - box[1])
        _framed(page, box, look.LINE)
        page[box[1] : box[3], box[0] : box[2]] = panel_picture(
            scene, number, look, *size, seed=seed
        )
    return page


def panel_picture(
    scene: BoardScene, number: int, look: Look, width: int, height: int, *, seed: int = 0
) -> Pixels:
    """Return one panel of a board as a picture that fills its frame, BGR, (height, width, 3).

    Args:
        scene: the whole board: who sat down before still sits.
        number: which panel, from 0.
        look: the drawing style.
        width: pixels.
        height: pixels.
        seed: another seed, another drawing.
    """
    staged = compose(
        scene.panels[number],
        scene.cast,
        scene.props,
        width=width,
        height=height,
        look_seed=seed,
        settled=settled_by(scene.panels, number),
    )
    return look.flatten(staged.stack)


def _framed(page: Pixels, box: Box, colour: tuple[int, int, int]) -> None:
    """Draw the frame line around a panel, outside its picture."""
    line = max(2, round(page.shape[1] * _LINE))
    outer = page[box[1] - line : box[3] + line, box[0] - line : box[2] + line]
    for edge in (outer[:line], outer[-line:], outer[:, :line], outer[:, -line:]):
        edge[:] = colour[::-1]


def _toned(page: Pixels, colour: tuple[int, int, int]) -> None:
    """Give the whole page one colour, row by row: pixel by pixel NumPy takes far longer."""
    page[0] = colour[::-1]
    page[1:] = page[0]
