"""What someone would do who knows every time and failure of a made-up day beforehand."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.engine.route.stage import Line, Played, Stage
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.days import FilmDay, Vendor


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What someone would do who knows every time and failure beforehand."""

    finish: float
    """No one can be done earlier within the ceiling; infinite where the ceiling pays for no way."""
    split: tuple[int, ...]
    """Good clips of each vendor."""


def clairvoyant(day: FilmDay) -> Foreseen:
    """Return the earliest finish for anyone who knows every time and failure beforehand.

    A lower bound: each platform is given the first so many of its jobs as early as its limits
    allow, no re-do has to wait for its failure, and nothing is held that is not charged in the end.
    """
    tables = [alone(vendor, day.clips) for vendor in day.vendors]
    finishes = [*sorted({end for table in tables for end, _ in table}), math.inf]
    low, high = 0, len(finishes) - 1
    while low < high:
        middle = (low + high) // 2
        if _cheapest(tables, finishes[middle], day.clips)[0] <= day.ceiling.micros:
            high = middle
        else:
            low = middle + 1
    return Foreseen(finishes[low], _cheapest(tables, finishes[low], day.clips)[1])


def _cheapest(
    tables: Sequence[list[tuple[float, int]]], by: float, clips: int
) -> tuple[float, tuple[int, ...]]:
    """Return the least price of all clips done by a time, and how many each vendor makes."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(math.inf, ())] * clips]
    for table in tables:
        costs = [0, *(cost for end, cost in table if end <= by)]
        best = [
            min(
                (best[n - k][0] + cost, (*best[n - k][1], k))
                for k, cost in enumerate(costs[: n + 1])
            )
            for n in range(clips + 1)
        ]
    return best[clips]


def attained(day: FilmDay, split: Sequence[int]) -> Played:
    """Play a foreseen split under the rules of the router: how far the lower bound is off at most.

    A re-do waits for its failure, and each job is held at its price until it ends.
    """
    stage = Stage(day)
    left = {
        vendor.option.provider: _jobs(vendor, good)
        for vendor, good in zip(day.vendors, split, strict=True)
    }
    while len(stage.made) < day.clips:
        for vendor in day.vendors:
            name, price = vendor.option.provider, vendor.option.price.micros
            while (
                left[name]
                and stage.waiting
                and stage.free(name)
                and stage.spent + stage.held + price <= day.ceiling.micros
            ):
                stage.send(stage.waiting[0], name)
                left[name] -= 1
        held = [at for name, jobs in left.items() if jobs and (at := stage.ready(name)) > stage.now]
        if not (stage.flights or held):
            break
        stage.wait(min(held, default=1e9))
    return Played(stage.now, Money(stage.spent), len(stage.made))


def _jobs(vendor: Vendor, good: int) -> int:
    """Return how many jobs of a vendor it takes until so many have ended well."""
    count = 0
    while good:
        good -= vendor.draws[count].failure is None
        count += 1
    return count


def alone(vendor: Vendor, most: int) -> list[tuple[float, int]]:
    """Return for 1 to `most` good clips: when the last job ends, and what was charged."""
    line = Line(vendor, [])
    busy: list[float] = []
    last, charged = 0.0, 0
    made: list[tuple[float, int]] = []
    while len(made) < most:
        number = len(line.sent)
        at = heapq.heappop(busy) if len(busy) >= vendor.option.slots else 0.0
        at = line.ready(at)
        line.sent.append(at)
        _, end = vendor.ends(number, at)
        heapq.heappush(busy, end)
        last = max(last, end)
        charged += vendor.option.price.micros if vendor.charged(number) else 0
        if vendor.draws[number].failure is None:
            made.append((last, charged))
    return made
