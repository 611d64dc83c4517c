"""Gemini's batches: pictures that are ordered together, drawn within a day, and listed by name."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.fal import iso
from stillreel.rehearsal.gemini_body import table
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job, Order
    from stillreel.rehearsal.wire import Request

VERSION = r"(?:/v1(?:beta)?)?"
"""How every path of this vendor may begin."""
_BATCH = frozenset({"displayName", "inputConfig", "priority", "webhookConfig"})
_STATES = {"queued": "PENDING", "running": "RUNNING", "done": "SUCCEEDED", "failed": "SUCCEEDED"}
_PAGE = 50
_INLINE = 20 << 20


class Batches(Vendor):
    """Batches of one picture; one that is refused or fails stands in a batch that succeeded."""

    routes = (
        ("POST", VERSION + r"/models/([\w.-]+):batchGenerateContent", "create", "batch"),
        ("GET", VERSION + r"/batches", "list", "listed"),
        ("GET", VERSION + r"/batches/([\w-]+)", "poll", "look_at_batch"),
        ("POST", VERSION + r"/batches/([\w-]+):cancel", "cancel", "cancel_batch"),
    )

    @abstractmethod
    def asked(self, name: str, body: dict[str, Any]) -> Order:
        """Read what one request of a batch orders, at its own price."""

    @abstractmethod
    def answered(self, job: Job, why: str) -> dict[str, object]:
        """Return what is answered to a request: a picture, or `why` there is none."""

    def tag(self, request: Request) -> str:
        """Return the name of a batch."""
        if not request.path.endswith(":batchGenerateContent"):
            return ""
        try:
            return str(table(request.json().get("batch")).get("displayName", ""))
        except Denied:
            return ""

    def batch(self, request: Request) -> Reply:
        """Take a batch of one picture: half the price of the same at once."""
        name = request.args[0]
        if f"batch/{name}" not in self.models:
            raise Denied("not-found", f"models/{name} is not found for this API version.")
        if len(request.body) > _INLINE:
            raise Denied("invalid", "Request payload size exceeds the limit: 20971520 bytes.")
        body = request.json()
        form.only(body, ("batch",))
        held = table(body.get("batch"))
        form.only(held, _BATCH, "batch.")
        title = form.text(held, "displayName")
        source = table(held.get("inputConfig"))
        form.only(source, ("requests",), "batch.inputConfig.")
        rows = form.listed(table(source.get("requests")), "requests", 2)
        if len(rows) != 1:
            raise Denied("invalid", "One request of a batch is served here.")
        row = table(rows[0])
        form.only(row, ("request", "metadata"), "requests.")
        order = self.asked(name, table(row.get("request")))
        told = {**order.told, "title": title, "metadata": table(row.get("metadata"))}
        order = replace(order, told=told)
        job = self.open(request, order, f"b{self.next_number():011d}")
        if job.why not in {"", "fail"} or "no-image" in job.faults:
            emptied(job)
        return answer(self._batch(job, self.stage.clock.now()))

    def look_at_batch(self, request: Request) -> Reply:
        """Tell how a batch stands; its picture stands in the answer."""
        job, now = self._known(request.args[0]), self.stage.clock.now()
        said = self._batch(job, now)
        if "unknown-status" in request.faults:
            said["metadata"]["state"] = "BATCH_STATE_PONDERING"
        done = job.phase(now) == "done" and "no-image" not in job.faults
        return Reply(200, answer(said).body, delivers=job.id if done else "")

    def listed(self, request: Request) -> Reply:
        """List batches, the newest first; a new one shows up after a while."""
        now = self.stage.clock.now()
        until = now - self.stage.conditions.list_lag
        rows = [job for job in self.jobs.values() if "title" in job.order.told]
        rows = [job for job in reversed(rows) if job.made_at <= until]
        start = request.number("pageToken", 0)
        end = start + min(100, request.number("pageSize", _PAGE))
        said: dict[str, object] = {}
        # As proto3 writes JSON: what is empty is left out.
        if held := [self._batch(job, now, whole=False) for job in rows[start:end]]:
            said["operations"] = held
        if end < len(rows):
            said["nextPageToken"] = str(end)
        return answer(said)

    def cancel_batch(self, request: Request) -> Reply:
        """Stop a batch that has not ended."""
        job = self._known(request.args[0])
        if job.phase(self.stage.clock.now()) in {"queued", "running"}:
            self.stop(job)
        return answer({})

    def _known(self, name: str) -> Job:
        job = self.known(name)
        if "title" not in job.order.told:
            raise Denied("not-found", f"No batch found with id '{name}'.")
        return job

    def _batch(self, job: Job, now: float, *, whole: bool = True) -> dict[str, Any]:
        phase, told = job.phase(now), job.order.told
        name = f"batches/{job.id}"
        about: dict[str, Any] = {
            "@type": "type.googleapis.com/google.ai.generativelanguage.v1.GenerateContentBatch",
            "name": name,
            "model": f"models/{job.order.model.removeprefix('batch/')}",
            "displayName": told["title"],
            "state": f"BATCH_STATE_{_STATES.get(phase, phase.upper())}",
            "createTime": iso(job.made_at),
            "updateTime": iso(job.touched_at(now)),
        }
        said: dict[str, Any] = {"name": name, "metadata": about}
        if phase not in {"done", "failed"}:
            return said
        said["done"] = True
        if whole:
            made = {"inlinedResponses": {"inlinedResponses": [self._item(job)]}}
            about["output"] = made
            said["response"] = made
        return said

    def _item(self, job: Job) -> dict[str, object]:
        told = job.order.told
        if job.why:
            error = {"code": 13, "message": "An internal error has occurred."}
            return {"error": error, "metadata": told["metadata"]}
        said = self.answered(job, str(told.get("why", "")))
        return {"response": said, "metadata": told["metadata"]}


def emptied(job: Job) -> None:
    """Let a job be done without a picture: what its words and thoughts cost is billed."""
    told = {**job.order.told, "why": job.why}
    besides = cast("int", told["besides"])
    job.order = replace(job.order, micros=besides, units=0, told=told)
    job.why = ""
    job.faults |= {"no-image"}
