"""A task in the vendor's words, and what it means in ours: states, classes of failure, price."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, model_validator

from stillreel.errors import NotConfigured
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Job, JobState

_STATES: dict[str, JobState] = {
    "queued": "queued",
    "running": "running",
    "succeeded": "succeeded",
    "failed": "failed",
    "cancelled": "cancelled",
    "expired": "expired",
}
_CLASSES: tuple[tuple[str, Failure, str], ...] = (
    (
        "InputImageSensitiveContentDetected.PrivacyInformation",
        "real-person",
        "Draw whom the vendor names less like a photograph, or choose another platform.",
    ),
    ("InputText", "moderation-input", "Change the words that the vendor names."),
    ("InputImage", "moderation-input", "Change the picture that the vendor names."),
    ("Input", "moderation-input", "Change what the vendor names."),
    ("Output", "moderation-output", "Another seed may pass."),
    (
        "InvalidEndpoint",
        "account",
        "Check the model in the offers file, and open it at the vendor.",
    ),
    ("ModelNotOpen", "account", "Open the model in the vendor's console."),
    ("Authentication", "account", "Check the key: it belongs to one region."),
    ("AccountOverdue", "account", "Add credit at the vendor."),
    ("Quota", "rate", ""),
    ("RateLimit", "rate", ""),
)
"""Beginnings of the vendor's error codes, the first that fits."""


class _Told(BaseModel):
    """A part of a task; what is null is as good as absent."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, held: object) -> object:
        if not isinstance(held, dict):
            return held
        table = cast("dict[str, object]", held)
        return {key: value for key, value in table.items() if value is not None}


class Error(_Told):
    """Why a task failed."""

    code: str = ""
    message: str = ""


class Content(_Told):
    """Where the results lie, for a day."""

    video_url: str = ""
    last_frame_url: str = ""


class Usage(_Told):
    """What is billed."""

    completion_tokens: int = 0


class Task(_Told):
    """A task as get and list tell it; most fields are absent while it waits."""

    id: str
    status: str = ""
    model: str = ""
    error: Error | None = None
    content: Content | None = None
    usage: Usage | None = None
    updated_at: int | None = None
    resolution: str = ""
    safety_identifier: str = ""


class Page(_Told):
    """A page of the list of tasks."""

    items: list[Task]
    total: int


def classed(code: str) -> tuple[Failure, str] | None:
    """Return the class of an error code and what a person can do; None for an unknown one."""
    for head, failure, step in _CLASSES:
        if code.startswith(head):
            return failure, step
    return None


def told(task: Task, job: Job, offer: Offer) -> Job:
    """Return a job as a task tells it; an unknown word means that it runs.

    Args:
        task: what the vendor says.
        job: what we knew; its handle is the resolution that was asked, and is billed.
        offer: prices, and how long results are kept.
    """
    state = _STATES.get(task.status, "running")
    asked = job.handle or task.resolution
    now = replace(job, state=state, handle=asked, model=task.model or job.model, warning="")
    if task.status not in _STATES:
        return replace(now, warning=f"The vendor says {task.status!r}, which is not known.")
    if state == "succeeded":
        tokens = task.usage.completion_tokens if task.usage else 0
        other = task.resolution not in {"", asked}
        return replace(
            now,
            charged=price(tokens, asked, offer) if tokens else None,
            expires_at=_until(task.updated_at, offer.retention),
            warning=f"{task.resolution} came where {asked} was asked." if other else "",
        )
    if state in {"queued", "running"}:
        return now
    error = task.error or Error()
    words = ", ".join(one for one in (error.code, error.message) if one)
    found = classed(error.code)
    failure: Failure = found[0] if found and state == "failed" else "provider"
    return replace(now, charged=Money(), message=words or f"it is {state}", failure=failure)


def price(tokens: int, resolution: str, offer: Offer) -> Money:
    """Return what so many tokens cost.

    Raises:
        NotConfigured: the offers file has no price for a million tokens of that resolution.
    """
    found = offer.price(resolution)
    if found is None or found.per != "million tokens":
        raise NotConfigured(
            f"{offer.provider} has no price per million tokens at {resolution or 'any size'}.",
            where="offers file",
            next_step=f"Add one to prices for {resolution or 'it'}.",
        )
    # Dollars for a million tokens are micro-dollars for one.
    micros = (Decimal(tokens) * found.amount).to_integral_value(ROUND_HALF_UP)
    return Money(int(micros))


def _until(moment: int | None, seconds: int) -> str:
    if moment is None:
        return ""
    return (datetime.fromtimestamp(moment, UTC) + timedelta(seconds=seconds)).isoformat()
