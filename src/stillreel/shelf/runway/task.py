"""A task in Runway's words, and what it means in ours: states, classes of failure, credits."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from stillreel.errors import NotConfigured
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Job, JobState

STATES: dict[str, JobState] = {
    "PENDING": "queued",
    "THROTTLED": "queued",
    "RUNNING": "running",
    "SUCCEEDED": "succeeded",
    "FAILED": "failed",
    "CANCELLED": "cancelled",
}
_CLASSES: tuple[tuple[str, Failure], ...] = (
    ("SAFETY.INPUT", "moderation-input"),
    ("SAFETY.OUTPUT", "moderation-output"),
    ("ASSET.INVALID", "invalid"),
)
"""Beginnings of the vendor's failure codes; any other is its own fault."""


class Told(BaseModel):
    """A part of what the vendor tells."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Cost(Told):
    """What a task was billed."""

    credits: float | None = None


class Task(Told):
    """A task as the vendor tells it; what it tells depends on how it stands."""

    status: str = ""
    output: list[str] | None = None
    cost: Cost | None = None
    failure: str | None = None
    failure_code: str | None = None


def ended(task: Task, now: Job, offer: Offer) -> Job:
    """Return a job with what its task was billed and why it failed, once it has ended."""
    if now.state in {"queued", "running"}:
        return now
    count = task.cost.credits if task.cost else None
    now = replace(now, charged=None if count is None else price(count, offer))
    if now.state != "failed":
        return now
    code = task.failure_code or ""
    found = (failure for head, failure in _CLASSES if code.startswith(head))
    words = ", ".join(one for one in (code, task.failure) if one)
    return replace(
        now,
        message=words or "Runway says that it failed, and not why",
        failure=next(found, "provider"),
    )


def price(count: float, offer: Offer) -> Money:
    """Return what so many credits cost."""
    micros = Decimal(str(count)) * Money.parse(_rate(offer)).micros
    return Money(int(micros.to_integral_value(ROUND_HALF_UP)))


def credits_within(most: Money, offer: Offer) -> int:
    """Return how many whole credits a sum of money buys."""
    return most.micros // Money.parse(_rate(offer)).micros


def _rate(offer: Offer) -> str:
    if offer.credit_usd:
        return offer.credit_usd
    raise NotConfigured(
        f"{offer.provider} does not say what a credit costs.",
        where="offers file",
        next_step="Set credit_usd there.",
    )
