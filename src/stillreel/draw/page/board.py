"""The 3x3 board: nine panels at the film's ratio on a plain page, even gutters, nothing in them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw import lettering
from stillreel.draw.stage import compose
from stillreel.draw.stage.frame import LENSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.look import Look
    from stillreel.values.scene import BoardScene, PanelScene

    Pixels = NDArray[np.uint8]

Box = tuple[int, int, int, int]

_GUTTER = 0.0105
"""Of the page's longer side."""
_LINE = 0.0016
"""Frame line of a panel, of the page width."""
SHORT = {
    "extreme-wide": "EWS",
    "wide": "WS",
    "full": "FS",
    "medium-wide": "MWS",
    "medium": "MS",
    "medium-close-up": "MCU",
    "close-up": "CU",
    "extreme-close-up": "ECU",
    "insert": "INSERT",
}
"""Shot sizes as they are written on boards."""


def ratio_of(ratio: str) -> Fraction:
    """Return `16:9` as width over height."""
    wide, _, high = ratio.partition(":")
    return Fraction(wide) / Fraction(high)


def panel_boxes(width: int, height: int, ratio: str, *, captions: bool = False) -> list[Box]:
    """Return where nine panels lie on a page, in reading order: left, top, right, bottom.

    Args:
        width: pixels of the page.
        height: pixels of the page.
        ratio: of the film, `16:9`.
        captions: leave room for two lines under every panel and a heading.
    """
    shape = ratio_of(ratio)
    gutter = max(8, round(max(width, height) * _GUTTER))
    head = round(height * 0.065) if captions else 0
    below = round(height * 0.062) if captions else 0
    wide = (width - 4 * gutter) // 3
    wide -= wide % 2
    high = 2 * round(wide / shape / 2)
    room = (height - head - 3 * below - 4 * gutter) // 3
    if high > room:
        high = room
        wide = int(high * shape)
    high, wide = high - high % 2, wide - wide % 2
    left = (width - 3 * wide - 2 * gutter) // 2
    top = head + (height - head - 3 * (high + below) - 2 * gutter) // 2
    return [
        (
            left + column * (wide + gutter),
            top + row * (high + below + gutter),
            left + column * (wide + gutter) + wide,
            top + row * (high + below + gutter) + high,
        )
        for row in range(3)
        for column in range(3)
    ]


def board_page(
    scene: BoardScene,
    look: Look,
    width: int,
    height: int,
    *,
    captions: bool = False,
    seed: int = 0,
) -> Pixels:
    """Return a board, BGR, (height, width, 3).

    Args:
        scene: the nine panels with everyone in them.
        look: the drawing style.
        width: pixels of the page.
        height: pixels of the page.
        captions: number, size, lens, move and action under every panel, for people; a plain
            board is what models read and panels are cut from.
        seed: another seed, another drawing.
    """
    page = np.empty((height, width, 3), np.uint8)
    _toned(page, look.PAGE)
    for panel, box in zip(
        scene.panels, panel_boxes(width, height, scene.ratio, captions=captions), strict=False
    ):
        staged = compose(
            panel,
            scene.cast,
            scene.props,
            width=box[2] - box[0],
            height=box[3] - box[1],
            look_seed=seed,
        )
        _framed(page, box, look.LINE)
        page[box[1] : box[3], box[0] : box[2]] = look.flatten(staged.stack)
        if captions:
            _caption(page, look, panel, box, scene.panels.index(panel) + 1)
    if captions:
        _heading(page, look, scene)
    return page


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


def _heading(page: Pixels, look: Look, scene: BoardScene) -> None:
    height, width = page.shape[:2]
    size = max(12, round(height * 0.026))
    margin = max(8, round(width * _GUTTER))
    title = f"{scene.id}   {scene.title}" if scene.title else scene.id
    line = round(height * 0.046)
    lettering.draw(page, title, (margin, line), size, look.LETTERS, weight=lettering.BOLD)
    lettering.draw(
        page, scene.ratio, (width - margin, line), round(size * 0.75), look.LETTERS, align="right"
    )


def _caption(page: Pixels, look: Look, panel: PanelScene, box: Box, number: int) -> None:
    size = max(10, round(page.shape[0] * 0.0165))
    lens = LENSES[panel.size]
    angle = "" if panel.angle == "eye-level" else f" · {panel.angle.upper()}"
    move = panel.move.replace("-", " ").upper()
    first = f"{SHORT[panel.size]}{angle} · {lens:.0f}mm · {move}"
    indent = lettering.draw(
        page,
        str(number),
        (box[0], box[3] + round(size * 1.5)),
        round(size * 1.5),
        look.LETTERS,
        weight=lettering.BOLD,
    )
    x = box[0] + indent + size
    lettering.draw(
        page, first, (x, box[3] + round(size * 1.35)), size, look.NOTE, weight=lettering.BOLD
    )
    for row, words in enumerate(lettering.wrap(panel.action, size, box[2] - x, most=1)):
        place = (x, box[3] + round(size * (2.65 + 1.25 * row)))
        lettering.draw(page, words, place, size, look.LETTERS)
