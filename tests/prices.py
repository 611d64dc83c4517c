"""What vendors publish of their prices, as asks of ours: what is quoted, and what is billed.

A row is a bill, a list price or an example that a vendor (or, where it says so, somebody who pays
it) has published; all were read between 2026-10-31 and 2026-11-23. How they are compared:

- a list price of a picture is that of the picture alone, so its prompt is one word, and it is held
  against the low end of the quote; words, references and thought are in the high end;
- GPT Image lists tokens, and dollars rounded up to a thousandth: the tokens are taken, at 30 USD a
  million;
- how much Nano Banana thinks about a picture is published nowhere: it is in the high end of the
  quote, and taken out of what the stand-in bills before that is held against the low end;
- a clip sold by the second is compared at a length that the model makes; a range is held against
  both of its ends, as is a quote that is one;
- Higgsfield and Pollo, and the newer models of Runway and LTX, publish no price: no row, and no
  quote before their user writes one.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from rehearsed import clip_ask, picture, rig
from stillreel.providers import registry
from stillreel.providers.ask import StillAsk
from stillreel.providers.rig import finished
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from rehearsed import Ruled
    from stillreel.providers.ask import Ask, ReadMode
    from stillreel.providers.remote import Remote
    from stillreel.providers.rig import Rig
    from stillreel.providers.seam import Quote

_MOUNTS = {
    "gpt-image": "openai",
    "gpt-image-batch": "openai",
    "nano-banana": "gemini",
    "nano-banana-batch": "gemini",
}
"""Where a stand-in is mounted, if not by the provider's own name."""


@dataclass(frozen=True)
class Example:
    """One published price."""

    name: str
    """Provider and label."""
    size: tuple[int, int]
    usd: tuple[str, ...]
    """What is published: one figure, or the ends of a range."""
    seconds: int = 0
    """Length of a clip; 0 for a picture."""
    read: ReadMode = "grid"
    references: int = 0
    """References of a picture, each of 1024x1024."""
    words: str = "Fox."
    """Prompt of a picture."""

    def __str__(self) -> str:
        """Return it as a person reads it."""
        size = "x".join(map(str, self.size))
        if self.seconds:
            return f"{self.name} {size} {self.seconds} s"
        return f"{self.name} {size}" + (f" +{self.references}" if self.references else "")

    def ask(self, folder: Path) -> Ask:
        """Return it as an ask."""
        if self.seconds:
            frames = self.seconds * 24 // 9
            ask = clip_ask(folder, self.read, frames=frames, size=self.size)
            return replace(ask, references=()) if self.read == "frames" else ask
        plates = tuple(picture(folder, f"who-{at}", 1024, 1024) for at in range(self.references))
        return StillAsk("C01", "board", self.words, *self.size, 5, 1, references=plates)


def gpt(label: str, size: tuple[int, int], tokens: int, per_million: int = 30) -> Example:
    name = f"gpt-image{label}"
    return Example(name, size, (str(Money(tokens * per_million)),))


def clip(
    name: str, height: int, seconds: int, *per_second: str, read: ReadMode = "grid"
) -> Example:
    usd = tuple(str(Money.parse(one) * seconds) for one in per_second)
    return Example(name, (round(height * 16 / 18) * 2, height), usd, seconds, read)


