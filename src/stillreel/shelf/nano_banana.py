"""Google Nano Banana: one picture from words and up to 14 references, sorted by kind."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ValidationError

from stillreel.errors import NotConfigured
from stillreel.providers import stills
from stillreel.providers.outright import Outright, without_nulls
from stillreel.providers.parcel import Inline
from stillreel.providers.picture import fitted
from stillreel.providers.seam import Quote
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.seam import Job, Reference, StillAsk
    from stillreel.providers.stills import Shape

_SEEDS = 2**31
_REFUSED = frozenset(
    {"SAFETY", "IMAGE_SAFETY", "PROHIBITED_CONTENT", "IMAGE_PROHIBITED_CONTENT", "BLOCKLIST"}
    | {"SPII", "RECITATION", "IMAGE_RECITATION", "MODEL_ARMOR", "ESCALATION"}
    | {"PUP_LIMITED_DISABLED"}
)
"""Reasons to finish that are a refusal of what was drawn; all others are the vendor's own."""


class _File(BaseModel):
    data: str = ""


class _Part(BaseModel):
    inlineData: _File | None = None  # noqa: N815 - the vendor's word
    thought: bool = False
    text: str = ""


class _Content(BaseModel):
    parts: list[_Part] = []


class _Candidate(BaseModel):
    finishReason: str = ""  # noqa: N815 - the vendor's word
    content: _Content = _Content()


class _Feedback(BaseModel):
    blockReason: str = ""  # noqa: N815 - the vendor's word


class _Count(BaseModel):
    modality: str = ""
    tokenCount: int = 0  # noqa: N815 - the vendor's word


class _Usage(BaseModel):
    promptTokenCount: int = 0  # noqa: N815 - the vendor's word
    candidatesTokenCount: int = 0  # noqa: N815 - the vendor's word
    thoughtsTokenCount: int = 0  # noqa: N815 - the vendor's word
    candidatesTokensDetails: list[_Count] = []  # noqa: N815 - the vendor's word


class _Answer(BaseModel):
    candidates: list[_Candidate] = []
    promptFeedback: _Feedback = _Feedback()  # noqa: N815 - the vendor's word
    usageMetadata: _Usage | None = None  # noqa: N815 - the vendor's word
    modelVersion: str = ""  # noqa: N815 - the vendor's word
    responseId: str = ""  # noqa: N815 - the vendor's word


