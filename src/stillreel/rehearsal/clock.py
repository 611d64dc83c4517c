"""The vendors' time: real time made faster, or time that only moves when it is told to."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from typing import Protocol


class Clock(Protocol):
    """What the vendors ask of time."""

    def now(self) -> float:
        """Return seconds since 1970, UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when so many of these seconds have passed."""
        ...

    def mark(self, at: float) -> None:
        """Note that something will happen at a time, so that time can be moved there."""
        ...


class Scaled:
    """Real time, `factor` times as fast from the moment it was made."""

    def __init__(self, factor: float = 1.0) -> None:
        """Begin at the time it is."""
        self._factor = factor
        self._epoch = time.time()
        self._began = time.monotonic()

    def now(self) -> float:
        """Return seconds since 1970; ahead of the wall clock when the factor is above 1."""
        return self._epoch + (time.monotonic() - self._began) * self._factor

    async def sleep(self, seconds: float) -> None:
        """Wait the real time that so many seconds take."""
        if seconds > 0:
            await asyncio.sleep(seconds / self._factor)

    def mark(self, at: float) -> None:
        """Do nothing: real time needs no marks."""

    def pace(self, factor: float) -> None:
        """Go on from now at another speed; sleeps that have begun end as they would have."""
        self._epoch, self._began, self._factor = self.now(), time.monotonic(), factor


class Virtual:
    """Time that stands still until it is advanced by hand, or leaps to what happens next."""

    def __init__(self, start: float = 1_790_856_000.0, *, leaps: bool = False) -> None:
        """Begin at `start`; with `leaps`, a sleep moves the time instead of waiting for it."""
        self._now = start
        self._leaps = leaps
        self._marks: list[float] = []
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    def now(self) -> float:
        """Return the time it stands at."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the time has been moved far enough."""
        if seconds <= 0:
            return
        done = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._count), done))
        if self._leaps:
            asyncio.get_running_loop().call_soon(self._wake_first)
        await done

    def mark(self, at: float) -> None:
        """Note a time that `leap` shall stop at."""
        heapq.heappush(self._marks, at)

    def advance(self, seconds: float) -> None:
        """Move the time and wake whoever slept until then, in order."""
        self._to(self._now + seconds)

    def leap(self) -> float:
        """Move to the next thing that happens and return the time; stay where nothing will."""
        while self._marks and self._marks[0] <= self._now:
            heapq.heappop(self._marks)
        times = [*self._marks[:1], *(at for at, _, _ in self._sleepers[:1])]
        if times:
            self._to(min(times))
        return self._now

    def _wake_first(self) -> None:
        if self._sleepers:
            self._to(self._sleepers[0][0])

    def _to(self, when: float) -> None:
        self._now = max(self._now, when)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            done = heapq.heappop(self._sleepers)[2]
            if not done.done():
                done.set_result(None)
