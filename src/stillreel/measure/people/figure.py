"""The figure on a plain page: which pixels are not the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

    Mask = NDArray[np.bool_]
    Lab = NDArray[np.float32]

_FAR = 9.0
"""Distance in Lab units from which a pixel is no longer the page."""
_RING = 0.03


def lab_of(image: Image) -> Lab:
    """Return CIE L*a*b* of BGR pixels, (height, width, 3): L 0..100, a and b about -128..127."""
    import cv2

    scaled = image.astype(np.float32) / np.float32(255)
    return cast("Lab", cv2.cvtColor(scaled, cv2.COLOR_BGR2Lab))


def apart(one: Lab, other: Lab) -> NDArray[np.float32]:
    """Return the distance of colours, (height, width); six times as fast as `linalg.norm`."""
    gap = one - other
    return np.sqrt(np.einsum("...i,...i->...", gap, gap))


def page_of(lab: Lab) -> tuple[Lab, float]:
    """Return the page's colour at every pixel, and the share of the border that has it.

    The page may be shaded: its colour is a plane through the border's pixels, fitted twice so
    that what touches the border does not pull it.
    """
    height, width = lab.shape[:2]
    ring = max(1, round(min(height, width) * _RING))
    edge = np.zeros((height, width), np.bool_)
    edge[:ring] = edge[-ring:] = True
    edge[:, :ring] = edge[:, -ring:] = True
    rows, columns = np.nonzero(edge)
    step = max(1, rows.size // 6000)
    rows, columns = rows[::step], columns[::step]
    seen = lab[rows, columns]
    at = np.stack([np.ones(rows.size), rows / height, columns / width], axis=1)
    keep = np.abs(seen - np.median(seen, axis=0)).max(axis=1) < 12
    if keep.mean() < 0.3:
        plain = np.broadcast_to(np.median(seen, axis=0), lab.shape).astype(np.float32)
        return plain, float(keep.mean())
    plane = np.zeros((3, 3))
    for _ in range(2):
        plane = np.linalg.lstsq(at[keep], seen[keep], rcond=None)[0]
        keep = np.linalg.norm(seen - at @ plane, axis=1) < _FAR
        if keep.sum() < 12:
            break
    down = (np.arange(height) / height)[:, None, None]
    across = (np.arange(width) / width)[None, :, None]
    page = plane[0] + plane[1] * down + plane[2] * across
    return page.astype(np.float32), float(keep.mean())


def foreground(image: Image) -> Mask:
    """Return (height, width) booleans: what stands on the page, else what GrabCut takes."""
    lab = lab_of(image)
    page, share = page_of(lab)
    mask = np.linalg.norm(lab - page, axis=2) > _FAR
    if share < 0.6 or not 0.02 < mask.mean() < 0.95:
        mask = _grab(image)
    return mask if mask.any() else np.ones(mask.shape, np.bool_)


def _grab(image: Image) -> Mask:
    """Return what GrabCut takes for the figure when the border is the page."""
    import cv2

    cv2.setNumThreads(1)
    cv2.setRNGSeed(7)
    height, width = image.shape[:2]
    if min(height, width) < 12 or image.std() < 1:
        return np.ones((height, width), np.bool_)
    scale = min(1.0, 160 / max(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    marks = np.zeros(small.shape[:2], np.uint8)
    inset = (max(1, size[0] // 16), max(1, size[1] // 24))
    box = (inset[0], inset[1], size[0] - 2 * inset[0], size[1] - 2 * inset[1])
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, marks, box, models[0], models[1], 3, cv2.GC_INIT_WITH_RECT)
    figure = ((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)).astype(np.uint8)
    whole = cv2.resize(figure, (width, height), interpolation=cv2.INTER_NEAREST)
    return cast("Mask", whole > 0)
