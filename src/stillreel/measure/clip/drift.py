"""Colours that creep through a shot, told from a picture whose contents move.

A drift shifts every part of the picture alike. So each part gets a straight line over time; the
parts that follow their line best and agree with one another are believed, and how far they differ
says how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.clip.nouns import Drift
from stillreel.measure.nouns import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Figures = NDArray[np.float32]

DISTANCES = (1, 2, 5, 10, 20, 50)
"""Frames over which shifts are told."""
_SHORTEST = 12
"""Frames a shot needs."""
_BLACK = 8.0
"""Lightness of a part too dark to have a colour."""
_FEWEST = 12
"""Parts that are needed."""
_SHARE = 0.5
"""Share of the parts that follow their line best, and of those the share that must agree."""
_NOISE = 0.35
"""Chroma units a shot may be off by, encoder and rounding included."""
_APART = 6.0
"""As many parts as are independent of one another."""
_FAR, _SURE, _SURER = 3.0, 3.0, 5.0
"""Chroma units of a clip or shot that are a fault, and how many errors they must exceed: in a whole
clip, and in one of its shots, because the picks among many shots are many chances to be wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    """The straight line the colours of a shot follow."""

    drift: Drift
    error: float
    """Standard error of the chroma slope."""


def line(lab: Figures, first: int) -> Line | None:
    """Return how a shot drifts, or None where it cannot be told.

    Args:
        lab: (frames, rows, columns, 3) CIE Lab of the parts of every frame.
        first: index of the first frame.
    """
    frames = lab.shape[0]
    parts = lab.reshape(frames, -1, 3)
    parts = parts[:, (parts[:, :, 0] > _BLACK).mean(0) > 0.9]
    if frames < _SHORTEST or parts.shape[1] < _FEWEST:
        return None
    times = (np.arange(frames, dtype=np.float32) - (frames - 1) / 2)[:, None, None]
    slopes = (times * parts).sum(0) / (times**2).sum()
    chroma = parts[:, :, 1:]
    off = ((chroma - chroma.mean(0) - times * slopes[:, 1:]) ** 2).mean((0, 2))
    steady = np.argsort(off, kind="stable")[: max(_FEWEST, int(_SHARE * off.size))]
    apart = np.linalg.norm(slopes[steady, None, 1:] - slopes[None, steady, 1:], axis=-1)
    agree = max(_FEWEST // 2, int(_SHARE * steady.size))
    reach = np.partition(apart, agree - 1, axis=1)[:, agree - 1]
    middle = int(reach.argmin())
    chosen = steady[np.argsort(apart[middle], kind="stable")[:agree]]
    slope = slopes[chosen].mean(0)
    radius = float(reach[middle])
    size = float(np.linalg.norm(slope[1:]))
    shifts = tuple(
        (gap, float(np.linalg.norm((chroma[gap:, chosen] - chroma[:-gap, chosen]).mean((0, 1)))))
        for gap in DISTANCES
        if gap < frames
    )
    drift = Drift(
        Span(first, first + frames),
        (float(slope[0]), float(slope[1]), float(slope[2])),
        shifts,
        float((np.linalg.norm(slopes[:, 1:] - slope[1:], axis=-1) <= size / 2).mean()),
    )
    return Line(drift, float(np.hypot(radius / _APART**0.5, _NOISE / frames)))


def faults(lines: Sequence[Line], frames: int) -> tuple[tuple[Span, ...], float]:
    """Return where a clip drifts, and the chroma slope of the worst of that or of the whole clip.

    Args:
        lines: one per shot.
        frames: length of the clip.
    """
    if not lines:
        return (), 0.0
    weights = np.array([one.error**-2 for one in lines])
    slopes = np.array([one.drift.slope[1:] for one in lines])
    whole = float(np.linalg.norm((weights[:, None] * slopes).sum(0) / weights.sum()))
    if _fault(whole, _SURE * float(weights.sum() ** -0.5), frames):
        return (Span(0, frames),), whole
    found = [
        one.drift
        for one in lines
        if _fault(one.drift.chroma, _SURER * one.error, one.drift.shot.last - one.drift.shot.first)
    ]
    return tuple(one.shot for one in found), max([one.chroma for one in found], default=whole)


def _fault(slope: float, error: float, frames: int) -> bool:
    return slope * frames >= _FAR and slope >= error
