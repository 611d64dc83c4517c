"""The front-end of open weights: one picture from words and references, drawn on this machine."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING, Any

from stillreel.errors import Refused
from stillreel.providers import stills
from stillreel.providers.picture import taken
from stillreel.providers.seam import Delivered
from stillreel.shelf.diffusers import loading
from stillreel.shelf.diffusers.model import Family, Model, Words

if TYPE_CHECKING:
    from stillreel.providers.ask import Reference, StillAsk
    from stillreel.providers.figures import Weights
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Job, Quote


def _flux(told: Weights, pictures: list[Any]) -> Words:
    return {"image": pictures or None, "guidance_scale": told.guidance}


def _qwen(told: Weights, pictures: list[Any]) -> Words:
    return {
        "image": pictures,
        "true_cfg_scale": told.guidance,
        # without one, even a blank one, these are not guided at all
        "negative_prompt": told.negative or " ",
    }


class DiffusersImage(Model):
    """Draws sheets and boards with a model that lies on this disk; it stays loaded between asks."""

    id = "diffusers-image"
    families = {  # noqa: RUF012 - a constant of the base
        "Flux2KleinPipeline": Family(_flux),
        "Flux2Pipeline": Family(_flux),
        "QwenImageEditPlusPipeline": Family(_qwen, ("torchvision",), edits=True),
    }

    def quote(self, ask: StillAsk) -> Quote:
        """Return no money, and the published times; own samples count as soon as there are any."""
        stills.free(ask, self.offer)
        return self.timed(*self.offer.prior_seconds)

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Draw the picture and return the finished job.

        Raises:
            Refused: the size, the prompt or the references are beyond the model.
            NotConfigured: the weights are not here, or cannot be loaded.
            ProviderError: the memory is full, or the model fails.
        """
        offer, told, family = self.offer, loading.weights(self.offer), self.family
        width, height = stills.free(ask, offer)
        pictures = [_opened(one, ask, offer) for one in stills.sent(ask, offer)]
        if family.edits and not pictures:
            raise Refused(
                f"{offer.model} draws only from pictures, and {ask.subject} comes without one.",
                where=ask.subject,
                next_step=f"Name {offer.provider} for boards only, or another in film.toml.",
                failure="invalid",
            )
        pipe = loading.opened(offer, family.exact)
        with loading.running(offer, ask.subject):
            picture = pipe(
                prompt=ask.prompt,
                width=width,
                height=height,
                num_inference_steps=told.steps,
                generator=loading.generator(ask.seed),
                **family.words(told, pictures),
            ).images[0]
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
        return self.done(key, Delivered(out.getvalue(), "image/png"))


def _opened(one: Reference, ask: StillAsk, offer: Offer) -> Any:  # noqa: ANN401 - untyped library
    """Return a reference as the libraries take it."""
    data = taken(one, offer.pictures, ask.subject)
    return import_module("PIL.Image").open(io.BytesIO(data)).convert("RGB")
