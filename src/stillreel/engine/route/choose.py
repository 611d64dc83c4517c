"""The decision: which clip goes to which platform now."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.engine.route.layout import soonest
from stillreel.engine.route.nouns import Considered, Decision
from stillreel.engine.route.second import second_order
from stillreel.engine.route.view import look
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.estimate import Estimate
    from stillreel.engine.route.layout import Lane, Placed
    from stillreel.engine.route.nouns import Clip, Flight, Option, Prefer, Sample
    from stillreel.engine.route.view import View

SURE = 2.0
"""Standard deviations of failing above the expected that the margin of the budget covers."""
LOOK_AGAIN = 30.0
"""Seconds after which a wait is thought over: jobs under way grow late meanwhile."""


def next_for(
    clips: Sequence[Clip],
    options: Sequence[Option],
    samples: Sequence[Sample],
    in_flight: Sequence[Flight],
    budget_left: Money,
    now: float,
    prefer: Prefer = "fast",
    *,
    second: bool = False,
) -> Decision:
    """Decide what to do now; ask again at once after a send, and whenever a job ends.

    Args:
        clips: all clips of the film that wait for a platform, in the order of the film.
        options: the platforms that film.toml names.
        samples: our own jobs that ended, of all films, in the order they ended.
        in_flight: jobs of this film that are under way.
        budget_left: what neither was spent nor is held for jobs under way.
        now: the time in seconds, on the clock of samples and jobs.
        prefer: the soonest finish that the budget allows, or the cheapest.
        second: whether a clip that is under way and late may be ordered a second time elsewhere,
            which is paid for twice.
    """
    view = look(clips, options, samples, in_flight, now)
    decision = Decision("wait", "No clip waits for a platform.", until=now + LOOK_AGAIN)
    if clips:
        stuck = _stuck(clips, view, budget_left)
        if stuck is not None:
            return stuck
        plan = _plan(clips, view, len(in_flight), budget_left, prefer)
        decision = _decide(clips, view, plan, budget_left)
    if decision.act == "wait" and second and prefer == "fast":
        floor = sum(least for least in view.least if least is not None)
        spare = budget_left.micros - floor - _margin(view, len(clips) + len(in_flight))
        return second_order(view, in_flight, int(spare), decision)
    return decision


@dataclass(frozen=True, slots=True)
class _Plan:
    finish: float
    placed: list[Placed]
    margin: float


def _plan(clips: Sequence[Clip], view: View, others: int, left: Money, prefer: Prefer) -> _Plan:
    able = [n for n, one in enumerate(view.known) if one.lane is not None]
    lanes = [lane for one in view.known if (lane := one.lane) is not None]
    cheapest = sum(min(lane.prices[n] for lane in lanes) for n in range(len(clips)))
    margin = _margin(view, len(clips) + others)
    budget = left.micros - margin
    if prefer == "cheap" or budget < cheapest:
        lanes = [_cheapest(view, n, lane) for n, lane in zip(able, lanes, strict=True)]
        budget = math.inf
    found = soonest(lanes, _order(clips, view), view.now, budget)
    assert found is not None
    return _Plan(*found, margin)


def _cheapest(view: View, n: int, lane: Lane) -> Lane:
    """Return the lane for those clips only that cost least there."""
    longer = (
        one if view.worst[n][clip] == view.least[clip] else math.inf
        for clip, one in enumerate(lane.longer)
    )
    return replace(lane, longer=tuple(longer))


def _stuck(clips: Sequence[Clip], view: View, left: Money) -> Decision | None:
    """Return a stop where the rest of the film cannot be made, or not be paid."""
    considered = tuple(
        _considered(view, n, 0, view.known[n].why_not) for n in range(len(view.known))
    )
    for clip, least in zip(clips, view.least, strict=True):
        if least is None:
            return Decision("stop", f"No platform can make {clip.id}.", considered=considered)
    floor = sum(least for least in view.least if least is not None)
    if floor > left.micros:
        return Decision(
            "stop",
            f"The {len(clips)} clips that are left cost at least {Money(floor, left.currency)}, "
            f"and {left} is left of the ceiling.",
            considered=considered,
        )
    return None


def _order(clips: Sequence[Clip], view: View) -> list[int]:
    """Return clips with the fewest choices first, then the longest, then as the film goes."""
    choices = [sum(prices[n] is not None for prices in view.worst) for n in range(len(clips))]
    return sorted(range(len(clips)), key=lambda n: (choices[n], -clips[n].seconds, n))


def _margin(view: View, jobs: int) -> float:
    """Return what to keep for re-dos of jobs that fail and are charged all the same."""
    open_ = [one for one in view.known if one.lane is not None]
    if not open_:
        return 0.0
    cheapest = min(one.option.price.micros for one in open_)
    dearest = max((least for least in view.least if least is not None), default=cheapest)
    return dearest * max(_billed(one.estimate, jobs) for one in open_)


def _billed(estimate: Estimate, jobs: int) -> int:
    """Return how many jobs of so many may fail and be charged.

    By chance, and because little is known of how often they do: the spread of a beta-binomial.
    """
    expected = jobs * estimate.billed
    return math.ceil(expected + SURE * math.sqrt(expected * (1 + jobs / (estimate.tries + 1))))


def _decide(
    clips: Sequence[Clip],
    view: View,
    plan: _Plan,
    left: Money,
) -> Decision:
    names = [n for n, one in enumerate(view.known) if one.lane is not None]
    shares = [0] * len(view.known)
    for one in plan.placed:
        shares[names[one.lane]] += 1
    floor = sum(least for least in view.least if least is not None)
    told = [_why_not(view, n, shares[n]) for n in range(len(view.known))]
    for one in plan.placed:
        n = names[one.lane]
        known = view.known[n]
        price = view.worst[n][one.clip]
        least = view.least[one.clip]
        if known.free < 1 or known.opens > view.now or one.start > view.now or price is None:
            continue
        after = floor - (least or 0)
        if price != least and price + after > left.micros - plan.margin:
            told[n] = "what is left must pay for the other clips"
            continue
        if price + after > left.micros:
            continue
        told[n] = ""
        return Decision(
            "send",
            f"{clips[one.clip].id} goes to {known.option.provider}: usually "
            f"{known.estimate.at(0.5):.0f} s "
            f"({known.estimate.basis}), {Money(price, left.currency)}.",
            clip=clips[one.clip].id,
            provider=known.option.provider,
            price=Money(price, left.currency),
            finish=plan.finish,
            considered=tuple(_considered(view, m, shares[m], told[m]) for m in range(len(told))),
        )
    until = min(
        [view.now + LOOK_AGAIN, *(known.opens for known in view.known if known.opens > view.now)]
    )
    return Decision(
        "wait",
        "No platform that is free now would bring the film to its end sooner.",
        until=until,
        finish=plan.finish,
        considered=tuple(_considered(view, m, shares[m], told[m]) for m in range(len(told))),
    )


def _why_not(view: View, n: int, share: int) -> str:
    known = view.known[n]
    if known.why_not:
        return known.why_not
    if known.opens > view.now:
        return f"it takes no further call for {known.opens - view.now:.0f} s"
    if known.free < 1:
        return "all its slots are taken"
    return "" if share else "it would be done too late"


def _considered(view: View, n: int, share: int, why_not: str) -> Considered:
    known = view.known[n]
    return Considered(
        known.option.provider,
        known.option.price,
        known.estimate.at(0.5),
        known.estimate.at(0.9),
        known.estimate.basis,
        known.estimate.samples,
        known.estimate.redo,
        share,
        why_not,
    )
