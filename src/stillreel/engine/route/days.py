"""Made-up days at the vendors, to try routing on: what each job would take, fixed beforehand.

The n-th job that a platform gets is written down here, whoever sends it and whatever clip it is:
so much work in the queue, so much on the machine, ending well or badly. The platform's pace says
how fast work goes at each moment. An earlier start therefore never ends later, which is what makes
the clairvoyant's answer exact (see `foresight`).
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.engine.route.nouns import Option, Sample
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_MEDIAN = (240.0, 0.55)
"""Middle and log spread of the platforms' own medians; published ones go from 48 to 600 s."""
_SHORTEST, _LONGEST = 60.0, 900.0
_PRICE = 1.81
"""US dollars for 12 s at 720p where the model comes from; resellers ask up to 2.4 times that."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What one job takes at normal pace."""

    queue: float
    run: float
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Vendor:
    """A platform on one day: what is known of it, and what will happen."""

    option: Option
    draws: tuple[Draw, ...]
    pace: tuple[tuple[float, float], ...]
    """From when on, and how many times slower than normal; the first begins at 0."""
    bills_refused: bool
    """Whether a clip refused after it was made is charged."""
    past: tuple[Sample, ...]
    """Jobs of other films, before this day."""

    def ends(self, number: int, start: float) -> tuple[float, float]:
        """Return when job `number`, sent at `start`, leaves the queue, and when it ends."""
        draw = self.draws[number]
        left = self._after(start, draw.queue)
        return left, self._after(left, draw.run)

    def charged(self, number: int) -> bool:
        """Say whether job `number` is paid for."""
        failure = self.draws[number].failure
        return failure is None or (self.bills_refused and failure == "moderation-output")

    def _after(self, start: float, work: float) -> float:
        at = start
        for index, (since, slower) in enumerate(self.pace):
            until = self.pace[index + 1][0] if index + 1 < len(self.pace) else math.inf
            if until <= at:
                continue
            ends = max(at, since) + work * slower
            if ends <= until:
                return ends
            work -= (until - max(at, since)) / slower
            at = until
        return at


@dataclass(frozen=True, slots=True)
class FilmDay:
    """One production: its clips, its vendors, and what it may cost."""

    seed: int
    clips: int
    vendors: tuple[Vendor, ...]
    ceiling: Money


def make_day(seed: int, clips: int = 50) -> FilmDay:
    """Make one production of equally long clips on four to six platforms."""
    chance = random.Random(f"film day {seed}")
    known = chance.random() < 0.5
    count = chance.choice((4, 5, 6))
    vendors = tuple(_vendor(chance, f"p{n}", clips, known=known) for n in range(count))
    least = min(vendor.option.price.micros for vendor in vendors) * clips
    return FilmDay(seed, clips, vendors, Money(int(least * chance.uniform(1.1, 2.5))))


def _vendor(chance: random.Random, name: str, clips: int, *, known: bool) -> Vendor:
    middle = chance.lognormvariate(math.log(_MEDIAN[0]), _MEDIAN[1])
    middle = min(_LONGEST, max(_SHORTEST, middle))
    queued = chance.uniform(0.05, 0.45)
    spread = chance.uniform(0.08, 0.25)
    failing = min(0.25, chance.betavariate(1, 24))
    published = middle * chance.lognormvariate(0, 0.35)
    option = Option(
        provider=name,
        price=Money(round(_PRICE * chance.uniform(0.9, 2.4) * 100) * 10_000),
        slots=chance.choice((1, 2, 2, 3, 3, 4, 5, 10)),
        per_minute=chance.choice((0, 0, 60, 15, 6, 3)),
        prior=(published, published * chance.uniform(1.3, 2.2)),
    )
    draws = _draws(chance, 4 * clips, (middle * queued, middle * (1 - queued), spread), failing)
    vendor = Vendor(option, draws, _pace(chance), chance.random() < 0.25, ())
    times = (middle * queued, middle * (1 - queued), spread)
    return replace(vendor, past=_past(chance, vendor, times, failing)) if known else vendor


def _draws(
    chance: random.Random, count: int, times: tuple[float, float, float], failing: float
) -> tuple[Draw, ...]:
    queue, run, spread = times
    made: list[Draw] = []
    for _ in range(count):
        waits = queue * chance.lognormvariate(0, 0.6)
        works = run * chance.lognormvariate(0, spread)
        # Failures come in company: an input filter is sharpened, a machine is sick.
        again = bool(made) and made[-1].failure is not None and chance.random() < 0.3
        if not (again or chance.random() < failing):
            made.append(Draw(waits, works))
        elif chance.random() < 0.5:
            made.append(Draw(waits, works, "moderation-output"))
        else:
            made.append(Draw(waits, works * chance.random(), "provider"))
    return tuple(made)


def _pace(chance: random.Random) -> tuple[tuple[float, float], ...]:
    day = chance.uniform(1.5, 3.0) if chance.random() < 0.15 else 1.0
    spans: list[tuple[float, float, float]] = []
    at = chance.expovariate(1 / HOUR) - 20 * MINUTE
    while at < 6 * HOUR:
        lasts = chance.expovariate(1 / (12 * MINUTE))
        spans.append((at, at + lasts, chance.uniform(1.5, 4.0)))
        at += lasts + chance.expovariate(1 / HOUR)
    if chance.random() < 0.08:
        begins = chance.uniform(0, 40 * MINUTE)
        spans.append((begins, begins + chance.uniform(10, 40) * MINUTE, 20.0))
    edges = sorted({0.0, *(max(0.0, edge) for begin, end, _ in spans for edge in (begin, end))})
    return tuple(
        (edge, day * max([slower for begin, end, slower in spans if begin <= edge < end] or [1.0]))
        for edge in edges
    )


def _past(
    chance: random.Random, vendor: Vendor, times: tuple[float, float, float], failing: float
) -> tuple[Sample, ...]:
    made: list[Sample] = []
    for draw in _draws(chance, chance.randint(0, 25), times, failing):
        slower = chance.uniform(1.5, 4.0) if chance.random() < 0.15 else 1.0
        at = -chance.uniform(1, 14) * DAY
        charged = draw.failure is None or (
            vendor.bills_refused and draw.failure == "moderation-output"
        )
        made.append(
            Sample(
                vendor.option.provider,
                at,
                draw.queue * slower,
                draw.run * slower,
                draw.failure,
                charged,
            )
        )
    return tuple(sorted(made, key=lambda sample: sample.at))
