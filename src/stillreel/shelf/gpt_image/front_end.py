"""GPT Image at once: pictures from words and up to 16 references, answered by one call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from stillreel.errors import Refused
from stillreel.providers import stills
from stillreel.providers.outright import Outright
from stillreel.providers.parcel import Form
from stillreel.providers.seam import Unsure
from stillreel.shelf.gpt_image import check
from stillreel.shelf.gpt_image.order import Answer, OpenAi, shared
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.providers.ask import StillAsk
    from stillreel.providers.checking import Checked
    from stillreel.providers.reply import Table
    from stillreel.providers.seam import Job


class GptImage(OpenAi, Outright):
    """Draws from words alone, or edits ordered references into one picture."""

    name = "gpt-image"
    environment = os.environ
    check_terms = check.TERMS

    async def check(self, picture: bytes, where: str = "") -> Checked:
        """Ask whether a picture carries the vendor's own signals; sent once."""
        return check.read(await self.wire.create(check.PATH, check.body(picture), where=where))

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Ask for the picture, once; `key` travels as the request id that support can look for."""
        (job,) = await self.submit_several((ask,), (key,))
        return job

    async def submit_several(
        self, asks: Sequence[StillAsk], keys: Sequence[str]
    ) -> tuple[Job, ...]:
        """Ask for several takes of one picture by one call, whose request id holds all keys."""
        ask, many = asks[0], len(keys)
        ordered = stills.free(ask, self.offer)
        body = self.body(ask, ordered, many)
        act = "edits" if isinstance(body, Form) else "generations"
        try:
            table = await self.wire.create(
                f"{self.offer.path}/{act}",
                body,
                where=ask.subject,
                most=self.offer.body_bytes_max,
                headers={"X-Client-Request-Id": " ".join(keys)},
            )
        except Refused as error:
            if error.failure != "moderation-output":
                raise
            # The picture was drawn before it was withheld, and nobody says what that costs.
            return tuple(self.undrawn(key, error.what, error.failure, None) for key in keys)
        return self._told(Answer.of(table), keys, ordered, self.quote(ask).high)

    def _told(
        self, answer: Answer, keys: Sequence[str], ordered: tuple[int, int], worst: Money
    ) -> tuple[Job, ...]:
        """Return what became of each take; `worst` is what one costs where no usage is told."""
        came = answer.pictures()[: len(keys)]
        paid = len(came) or len(keys)
        shares = shared(self.settled(answer) or worst * paid, paid)
        if not came:
            told = f"{self.vendor} answered without a picture."
            return tuple(
                self.undrawn(key, told, "provider", share)
                for key, share in zip(keys, shares, strict=True)
            )
        told = f"{self.vendor} answered {len(came)} of the {len(keys)} pictures that were ordered."
        return (
            *(self.drawn(*one) for one in zip(keys, came, [ordered] * paid, shares, strict=False)),
            *(self.undrawn(key, told, "provider", Money()) for key in keys[paid:]),
        )

    async def find(self, key: str) -> Job | Unsure | None:
        """Say that this vendor cannot be asked but by a person, who can name the call."""
        return Unsure(
            f"{self.vendor} lists no pictures; its page shows usage, and its support finds the call"
            f" by X-Client-Request-Id {key}"
        )

    def body(self, ask: StillAsk, ordered: tuple[int, int], many: int = 1) -> Table | Form:
        """Return the body of a create call: JSON, or a form where references go along.

        Raises:
            Refused: the ask carries what the vendor does not take.
        """
        told, files = self.fields(ask, ordered), self.files(ask)
        if not files:
            return {**told, "n": many}
        return Form(
            (*told.items(), ("n", str(many))),
            tuple(("image[]", data, media_type(data[:16])) for data in files),
        )
