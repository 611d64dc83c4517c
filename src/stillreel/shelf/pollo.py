"""Pollo AI, the documented part: jobs that can be made and polled, and never looked up."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from stillreel.errors import ProviderError, Refused
from stillreel.providers import fit
from stillreel.providers.jobs import Jobs
from stillreel.providers.picture import inline
from stillreel.providers.seam import Job
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.fit import Form
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, Quote

_STATES: dict[str, JobState] = {
    "waiting": "queued",
    "processing": "running",
    "succeed": "succeeded",
    "failed": "failed",
}
_SEEDS = 2**32
_CATALOGUE_S = 10.0
_POLICY = ("policy", "sensitive", "moderation", "violat", "nsfw")


class _Generation(BaseModel):
    status: str = ""
    url: str | None = None
    failMsg: str | None = None  # noqa: N815 - the vendor's word


class _Task(BaseModel):
    credit: float | None = None
    generations: list[_Generation] = []


class Pollo(Jobs[_Task]):
    """Moves first and last frames (2.5), or a board as a reference (mini); experimental."""

    name = "pollo"
    vendor = "Pollo"
    states = _STATES
    shape = _Task
    desk = "its history on the web"
    _offering = False
    """Whether the vendor's catalogue was seen to name the model."""

    def headers(self, secret: str) -> dict[str, str]:
        """Return the header that carries the key."""
        return {"x-api-key": secret}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its words, else by its status."""
        words = reply.message.lower()
        if reply.status == 400 and "real person" in words:
            return "real-person", "Draw them less like a photograph, or choose another platform."
        if reply.status == 400 and any(word in words for word in _POLICY):
            return "moderation-input", "Change the words or the pictures."
        return super().judge(reply)

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by what the user's own offers file says of a clip or a second."""
        return fit.quote(ask, self.offer, "your price,")

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Create a job, once; the vendor has no field that would carry `key`."""
        form = fit.form(ask, self.offer)
        cost = fit.cost(form, self.offer)
        body = {"input": self._input(ask, form)}
        await self._offered(ask)
        table = await self.wire.create(
            f"generation/{self.offer.model}",
            body,
            where=ask.subject,
            most=self.offer.body_bytes_max,
        )
        id_ = self.named(table, "taskId", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=str(cost))

    def address(self, job: Job) -> str:
        """Return where a job is asked after."""
        return f"generation/{job.vendor_id}/status"

    def link(self, one: _Task) -> str:
        """Return where the clip lies."""
        return (one.generations[0].url or "") if one.generations else ""

    async def _offered(self, ask: MotionAsk) -> None:
        """Refuse a model that the vendor's catalogue does not name.

        Raises:
            Refused: it is not there; nothing was sent.
        """
        if self._offering:
            return
        try:
            async with asyncio.timeout(_CATALOGUE_S):
                reply = await self.wire.look("api/v1/model-specs", tries=1)
        except (TimeoutError, ProviderError) as error:
            known = isinstance(error, ProviderError)
            failure = error.failure if known else "provider"
            told = error.what.rstrip(".") if known else "no answer in time"
            step = "Put the key right" if failure == "account" else "Try again later"
            raise ProviderError(
                self.wire.clean(f"The catalogue of {self.vendor} does not come: {told}."),
                where=ask.subject,
                next_step=f"{step}: nothing was sent.",
                failure=failure,
            ) from None
        if reply.ok and self.offer.model in json.dumps(reply.table):
            self._offering = True
            return
        raise Refused(
            self.wire.clean(
                f"The catalogue of {self.vendor} does not name {self.offer.model}."
                if reply.ok
                else f"The catalogue of {self.vendor} cannot be read: {reply.told}."
            ),
            where=ask.subject,
            next_step="Mend the model's id in your offers file.",
            failure="account",
        )

    def _input(self, ask: MotionAsk, form: Form) -> dict[str, object]:
        sent, prompt = fit.sent(ask, self.offer)
        pictures = [inline(one, self.offer.pictures, ask.subject) for one in sent]
        told: dict[str, object] = {
            "prompt": prompt,
            "resolution": form.resolution,
            "aspectRatio": form.ratio,
            "seed": ask.seed % _SEEDS,
            "generateAudio": False,
        }
        if ask.read == "frames":
            named = zip(("image", "imageTail"), pictures, strict=False)
            return {**told, "length": form.seconds, **dict(named)}
        return {**told, "duration": form.seconds, "images": pictures}

    def told(self, one: _Task, job: Job) -> Job:
        """Return the job as the vendor tells it."""
        made = one.generations[0] if one.generations else _Generation(status="waiting")
        now = self.stands(made.status, job)
        if now.state == "succeeded":
            # A job that a person found again has no price with it.
            charged = Money.parse(job.handle) if job.handle else None
            return replace(now, charged=charged, message=_credits(one.credit))
        if now.state == "failed":
            words = made.failMsg or f"{self.vendor} says that it failed, and not why"
            refused = any(word in words.lower() for word in _POLICY)
            return replace(
                now,
                charged=None if one.credit else Money(),
                message=self.wire.clean(words),
                failure="moderation-output" if refused else "provider",
            )
        return now


def _credits(count: float | None) -> str:
    return "" if count is None else f"{count:g} credits"
