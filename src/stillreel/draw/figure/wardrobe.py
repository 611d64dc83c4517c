"""What a character wears, sorted into zones of the body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stillreel.draw.marks import mix, rgb

if TYPE_CHECKING:
    from stillreel.draw.figure.sketch import RGB
    from stillreel.values.scene import Garment, Worn

_TOPS: tuple[Garment, ...] = ("shirt", "t-shirt", "jumper", "dress", "robe", "tunic")
_SLEEVES: dict[Garment, float] = {
    "shirt": 0.97, "t-shirt": 0.30, "jumper": 0.98, "dress": 0.36, "robe": 0.97, "tunic": 0.62,
    "jacket": 0.98, "coat": 0.98,
}  # fmt: skip
_SKIRTS: dict[Garment, tuple[float, float]] = {
    "dress": (0.56, 0.12), "robe": (0.93, 0.07), "tunic": (0.30, 0.035), "skirt": (0.52, 0.10),
    "coat": (0.52, 0.05),
}  # fmt: skip
"""Hem as a fraction of the leg, flare as a fraction of height."""


@dataclass(frozen=True, slots=True)
class Cloth:
    """One garment with its colour as numbers."""

    kind: Garment
    colour: RGB


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """One garment for each zone, None where the zone is bare or covered by another."""

    top: Cloth
    over: Cloth | None = None
    legs: Cloth | None = None
    skirt: Cloth | None = None
    cloak: Cloth | None = None
    apron: Cloth | None = None
    armour: Cloth | None = None
    feet: Cloth | None = None
    head: Cloth | None = None
    scarf: Cloth | None = None
    glasses: Cloth | None = None

    @property
    def outer(self) -> Cloth:
        """The garment whose sleeves are seen."""
        return self.over or self.top

    def sleeve(self, cloth: Cloth) -> float:
        """Return how far down the arm a garment reaches, 0..1."""
        return _SLEEVES.get(cloth.kind, 0.97)

    def hem(self, cloth: Cloth) -> tuple[float, float] | None:
        """Return hem (fraction of the leg) and flare (fraction of height) of a skirted garment."""
        return _SKIRTS.get(cloth.kind)


@lru_cache(maxsize=64)
def dressed(outfit: tuple[Worn, ...], accent: str) -> Wardrobe:
    """Sort an outfit, given from the inside out, into zones; bare zones are dressed plainly."""
    zones: dict[str, Cloth] = {}
    for worn in outfit:
        cloth = Cloth(worn.garment, rgb(worn.colour))
        zone = _zone(worn.garment)
        zones[zone] = cloth
    if "top" not in zones:
        plain = mix(rgb(accent), (226, 216, 200), 0.55)
        zones["top"] = Cloth("shirt" if outfit else "tunic", plain)
    gown = zones["top"].kind in ("dress", "robe")
    if "legs" not in zones and not gown and "skirt" not in zones:
        zones["legs"] = Cloth("trousers", mix(zones["top"].colour, (52, 50, 62), 0.72))
    if "feet" not in zones:
        zones["feet"] = Cloth("shoes", (62, 46, 40))
    return Wardrobe(**zones)


def _zone(garment: Garment) -> str:
    if garment in _TOPS:
        return "top"
    if garment in ("jacket", "coat"):
        return "over"
    if garment in ("trousers", "shorts"):
        return "legs"
    if garment in ("shoes", "boots", "sandals", "barefoot"):
        return "feet"
    if garment in ("hat", "top-hat", "cap", "hood", "crown", "helmet"):
        return "head"
    return garment
