"""How long a job waits and works at a vendor: seeded, with bursts, slow days and slots."""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass

_DAY = 86_400
_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Pace:
    """The usual times of one model, in seconds: medians of log-normal distributions."""

    wait: float
    """Before the work begins, on a slot that is free."""
    work: float
    """For a clip of `length` seconds, or for one picture."""
    length: float = 5.0
    """Seconds of film that `work` is for; 0 where it does not depend on the length."""
    spread: float = 0.35
    """Sigma of the work's logarithm; the wait spreads twice as far."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How a vendor's days differ."""

    slow_days: float = 0.12
    """Share of days on which everything takes longer."""
    slow_by: float = 2.2
    bursts: float = 0.1
    """Share of hours in which the queue is long."""
    burst_by: float = 6.0


CALM = Weather(0.0, 1.0, 0.0, 1.0)
"""Every day alike."""


class Line:
    """The queue of one model on one account: so many jobs work at once, the rest wait."""

    def __init__(self, name: str, pace: Pace, slots: int, weather: Weather, seed: int) -> None:
        """Begin empty; the same name and seed give the same times in the same order."""
        self._name = f"{seed}/{name}"
        self._pace = pace
        self._weather = weather
        self._free: list[float] = [0.0] * max(1, slots)
        self._count = 0

    def take(self, now: float, seconds: float) -> tuple[float, float, bool]:
        """Take a place for a clip of so many seconds.

        Returns:
            When its work begins and ends, and whether it waits for a slot.
        """
        self._count += 1
        chance = random.Random(f"{self._name}/{self._count}")
        day = self._factor("day", now / _DAY, self._weather.slow_days, self._weather.slow_by)
        hour = self._factor("hour", now / _HOUR, self._weather.bursts, self._weather.burst_by)
        pace = self._pace
        wait = pace.wait * day * hour * math.exp(chance.gauss(0, 2 * pace.spread))
        work = pace.work * day * math.exp(chance.gauss(0, pace.spread))
        if pace.length:
            # A third of the time is spent however short the clip is.
            work *= 1 / 3 + 2 / 3 * seconds / pace.length
        free = heapq.heappop(self._free)
        start = max(now + wait, free)
        heapq.heappush(self._free, start + work)
        return start, start + work, free > now

    def give_back(self, end: float, now: float) -> None:
        """Free the slot of a job that is stopped before its end."""
        if end in self._free:
            self._free[self._free.index(end)] = now
            heapq.heapify(self._free)

    def _factor(self, what: str, index: float, share: float, by: float) -> float:
        if share <= 0:
            return 1.0
        return by if random.Random(f"{self._name}/{what}/{int(index)}").random() < share else 1.0
