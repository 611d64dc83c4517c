"""Nano Banana by Interactions: ordered in the background, so that the order is answered at once.

A picture may take minutes, longer than many connections live. Here the order is acknowledged with
a name within seconds, and whatever breaks later is only looked at again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.providers import stills
from stillreel.providers.jobs import Jobs
from stillreel.providers.loose import Loose
from stillreel.providers.seam import Job
from stillreel.shelf.nano_banana.answer import Answer
from stillreel.shelf.nano_banana.order import Gemini, spoken
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import StillAsk
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.seam import Delivered, JobState

_STATES: dict[str, JobState] = {
    "queued": "queued",
    "in_progress": "running",
    "completed": "succeeded",
    "failed": "failed",
    "incomplete": "failed",
    "budget_exceeded": "failed",
    "cancelled": "cancelled",
}
_FREE = frozenset({"internal", "service_unavailable", "deadline_exceeded"})
"""Faults of the vendor's own, which it does not bill."""
_ACCOUNT = frozenset({"payment_required", "quota_exceeded", "permission_denied"})


class _Note(Loose):
    url: str = ""
    title: str = ""


class _Content(Loose):
    type: str = ""
    data: str = ""
    text: str = ""
    annotations: tuple[_Note, ...] = ()


class _Asked(Loose):
    queries: tuple[str, ...] = ()


class _Step(Loose):
    type: str = ""
    content: tuple[_Content, ...] = ()
    arguments: _Asked = _Asked()


class _Count(Loose):
    modality: str = ""
    tokens: int = 0


class _Usage(Loose):
    total_input_tokens: int = 0
    total_output_tokens: int = 0
    total_thought_tokens: int = 0
    output_tokens_by_modality: tuple[_Count, ...] = ()


class _Error(Loose):
    code: str = ""
    message: str = ""


class Interaction(Loose):
    """One order as the vendor tells it."""

    id: str = ""
    status: str = ""
    model: str = ""
    steps: tuple[_Step, ...] = ()
    errors: tuple[_Error, ...] = ()
    usage: _Usage | None = None

    @property
    def fault(self) -> _Error:
        """The first thing that went wrong."""
        return self.errors[0] if self.errors else _Error()

    def answer(self) -> Answer:
        """Return it in the words of the older route, which mean the same."""
        made = [one for step in self.steps if step.type == "model_output" for one in step.content]
        code = self.fault.code.upper()
        notes = [note for one in made for note in one.annotations if note.url]
        facts = {
            "webSearchQueries": [one for step in self.steps for one in step.arguments.queries],
            "groundingChunks": [{"web": {"uri": one.url, "title": one.title}} for one in notes],
        }
        parts = [
            {"inlineData": {"data": one.data}} if one.data else {"text": one.text} for one in made
        ]
        candidate: Table = {"content": {"parts": parts}, "groundingMetadata": facts}
        told: Table = {"candidates": [{**candidate, "finishReason": code}]}
        if code == "CONTENT_BLOCKED":
            told["promptFeedback"] = {"blockReason": code}
        if self.usage is not None:
            rows = self.usage.output_tokens_by_modality
            told["usageMetadata"] = {
                "promptTokenCount": self.usage.total_input_tokens,
                "candidatesTokenCount": self.usage.total_output_tokens,
                "thoughtsTokenCount": self.usage.total_thought_tokens,
                "candidatesTokensDetails": [
                    {"modality": row.modality.upper(), "tokenCount": row.tokens} for row in rows
                ],
            }
        return Answer.of(told)


class NanoBananaInteractions(Gemini, Jobs[Interaction]):
    """Orders a picture in the background and looks until it is there; experimental."""

    name = "nano-banana-interactions"
    states = _STATES
    shape = Interaction
    halt = "/cancel"
    desk = "usage by the hour on its own page"

    def undone(self, reply: Reply) -> bool:
        """Say that an overloaded model has not begun: the vendor bills no answer of an error."""
        return reply.status == 503 and reply.code == "service_unavailable"

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Order the picture, once; the vendor lists nothing by `key`."""
        table = await self.wire.create(
            self.offer.path,
            self.order(ask),
            where=ask.subject,
            most=self.offer.body_bytes_max,
        )
        id_ = self.named(table, "id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model)

    def order(self, ask: StillAsk) -> Table:
        """Return the body of a create call: the references in order, then the words.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        shape = stills.listed(ask, self.offer)
        sent = [self.picture(one, ask) for one in stills.sent(ask, self.offer)]
        shown = [{"type": "image", "mime_type": kind, "data": data} for kind, data in sent]
        looked: Table = {"tools": [{"type": "google_search"}]} if self.looks(ask) else {}
        return {
            **looked,
            "model": self.offer.model,
            "input": [*shown, {"type": "text", "text": spoken(ask)}],
            "response_format": {
                "type": "image",
                "aspect_ratio": shape.ratio,
                "image_size": shape.resolution,
                "mime_type": "image/jpeg",
                "delivery": "inline",
            },
            "generation_config": {"seed": self.seed(ask)},
            "background": True,
            "store": True,
        }

    def address(self, job: Job) -> str:
        """Return where an order is asked after."""
        return f"{self.offer.path}/{job.vendor_id}"

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture, from the vendor if need be.

        Raises:
            Gone: the vendor has it no more.
        """
        now = job if job.files else await self.poll(job)
        if now.files:
            return now.files
        raise self.gone(job, f"{self.vendor} no longer has the picture of {job.vendor_id}.")

    def told(self, one: Interaction, job: Job) -> Job:
        """Return the job as its order stands; its picture stands in the answer."""
        now = replace(self.stands(one.status, job), model=one.model or job.model)
        if now.state in {"queued", "running"}:
            return now
        answer = one.answer()
        charged, data = self.settled(answer), answer.picture()
        if now.state == "succeeded" and data:
            return replace(now, charged=charged, files=self.files(answer, data))
        if now.state == "cancelled":
            return replace(now, charged=Money(), message="it is cancelled", failure="provider")
        said, failure = self._why(one, answer)
        free = charged is None and one.fault.code in _FREE
        return replace(
            now,
            state="failed",
            charged=Money() if free else charged,
            message=self.wire.clean(said),
            failure=failure,
        )

    def _why(self, held: Interaction, answer: Answer) -> tuple[str, Failure]:
        if held.fault.code in _ACCOUNT or held.status == "budget_exceeded":
            said = held.fault.message or held.status
            return f"{self.vendor} stops for the account's sake: {said}.", "account"
        return self.why(answer)
