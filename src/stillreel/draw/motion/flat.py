"""Flat pictures that move: cut the subject out, fill in behind it, and give both their depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.draw.motion.planar import Planar, from_bgr, from_bgra
from stillreel.errors import MediaError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.values.scene import PanelScene

    Pixels = NDArray[np.uint8]

BEHIND = 0.45
"""How much of the subject's parallax the background takes: little, because a cut-out is a guess."""
_SMALL = 320
"""Width at which the subject is looked for, in pixels."""

_SHARE = {
    "extreme-wide": (0.10, 0.22),
    "wide": (0.14, 0.45),
    "full": (0.24, 0.80),
    "medium-wide": (0.34, 0.85),
    "medium": (0.42, 0.88),
    "medium-close-up": (0.50, 0.90),
    "close-up": (0.60, 0.95),
    "extreme-close-up": (0.90, 1.0),
    "insert": (0.5, 0.7),
}
"""Planned width and height of the subject as shares of the frame, by shot size."""


def opened(data: bytes, width: int, height: int, where: str) -> Pixels:
    """Decode a picture and bring it to a size: cropped to the ratio, never stretched.

    Returns:
        (height, width, 3) BGR.

    Raises:
        MediaError: the bytes are no picture.
    """
    import cv2
    import numpy as np

    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if found is None:
        raise MediaError(
            "A panel picture cannot be decoded.",
            where=where,
            next_step="Draw the board again, or hand in a PNG or JPEG.",
        )
    high, wide = found.shape[:2]
    scale = max(width / wide, height / high)
    cut = min(wide, round(width / scale)), min(high, round(height / scale))
    left, top = (wide - cut[0]) // 2, (high - cut[1]) // 2
    piece = found[top : top + cut[1], left : left + cut[0]]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(piece, (width, height), interpolation=way), np.uint8)


def planned_box(panel: PanelScene) -> tuple[float, float, float, float]:
    """Return where the subject was planned: left, top, right, bottom as shares of the frame."""
    wide, high = _SHARE[panel.size]
    chosen = next((p for p in panel.performers if p.id == panel.focus), None)
    if chosen is None and panel.performers:
        chosen = panel.performers[0]
    middle = 0.5 if chosen is None else 0.5 + chosen.at * 0.5
    left = min(max(middle - wide / 2, 0.0), 1 - wide)
    bottom = 1.0 if panel.size not in {"extreme-wide", "wide", "insert"} else 0.92
    return left, max(0.0, bottom - high), left + wide, bottom


def subject(pixels: Pixels, box: tuple[float, float, float, float]) -> Pixels | None:
    """Find the subject near its planned box.

    Args:
        pixels: (h, w, 3) BGR.
        box: left, top, right, bottom as shares of the frame.

    Returns:
        (h, w) coverage 0..255 with a soft edge, or None when nothing stands out clearly.
    """
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    size = (_SMALL, max(16, round(_SMALL * height / width)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    grown = (box[0] - 0.04, box[1] - 0.04, box[2] + 0.04, box[3] + 0.04)
    left, top = (max(1, round(grown[i] * size[i])) for i in (0, 1))
    right, bottom = (min(size[i] - 1, round(grown[i + 2] * size[i])) for i in (0, 1))
    if right - left < 8 or bottom - top < 8 or (right - left) > size[0] - 8:
        return None
    marks = np.full((size[1], size[0]), cv2.GC_BGD, np.uint8)
    marks[top:bottom, left:right] = cv2.GC_PR_BGD
    third = (right - left) // 4, (bottom - top) // 6
    marks[top + third[1] : bottom, left + third[0] : right - third[0]] = cv2.GC_PR_FGD
    cv2.setRNGSeed(7)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cv2.grabCut(small, marks, (0, 0, 1, 1), *models, 4, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        return None
    found = ((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)).astype(np.uint8)
    found = _largest(found)
    share = float(found.mean())
    inside = float(found[top:bottom, left:right].mean())
    if not 0.004 < share < 0.6 or inside < 0.12:
        return None
    mask = cv2.morphologyEx(found * 255, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)
    big = cv2.resize(mask, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(big, (0, 0), width / 900), np.uint8)


def split(pixels: Pixels, mask: Pixels | None) -> tuple[Planar, Planar | None]:
    """Return the background with the subject taken out, and the subject with coverage."""
    import cv2
    import numpy as np

    if mask is None:
        return from_bgr(pixels), None
    height, width = mask.shape
    hole = cv2.dilate(mask, np.ones((3, 3), np.uint8), iterations=max(2, width // 160))
    size = (_SMALL, max(16, round(_SMALL * height / width)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    gap = cv2.dilate(
        cv2.resize(hole, size, interpolation=cv2.INTER_AREA), np.ones((3, 3), np.uint8)
    )
    filled = cv2.inpaint(small, (gap > 24).astype(np.uint8), 5, cv2.INPAINT_TELEA)
    filled = cv2.GaussianBlur(filled, (0, 0), 1.5)
    behind = cv2.resize(filled, (width, height), interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(hole, (0, 0), width / 320)
    spread = cv2.merge([soft] * 3)
    behind = cv2.add(
        cv2.multiply(behind, spread, scale=1 / 255),
        cv2.multiply(pixels, cv2.bitwise_not(spread), scale=1 / 255),
    )
    cover = cv2.merge([mask] * 3)
    cut = cv2.merge([*cv2.split(cv2.multiply(pixels, cover, scale=1 / 255)), mask])
    return from_bgr(np.asarray(behind, np.uint8)), from_bgra(np.asarray(cut, np.uint8))


def _largest(found: Pixels) -> Pixels:
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    if count < 3:
        return found
    areas = stats[1:, cv2.CC_STAT_AREA]
    keep = [i + 1 for i, area in enumerate(areas) if area >= 0.25 * areas.max()]
    return np.isin(labels, keep).astype(np.uint8)
