"""What all stand-ins do alike with what was ordered: jobs, files, the bill."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast
from urllib.parse import urlencode

from stillreel.rehearsal import hooks
from stillreel.rehearsal.desk import Desk
from stillreel.rehearsal.faults import ON_THE_JOB
from stillreel.rehearsal.job import Job
from stillreel.rehearsal.meter import Charge
from stillreel.rehearsal.pictures import marked
from stillreel.rehearsal.stage import digest
from stillreel.rehearsal.terms import models
from stillreel.rehearsal.wire import Denied, Reply, Request

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Order, Why
    from stillreel.rehearsal.stage import Stage
    from stillreel.rehearsal.terms import Terms

_FORMS = {"mp4": "video/mp4", "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}


class Vendor(Desk):
    """One stand-in: jobs that wait, work and end by the clock alone, their files and their bill."""

    links: ClassVar[float] = 86_400.0
    """Seconds an address of a file is good for."""
    keeps: ClassVar[float] = 604_800.0
    """Seconds a finished job is known."""
    bills_failures: ClassVar[frozenset[str]] = frozenset()
    """Kinds of failure that are charged all the same."""

    def __init__(self, stage: Stage) -> None:
        """Open for business on a stage."""
        super().__init__(stage)
        self.models = models(self.id)
        stage.settlers.append(self.settle)
        self.reset()

    def reset(self) -> None:
        """Forget all jobs."""
        self.jobs: dict[str, Job] = {}
        self._due: list[tuple[float, str]] = []
        self._calls: dict[str, deque[float]] = {}
        self._made = 0
        self._asked = 0

    def message(self, job: Job) -> dict[str, object]:  # noqa: ARG002 - not every vendor calls back
        """Return what this vendor's webhook says about a job that ended; empty without one."""
        return {}

    def limit(self, model: Terms) -> None:
        """Hold back a client that calls too often.

        Raises:
            Denied: more create calls in a minute than the model takes.
        """
        if not (self.stage.conditions.limits and model.per_minute):
            return
        now = self.stage.clock.now()
        calls = self._calls.setdefault(model.id, deque())
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= model.per_minute:
            denied = Denied("busy")
            denied.after = calls[0] + 60 - now
            raise denied
        calls.append(now)

    def open(self, request: Request, order: Order, id: str) -> Job:  # noqa: A002 - a job's id
        """Take an order: the job waits, works and ends by itself."""
        stage = self.stage
        now = stage.clock.now()
        told = cast("dict[str, object]", stage.attic.keep(order.told))
        seen = list(order.pictures) if stage.artist.reads else []
        pictures = cast("list[str]", stage.attic.keep(seen))
        order = replace(order, told=told, pictures=tuple(pictures))
        start, end, crowded = stage.line(self.models[order.model]).take(now, order.seconds)
        job = Job(id, self.id, order, self.tag(request), now, start, end, crowded=crowded)
        job.faults = frozenset(request.faults) & (ON_THE_JOB | self.refuses_later)
        job.why = self._fate(job.faults)
        self.jobs[id] = request.job = job
        heapq.heappush(self._due, (end, id))
        stage.clock.mark(start)
        stage.clock.mark(end)
        body = self.fingerprint(request)
        stage.meter.open(Charge(self.id, id, job.tag, body, order.model))
        if order.hook:
            self.begin(hooks.tell(self, job))
        return job

    def _fate(self, faults: frozenset[str]) -> Why:
        held = self.stage.conditions
        for kind in ("moderation-input", "real-person"):
            if kind in faults:
                return kind
        if "moderation-output" in faults or self.stage.strikes(held.moderated):
            return "moderation-output"
        if faults & {"fail", "completed-with-error"} or self.stage.strikes(held.failing):
            return "fail"
        return ""

    def next_number(self) -> int:
        """Return a number for the next job's id."""
        self._made += 1
        return self._made

    def next_request(self) -> int:
        """Return a number for an answer's own id, which no job's id depends on."""
        self._asked += 1
        return self._asked

    def known(self, id: str) -> Job:  # noqa: A002 - a job's id
        """Return a job the vendor still has.

        Raises:
            Denied: it never had it, or has thrown it away.
        """
        job = self.jobs.get(id)
        if job is None or self.stage.clock.now() > job.ends_at + self.keeps:
            raise Denied("not-found", f"The job {id} was not found")
        return job

    def stop(self, job: Job) -> None:
        """Cancel a job now."""
        now = self.stage.clock.now()
        job.cancelled_at = now
        self.stage.line(self.models[job.order.model]).give_back(job.ends_at, now)

    def settle(self) -> None:
        """Charge every job that has ended by now."""
        now = self.stage.clock.now()
        while self._due and self._due[0][0] <= now:
            job = self.jobs.get(heapq.heappop(self._due)[1])
            if job is None:
                continue
            phase = job.phase(now)
            if phase == "done" or (phase == "failed" and job.why in self.bills_failures):
                self.charge(job)

    def charge(self, job: Job) -> None:
        """Put a job on the bill, once."""
        if not job.settled:
            job.settled = True
            row = self.stage.meter.charge(self.id, job.id, job.order.micros, job.order.units)
            row.empty = bool(job.why or job.cancelled_at) or "no-image" in job.faults

    def address(self, request: Request, job: Job, index: int = 0, form: str = "") -> str:
        """Return the signed address of one of a job's files."""
        until = int(max(self.stage.clock.now(), job.ends_at) + self.links)
        signed = urlencode({"Expires": until, "Signature": _signature(job.id, until)})
        return f"{request.base}/files/{job.id}/{index}.{form or job.order.form}?{signed}"

    def file(self, request: Request) -> Reply:
        """Serve a file by its signed address."""
        id_, index, form = request.args
        until = request.get("Expires", "0")
        signed = request.get("Signature") == _signature(id_, until)
        now = self.stage.clock.now()
        if "expired-link" in request.faults or not signed or now > float(until):
            return Reply(403, b"<Error><Code>AccessDenied</Code></Error>", "application/xml")
        job = self.known(id_)
        if job.phase(now) != "done":
            raise Denied("not-found", "There is no such file")
        delivers = "" if form == "png" and job.order.form == "mp4" else job.id
        body = self.bytes_of(job, int(index), form)
        return Reply(200, body, _FORMS[form], delivers=delivers)

    def bytes_of(self, job: Job, index: int = 0, form: str = "") -> bytes:
        """Return one of a job's files."""
        order = replace(job.order, form=form or job.order.form)
        if "wrong-size" in job.faults:
            width, height = (side // 3 * 2 & ~1 for side in (order.width, order.height))
            order = replace(order, width=width, height=height)
        if order.form == "mp4":
            return marked(self.stage.artist.clip(order), job.id)
        return marked(self.stage.artist.still(order, index), job.id)


def _signature(job: str, until: object) -> str:
    return digest(f"{job}{until}".encode())[:16]
