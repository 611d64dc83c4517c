"""What is sent for a clip: the endpoint, and the fields it has published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers import fit
from stillreel.providers.picture import inline
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.offer import Offer

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
    form, (sent, prompt) = fit.form(ask, offer), fit.sent(ask, offer)
    pictures = [inline(one, offer.pictures, ask.subject) for one in sent]
    references, frames = WAYS
    told: Body = {
        "prompt": prompt,
        "resolution": form.resolution,
        "aspect_ratio": form.ratio,
        # The vendor takes the length as a word.
        "duration": str(form.seconds),
        "generate_audio": False,
        "seed": seed(key),
    }
    if ask.read == "frames":
        named = zip(("image_url", "end_image_url"), pictures, strict=False)
        return f"{offer.model}/{frames}", {**told, **dict(named)}
    return f"{offer.model}/{references}", {**told, "image_urls": pictures}
