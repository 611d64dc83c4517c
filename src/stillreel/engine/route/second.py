"""A second order: a clip that is late where it is made is ordered elsewhere too.

It is paid for twice, so it is asked for only with `second`, only where a slot would be idle, only
for a clip that the end of the film waits for and that takes longer than half of all do there, and
only from money that nothing else may need.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.engine.route.bars import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.nouns import Decision, Flight
    from stillreel.engine.route.view import Known, View

LATE = 0.7
"""Share of jobs as late as a clip that end within the time it is thought to need still."""
WORTH = 0.8
"""Part of the time still to go that a second order may usually take at most."""
NEAR_END = 0.6
"""Part of the time until the other clips are done that a late one must still need: the end of the
film waits for it, or soon will."""


def second_order(view: View, flights: Sequence[Flight], spare: int, waiting: Decision) -> Decision:
    """Return the second order that brings the end of the film closer, or `waiting` if none does.

    Args:
        view: the platforms.
        flights: jobs of this film that are under way.
        spare: micros that neither the other clips nor their re-dos may need.
        waiting: what to do otherwise; its finish is when the clips that wait will be done.
    """
    known = {one.option.provider: one for one in view.known}
    orders = Counter(one.clip.id for one in flights)
    late = sorted(
        (
            (_to_go(known[one.provider], one, view.now), n)
            for n, one in enumerate(flights)
            if one.needed and one.provider in known and orders[one.clip.id] == 1
            if known[one.provider].estimate.late(view.now - one.since)
        ),
        reverse=True,
    )
    for to_go, n in late:
        if to_go < NEAR_END * (waiting.finish - view.now):
            break
        flight = flights[n]
        able = [(one.estimate.at(0.5), one) for one in view.known if _may(one, flight, spare, view)]
        takes, best = min(able, key=lambda pair: pair[0], default=(float("inf"), None))
        if best is None or takes > WORTH * to_go:
            continue
        price, _ = terms(flight.clip, best.option)
        return replace(
            waiting,
            act="second",
            why=f"{flight.clip.id} is late at {flight.provider}, where it may need another "
            f"{to_go:.0f} s: it goes to {best.option.provider} too, {price}.",
            clip=flight.clip.id,
            provider=best.option.provider,
            price=price,
        )
    return waiting


def _to_go(known: Known, flight: Flight, now: float) -> float:
    return known.estimate.left(now - flight.since, queued=flight.queued, share=LATE)


def _may(known: Known, flight: Flight, spare: int, view: View) -> bool:
    price, refuses = terms(flight.clip, known.option)
    return (
        known.lane is not None
        and known.option.provider != flight.provider
        and known.free > 0
        and known.opens <= view.now
        and not refuses
        and price.micros <= spare
    )
