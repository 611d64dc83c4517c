"""One shot on its way through: a few figures for each frame, judged together at its end.

A shot that goes on for very long is judged in chapters, so that memory has a limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.clip import faults
from stillreel.measure.clip.drift import line
from stillreel.measure.clip.nouns import Bars
from stillreel.measure.nouns import Box, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.clip.drift import Line
    from stillreel.measure.clip.glance import Glance, Lines, Small

CHAPTER = 2400
"""Frames after which a shot is judged so far."""
_FAINT = 8.0
"""Light (0..255) of a part too dark to tell a gain from."""
_BAR, _BAR_TV = 14, 30
"""Lightest pixel of a black bar: of 0..255, and of the narrower range of television."""
_STEP = 24
"""How much lighter the picture is, right beside a bar."""
_THIN, _UNEVEN = 0.012, 0.02
"""Share of the side a bar covers at least, and the share by which two may differ."""


@dataclass(slots=True)
class Found:
    """What was found in all shots so far."""

    black: list[Span] = field(default_factory=list[Span])
    frozen: list[Span] = field(default_factory=list[Span])
    flicker: list[Span] = field(default_factory=list[Span])
    blur: list[Span] = field(default_factory=list[Span])
    bars: list[Bars] = field(default_factory=list[Bars])
    lines: list[Line] = field(default_factory=list["Line"])


class Edges:
    """The lightest pixels of every row and column of a shot."""

    def __init__(self) -> None:
        """Start with a shot."""
        self._rows: NDArray[np.uint8] | None = None
        self._columns: NDArray[np.uint8] | None = None
        self._limit = _BAR

    def look(self, edges: Lines) -> None:
        """Take the lightest pixels of a frame."""
        if (
            self._rows is None
            or self._columns is None
            or (self._rows.size, self._columns.size) != (edges.rows.size, edges.columns.size)
        ):
            self._rows, self._columns = edges.rows.copy(), edges.columns.copy()
            self._limit = _BAR if edges.full else _BAR_TV
            return
        np.maximum(self._rows, edges.rows, out=self._rows)
        np.maximum(self._columns, edges.columns, out=self._columns)

    def picture(self) -> Box | None:
        """Return what is inside the bars, or None when there are none."""
        if self._rows is None or self._columns is None:
            return None
        height, width = self._rows.size, self._columns.size
        top, bottom = _inside(self._rows, self._limit)
        left, right = _inside(self._columns, self._limit)
        box = Box(left, top, right, bottom)
        return None if box == Box(0, 0, width, height) else box


def _inside(light: NDArray[np.uint8], limit: int) -> tuple[int, int]:
    """Return the first and one past the last line inside two even bars, or all of them."""
    lit = np.flatnonzero(light > limit)
    if not lit.size:
        return 0, light.size
    first, last = int(lit[0]), int(lit[-1]) + 1
    before, after = first, light.size - last
    reach = max(2, light.size // 100)
    sharp = min(light[first : first + reach].max(), light[last - reach : last].max())
    even = abs(before - after) <= max(2, _UNEVEN * light.size)
    if min(before, after) >= _THIN * light.size and even and sharp > limit + _STEP:
        return first, last
    return 0, light.size


class Shot:
    """Figures of the frames of one shot, or of a chapter of it."""

    def __init__(self, first: int) -> None:
        """Start with the frame that begins it."""
        self.first = first
        self.edges = Edges()
        self._figures: list[tuple[float, ...]] = []
        self._gains: list[float] = []
        self._lab: list[Small] = []
        self._before: Small | None = None

    def __len__(self) -> int:
        """Return the number of frames."""
        return len(self._figures)

    def add(self, glance: Glance) -> None:
        """Take the next frame."""
        if glance.lines is not None and not glance.dark:
            self.edges.look(glance.lines)
        self._figures.append(
            (
                glance.most,
                glance.few,
                glance.many,
                glance.stirred,
                glance.sharp,
                glance.rich,
                glance.dark,
            )
        )
        if glance.dark:
            self._gains.append(0.0)
            return
        if not self._lab or self._lab[-1].shape == glance.lab.shape:
            self._lab.append(glance.lab)
        before = self._before
        same = before is not None and before.shape == glance.parts.shape
        self._gains.append(_gain(before, glance.parts) if same and before is not None else 0.0)
        self._before = glance.parts

    def judge(self, found: Found, *, last: bool) -> None:
        """Add what is wrong with it.

        Args:
            found: where to.
            last: whether the shot ends here.
        """
        if not self._figures:
            return
        table = np.array(self._figures, np.float32)
        dark = table[:, 6] > 0
        found.black += self._moved([Span(*run) for run in faults.runs(dark)])
        found.frozen += self._moved(faults.frozen(table[:, :4], last=last))
        found.flicker += self._moved(faults.flicker(np.array(self._gains[1:], np.float32)))
        found.blur += self._moved(faults.blur(table[:, 4], table[:, 5], dark))
        span = Span(self.first, self.first + len(self))
        box = self.edges.picture()
        if box is not None and not dark.all():
            found.bars.append(Bars(span, box))
        if self._lab:
            creeps = line(np.stack(self._lab), self.first)
            found.lines += [] if creeps is None else [creeps]

    def _moved(self, spans: list[Span]) -> list[Span]:
        return [Span(self.first + one.first, self.first + one.last) for one in spans]


def _gain(before: Small, now: Small) -> float:
    """Return the relative change of light that half of the light of a picture agrees on."""
    lit = before > _FAINT
    if not lit.any():
        return 0.0
    weights = before[lit]
    gains = (now[lit] - weights) / weights
    order = np.argsort(gains, kind="stable")
    heap = np.cumsum(weights[order])
    return float(gains[order][int(np.searchsorted(heap, heap[-1] / 2))])
