"""Nano Banana at once: one picture from words and up to 14 references, sorted by kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.providers import stills
from stillreel.providers.outright import Outright
from stillreel.shelf.nano_banana.answer import Answer
from stillreel.shelf.nano_banana.order import Gemini

if TYPE_CHECKING:
    from stillreel.providers.ask import StillAsk
    from stillreel.providers.seam import Job
    from stillreel.providers.stills import Shape


class NanoBanana(Gemini, Outright):
    """Draws from words alone, or from words and references of people, objects and style."""

    name = "nano-banana"

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Ask for the picture, once; the vendor has no field that would carry `key`."""
        shape = stills.listed(ask, self.offer)
        table = await self.wire.create(
            f"{self.offer.path}/{self.offer.model}:generateContent",
            {**self.body(ask, shape), "store": False},
            where=ask.subject,
            most=self.offer.body_bytes_max,
        )
        return self._told(Answer.of(table), key, ask, shape)

    def _told(self, answer: Answer, key: str, ask: StillAsk, shape: Shape) -> Job:
        charged, name = self.settled(answer), answer.responseId
        data = answer.picture()
        if data is None:
            told = f"{self.vendor} answered a picture that cannot be read."
            return self.undrawn(key, told, "provider", charged, name)
        if not data:
            told, failure = self.why(answer)
            return self.undrawn(key, told, failure, charged, name)
        # By the published rule at worst, where the vendor tells no usage.
        paid = charged or self.quote(ask).high
        job = self.drawn(key, data, (shape.width, shape.height), paid, name)
        files = self.files(answer, data) if job.files else ()
        return replace(job, files=files, model=answer.modelVersion or job.model)
