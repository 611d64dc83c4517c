"""Flat pictures that move: cut the subject out, fill in behind it, and give both their depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.draw.motion.planar import Planar, from_bgr, from_bgra
from stillreel.errors import MediaError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.values.scene import PanelScene, ShotSize

    Pixels = NDArray[np.uint8]

BEHIND = 0.6
"""How much of the subject's parallax the background takes: little, because a cut-out is a guess."""
CUT: frozenset[ShotSize] = frozenset(
    {"medium-wide", "medium", "medium-close-up", "close-up", "extreme-close-up"}
)
"""Shot sizes with a subject large enough to be worth cutting out."""
_SMALL = 256
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
        (h, w) coverage 0..255 with a soft edge, or None when nothing stands out clearly: a wrong
        cut is worse than none.
    """
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    size = (_SMALL, max(16, round(_SMALL * height / width)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    marks, core = _seeds(size, box)
    cv2.setRNGSeed(7)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cv2.grabCut(small, marks, (0, 0, 1, 1), *models, 3, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        return None
    found = ((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)).astype(np.uint8)
    found = np.asarray(cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    found = _joined(found, core)
    if not _clear(small, found, core):
        return None
    mask = cv2.morphologyEx(found * 255, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)
    big = cv2.resize(mask, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(big, (0, 0), width / 900), np.uint8)


def _seeds(size: tuple[int, int], box: tuple[float, float, float, float]) -> tuple[Pixels, Pixels]:
    """Return the first guess for the cut, and the core that must belong to the subject."""
    import cv2
    import numpy as np

    wide, high = size
    marks = np.full((high, wide), cv2.GC_PR_BGD, np.uint8)
    edge = max(2, wide // 40)
    # what touches the top and the upper sides of the frame is the place, not the person
    marks[:2, :] = cv2.GC_BGD
    marks[: high * 2 // 3, :edge] = cv2.GC_BGD
    marks[: high * 2 // 3, wide - edge :] = cv2.GC_BGD
    middle = (round((box[0] + box[2]) / 2 * wide), round((box[1] + box[3]) / 2 * high))
    half = (box[2] - box[0]) / 2 * wide, (box[3] - box[1]) / 2 * high
    likely = np.zeros_like(marks)
    core = np.zeros_like(marks)
    cv2.ellipse(likely, middle, (round(half[0] * 0.8), round(half[1] * 0.95)), 0, 0, 360, 1, -1)
    cv2.ellipse(core, middle, (round(half[0] * 0.25), round(half[1] * 0.55)), 0, 0, 360, 1, -1)
    marks[(likely > 0) & (marks != cv2.GC_BGD)] = cv2.GC_PR_FGD
    marks[core > 0] = cv2.GC_FGD
    return marks, core


def _clear(small: Pixels, found: Pixels, core: Pixels) -> bool:
    """Return whether a cut is of a likely size and runs along edges of the picture."""
    import cv2
    import numpy as np

    share = float(found.mean())
    if not 0.03 < share < 0.62 or float(found[core > 0].mean()) < 0.8:
        return False
    slope = np.asarray(cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)))
    slope = slope.max(axis=2)
    rim = np.asarray(cv2.morphologyEx(found, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))) > 0
    rim[-2:] = False
    if not rim.any():
        return False
    # a true outline lies on edges nearly everywhere; a guess wanders through flat colour
    on_edge = float((slope[rim] > 18).mean())
    return on_edge > 0.72 and float(slope[rim].mean()) > 1.6 * float(slope.mean())


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


def _joined(found: Pixels, core: Pixels) -> Pixels:
    """Keep only what hangs together with the core."""
    import cv2
    import numpy as np

    _, labels = cv2.connectedComponents(found, connectivity=8)
    kept = np.unique(np.asarray(labels)[(core > 0) & (found > 0)])
    return np.isin(labels, kept[kept > 0]).astype(np.uint8)
