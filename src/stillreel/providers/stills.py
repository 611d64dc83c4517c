"""What an offer makes of an ask for a picture: which size, which references, how many tokens."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from stillreel.errors import NotConfigured, Refused
from stillreel.providers import fit
from stillreel.providers.seam import Quote
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.providers.ask import Reference, StillAsk
    from stillreel.providers.figures import Canvas
    from stillreel.providers.offer import Offer


Counted = Literal["words", "references", "thoughts", "drawing"]
"""Tokens that differ in price."""
_NEARLY = 0.95
"""Share of the asked shorter side that is enough."""
_UNWRITTEN = (200, 1500)
"""Tokens of a prompt that is not written yet, when a film is only priced."""
_FRAME = 40
"""Tokens a vendor may lay around a prompt."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is ordered: a resolution and a ratio in the vendor's words, and their pixels."""

    resolution: str
    ratio: str
    width: int
    height: int


def listed(ask: StillAsk, offer: Offer) -> Shape:
    """Return the smallest size in an offer's list that is not below what is asked, or its largest.

    Raises:
        Refused: the ratio is none of the offer's.
    """
    found: Shape | None = None
    for resolution in offer.resolutions:
        ratio, (width, height) = fit.nearest(ask, offer, resolution)
        found = Shape(resolution, ratio, width, height)
        if min(width, height) >= min(ask.width, ask.height) * _NEARLY:
            break
    if found is None:
        raise _refused(offer, ask, f"{offer.provider} has no sizes in its offers file")
    return found


def free(ask: StillAsk, offer: Offer) -> tuple[int, int]:
    """Return the size nearest above what is asked that keeps to an offer's rules.

    Raises:
        Refused: no size of that shape does.
    """
    rules, (wide, high) = offer.canvas, (ask.width, ask.height)
    if rules is None:
        raise _refused(offer, ask, f"{offer.provider} has no canvas in its offers file")
    least, most = (math.sqrt(area / (wide * high)) for area in rules.area)
    scale = min(max(1.0, least), most, rules.longest / max(wide, high))
    for rounded in (math.ceil, math.floor):
        width, height = (rounded(side * scale / rules.step) * rules.step for side in (wide, high))
        if _keeps(width, height, rules):
            return width, height
    told = f"no picture of the shape {wide}x{high} can be had: the longer side may be"
    raise _refused(offer, ask, f"{told} {rules.ratio:g} times the shorter")


def sent(ask: StillAsk, offer: Offer) -> tuple[Reference, ...]:
    """Return the references of an ask, whose number and prompt an offer takes.

    Raises:
        Refused: there are too many, of one kind or in all, or the prompt is too long.
    """
    count, most = len(ask.references), offer.references_max
    if count > most:
        told = f"the ask carries {count} pictures; {offer.provider} takes {most}"
        raise _refused(offer, ask, told)
    kinds = {quota.kind for quota in offer.quotas}
    counted = [kind(one, ask) for one in ask.references]
    for quota in offer.quotas:
        # Where style has no places of its own, a picture of it takes one of an object.
        count = sum((one if one in kinds else "objects") == quota.kind for one in counted)
        if count > quota.most:
            told = f"the ask carries {count} pictures of {quota.kind}"
            raise _refused(offer, ask, f"{told}; {offer.provider} takes {quota.most}")
    letters, most = len(ask.prompt), offer.prompt_letters_max
    if 0 < most < letters:
        told = f"the prompt has {letters:,} letters; {offer.provider} takes {most:,}"
        raise _refused(offer, ask, told)
    return ask.references


def kind(one: Reference, ask: StillAsk) -> Literal["people", "objects", "style"]:
    """Return as what a vendor counts a reference that counts them by kind."""
    if one.role == "style":
        return "style"
    cast = {who.id for who in ask.board.cast} if ask.board else set[str]()
    return "people" if one.role.startswith("identity") or one.label in cast else "objects"


def words(ask: StillAsk) -> tuple[int, int]:
    """Return about how few and how many tokens a prompt has; letters beyond ASCII weigh more."""
    size = len(ask.prompt.encode())
    return (size // 5, -(-size // 3) + _FRAME) if size else _UNWRITTEN


def pictures(ask: StillAsk, offer: Offer) -> int:
    """Return how many references go along, or may go along with an ask that is only priced."""
    if ask.prompt or ask.references or ask.board is None:
        return len(ask.references)
    return min(offer.references_max, len(ask.board.cast) + 1)


def tokens_drawn(width: int, height: int, edge: int) -> int:
    """Return the tokens one picture is billed by, as the vendor's own calculator counts them.

    Args:
        width: pixels.
        height: pixels.
        edge: tokens along the longer side, by the quality.
    """
    short = round(edge * min(width, height) / max(width, height))
    return math.ceil(edge * short * (2_000_000 + width * height) / 4_000_000)


def cost(offer: Offer, counts: Mapping[Counted, int]) -> Money:
    """Return what tokens cost.

    Raises:
        NotConfigured: the offers file has no price for a million of them.
    """
    micros = Decimal(0)
    for of, count in counts.items():
        price = offer.price(of=of)
        if price is None or price.per != "million tokens":
            raise NotConfigured(
                f"{offer.provider} has no price per million tokens of {of}.",
                where="offers file",
                next_step=f'Add one to prices, with of = "{of}".',
            )
        # Dollars for a million tokens are micro-dollars for one.
        micros += count * price.amount
    return Money(int(micros.to_integral_value(ROUND_HALF_UP)))


def piece(offer: Offer, resolution: str = "") -> Money:
    """Return what a picture costs that is sold by the picture.

    Raises:
        NotConfigured: the offers file has no price for one of that resolution.
    """
    price = offer.price(resolution)
    if price is None or price.per != "picture":
        raise NotConfigured(
            f"{offer.provider} has no price per picture at {resolution or 'any size'}.",
            where="offers file",
            next_step="Add one to prices.",
        )
    return Money.parse(price.usd)


def quote(ask: StillAsk, offer: Offer) -> Quote:
    """Price a picture of any size that is sold by the picture.

    Raises:
        Refused: the offer draws no such size.
        NotConfigured: it has no price per picture.
    """
    free(ask, offer)
    price, (middle, slow) = piece(offer), offer.prior_seconds
    return Quote(price, price, middle, slow, f"offer {offer.dated.isoformat()}")


def _keeps(width: int, height: int, rules: Canvas) -> bool:
    low, high = rules.area
    long, short = max(width, height), min(width, height)
    fits = long <= rules.longest and low <= width * height <= high
    return fits and long <= rules.ratio * short


def _refused(offer: Offer, ask: StillAsk, told: str) -> Refused:
    return Refused(
        f"{told[0].upper()}{told[1:]}.",
        where=ask.subject,
        next_step=f"Change it, or name another front-end than {offer.provider} in film.toml.",
        failure="invalid",
    )