class NanoBanana(Outright):
    """Draws from words alone, or from words and references of people, objects and style."""

    name = "nano-banana"
    vendor = "Gemini"
    package = "stillreel.shelf"
    environment = os.environ

    def headers(self, secret: str) -> dict[str, str]:
        """Return the header that carries the key."""
        return {"x-goog-api-key": secret}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by the vendor's words, else by its status."""
        words = reply.message.lower()
        if reply.status == 503:
            return "rate", ""
        if reply.status == 400 and ("api key" in words or _word(reply) == "FAILED_PRECONDITION"):
            return "account", "Check the key, and that the account is billed and served here."
        return super().judge(reply)

    def undone(self, reply: Reply) -> bool:
        """Say that an overloaded model has not begun: the vendor bills no answer of an error."""
        return reply.status == 503 and _word(reply) == "UNAVAILABLE"

    def quote(self, ask: StillAsk) -> Quote:
        """Price an ask: the picture by its size, and tokens of words, references and thought."""
        picture = self._picture(stills.listed(ask, self.offer).resolution)
        few, many = stills.words(ask)
        shown = stills.pictures(ask, self.offer) * self.offer.tokens.reference
        sent = len(ask.references) * self.offer.tokens.reference
        middle, slow = self.offer.prior_seconds
        return Quote(
            picture + self._tokens(few + sent, 0),
            picture + self._tokens(many + shown, self.offer.tokens.thoughts),
            middle,
            slow,
            f"offer {self.offer.dated.isoformat()}",
        )

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Ask for the picture, once; the vendor has no field that would carry `key`."""
        shape = stills.listed(ask, self.offer)
        table = await self.wire.create(
            f"{self.offer.path}/{self.offer.model}:generateContent",
            self.body(ask, shape),
            where=ask.subject,
            most=self.offer.body_bytes_max,
        )
        return self._told(table, key, ask, shape)

    def body(self, ask: StillAsk, shape: Shape) -> Table:
        """Return the body of a create call: the references in order, then the words.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        parts: list[object] = [self._part(one, ask) for one in stills.sent(ask, self.offer)]
        return {
            "contents": [{"role": "user", "parts": [*parts, {"text": ask.prompt}]}],
            "generationConfig": {
                "responseModalities": ["IMAGE"],
                "imageConfig": {"aspectRatio": shape.ratio, "imageSize": shape.resolution},
                "seed": ask.seed % _SEEDS,
            },
            "store": False,
        }

    def _part(self, one: Reference, ask: StillAsk) -> dict[str, object]:
        where = f"{ask.subject} {one.label}"
        data = fitted(one.file.read_bytes(), self.offer.pictures, where)
        return {"inlineData": {"mimeType": media_type(data[:16]), "data": Inline.bare(data)}}

    def _told(self, table: Table, key: str, ask: StillAsk, shape: Shape) -> Job:
        try:
            answer = _Answer.model_validate(without_nulls(table))
        except ValidationError:
            answer = _Answer()
        charged, name = self._settled(answer.usageMetadata), answer.responseId
        letters = _letters(answer)
        if not letters:
            told, failure = self._why(answer)
            return self.undrawn(key, told, failure, charged, name)
        try:
            data = base64.b64decode(letters)
        except ValueError:
            told = f"{self.vendor} answered a picture that cannot be read."
            return self.undrawn(key, told, "provider", charged, name)
        # By the published rule at worst, where the vendor tells no usage.
        paid = charged or self.quote(ask).high
        job = self.drawn(key, data, (shape.width, shape.height), paid, name)
        return replace(job, model=answer.modelVersion or job.model)

    def _why(self, answer: _Answer) -> tuple[str, Failure]:
        """Return why there is no picture, and the class of that."""
        blocked = answer.promptFeedback.blockReason
        if blocked:
            return f"{self.vendor} refuses what was asked: {blocked}.", "moderation-input"
        reason = answer.candidates[0].finishReason if answer.candidates else ""
        if reason in _REFUSED:
            return f"{self.vendor} withholds what it drew: {reason}.", "moderation-output"
        said = " ".join(part.text for part in _parts(answer) if part.text)
        told = ", ".join(one for one in (reason, said) if one) or "nothing"
        return f"{self.vendor} drew no picture and says: {told}.", "provider"

    def _settled(self, usage: _Usage | None) -> Money | None:
        """Return what the tokens cost that the vendor tells; None where it tells none."""
        if usage is None:
            return None
        rows = [row for row in usage.candidatesTokensDetails if row.modality == "IMAGE"]
        drawn = sum(row.tokenCount for row in rows) if rows else usage.candidatesTokenCount
        beside = max(0, usage.candidatesTokenCount - drawn)
        return stills.cost(self.offer, {"drawing": drawn}) + self._tokens(
            usage.promptTokenCount, usage.thoughtsTokenCount + beside
        )

    def _tokens(self, words: int, thoughts: int) -> Money:
        return stills.cost(self.offer, {"words": words, "thoughts": thoughts})

    def _picture(self, resolution: str) -> Money:
        price = self.offer.price(resolution)
        if price is None or price.per != "picture":
            raise NotConfigured(
                f"{self.id} has no price of a picture at {resolution}.",
                where="offers file",
                next_step=f"Add one to prices for {resolution}.",
            )
        return Money.parse(price.usd)


def _parts(answer: _Answer) -> list[_Part]:
    """Return what was answered; parts of the model's thought are none of it."""
    content = answer.candidates[0].content if answer.candidates else _Content()
    return [part for part in content.parts if not part.thought]


def _letters(answer: _Answer) -> str:
    """Return the base64 of the last picture; earlier ones are drafts."""
    files = [part.inlineData.data for part in _parts(answer) if part.inlineData]
    return files[-1] if files else ""


def _word(reply: Reply) -> str:
    error = reply.table.get("error")
    return str(cast("Table", error).get("status")) if isinstance(error, dict) else ""
