"""What is sent for a clip: the fields its model has published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers import fit
from stillreel.providers.picture import inline
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.offer import Offer

_SEEDS = 2**31


def seed(key: str) -> int:
    """Return the seed that stands for our tag: the one input the model does not read as words."""
    return seed_of("replicate", key) % _SEEDS


def told(ask: MotionAsk, key: str, offer: Offer) -> dict[str, object]:
    """Return the input of a clip.

    Raises:
        Refused: the ask carries what the vendor does not take.
    """
    form, (sent, prompt) = fit.form(ask, offer), fit.sent(ask, offer)
    pictures = [inline(one, offer.pictures, ask.subject) for one in sent]
    plain: dict[str, object] = {
        "prompt": prompt,
        "resolution": form.resolution,
        "aspect_ratio": form.ratio,
        "duration": form.seconds,
        "generate_audio": False,
        "seed": seed(key),
    }
    if ask.read == "frames":
        return {**plain, **dict(zip(("image", "last_frame_image"), pictures, strict=False))}
    return {**plain, "reference_images": pictures}
