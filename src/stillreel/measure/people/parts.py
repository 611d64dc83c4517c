"""What stands on a plain page: its separate things, without rules, letters and specks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.people.likes import alike, colour_print, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.people.ground import Lab, Mask

_LEAST = 20
"""Shortest side in pixels of anything that is looked at."""
_SPECK = 0.0006
"""Smallest area of a thing, as a share of the page."""
_RULE = 0.12
"""Shortest rule, as a share of the page's side."""
_THICK = 0.009
"""Thickest rule, as a share of the page's longer side."""
_THIN = 0.007
"""Half the width of a stroke, as a share of the page's longer side, up to which it is a letter."""
_LONG = 1.6
_BOLD = 0.22
"""Half the width of the boldest stroke, as a share of the height of its word."""
_SMALLER = 0.45
"""Largest piece of a body, as a share of the rest."""
_ALIGNED = 0.7
_SEAM = 3
_ALONG = 0.3
"""Share of their common width along which two halves of a body meet."""
_UNLIKE = 0.8
"""Likeness below which two pieces are the upper and the lower half of one, not two copies."""
_LEVEL = 0.03
"""How far the tops and feet of two views stand apart, as a share of their height."""
_IN_LINE = 0.6
_GAP = 0.04
"""Widest gap between a body and its piece, as a share of the body's height."""
_FLAT = 8.0
_ONE_COLOUR, _INK, _FEW_COLOURS = 0.88, 0.75, 0.5
"""Shares of one colour that make a letter, a long row of letters, and may still make one."""
_FILLED = 0.93
"""Share of its box that a picture or a card fills."""
_CARD = 0.09
"""Shortest side of a picture or card, as a share of the page's shorter side."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on the page."""

    box: Box
    shape: Mask
    """(height, width) of the box: its pixels, holes filled."""
    card: bool = False
    """True when it fills its box: a picture or a card with a page of its own."""
    whole: bool = True
    """False when it was cut off something it touched."""

    @property
    def area(self) -> int:
        """Pixels of it."""
        return int(np.count_nonzero(self.shape))


def parts(mask: Mask, lab: Lab) -> list[Part]:
    """Return the things on a page, largest first.

    Args:
        mask: (height, width), what stands on the page.
        lab: (height, width, 3) CIE Lab.
    """
    import cv2

    height, width = mask.shape
    drawn = without_rules(mask)
    drawn = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(drawn, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Part] = []
    for outline in outlines:
        left, top, wide, high = cv2.boundingRect(outline)
        area = cv2.contourArea(outline)
        if min(wide, high) < _LEAST or area < _SPECK * mask.size:
            continue
        shape = np.zeros((high, wide), np.uint8)
        cv2.drawContours(shape, [outline], -1, 1, -1, offset=(-left, -top))
        box = Box(left, top, left + wide, top + high)
        inside = shape.astype(np.bool_)
        marks = inside & (box.crop(drawn) > 0)
        letters = _is_letter(shape, max(height, width))
        even = _evenness(box.crop(lab), marks)
        if letters or even > _ONE_COLOUR or _is_word(marks, even):
            continue
        side = _CARD * min(height, width)
        card = area > _FILLED * wide * high and min(wide, high) > side
        found.append(Part(box, inside, card))
    return _levelled(_joined(found, lab), lab)


def without_rules(mask: Mask) -> NDArray[np.uint8]:
    """Return the mask as 0 and 1 without long thin straight lines, level or upright."""
    import cv2

    drawn = mask.astype(np.uint8)
    thick = max(3, round(max(mask.shape) * _THICK))
    rules = np.zeros_like(drawn)
    for axis in (0, 1):
        long = max(24, round(mask.shape[axis] * _RULE))
        line = np.ones((long, 1) if axis == 0 else (1, long), np.uint8)
        cross = np.ones((1, thick + 1) if axis == 0 else (thick + 1, 1), np.uint8)
        straight = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, line)
        solid = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, cross)
        rules |= straight & (1 - solid)
    if not rules.any():
        return drawn
    grown = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    return cast("NDArray[np.uint8]", drawn & (1 - grown))


