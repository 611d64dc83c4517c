"""GPT Image by the batch: half the price within a day, and a lost job is found by its tag."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from stillreel.errors import ProviderError, Refused
from stillreel.providers import stills
from stillreel.providers.jobs import Jobs
from stillreel.providers.loose import Loose
from stillreel.providers.parcel import Form, Inline, packed
from stillreel.providers.reply import Reply
from stillreel.providers.seam import Delivered, Job, Unsure
from stillreel.shelf.gpt_image.order import Answer, OpenAi
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.providers.ask import StillAsk
    from stillreel.providers.reply import Table
    from stillreel.providers.seam import JobState

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
_LOOK = "Look at the batch on the vendor's own page."


class _Error(Loose):
    code: str = ""
    message: str = ""


class _Errors(Loose):
    data: tuple[_Error, ...] = ()


class _Batch(Loose):
    id: str
    status: str = ""
    output_file_id: str = ""
    error_file_id: str = ""
    errors: _Errors = _Errors()
    metadata: dict[str, str] | None = None


class _Page(Loose):
    data: list[_Batch]
    has_more: bool = False


class _Response(Loose):
    status_code: int = 0
    body: dict[str, object] | None = None


class _Line(Loose):
    """One line of a result file: one picture that was asked."""

    response: _Response = _Response()
    error: _Error | None = None


class GptImageBatch(OpenAi, Jobs[_Batch]):
    """Orders each picture as a batch of one line."""

    name = "gpt-image-batch"
    environment = os.environ
    states = _STATES
    shape = _Batch
    halt = "/cancel"

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
        return await self._read(await super().poll(job))

    def address(self, job: Job) -> str:
        """Return where a batch is asked after."""
        return f"{self.offer.path}/{job.vendor_id}"

    def told(self, one: _Batch, job: Job) -> Job:
        """Return the job as its batch stands: one that is over cost nothing without a result."""
        now = replace(self.stands(one.status, job), model=job.model or self.offer.model)
        if now.state in {"queued", "running", "succeeded"}:
            return now
        first = one.errors.data[0] if one.errors.data else _Error(message=f"it is {now.state}")
        words = ", ".join(part for part in (first.code, first.message) if part)
        return replace(now, charged=Money(), message=self.wire.clean(words), failure="provider")

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture out of the result file."""
        line = await self._line(job)
        data = Answer.of(line.response.body).picture()
        if data:
            return (Delivered(data, media_type(data[:16])),)
        raise self.gone(job, f"The result of {job.vendor_id} holds no picture.", _LOOK)

    async def search(self, key: str) -> Job | Unsure | None:
        """Look through all batches for our tag."""
        after: dict[str, str | int] = {}
        for _ in range(_PAGES):
            page = await self.wire.page(_Page, self.offer.path, {"limit": _PAGE, **after})
            for batch in page.data:
                if (batch.metadata or {}).get(_TAG) == key:
                    return await self._read(self.told(batch, Job(self.id, key, batch.id, "queued")))
            if not (page.has_more and page.data):
                return None
            after = {"after": page.data[-1].id}
        return Unsure(f"The list of {self.vendor} is longer than {_PAGE * _PAGES} batches")

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
            told, failure, step = error.what, error.failure, error.next_step
        else:
            found = reply.table.get("id")
            if reply.ok and isinstance(found, str):
                return found
            told, (failure, step) = f"{self.vendor} answers {reply.told}", self.judge(reply)
        raise ProviderError(
            self.wire.clean(f"The order could not be filed: {told.rstrip('.')}."),
            where=ask.subject,
            next_step=step if failure == "account" else "Try again: nothing was ordered.",
            failure=failure,
        )

    async def _read(self, job: Job) -> Job:
        return self._drawn(await self._line(job), job) if job.state == "succeeded" else job

    def _drawn(self, line: _Line, job: Job) -> Job:
        """Return a finished job as its line says it: the batch is done, its picture need not be."""
        answer = Answer.of(line.response.body)
        if answer.picture():
            return replace(job, charged=self.settled(answer))
        reply = Reply(line.response.status_code, line.response.body or {})
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
            batch = self.kept(_Batch, await self.wire.look(self.address(job)), job)
            place = batch.output_file_id or batch.error_file_id
            reply = await self.wire.look(f"files/{place}/content")
            try:
                if reply.ok and place:
                    return _Line.model_validate(reply.table)
            except ValidationError:
                continue
        told = f"{self.vendor} no longer has the result of {job.vendor_id}."
        raise self.gone(job, told, _LOOK)
