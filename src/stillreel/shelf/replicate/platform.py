"""Replicate: predictions, looked up in the list, and forgotten after an hour."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import ValidationError

from stillreel.errors import Gone, NotConfigured
from stillreel.providers import metered
from stillreel.providers.ask import StillAsk
from stillreel.providers.jobs import Jobs
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.replicate import clip, still
from stillreel.shelf.replicate.prediction import Page, Prediction
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from stillreel.errors import Failure
    from stillreel.providers.ask import Ask
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, Quote

_STATES: dict[str, JobState] = {
    "starting": "queued",
    "processing": "running",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "cancelled",
}
_PAGES = 50
_POLICY = ("sensitive", "flagged", "policy", "moderation", "safety", "nsfw", "e005")
_PERSON = "real person"


@dataclass(frozen=True, slots=True)
class Sent:
    """What this process remembers of a create call."""

    since: datetime | None = None
    """Moment on the vendor's own clock that lay before it, where one had been told."""
    words: str = ""
    """Prompt it carried."""


class Replicate(Jobs[Prediction]):
    """Moves boards and frames with the models that move, draws stills with those that draw."""

    name = "replicate"
    vendor = "Replicate"
    states = _STATES
    shape = Prediction
    desk = "its page"
    _latest: datetime | None = None
    """Latest moment on the vendor's own clock that was seen."""

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its words where it is about content, else by status."""
        words = reply.message.lower()
        if reply.status == 422 and _PERSON in words:
            return "real-person", "Draw them less like a photograph, or choose another platform."
        if reply.status == 422 and any(word in words for word in _POLICY):
            return "moderation-input", "Change the words or the pictures."
        return super().judge(reply)

    def quote(self, ask: Ask) -> Quote:
        """Price a clip by tokens, a still by the picture."""
        if isinstance(ask, StillAsk):
            return still.quote(ask, self.offer)
        return metered.quote(ask, self.offer)

    async def submit(self, ask: Ask, key: str) -> Job:
        """Create a prediction, once; the seed of a clip is made of `key`."""
        if isinstance(ask, StillAsk):
            held = still.told(ask, self.offer)
        else:
            held = clip.told(ask, key, self.offer)
        self._sent[key], cost = Sent(self._latest, ask.prompt), self._cost(held)
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
        """Return where the file lies, within the hour that it is kept.

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

    async def search(self, key: str) -> Job | Unsure | None:
        """Look through the list for what a create call made.

        Not filtered by model: what an offers file says now may not be what was sent. A prediction
        whose input is thrown away may be ours, unless it is older than our create call.
        """
        address, sent, forgotten = "predictions", self._sent.get(key), False
        if sent is None and self.offer.makes == "still":
            return Unsure(f"{self.vendor} tells nothing by which a still of another run is known.")
        since = sent.since if sent else None
        for _ in range(_PAGES):
            page = await self.wire.page(Page, address)
            new = [one for one in page.results if not one.older(since)]
            found = self._among(new, key)
            if found is not None:
                return found
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

    def _among(self, rows: Sequence[Prediction], key: str) -> Job | Unsure | None:
        """Return the clip that has our seed, or name the stills that may be ours: none has one."""
        if self.offer.makes == "still":
            words = self._sent[key].words
            like = [one.id for one in rows if one.id not in self._known and still.like(one, words)]
            told = f"{self.vendor} lists {', '.join(like)}, of the same words and no mark of ours."
            return Unsure(told) if like else None
        wanted = clip.seed(key)
        found = next((one for one in rows if (one.input or {}).get("seed") == wanted), None)
        return self.told(found, self._taken(found, key)) if found else None

    def told(self, one: Prediction, job: Job) -> Job:
        """Return the job as the vendor tells its prediction, and keep the moments it tells."""
        self._note(one)
        now = replace(
            self.stands(one.status, job),
            model=one.model or job.model,
            queue_seconds=one.waited,
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
        """Keep the id of a prediction whose key is known, and the latest moment it tells."""
        self._known.add(one.id)
        moments = (self._latest, one.created_at, one.started_at, one.completed_at)
        self._latest = max((moment for moment in moments if moment is not None), default=None)

    @cached_property
    def _known(self) -> set[str]:
        """Predictions whose key this process knows."""
        return set()

    @cached_property
    def _sent(self) -> dict[str, Sent]:
        """Create calls of this process, by key."""
        return {}

    def _taken(self, found: Prediction, key: str) -> Job:
        cost = ""
        with suppress(NotConfigured):
            cost = self._cost(found.input or {})
        return Job(self.id, key, found.id, "queued", handle=cost)

    def _cost(self, told: Mapping[str, object]) -> str:
        price = (still if self.offer.makes == "still" else metered).worth(told, self.offer)
        return "" if price is None else str(price.micros)
