"""OpenAI GPT Image: pictures from words and up to 16 references, billed by token."""

from __future__ import annotations

import base64
import math
import os
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ValidationError

from stillreel.errors import Refused
from stillreel.providers import stills
from stillreel.providers.outright import Outright, without_nulls
from stillreel.providers.parcel import Form
from stillreel.providers.picture import fitted, size_of
from stillreel.providers.seam import Quote, Unsure
from stillreel.providers.stills import tokens_drawn
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.seam import Job, Reference, StillAsk
    from stillreel.values.money import Money

_HEAD = 65_536
_PATCH = 32
"""Side in pixels of the squares a reference picture is billed by."""
_UNPAID = frozenset(
    {"insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached"}
)
_OVERLOADED = "server_is_overloaded"


class _Words(BaseModel):
    text_tokens: int = 0
    image_tokens: int = 0


class _Usage(BaseModel):
    input_tokens: int = 0
    input_tokens_details: _Words | None = None
    output_tokens: int = 0


class _Picture(BaseModel):
    b64_json: str = ""


class _Answer(BaseModel):
    data: list[_Picture] = []
    usage: _Usage | None = None


class GptImage(Outright):
    """Draws from words alone, or edits ordered references into one picture."""

    name = "gpt-image"
    vendor = "OpenAI"
    package = "stillreel.shelf"
    environment = os.environ

    def headers(self, secret: str) -> dict[str, str]:
        """Return the bearer token."""
        return {"Authorization": f"Bearer {secret}"}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by the vendor's code, else by its status."""
        if reply.code == "moderation_blocked":
            if _stage(reply) == "input":
                return "moderation-input", "Change the words or the reference pictures."
            return "moderation-output", "Another try may pass; else change the words."
        if reply.code in _UNPAID:
            return "account", "Add credit at the vendor, or raise its spending limit."
        if reply.code == _OVERLOADED:
            return "rate", ""
        return super().judge(reply)

    def undone(self, reply: Reply) -> bool:
        """Say that an overloaded server has not begun: the vendor documents it so."""
        return reply.status == 503 and reply.code == _OVERLOADED

    def quote(self, ask: StillAsk) -> Quote:
        """Price an ask by the vendor's rules for tokens of words, references and the picture."""
        drawn = tokens_drawn(*stills.free(ask, self.offer), self.offer.tokens.edge)
        few, many = stills.words(ask)
        unseen = stills.pictures(ask, self.offer) - len(ask.references)
        each = [self._seen(one) for one in ask.references]
        low = sum(least for least, _ in each)
        high = sum(most for _, most in each) + unseen * self.offer.tokens.reference
        middle, slow = self.offer.prior_seconds
        return Quote(
            self._cost(few, low, drawn),
            self._cost(many, high, drawn),
            middle,
            slow,
            f"offer {self.offer.dated.isoformat()}",
        )

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Ask for the picture, once; `key` travels as the request id that support can look for."""
        ordered = stills.free(ask, self.offer)
        body = self.body(ask, ordered)
        act = "edits" if isinstance(body, Form) else "generations"
        try:
            table = await self.wire.create(
                f"{self.offer.path}/{act}",
                body,
                where=ask.subject,
                most=self.offer.body_bytes_max,
                headers={"X-Client-Request-Id": key},
            )
        except Refused as error:
            if error.failure != "moderation-output":
                raise
            # The picture was drawn before it was withheld, and nobody says what that costs.
            return self.undrawn(key, error.what, error.failure, None)
        return self._told(table, key, ask, ordered)

    async def find(self, key: str) -> Job | Unsure | None:
        """Say that this vendor cannot be asked but by a person, who can name the call."""
        return Unsure(
            f"{self.vendor} lists no pictures; its page shows usage, and its support finds the call"
            f" by X-Client-Request-Id {key}"
        )

    def body(self, ask: StillAsk, ordered: tuple[int, int]) -> Table | Form:
        """Return the body of a create call: JSON, or a form where references go along.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        told: dict[str, str] = {
            "model": self.offer.model,
            "prompt": ask.prompt,
            "size": f"{ordered[0]}x{ordered[1]}",
            "quality": self.offer.quality,
            "background": "opaque",
            "output_format": "png",
        }
        sent = stills.sent(ask, self.offer)
        if not sent:
            return {**told, "n": 1}
        limits = self.offer.pictures
        files = [
            fitted(one.file.read_bytes(), limits, f"{ask.subject} {one.label}") for one in sent
        ]
        return Form(
            (*told.items(), ("n", "1")),
            tuple(("image[]", data, media_type(data[:16])) for data in files),
        )

    def _told(self, table: Table, key: str, ask: StillAsk, ordered: tuple[int, int]) -> Job:
        try:
            answer = _Answer.model_validate(without_nulls(table))
        except ValidationError:
            answer = _Answer()
        # By the published rule at worst, where the vendor tells no usage.
        charged = self._settled(answer.usage) or self.quote(ask).high
        if not (answer.data and answer.data[0].b64_json):
            told = f"{self.vendor} answered without a picture."
            return self.undrawn(key, told, "provider", charged)
        try:
            data = base64.b64decode(answer.data[0].b64_json)
        except ValueError:
            told = f"{self.vendor} answered a picture that cannot be read."
            return self.undrawn(key, told, "provider", charged)
        return self.drawn(key, data, ordered, charged)

    def _settled(self, usage: _Usage | None) -> Money | None:
        if usage is None:
            return None
        seen = usage.input_tokens_details or _Words(text_tokens=usage.input_tokens)
        return self._cost(seen.text_tokens, seen.image_tokens, usage.output_tokens)

    def _cost(self, words: int, references: int, drawn: int) -> Money:
        counts: dict[stills.Counted, int] = {
            "words": words,
            "references": references,
            "drawing": drawn,
        }
        return stills.cost(self.offer, counts)

    def _seen(self, one: Reference) -> tuple[int, int]:
        """Return how few and how many tokens a reference is billed by: the rule is inferred."""
        most = self.offer.tokens.reference
        if not one.file.is_file():
            return 0, most
        with one.file.open("rb") as file:
            size = size_of(file.read(_HEAD))
        if size is None:
            return 0, most
        across, down = (math.ceil(side / _PATCH) for side in size)
        return min(across * down, most), min((across + 1) * (down + 1), most)


def _stage(reply: Reply) -> str:
    error = cast("Table", reply.table.get("error"))
    details = error.get("moderation_details")
    told = cast("Table", details).get("moderation_stage") if isinstance(details, dict) else ""
    return str(told)
