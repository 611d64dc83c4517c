"""GPT Image by the batch: half the price within a day, and a lost job is found by its tag."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ValidationError

from stillreel.errors import Gone, NotConfigured, ProviderError, Refused
from stillreel.providers import stills
from stillreel.providers.outright import without_nulls
from stillreel.providers.parcel import Form, Inline, packed
from stillreel.providers.reply import Reply
from stillreel.providers.seam import Delivered, Job, Unsure
from stillreel.shelf.gpt_image.order import Answer, OpenAi
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.providers.reply import Table
    from stillreel.providers.seam import JobState, StillAsk

_STATES: dict[str, JobState] = {
    "validating": "queued",
    "in_progress": "running",
    "finalizing": "running",
    "cancelling": "running",
    "completed": "succeeded",
    "failed": "failed",
    "expired": "expired",
    "cancelled": "cancelled",
}
_TAG = "stillreel"
"""Our entry in the metadata of a batch."""
_PAGE, _PAGES = 100, 100
_LINES = "application/jsonl"


class _Error(BaseModel):
    code: str = ""
    message: str = ""


class _Errors(BaseModel):
    data: list[_Error] = []


class _Batch(BaseModel):
    id: str
    status: str = ""
    output_file_id: str = ""
    error_file_id: str = ""
    errors: _Errors = _Errors()
    metadata: dict[str, str] = {}


class _Page(BaseModel):
    data: list[_Batch]
    has_more: bool = False


class _Response(BaseModel):
    status_code: int = 0
    body: dict[str, object] = {}


class _Line(BaseModel):
    """One line of a result file: one picture that was asked."""

    response: _Response = _Response()
    error: _Error | None = None


class GptImageBatch(OpenAi):
    """Orders each picture as a batch of one line."""

    name = "gpt-image-batch"
    environment = os.environ

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """File the order, which costs nothing, then create its batch, once; `key` tags it."""
        body, act = self.body(ask), "edits" if ask.references else "generations"
        line: Table = {"custom_id": key, "method": "POST", "url": f"/v1/images/{act}"}
        line["body"] = body
        file = await self._filed(line, ask)
        table = await self.wire.create(
            self.offer.path,
            {
                "input_file_id": file,
                "endpoint": f"/v1/images/{act}",
                "completion_window": "24h",
                "metadata": {_TAG: key},
            },
            where=ask.subject,
            headers={"X-Client-Request-Id": key},
        )
        id_ = self.named(table, "id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model)

    def body(self, ask: StillAsk) -> Table:
        """Return what one line of a batch asks, pictures and all.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        told, files = self.fields(ask, stills.free(ask, self.offer)), self.files(ask)
        if not files:
            return {**told, "n": 1}
        shown = [{"image_url": Inline.uri(data, media_type(data[:16]))} for data in files]
        return {**told, "n": 1, "images": shown}

    async def poll(self, job: Job) -> Job:
        """Ask how a batch stands; what a finished one cost stands in its result."""
        reply = await self.wire.look(f"{self.offer.path}/{job.vendor_id}")
        if reply.status == 404:
            return self.forgotten(job)
        return await self._read(self._batch(reply), job)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture out of the result file."""
        line = await self._line(job)
        data = Answer.read(line.response.body).picture()
        if data:
            return (Delivered(data, media_type(data[:16])),)
        raise Gone(
            f"The result of {job.vendor_id} holds no picture.",
            where=job.vendor_id,
            next_step="Look at the batch on the vendor's own page.",
            charged="yes",
        )

    async def find(self, key: str) -> Job | Unsure | None:
        """Look through all batches for our tag; the caller waits out how far the list lags."""
        after: dict[str, str | int] = {}
        for _ in range(_PAGES):
            try:
                reply = await self.wire.look(self.offer.path, {"limit": _PAGE, **after})
                if not reply.ok:
                    return Unsure(self.wire.clean(f"{self.vendor} answers {reply.told}"))
                page = _Page.model_validate(without_nulls(reply.table))
                for batch in page.data:
                    if batch.metadata.get(_TAG) == key:
                        return await self._read(batch, Job(self.id, key, batch.id, "queued"))
            except (ProviderError, NotConfigured) as error:
                return Unsure(f"The batches of {self.vendor} cannot be read: {error.what}")
            except ValidationError:
                return Unsure(f"The list of {self.vendor} has another shape than is published")
            if not (page.has_more and page.data):
                return None
            after = {"after": page.data[-1].id}
        return Unsure(f"The list of {self.vendor} is longer than {_PAGE * _PAGES} batches")

    async def cancel(self, job: Job) -> Job:
        """Stop a batch; one that is being stopped may still bring its picture."""
        now = await self.poll(job)
        if now.state not in {"queued", "running"}:
            return now
        await self.wire.change("POST", f"{self.offer.path}/{job.vendor_id}/cancel")
        return await self.poll(job)

    async def _filed(self, line: Table, ask: StillAsk) -> str:
        """Return the id of a file with one line in it.

        Raises:
            ProviderError: it was not taken; nothing was ordered yet.
        """
        data = b"".join(packed(line)) + b"\n"
        most = self.offer.body_bytes_max
        if len(data) > most:
            raise Refused(
                f"The order has {len(data):,} bytes; {self.vendor} takes {most:,}.",
                where=ask.subject,
                next_step="Send fewer or smaller pictures.",
                failure="invalid",
            )
        form = Form((("purpose", "batch"),), (("file", data, _LINES),))
        try:
            reply = await self.wire.change("POST", "files", form)
        except ProviderError as error:
            told, failure = error.what, error.failure
        else:
            found = reply.table.get("id")
            if reply.ok and isinstance(found, str):
                return found
            told, failure = f"{self.vendor} answers {reply.told}", self.judge(reply)[0]
        raise ProviderError(
            self.wire.clean(f"The order could not be filed: {told}"),
            where=ask.subject,
            next_step="Try again: nothing was ordered.",
            failure=failure,
        )

    async def _read(self, batch: _Batch, job: Job) -> Job:
        state = _STATES.get(batch.status, "running")
        now = replace(job, state=state, model=job.model or self.offer.model, warning="")
        if batch.status not in _STATES:
            odd = f"{self.vendor} says {batch.status!r}, which is not known."
            return replace(now, warning=self.wire.clean(odd))
        if state == "succeeded":
            return self._told(await self._line(now), now)
        if state in {"queued", "running"}:
            return now
        first = batch.errors.data[0] if batch.errors.data else _Error(message=f"it is {state}")
        words = ", ".join(one for one in (first.code, first.message) if one)
        return replace(now, charged=Money(), message=self.wire.clean(words), failure="provider")

    def _told(self, line: _Line, job: Job) -> Job:
        """Return a finished job as its line says it: the batch is done, its picture need not be."""
        answer = Answer.read(line.response.body)
        if answer.picture():
            return replace(job, charged=self.settled(answer))
        reply = Reply(line.response.status_code, line.response.body)
        failure = self.judge(reply)[0] if reply.status >= 400 else "provider"
        if reply.status >= 500:
            failure = "provider"
        # What was drawn and then withheld may be billed; what was turned away is not.
        free = reply.status >= 400 and failure != "moderation-output"
        said = line.error.message if line.error else reply.told
        return replace(
            job,
            state="failed",
            charged=Money() if free else self.settled(answer),
            message=self.wire.clean(f"{self.vendor} drew no picture and says: {said}."),
            failure=failure,
        )

    async def _line(self, job: Job) -> _Line:
        """Return the one line of a finished batch's result, its place asked for anew each time.

        Raises:
            Gone: the file cannot be had any more.
        """
        for _ in range(2):
            batch = self._batch(await self.wire.look(f"{self.offer.path}/{job.vendor_id}"))
            place = batch.output_file_id or batch.error_file_id
            reply = await self.wire.look(f"files/{place}/content")
            try:
                if reply.ok and place:
                    return _Line.model_validate(without_nulls(cast("object", reply.table)))
            except ValidationError:
                continue
        raise Gone(
            f"{self.vendor} no longer has the result of {job.vendor_id}.",
            where=job.vendor_id,
            next_step="Look at the batch on the vendor's own page.",
            charged="yes",
        )

    def _batch(self, reply: Reply) -> _Batch:
        try:
            return _Batch.model_validate(without_nulls(reply.table))
        except ValidationError:
            raise ProviderError(
                self.wire.clean(f"{self.vendor} does not tell how a batch stands: {reply.told}."),
                next_step="It is asked again later.",
                charged="unknown",
            ) from None
