"""LTX: its own models by jobs (v2), first and last frames, the camera told by a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from stillreel.providers import fit
from stillreel.providers.jobs import Jobs
from stillreel.providers.picture import inline
from stillreel.providers.seam import Job
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.fit import Form
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, Quote
    from stillreel.values.scene import Move

_ROUTE = "v2/image-to-video"
_STATES: dict[str, JobState] = {
    "pending": "queued",
    "processing": "running",
    "completed": "succeeded",
    "failed": "failed",
}
_MOVES: dict[Move, str] = {
    "static": "static",
    "push": "dolly_in",
    "pull": "dolly_out",
    "track-left": "dolly_left",
    "track-right": "dolly_right",
    "crane-up": "jib_up",
    "crane-down": "jib_down",
}
"""Moves the vendor has a word for; the others stand in the prompt alone."""
_FILTERED = "content_filter"


class _Result(BaseModel):
    video_url: str | None = None


class _Error(BaseModel):
    type: str = ""
    message: str = ""


class _Task(BaseModel):
    status: str = ""
    result: _Result | None = None
    error: _Error | None = None


class Ltx(Jobs[_Task]):
    """Moves single panels as first and last frames; it takes no references."""

    name = "ltx"
    vendor = "LTX"
    states = _STATES
    shape = _Task

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by its kind, else by its status."""
        if reply.status == 422 or reply.code.startswith(_FILTERED):
            return "moderation-input", "Change the words or the frames."
        return super().judge(reply)

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by the second, at the length that would be ordered."""
        return fit.quote(ask, self.offer)

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Create a job, once; the vendor has no field that would carry `key`."""
        form = fit.form(ask, self.offer)
        cost = fit.cost(form, self.offer)
        body, most = self._body(ask, form), self.offer.body_bytes_max
        table = await self.wire.create(_ROUTE, body, where=ask.subject, most=most)
        id_ = self.named(table, "id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=str(cost))

    def address(self, job: Job) -> str:
        """Return where a job is asked after."""
        return f"{_ROUTE}/{job.vendor_id}"

    def link(self, one: _Task) -> str:
        """Return where the clip lies."""
        return (one.result.video_url or "") if one.result else ""

    def _body(self, ask: MotionAsk, form: Form) -> dict[str, object]:
        """Return the body of a create call, frames and all.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        fit.readable(ask, self.offer)
        sent = fit.shown(ask, self.offer)
        ends = [inline(one, self.offer.pictures, ask.subject) for one in sent]
        move = camera(ask)
        return {
            "prompt": ask.prompt,
            "model": self.offer.model,
            "resolution": f"{form.width}x{form.height}",
            "duration": form.seconds,
            "fps": fit.rate(ask, self.offer),
            "generate_audio": False,
            **({"camera_motion": move} if move else {}),
            **dict(zip(("image_uri", "last_frame_uri"), ends, strict=False)),
        }

    def told(self, one: _Task, job: Job) -> Job:
        """Return the job as the vendor tells it, which tells no usage."""
        now = self.stands(one.status, job)
        if now.state == "succeeded":
            # A job that a person found again has no price with it.
            return replace(now, charged=Money.parse(job.handle) if job.handle else None)
        if now.state != "failed":
            return now
        error = one.error or _Error()
        filtered = error.type.startswith(_FILTERED)
        words = ", ".join(word for word in (error.type, error.message) if word)
        return replace(
            now,
            charged=Money(),
            message=self.wire.clean(words or f"{self.vendor} says that it failed, and not why"),
            failure="moderation-output" if filtered else "provider",
        )


def camera(ask: MotionAsk) -> str:
    """Return the vendor's word for what the camera does, or nothing.

    The word holds for the whole clip, so it is said only where one move fills more than half of it.
    """
    spans = Counter[str]()
    for panel in ask.board.panels:
        spans[_MOVES.get(panel.move, "")] += panel.frames
    word, frames = spans.most_common(1)[0] if spans else ("", 0)
    return word if 2 * frames > spans.total() else ""
