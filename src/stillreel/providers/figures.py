"""The rows of an offers file: sizes, prices, limits and weights, each with its source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Figure(BaseModel):
    """One row of an offers file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Figure):
    """Where figures come from."""

    figures: tuple[str, ...]
    """Keys of the offer that this source tells."""
    told: str
    """Who says so."""
    dated: date
    sure: Literal["primary", "measured", "secondary", "unverified"]


class Size(Figure):
    """Pixels a model delivers for a resolution and a ratio."""

    resolution: str
    """The vendor's word, such as `720p`."""
    ratio: str
    """Width to height, as the vendor writes it."""
    pixels: tuple[int, int]
    """Width and height."""


class Canvas(Figure):
    """Which sizes a model draws, where it draws any that keep to a few rules."""

    step: int
    """Both sides are multiples of it, in pixels."""
    longest: int
    """Longest side in pixels."""
    ratio: float
    """Most that the longer side may be of the shorter."""
    area: tuple[int, int]
    """Fewest and most pixels."""


class Quota(Figure):
    """Most references of one kind that one ask may carry."""

    kind: Literal["people", "objects", "style"]
    most: int


class Tokens(Figure):
    """Tokens a picture is billed by, besides those that stand in the vendor's own usage."""

    edge: int = 0
    """Tokens along the longer side of a picture that is drawn; 0 where it is sold whole."""
    reference: int = 0
    """Most tokens of one reference picture."""
    thoughts: int = 0
    """Most tokens of thought for one picture."""
    searches: int = 0
    """Most searches for facts for one picture."""


class Price(Figure):
    """What one unit costs."""

    usd: str
    per: Literal["million tokens", "second", "clip", "picture", "search"]
    resolutions: tuple[str, ...] = ()
    """Resolutions this price holds for; empty for all."""
    of: Literal["", "words", "references", "thoughts", "drawing", "answer", "cached", "facts"] = ""
    """Which tokens it is for, where they differ in price; or that it is for facts looked up."""
    dated: date | None = None
    """Day this price was read, where it is not the day of the offer."""

    @property
    def amount(self) -> Decimal:
        """The price in USD, exact."""
        return Decimal(self.usd)


class Pictures(Figure):
    """What a vendor takes as a reference picture."""

    sides: tuple[int, int] = (1, 16384)
    """Shortest and longest side in pixels."""
    ratio: tuple[float, float] = (0.01, 100.0)
    """Least and greatest width by height."""
    bytes_max: int = 30_000_000
    """Largest file."""
    types: tuple[str, ...] = ("image/png", "image/jpeg")
    """Media types that are taken as they are."""


class Weights(Figure):
    """Open weights, and how they are run on this machine."""

    pipeline: str
    """Class of the library that runs them."""
    licence: str
    revision: str = "main"
    """Commit, tag or branch of the repository they lie in."""
    gigabytes: float = 0.0
    """Size of what is downloaded; 0 where it is not known."""
    memory: float = 0.0
    """Gigabytes of a card that hold all of it at once; 0 where it is not known."""
    steps: int = 30
    guidance: float = 1.0
    """How hard the model is pulled towards the prompt; 1 for not at all."""
    negative: str = ""
    """What it is pulled away from."""
    frames: int = 1
    """A clip has a multiple of this many frames, and one."""
    ends: int = 2
    """Pictures a clip is held to: its first, or its first and its last."""
