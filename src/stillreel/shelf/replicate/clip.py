"""What is sent for a clip: the fields its model has published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers import fit
from stillreel.providers.picture import inline
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import MotionAsk

_SEEDS = 2**31


def seed(key: str) -> int:
    """Return the seed that stands for our tag: the one input the model does not read as words."""
    return seed_of("replicate", key) % _SEEDS


def told(ask: MotionAsk, key: str, offer: Offer) -> dict[str, object]:
    """Return the input of a clip.

    Raises:
        Refused: the ask carries what the vendor does not take.
    """
    fit.readable(ask, offer)
    form = fit.form(ask, offer)
    plain: dict[str, object] = {
        "resolution": form.resolution,
        "aspect_ratio": form.ratio,
        "duration": form.seconds,
        "generate_audio": False,
        "seed": seed(key),
    }
    if ask.read == "frames":
        ends = [inline(one, offer.pictures, ask.subject) for one in fit.frames(ask, offer)]
        named = dict(zip(("image", "last_frame_image"), ends, strict=False))
        return {"prompt": ask.prompt, **named, **plain}
    sent = fit.references(ask, offer)
    pictures = [inline(one, offer.pictures, ask.subject) for one in sent]
    return {"prompt": fit.spoken(ask, sent, offer), "reference_images": pictures, **plain}
