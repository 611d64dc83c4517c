"""How everyone looks: what the story says first, then what keeps them apart from the others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon
from stillreel.plan.looks import looks_of
from stillreel.plan.nouns import Character
from stillreel.plan.wardrobe import outfit, worn
from stillreel.values.scene import Hair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.looks import Looks
    from stillreel.plan.telling import Being
    from stillreel.values.scene import Beard, Build, HairStyle, Presentation

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
_BOY: tuple[HairStyle, ...] = ("curly", "short", "wild", "cropped")
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
    looks = looks_of(being.looks)
    gender: Presentation = (
        being.gender
        or looks.gender
        or ("neutral" if being.kind != "human" or being.members > 1 else _guess(roll))
    )
    if being.kind != "human":
        return _creature(being, looks, palette[2], gender)
    return Character(
        id=being.id,
        name=being.name,
        kind="human",
        members=min(being.members, 7),
        age=being.age,
        presentation=gender,
        height_m=being.height_m or _height(being, gender, rank, looks.taller),
        build=looks.build or _build(being, roll),
        skin=looks.skin or _SKINS[(rank + roll % 2) % len(_SKINS)],
        eyes=looks.eyes or _EYES[rank % len(_EYES)],
        hair=_hair(being, looks, rank, roll, gender),
        outfit=outfit(being, looks, palette, gender, rank, modern=modern),
        marks=tuple(looks.marks),
        accent=palette[2],
        lines=tuple(being.lines[:12]),
        note=_note(being),
    )


def _note(being: Being) -> str:
    told = [one for one in dict.fromkeys(being.looks) if " " in one]
    return "; ".join(one.strip(" .,;") for one in told)[:300]


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


def _creature(being: Being, looks: Looks, accent: str, gender: Presentation) -> Character:
    coat = lexicon().coat(being.species) or _COATS.get(being.kind, "#8d7a62")
    for word, (colour, light) in _ELEMENTS.items():
        if word in being.species.split(" "):
            coat, accent = colour, light
    clothes = worn(being, looks, accent) if being.kind == "thing" else ()
    height = being.height_m or _ANIMAL_HEIGHT.get(being.kind, 1.0)
    if looks.taller and being.kind != "thing":
        height = round(height * (1 + 2 * looks.taller), 2)
    return Character(
        id=being.id,
        name=being.name,
        kind=being.kind,
        species=being.species,
        members=min(being.members, 7),
        age=being.age,
        presentation=gender,
        height_m=height,
        skin=coat if clothes or not looks.coat else looks.coat,
        outfit=clothes,
        accent=accent,
        lines=tuple(being.lines[:12]),
        note=_note(being),
    )


def _guess(roll: int) -> Presentation:
    return "masculine" if roll % 2 else "feminine"


def _height(being: Being, gender: Presentation, rank: int, taller: float) -> float:
    base = _HEIGHTS[being.age]
    if being.members > 1 or (being.age == "child" and taller < 0):
        taller = 0.0
    if being.age != "child":
        base += {"masculine": 0.06, "feminine": -0.06, "neutral": 0.0}[gender]
    return round(base + (taller or (rank % 3 - 1) * 0.03), 2)


def _build(being: Being, roll: int) -> Build:
    if being.height_m and being.height_m > 2.4:
        return "broad"
    if being.age == "child":
        return "slim"
    builds: tuple[Build, ...] = ("average", "slim", "average", "broad")
    return builds[roll // 7 % len(builds)]


def _hair(being: Being, looks: Looks, rank: int, roll: int, gender: Presentation) -> Hair:
    pool = _CHILD if being.age == "child" else _FEMININE if gender == "feminine" else _MASCULINE
    if being.age == "child" and gender == "masculine":
        pool = _BOY
    colour = looks.hair_colour or (
        "#c9c6c0" if being.age == "elder" else _HAIR[(rank * 3 + 1) % len(_HAIR)]
    )
    return Hair(
        style=looks.hair_style or pool[rank % len(pool)],
        colour=colour,
        beard=looks.beard or _beard(being, roll, gender, told=_described(looks)),
    )


def _described(looks: Looks) -> bool:
    return bool(looks.hair_colour or looks.hair_style or looks.marks)


def _beard(being: Being, roll: int, gender: Presentation, *, told: bool) -> Beard:
    """Choose a beard where the story names none; a face it describes in full has none."""
    if gender != "masculine" or being.age in ("child", "teen") or being.members > 1 or told:
        return "none"
    if being.height_m and being.height_m > 2.4:
        return "full"
    if being.age == "elder":
        return "short"
    beards: tuple[Beard, ...] = ("none", "stubble", "none", "short", "moustache", "none")
    return beards[roll // 11 % len(beards)]
