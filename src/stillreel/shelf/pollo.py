"""Pollo AI, the documented part: jobs that can be made and polled, and never looked up."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from stillreel.errors import ProviderError, Refused
from stillreel.providers import fit
from stillreel.providers.picture import inline
from stillreel.providers.remote import Remote
from stillreel.providers.seam import Delivered, Job, Quote, Unsure
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.fit import Form
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, MotionAsk

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


class Pollo(Remote):
    """Moves first and last frames (2.5), or a board as a reference (mini); experimental."""

    name = "pollo"
    vendor = "Pollo"
    package = "stillreel.shelf"
    environment = os.environ
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
        cost = fit.cost(fit.form(ask, self.offer), self.offer)
        middle, slow = self.offer.prior_seconds
        return Quote(cost, cost, middle, slow, f"your price, {self.offer.dated.isoformat()}")

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

    async def poll(self, job: Job) -> Job:
        """Ask how a job stands."""
        reply = await self.wire.look(f"generation/{job.vendor_id}/status")
        if reply.status == 404:
            return self.forgotten(job)
        return self._told(self._task(reply), job)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Download the clip."""
        return (await self.film(lambda: self._link(job), job),)

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that this vendor cannot be asked: it lists no jobs and echoes no tag."""
        return Unsure(f"{self.vendor} lists no jobs: look into its history on the web.")

    async def cancel(self, job: Job) -> Job:
        """Return the job as it stands: this vendor documents no way to stop one."""
        return await self.poll(job)

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
            raise ProviderError(
                self.wire.clean(f"The catalogue of {self.vendor} does not come: {error}"),
                where=ask.subject,
                next_step="Try again later: nothing was sent.",
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
        fit.readable(ask, self.offer)
        told: dict[str, object] = {
            "resolution": form.resolution,
            "aspectRatio": form.ratio,
            "seed": ask.seed % _SEEDS,
            "generateAudio": False,
        }
        limits = self.offer.pictures
        if ask.read == "frames":
            ends = [inline(one, limits, ask.subject) for one in fit.frames(ask, self.offer)]
            named = dict(zip(("image", "imageTail"), ends, strict=False))
            return told | {"prompt": ask.prompt, "length": form.seconds} | named
        sent = fit.references(ask, self.offer)
        pictures = [inline(one, limits, ask.subject) for one in sent]
        prompt = fit.spoken(ask, sent, self.offer)
        return told | {"prompt": prompt, "duration": form.seconds, "images": pictures}

    def _told(self, task: _Task, job: Job) -> Job:
        one = task.generations[0] if task.generations else _Generation(status="waiting")
        state = _STATES.get(one.status, "running")
        now = replace(job, state=state, warning="")
        if one.status not in _STATES:
            odd = f"{self.vendor} says {one.status!r}, which is not known."
            return replace(now, warning=self.wire.clean(odd))
        if state == "succeeded":
            return replace(now, charged=Money.parse(job.handle), message=_credits(task.credit))
        if state == "failed":
            words = one.failMsg or "it failed"
            refused = any(word in words.lower() for word in _POLICY)
            return replace(
                now,
                charged=None if task.credit else Money(),
                message=self.wire.clean(words),
                failure="moderation-output" if refused else "provider",
            )
        return now

    def _task(self, reply: Reply) -> _Task:
        try:
            return _Task.model_validate(reply.table if reply.ok else None)
        except ValidationError:
            raise ProviderError(
                self.wire.clean(f"{self.vendor} does not tell how a job stands: {reply.told}."),
                next_step="It is asked again later.",
                charged="unknown",
            ) from None

    async def _link(self, job: Job) -> str:
        reply = await self.wire.look(f"generation/{job.vendor_id}/status")
        task = self._task(reply)
        link = task.generations[0].url if task.generations else ""
        if not link:
            raise ProviderError(
                f"{self.vendor} tells no link to the result of {job.vendor_id}.",
                next_step="Look into its history on the web.",
                charged="yes",
            )
        return link


def _credits(count: float | None) -> str:
    return "" if count is None else f"{count:g} credits"
