"""Routing over made-up productions, beside a clairvoyant, the best single platform and turns.

    python benchmarks/route.py [--days 200] [--first 6000] [--clips 50] [--workers 1]

The days come from a generator (engine/route/days.py) that was written before the router. The router
was tuned on seeds below 1,300 and from 8000 on (those from 5000 to 5199 were looked at too); the
figures are taken from 6000 on. The clairvoyant is a lower bound, and how far off is told.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from stillreel.engine.route import Clip, Flight, next_for, outlook
from stillreel.engine.route.days import make_day
from stillreel.engine.route.trial import Trial, sum_up, trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.engine.route.days import FilmDay


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--days", type=int, default=200)
    options.add_argument("--first", type=int, default=6000)
    options.add_argument("--clips", type=int, default=50)
    options.add_argument("--workers", type=int, default=1)
    asked = options.parse_args()
    seeds = range(asked.first, asked.first + asked.days)
    with ProcessPoolExecutor(asked.workers) as pool:
        trials = list(pool.map(partial(trial, clips=asked.clips), seeds, chunksize=5))
    print(f"{asked.days} productions of {asked.clips} clips, seeds from {asked.first}")
    for second in (False, True):
        print(f"\n{'With second orders of late clips' if second else 'As a production asks today'}")
        _tell(trials, asked.clips, second=second)
    found = sum_up(trials, asked.clips)
    print("\nThe measure itself, beside the clairvoyant, middle")
    print(f"{'foresight under the rules of the router':44} {found.attained:8.3f}")
    print(f"{'the router, told true figures and pace':44} {found.informed:8.3f}")
    print(f"{'productions no one could pay for':44} {asked.days - found.trials:8}")
    for name, value, goal in (
        ("CPU-ms a decision, 50 clips, 6 platforms", _decision(asked.first) * 1e3, 20),
        ("CPU-ms an outlook", _outlook(asked.first) * 1e3, 200),
    ):
        _row(name, value, goal)
    return 0


def _tell(trials: list[Trial], clips: int, *, second: bool) -> None:
    found = sum_up(trials, clips, second=second)
    _row("makespan beside clairvoyant, middle", found.clairvoyant[0], 1.10)
    _row("makespan beside best single, worst", found.single[1], 1.05)
    _row("makespan beside round-robin, middle", found.robin, 0.60)
    _row("productions over the ceiling", found.over_ceiling, 0)
    _row("productions not finished", found.unfinished, 0)
    print(f"{'beside clairvoyant, nine in ten below':44} {found.clairvoyant[1]:8.3f}")
    print(f"{'beside best single, middle':44} {found.single[0]:8.3f}")
    print(f"{'more than 5 % after best single':44} {found.later:8}")
    if second:
        print(f"{'second orders in a production':44} {found.seconds:8.2f}")
        print(f"{'part of the money paid for nothing':44} {found.wasted:8.3f}")


def _row(name: str, value: float, goal: float) -> None:
    print(f"{name:44} {value:8.3f}  goal {goal:<6} {'met' if value <= goal else 'MISSED'}")


def _six(first: int) -> FilmDay:
    return next(
        day
        for day in (make_day(seed) for seed in range(first, first + 50))
        if len(day.vendors) == 6
    )


def _decision(first: int) -> float:
    day = _six(first)
    past = [one for vendor in day.vendors for one in vendor.past] * 2
    flights = [Flight(vendor.option.provider, -200.0, Clip("C99")) for vendor in day.vendors]
    args = (
        [Clip(f"C{n:02}", 10 + n % 6) for n in range(50)],
        [vendor.option for vendor in day.vendors],
        past,
        flights,
        day.ceiling,
        0.0,
    )
    return min(_timed(lambda: next_for(*args)) for _ in range(5))


def _outlook(first: int) -> float:
    day = _six(first)
    clips = [Clip(f"C{n:02}") for n in range(50)]
    past = [one for vendor in day.vendors for one in vendor.past]
    known = [vendor.option for vendor in day.vendors]
    return min(_timed(lambda: outlook(clips, known, past, [], day.ceiling, 0.0)) for _ in range(3))


def _timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
