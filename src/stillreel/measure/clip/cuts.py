"""Where new shots begin, told a few frames late and from a few frames only.

A cut is a change into one frame that is larger, in many parts of the picture, than all that changes
in the fifth of a second before it and after it. That holds for drawings on twos and threes, for a
fast pan, and for a jump within one place. A body that strikes a pose changes a few parts only; if
it fills the frame, the lines behind it stay, or the pose comes back, as steps of a dance do.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.clip.glance import FEW, MANY, blocks, part_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.measure.clip.glance import Glance, Small

NEAR = 5
"""Frames on either side that a cut is held against."""
_MORE, _FLOOR = 1.2, 2.5
"""A part is cut when it changes this many times as much as around, and this much more (0..255)."""
_SHARE = 0.28
"""Share of the parts that are cut where a new shot begins."""
_CERTAIN = 0.6
"""Share above which nothing else is asked."""
_LEAPS = 0.95
"""Change of the whole picture as a share of what is usual around, in a cut that is not certain."""
_BACK = 18
"""Frames within which a pose comes back."""
_ALIKE = 0.5
"""A part came back when it differs by less than this share of what the cut changed."""
_EDGE, _AGREE, _KEPT = 8.0, 0.7, 0.2
"""Least gradient of a line, how much alike it must be to be the same, and the share of lines that
may stay through a cut."""
_STIRRED = 1.0
"""Change of a part that can be seen."""
_ROAMS = 0.3
"""Share of the parts that change when the whole picture moves."""
_STOPPED, _CATCH_UP = 0.1, 2.0
"""Motion before as a share of that after from which the picture had stopped, and how many times as
far as usual it may then leap."""
_LONG_BLACK = 48
"""Black frames after which what came before is judged without what follows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame between what was there before it and what stays."""

    now: Glance
    before: Glance | None
    """The last frame that was not black."""
    earlier: Glance | None
    """A few frames before that, or the first of the film."""
    later: Glance | None
    """A few frames on, or the last of the film."""
    cut: bool = False


class Window:
    """Takes frames in order and gives them back, a few later, knowing which begin a shot."""

    def __init__(self) -> None:
        """Start before the first frame."""
        self._past: deque[Glance] = deque(maxlen=_BACK)
        self._waiting: deque[Glance] = deque()
        self._lit: deque[Glance] = deque()
        self._black = 0
        self._last: Glance | None = None
        self._roamed = 0

    def push(self, glance: Glance) -> Iterator[Moment]:
        """Take the next frame; yield those that can be judged now."""
        self._waiting.append(glance)
        if glance.dark:
            self._black += 1
            if self._black >= _LONG_BLACK or not self._lit:
                yield from self.flush()
            return
        self._black = 0
        self._lit.append(glance)
        if self._last is not None and self._last.grey.shape == glance.grey.shape:
            step = _apart(self._last, glance)
            glance.change, glance.most = float(step.mean()), float(step.max())
            glance.stirred = float((step > _STIRRED).mean())
        self._last = glance
        if len(self._lit) > _BACK:
            yield from self._release()

    def flush(self) -> Iterator[Moment]:
        """Yield everything that waits."""
        while self._waiting:
            yield from self._release()

    def _release(self) -> Iterator[Moment]:
        """Yield the waiting frames up to the first that is not black."""
        while self._waiting:
            glance = self._waiting.popleft()
            if glance.dark:
                yield Moment(glance, None, None, None)
                continue
            yield self._judged(glance)
            self._lit.popleft()
            return

    def _judged(self, now: Glance) -> Moment:
        past = self._past
        later = self._lit[min(NEAR, len(self._lit) - 1)]
        if not past or past[-1].grey.shape != now.grey.shape:
            past.clear()
            past.append(now)
            return Moment(now, None, None, later)
        before, earlier = past[-1], past[max(0, len(past) - 1 - NEAR)]
        cut = now.stirred > _SHARE / 2 and self._cuts(earlier, before, now, later)
        if cut:
            past.clear()
            self._roamed = 0
        self._roamed += not cut and now.stirred > _ROAMS
        for lag in (FEW, MANY):
            if len(past) >= lag:
                apart = float(_apart(past[-lag], now).max())
                now.few, now.many = (apart, now.many) if lag == FEW else (now.few, apart)
        past.append(now)
        return Moment(now, before, earlier, later, cut)

    def _cuts(self, earlier: Glance, before: Glance, now: Glance, later: Glance) -> bool:
        past, after = _apart(earlier, before), _apart(now, later)
        if self._roamed >= NEAR and past.mean() < _STOPPED * after.mean():
            # a picture that stopped and goes on makes up for the frames it missed
            after = after * _CATCH_UP
        around = np.maximum(past, after)
        jump = _apart(before, now)
        parts = jump > _MORE * around + _FLOOR
        share = float(parts.mean())
        if share >= _CERTAIN or share <= _SHARE:
            return share >= _CERTAIN
        near = [*((one, now) for one in self._past), *((before, one) for one in self._lit)]
        limit = _ALIKE * float(jump[parts].mean())
        back = any(
            float(_apart(*pair)[parts].mean()) < limit
            for pair in near
            if pair[0].grey.shape == pair[1].grey.shape
        )
        leaps = jump.mean() > _LEAPS * max(past.mean(), _apart(now, later).mean())
        return bool(leaps) and not back and _kept(before.grey, now.grey) < _KEPT


def _apart(first: Glance, second: Glance) -> Small:
    """Return the mean change of light in every part."""
    return blocks(np.abs(first.grey - second.grey), part_side(first.grey))


def _kept(before: Small, now: Small) -> float:
    """Return the share of lines of one picture that are at the same place in the other."""
    import cv2

    one, two = (
        (
            cv2.Sobel(small, cv2.CV_32F, 1, 0, scale=0.25),
            cv2.Sobel(small, cv2.CV_32F, 0, 1, scale=0.25),
        )
        for small in (before, now)
    )
    first, second = np.hypot(*one), np.hypot(*two)
    lines = first > _EDGE
    if not lines.any():
        return 0.0
    alike = (one[0] * two[0] + one[1] * two[1]) / (np.maximum(first, second) ** 2 + 1)
    return float((alike[lines] > _AGREE).mean())
