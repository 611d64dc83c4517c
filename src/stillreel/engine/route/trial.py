"""Routing on trial: a production played through, beside what a clairvoyant would have done."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from stillreel.engine.route.choose import next_for
from stillreel.engine.route.days import make_day
from stillreel.engine.route.nouns import Clip, Flight, Sample
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.days import FilmDay, Vendor
    from stillreel.engine.route.nouns import Prefer

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Played:
    """How a production went."""

    makespan: float
    spent: Money
    done: int
    """Clips that were made."""
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """One production, routed and in three other ways."""

    seed: int
    routed: Played
    clairvoyant: float
    single: float
    """Makespan of the platform that, alone and within the ceiling, turned out to be fastest."""
    robin: float
    """Makespan of taking the platforms in turn, whatever it costs."""
    ceiling: Money


@dataclass(frozen=True, slots=True)
class Summary:
    """Many productions: makespan as a part of the other ways, and what went wrong."""

    trials: int
    clairvoyant: tuple[float, float]
    """Middle, and what nine in ten stay below."""
    single: tuple[float, float]
    """Middle and worst."""
    robin: float
    """Middle."""
    later: int
    """Productions that ended more than 5 % after the best single platform."""
    over_ceiling: int
    unfinished: int


def trial(seed: int, clips: int = 50) -> Trial:
    """Play one made-up production in every way."""
    day = make_day(seed, clips)
    singles = [in_turn(replace(day, vendors=(vendor,))) for vendor in day.vendors]
    return Trial(
        seed,
        route(day),
        clairvoyant(day),
        min([one.makespan for one in singles if one.spent <= day.ceiling], default=float("inf")),
        in_turn(day).makespan,
        day.ceiling,
    )


def sum_up(trials: Sequence[Trial], clips: int = 50) -> Summary:
    """Put productions together."""
    spans = [one.routed.makespan for one in trials]
    beside = sorted(span / one.clairvoyant for span, one in zip(spans, trials, strict=True))
    single = sorted(span / one.single for span, one in zip(spans, trials, strict=True))
    return Summary(
        trials=len(trials),
        clairvoyant=(median(beside), beside[len(beside) * 9 // 10]),
        single=(median(single), single[-1]),
        robin=median(span / one.robin for span, one in zip(spans, trials, strict=True)),
        later=sum(one > 1.05 for one in single),
        over_ceiling=sum(one.routed.spent > one.ceiling for one in trials),
        unfinished=sum(one.routed.done < clips for one in trials),
    )


@dataclass(slots=True)
class _Line:
    """What one vendor has been sent so far."""

    vendor: Vendor
    sent: list[float]

    def ready(self, at: float) -> float:
        """Return when the vendor's limit on create calls lets the next one through."""
        limit = self.vendor.option.per_minute
        if not limit or len(self.sent) < limit:
            return at
        return max(at, self.sent[-limit] + MINUTE)


@dataclass(frozen=True, slots=True)
class _Under:
    """A job under way, and what nobody outside knows of it."""

    end: float
    left: float
    number: int
    flight: Flight


class Stage:
    """The world of a production: takes jobs, lets time pass, tells only what a client sees."""

    def __init__(self, day: FilmDay) -> None:
        self.now = 0.0
        self.spent = 0
        self.held = 0
        self.samples = [sample for vendor in day.vendors for sample in vendor.past]
        self.waiting = [f"C{n:02}" for n in range(1, day.clips + 1)]
        self._lines = {vendor.option.provider: _Line(vendor, []) for vendor in day.vendors}
        self._jobs: dict[str, _Under] = {}

    def send(self, clip: str, provider: str) -> None:
        """Send a clip now; holds the vendor's limits to be kept."""
        line = self._lines[provider]
        option = line.vendor.option
        assert sum(flight.provider == provider for flight in self.flights) < option.slots
        assert line.ready(self.now) <= self.now + 1e-6
        number = len(line.sent)
        line.sent.append(self.now)
        self.waiting.remove(clip)
        self.held += option.price.micros
        left, end = line.vendor.ends(number, self.now)
        self._jobs[clip] = _Under(end, left, number, Flight(provider, self.now, Clip(clip)))

    @property
    def flights(self) -> list[Flight]:
        """Jobs under way, as their vendors tell them."""
        return [replace(one.flight, queued=self.now < one.left) for one in self._jobs.values()]

    def ready(self, provider: str) -> float:
        """Return when the vendor's limit on create calls lets the next one through."""
        return self._lines[provider].ready(self.now)

    def wait(self, until: float) -> None:
        """Let time pass until then, or until a job ends."""
        first = min(self._jobs.values(), key=lambda one: one.end, default=None)
        if first is None or first.end > until:
            self.now = until
            return
        end, left, number, flight = first.end, first.left, first.number, first.flight
        clip = flight.clip.id
        del self._jobs[clip]
        self.now = end
        vendor = self._lines[flight.provider].vendor
        failure, charged = vendor.draws[number].failure, vendor.charged(number)
        self.held -= vendor.option.price.micros
        self.spent += vendor.option.price.micros if charged else 0
        if failure is not None:
            self.waiting.append(clip)
        self.samples.append(
            Sample(flight.provider, end, left - flight.since, end - left, failure, charged)
        )


