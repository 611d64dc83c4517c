"""Clothes: what the story names, and what people of such a story would wear besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.values.scene import Worn

if TYPE_CHECKING:
    from stillreel.plan.looks import Looks
    from stillreel.plan.telling import Being
    from stillreel.values.scene import Garment, Presentation


def outfit(
    being: Being,
    looks: Looks,
    palette: tuple[str, str, str],
    gender: Presentation,
    rank: int,
    *,
    modern: bool,
) -> tuple[Worn, ...]:
    """Return the garments of a human, from the inside out.

    Args:
        being: who wears them.
        looks: what the story says of them.
        palette: main, second and accent colour of this character.
        gender: how they present.
        rank: place in the cast, so that no two dress alike.
        modern: clothes of our time rather than of a tale.
    """
    main, second, _ = palette
    main = looks.dressed or main
    told = worn(being, looks, main)
    zones = {_zone(one.garment) for one in told}
    if any(one.garment in ("dress", "robe") for one in told):
        zones.add("legs")
    wanted = _modern(gender, being, rank) if modern else _tale(gender, being, rank)
    if any(one.garment == "jacket" for one in told) and being.age != "child":
        wanted = ("shirt", "trousers", "boots")
    if "top" in zones and "legs" not in zones and {"dress", "robe"} & set(wanted):
        wanted = ("skirt" if gender == "feminine" else "trousers", *wanted)
    added = [
        Worn(garment=garment, colour=main if index == 0 else second if index < 3 else "#4a3a2c")
        for index, garment in enumerate(wanted)
        if _zone(garment) not in zones
    ]
    return tuple(sorted((*added, *told), key=lambda one: _LAYERS.index(_zone(one.garment))))


_LAYERS = ("top", "legs", "feet", "over", "head", "neck", "face")
_ZONES: dict[str, str] = {
    "trousers": "legs",
    "shorts": "legs",
    "skirt": "legs",
    "shoes": "feet",
    "boots": "feet",
    "sandals": "feet",
    "barefoot": "feet",
    "jacket": "over",
    "coat": "over",
    "cloak": "over",
    "apron": "over",
    "hat": "head",
    "top-hat": "head",
    "cap": "head",
    "hood": "head",
    "crown": "head",
    "helmet": "head",
    "scarf": "neck",
    "glasses": "face",
}


def _zone(garment: Garment) -> str:
    return _ZONES.get(garment, "top")


def worn(being: Being, looks: Looks, fallback: str) -> tuple[Worn, ...]:
    """Return the garments the story names; `fallback` colours those without a colour word."""
    found: dict[str, Worn] = {}
    for garment, colour in looks.worn.items():
        shown = colour or ("#5a5f66" if garment == "glasses" else fallback)
        found.setdefault(_zone(garment), Worn(garment=garment, colour=shown))
    if looks.dressed and (not found or being.kind == "thing"):
        found.setdefault("top", Worn(garment="robe", colour=looks.dressed))
    if being.head in ("king", "queen", "prince", "princess"):
        found.setdefault("head", Worn(garment="crown", colour="#d6a93c"))
    return tuple(found.values())


def _tale(gender: Presentation, being: Being, rank: int) -> tuple[Garment, ...]:
    if being.age == "child":
        sets: tuple[tuple[Garment, ...], ...] = (
            ("tunic", "shorts", "sandals"),
            ("dress", "shoes"),
            ("shirt", "trousers", "barefoot", "cap"),
        )
        if being.members > 1:
            return ("tunic", "trousers", "shoes")
        return sets[1] if gender == "feminine" else sets[0 if rank % 2 else 2]
    if gender == "feminine":
        women: tuple[tuple[Garment, ...], ...] = (
            ("dress", "shoes", "cloak"),
            ("robe", "shoes", "hood"),
            ("dress", "boots", "apron"),
        )
        return women[rank % len(women)]
    men: tuple[tuple[Garment, ...], ...] = (
        ("tunic", "trousers", "boots", "cloak"),
        ("shirt", "trousers", "boots", "hat"),
        ("robe", "sandals", "scarf"),
    )
    return men[0] if being.height_m and being.height_m > 2.4 else men[rank % len(men)]


def _modern(gender: Presentation, being: Being, rank: int) -> tuple[Garment, ...]:
    if being.age == "child":
        kids: tuple[tuple[Garment, ...], ...] = (
            ("t-shirt", "shorts", "shoes"),
            ("jumper", "trousers", "shoes", "cap"),
        )
        return ("dress", "shoes") if gender == "feminine" and rank % 2 else kids[rank % 2]
    if gender == "feminine":
        women: tuple[tuple[Garment, ...], ...] = (
            ("jumper", "trousers", "boots", "coat"),
            ("shirt", "skirt", "shoes"),
            ("dress", "shoes", "scarf"),
        )
        return women[rank % len(women)]
    men: tuple[tuple[Garment, ...], ...] = (
        ("shirt", "trousers", "shoes", "jacket"),
        ("jumper", "trousers", "boots"),
        ("t-shirt", "trousers", "shoes", "cap"),
        ("shirt", "trousers", "shoes", "coat", "hat"),
    )
    return men[rank % len(men)]
