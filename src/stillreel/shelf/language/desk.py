"""The desk: a language model writes, or looks at pictures and judges; one request for each ask."""

from __future__ import annotations

import asyncio
import json
from dataclasses import fields
from decimal import ROUND_CEILING
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, get_args
from urllib.parse import urlsplit

from stillreel.errors import NotConfigured, Refused
from stillreel.providers.ask import JudgeAnswer, JudgeAsk, Seen, WriteAsk
from stillreel.providers.connect import Connections
from stillreel.providers.keys import Key
from stillreel.providers.outright import Outright
from stillreel.providers.registry import own_offers
from stillreel.providers.reply import by_status
from stillreel.providers.seam import Delivered, Job, Quote, Status
from stillreel.providers.words import Words
from stillreel.shelf.language.house import HOUSES, KEYLESS, model_of
from stillreel.shelf.language.post import Letter, Once, post, said, trouble
from stillreel.values.money import Money

if TYPE_CHECKING:
    from decimal import Decimal

    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model
    from pydantic_ai.usage import RequestUsage

_OPEN = "compatible"
_JUDGED_MOST = 2_000
"""Tokens a judge may answer with, its thoughts included."""
_JUDGED_LIKELY = 120
_AROUND = 600
"""Tokens that a vendor adds for the form of the answer."""
_FEW, _MANY = 4, 2
"""Bytes of a prompt that make a token: in plain English, and at worst."""
_JSON = "application/json"
_PAID = ("words", "answer")
"""Which tokens a price must be known for."""


