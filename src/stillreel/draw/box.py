"""Whole-pixel boxes on a sheet: where they meet, and what a set of shapes fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.draw.marks import Shape

Box = tuple[int, int, int, int]
"""Left, top, right, bottom; the last two are the first pixels outside."""


def meet(first: Box, second: Box) -> Box | None:
    """Return the overlap of two boxes, or None where they do not touch."""
    left, top = max(first[0], second[0]), max(first[1], second[1])
    right, bottom = min(first[2], second[2]), min(first[3], second[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


def join(first: Box, second: Box) -> Box:
    """Return the smallest box around both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def grown(box: Box, margin: int) -> Box:
    """Return a box widened by whole pixels on every side."""
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def bounds(shapes: Iterable[Shape], margin: float = 1.0) -> Box | None:
    """Return the box around all shapes, strokes included, or None when there are none."""
    seen = [shape for shape in shapes if len(shape.points)]
    if not seen:
        return None
    ends = np.cumsum(np.array([len(shape.points) for shape in seen]))
    starts = np.concatenate([[0], ends[:-1]])
    flat = np.concatenate([shape.points for shape in seen])
    more = np.array([int(margin + shape.width / 2) + 1 for shape in seen])[:, None]
    low = np.floor(np.minimum.reduceat(flat, starts, axis=0)) - more
    high = np.floor(np.maximum.reduceat(flat, starts, axis=0)) + 1 + more
    left, top = low.min(axis=0)
    right, bottom = high.max(axis=0)
    return int(left), int(top), int(right), int(bottom)
