"""What is sent for a still, and what it costs: by the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.providers import stills
from stillreel.providers.picture import inline
from stillreel.providers.seam import Quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.providers.ask import StillAsk
    from stillreel.providers.offer import Offer
    from stillreel.shelf.replicate.prediction import Prediction
    from stillreel.values.money import Money


def told(ask: StillAsk, offer: Offer) -> dict[str, object]:
    """Return the input of a still, in the words of the family of models that has a quality or none.

    Raises:
        Refused: the ask carries what the vendor does not take.
    """
    shape, sent = stills.listed(ask, offer), stills.sent(ask, offer)
    pictures = [inline(one, offer.pictures, ask.subject) for one in sent]
    plain = {"prompt": ask.prompt, "aspect_ratio": shape.ratio, "output_format": "png"}
    if offer.quality:
        named = {"input_images": pictures} if pictures else {}
        return {**plain, "quality": offer.quality, "number_of_images": 1, **named}
    named = {"image_input": pictures} if pictures else {}
    return {**plain, "resolution": shape.resolution, **named}


def quote(ask: StillAsk, offer: Offer) -> Quote:
    """Price a still; words and references cost nothing besides.

    Raises:
        Refused: the offer draws no such size.
        NotConfigured: it has no price per picture.
    """
    price = stills.piece(offer, stills.listed(ask, offer).resolution)
    middle, slow = offer.prior_seconds
    return Quote(price, price, middle, slow, f"offer {offer.dated.isoformat()}")


def worth(held: Mapping[str, object], offer: Offer) -> Money:
    """Return what a picture costs by the input it is ordered with.

    Raises:
        NotConfigured: the offers file has no price for it.
    """
    return stills.piece(offer, str(held.get("resolution", "")))


def like(one: Prediction, words: str) -> bool:
    """Say whether a prediction may be of the still that had these words, however they are spaced.

    One that does not tell its words is not; whether it may be is for the caller.
    """
    return str((one.input or {}).get("prompt", "")).split() == words.split()
