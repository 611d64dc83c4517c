"""Clips that are sold by the token: what one costs before it is ordered, and once it is made."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from math import ceil
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured
from stillreel.providers import fit
from stillreel.providers.seam import Quote
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.offer import Offer

_FPS = 24
_PIXELS = 1024
"""Pixels of a frame that are one token."""


def quote(ask: MotionAsk, offer: Offer, *, any_ratio: bool = False) -> Quote:
    """Price a clip by size and length: with and without the one frame that some bills hold more.

    Args:
        ask: for a clip.
        offer: sizes and prices.
        any_ratio: whether the vendor chooses the ratio: the largest size is then the worst case.

    Raises:
        Refused: the offer has no such size or length.
        NotConfigured: it has no price for a million tokens.
    """
    form = fit.form(ask, offer)
    frames, sizes = _FPS * form.seconds, offer.pixels(form.resolution).values()
    most = max(width * height for width, height in sizes) if any_ratio else form.area
    middle, slow = offer.prior_seconds
    return Quote(
        price(form.area * frames // _PIXELS, form.resolution, offer),
        price(ceil(most * (frames + 1) / _PIXELS), form.resolution, offer),
        middle,
        slow,
        f"offer {offer.dated.isoformat()}",
    )


def worth(told: Mapping[str, object], offer: Offer) -> Money | None:
    """Return what a clip costs by the fields it was ordered with, where the vendor tells no usage.

    Args:
        told: `resolution`, `aspect_ratio` and `duration`, as they were sent.
        offer: sizes and prices.

    Returns:
        The price by the published rule; None where the fields do not tell it.
    """
    resolution, ratio = str(told.get("resolution")), str(told.get("aspect_ratio"))
    seconds, sizes = str(told.get("duration")), offer.pixels(resolution)
    size = sizes.get(ratio) or sizes.get(":".join(reversed(ratio.split(":"))))
    if size is None or not seconds.isdecimal():
        return None
    return price(size[0] * size[1] * _FPS * int(seconds) // _PIXELS, resolution, offer)


def price(tokens: int, resolution: str, offer: Offer) -> Money:
    """Return what so many tokens cost, halves of a millionth rounded up.

    Raises:
        NotConfigured: the offers file has no price for a million tokens of that resolution.
    """
    found = offer.price(resolution)
    if found is None or found.per != "million tokens":
        raise NotConfigured(
            f"{offer.provider} has no price per million tokens at {resolution or 'any size'}.",
            where="offers file",
            next_step=f"Add one to prices for {resolution or 'it'}.",
        )
    # Dollars for a million tokens are micro-dollars for one.
    return Money(int((tokens * found.amount).to_integral_value(ROUND_HALF_UP)))
