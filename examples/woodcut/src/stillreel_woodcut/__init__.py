"""Woodcut: pictures as jobs that are polled, at a vendor that keeps no list of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from stillreel.providers import stills
from stillreel.providers.jobs import Jobs
from stillreel.providers.picture import inline
from stillreel.providers.seam import Job
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import StillAsk
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import Quote


class Print(BaseModel):
    """A print as the vendor tells it."""

    status: str = ""
    url: str = ""
    why: str = ""


class Woodcut(Jobs[Print]):
    """Draws sheets and boards."""

    name = "woodcut"
    vendor = "Woodcut"
    shape = Print
    states = {  # noqa: RUF012 - never changed
        "waiting": "queued",
        "carving": "running",
        "printed": "succeeded",
        "spoiled": "failed",
    }

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its words, else by its status."""
        if "real person" in reply.message:
            return "real-person", "Draw them less like a photograph."
        if "policy" in reply.message:
            return "moderation-input", "Change the words."
        return super().judge(reply)

    def quote(self, ask: StillAsk) -> Quote:
        """Price a print: the same for every size."""
        return stills.quote(ask, self.offer)

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Order a print, once; the vendor has no field that would carry `key`."""
        width, height = stills.free(ask, self.offer)
        sent = stills.sent(ask, self.offer)
        body = {
            "model": self.offer.model,
            "prompt": ask.prompt,
            "size": [width, height],
            "seed": ask.seed,
            "pictures": [inline(one, self.offer.pictures, ask.subject) for one in sent],
        }
        table = await self.wire.create("prints", body, where=ask.subject)
        id_ = self.named(table, "id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model)

    def address(self, job: Job) -> str:
        """Return where a print is asked after."""
        return f"prints/{job.vendor_id}"

    def told(self, one: Print, job: Job) -> Job:
        """Return the job as the vendor tells its print; one that is spoiled costs nothing."""
        now = self.stands(one.status, job)
        if now.state == "succeeded":
            return replace(now, charged=stills.piece(self.offer))
        if now.state == "failed":
            failure: Failure = "moderation-output" if "policy" in one.why else "provider"
            said = self.wire.clean(one.why or "it was spoiled")
            return replace(now, charged=Money(), failure=failure, message=said)
        return now

    def link(self, one: Print) -> str:
        """Return where the picture lies."""
        return one.url
