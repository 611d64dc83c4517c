"""What an offer makes of an ask for a clip: which size, how long, which pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured, Refused
from stillreel.providers.seam import Quote
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.providers.ask import Ask, MotionAsk, Reference
    from stillreel.providers.offer import Offer

_NEAR = 1.12
"""How far a ratio may lie from what was asked before it is another one."""
_FIRST, _LAST = "first-frame", "last-frame"
"""Roles of references that a frame mode takes in place of the first and the last panel."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is ordered: a resolution and a ratio in the vendor's words, and their pixels."""

    resolution: str
    ratio: str
    width: int
    height: int
    seconds: int

    @property
    def area(self) -> int:
        """Pixels of a frame."""
        return self.width * self.height


def form(ask: MotionAsk, offer: Offer) -> Form:
    """Return the smallest size an offer has that is not below what is asked, or its largest.

    Raises:
        Refused: the ratio or the length is none of the offer's.
    """
    seconds = length(ask, offer)
    short = min(ask.width, ask.height)
    found: Form | None = None
    for resolution in offer.resolutions:
        ratio, (width, height) = nearest(ask, offer, resolution)
        found = Form(resolution, ratio, width, height, seconds)
        if min(width, height) >= short * 0.95:
            break
    if found is None:
        raise _refused(offer, ask, f"{offer.provider} has no sizes in its offers file")
    return found


def length(ask: MotionAsk, offer: Offer) -> int:
    """Return the whole seconds that hold all panels of an ask.

    Raises:
        Refused: that is longer than the offer makes.
    """
    frames = sum(panel.frames for panel in ask.board.panels)
    low, high = offer.seconds
    seconds = max(low, math.ceil(frames / ask.fps))
    seconds = next((one for one in offer.lengths if one >= seconds), seconds)
    if seconds > high:
        raise _refused(
            offer, ask, f"the clip runs {frames / ask.fps:.1f} s; {offer.provider} makes {high} s"
        )
    return seconds


def rate(ask: MotionAsk, offer: Offer) -> int:
    """Return the frames a second to order: those of the ask, or the nearest the offer has."""
    return min(offer.rates or (ask.fps,), key=lambda one: (abs(one - ask.fps), one))


def cost(form: Form, offer: Offer) -> Money:
    """Return the price of a clip that is sold by the clip or by the second.

    Raises:
        NotConfigured: the offers file has no such price.
    """
    price = offer.price(form.resolution)
    if price is None or price.per not in {"clip", "second"}:
        raise NotConfigured(
            f"{offer.provider} has no price per clip or second at {form.resolution}.",
            where="offers file",
            next_step="Add what you pay to prices.",
        )
    count = 1 if price.per == "clip" else form.seconds
    return Money.parse(price.usd) * count


def quote(ask: MotionAsk, offer: Offer, told: str = "offer") -> Quote:
    """Price a clip that is sold by the clip or by the second, at the length that is ordered.

    Args:
        ask: for a clip.
        offer: sizes and prices.
        told: whose price it is, for the basis.

    Raises:
        Refused: the offer has no such way of reading stills, size or length.
        NotConfigured: it has no such price.
    """
    readable(ask, offer)
    price = cost(form(ask, offer), offer)
    middle, slow = offer.prior_seconds
    return Quote(price, price, middle, slow, f"{told} {offer.dated.isoformat()}")


def frames(ask: MotionAsk, offer: Offer) -> tuple[Reference, ...]:
    """Return the first frame of an ask, and its last where there is one.

    Raises:
        Refused: there is no first.
    """
    role = {one.role: one for one in ask.references if one.role in {_FIRST, _LAST}}
    ends = (ask.panels[:1], ask.panels[1:][-1:])
    first, last = (
        role.get(name) or (panel[0] if panel else None)
        for name, panel in zip((_FIRST, _LAST), ends, strict=True)
    )
    if first is None:
        raise _refused(offer, ask, "the ask carries no first frame")
    return (first, last) if last else (first,)