def _is_letter(shape: NDArray[np.uint8], longest: int) -> bool:
    """True when its strokes are nowhere wider than a letter's."""
    import cv2

    padded = cv2.copyMakeBorder(shape, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    deep = cv2.distanceTransform(padded, cv2.DIST_L2, 3)
    return float(deep.max()) < max(4.0, _THIN * longest)


def _is_word(marks: Mask, even: float) -> bool:
    """True for a row of letters that run together: long, low, and of even strokes."""
    import cv2

    high, wide = marks.shape
    if wide < _LONG * high or even < _FEW_COLOURS:
        return False
    if even > _INK:
        return True
    padded = cv2.copyMakeBorder(marks.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    deep = cv2.distanceTransform(padded, cv2.DIST_L2, 3)
    return float(deep.max()) < _BOLD * high


def _joined(found: Sequence[Part], lab: Lab) -> list[Part]:
    """Put pieces back to what they hang on: smaller, right above or below, in the same column."""
    whole: list[Part] = []
    for piece in sorted(found, key=lambda one: (-one.area, one.box)):
        for at, body in enumerate(whole):
            if not body.card and not piece.card and _hangs(piece, body, lab):
                whole[at] = _together(body, piece)
                break
        else:
            whole.append(piece)
    return whole


def _levelled(things: Sequence[Part], lab: Lab) -> list[Part]:
    """Put the upper and the lower half of a figure together when that makes it level with another.

    Views of a turnaround have one height. A garment of the page's colour cuts one in two.
    """
    whole = list(things)
    for upper, lower in itertools.permutations(things, 2):
        if not (_among(upper, whole) and _among(lower, whole)) or upper.card or lower.card:
            continue
        shared = min(upper.box.right, lower.box.right) - max(upper.box.left, lower.box.left)
        narrow = min(upper.box.width, lower.box.width)
        if shared <= _IN_LINE * narrow or upper.box.top >= lower.box.top:
            continue
        level = any(
            _is_level(one.box, upper.box, lower.box)
            for one in whole
            if one is not upper and one is not lower
        )
        if level and _are_unlike(upper, lower, lab):
            whole = [one for one in whole if one is not upper and one is not lower]
            whole.append(_together(upper, lower))
    return sorted(whole, key=lambda one: (-one.area, one.box))


def _is_level(view: Box, upper: Box, lower: Box) -> bool:
    """True when a view starts with the upper box and ends with the lower."""
    off = _LEVEL * view.height
    return abs(view.top - upper.top) <= off and abs(view.bottom - lower.bottom) <= off


def _are_unlike(first: Part, second: Part, lab: Lab) -> bool:
    prints = [colour_print(one.box.crop(lab)[one.shape]) for one in (first, second)]
    return alike(*prints) < _UNLIKE


def _among(one: Part, things: Sequence[Part]) -> bool:
    return any(one is other for other in things)


def _hangs(piece: Part, body: Part, lab: Lab) -> bool:
    """True for a small piece near a body, or one of any size that meets it in other colours."""
    shared = min(piece.box.right, body.box.right) - max(piece.box.left, body.box.left)
    if shared <= _ALIGNED * piece.box.width:
        return False
    gap = max(piece.box.top - body.box.bottom, body.box.top - piece.box.bottom)
    if piece.area < _SMALLER * body.area:
        return gap <= max(2, _GAP * body.box.height)
    if gap > _SEAM or shared <= _ALIGNED * body.box.width or not _meet(piece, body):
        return False
    return _are_unlike(piece, body, lab)


def _meet(first: Part, second: Part) -> bool:
    """True when two pieces lie against each other along a good part of their width."""
    upper, lower = sorted((first, second), key=lambda one: one.box.top)
    left, right = max(upper.box.left, lower.box.left), min(upper.box.right, lower.box.right)
    top = upper.shape[:, left - upper.box.left : right - upper.box.left]
    bottom = lower.shape[:, left - lower.box.left : right - lower.box.left]
    ends = upper.box.bottom - top[::-1].argmax(axis=0)
    starts = lower.box.top + bottom.argmax(axis=0)
    both = top.any(axis=0) & bottom.any(axis=0)
    return float((both & (np.abs(starts - ends) <= _SEAM)).mean()) > _ALONG


def _together(body: Part, piece: Part) -> Part:
    box = Box(
        min(body.box.left, piece.box.left),
        min(body.box.top, piece.box.top),
        max(body.box.right, piece.box.right),
        max(body.box.bottom, piece.box.bottom),
    )
    shape = np.zeros((box.height, box.width), np.bool_)
    for one in (body, piece):
        top, left = one.box.top - box.top, one.box.left - box.left
        shape[top : top + one.box.height, left : left + one.box.width] |= one.shape
    return Part(box, shape)


def _evenness(lab: Lab, marks: Mask) -> float:
    """Return how much of a thing has one colour: letters and swatches have little else."""
    import cv2

    # The rim is a blend with the page, so it tells nothing.
    core = cv2.erode(marks.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    colours = some(lab[core if core.any() else marks])
    near = np.linalg.norm(colours - np.median(colours, axis=0), axis=1) < _FLAT
    return float(near.mean())
