"""What the stand-ins know of each vendor's models: dated data from `terms.toml`."""

from __future__ import annotations

import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict


class Terms(BaseModel):
    """One model of one vendor: what it takes, what it costs, how long it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vendor: str
    id: str
    also: tuple[str, ...] = ()
    """Other ids of the same model."""
    resolutions: tuple[str, ...] = ()
    seconds: tuple[int, int] = (4, 15)
    references: int = 9
    price: dict[str, tuple[Decimal, Decimal]] = {}
    """By resolution: micro-dollars for a unit, without and with a clip among the references."""
    slots: int = 1
    """Jobs that work at once on one account."""
    per_minute: int = 0
    """Create calls a minute; 0 for no limit."""
    wait: float = 10.0
    """Median seconds in the queue."""
    work: float = 150.0
    """Median seconds of work for `length` seconds of film, or one picture."""
    length: float = 5.0

    def micros(self, resolution: str, units: int, with_clip: bool = False) -> int:
        """Return the charge for so many units, in whole micro-dollars, halves rounded up."""
        plain, clip = self.price.get(resolution) or self.price["*"]
        return int((units * (clip if with_clip else plain)).to_integral_value(ROUND_HALF_UP))


@cache
def terms() -> tuple[Terms, ...]:
    """Return all models, in the order of the file."""
    text = resources.files("stillreel.rehearsal").joinpath("terms.toml").read_text("utf-8")
    return tuple(Terms.model_validate(row) for row in tomllib.loads(text)["model"])


@cache
def models(vendor: str) -> dict[str, Terms]:
    """Return one vendor's models by id, other ids included."""
    return {name: row for row in terms() if row.vendor == vendor for name in (row.id, *row.also)}


_SIZES = {
    "480p": {"16:9": (864, 496), "4:3": (752, 560), "1:1": (640, 640), "21:9": (992, 432)},
    "720p": {"16:9": (1280, 720), "4:3": (1112, 834), "1:1": (960, 960), "21:9": (1470, 630)},
    "1080p": {"16:9": (1920, 1080), "4:3": (1664, 1248), "1:1": (1440, 1440), "21:9": (2206, 946)},
    "4k": {"16:9": (3840, 2160), "4:3": (3840, 2880), "1:1": (3840, 3840), "21:9": (3840, 1646)},
}


def frame_size(resolution: str, ratio: str, model: str = "") -> tuple[int, int]:
    """Return width and height in pixels of a Seedance clip.

    Raises:
        KeyError: the resolution or the ratio is not on the published list.
    """
    wide, _, tall = ratio.partition(":")
    if int(wide) < int(tall):
        width, height = frame_size(resolution, f"{tall}:{wide}", model)
        return height, width
    if (resolution, ratio) == ("480p", "16:9") and re.search(r"2[-._]5", model):
        return 854, 480
    return _SIZES[resolution][ratio]


def tokens(width: int, height: int, seconds: int) -> int:
    """Return the tokens a Seedance 2 clip at 24 frames a second is billed by."""
    return round(width * height * (24 * seconds + 1) / 1024)
