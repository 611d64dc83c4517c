"""Nano Banana by the batch: half the price within a day, and a lost job is found by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from stillreel.errors import Gone, NotConfigured, ProviderError
from stillreel.providers import stills
from stillreel.providers.outright import without_nulls
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.nano_banana.answer import Answer
from stillreel.shelf.nano_banana.order import Gemini
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.seam import Delivered, JobState, StillAsk

_STATES: dict[str, JobState] = {
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
"""By the end of the vendor's words: they begin with `JOB_STATE_` or with `BATCH_STATE_`."""
_BATCHES = "batches"
_PAGE, _PAGES = 20, 200
"""A list may hold finished batches with their pictures, so its pages are kept small."""
_FAILURES: dict[int, Failure] = {3: "invalid", 5: "account", 7: "account", 16: "account"}
"""Class of an error of one picture by its number, as gRPC counts them."""


class _Error(BaseModel):
    code: int = 0
    message: str = ""


class _Item(BaseModel):
    """One picture that was asked: an answer, or an error in its place."""

    response: dict[str, object] = {}
    error: _Error | None = None


class _Items(BaseModel):
    inlinedResponses: list[_Item] = []  # noqa: N815 - the vendor's word


class _Output(BaseModel):
    inlinedResponses: _Items = _Items()  # noqa: N815 - the vendor's word


class _About(BaseModel):
    displayName: str = ""  # noqa: N815 - the vendor's word
    state: str = ""
    output: _Output = _Output()


class _Batch(BaseModel):
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


class _Page(BaseModel):
    operations: list[_Batch] = []
    nextPageToken: str = ""  # noqa: N815 - the vendor's word


class NanoBananaBatch(Gemini):
    """Orders each picture as a batch of one."""

    name = "nano-banana-batch"

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

    async def poll(self, job: Job) -> Job:
        """Ask how a batch stands; what a finished one cost stands in its result."""
        reply = await self.wire.look(job.vendor_id)
        if reply.status == 404:
            return self.forgotten(job)
        return self._read(self._batch(reply), job)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture out of the batch.

        Raises:
            Gone: the vendor has it no more.
        """
        if job.files:
            return job.files
        reply = await self.wire.look(job.vendor_id)
        item = None if reply.status == 404 else self._batch(reply).item
        answer = Answer.read(item.response if item else None)
        data = answer.picture()
        if data:
            return self.files(answer, data)
        raise Gone(
            f"{self.vendor} no longer has the picture of {job.vendor_id}.",
            where=job.vendor_id,
            next_step="Ask for another take with stillreel redo.",
            charged="yes",
        )

    async def find(self, key: str) -> Job | Unsure | None:
        """Look through all batches for our name; the caller waits out how far the list lags."""
        after: dict[str, str | int] = {}
        for _ in range(_PAGES):
            try:
                reply = await self.wire.look(_BATCHES, {"pageSize": _PAGE, **after})
                if not reply.ok:
                    return Unsure(self.wire.clean(f"{self.vendor} answers {reply.told}"))
                page = _Page.model_validate(without_nulls(reply.table))
            except (ProviderError, NotConfigured) as error:
                return Unsure(f"The batches of {self.vendor} cannot be read: {error.what}")
            except ValidationError:
                return Unsure(f"The list of {self.vendor} has another shape than is published")
            for batch in page.operations:
                if batch.metadata.displayName == key:
                    return self._read(batch, Job(self.id, key, batch.name, "queued"))
            if not page.nextPageToken:
                # An empty table lists nothing as well; a list of another kind proves nothing.
                known = {"operations", "nextPageToken"}.issuperset(reply.table)
                return None if known else Unsure(f"{self.vendor} lists something else")
            after = {"pageToken": page.nextPageToken}
        return Unsure(f"The list of {self.vendor} is longer than {_PAGE * _PAGES} batches")

    async def cancel(self, job: Job) -> Job:
        """Stop a batch; one that is being stopped may still bring its picture."""
        now = await self.poll(job)
        if now.state not in {"queued", "running"}:
            return now
        await self.wire.change("POST", f"{job.vendor_id}:cancel")
        return await self.poll(job)

    def _read(self, batch: _Batch, job: Job) -> Job:
        word = batch.metadata.state
        state = _STATES.get(word.partition("_STATE_")[2], "running")
        now = replace(job, state=state, model=job.model or self.offer.model, warning="")
        if state == "running" and word.partition("_STATE_")[2] not in _STATES:
            odd = f"{self.vendor} says {word!r}, which is not known."
            return replace(now, warning=self.wire.clean(odd))
        if state == "succeeded":
            return self._told(batch.item, now)
        if state in {"queued", "running"}:
            return now
        said = (batch.error.message if batch.error else "") or f"it is {state}"
        return replace(now, charged=Money(), message=self.wire.clean(said), failure="provider")

    def _told(self, item: _Item | None, job: Job) -> Job:
        """Return a finished job as its item says it: the batch is done, its picture need not be."""
        if item is None:
            told = f"{self.vendor} says that {job.vendor_id} is done and shows no result."
            return replace(job, state="failed", message=self.wire.clean(told), failure="provider")
        if item.error is not None:
            # The vendor bills no picture that ended in an error.
            failure = _FAILURES.get(item.error.code, "provider")
            said = self.wire.clean(f"{self.vendor} drew no picture and says: {item.error.message}.")
            return replace(job, state="failed", charged=Money(), message=said, failure=failure)
        answer = Answer.read(item.response)
        charged, data = self.settled(answer), answer.picture()
        if data:
            # It came with the look, so it need not be asked for again.
            model = answer.modelVersion or job.model
            return replace(job, charged=charged, model=model, files=self.files(answer, data))
        said, failure = self.why(answer)
        message = self.wire.clean(said)
        return replace(job, state="failed", charged=charged, message=message, failure=failure)

    def _batch(self, reply: Reply) -> _Batch:
        try:
            return _Batch.model_validate(without_nulls(reply.table))
        except ValidationError:
            raise ProviderError(
                self.wire.clean(f"{self.vendor} does not tell how a batch stands: {reply.told}."),
                next_step="It is asked again later.",
                charged="unknown",
            ) from None
