"""The rest of the film laid out over the platforms' slots, to be done by a time."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = 60.0
_STEPS = 24
_CLOSE = 1.005
GUARD = 1.05
SLACK = 0.5
"""How much later than the best single platform a clip may be at worst: in parts of its time for the
rest, and of its time for one clip."""
HURRIES = (1e9, 1e5, 3e4, 1e4, 3e3)
"""Micros that a second is worth, highest first: the first that the budget bears is taken."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One platform, as laying out sees it."""

    provider: str
    ready: tuple[float, ...]
    """When each of its slots is free."""
    starts: tuple[float, ...]
    """Times of its create calls in the last minute, oldest first."""
    per_minute: int
    typical: float
    """Seconds a slot is held by a clip that counts as 1, failures included."""
    safe: float
    """Seconds a clip that counts as 1 is done in, unless it is very slow."""
    worst: float
    """Seconds a clip that counts as 1 is done in even on a bad day."""
    longer: tuple[float, ...]
    """What each clip counts here, in the order of the clips; infinite where it cannot be made."""
    prices: tuple[float, ...]
    """What each clip is expected to cost here, re-dos included."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip on a slot."""

    clip: int
    lane: int
    start: float
    done: float
    """When it is done, unless it is very slow."""


Guard = tuple[int, float]
"""The lane that could do the rest alone soonest, and when; others must not risk being later."""
FREE: Guard = (-1, math.inf)


def _single(lanes: Sequence[Lane], order: Sequence[int], now: float, budget: float) -> Guard:
    """Return the guard: the lane that, alone and within the budget, does the rest soonest."""
    best = FREE
    for index, lane in enumerate(lanes):
        laid = lay([lane], order, math.inf)
        if laid is None or cost([lane], laid) > budget:
            continue
        ends = max(one.done for one in laid)
        # One that is little known may well be slower than it seems.
        doubt = math.sqrt(lane.safe / lane.typical)
        late = now + (ends - now) * GUARD * doubt + SLACK * lane.typical
        best = min(best, (index, late), key=lambda guard: guard[1])
    return best


class _Slots:
    """The slots of a lane while clips are laid on them."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._ready = list(lane.ready)
        heapq.heapify(self._ready)
        self._starts = list(lane.starts)

    def next(self) -> float:
        """Return when the next clip could start."""
        at = self._ready[0] if self._ready else math.inf
        limit = self.lane.per_minute
        if limit and len(self._starts) >= limit:
            return max(at, self._starts[-limit] + MINUTE)
        return at

    def take(self, clip: int) -> None:
        """Lay a clip on the slot that is free first."""
        at = self.next()
        heapq.heapreplace(self._ready, at + self.lane.typical * self.lane.longer[clip])
        self._starts.append(at)


def lay(
    lanes: Sequence[Lane], order: Sequence[int], by: float, hurry: float = 0.0, guard: Guard = FREE
) -> list[Placed] | None:
    """Lay clips so that each is done by a time, on the cheapest lane that can; None if not.

    `hurry` is the price that a second earlier is worth.
    """
    slots = [_Slots(lane) for lane in lanes]
    placed: list[Placed] = []
    for clip in order:
        best: tuple[float, float, int, float] | None = None
        for index, one in enumerate(slots):
            start = one.next()
            if index != guard[0] and start + one.lane.worst * one.lane.longer[clip] > guard[1]:
                continue
            done = start + one.lane.safe * one.lane.longer[clip]
            worth = one.lane.prices[clip] + hurry * done
            if done <= by and (best is None or (worth, done) < best[:2]):
                best = (worth, done, index, start)
        if best is None:
            return None
        slots[best[2]].take(clip)
        placed.append(Placed(clip, best[2], best[3], best[1]))
    return placed


def cost(lanes: Sequence[Lane], placed: Sequence[Placed]) -> float:
    """Return what a layout is expected to cost."""
    return sum(lanes[one.lane].prices[one.clip] for one in placed)


def soonest(
    lanes: Sequence[Lane], order: Sequence[int], now: float, budget: float
) -> tuple[float, list[Placed]] | None:
    """Return the earliest time all clips can be done by within a budget, and how; None if never."""
    guard = _single(lanes, order, now, budget)
    low = now
    high = now + MINUTE
    found = None
    for _ in range(_STEPS):
        found = lay(lanes, order, high, 0.0, guard)
        if found is not None and cost(lanes, found) <= budget:
            break
        low, high = high, now + (high - now) * 2
    else:
        return (high, found) if found is not None else None
    while high - now > (low - now) * _CLOSE:
        middle = (low + high) / 2
        tried = lay(lanes, order, middle, 0.0, guard)
        if tried is not None and cost(lanes, tried) <= budget:
            high, found = middle, tried
        else:
            low = middle
    for hurry in HURRIES:
        tried = lay(lanes, order, high, hurry, guard)
        if tried is not None and cost(lanes, tried) <= budget:
            return high, tried
    return high, found
