"""How far a run is, and how long the rest will take at the speed measured so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FEW = 2
"""Fewer finished takes than this say nothing about speed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a run did, and where the run stands after it."""

    stage: str
    """`plan`, `sheet`, `grid`, `clip`, `film`."""
    subject: str
    """What was made; empty when a stage begins or ends."""
    made: bool
    """False when it was there already."""
    done: int
    total: int
    seconds_left: float | None
    """Seconds until this stage is done, at the speed measured; None while unknown."""
    message: str = ""


class Progress:
    """Counts takes per stage and tells a listener."""

    def __init__(self, tell: Callable[[Step], None], now: Callable[[], float]) -> None:
        """Tell `tell` about every step; `now` returns monotonic seconds."""
        self._tell = tell
        self._now = now
        self._total: dict[str, int] = {}
        self._done: defaultdict[str, set[str]] = defaultdict(set)
        self._made: defaultdict[str, int] = defaultdict(int)
        self._began: dict[str, float] = {}

    def expect(self, stage: str, total: int) -> None:
        """Say how many takes a stage will have."""
        self._total[stage] = total

    def more(self, stage: str, count: int) -> None:
        """Say that a stage will have some takes more than was expected."""
        self._total[stage] = self._total.get(stage, 0) + count

    def begin(self, stage: str, message: str = "") -> None:
        """Start the stage's clock, once."""
        if stage not in self._began:
            self._began[stage] = self._now()
            self._tell(Step(stage, "", False, 0, self._total.get(stage, 0), None, message))

    def remark(self, stage: str, message: str) -> None:
        """Tell what a person should know before the stage after this one begins."""
        done, total = len(self._done[stage]), self._total.get(stage, 0)
        self._tell(Step(stage, "", False, done, total, None, message))

    def count(self, stage: str, key: str, subject: str, *, made: bool) -> None:
        """Count one finished take."""
        self.begin(stage)
        self._done[stage].add(key)
        self._made[stage] += made
        done = len(self._done[stage])
        # A clip that was ordered twice may come twice.
        total = max(done, self._total.get(stage, 0))
        self._tell(Step(stage, subject, made, done, total, self._left(stage, done)))

    def made(self, stage: str) -> int:
        """Return how many takes of a stage were made in this run."""
        return self._made[stage]

    def _left(self, stage: str, done: int) -> float | None:
        if self._made[stage] < _FEW:
            return None
        pace = (self._now() - self._began[stage]) / self._made[stage]
        return pace * max(0, self._total.get(stage, 0) - done)
