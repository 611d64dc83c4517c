"""What routing sees at one moment: lanes that may be used, and why the others may not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.engine.route.bars import barred, paused_until, terms
from stillreel.engine.route.estimate import Estimate, learn
from stillreel.engine.route.layout import MINUTE, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.nouns import Clip, Flight, Option, Sample

SAFE = 0.85
"""Share of jobs that a clip's time on a platform should be longer than, for it to be relied on."""

WORST = 0.99
"""Share that a clip's time is longer than even on a bad day."""


@dataclass(frozen=True, slots=True)
class Known:
    """One platform: what is known of it, and whether it is open."""

    option: Option
    estimate: Estimate
    lane: Lane | None
    """None where it is barred."""
    free: int
    """Slots that a clip could take now."""
    opens: float
    """When it takes the next create call."""
    why_not: str = ""
    """Why it is barred, or why it rests."""


@dataclass(frozen=True, slots=True)
class View:
    """All platforms at one moment, and the prices of all clips."""

    now: float
    known: tuple[Known, ...]
    worst: tuple[tuple[int | None, ...], ...]
    """Worst price in micros, by platform and clip; None where it cannot be made."""
    least: tuple[int | None, ...]
    """The least of them, by clip."""


def look(
    clips: Sequence[Clip],
    options: Sequence[Option],
    samples: Sequence[Sample],
    flights: Sequence[Flight],
    now: float,
) -> View:
    """Learn from the past and lay the platforms side by side."""
    usual = sum(clip.seconds for clip in clips) / max(1, len(clips)) or 12.0
    worst: list[tuple[int | None, ...]] = []
    known: list[Known] = []
    for option in options:
        own = [one for one in samples if one.provider == option.provider]
        mine = [one for one in flights if one.provider == option.provider]
        why = barred(option)
        asked = [terms(clip, option) for clip in clips]
        prices = tuple(None if why or refuses else price.micros for price, refuses in asked)
        worst.append(prices)
        estimate = learn(option, own, mine, now, usual)
        known.append(_known(option, estimate, own, mine, now, clips, prices, usual, why))
    least = tuple(
        min((price for price in column if price is not None), default=None)
        for column in zip(*worst, strict=True)
    ) or (None,) * len(clips)
    return View(now, tuple(known), tuple(worst), least)


def _known(
    option: Option,
    estimate: Estimate,
    samples: Sequence[Sample],
    flights: Sequence[Flight],
    now: float,
    clips: Sequence[Clip],
    prices: Sequence[int | None],
    usual: float,
    why: str,
) -> Known:
    rests = paused_until(samples)
    opens = max(now, option.not_before, rests)
    free = max(0, option.slots - len(flights))
    free = free if option.free is None else min(free, option.free)
    others = max(0, option.slots - len(flights) - free)
    typical = estimate.at(0.5) / (1 - estimate.redo)
    starts = _starts(option, samples, flights, now)
    again = 1 + estimate.billed / (1 - estimate.redo)
    queued = estimate.queued
    lane = Lane(
        provider=option.provider,
        ready=(
            *(opens for _ in range(free)),
            *(now + estimate.left(now - one.since, queued=one.queued) for one in flights),
            *(now + typical for _ in range(others)),
        ),
        starts=starts,
        per_minute=option.per_minute,
        typical=typical,
        safe=estimate.at(SAFE),
        worst=estimate.at(WORST),
        longer=tuple(
            math.inf if price is None else queued + (1 - queued) * clip.seconds / usual
            for clip, price in zip(clips, prices, strict=True)
        ),
        prices=tuple(math.inf if price is None else price * again for price in prices),
    )
    if option.per_minute and len(starts) >= option.per_minute:
        opens = max(opens, starts[-option.per_minute] + MINUTE)
    why_not = why or ("it rests after failures" if rests > now else "")
    return Known(option, estimate, None if why else lane, free, opens, why_not)


def _starts(
    option: Option, samples: Sequence[Sample], flights: Sequence[Flight], now: float
) -> tuple[float, ...]:
    """Return when the create calls of the last minute were made, oldest first."""
    ended = (one.at - one.queue - one.run for one in samples[-4 * option.slots :])
    made = (*(one.since for one in flights), *ended)
    return tuple(sorted(at for at in made if at > now - MINUTE))
