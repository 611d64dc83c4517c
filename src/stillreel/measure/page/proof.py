"""Proof of a cut: whether the sides of its panels really show in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stillreel.measure.nouns import Box
    from stillreel.measure.page.seams import Hits
    from stillreel.measure.page.trim import Rows, Sheet

_NEAR = 2
"""Pixels from a side within which its step counts."""
_UNSEEN = 0.3
"""Share of a side below which nothing shows that a panel ends there."""
_SMALLEST = 0.25
"""Least size of a panel, as a share of the largest one's, where no paper shows."""
_EVEN = 0.7
"""The same where all panels stand in one row or one column."""
_CROSSED = 1.25
"""How much more a cut is worth whose even rows and columns cross."""


def shown(sheet: Sheet, boxes: Iterable[Box]) -> list[float]:
    """Return for each panel the share of its least visible side on which the picture steps.

    Sides along the picture's own border are as visible as can be, unless paper shows there.
    """
    return [min(sides(sheet, box)) for box in boxes]


def sides(sheet: Sheet, box: Box) -> tuple[float, float, float, float]:
    """Return the shares of the left, top, right and bottom side on which the picture steps."""
    inset_x, inset_y = box.width // 20, box.height // 20
    across = slice(box.left + inset_x, box.right - inset_x)
    down = slice(box.top + inset_y, box.bottom - inset_y)
    border = 1.0 if sheet.drawn is None else 0.0
    return (
        _side(sheet.across[:, down], box.left, border),
        _side(sheet.down[:, across], box.top, border),
        _side(sheet.across[:, down], box.right, border),
        _side(sheet.down[:, across], box.bottom, border),
    )


def _side(hits: Hits, at: int, border: float) -> float:
    if at <= _NEAR or at >= len(hits) - 1 - _NEAR or not hits.shape[1]:
        return border
    return float(hits[at - _NEAR : at + _NEAR + 1].any(axis=0).mean())


def worth(sheet: Sheet, rows: Rows, seen: Sequence[float]) -> float:
    """Return how much speaks for a cut: how well its panels show, less those that do not.

    Where pictures touch, even rows and columns that cross speak for themselves.
    """
    proof = float(np.mean([one if one >= _UNSEEN else -1.0 for one in seen]))
    crossed = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return proof * (_CROSSED if crossed and sheet.drawn is None else 1.0)


def likely(sheet: Sheet, rows: Rows) -> bool:
    """Say whether a cut can be a page of panels and no single picture with straight lines in it.

    Where no paper shows, horizons, beams and walls look like seams: the parts must be of a size,
    and a pile of two needs a gutter, for a horizon often halves a picture.
    """
    boxes = [box for row in rows for box in row]
    if len(boxes) < 2 or sheet.drawn is not None:
        return len(boxes) > 1
    areas = [box.area for box in boxes]
    if len(rows) > 1 and max(len(row) for row in rows) > 1:
        return min(areas) >= _SMALLEST * max(areas)
    pair = len(rows) == 2 and boxes[1].top - boxes[0].bottom < _NEAR
    return min(areas) >= _EVEN * max(areas) and not pair


def agreements(cuts: Sequence[Sequence[Box]], alone: float) -> list[float]:
    """Return for each cut how far the cuts agree with it on average, 0..1.

    Args:
        cuts: boxes of each way of cutting.
        alone: how far a cut agrees with itself.
    """
    return [
        (sum(_agreement(one, other) for other in cuts if other is not one) + alone) / len(cuts)
        for one in cuts
    ]


def _agreement(ours: Sequence[Box], theirs: Sequence[Box]) -> float:
    """Return the mean best overlap of two cuts over the larger number of panels, 0..1."""
    overlap = np.array([[a.overlap(b) for b in theirs] for a in ours])
    return float(min(overlap.max(axis=1).sum(), overlap.max(axis=0).sum())) / max(overlap.shape)
