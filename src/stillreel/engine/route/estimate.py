"""How long a clip takes on a platform, and how often it fails: learned from our own jobs.

Times are taken as log-normal. Recent jobs count more, in number and in hours; what is under way
for longer than expected counts too, the more the stranger it is. Published figures stand in until
there are five jobs of our own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.nouns import Basis, Flight, Option, Sample

ENOUGH = 5
"""Own jobs after which published figures are left aside."""

_NORMAL = NormalDist()
_Z90 = 1.2816
_HALF_LIFE = 10 * 60.0
_NEWER = 0.7
"""What each newer job leaves of the weight of the ones before."""
_LEAST = 0.02
"""Weight that a job of other days keeps: together they are what is normal."""
_RECALLED = 40
PRIOR = 0.05
"""Weight of a published figure for each job of our own that is missing: it is soon outvoted."""
NORMAL = 0.2
"""Weight of what is normal for a platform, by all its jobs."""
_UNKNOWN = (300.0, 900.0)
"""Seconds, middle and slow, where nothing at all is published."""
STALE = 0.5
"""Doubt, as a spread of the logarithm, about a platform that was not heard of for long: it may be
in a busy hour, and the next hour may be another."""
_SPREAD = 0.30
_SPREAD_WEIGHT = 2.0
_FAILS = (0.3, 6.0)
"""A platform begins as if 0.3 of 6 jobs had failed."""
_OWN_FAULT = frozenset({"provider", "moderation-output"})
_ENDED = frozenset({None, "moderation-output"})
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one clip of usual length takes on one platform now."""

    log: float
    """Mean of the logarithm of seconds."""
    ended: float
    """The same by those alone that have ended: what is under way does not excuse itself."""
    spread: float
    """Standard deviation of the logarithm, from job to job."""
    doubt: float
    """Standard deviation of `log` itself: how little is known."""
    queued: float
    """Share of the time spent in the queue, which does not grow with the clip."""
    redo: float
    """Share of jobs that fail."""
    billed: float
    """Share of jobs that fail and are paid for."""
    tries: float
    """How many jobs these two shares rest on."""
    basis: Basis
    samples: int

    def at(self, share: float) -> float:
        """Return the seconds that this share of clips is faster than."""
        sigma = math.hypot(self.spread, self.doubt)
        return math.exp(self.log + sigma * _NORMAL.inv_cdf(share))

    def late(self, age: float) -> bool:
        """Say whether a job under way for so long takes longer than half of those that ended."""
        return age > math.exp(self.ended)

    def left(self, age: float, *, queued: bool = False, share: float = 0.5) -> float:
        """Return the seconds still to go, for a job that has been under way for `age` already.

        This share of such jobs needs less.
        """
        if age <= 0:
            return self.at(share)
        if queued:
            running = (1 - self.queued) * self.at(share)
            return max(running, self.at(share) - age)
        sigma = math.hypot(self.spread, self.doubt)
        gone = _NORMAL.cdf((math.log(age) - self.log) / sigma)
        if gone > 0.9999:
            return 0.5 * age
        return max(1.0, self.at(gone + (1 - gone) * share) - age)


def learn(
    option: Option,
    samples: Sequence[Sample],
    flights: Sequence[Flight],
    now: float,
    seconds: float,
) -> Estimate:
    """Learn from one platform's own jobs, in the order they ended, and those under way.

    Args:
        option: the platform, for its published figures.
        samples: its jobs that ended.
        flights: its jobs under way.
        now: the time.
        seconds: length of a usual clip; others are scaled to it.
    """
    known = [one for one in samples if one.failure in _ENDED][-_RECALLED:]
    missing = max(0, ENOUGH - len(known))
    middle, slow = option.prior if option.prior[0] > 0 else _UNKNOWN
    published = max(0.15, math.log(max(slow, middle * 1.05) / middle) / _Z90)
    spread = published if missing else _SPREAD
    logs = [math.log(max(1.0, _took(one, seconds))) for one in known]
    # Without news a platform drifts back to what is normal for it, and is tried again.
    points = [(math.log(middle), PRIOR * missing)] if missing else [(median(logs), NORMAL)]
    points += zip(logs, _weights(known, now), strict=True)
    ended = _fit(points, spread)
    total = sum(one.queue + one.run for one in known)
    queued = sum(one.queue for one in known) / total if total else 0.25
    # One that still waits in the queue has the whole run before it.
    running = (1 - queued) * math.exp(ended.log)
    ages = [now - one.since + one.queued * running for one in flights]
    fitted = ended
    for _ in range(_ROUNDS):
        fitted = _fit([*points, *(_late(age, fitted) for age in ages)], spread)
    last = max((one.at for one in known), default=-math.inf)
    stale = STALE * (1 - math.exp(-max(0.0, now - last) / _HALF_LIFE))
    redo, billed, tries = _failing(samples, now)
    return Estimate(
        log=fitted.log,
        ended=ended.log,
        # A job that is late teaches where the middle lies now, not how jobs differ.
        spread=ended.spread,
        doubt=math.hypot(fitted.doubt, stale),
        queued=queued,
        redo=redo,
        billed=billed,
        tries=tries,
        basis="published" if missing else "measured",
        samples=len(known),
    )


def _took(sample: Sample, seconds: float) -> float:
    return sample.queue + sample.run * (seconds / max(0.1, sample.seconds))


def _weights(samples: Sequence[Sample], now: float) -> list[float]:
    count = len(samples)
    return [
        max(
            _LEAST,
            0.5 ** (max(0.0, now - one.at) / _HALF_LIFE) * _NEWER ** (count - 1 - index),
        )
        for index, one in enumerate(samples)
    ]


@dataclass(frozen=True, slots=True)
class _Fit:
    log: float
    spread: float
    doubt: float


def _fit(points: Sequence[tuple[float, float]], spread: float) -> _Fit:
    weight = sum(one for _, one in points)
    mean = sum(log * one for log, one in points) / weight
    around = sum(one * (log - mean) ** 2 for log, one in points)
    found = math.sqrt((around + _SPREAD_WEIGHT * spread**2) / (weight + _SPREAD_WEIGHT))
    return _Fit(mean, found, found / math.sqrt(weight + 1))


def _late(age: float, fitted: _Fit) -> tuple[float, float]:
    """Return what a job not done yet teaches: nothing before its time, more the later it is."""
    z = (math.log(max(1.0, age)) - fitted.log) / fitted.spread
    if z <= 0:
        return fitted.log, 0.0
    beyond = 1 - _NORMAL.cdf(z)
    mills = _NORMAL.pdf(z) / beyond if beyond > 1e-9 else z + 1 / z
    return fitted.log + fitted.spread * mills, min(8.0, 0.5 * z * (1 + z))


def _failing(samples: Sequence[Sample], now: float) -> tuple[float, float, float]:
    failed = billed = 0.0
    weight = _FAILS[1]
    for one in samples[-_RECALLED:]:
        if one.failure is not None and one.failure not in _OWN_FAULT:
            continue
        counts = max(0.2, 0.5 ** (max(0.0, now - one.at) / (12 * _HALF_LIFE)))
        weight += counts
        failed += counts * (one.failure is not None)
        billed += counts * (one.failure is not None and one.charged)
    share = (failed + _FAILS[0]) / weight
    return share, share * (billed / failed if failed else 0.5), weight