def references(ask: MotionAsk, offer: Offer) -> tuple[Reference, ...]:
    """Return the pictures of a reference mode: those the prompt counts, then panels for `panels`.

    Panels that the ask's references do not hold already fill the places that are left; where there
    are fewer places than panels, they are taken at even steps from the first to the last.

    Raises:
        Refused: there are none, or more than the offer takes.
    """
    named = ask.references
    known = {one.digest for one in named}
    if ask.read == "panels" and not known & {one.digest for one in ask.panels}:
        named += spread(ask.panels, max(1, offer.references_max - len(named)))
    if not named:
        raise _refused(offer, ask, "the ask carries no picture to read")
    if len(named) > offer.references_max:
        most = offer.references_max
        raise _refused(
            offer, ask, f"the ask carries {len(named)} pictures; {offer.provider} takes {most}"
        )
    return named


def shown(ask: MotionAsk, offer: Offer) -> tuple[Reference, ...]:
    """Return the pictures that a clip is made from: what is sent, or what the pencil looks at.

    Raises:
        Refused: there are none, or more than the offer takes.
    """
    if offer.embedded:
        return ask.references or ask.panels
    if ask.read == "frames":
        # Older models begin with a frame and end where they like.
        return frames(ask, offer)[: offer.references_max]
    return references(ask, offer)


def sent(ask: MotionAsk, offer: Offer) -> tuple[tuple[Reference, ...], str]:
    """Return the pictures to send, frames or references by the way they are read, and the prompt.

    Raises:
        Refused: the ask carries what the offer does not take.
    """
    readable(ask, offer)
    pictures = shown(ask, offer)
    return pictures, ask.prompt if ask.read == "frames" else spoken(ask, pictures, offer)


def spoken(ask: MotionAsk, sent: tuple[Reference, ...], offer: Offer) -> str:
    """Return the prompt, with a sentence for pictures that it does not count itself."""
    first, last = len(ask.references) + 1, len(sent)
    if last < first:
        return ask.prompt
    names = [offer.reference_syntax.replace("{n}", str(n)) for n in range(first, last + 1)]
    return f"{ask.prompt.rstrip()}\nThe shots in order: {', '.join(names)}.\n"


def readable(ask: MotionAsk, offer: Offer) -> None:
    """Refuse a way of reading stills that the offer does not have, and a prompt that is too long.

    Raises:
        Refused: it is one of these.
    """
    letters, most = len(ask.prompt), offer.prompt_letters_max
    if 0 < most < letters:
        raise _refused(
            offer,
            ask,
            f"the prompt has {letters:,} letters; {offer.provider} takes {most:,}",
            f"Shorten prompts/shot/{ask.subject}.txt.",
        )
    if ask.read not in offer.reads:
        ways = " or ".join(offer.reads)
        raise _refused(
            offer, ask, f"{offer.provider} reads {ways}, not {ask.read}", f'Set read = "{ways}".'
        )


def spread(panels: tuple[Reference, ...], room: int) -> tuple[Reference, ...]:
    """Return as many panels as there is room for, at even steps from the first to the last."""
    if len(panels) <= room:
        return panels
    if room < 2:
        return panels[:room]
    return tuple(panels[round(at * (len(panels) - 1) / (room - 1))] for at in range(room))


def nearest(ask: Ask, offer: Offer, resolution: str) -> tuple[str, tuple[int, int]]:
    """Return the ratio of a resolution that is nearest to an ask, and its pixels.

    Raises:
        Refused: none is near, or the offers file has none.
    """
    wanted = ask.width / ask.height
    sizes = _turned(offer.pixels(resolution))
    if not sizes:
        raise _refused(offer, ask, f"the offers file has no sizes for {resolution}")
    ratio = min(sizes, key=lambda one: _off(sizes[one], wanted))
    if _off(sizes[ratio], wanted) > _NEAR:
        shape = f"{ask.width}x{ask.height}"
        raise _refused(offer, ask, f"{offer.provider} makes {', '.join(sizes)}; {shape} is none")
    return ratio, sizes[ratio]


def _turned(sizes: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Add the portrait form of each landscape size, but of the widest: vendors have none."""
    turned = {
        ":".join(reversed(ratio.split(":"))): (height, width)
        for ratio, (width, height) in sizes.items()
        if width < 2 * height
    }
    return {**turned, **sizes}


def _off(size: tuple[int, int], wanted: float) -> float:
    own = size[0] / size[1]
    return max(own / wanted, wanted / own)


def _refused(offer: Offer, ask: Ask, told: str, step: str = "") -> Refused:
    return Refused(
        f"{told[0].upper()}{told[1:]}.",
        where=ask.subject,
        next_step=step or f"Change it, or name another than {offer.provider} in film.toml.",
        failure="invalid",
    )
