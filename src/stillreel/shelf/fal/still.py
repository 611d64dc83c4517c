"""What is sent for a still, and what it costs: by the token, or by the picture."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, cast

from stillreel.providers import stills
from stillreel.providers.picture import inline
from stillreel.providers.seam import Quote
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.providers.ask import StillAsk
    from stillreel.providers.offer import Offer

_STEP = 1000
"""Micro-dollars that a list price is rounded up to."""


def body(ask: StillAsk, offer: Offer) -> tuple[str, dict[str, object]]:
    """Return the endpoint and the body of a still; references go to the endpoint that edits.

    Raises:
        Refused: the ask carries what the vendor does not take.
    """
    sent = stills.sent(ask, offer)
    told: dict[str, object] = {"prompt": ask.prompt, "num_images": 1, **_size(ask, offer)}
    if not sent:
        return offer.model, told
    pictures = [inline(one, offer.pictures, ask.subject) for one in sent]
    return f"{offer.model}/edit", {**told, "image_urls": pictures}


def quote(ask: StillAsk, offer: Offer) -> Quote:
    """Price a still: the picture itself, and at worst words, references and rounding besides."""
    low = worth(_size(ask, offer), offer)
    most = low
    if offer.canvas is not None:
        seen = stills.pictures(ask, offer) * offer.tokens.reference
        besides = stills.cost(offer, {"words": stills.words(ask)[1], "references": seen})
        most = Money(ceil((low + besides).micros / _STEP) * _STEP)
    middle, slow = offer.prior_seconds
    return Quote(low, most, middle, slow, f"offer {offer.dated.isoformat()}")


def worth(told: Mapping[str, object], offer: Offer) -> Money:
    """Return what a picture costs by the fields it is ordered with.

    Raises:
        NotConfigured: the offers file has no price for it.
    """
    size = told.get("image_size")
    if isinstance(size, dict):
        sides = cast("dict[str, int]", size)
        drawn = stills.tokens_drawn(sides["width"], sides["height"], offer.tokens.edge)
        return stills.cost(offer, {"drawing": drawn})
    return stills.piece(offer, str(told.get("resolution")))


def _size(ask: StillAsk, offer: Offer) -> dict[str, object]:
    if offer.canvas is not None:
        width, height = stills.free(ask, offer)
        return {"image_size": {"width": width, "height": height}, "quality": offer.quality}
    shape = stills.listed(ask, offer)
    return {"aspect_ratio": shape.ratio, "resolution": shape.resolution}
