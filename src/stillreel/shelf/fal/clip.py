"""What is sent for a clip: the endpoint, and the fields it has published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers import fit
from stillreel.providers.picture import inline
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import MotionAsk

Body = dict[str, object]

_SEEDS = 2**31
WAYS = ("reference-to-video", "image-to-video")
"""Endpoints of a model that moves clips: by references, and by first and last frame."""


def seed(key: str) -> int:
    """Return the seed that stands for our tag: the one field the history tells again."""
    return seed_of("fal", key) % _SEEDS


def body(ask: MotionAsk, key: str, offer: Offer) -> tuple[str, Body]:
    """Return the endpoint and the body of a clip.

    Raises:
        Refused: the ask carries what the vendor does not take.
    """
    fit.readable(ask, offer)
    form = fit.form(ask, offer)
    references, frames = WAYS
    told: Body = {
        "resolution": form.resolution,
        "aspect_ratio": form.ratio,
        # The vendor takes the length as a word.
        "duration": str(form.seconds),
        "generate_audio": False,
        "seed": seed(key),
    }
    if ask.read == "frames":
        ends = [inline(one, offer.pictures, ask.subject) for one in fit.frames(ask, offer)]
        named = dict(zip(("image_url", "end_image_url"), ends, strict=False))
        return f"{offer.model}/{frames}", {"prompt": ask.prompt, **named, **told}
    sent = fit.references(ask, offer)
    pictures = [inline(one, offer.pictures, ask.subject) for one in sent]
    prompt = fit.spoken(ask, sent, offer)
    return f"{offer.model}/{references}", {"prompt": prompt, "image_urls": pictures, **told}
