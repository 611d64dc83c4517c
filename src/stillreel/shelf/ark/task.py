"""A task in the vendor's words, and what it means in ours: states, classes of failure, price."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from stillreel.providers import metered
from stillreel.providers.loose import Loose
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Job, JobState

STATES: dict[str, JobState] = {
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


class Error(Loose):
    """Why a task failed."""

    code: str = ""
    message: str = ""


class Content(Loose):
    """Where the results lie, for a day."""

    video_url: str = ""
    last_frame_url: str = ""


class Usage(Loose):
    """What is billed."""

    completion_tokens: int = 0


class Task(Loose):
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


class Page(Loose):
    """A page of the list of tasks."""

    items: list[Task]
    total: int


def classed(code: str) -> tuple[Failure, str] | None:
    """Return the class of an error code and what a person can do; None for an unknown one."""
    for head, failure, step in _CLASSES:
        if code.startswith(head):
            return failure, step
    return None


def ended(task: Task, now: Job, offer: Offer) -> Job:
    """Return a job with what its task tells beside its state: model, size, bill, and why it failed.

    Args:
        task: what the vendor says.
        now: what we knew, in its new state; its handle is the resolution that was asked and billed.
        offer: prices, and how long results are kept.
    """
    asked = now.handle or task.resolution
    now = replace(now, handle=asked, model=task.model or now.model)
    if now.state in {"queued", "running"}:
        return now
    if now.state == "succeeded":
        tokens = task.usage.completion_tokens if task.usage else 0
        other = task.resolution not in {"", asked}
        return replace(
            now,
            charged=metered.price(tokens, asked, offer) if tokens else None,
            expires_at=_until(task.updated_at, offer.retention),
            warning=f"{task.resolution} came where {asked} was asked." if other else "",
        )
    error = task.error or Error()
    words = ", ".join(one for one in (error.code, error.message) if one)
    found = classed(error.code)
    failure: Failure = found[0] if found and now.state == "failed" else "provider"
    return replace(now, charged=Money(), message=words or f"it is {now.state}", failure=failure)


def _until(moment: int | None, seconds: int) -> str:
    if moment is None:
        return ""
    return (datetime.fromtimestamp(moment, UTC) + timedelta(seconds=seconds)).isoformat()
