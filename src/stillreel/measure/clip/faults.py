"""Faults inside one shot, from a few figures per frame: black, frozen, flicker, blur.

Every threshold is held against the shot's own motion, light or sharpness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.clip.glance import FEW, MANY
from stillreel.measure.nouns import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Figures = NDArray[np.float32]

_STILL, _STILL_SHARE, _STILL_MOST = 0.5, 0.15, 3.0
"""Change of the most changed part (0..255) over a few frames that is none: outright, or as a share
of what is usual in the shot up to a limit, because an encoder takes some frames to come to rest."""
_AROUND = 16
"""Frames before and after a stop in which the picture must not rest."""
_MOVES, _TREMBLES = 1.5, 0.3
"""Typical change over a few frames beside a stop, and change of one frame that is none."""
_ROAMS = 0.3
"""Share of the parts that change when all of the picture moves."""
_WAVER = 0.0038
"""Change of light from one frame to the next, up and down again, that is flicker."""
_WINDOW, _OFTEN = 16, 0.7
"""Frames over which flicker is counted, and the share of them that must waver."""
_SOFTER, _LEAST_SOFT = 0.6, 6
"""Share of the shot's usual sharpness below which a frame is blurred, and for how many frames."""
_NO_EDGE, _RAMP, _RICH = 0.31, 0.25, 40.0
"""Sharpness of a shot without a sharp edge, and of a ramp; and how strong edges must be to tell."""


def runs(flags: Flags, least: int = 1) -> list[tuple[int, int]]:
    """Return first and one past last of the runs of True that are at least so long."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [
        (int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least
    ]


def frozen(table: Figures, *, last: bool = True) -> list[Span]:
    """Return the runs of equal frames in a shot that moves.

    A stop is a fault when nothing changes over eight frames while beside it nothing ever rests for
    five; in a shot of which only a part moves, there must not be another such rest at all.

    Args:
        table: (frames, 4) for every frame the change of the most changed part from the frame
            before, over `FEW` and over `MANY` frames, and the share of parts that changed visibly.
        last: whether the shot ends here; else the rest of it comes in another call.
    """
    step, few, many, stirred = table.T
    known = np.isfinite(many)
    if not known.any():
        return []
    limit = max(_STILL, min(_STILL_MOST, _STILL_SHARE * float(np.median(many[known]))))
    stops = [(at - MANY, end) for at, end in runs(_rests(step, many, MANY, limit))]
    resting = _rests(step, few, FEW, limit)
    rests = runs(resting)
    found: list[Span] = []
    for start, stop in stops:
        others = any(end <= start or at - FEW >= stop for at, end in rests)
        sides = [
            _Side(step[a:b], few[c:d], stirred[a:b], resting[c:d])
            for a, b, c, d in (
                (max(1, start - _AROUND), start + 1, max(1, start - _AROUND), start + 1),
                (stop, stop + _AROUND, stop + FEW, stop + _AROUND),
            )
            if b - 2 > a and a < step.size - 2
        ]
        inner = start > 1 and (stop < step.size - 1 or not last)
        goes = bool(sides) and all(side.goes for side in sides)
        if goes and (all(side.roams for side in sides) or (inner and not others)):
            found.append(Span(start, stop))
    return found


def _rests(step: Figures, apart: Figures, frames: int, limit: float) -> Flags:
    """Return whether nothing changed over so many frames, neither back and forth."""
    calm = np.convolve(step < limit, np.ones(frames), "full")[: step.size] >= frames
    return (apart < limit) & calm


class _Side:
    """What happens on one side of a stop."""

    def __init__(self, step: Figures, few: Figures, stirred: Figures, resting: Flags) -> None:
        moving = step >= max(float(step.max(initial=0.0)) / 8, _TREMBLES)
        known = few[np.isfinite(few)]
        self.roams = bool(moving.any()) and float(np.median(stirred[moving])) > _ROAMS
        self.goes = bool(known.size) and not resting.any() and float(np.median(known)) >= _MOVES


def flicker(gain: Figures) -> list[Span]:
    """Return where light goes up and down.

    Args:
        gain: relative change of light from each frame to the next, as most of the picture has it;
            the first is that between the first and second frame.
    """
    wavers = np.zeros(gain.size + 1, np.bool_)
    for stride in (1, 2):
        if gain.size < 2 * stride:
            continue
        step = np.convolve(gain, np.ones(stride), "valid")
        first, second = step[:-stride], step[stride:]
        turns = (first * second < 0) & (np.minimum(np.abs(first), np.abs(second)) >= _WAVER)
        wavers[stride : stride + turns.size] |= turns
    if wavers.size < _WINDOW:
        return []
    often = np.convolve(wavers, np.ones(_WINDOW), "valid") >= _OFTEN * _WINDOW
    return [Span(start, stop + _WINDOW - 1) for start, stop in runs(often)]


def blur(sharp: Figures, rich: Figures, dark: Flags) -> list[Span]:
    """Return where a shot is far softer than it usually is, or all of it if no edge is sharp.

    Args:
        sharp: how sharp the strongest edges are, 0.25..1; 0 where there are none.
        rich: how strong they are.
        dark: frames that are black.
    """
    known = (sharp > 0) & ~dark
    if int(known.sum()) < 2 * _LEAST_SOFT:
        return []
    usual = float(np.median(sharp[known]))
    if usual < _NO_EDGE:
        # an empty sky at night has no edge that could be sharp
        return [Span(0, sharp.size)] if float(np.median(rich[known])) >= _RICH else []
    # a ramp is as soft as it gets, so what counts is how far above it the picture is
    soft = known & ((sharp - _RAMP) < (usual - _RAMP) * (1 - _SOFTER))
    return [Span(*run) for run in runs(soft, _LEAST_SOFT)]