def route(day: FilmDay, prefer: Prefer = "fast") -> Played:
    """Play a production as the router decides; it sees what `Stage` tells and nothing else."""
    stage = Stage(day)
    options = [vendor.option for vendor in day.vendors]
    decisions = 0
    while stage.waiting or stage.flights:
        left = Money(day.ceiling.micros - stage.spent - stage.held)
        clips = [Clip(name) for name in stage.waiting]
        chosen = next_for(clips, options, stage.samples, stage.flights, left, stage.now, prefer)
        decisions += 1
        if chosen.act == "send":
            stage.send(chosen.clip, chosen.provider)
        elif chosen.act == "wait" or stage.flights:
            stage.wait(max(chosen.until, stage.now + 1.0) if chosen.act == "wait" else 1e9)
        else:
            break
    return Played(
        stage.now,
        Money(stage.spent),
        day.clips - len(stage.waiting),
        decisions=decisions,
    )


def in_turn(day: FilmDay) -> Played:
    """Play it by giving each clip to the next platform in turn, each with a queue of its own."""
    stage = Stage(day)
    names = [vendor.option.provider for vendor in day.vendors]
    slots = {vendor.option.provider: vendor.option.slots for vendor in day.vendors}
    queues: dict[str, list[str]] = {name: [] for name in names}
    turn = 0
    placed: set[str] = set()
    while stage.waiting or stage.flights:
        for clip in [one for one in stage.waiting if one not in placed]:
            queues[names[turn % len(names)]].append(clip)
            placed.add(clip)
            turn += 1
        for name in names:
            busy = sum(flight.provider == name for flight in stage.flights)
            while queues[name] and busy < slots[name] and stage.ready(name) <= stage.now:
                clip = queues[name].pop(0)
                placed.discard(clip)
                stage.send(clip, name)
                busy += 1
        held = [stage.ready(name) for name in names if queues[name]]
        stage.wait(min([at for at in held if at > stage.now] or [1e9]))
    return Played(stage.now, Money(stage.spent), day.clips)


def alone(vendor: Vendor, most: int) -> list[tuple[float, int]]:
    """Return for 1 to `most` good clips: when the last job ends, and what was charged."""
    line = _Line(vendor, [])
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


def clairvoyant(day: FilmDay) -> float:
    """Return the earliest finish for anyone who knows every time and failure beforehand.

    A lower bound that nobody can beat within the ceiling: each platform is given the first so
    many of its jobs as early as its limits allow, and no re-do has to wait for its failure.
    It is exact where no failure comes near the end.
    """
    tables = [alone(vendor, day.clips) for vendor in day.vendors]
    finishes = sorted({end for table in tables for end, _ in table})
    low, high = 0, len(finishes) - 1
    while low < high:
        middle = (low + high) // 2
        if _least(tables, finishes[middle], day.clips) <= day.ceiling.micros:
            high = middle
        else:
            low = middle + 1
    return finishes[low]


def _least(tables: Sequence[list[tuple[float, int]]], by: float, clips: int) -> float:
    """Return the least price of all clips done by a time."""
    best = [0.0] + [float("inf")] * clips
    for table in tables:
        able = [cost for end, cost in table if end <= by]
        best = [
            min([best[n], *(best[n - k - 1] + able[k] for k in range(min(n, len(able))))])
            for n in range(clips + 1)
        ]
    return best[clips]
