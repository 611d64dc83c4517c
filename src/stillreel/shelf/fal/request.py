"""A request in the vendor's words: where it is asked after, how it stands, what it brought."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel

from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    def usual(cls, base: str, endpoint: str, id_: str) -> Self:
        """Return the addresses of a request by the vendor's rule: they know owner and app only."""
        app = "/".join(endpoint.split("/")[:2])
        root = f"{base.rstrip('/')}/{app}/requests/{id_}"
        return cls(status_url=f"{root}/status", response_url=root, cancel_url=f"{root}/cancel")

    def given(self, table: Mapping[str, object], price: Money | None) -> Self:
        """Return it with the addresses the vendor gave in place of the usual ones."""
        told = {name: table.get(name) for name in ("status_url", "response_url", "cancel_url")}
        named = {name: url for name, url in told.items() if isinstance(url, str) and url}
        micros = None if price is None else price.micros
        return self.model_copy(update={**named, "micros": micros})

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
    next_cursor: str | None
    has_more: bool

    @property
    def last(self) -> bool:
        """Whether nothing older follows."""
        return not self.has_more and not self.next_cursor


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


def failed(job: Job, code: str, words: str, price: Money | None) -> Job:
    """Return a job that ended without a result, and would have cost `price`.

    Failures of the vendor's own are not billed. Refused content may be: it counts as billed until
    the vendor's account page says otherwise.
    """
    failure = classed(code, words)
    refused = failure in {"moderation-output", "real-person"}
    charged = price if refused else Money() if failure == "provider" else None
    told = ", ".join(one for one in (code, words) if one) or "it failed and nobody says why"
    return replace(job, state="failed", charged=charged, failure=failure, message=told)
