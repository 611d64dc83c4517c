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
from stillreel.shelf.gpt_image.order import Answer, OpenAi
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
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
        answer = Answer.of(table)
        # By the published rule at worst, where the vendor tells no usage.
        charged, data = self.settled(answer) or self.quote(ask).high, answer.picture()
        if not data:
            told = f"{self.vendor} answered without a picture."
            return self.undrawn(key, told, "provider", charged)
        return self.drawn(key, data, ordered, charged)

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
        told, files = self.fields(ask, ordered), self.files(ask)
        if not files:
            return {**told, "n": 1}
        return Form(
            (*told.items(), ("n", "1")),
            tuple(("image[]", data, media_type(data[:16])) for data in files),
        )
