"""The paper a page is drawn on: its colour, its printed rules, and how it lies in a photograph."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.measure.people.figure import apart, lab_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image
    from stillreel.measure.page.seams import Hits, Lab

PAGE = 10.0
"""Distance in Lab units from the paper's colour within which a pixel is paper."""
_RING = 3
"""Pixels along the picture's border that show the paper."""
_PLAIN = 0.94
"""Share of each side's ring that must have the paper's colour."""
_RULE = 0.8
"""Share of a line that a printed rule covers where no panel hides it."""
_QUAD = 0.95
"""Share of its outline's hull that a sheet of paper with four corners fills."""
_LEAST, _MOST = 0.25, 0.97
"""Least and most of a photograph that the sheet covers."""
_CURL = 0.006
"""Share of the sheet's longer side that is left off along its rim, where it casts a shadow."""


def paper_of(lab: Lab) -> tuple[Lab, float] | None:
    """Return the paper's colour at every pixel and its noise; None without paper all round.

    Light may fall off across the paper: its colour is a plane through the picture's border.
    """
    height, width = lab.shape[:2]
    edge = np.zeros((height, width), np.bool_)
    edge[:_RING] = edge[-_RING:] = edge[:, :_RING] = edge[:, -_RING:] = True
    rows, columns = np.nonzero(edge)
    seen = lab[rows, columns]
    at = np.stack([np.ones(rows.size), rows / height, columns / width], axis=1)
    plane = np.zeros((3, 3))
    plane[0] = np.median(seen, axis=0)
    for reach in (2 * PAGE, PAGE):
        keep = np.linalg.norm(seen - at @ plane, axis=1) < reach
        if keep.mean() < 0.7:
            return None
        plane = np.linalg.lstsq(at[keep], seen[keep], rcond=None)[0]
    away = np.linalg.norm(seen - at @ plane, axis=1)
    sides = (rows < _RING, rows >= height - _RING, columns < _RING, columns >= width - _RING)
    if any((away[side] < PAGE).mean() < _PLAIN for side in sides):
        return None
    down = (np.arange(height) / height)[:, None, None]
    across = (np.arange(width) / width)[None, :, None]
    paper = (plane[0] + plane[1] * down + plane[2] * across).astype(np.float32)
    return paper, max(float(np.quantile(away[side], 0.9)) for side in sides)


def without_rules(lab: Lab) -> Lab:
    """Return a page without the thin lines that run off both its sides: lined or squared paper."""
    for turned in (False, True):
        lines = lab.swapaxes(0, 1) if turned else lab
        lines = _erased(lines)
        lab = lines.swapaxes(0, 1) if turned else lines
    return lab


def _erased(lab: Lab) -> Lab:
    """Paint over the thin rows that differ from their neighbours at both ends of the row."""
    reach = 3
    if lab.shape[0] < 8 * reach:
        return lab
    above, below = np.roll(lab, reach, axis=0), np.roll(lab, -reach, axis=0)
    alike = apart(above, below) < PAGE / 2
    thin: Hits = alike & (apart(lab, (above + below) * np.float32(0.5)) > PAGE / 2)
    thin[:reach] = thin[-reach:] = False
    ends = max(4, lab.shape[1] // 100)
    ruled = (thin[:, :ends].mean(axis=1) > _RULE) & (thin[:, -ends:].mean(axis=1) > _RULE)
    if np.count_nonzero(ruled[1:] & ~ruled[:-1]) < 4:
        return lab
    ruled[1:-1] |= ruled[:-2] | ruled[2:]
    over = (above + below) / 2
    return np.where((ruled[:, None] & alike)[:, :, None], over, lab)


def laid_flat(image: Image) -> tuple[Image, NDArray[np.float64]] | None:
    """Return a photographed sheet seen square on, and the 3 x 3 matrix from it to the picture.

    None when no sheet of paper with four corners shows.
    """
    import cv2

    for corners in _sheets(lab_of(image)[:, :, 0].astype(np.uint8)):
        lengths = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
        wide, high = round(max(lengths[0], lengths[2])), round(max(lengths[1], lengths[3]))
        inset = max(2, round(_CURL * max(wide, high)))
        flat = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32) - inset
        back = cv2.getPerspectiveTransform(flat, corners)
        size = wide - 2 * inset, high - 2 * inset
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        seen = cast("Image", cv2.warpPerspective(image, back, size, flags=how))
        if paper_of(lab_of(seen)) is not None:
            return seen, np.asarray(back, np.float64)
    return None


def _sheets(light: NDArray[np.uint8]) -> Iterator[NDArray[np.float32]]:
    """Yield the corners of the largest light, dark and darkest thing that have just four."""
    import cv2

    level, bright = cv2.threshold(light, 0, 255, cv2.THRESH_OTSU)
    dark = light[light <= level]
    low, _ = cv2.threshold(dark, 0, 255, cv2.THRESH_OTSU)
    darkest = np.where(light <= low, 255, 0).astype(np.uint8)
    for mask in (bright, cv2.bitwise_not(bright), darkest):
        clean = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        outlines, _ = cv2.findContours(clean, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        if not outlines:
            continue
        hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
        around = cv2.arcLength(hull, closed=True)
        found = cv2.approxPolyDP(hull, 0.02 * around, closed=True)[:, 0].astype(np.float32)
        area = cv2.contourArea(hull)
        if len(found) == 4 and _LEAST * light.size < area < _MOST * light.size:
            corners = _clockwise(found)
            if cv2.contourArea(corners) >= _QUAD * area:
                yield corners


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return four corners clockwise from the top left."""
    turned = np.roll(corners, -int(corners.sum(axis=1).argmin()), axis=0)
    return turned if turned[1, 0] > turned[3, 0] else np.roll(turned[::-1], 1, axis=0)
