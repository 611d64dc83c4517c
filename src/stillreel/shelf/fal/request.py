"""A request in the vendor's words: where it is asked after, how it stands, what it brought."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel

from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.seam import Job

_POLICY = ("policy", "sensitive", "moderation", "flagged", "nsfw")
_PERSON = ("real person", "likeness")
_OWN = ("internal", "server", "timeout", "timed out", "runner", "unavailable")


class Handle(BaseModel):
    """What a job is asked after by: the addresses the vendor gave, and what it costs."""

    status_url: str
    response_url: str
    cancel_url: str
    micros: int | None = None
    """Price by the published rule, in micro-dollars: the vendor tells none of its own."""

    @classmethod
    def of(cls, job: Job) -> Self:
        """Return the handle that a job carries."""
        return cls.model_validate_json(job.handle)

    @property
    def price(self) -> Money | None:
        """The price, where it is known."""
        return None if self.micros is None else Money(self.micros)


class Metrics(BaseModel):
    """How long the work took."""

    inference_time: float | None = None


class Status(BaseModel):
    """How a request stands; COMPLETED says only that it is over."""

    status: str
    error: object = None
    error_type: str | None = None
    metrics: Metrics | None = None


class File(BaseModel):
    """A file that was made."""

    url: str


class Result(BaseModel):
    """What a request brought: a clip, or pictures."""

    video: File | None = None
    images: list[File] = []

    @property
    def urls(self) -> list[str]:
        """The addresses of all files, the main one first."""
        return [one.url for one in ([self.video] if self.video else self.images)]


class Row(BaseModel):
    """A finished request in the history."""

    request_id: str
    endpoint_id: str
    json_input: dict[str, object] | None = None


class History(BaseModel):
    """A page of the history, newest first."""

    items: list[Row]
    next_cursor: str | None = None
    has_more: bool = False


def classed(code: str, words: str) -> Failure:
    """Return the class of an error by its type and its words."""
    said = f"{code} {words}".lower()
    if any(word in said for word in _PERSON):
        return "real-person"
    if any(word in said for word in _POLICY):
        return "moderation-output"
    if not said.strip() or any(word in said for word in _OWN):
        return "provider"
    return "invalid"


def failed(job: Job, code: str, words: str) -> Job:
    """Return a job that ended without a result.

    Failures of the vendor's own are not billed. Refused content may be: it counts as billed until
    the vendor's account page says otherwise.
    """
    failure = classed(code, words)
    refused = failure in {"moderation-output", "real-person"}
    charged = Handle.of(job).price if refused else Money() if failure == "provider" else None
    told = ", ".join(one for one in (code, words) if one) or "it failed and nobody says why"
    return replace(job, state="failed", charged=charged, failure=failure, message=told)
