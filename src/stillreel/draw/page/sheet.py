"""Sheets: everything that must hold about one character, place or prop, on one plain page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from stillreel.draw.page.board import board_page, panel_picture
from stillreel.draw.page.character import character_page
from stillreel.draw.page.place import place_page
from stillreel.draw.page.thing import prop_page
from stillreel.errors import MediaError, UsageError
from stillreel.values.scene import BoardScene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.look import Look
    from stillreel.values.scene import SheetScene

_QUICK = (
    *(cv2.IMWRITE_PNG_COMPRESSION, 1),
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_FILTERED),
    # Few large chunks: whoever hashes the picture chunk by chunk, as signing does, is done sooner.
    *(cv2.IMWRITE_PNG_ZLIBBUFFER_SIZE, 1 << 20),
)
"""One filter for all rows: half the time of letting the encoder try them, for 2 % more bytes."""


def drawn(
    scene: SheetScene | BoardScene,
    look: Look,
    width: int,
    height: int,
    *,
    seed: int = 0,
    panel: int = 0,
) -> NDArray[np.uint8]:
    """Return the sheet, the plain board, or one `panel` of it, BGR, (height, width, 3)."""
    cv2.setNumThreads(1)
    if isinstance(scene, BoardScene) and panel:
        return panel_picture(scene, panel - 1, look, width, height, seed=seed)
    if isinstance(scene, BoardScene):
        return board_page(scene, look, width, height, seed=seed)
    return sheet_page(scene, look, width, height, seed=seed)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return BGR pixels as PNG bytes, packed quickly.

    Raises:
        MediaError: the pixels cannot be encoded.
    """
    done, data = cv2.imencode(".png", pixels, _QUICK)
    if not done:
        raise MediaError("The picture cannot be encoded as PNG.")
    return data.tobytes()


def sheet_page(
    scene: SheetScene, look: Look, width: int, height: int, *, seed: int = 0
) -> NDArray[np.uint8]:
    """Return the sheet of a character, place or prop, BGR, (height, width, 3).

    Args:
        scene: what the sheet is of; the first of character, place and prop that is there.
        look: the drawing style.
        width: pixels.
        height: pixels.
        seed: another seed, another drawing.

    Raises:
        UsageError: the scene names nothing to draw.
    """
    if scene.character is not None:
        return character_page(scene.character, look, width, height, seed=seed)
    if scene.place is not None:
        return place_page(scene.place, look, width, height, seed=seed)
    if scene.prop is not None:
        return prop_page(scene.prop, look, width, height, seed=seed)
    raise UsageError(
        "The sheet has nothing to show.",
        next_step="Give it a character, a place or a prop.",
    )
