"""How everyone looks: what the story says first, then what keeps them apart from the others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon
from stillreel.plan.nouns import Character
from stillreel.values.scene import Hair, Mark, Worn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.telling import Being
    from stillreel.values.scene import Beard, Build, Garment, HairStyle, Presentation

_PALETTES = (
    ("#2f5f7a", "#d9a441", "#e8b04b"),
    ("#8a2f3c", "#3b3a4a", "#e06c4f"),
    ("#4f7a4a", "#7a5a36", "#9fd06a"),
    ("#5b4a8a", "#2d2b3f", "#b08ae0"),
    ("#b5692f", "#3f4f5e", "#f0a35e"),
    ("#2c7d78", "#4a3b2f", "#5fd0c4"),
    ("#a8476f", "#37415a", "#f08ab0"),
    ("#6b6f3a", "#5a2f2a", "#d0c95f"),
    ("#41506b", "#8a6a45", "#8fb4f0"),
    ("#7a3a2a", "#2f4a3f", "#f0785f"),
)
_SKINS = ("#c98d6b", "#e8b896", "#8a5a3c", "#d9a67f", "#f0c8a8", "#6b4430", "#b57a54")
_HAIR = ("#3b2a20", "#8a5a2e", "#1f1b1c", "#b5793a", "#5a2f22", "#d1a75a", "#4a4038")
_EYES = ("#3f6e5a", "#5a3d2a", "#4a6e94", "#6b6a3f", "#3a3a4a")
_MASCULINE: tuple[HairStyle, ...] = ("short", "curly", "cropped", "wild", "short", "long")
_FEMININE: tuple[HairStyle, ...] = ("long", "bun", "bob", "braids", "curly", "ponytail")
_CHILD: tuple[HairStyle, ...] = ("curly", "bob", "short", "braids", "wild")
_HEIGHTS = {"child": 1.22, "teen": 1.6, "adult": 1.74, "elder": 1.66}
_COATS = {
    "dog": "#8a6038",
    "cat": "#c78a4a",
    "bird": "#5d7fa3",
    "horse": "#6d4527",
    "animal": "#8d7a62",
    "thing": "#9fb4c8",
}
_ELEMENTS = {
    "snow": ("#eef4fa", "#bcd4ea"),
    "frost": ("#cfe6f2", "#8fc4e0"),
    "wind": ("#8fa3b5", "#c9d8e6"),
    "hail": ("#9aa0a8", "#dfe6ee"),
    "tree": ("#6b4a32", "#7fae5a"),
    "sun": ("#f2c14e", "#ffe39a"),
    "moon": ("#d8dce8", "#f4f6ff"),
    "fire": ("#e06a2a", "#ffd080"),
    "robot": ("#7f8c99", "#5fd0ff"),
    "sea": ("#3a6f8f", "#9fd0e0"),
}
_ANIMAL_HEIGHT = {"dog": 0.6, "cat": 0.35, "bird": 0.2, "horse": 1.6, "animal": 0.9, "thing": 1.7}


def cast(beings: Sequence[Being], *, modern: bool) -> tuple[Character, ...]:
    """Return everyone as a character, each with a look of their own.

    Args:
        beings: in order of importance; the first chooses first.
        modern: clothes of our time rather than of a tale.
    """
    found: dict[str, Character] = {}
    for rank, being in enumerate(beings):
        younger = found.get(being.like)
        found[being.id] = (
            _aged(younger, being) if younger else _character(being, rank, modern=modern)
        )
    return tuple(found.values())


def _character(being: Being, rank: int, *, modern: bool) -> Character:
    roll = int(hashlib.sha256(being.id.encode()).hexdigest()[:8], 16)
    palette = _PALETTES[rank % len(_PALETTES)]
    gender: Presentation = being.gender or (
        "neutral" if being.kind != "human" or being.members > 1 else _guess(roll)
    )
    if being.kind != "human":
        return _creature(being, palette[2], gender)
    hair = _hair(being, rank, roll, gender)
    return Character(
        id=being.id,
        name=being.name,
        kind="human",
        members=min(being.members, 7),
        age=being.age,
        presentation=gender,
        height_m=being.height_m or _height(being, gender, rank),
        build=_build(being, roll),
        skin=_SKINS[(rank + roll % 2) % len(_SKINS)],
        eyes=_EYES[rank % len(_EYES)],
        hair=hair,
        outfit=_outfit(being, palette, gender, rank, modern=modern),
        marks=_marks(being),
        accent=palette[2],
        lines=tuple(being.lines[:12]),
        note=" ".join(dict.fromkeys(being.looks))[:300],
    )


def _aged(younger: Character, being: Being) -> Character:
    """Return a character grown old: the same clothes and bones, white hair."""
    beard: Beard = (
        "full" if younger.hair.beard == "full" or younger.presentation == "masculine" else "none"
    )
    return younger.model_copy(
        update={
            "id": being.id,
            "name": being.name,
            "age": "elder",
            "hair": Hair(style=younger.hair.style, colour="#d9d6cf", beard=beard),
            "lines": tuple(being.lines[:12]),
            "note": f"{younger.name}, grown old.",
        }
    )


def _creature(being: Being, accent: str, gender: Presentation) -> Character:
    coat = _COATS.get(being.kind, "#8d7a62")
    for word, (colour, light) in _ELEMENTS.items():
        if word in being.species.split(" "):
            coat, accent = colour, light
    lex = lexicon()
    told = [lex.colour(word) for word in being.worn if lex.colour(word)]
    worn = _worn(being, accent) if being.kind == "thing" else ()
    return Character(
        id=being.id,
        name=being.name,
        kind=being.kind,
        species=being.species,
        members=min(being.members, 7),
        age=being.age,
        presentation=gender,
        height_m=being.height_m or _ANIMAL_HEIGHT.get(being.kind, 1.0),
        skin=coat if worn or not told else told[0],
        outfit=worn,
        accent=accent,
        lines=tuple(being.lines[:12]),
        note=" ".join(dict.fromkeys(being.looks))[:300],
    )


def _guess(roll: int) -> Presentation:
    return "masculine" if roll % 2 else "feminine"


def _height(being: Being, gender: Presentation, rank: int) -> float:
    base = _HEIGHTS[being.age]
    if being.age in ("adult", "teen", "elder"):
        base += {"masculine": 0.06, "feminine": -0.06, "neutral": 0.0}[gender]
    return round(base + (rank % 3 - 1) * 0.03, 2)


def _build(being: Being, roll: int) -> Build:
    lex = lexicon()
    for word in being.worn:
        found = lex.build(word)
        if found:
            return found  # pyright: ignore[reportReturnType]
    if being.height_m and being.height_m > 2.4:
        return "broad"
    if being.age == "child":
        return "slim"
    builds: tuple[Build, ...] = ("average", "slim", "average", "broad")
    return builds[roll // 7 % len(builds)]


def _hair(being: Being, rank: int, roll: int, gender: Presentation) -> Hair:
    lex = lexicon()
    about = being.worn
    near_hair = "hair" in about
    colours = [lex.hair_colour(word) for word in about if near_hair and lex.hair_colour(word)]
    colours += [lex.hair_colour(w.split("-")[0]) for w in about if w.endswith("haired")]
    styles = [lex.hair_style(word) for word in about if near_hair and lex.hair_style(word)]
    styles += [word for word in about if word == "bald"]
    pool = _CHILD if being.age == "child" else _FEMININE if gender == "feminine" else _MASCULINE
    style = styles[0] if styles else pool[rank % len(pool)]
    colour = colours[0] if colours else _HAIR[(rank * 3 + 1) % len(_HAIR)]
    if being.age == "elder" and not colours:
        colour = "#c9c6c0"
    return Hair(style=style, colour=colour, beard=_beard(being, roll, gender))  # pyright: ignore[reportArgumentType]


def _beard(being: Being, roll: int, gender: Presentation) -> Beard:
    if "beard" in being.worn:
        return "full"
    if "moustache" in being.worn or "mustache" in being.worn:
        return "moustache"
    if gender != "masculine" or being.age in ("child", "teen") or being.members > 1:
        return "none"
    if being.height_m and being.height_m > 2.4:
        return "full"
    if being.age == "elder":
        return "short"
    beards: tuple[Beard, ...] = ("none", "stubble", "none", "short", "moustache", "none")
    return beards[roll // 11 % len(beards)]


def _outfit(
    being: Being, palette: tuple[str, str, str], gender: Presentation, rank: int, *, modern: bool
) -> tuple[Worn, ...]:
    main, second, _ = palette
    told = _worn(being, main)
    zones = {_zone(one.garment) for one in told}
    if any(one.garment in ("dress", "robe") for one in told):
        zones.add("legs")
    wanted = _modern(gender, being, rank) if modern else _tale(gender, being, rank)
    worn = [
        Worn(garment=garment, colour=main if index == 0 else second if index < 3 else "#4a3a2c")
        for index, garment in enumerate(wanted)
        if _zone(garment) not in zones
    ]
    return tuple(sorted((*worn, *told), key=lambda one: _LAYERS.index(_zone(one.garment))))


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
    "cap": "head",
    "hood": "head",
    "crown": "head",
    "helmet": "head",
    "scarf": "neck",
    "glasses": "face",
}


def _zone(garment: Garment) -> str:
    return _ZONES.get(garment, "top")


def _worn(being: Being, fallback: str) -> tuple[Worn, ...]:
    """Return the garments the story names, each with the colour word before it."""
    lex = lexicon()
    found: dict[str, Worn] = {}
    colour = ""
    loose = ""
    for at, word in enumerate(being.worn):
        seen = lex.colour(word)
        colour = seen or colour
        loose = loose or seen
        garment = lex.garment(word) if being.worn[at + 1 : at + 2] != ["in"] else None
        colour = colour or ("#8a7258" if word in ("fur", "furs") else "")
        if garment:
            found.setdefault(_zone(garment), Worn(garment=garment, colour=colour or fallback))
            colour = ""
    dressed = any(word in ("dress", "clothe", "wrap", "clad") for word in being.worn)
    if not found and dressed and loose:
        found["top"] = Worn(garment="robe", colour=loose)
    if "king" in being.worn or being.head in ("king", "queen", "prince", "princess"):
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


def _marks(being: Being) -> tuple[Mark, ...]:
    words = being.worn
    if "scar" in words or "scarred" in words:
        return (Mark(kind="scar", where="cheek"),)
    if "freckle" in words or "freckled" in words or "freckles" in words:
        return (Mark(kind="freckles", where="cheek", side="centre"),)
    if "tattoo" in words or "tattooed" in words:
        return (Mark(kind="tattoo", where="arm"),)
    if "earring" in words or "pierced" in words:
        return (Mark(kind="piercing", where="ear", design="ring"),)
    return ()
