"""What both routes to GPT Image share: the words of an order, its price, and what comes back."""

from __future__ import annotations

import base64
import math
from abc import ABC
from typing import TYPE_CHECKING, cast

from stillreel.providers import stills
from stillreel.providers.loose import Loose
from stillreel.providers.picture import size_of, taken
from stillreel.providers.remote import Remote
from stillreel.providers.seam import Quote
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import Reference, StillAsk
    from stillreel.providers.reply import Reply, Table

_HEAD = 65_536
_PATCH = 32
"""Side in pixels of the squares a reference picture is billed by."""
_UNPAID = frozenset({"insufficient_quota", "credit_balance_exhausted"})
_OVERLOADED = "server_is_overloaded"


class _Words(Loose):
    text_tokens: int = 0
    image_tokens: int = 0


class _Usage(Loose):
    input_tokens: int = 0
    input_tokens_details: _Words | None = None
    output_tokens: int = 0


class _Picture(Loose):
    b64_json: str = ""


class Answer(Loose):
    """Pictures as the vendor answers them, and the tokens they took."""

    data: tuple[_Picture, ...] = ()
    usage: _Usage | None = None

    def picture(self) -> bytes:
        """Return the bytes of the first picture; none where there is none that can be read."""
        return next(iter(self.pictures()), b"")

    def pictures(self) -> list[bytes]:
        """Return the bytes of every picture that can be read."""
        return [data for one in self.data if (data := _bytes(one.b64_json))]


class OpenAi(Remote, ABC):
    """Speaks to OpenAI: how it is greeted, how it says no, what it bills."""

    vendor = "OpenAI"
    package = "stillreel.shelf.gpt_image"

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
        drawn = stills.tokens_drawn(*stills.free(ask, self.offer), self.offer.tokens.edge)
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

    def fields(self, ask: StillAsk, ordered: tuple[int, int]) -> dict[str, str]:
        """Return what is said of a picture, whichever way and however often it is ordered."""
        return {
            "model": self.offer.model,
            "prompt": ask.prompt,
            "size": f"{ordered[0]}x{ordered[1]}",
            "quality": self.offer.quality,
            "background": "opaque",
            "output_format": "png",
        }

    def files(self, ask: StillAsk) -> list[bytes]:
        """Return the references in order, each within the vendor's limits.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        limits = self.offer.pictures
        sent = stills.sent(ask, self.offer)
        return [taken(one, limits, ask.subject) for one in sent]

    def settled(self, answer: Answer) -> Money | None:
        """Return what an answer costs by the tokens it tells; None where it tells none."""
        usage = answer.usage
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


def shared(total: Money, among: int) -> list[Money]:
    """Return a sum of money in equal parts, whole micro-dollars that add up to it."""
    each, over = divmod(total.micros, among)
    return [Money(each + (at < over), total.currency) for at in range(among)]


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


def _stage(reply: Reply) -> str:
    """Return where a picture was blocked: `input`, `output`, or something else."""
    error = reply.table.get("error")
    details = cast("Table", error).get("moderation_details") if isinstance(error, dict) else None
    told = cast("Table", details).get("moderation_stage") if isinstance(details, dict) else ""
    return str(told)