class Language(Outright):
    """A model by house and name; a writer, and a judge."""

    name = "llm"
    made = "answer"
    again = "Ask anew: stillreel plan --again."
    tools: ClassVar[tuple[str, ...]] = ("pydantic_ai.direct",)

    def __init__(
        self,
        label: str = "",
        mine: Path | None = None,
        *,
        model: Model | None = None,
        **given: Any,  # noqa: ANN401 - what every provider at a wire takes
    ) -> None:
        """Read the offer; no connection is made yet.

        Args:
            label: house and model, such as `openai:gpt-6.1-sol`; empty for the first.
            mine: a user's own offers file.
            model: answers in place of the vendor, in tests.
            given: see `Remote`.
        """
        house, _, chosen = label.partition(":")
        try:
            super().__init__(label, mine, **given)
        except NotConfigured:
            if house != _OPEN or not chosen:
                raise
            super().__init__(_OPEN, mine, **given)
            self.id = f"{self.name}:{label}"
            own = {"model": chosen, "label": label, "provider": self.id, "version": f"1 {chosen}"}
            self.offer = self.offer.model_copy(update=own)
        self.house = self.offer.label.partition(":")[0]
        # One class for several vendors.
        self.vendor = HOUSES[self.house]  # pyright: ignore[reportAttributeAccessIssue]
        self._model = model

    def headers(self, secret: str) -> dict[str, str]:
        """Return none: the vendor's own client sends the key."""
        del secret
        return {}

    def key(self) -> Key | None:
        """Return the vendor's key; an endpoint of one's own may take none."""
        found = super().key()
        return Key(KEYLESS, "none") if found is None and self.house == _OPEN else found

    def status(self) -> Status:
        """Say whether the extra, a key, an address and a price are there, without a call."""
        if find_spec("pydantic_ai") is None:
            return Status("not configured", "it needs the extra: pip install 'stillreel[writer]'")
        return super().status()

    def quote(self, ask: WriteAsk | JudgeAsk) -> Quote:
        """Price an ask by the token: its likely answer, and the longest that is allowed.

        Raises:
            NotConfigured: the offers file has no price for a million tokens.
        """
        letter = _letter(ask)
        size = sum(len(t.encode()) for t in (letter.instructions, letter.prompt, letter.schema))
        seen = len(letter.pictures)
        likely = _JUDGED_LIKELY if isinstance(ask, JudgeAsk) else ask.tokens_likely
        few = size // _FEW + seen * self.offer.tokens.reference // 4
        many = size // _MANY + seen * self.offer.tokens.reference + _AROUND
        middle, slow = self.offer.prior_seconds
        return Quote(
            self._costs(few, likely or letter.tokens_max),
            self._costs(many, letter.tokens_max),
            middle,
            slow,
            f"offer {self.offer.dated.isoformat()}",
        )

    async def submit(self, ask: WriteAsk | JudgeAsk, key: str) -> Job:
        """Put an ask to the model, once, and return the finished job."""
        letter, secret = _letter(ask), self._secret()
        _fits(letter, self.offer.prompt_letters_max)
        once, words = Once(), Words(self.vendor, (secret,), by_status)
        lent = Connections(self._base(), self.offer.timeout, self._transport)
        async with lent.client() as client:
            client.event_hooks = {"request": [once.watch], "response": []}
            model = self._model or model_of(
                self.house,
                self.offer.model,
                secret=secret,
                base=self._base(),
                timeout=self.offer.timeout,
                client=client,
            )
            try:
                async with asyncio.timeout(self.offer.timeout):
                    response = await post(model, letter)
            except Exception as error:  # noqa: BLE001 - whatever it was, the request may have left
                raise trouble(error, once, words, ask.subject) from None
        return self._answered(response, letter, key)

    def _answered(self, response: ModelResponse, letter: Letter, key: str) -> Job:
        held = response.finish_reason == "content_filter"
        cut = response.finish_reason == "length"
        return Job(
            self.id,
            key,
            response.provider_response_id or key,
            "failed" if held else "succeeded",
            charged=self._settled(response.usage),
            message=f"{self.vendor} withheld its answer." if held else "",
            files=() if held else (Delivered(said(response), _JSON),),
            model=response.model_name or self.offer.model,
            failure="moderation-input" if held else None,
            warning=f"the answer was cut at {letter.tokens_max} tokens" if cut else "",
        )

    def _settled(self, usage: RequestUsage) -> Money | None:
        """Return what an answer cost; None where the vendor counts no tokens."""
        if not usage.input_tokens and not usage.output_tokens:
            return None
        kept = min(usage.cache_read_tokens, usage.input_tokens)
        return self._costs(usage.input_tokens - kept, usage.output_tokens, kept)

    def _costs(self, words: int, answer: int, cached: int = 0) -> Money:
        if self._free():
            return Money()
        # Where nothing is taken off for words that the house still had, they cost what words cost.
        kept = self._price("cached" if self.offer.price(of="cached") else "words")
        total = words * self._price("words") + cached * kept + answer * self._price("answer")
        # Dollars for a million tokens are micro-dollars for one.
        return Money(int(total.to_integral_value(ROUND_CEILING)))

    def _price(self, of: str) -> Decimal:
        found = self.offer.price(of=of)
        if found is None or found.per != "million tokens":
            raise NotConfigured(f"{self.id} has no price.", next_step=f"{self._unpriced()}.")
        return found.amount

    def _unpriced(self) -> str:
        """Say what to write where a price is not known; empty where it is, or where none is due."""
        if self._free() or {one.of for one in self.offer.prices} >= set(_PAID):
            return ""
        file = self._mine or (own_offers() or Path("offers")) / f"{self.name}.toml"
        rows = ", ".join(f'{{ usd = "1.00", per = "million tokens", of = "{of}" }}' for of in _PAID)
        named = f'label = "{self.offer.label}", id = "{self.offer.model}"'
        line = f"model = [{{ {named}, prices = [{rows}] }}]"
        return f"its price is not known: write it into {file}, as in {line}"

    def _free(self) -> bool:
        """Say whether it is an endpoint of one's own, on this machine or beside it."""
        host = urlsplit(self._base()).hostname or ""
        if self.house != _OPEN or self.offer.prices:
            return False
        try:
            return ip_address(host).is_private
        except ValueError:
            return host == "localhost" or host.endswith(".local")

    @property
    def _setting(self) -> str:
        # An address of one's own must not be shown the key of a vendor.
        own = "" if self.house == _OPEN else f"{self.house.upper()}_"
        return f"STILLREEL_LLM_{own}BASE_URL"

    def _secret(self) -> str:
        found, wrong = self.key(), self._unready()
        if found is None or wrong:
            raise NotConfigured(
                f"{self.vendor} cannot be asked: {wrong}.", next_step="Set it, then go on."
            )
        return found.secret


def _fits(letter: Letter, longest: int) -> None:
    if longest and len(letter.prompt) > longest:
        raise Refused(
            f"The prompt has {len(letter.prompt):,} letters; {longest:,} are sent at most.",
            where=letter.subject,
            next_step="Shorten the story, or plan it in parts.",
            failure="invalid",
        )


def _letter(ask: WriteAsk | JudgeAsk) -> Letter:
    if isinstance(ask, WriteAsk):
        return Letter(ask.subject, ask.instructions, ask.prompt, ask.schema, ask.tokens_max)
    shown = tuple(one.data for one in ask.pictures)
    return Letter(ask.subject, "", ask.prompt, _JUDGED, _JUDGED_MOST, shown)


_JUDGED = json.dumps(
    {
        "type": "object",
        "properties": {
            one.name: {
                "type": "string",
                **({"enum": list(get_args(Seen))} if one.name == "seen" else {}),
            }
            for one in fields(JudgeAnswer)
        },
        "required": [one.name for one in fields(JudgeAnswer)],
        "additionalProperties": False,
    }
)
"""The form of `JudgeAnswer`."""
