"""fal: a queue whose jobs are found again, once they have ended, by the seed they had."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from stillreel.errors import NotConfigured
from stillreel.providers import metered
from stillreel.providers.ask import StillAsk
from stillreel.providers.jobs import Jobs
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.fal import clip, still
from stillreel.shelf.fal.request import Handle, History, Result, Row, Status, classed, failed
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from stillreel.errors import Failure
    from stillreel.providers.ask import Ask
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, Quote

_STATES: dict[str, JobState] = {
    "IN_QUEUE": "queued",
    "IN_PROGRESS": "running",
    "COMPLETED": "succeeded",
}
_PAGE = 20
"""Requests on a page of the history: each carries its pictures."""
_PAGES = 250
_SINCE = "2026-01-01T00:00:00Z"
"""Nothing was sent before; without a start the vendor tells the last day only."""


class Fal(Jobs[Status]):
    """Moves boards and frames with the models that move, draws stills with those that draw."""

    name = "fal"
    vendor = "fal"
    states = _STATES
    shape = Status
    desk = "its dashboard"

    def headers(self, secret: str) -> dict[str, str]:
        """Return the key in the vendor's own scheme."""
        return {"Authorization": f"Key {secret}"}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its words where it is about content, else by status."""
        if reply.status != 422:
            return super().judge(reply)
        found = classed(reply.code, reply.message)
        if found == "real-person":
            return found, "Draw them less like a photograph, or choose another platform."
        if found == "moderation-output":
            return "moderation-input", "Change the words or the pictures."
        return super().judge(reply)

    def quote(self, ask: Ask) -> Quote:
        """Price an ask by the published rules."""
        if isinstance(ask, StillAsk):
            return still.quote(ask, self.offer)
        return metered.quote(ask, self.offer)

    async def submit(self, ask: Ask, key: str) -> Job:
        """Put a request into the queue, once; the seed of a clip is made of `key`."""
        if isinstance(ask, StillAsk):
            endpoint, held = still.body(ask, self.offer)
        else:
            endpoint, held = clip.body(ask, key, self.offer)
        price = self._price(held)
        table = await self.wire.create(
            endpoint,
            held,
            where=ask.subject,
            most=self.offer.body_bytes_max,
            headers=self._orders(),
        )
        id_ = self.named(table, "request_id", ask.subject)
        handle = Handle.usual(self._base(), endpoint, id_).given(table, price)
        told = handle.model_dump_json()
        return Job(self.id, key, id_, "queued", model=endpoint, handle=told)

    async def poll(self, job: Job) -> Job:
        """Ask how a request stands, and what came of it where it is over."""
        now = await super().poll(job)
        # Whether it went well is told by the result alone.
        return await self._ended(now, self._handle(job)) if now.state == "succeeded" else now

    def address(self, job: Job) -> str:
        """Return where a request is asked after."""
        return self._handle(job).status_url

    def told(self, one: Status, job: Job) -> Job:
        """Return the job as the vendor tells its request: one with an error is over too."""
        spent = one.metrics.inference_time if one.metrics else None
        now = replace(self.stands(one.status, job), run_seconds=spent)
        if now.state != "succeeded" or not one.error:
            return now
        words = one.error if isinstance(one.error, str) else str(one.error)
        price = self._handle(job).price
        return failed(now, one.error_type or "", self.wire.clean(words), price)

    def links(self, job: Job) -> Callable[[], Awaitable[str]]:
        """Return what asks for the link, which the result tells."""

        async def ask() -> str:
            reply = await self.wire.look(self._handle(job).response_url)
            urls = self.kept(Result, reply, job).urls
            return urls[0] if urls else self.unlinked(job)

        return ask

    async def search(self, key: str) -> Job | Unsure | None:
        """Look through the finished requests for the seed that stands for our tag.

        A request that still waits or works is not in the history: that one which is not there was
        never made can only be said once the longest wait and work are over (`Offer.list_lag`).
        """
        if self.offer.lookup == "none":
            return Unsure(f"{self.vendor} tells nothing by which {self.id} could be found again.")
        cursor, wanted, blank = "", clip.seed(key), 0
        for _ in range(_PAGES):
            page = await self._page(cursor)
            for row in page.items:
                blank += not row.json_input
                if (row.json_input or {}).get("seed") == wanted:
                    return self._found(row, key)
            if page.last:
                told = f"The history of {self.vendor} tells no input of {blank} requests."
                return Unsure(told) if blank else None
            if not page.next_cursor:
                break
            cursor = page.next_cursor
        return Unsure(
            f"The history of {self.vendor} does not end within {_PAGE * _PAGES} requests."
        )

    async def cancel(self, job: Job) -> Job:
        """Take a request out of the queue; one whose work has begun is left as it is."""
        now = await self.poll(job)
        if now.state != "queued":
            return now
        reply = await self.wire.change("PUT", self._handle(job).cancel_url)
        if not reply.done:
            return await self.poll(job)
        return replace(now, state="cancelled", charged=Money())

    async def _ended(self, job: Job, handle: Handle) -> Job:
        reply = await self.wire.look(handle.response_url)
        if reply.ok:
            return replace(job, state="succeeded", charged=handle.price)
        if reply.status == 404:
            return self.forgotten(job)
        words = self.wire.clean(reply.message)
        if "cancel" in words.lower():
            return replace(job, state="cancelled", charged=Money(), message=words)
        return failed(job, reply.code, words, handle.price)

    def _orders(self) -> dict[str, str]:
        """Return what the queue is told: to try nothing again, and to give up what waits long."""
        patience = {"X-Fal-Request-Timeout": str(self.offer.start_within)}
        return {"x-fal-no-retry": "1", **(patience if self.offer.start_within else {})}

    def _handle(self, job: Job) -> Handle:
        """Return what a job is asked after by; one that a person found has no addresses."""
        if job.handle:
            return Handle.model_validate_json(job.handle)
        return Handle.usual(self._base(), job.model or self.offer.model, job.vendor_id)

    def _price(self, held: Mapping[str, object]) -> Money | None:
        return (still if self.offer.makes == "still" else metered).worth(held, self.offer)

    def _found(self, row: Row, key: str) -> Job:
        price: Money | None = None
        with suppress(NotConfigured):
            price = self._price(row.json_input or {})
        handle = Handle.usual(self._base(), row.endpoint_id, row.request_id).given({}, price)
        told = handle.model_dump_json()
        return Job(self.id, key, row.request_id, "running", model=row.endpoint_id, handle=told)

    async def _page(self, cursor: str) -> History:
        query = [("endpoint_id", f"{self.offer.model}/{way}") for way in clip.WAYS]
        query += [("expand", "payloads"), ("limit", str(_PAGE)), ("start", _SINCE)]
        query += [("cursor", cursor)] if cursor else []
        address = f"models/requests/by-endpoint?{urlencode(query)}"
        return await self.records.page(History, address)
