"""Word for word the same everywhere: who a character is, and how many are in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.colours import colour_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.values.scene import Identity, Mark, Performer, Prop, Setting

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")
_NOUNS = {
    ("child", "masculine"): ("boy", "boys"),
    ("child", "feminine"): ("girl", "girls"),
    ("child", "neutral"): ("child", "children"),
    ("teen", "masculine"): ("teenage boy", "teenage boys"),
    ("teen", "feminine"): ("teenage girl", "teenage girls"),
    ("teen", "neutral"): ("teenager", "teenagers"),
    ("adult", "masculine"): ("man", "men"),
    ("adult", "feminine"): ("woman", "women"),
    ("adult", "neutral"): ("adult", "adults"),
    ("elder", "masculine"): ("old man", "old men"),
    ("elder", "feminine"): ("old woman", "old women"),
    ("elder", "neutral"): ("old person", "old people"),
}
_BARE = {"barefoot": "bare feet", "glasses": "glasses"}
_PAIRS = frozenset(("trousers", "shorts", "shoes", "boots", "sandals"))


def noun_of(character: Identity, *, many: bool = False) -> str:
    """Return what kind of body this is, in one or two words."""
    if character.kind == "human":
        words = _NOUNS[(character.age, character.presentation)]
        giant = "giant " if character.height_m > 2.4 else ""
        return giant + words[1 if many else 0]
    word = character.species or ("creature" if character.kind == "animal" else character.kind)
    if character.kind == "thing":
        return f"figure of the {word}"
    return (
        f"{word}s"
        if many and not word.endswith("s")
        else word.removesuffix("s")
        if not many
        else word
    )


def identity_phrase(character: Identity) -> str:
    """Return who a character is, in words that never change from prompt to prompt."""
    several = character.members > 1
    count = _NUMBERS[character.members]
    noun = noun_of(character, many=several)
    head = f"{character.name}: exactly {count} {noun}"
    if several:
        head += ", all alike in dress" if character.outfit else ""
    parts = [head, f"about {character.height_m:g} m tall"]
    if character.kind == "human":
        parts.append(
            f"{character.build} build, {colour_name(character.skin)} skin,"
            f" {colour_name(character.eyes)} eyes"
        )
        parts.append(_hair(character))
    else:
        parts.append(f"{colour_name(character.skin)} all over")
    parts += [_mark(mark) for mark in character.marks]
    if character.outfit:
        parts.append(
            f"wearing {_listed([_garment(one.garment, one.colour) for one in character.outfit])}"
        )
    parts.append(f"with one {colour_name(character.accent)} accent")
    return ", ".join(parts)


def count_phrase(performers: Sequence[Performer], cast: Sequence[Identity]) -> str:
    """Return the exact head count of a picture, as a positive statement."""
    known = {one.id: one for one in cast}
    counts: list[str] = []
    for performer in performers:
        character = known.get(performer.id)
        if character is None:
            continue
        number = performer.seen or character.members
        counts.append(f"exactly {_NUMBERS[number]} {noun_of(character, many=number > 1)}")
    return f"{_listed(counts)} in frame" if counts else "the place alone in frame, empty of people"


def place_phrase(setting: Setting) -> str:
    """Return a place in words."""
    seen = f", with {_listed(list(setting.features))}" if setting.features else ""
    return f"{setting.name}: {_article(setting.kind)} {setting.kind}{seen}"


def prop_phrase(prop: Prop) -> str:
    """Return a prop in words."""
    text = f", bearing the words “{prop.text}”" if prop.text else ""
    return f"{prop.name}: one {colour_name(prop.colour)} {prop.kind}, {prop.size_m:g} m long{text}"


def _hair(character: Identity) -> str:
    hair = character.hair
    colour = colour_name(hair.colour)
    words = "a bald head" if hair.style == "bald" else f"{hair.style} {colour} hair"
    if hair.style in ("bun", "ponytail", "bob"):
        words = f"{colour} hair in a {hair.style}"
    beard = {
        "none": "",
        "stubble": f" and {colour} stubble",
        "moustache": f" and a {colour} moustache",
        "short": f" and a short {colour} beard",
        "full": f" and a full {colour} beard",
    }[hair.beard]
    return words + beard


def _mark(mark: Mark) -> str:
    side = "" if mark.side == "centre" else f"{mark.side} "
    design = f" ({mark.design})" if mark.design else ""
    if mark.kind == "freckles":
        return "freckles across the face"
    return f"a {mark.kind}{design} on the {side}{mark.where}"


def _garment(garment: str, colour: str) -> str:
    if garment == "barefoot":
        return _BARE[garment]
    words = f"{colour_name(colour)} {garment}"
    return words if garment in _PAIRS or garment == "glasses" else f"{_article(words)} {words}"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
