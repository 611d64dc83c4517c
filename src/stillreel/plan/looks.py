# ruff: noqa: RUF001 - typographic apostrophes stand in stories
"""The story's words about a body, read: age, build, hair, beard, clothes, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.marks import marks_in
from stillreel.plan.shades import shaded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.values.scene import Age, Beard, Build, Garment, HairStyle, Mark, Presentation

_TOKEN = re.compile(r"[a-z][a-z’'-]*|\d{1,3}s?|[,.;:()]")
_AGED = re.compile(
    r"\b(?:aged|age|of|in (?:her|his|their)(?: early| mid| late)?|about)[ -]"
    r"(?:early |mid-?|late )?(\d{1,3}|[a-z]+)(?:[- ][a-z]+)?s?\b"
    r"|\b(\d{1,3}|[a-z]+)(?:-[a-z]+)?[- ]years?[- ]old\b"
)
_SHADES = word_set("dark light pale bright deep")
_COPULA = word_set("is was are were grew turned became")
_DRESSED = word_set("dressed clad clothed wrapped wearing wears wore robed dress wrap clothe")
_WHOLE = word_set("suit uniform")
_HOODED = word_set("coat cloak jacket jumper robe")
_TALL = word_set("tall top silk")
"""What a hat is called that stands like a chimney."""
_SUFFIXES = {"haired": "hair", "bearded": "beard", "eyed": "eyes", "skinned": "skin"}
_STUFFS = {
    "leather": "#4f3a2c",
    "denim": "#3f5a80",
    "straw": "#d9b76a",
    "fur": "#8a7258",
    "tweed": "#77705c",
}
_NOT = word_set("no without")


@dataclass(slots=True)
class Looks:
    """What a story says about how someone looks; what it does not say is empty."""

    age: Age | None = None
    gender: Presentation | None = None
    taller: float = 0.0
    """Metres added to the usual height."""
    build: Build | None = None
    hair_colour: str = ""
    hair_style: HairStyle | None = None
    beard: Beard | None = None
    skin: str = ""
    eyes: str = ""
    coat: str = ""
    """A colour told of the whole body, for animals and things."""
    dressed: str = ""
    """A colour told of all the clothes: `dressed in grey`."""
    worn: dict[Garment, str] = field(default_factory=dict["Garment", str])
    """Garments with their colours; an empty colour is left to taste."""
    marks: list[Mark] = field(default_factory=list["Mark"])


def looks_of(phrases: Iterable[str]) -> Looks:
    """Read phrases about one body, the earlier ones counting first."""
    looks = Looks()
    for phrase in phrases:
        _Phrase(looks).read(phrase.lower().replace("’", "'"))
    return looks


def age_of(years: int) -> Age:
    """Return the age of life at a number of years."""
    if years < 13:
        return "child"
    if years < 20:
        return "teen"
    return "elder" if years >= 60 else "adult"


class _Phrase:
    """Walks one phrase; adjectives wait for the noun they belong to."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._lex = lexicon()
        self._waiting: list[str] = []
        self._last = ""
        self._copula = False
        self._dressed = False

    def read(self, phrase: str) -> None:
        """Take everything a phrase tells."""
        marks, rest = marks_in(self._aged(phrase))
        known = {(one.kind, one.where) for one in self._looks.marks}
        self._looks.marks += [one for one in marks if (one.kind, one.where) not in known]
        words = _words(rest)
        for at, word in enumerate(words):
            following = words[at + 1] if at + 1 < len(words) else ""
            if word in ",.;:()":
                self._flush()
            elif word in _COPULA:
                self._copula = bool(self._last)
                self._waiting.clear()
            else:
                self._word(word, following, words[at - 1] if at else "")
        self._flush()

    def _word(self, word: str, following: str, before: str) -> None:
        garment = self._lex.garment(word)
        if garment and following != "in" and not self._lex.garment(following):
            self._wear(word, garment)
        elif word == "hair" or word in ("head", "beard", "skin", "eyes"):
            self._attach("hair" if word == "head" else word, head=word == "head")
        elif self._lex.beard(word):
            if before not in _NOT:
                self._attach("beard", word=word)
        elif self._lex.style_noun(word):
            self._looks.hair_style = self._looks.hair_style or cast(
                "HairStyle", self._lex.style_noun(word)
            )
            self._attach("hair")
        elif self._lex.person(word):
            self._person(word)
        elif word in _DRESSED:
            self._dressed = True
        elif word in ("blonde", "blond", "redhead", "brunette", "ginger", "redheaded"):
            colour = self._lex.hair_colour("red" if word.startswith("red") else word)
            if following != "hair":
                self._looks.hair_colour = self._looks.hair_colour or colour
            self._waiting.append(word)
        else:
            self._waiting.append(word)

    def _person(self, word: str) -> None:
        person = self._lex.person(word)
        if person is None:
            return
        self._body()
        if person.presentation != "neutral":
            self._looks.gender = self._looks.gender or person.presentation
        if person.age != "adult" and self._looks.age is None:
            self._looks.age = person.age

    def _wear(self, word: str, garment: Garment) -> None:
        if garment == "hat" and not _TALL.isdisjoint(self._waiting):
            garment = "top-hat"
        colour = self._colour() or _STUFFS.get(word.removesuffix("s"), "")
        if garment == "hood" and not colour:
            # The hood of a yellow raincoat is yellow.
            colour = next((one for at, one in self._looks.worn.items() if at in _HOODED), "")
        self._looks.worn.setdefault(garment, colour)
        if word in _WHOLE:
            self._looks.worn.setdefault("trousers", colour)
        self._waiting.clear()
        self._last = ""

    def _colour(self) -> str:
        """Return the first colour that waits, as dark or pale as its word before it says."""
        for at, word in enumerate(self._waiting):
            found = self._lex.colour(word)
            if found and not (word in _SHADES and self._waiting[at + 1 : at + 2]):
                shade = self._waiting[at - 1] if at else ""
                return shaded(found, shade if shade in _SHADES else "")
        for word in self._waiting:
            if self._lex.colour(word) or word in _STUFFS:
                return self._lex.colour(word) or _STUFFS[word]
        return ""

    def _attach(self, noun: str, *, head: bool = False, word: str = "") -> None:
        looks, waiting = self._looks, self._waiting
        if noun == "hair":
            if any(one in ("shaved", "shaven", "bald", "hairless") for one in waiting):
                looks.hair_style = looks.hair_style or "bald"
            if not head:
                styles = [self._lex.hair_style(one) for one in waiting]
                told = next((one for one in styles if one), "")
                looks.hair_style = looks.hair_style or cast("HairStyle | None", told or None)
                colours = [self._lex.hair_colour(one) for one in waiting]
                looks.hair_colour = looks.hair_colour or next((one for one in colours if one), "")
        elif noun == "beard":
            told = self._lex.beard(word or "beard")
            if told == "full" and any(one in ("short", "trimmed", "neat") for one in waiting):
                told = "short"
            looks.beard = looks.beard or cast("Beard", told)
            colours = [self._lex.hair_colour(one) for one in waiting]
            looks.hair_colour = looks.hair_colour or next((one for one in colours if one), "")
        elif noun == "skin":
            looks.skin = looks.skin or next((s for w in waiting if (s := self._lex.skin(w))), "")
        elif noun == "eyes":
            looks.eyes = looks.eyes or next((s for w in waiting if (s := self._lex.eyes(w))), "")
        self._last = noun
        self._copula = False
        waiting.clear()

    def _flush(self) -> None:
        """Give the adjectives that still wait to the last noun, or to the body itself."""
        if self._copula and self._last:
            self._attach(self._last)
        elif self._dressed and self._colour():
            self._looks.dressed = self._looks.dressed or self._colour()
        else:
            self._body()
        self._waiting.clear()
        self._last, self._copula = "", False

    def _body(self) -> None:
        looks = self._looks
        for word in self._waiting:
            build = self._lex.build(word)
            if build and not looks.build and word not in ("round", "heavy", "strong"):
                looks.build = cast("Build", build)
            looks.taller = looks.taller or self._lex.taller(word)
            if word in ("bald", "hairless"):
                looks.hair_style = looks.hair_style or "bald"
            if word in self._lex.old and looks.age is None:
                looks.age = "elder"
            if word in ("teenage", "adolescent") and looks.age is None:
                looks.age = "teen"
        looks.coat = looks.coat or self._colour()
        bare = len(self._waiting) == 1 and self._waiting[0] in ("dark", "pale", "tanned")
        if bare:
            looks.skin = looks.skin or self._lex.skin(self._waiting[0])
        self._waiting.clear()

    def _aged(self, phrase: str) -> str:
        """Take the years a phrase tells; return the phrase without them."""
        for match in _AGED.finditer(phrase):
            told = match.group(1) or match.group(2)
            years = int(told) if told.isdigit() else self._lex.number(told)
            if years:
                self._looks.age = self._looks.age or age_of(years)
                phrase = (
                    f"{phrase[: match.start()]}{' ' * len(match.group(0))}{phrase[match.end() :]}"
                )
        return phrase


def _words(text: str) -> list[str]:
    """Return a phrase's words, `red-haired` as `red hair`, and marks of punctuation."""
    found: list[str] = []
    lex = lexicon()
    for word in _TOKEN.findall(text):
        first, _, last = word.rpartition("-")
        if last in _SUFFIXES:
            found += [*first.split("-"), _SUFFIXES[last]]
        elif lex.garment(word) or lex.beard(word) or not first:
            single = word.removesuffix("s")
            found.append(single if not lex.garment(word) and lex.garment(single) else word)
        else:
            found += [part for part in word.split("-") if part]
    return found
