"""Where a page could be cut: gutters of one colour, and seams where two pictures meet.

Everything here looks along one axis: `lines` are the rows of a picture, or its columns when the
picture was turned. A cut at `p` lies between line `p - 1` and line `p`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.people.figure import apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Lab = NDArray[np.float32]
    Hits = NDArray[np.bool_]
    Colour = tuple[float, float, float]

_STEP = 6.0
"""Difference in Lab units that is a step and not noise."""
_OWN = 10.0
"""Distance from a line's own colour within which a pixel belongs to it."""
_SAMPLES = 240
_WIDEST = 0.15
"""Widest gutter, as a share of the region."""
_SHARP = 0.3
"""Share of its length on which a gutter must end sharply, on either side."""
_WIDE = 4
"""Least width in pixels of a gutter that all others of its page resemble."""
GUTTER = 0.8
"""Strength of a plain band that ends sharply on both sides."""


@dataclass(frozen=True, slots=True)
class Run:
    """A band of neighbouring lines, each of one colour: a gutter, a margin, or a bland sky."""

    start: int
    stop: int
    colour: Colour
    """Lab."""
    strength: float
    """0..1: how plain the lines are and how sharply the band ends on both sides."""
    sharp: float
    """0..1: share of its length on which the band ends sharply, on its poorer side."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How good a cut is at every position of one axis."""

    value: NDArray[np.float64]
    """(lines + 1,) values 0..1."""
    seam: NDArray[np.float64]
    """(lines + 1,) share of the line's length on which the picture steps."""
    runs: tuple[Run, ...]

    def gutter_at(self, position: int) -> tuple[int, int]:
        """Return where the gutter a cut lies in begins and ends; `(p, p)` where pictures touch."""
        widest = _WIDEST * (self.value.size - 1)
        for run in self.runs:
            wide = run.stop - run.start > widest
            if run.start <= position <= run.stop and run.strength >= GUTTER and not wide:
                return run.start, run.stop
        return position, position

    def colour_of(self, cuts: Sequence[int]) -> Colour | None:
        """Return the colour of the gutters cuts lie in, where they all lie in wide ones."""
        found: list[Run] = []
        for at in cuts:
            start, stop = self.gutter_at(at)
            found += [run for run in self.runs if (run.start, run.stop) == (start, stop)]
        if len(found) < len(cuts) or any(run.stop - run.start < _WIDE for run in found):
            return None
        return found[0].colour

    def along(self, colour: Colour) -> Evidence:
        """Return the evidence of gutters of one colour alone."""
        runs = tuple(
            run for run in self.runs if np.hypot.reduce(np.subtract(run.colour, colour)) < _OWN
        )
        return Evidence(_raised(np.zeros_like(self.value), runs), self.seam, runs)


def steps(lab: Lab) -> Hits:
    """Return (lines + 1, across) booleans: the picture steps between line p - 1 and line p.

    A step is a jump over two lines that is larger than what goes on anyway on its quieter side.
    """
    count = lab.shape[0]
    hits = np.zeros((count + 1, lab.shape[1]), np.bool_)
    if count < 4:
        return hits
    cross = apart(lab[3:], lab[:-3])
    direct = apart(lab[1:], lab[:-1])
    direct = np.maximum(direct[1:-1], np.maximum(direct[:-2], direct[2:]))
    quiet = np.full_like(cross, np.inf)
    quiet[3:] = cross[:-3]
    quiet[:-3] = np.minimum(quiet[:-3], cross[3:])
    hits[2 : count - 1] = (
        (cross > _STEP)
        & (direct > _STEP * 0.7)
        & (cross > 1.5 * np.where(np.isinf(quiet), 0, quiet))
    )
    return hits


def evidence(lab: Lab, hits: Hits) -> Evidence:
    """Weigh every cut of a region.

    Args:
        lab: (lines, across, 3).
        hits: `steps` of it, (lines + 1, across).
    """
    seam = hits.mean(axis=1)
    runs = _runs(lab, seam)
    return Evidence(_raised(0.85 * seam, runs), seam, runs)


def _raised(value: NDArray[np.float64], runs: Iterable[Run]) -> NDArray[np.float64]:
    """Raise evidence to hills over the bands that may be gutters."""
    count = value.size - 1
    for run in runs:
        if run.start == 0 or run.stop == count or run.sharp < _SHARP:
            continue
        inside = np.arange(run.start, run.stop + 1)
        middle, half = (run.start + run.stop) / 2, (run.stop - run.start) / 2 + 1
        hill = run.strength * (1 - 0.15 * np.abs(inside - middle) / half)
        value[inside] = np.maximum(value[inside], hill)
    return value


def _runs(lab: Lab, seam: NDArray[np.float64]) -> tuple[Run, ...]:
    count, across = lab.shape[:2]
    sample = lab[:, :: max(1, across // _SAMPLES)]
    colour = np.median(sample, axis=1)
    plain = (apart(sample, colour[:, None]) < _OWN).mean(axis=1)
    found: list[Run] = []
    start = 0
    while start < count:
        if plain[start] < 0.9:
            start += 1
            continue
        stop = start + 1
        while (
            stop < count
            and plain[stop] >= 0.9
            and float(np.linalg.norm(colour[stop] - colour[start])) < _OWN
        ):
            stop += 1
        ends = _edge(seam, start, count), _edge(seam, stop, count)
        strength = 0.35 * float(plain[start:stop].mean()) + 0.325 * sum(ends)
        shade = colour[start:stop].mean(axis=0)
        found.append(
            Run(
                start,
                stop,
                (float(shade[0]), float(shade[1]), float(shade[2])),
                strength,
                min(ends),
            )
        )
        start = stop
    return tuple(found)


def _edge(seam: NDArray[np.float64], at: int, count: int) -> float:
    """Return how sharply a band ends here; the picture's own border is as sharp as can be."""
    if at in {0, count}:
        return 1.0
    return float(seam[max(0, at - 2) : at + 3].max())
