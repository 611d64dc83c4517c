"""Replicate: predictions, found again in the list by their seed, and forgotten after an hour."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ValidationError

from stillreel.errors import Gone, NotConfigured, ProviderError
from stillreel.providers import fit, metered
from stillreel.providers.jobs import Jobs
from stillreel.providers.picture import inline
from stillreel.providers.seam import Job, Unsure
from stillreel.values.digest import seed_of
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.errors import Failure
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, MotionAsk, Quote

_STATES: dict[str, JobState] = {
    "starting": "queued",
    "processing": "running",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "cancelled",
}
_SEEDS = 2**31
_PAGES = 50
_POLICY = ("sensitive", "flagged", "policy", "moderation", "nsfw", "e005")
_PERSON = "real person"
_SKEW = timedelta(minutes=1)


class Metrics(BaseModel):
    """How long the work took, without the wait before it."""

    predict_time: float | None = None


class Prediction(BaseModel):
    """A prediction as create, get and list tell it."""

    id: str
    status: str = ""
    model: str = ""
    input: dict[str, object] | None = None
    output: object = None
    error: str | None = None
    created_at: AwareDatetime | None = None
    started_at: AwareDatetime | None = None
    completed_at: AwareDatetime | None = None
    data_removed: bool = False
    metrics: Metrics | None = None

    @property
    def blank(self) -> bool:
        """Whether what it was made of has been thrown away."""
        return self.data_removed or not self.input

    @property
    def url(self) -> str:
        """Where the clip lies; empty where it is not there."""
        return self.output if isinstance(self.output, str) else ""


class Page(BaseModel):
    """A page of the list, newest first."""

    results: list[Prediction]
    next: str | None


class Replicate(Jobs[Prediction]):
    """Moves boards as references, or single panels as first and last frames."""

    name = "replicate"
    vendor = "Replicate"
    states = _STATES
    shape = Prediction
    desk = "its page"
    _latest: datetime | None = None
    """Latest moment on the vendor's own clock that was seen."""

    def headers(self, secret: str) -> dict[str, str]:
        """Return the bearer token."""
        return {"Authorization": f"Bearer {secret}"}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its words where it is about content, else by status."""
        words = reply.message.lower()
        if reply.status == 422 and _PERSON in words:
            return "real-person", "Draw them less like a photograph, or choose another platform."
        if reply.status == 422 and any(word in words for word in _POLICY):
            return "moderation-input", "Change the words or the pictures."
        return super().judge(reply)

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by tokens."""
        return metered.quote(ask, self.offer)

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Create a prediction, once; the seed is made of `key`."""
        held = self._input(ask, key)
        self._sent[key], cost = self._latest, self._cost(held)
        table = await self.wire.create(
            f"models/{self.offer.model}/predictions",
            {"input": held},
            where=ask.subject,
            most=self.offer.body_bytes_max,
        )
        id_ = self.named(table, "id", ask.subject)
        with suppress(ValidationError):
            self._note(Prediction.model_validate(table))
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=cost)

    def address(self, job: Job) -> str:
        """Return where a prediction is asked after."""
        return f"predictions/{job.vendor_id}"

    def link(self, one: Prediction) -> str:
        """Return where the clip lies, within the hour that it is kept.

        Raises:
            Gone: it was thrown away.
        """
        if one.url or not one.data_removed:
            return one.url
        raise Gone(
            f"The result of {one.id} cannot be had: {self.vendor} has thrown it away.",
            where=one.id,
            next_step="Look at the prediction on the vendor's page.",
            charged="yes",
        )

    async def find(self, key: str) -> Job | Unsure | None:
        """Look through the list for the seed that stands for our tag.

        Not filtered by model: what an offers file says now may not be what was sent. A prediction
        whose input is thrown away may be ours, unless it is older than our create call.
        """
        address, wanted, since = "predictions", _seed(key), self._sent.get(key)
        forgotten = False
        for _ in range(_PAGES):
            try:
                page = await self._page(address)
            except (ProviderError, NotConfigured) as error:
                return Unsure(f"The list of {self.vendor} cannot be read: {error.what}")
            except ValidationError:
                return Unsure(f"The list of {self.vendor} has another shape than is published.")
            new = [one for one in page.results if not _older(one, since)]
            found = next((one for one in new if (one.input or {}).get("seed") == wanted), None)
            if found is not None:
                return self.told(found, self._taken(found, key))
            forgotten = forgotten or any(one.blank for one in new)
            all_forgotten = all(one.blank for one in new)
            if not page.next or len(new) < len(page.results) or all_forgotten:
                told = f"{self.vendor} has thrown away what older predictions were made of."
                return Unsure(told) if forgotten else None
            address = page.next
        return Unsure(f"The list of {self.vendor} is longer than {_PAGES} pages.")

    async def cancel(self, job: Job) -> Job:
        """Stop a prediction that still waits; one that works may be billed and is left."""
        now = await self.poll(job)
        if now.state != "queued":
            return now
        reply = await self.wire.change("POST", f"predictions/{job.vendor_id}/cancel")
        return self.told(self.read(Prediction, reply), now) if reply.ok else await self.poll(job)

    def _input(self, ask: MotionAsk, key: str) -> dict[str, object]:
        fit.readable(ask, self.offer)
        form = fit.form(ask, self.offer)
        told: dict[str, object] = {
            "resolution": form.resolution,
            "aspect_ratio": form.ratio,
            "duration": form.seconds,
            "generate_audio": False,
            "seed": _seed(key),
        }
        limits = self.offer.pictures
        if ask.read == "frames":
            ends = [inline(one, limits, ask.subject) for one in fit.frames(ask, self.offer)]
            named = dict(zip(("image", "last_frame_image"), ends, strict=False))
            return {"prompt": ask.prompt, **named, **told}
        sent = fit.references(ask, self.offer)
        pictures = [inline(one, limits, ask.subject) for one in sent]
        return {
            "prompt": fit.spoken(ask, sent, self.offer),
            "reference_images": pictures,
            **told,
        }

    def told(self, one: Prediction, job: Job) -> Job:
        """Return the job as the vendor tells its prediction, and keep the moments it tells."""
        self._note(one)
        now = replace(
            self.stands(one.status, job),
            model=one.model or job.model,
            queue_seconds=_between(one.created_at, one.started_at),
            run_seconds=one.metrics.predict_time if one.metrics else None,
        )
        if now.state == "succeeded":
            kept = timedelta(seconds=self.offer.retention)
            until = (one.completed_at + kept).isoformat() if one.completed_at else ""
            price = Money(int(job.handle)) if job.handle else None
            return replace(now, charged=price, expires_at=until)
        if now.state == "failed":
            words = one.error or "it failed and nobody says why"
            refused = any(word in words.lower() for word in _POLICY)
            failure: Failure = "moderation-output" if refused else "provider"
            said = self.wire.clean(words)
            return replace(now, charged=Money(), failure=failure, message=said)
        if now.state == "cancelled":
            # One whose work had begun may be billed.
            return replace(now, charged=Money() if one.started_at is None else None)
        return now

    def _note(self, one: Prediction) -> None:
        """Keep the latest moment the vendor has told."""
        moments = (self._latest, one.created_at, one.started_at, one.completed_at)
        self._latest = max((moment for moment in moments if moment is not None), default=None)

    @cached_property
    def _sent(self) -> dict[str, datetime | None]:
        """Moments on the vendor's clock that lay before each create call of this process."""
        return {}

    def _taken(self, found: Prediction, key: str) -> Job:
        cost = ""
        with suppress(NotConfigured):
            cost = self._cost(found.input or {})
        return Job(self.id, key, found.id, "queued", handle=cost)

    def _cost(self, told: Mapping[str, object]) -> str:
        price = metered.worth(told, self.offer)
        return "" if price is None else str(price.micros)

    async def _page(self, address: str) -> Page:
        reply = await self.wire.look(address)
        if not reply.ok:
            raise ProviderError(self.wire.clean(f"it answers {reply.told}"))
        return Page.model_validate(reply.table)


def _seed(key: str) -> int:
    """Return the seed that stands for our tag: the one input the model does not read as words."""
    return seed_of("replicate", key) % _SEEDS


def _older(one: Prediction, since: datetime | None) -> bool:
    """Say whether a prediction was made before a moment, clocks apart by a minute at most."""
    return since is not None and one.created_at is not None and one.created_at < since - _SKEW


def _between(first: datetime | None, then: datetime | None) -> float | None:
    return (then - first).total_seconds() if first and then else None