EXAMPLES = (
    # ModelArk. Bills of 2.0 and what was measured at 480p; vendor examples of 2.5; the rest by the
    # published table per million tokens (7.0, 7.7, 4.0; fast 5.6; mini 3.5; 2.5 10.7).
    Example("ark", (1280, 720), (str(Money(108_900 * 7)),), 5),
    Example("ark", (1280, 720), (str(Money(87_300 * 7)),), 4),
    clip("ark", 480, 5, str(Money(10_128 * 7))),
    clip("ark", 1080, 10, "0.374"),
    clip("ark", 2160, 5, "0.778"),
    clip("ark:fast", 480, 5, "0.056"),
    clip("ark:fast", 720, 5, "0.121"),
    clip("ark:mini", 480, 5, "0.035"),
    clip("ark:mini", 720, 15, "0.076"),
    Example("ark:2.5", (854, 480), ("0.514",), 5),
    Example("ark:2.5", (1280, 720), ("1.156",), 5),
    clip("ark:2.5", 1080, 10, "0.520"),
    # fal, docs.fal.ai: 0.014 and 0.0112 a thousand tokens, and what that is a second. No price of
    # 2.5 was found there.
    clip("fal", 480, 5, "0.141"),
    clip("fal", 720, 5, "0.302", "0.303"),
    clip("fal", 1080, 10, "0.68"),
    clip("fal:fast", 720, 5, "0.242"),
    # fal.ai model pages: a picture of Nano Banana Pro; GPT Image at its origin's tokens.
    Example("fal:nano-banana", (1376, 768), ("0.15",)),
    Example("fal:nano-banana", (2752, 1536), ("0.15",)),
    Example("fal:nano-banana", (3840, 2160), ("0.30",)),
    Example("fal:gpt-image", (1024, 1024), (str(Money(7_024 * 30)),)),
    Example("fal:gpt-image", (2304, 1296), (str(Money(6_462 * 30)),)),
    # Replicate: what a service that resells it was billed for 2.5. That 2.0 costs about what fal
    # takes is not verified.
    clip("replicate:2.5", 480, 5, "0.1028"),
    clip("replicate:2.5", 720, 5, "0.2312"),
    clip("replicate", 720, 5, "0.302"),
    # Its stills, by the picture, as readers of the model pages tell them (found 2026-11-27): one of
    # high quality, and one by its size.
    Example("replicate:gpt-image", (1024, 1024), ("0.128",)),
    Example("replicate:gpt-image", (2048, 1152), ("0.128",)),
    Example("replicate:nano-banana", (1376, 768), ("0.15",)),
    Example("replicate:nano-banana", (2752, 1536), ("0.15",)),
    Example("replicate:nano-banana", (3840, 2160), ("0.30",)),
    # Runway: 36 credits a second by the vendor's own skill pack, and 180 for 5 s in its example.
    Example("runway", (1280, 720), ("1.80",), 5),
    clip("runway", 1080, 10, "0.36"),
    # LTX, the vendor's list of LTX-2 by second and size.
    clip("ltx", 1080, 6, "0.04", read="frames"),
    clip("ltx", 1080, 20, "0.04", read="frames"),
    clip("ltx:2-pro", 1080, 6, "0.06", read="frames"),
    clip("ltx:2-pro", 1440, 8, "0.12", read="frames"),
    clip("ltx:2-pro", 2160, 10, "0.24", read="frames"),
    # OpenAI: tokens of its calculator, which equal its table and a live picture of 7,024; medium of
    # 2 costs what high of 2.5 does, high of 2 what max of 2.5 does; a batch half.
    gpt(":2-low", (1024, 1024), 196),
    gpt(":2-low", (1536, 1024), 158),
    gpt(":2-low", (2304, 1296), 180),
    gpt(":2-low", (2048, 2048), 397),
    gpt(":2-low", (3840, 2160), 371),
    gpt(":2-medium", (1024, 1024), 1_756),
    gpt(":2-medium", (1536, 1024), 1_372),
    gpt(":2-medium", (2304, 1296), 1_616),
    gpt(":2-medium", (2048, 2048), 3_568),
    gpt(":2-medium", (3840, 2160), 3_336),
    gpt("", (1024, 1024), 7_024),
    gpt("", (1536, 1024), 5_488),
    gpt("", (2304, 1296), 6_462),
    gpt("", (2048, 2048), 14_272),
    gpt("", (3840, 2160), 13_342),
    gpt(":2.5-flare", (2304, 1296), 1_616),
    gpt(":2.5-sunburst", (2304, 1296), 6_462),
    gpt("-batch", (2304, 1296), 6_462, 15),
    gpt("-batch:2-medium", (2304, 1296), 1_616, 15),
    # A live edit of 1,151 tokens in, of which a reference of 1024x1024 is 1,024 at 8 a million.
    Example(
        "gpt-image",
        (1024, 1024),
        (str(Money(7_024 * 30 + 1_024 * 8 + 127 * 5)),),
        references=1,
        words="fox " * 127,
    ),
    # Google: pictures by size; a reference of Pro is 560 tokens at 2 a million; a batch half.
    Example("nano-banana", (1376, 768), ("0.134",)),
    Example("nano-banana", (2752, 1536), ("0.134",)),
    Example("nano-banana", (3840, 2160), ("0.24",)),
    Example("nano-banana", (2752, 1536), (str(Money(134_000 + 5 * 1_100)),), references=5),
    Example("nano-banana:2.1", (1376, 768), ("0.0336",)),
    Example("nano-banana:2.1", (2752, 1536), ("0.0504",)),
    Example("nano-banana:2.1", (3840, 2160), ("0.0756",)),
    Example("nano-banana:2", (1376, 768), ("0.067",)),
    Example("nano-banana:2", (2752, 1536), ("0.101",)),
    Example("nano-banana:2", (3840, 2160), ("0.151",)),
    Example("nano-banana-batch", (2752, 1536), ("0.067",)),
    Example("nano-banana-batch:2.1", (2752, 1536), ("0.0252",)),
)


def bench(one: Example, folder: Path) -> Rig:
    """Return the provider of an example before its stand-in, asked the example."""
    id_, _, label = one.name.partition(registry.SEPARATOR)
    able = (registry.motion if one.seconds else registry.still)(one.name, ready=False)
    made = cast("type[Remote]", type(able))
    ask = cast("Any", one.ask(folder))
    return rig(made, folder, ask, label=label, mount=_MOUNTS.get(id_, id_))


def quoted(on: Rig) -> Quote:
    """Return our quote."""
    return on.make().quote(on.ask)


def billed(on: Rig) -> Money:
    """Order it at the stand-in and return what its meter says."""

    far = cast("Ruled", on.wired)

    async def ordered() -> None:
        able = on.make()
        submitted = asyncio.ensure_future(able.submit(on.ask, "key-1"))
        while not submitted.done():
            # A vendor that answers with the picture itself answers when it is drawn.
            far.clock.leap()
            await asyncio.sleep(0)
        job = await finished(on, able, submitted.result())
        assert job.state == "succeeded", job.message

    asyncio.run(ordered())
    return Money(far.house.stage.meter.bill().micros)


def thought(on: Rig) -> Money:
    """Return what a stand-in bills for thought: 240 tokens, as in the vendor's example answer."""
    offer = on.make().offer
    price = offer.price(of="thoughts")
    return Money(round(price.amount * 240)) if price and offer.tokens.thoughts else Money()


def off(quote: Money, other: Money) -> float:
    """Return by which share of a bill a quote lies beside it."""
    return (quote.micros - other.micros) / other.micros
