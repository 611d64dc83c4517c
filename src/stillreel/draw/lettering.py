"""Words on pictures, without a font file: the embedded face of OpenCV, measured, wrapped, drawn.

The face covers Latin, Greek, Cyrillic, Hebrew, Chinese, Japanese and Korean. Scripts whose letters
it lacks, or whose letters must join from right to left, are named by `unsupported`, never drawn as
boxes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from cv2 import FontFace
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Align = Literal["left", "centre", "right"]

REGULAR, SEMIBOLD, BOLD = 400, 600, 800
_BREAKS = "-\u2013\u2014/"
_JOINED = (0x0600, 0x08FF)
"""Arabic and its relatives: letters join, and the face sets them in the wrong order."""


@lru_cache(maxsize=1)
def _face() -> FontFace:
    import cv2

    return cv2.FontFace("sans")


@lru_cache(maxsize=4096)
def _known(letter: str) -> bool:
    if letter.isspace() or letter == "?" or unicodedata.category(letter) in {"Cf", "Mn", "Cc"}:
        return True
    if _JOINED[0] <= ord(letter) <= _JOINED[1] or 0xFB50 <= ord(letter) <= 0xFDFF:
        return False
    return not np.array_equal(_stamp(letter), _stamp("?"))


def _stamp(letter: str) -> Pixels:
    import cv2

    cell = np.zeros((48, 48), np.uint8)
    cv2.putText(cell, letter, (6, 36), (255,), _face(), 28, REGULAR)
    return cell


def unsupported(text: str) -> str:
    """Return the characters of `text` that cannot be drawn, each once, in order; empty is good."""
    return "".join(dict.fromkeys(letter for letter in text if not _known(letter)))


def measure(text: str, size: int, *, weight: int = REGULAR) -> tuple[int, int]:
    """Return the width of one line and its line height, in pixels, at `size` pixels."""
    import cv2

    if not text:
        return 0, round(size * 1.3)
    left, _, width, _ = cv2.getTextSize((0, 0), _visual(text), (0, 0), _face(), size, weight)
    return left + width, round(size * 1.3)


def wrap(
    text: str, size: int, width: int, *, weight: int = REGULAR, most: int = 0
) -> tuple[str, ...]:
    """Break text into lines no wider than `width` pixels.

    Args:
        text: words; existing line breaks are kept.
        size: pixels.
        width: pixels.
        weight: 100..1000.
        most: most lines; a longer text ends in an ellipsis. 0 for no limit.
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in _pieces(paragraph):
            trial = line + word
            if line and measure(trial.rstrip(), size, weight=weight)[0] > width:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line = trial
        lines.append(line.rstrip())
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and measure(f"{last}…", size, weight=weight)[0] > width:
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], f"{last}…"]
    return tuple(lines)


def draw(
    image: Pixels,
    text: str,
    at: tuple[int, int],
    size: int,
    colour: tuple[int, int, int],
    *,
    weight: int = REGULAR,
    align: Align = "left",
) -> int:
    """Draw one line onto BGR pixels, in place; return its width in pixels.

    Args:
        image: (h, w, 3) BGR.
        text: one line; characters of `unsupported` come out as question marks.
        at: x of the left, middle or right of the line, y of its baseline, pixels.
        size: pixels.
        colour: RGB 0..255.
        weight: 100..1000.
        align: what `at` names.
    """
    import cv2

    width, _ = measure(text, size, weight=weight)
    x = at[0] - {"left": 0, "centre": width // 2, "right": width}[align]
    blue = (colour[2], colour[1], colour[0])
    room = (0, image.shape[1] * 4 + 4096)
    cv2.putText(image, _visual(text), (x, at[1]), blue, _face(), size, weight, 0, room)
    return width


def _pieces(paragraph: str) -> list[str]:
    """Split where a line may break: after spaces and hyphens, and between ideographs."""
    pieces: list[str] = []
    piece = ""
    for letter in paragraph:
        wide = unicodedata.east_asian_width(letter) in {"W", "F"}
        if wide and piece and unicodedata.category(letter)[0] == "L":
            pieces.append(piece)
            piece = ""
        piece += letter
        if letter == " " or (letter in _BREAKS and len(piece) > 2):
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def _visual(text: str) -> str:
    """Return text in the order it is seen: Hebrew runs are set from right to left."""
    if not any(unicodedata.bidirectional(letter) == "R" for letter in text):
        return text
    runs: list[tuple[bool, str]] = []
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        back = kind == "R" or (kind in {"WS", "CS", "ON", "NSM"} and bool(runs) and runs[-1][0])
        if runs and runs[-1][0] == back:
            runs[-1] = (back, runs[-1][1] + letter)
        else:
            runs.append((back, letter))
    return "".join(run[::-1] if back else run for back, run in reversed(runs))
