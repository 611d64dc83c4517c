"""What every route to Nano Banana shares: the words of an order, its price, and its refusals."""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING, cast

from stillreel.errors import NotConfigured
from stillreel.providers import stills
from stillreel.providers.parcel import Inline
from stillreel.providers.picture import taken
from stillreel.providers.remote import Remote
from stillreel.providers.seam import Delivered, Quote
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import Reference, StillAsk
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.stills import Shape
    from stillreel.shelf.nano_banana.answer import Answer

_SEEDS = 2**31


class Gemini(Remote, ABC):
    """Speaks to Gemini: how it is greeted, how it says no, what it bills."""

    vendor = "Gemini"

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
        looked = self.offer.tokens.searches if self.looks(ask) else 0
        return Quote(
            picture + self._tokens(few + sent, 0),
            picture + self._tokens(many + shown, self.offer.tokens.thoughts) + self._facts(looked),
            middle,
            slow,
            f"offer {self.offer.dated.isoformat()}",
        )

    def body(self, ask: StillAsk, shape: Shape) -> Table:
        """Return what is asked: the references in order, then the words.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        sent = [self.picture(one, ask) for one in stills.sent(ask, self.offer)]
        shown = [{"inlineData": {"mimeType": kind, "data": data}} for kind, data in sent]
        # Only the web is searched: pictures of it would be references that nobody approved.
        looked: Table = {"tools": [{"googleSearch": {}}]} if self.looks(ask) else {}
        return {
            **looked,
            "contents": [{"role": "user", "parts": [*shown, {"text": spoken(ask)}]}],
            "generationConfig": {
                "responseModalities": ["IMAGE"],
                "imageConfig": {"aspectRatio": shape.ratio, "imageSize": shape.resolution},
                "seed": self.seed(ask),
            },
        }

    def why(self, answer: Answer) -> tuple[str, Failure]:
        """Return why there is no picture, and the class of that."""
        if answer.blocked:
            return f"{self.vendor} refuses what was asked: {answer.blocked}.", "moderation-input"
        if answer.withheld:
            return f"{self.vendor} withholds what it drew: {answer.withheld}.", "moderation-output"
        return f"{self.vendor} drew no picture and says: {answer.told}.", "provider"

    def settled(self, answer: Answer) -> Money | None:
        """Return what an answer costs by what it tells; None where it tells no tokens.

        Some searches a month are free, which an answer does not tell: they count as paid.
        """
        usage = answer.usageMetadata
        if usage is None:
            return None
        drawing = stills.cost(self.offer, {"drawing": usage.drawn})
        words = self._tokens(usage.promptTokenCount, usage.thought)
        return drawing + words + self._facts(len(answer.searches))

    def files(self, answer: Answer, data: bytes) -> tuple[Delivered, ...]:
        """Return the picture of an answer, and beside it where its facts were found."""
        found = answer.sources()
        picture = Delivered(data, media_type(data[:16]))
        if not found:
            return (picture,)
        return (picture, Delivered(found, media_type(found[:16]), "sources"))

    def picture(self, one: Reference, ask: StillAsk) -> tuple[str, Inline]:
        """Return the kind of a reference and its bytes, within the vendor's limits.

        Raises:
            Refused: it cannot be made to fit.
        """
        data = taken(one, self.offer.pictures, ask.subject)
        return media_type(data[:16]), Inline.bare(data)

    def looks(self, ask: StillAsk) -> bool:
        """Say whether facts are looked up for an ask."""
        return ask.grounded and self.offer.grounds

    def seed(self, ask: StillAsk) -> int:
        """Return the seed of an ask, as large as the vendor takes."""
        return ask.seed % _SEEDS

    def _facts(self, searches: int) -> Money:
        price = self.offer.price(of="facts") if searches else None
        return Money.parse(price.usd) * searches if price else Money()

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


def spoken(ask: StillAsk) -> str:
    """Return the prompt, and after it the words that shall stand in the picture."""
    if not ask.lettering:
        return ask.prompt
    words = ", ".join(f'"{one}"' for one in ask.lettering)
    return f"{ask.prompt.rstrip()}\nWords in the picture, spelt exactly so: {words}.\n"


def _word(reply: Reply) -> str:
    error = reply.table.get("error")
    return str(cast("Table", error).get("status")) if isinstance(error, dict) else ""
