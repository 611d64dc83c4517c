"""When the rest of a film will be done and what it costs: a range, for the mix and each platform.

By simulation with a seeded generator: each platform draws how it does today, each job how it does
on that platform. No decision is simulated in full; clips go wherever they are expected first.
"""

from __future__ import annotations

import heapq
import math
import random
from typing import TYPE_CHECKING

from stillreel.engine.route.bars import terms
from stillreel.engine.route.nouns import Outlook, Span
from stillreel.engine.route.view import look
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.nouns import Clip, Flight, Option, Prefer, Sample
    from stillreel.engine.route.view import Known, View

_DRAWS = 60
_MOST_TRIES = 4


def outlook(
    clips: Sequence[Clip],
    options: Sequence[Option],
    samples: Sequence[Sample],
    in_flight: Sequence[Flight],
    budget_left: Money,
    now: float,
    prefer: Prefer = "fast",
    *,
    seed: int = 1,
) -> Outlook:
    """Return ranges of finish time and price for the rest of a film.

    Args:
        clips: all clips that wait for a platform.
        options: the platforms that film.toml names.
        samples: our own jobs that ended.
        in_flight: jobs of this film that are under way.
        budget_left: what neither was spent nor is held.
        now: the time in seconds.
        prefer: what the mix is chosen for.
        seed: starts the generator; the same seed gives the same ranges.
    """
    view = look(clips, options, samples, in_flight, now)
    alone = tuple(
        _alone(clips, view, n, budget_left, random.Random(f"{seed} {known.option.provider}"))
        for n, known in enumerate(view.known)
    )
    return Outlook(_mix(view, budget_left, prefer, random.Random(f"{seed} mix")), alone)


def _alone(clips: Sequence[Clip], view: View, n: int, left: Money, chance: random.Random) -> Span:
    known = view.known[n]
    prices = view.worst[n]
    why = "" if known.lane is not None else known.why_not
    missing = next((one for one, price in zip(clips, prices, strict=True) if price is None), None)
    if not why and missing is not None:
        refuses = terms(missing, known.option)[1].rstrip(".")
        why = f"it cannot make {missing.id}: {refuses}"
    total = sum(price for price in prices if price is not None)
    if not why and total > left.micros:
        why = f"it would cost {Money(total)}, and {left} is left"
    if why:
        return Span(known.option.provider, 0.0, 0.0, Money(), Money(), known.estimate.basis, why)
    return _span(known.option.provider, view, [n], left, chance)


def _mix(view: View, left: Money, prefer: Prefer, chance: random.Random) -> Span:
    able = [n for n, one in enumerate(view.known) if one.lane is not None]
    published = any(view.known[n].estimate.basis == "published" for n in able)
    basis = "published" if published or not able else "measured"
    floor = sum(least for least in view.least if least is not None)
    if any(least is None for least in view.least) or floor > left.micros:
        why = f"no mix can make every clip with {left} left"
        return Span("", 0.0, 0.0, Money(), Money(), basis, why)
    return _span("", view, able, left if prefer == "fast" else Money(floor), chance)


def _span(name: str, view: View, able: Sequence[int], left: Money, chance: random.Random) -> Span:
    runs = [_run(view, able, left.micros, chance) for _ in range(_DRAWS)]
    ends = sorted(end for end, _ in runs)
    costs = sorted(cost for _, cost in runs)
    published = any(view.known[n].estimate.basis == "published" for n in able)
    return Span(
        name,
        ends[len(ends) // 2],
        ends[len(ends) * 9 // 10],
        Money(costs[0]),
        Money(costs[-1]),
        "published" if published else "measured",
    )


def _run(view: View, able: Sequence[int], left: int, chance: random.Random) -> tuple[float, int]:
    """Play the rest once; return seconds until it is done, and what it cost."""
    lines = [_Line(view.known[n], chance) for n in able]
    waiting = list(range(len(view.least)))
    spare = left - sum(least or 0 for least in view.least)
    end, spent, tries = view.now, 0, 0
    while waiting:
        clip = waiting.pop(0)
        tries += 1
        chosen = _first(view, able, lines, clip, spare)
        if chosen is None:
            break
        index, price = chosen
        estimate = view.known[able[index]].estimate
        end = max(end, lines[index].take(clip, chance))
        fails = chance.random() < estimate.redo and tries < _MOST_TRIES * len(view.least)
        billed = fails and chance.random() < estimate.billed / estimate.redo
        if fails:
            waiting.append(clip)
        spare -= (price - (view.least[clip] or 0)) if not fails else price if billed else 0
        spent += price if billed or not fails else 0
    return end - view.now, spent


class _Line:
    """A platform on a day that was drawn."""

    def __init__(self, known: Known, chance: random.Random) -> None:
        assert known.lane is not None
        estimate = known.estimate
        self.lane = known.lane
        self.usual = math.exp(estimate.log + chance.gauss(0, estimate.doubt))
        self._spread = estimate.spread
        self._ready = list(known.lane.ready)
        heapq.heapify(self._ready)

    def expected(self, clip: int) -> float:
        """Return when a clip would be done here."""
        return self._ready[0] + self.usual * self.lane.longer[clip]

    def take(self, clip: int, chance: random.Random) -> float:
        """Make a clip here and return when it is done."""
        takes = self.usual * self.lane.longer[clip] * chance.lognormvariate(0, self._spread)
        end = self._ready[0] + takes
        heapq.heapreplace(self._ready, end)
        return end


def _first(
    view: View, able: Sequence[int], lines: Sequence[_Line], clip: int, spare: int
) -> tuple[int, int] | None:
    """Return the platform where a clip is expected first within the budget, and its price."""
    best: tuple[float, int, int] | None = None
    least = view.least[clip] or 0
    for index, n in enumerate(able):
        price = view.worst[n][clip]
        if price is None or (len(able) > 1 and least < price > least + spare):
            continue
        done = lines[index].expected(clip)
        if best is None or done < best[0]:
            best = (done, index, price)
    return None if best is None else best[1:]
