"""Runway: Seedance 2 through model routers, which list what they were asked and cap its price.

A direct create call leaves nothing to find again. A routed one does: every attempt gets a router
of its own, named after our tag, that knows one model and may spend no more than was quoted. What
its list of requests shows is that attempt's job; where the list is empty, there is none.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.errors import Busy, Gone, Lost, ProviderError, Refused
from stillreel.providers import fit
from stillreel.providers.jobs import Jobs
from stillreel.providers.picture import inline
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.runway.routers import REFUSALS, ROUTERS, Book
from stillreel.shelf.runway.task import STATES, Task, credits_within, ended

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.fit import Form
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import Quote
    from stillreel.shelf.runway.routers import Router

_VERSION = "2024-11-06"
_SEEDS = 2**32


class Runway(Jobs[Task]):
    """Moves boards as references, or single panels as first and last frames."""

    name = "runway"
    vendor = "Runway"
    states = STATES
    shape = Task
    desk = "the developer portal"

    def headers(self, secret: str) -> dict[str, str]:
        """Return the bearer token and the version of the interface."""
        return {**super().headers(secret), "X-Runway-Version": _VERSION}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its words, else by its status."""
        words = reply.told.lower()
        if "enough credits" in words:
            return "account", "Add credit at the vendor."
        if "model" in words and ("eligible" in words or "credits" in words):
            step = "Compare its price with your offers file: a clip may cost no more than quoted."
            return "invalid", step
        return super().judge(reply)

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by the second; the vendor is told to spend no more."""
        return fit.quote(ask, self.offer)

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Make the router of this attempt, which costs nothing; then create a task, once."""
        form = fit.form(ask, self.offer)
        body = {"configId": _slug(key), "input": self._input(ask, form)}
        router = await self._opened(ask, key, form)
        most = self.offer.body_bytes_max
        table = await self.wire.create("v1/generate/video", body, where=ask.subject, most=most)
        id_ = self.named(table, "id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=router)

    async def poll(self, job: Job) -> Job:
        """Ask how a task stands; its router is thrown away with the end of it."""
        now = await super().poll(job)
        over = now.state not in {"queued", "running", "expired"}
        if over and job.state != now.state and job.handle:
            # The id of its task is known, so nobody will ask the router any more.
            with suppress(ProviderError):
                await self.wire.change("DELETE", f"{ROUTERS}/{job.handle}")
        return now

    def address(self, job: Job) -> str:
        """Return where a task is asked after."""
        return f"v1/tasks/{job.vendor_id}"

    def told(self, one: Task, job: Job) -> Job:
        """Return the job as the vendor tells its task."""
        now = ended(one, self.stands(one.status, job), self.offer)
        return replace(now, message=self.wire.clean(now.message))

    def link(self, one: Task) -> str:
        """Return where the clip lies; every look at the task gives a new link."""
        return one.output[0] if one.output else ""

    async def search(self, key: str) -> Job | Unsure | None:
        """Look up the router of an attempt, and what it was asked."""
        book = Book(self.wire)
        router = await book.router(_slug(key))
        rows = await book.asked(router) if router else []
        tasks = [row.task_id for row in rows if row.task_id]
        if len(tasks) > 1:
            return Unsure(f"{self.vendor} tells {len(tasks)} tasks of one attempt.")
        if router is not None and tasks:
            # Not looked at here: its router must outlive the moment its id is written down.
            return Job(self.id, key, tasks[0], "queued", model=self.offer.model, handle=router.id)
        if any(row.status not in REFUSALS for row in rows):
            return Unsure(f"{self.vendor} has the request, and tells no task of it.")
        return None

    async def cancel(self, job: Job) -> Job:
        """Stop a task that still waits; one that runs would be charged in full all the same."""
        now = await self.poll(job)
        if now.state != "queued":
            return now
        reply = await self.wire.change("DELETE", f"v1/tasks/{job.vendor_id}")
        if not reply.done and reply.status != 204:
            return await self.poll(job)
        try:
            return await self.poll(now)
        except Gone:
            # Whether it was refunded was decided by the state the vendor saw, and is not told.
            return replace(now, state="cancelled", charged=None)

    def _input(self, ask: MotionAsk, form: Form) -> dict[str, object]:
        """Return what is to be made, pictures and all.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        sent, prompt = fit.sent(ask, self.offer)
        roles = ("first", "last") if ask.read == "frames" else ("reference",) * len(sent)
        pictures = [
            {"uri": inline(one, self.offer.pictures, ask.subject), "role": role}
            for one, role in zip(sent, roles, strict=False)
        ]
        return {
            "promptText": prompt,
            "referenceImages": pictures,
            "duration": form.seconds,
            "resolution": form.resolution,
            "aspectRatio": form.ratio,
            "audio": False,
            "seed": ask.seed % _SEEDS,
        }

    async def _opened(self, ask: MotionAsk, key: str, form: Form) -> str:
        """Return the id of the attempt's router: made now, or before the vendor said to wait.

        Raises:
            Busy: the vendor takes no more for now.
            ProviderError: there is none; nothing was charged.
        """
        most = credits_within(fit.cost(form, self.offer), self.offer)
        settings = {
            "models": {"mode": "allowlist_only", "ids": [self.offer.model]},
            "maxCreditsPerGeneration": {"video": most},
        }
        body = {"slug": _slug(key), "name": f"stillreel {ask.subject}", "settings": settings}
        try:
            table = await self.wire.create(ROUTERS, body, where=ask.subject)
            return self.named(table, "id", ask.subject)
        except Busy:
            raise
        except (Lost, Refused) as error:
            there = await self._there(_slug(key))
            if there is not None:
                return there.id
            if isinstance(error, Refused):
                raise
            raise ProviderError(
                self.wire.clean(f"{self.vendor} made no router for the clip: {error.what}"),
                where=ask.subject,
                next_step="Run again: the clip itself was not asked for.",
            ) from None

    async def _there(self, slug: str) -> Router | None:
        """Return a router that may be there already; None where nobody can say."""
        try:
            return await Book(self.wire).router(slug)
        except ProviderError:
            return None


def _slug(key: str) -> str:
    """Return the name of the router of one attempt."""
    return f"stillreel-{key}"
