"""Nano Banana by the batch: half the price within a day, and a lost job is found by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from stillreel.providers import stills
from stillreel.providers.jobs import Jobs
from stillreel.providers.loose import Loose
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.nano_banana.answer import Answer
from stillreel.shelf.nano_banana.order import Gemini
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import StillAsk
    from stillreel.providers.reply import Table
    from stillreel.providers.seam import Delivered, JobState

_ENDS: dict[str, JobState] = {
    "QUEUED": "queued",
    "PENDING": "queued",
    "PAUSED": "queued",
    "RUNNING": "running",
    "UPDATING": "running",
    "CANCELLING": "running",
    "SUCCEEDED": "succeeded",
    "PARTIALLY_SUCCEEDED": "succeeded",
    "FAILED": "failed",
    "EXPIRED": "expired",
    "CANCELLED": "cancelled",
}
_STATES: dict[str, JobState] = {
    f"{kind}_STATE_{end}": state for kind in ("JOB", "BATCH") for end, state in _ENDS.items()
}
_BATCHES = "batches"
_PAGE, _PAGES = 20, 200
"""A list may hold finished batches with their pictures, so its pages are kept small."""
_FAILURES: dict[int, Failure] = {3: "invalid", 5: "account", 7: "account", 16: "account"}
"""Class of an error of one picture by its number, as gRPC counts them."""


class _Error(Loose):
    code: int = 0
    message: str = ""


class _Item(Loose):
    """One picture that was asked: an answer, or an error in its place."""

    response: object = None
    error: _Error | None = None


class _Items(Loose):
    inlinedResponses: tuple[_Item, ...] = ()  # noqa: N815 - the vendor's word


class _Output(Loose):
    inlinedResponses: _Items = _Items()  # noqa: N815 - the vendor's word


class _About(Loose):
    displayName: str = ""  # noqa: N815 - the vendor's word
    state: str = ""
    output: _Output = _Output()


class _Batch(Loose):
    """A batch; what it made stands in one of two places."""

    name: str
    metadata: _About = _About()
    response: _Output = _Output()
    error: _Error | None = None

    @property
    def item(self) -> _Item | None:
        """The one picture, once there is a result."""
        for place in (self.metadata.output, self.response):
            if place.inlinedResponses.inlinedResponses:
                return place.inlinedResponses.inlinedResponses[0]
        return None


class _Page(Loose):
    model_config = ConfigDict(extra="allow")
    operations: tuple[_Batch, ...] = ()
    nextPageToken: str = ""  # noqa: N815 - the vendor's word


class NanoBananaBatch(Gemini, Jobs[_Batch]):
    """Orders each picture as a batch of one."""

    name = "nano-banana-batch"
    states = _STATES
    shape = _Batch
    halt = ":cancel"

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Create a batch of one picture, once; `key` is its name."""
        table = await self.wire.create(
            f"{self.offer.path}/{self.offer.model}:batchGenerateContent",
            self.order(ask, key),
            where=ask.subject,
            most=self.offer.body_bytes_max,
        )
        id_ = self.named(table, "name", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model)

    def order(self, ask: StillAsk, key: str) -> Table:
        """Return the body of a create call.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        one = {"request": self.body(ask, stills.listed(ask, self.offer)), "metadata": {"key": key}}
        return {"batch": {"displayName": key, "inputConfig": {"requests": {"requests": [one]}}}}

    def address(self, job: Job) -> str:
        """Return where a batch is asked after: it is named by its path."""
        return job.vendor_id

    def told(self, one: _Batch, job: Job) -> Job:
        """Return the job as its batch stands, and with it what it cost and brought."""
        now = replace(self.stands(one.metadata.state, job), model=job.model or self.offer.model)
        if now.state == "succeeded":
            return self._drawn(one.item, now)
        if now.state in {"queued", "running"}:
            return now
        said = (one.error.message if one.error else "") or f"it is {now.state}"
        return replace(now, charged=Money(), message=self.wire.clean(said), failure="provider")

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture out of the batch.

        Raises:
            Gone: the vendor has it no more.
        """
        if job.files:
            return job.files
        reply = await self.wire.look(job.vendor_id)
        item = None if reply.status == 404 else self.read(_Batch, reply).item
        answer = Answer.of(item.response if item else None)
        data = answer.picture()
        if data:
            return self.files(answer, data)
        raise self.gone(job, f"{self.vendor} no longer has the picture of {job.vendor_id}.")

    async def search(self, key: str) -> Job | Unsure | None:
        """Look through all batches for our name."""
        after: dict[str, str | int] = {}
        for _ in range(_PAGES):
            page = await self.wire.page(_Page, _BATCHES, {"pageSize": _PAGE, **after})
            for batch in page.operations:
                if batch.metadata.displayName == key:
                    return self.told(batch, Job(self.id, key, batch.name, "queued"))
            if not page.nextPageToken:
                # An empty table lists nothing as well; a list of another kind proves nothing.
                return Unsure(f"{self.vendor} lists something else") if page.model_extra else None
            after = {"pageToken": page.nextPageToken}
        return Unsure(f"The list of {self.vendor} is longer than {_PAGE * _PAGES} batches")

    def _drawn(self, item: _Item | None, job: Job) -> Job:
        """Return a finished job as its item says it: the batch is done, its picture need not be."""
        if item is None:
            told = f"{self.vendor} says that {job.vendor_id} is done and shows no result."
            return replace(job, state="failed", message=self.wire.clean(told), failure="provider")
        if item.error is not None:
            # The vendor bills no picture that ended in an error.
            failure = _FAILURES.get(item.error.code, "provider")
            said = self.wire.clean(f"{self.vendor} drew no picture and says: {item.error.message}.")
            return replace(job, state="failed", charged=Money(), message=said, failure=failure)
        answer = Answer.of(item.response)
        charged, data = self.settled(answer), answer.picture()
        if data:
            # It came with the look, so it need not be asked for again.
            model = answer.modelVersion or job.model
            return replace(job, charged=charged, model=model, files=self.files(answer, data))
        said, failure = self.why(answer)
        message = self.wire.clean(said)
        return replace(job, state="failed", charged=charged, message=message, failure=failure)
