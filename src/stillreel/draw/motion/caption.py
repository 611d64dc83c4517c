"""Spoken words burned into the picture: two lines at most, low in the frame, edged to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.draw.motion.planar import Planar, even, from_bgra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAFE = 0.07
"""Share of the height that stays free below the words."""
LINE_LETTERS = 42
"""Letters of the longest line."""


def wrapped(text: str, letters: int = LINE_LETTERS) -> tuple[str, ...]:
    """Break words into one or two lines of about equal length; what is too long ends in dots."""
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= letters:
        return (whole,) if whole else ()
    best: tuple[int, int] | None = None
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        longest = max(len(first), len(second))
        if best is None or longest < best[0]:
            best = (longest, cut)
    if best is not None and best[0] <= letters:
        return " ".join(words[: best[1]]), " ".join(words[best[1] :])
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    shown = [line[:letters] for line in lines[:2]]
    if len(lines) > 2:
        shown[1] = shown[1][: letters - 3].rstrip(" ,.;:-") + "..."
    return tuple(shown)


def lettered(text: str, width: int, height: int) -> Planar | None:
    """Return the caption of a frame of `width` x `height` pixels, or None without words."""
    import numpy as np

    lines = wrapped(text, LINE_LETTERS if width >= height else 26)
    if not lines:
        return None
    size = height * 0.046 if width >= height else width * 0.058
    step = size * 1.28
    pad = int(size * 0.4) + 2
    top = height * (1 - SAFE) - step * len(lines)
    box = even((0, max(0, int(top) - pad), width, min(height, int(height * (1 - SAFE)) + pad)))
    letters = np.zeros((box[3] - box[1], box[2] - box[0]), np.uint8)
    for number, line in enumerate(lines):
        _letter(letters, line, top + step * (number + 0.78) - box[1], size)
    columns = np.flatnonzero(letters.max(axis=0))
    if not len(columns):
        return None
    left = max(0, int(columns[0]) - pad) // 2 * 2
    right = min(width, (int(columns[-1]) + pad) // 2 * 2 + 2)
    return from_bgra(_edged(letters[:, left:right], size), left, box[1])


def _letter(letters: NDArray[np.uint8], line: str, base: float, size: float) -> None:
    """Write one line into a coverage plane, centred."""
    import cv2

    font = cv2.FontFace("sans")
    high, wide = letters.shape
    _, _, long, _ = cv2.getTextSize((wide, high), line, (0, 0), font, round(size), 500)
    if long > wide * 0.94:
        size *= wide * 0.94 / long
        _, _, long, _ = cv2.getTextSize((wide, high), line, (0, 0), font, round(size), 500)
    place = (round((wide - long) / 2), round(base))
    cv2.putText(letters, line, place, (255,), font, round(size), 500)


def _edged(letters: NDArray[np.uint8], size: float) -> NDArray[np.uint8]:
    """Return premultiplied BGRA: near-white letters with a dark edge and a soft shadow."""
    import cv2
    import numpy as np

    thick = max(1, round(size * 0.055))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * thick + 1, 2 * thick + 1))
    edge = cv2.GaussianBlur(cv2.dilate(letters, kernel), (0, 0), 0.7)
    glow = cv2.GaussianBlur(cv2.dilate(letters, kernel), (0, 0), size * 0.14)
    cover = np.maximum(np.asarray(edge), np.asarray(cv2.convertScaleAbs(glow, alpha=0.6)))
    white = np.asarray(cv2.multiply(letters, letters, scale=0.95 / 255), np.uint8)
    return np.asarray(cv2.merge([white, white, white, cover.astype(np.uint8)]), np.uint8)
