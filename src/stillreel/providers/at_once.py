"""What a front-end must pass that draws several takes of one picture in one create call.

Part of the kit in `conformance`, which applies it wherever an offer says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.errors import Lost, Refused
from stillreel.providers.ask import StillAsk
from stillreel.providers.rig import must, raised, silent
from stillreel.providers.seam import Several
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from stillreel.providers.rig import Rig
    from stillreel.providers.seam import Job

_MANY = 3
_KEYS = tuple(f"key-{number}" for number in range(1, _MANY + 1))


async def several_takes_go_by_one_create_call(rig: Rig) -> None:
    """Each take comes back under its own key, finished, at a price within its own quote."""
    able = rig.make()
    must(able.offer.lookup == "none", "several takes of one call cannot be looked up by their keys")
    quote = able.quote(rig.ask)
    jobs = await _ordered(rig)
    must(rig.wired.posts() == 1, f"{rig.wired.posts()} create calls were seen")
    must(tuple(job.key for job in jobs) == _KEYS, "the jobs are not those of the keys, in order")
    for job in jobs:
        must(job.state == "succeeded", f"{job.key} is {job.state}: {job.message}")
        must(bool(await able.fetch(job)), f"{job.key} delivered no file")
        must(job.charged is not None, f"{job.key} tells no price")
        must((job.charged or Money()) <= quote.high, f"{job.charged} is more than {quote.high}")
        silent(rig, replace(job, files=()))
    must(len({job.vendor_id for job in jobs}) == _MANY, "two takes have one name")


async def several_takes_are_lost_or_refused_together(rig: Rig) -> None:
    """A lost reply, or a refusal, is that of all takes, after exactly one create call."""
    for at, kind in enumerate(("drop-before", "drop-after", "slow", "error-after", "html"), 1):
        rig.wired.fault(kind)
        error = await raised(_ordered(rig), Lost, kind)
        rig.wired.clear()
        must(error.charged == "unknown", f"{kind} is told as charged: {error.charged}")
        must(rig.wired.posts() == at, f"{kind}: {rig.wired.posts() - at + 1} create calls")
    before = rig.wired.posts()
    rig.wired.fault("moderation-input")
    refused = await raised(_ordered(rig), Refused, "moderation-input")
    must(refused.charged == "no", f"a refusal is told as charged: {refused.charged}")
    must(rig.wired.posts() == before + 1, "a refusal was sent again")


def _ordered(rig: Rig) -> Awaitable[tuple[Job, ...]]:
    """Order takes that differ in number and seed alone."""
    able, ask = rig.make(), rig.ask
    assert isinstance(able, Several), "its offer says that it takes several, and it has no verb"
    assert isinstance(ask, StillAsk), "only pictures are drawn several at once"
    asks = [replace(ask, take=at, seed=ask.seed + at) for at in range(1, _MANY + 1)]
    return able.submit_several(asks, _KEYS)


CHECKS = (several_takes_go_by_one_create_call, several_takes_are_lost_or_refused_together)
