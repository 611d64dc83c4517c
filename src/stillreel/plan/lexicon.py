"""What plain English nouns and verbs look like: the word lists beside this file, indexed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.values.scene import (
        Action,
        Age,
        CharacterKind,
        Emotion,
        Garment,
        PlaceKind,
        Presentation,
        Season,
        TimeOfDay,
        Weather,
    )

Table = dict[str, str]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


BODY_PARTS = word_set("""
    heart face eye eyes hand hands voice breath head hair arm arms foot feet mouth lip lips finger
    fingers knee knees cheek cheeks tear tears mind soul body leg legs shoulder shoulders smile gaze
    throat skin nose palm palms
""")


@dataclass(frozen=True, slots=True)
class PersonWord:
    """What a noun for a person says about them."""

    age: Age
    presentation: Presentation
    group: bool = False


@dataclass(frozen=True, slots=True)
class PropWord:
    """Size and colour of a thing one can hold."""

    size_m: float
    colour: str


class Lexicon:
    """The word lists, each turned round so that a lemma finds its meaning."""

    def __init__(self) -> None:
        """Read the four lists that lie in `words/`."""
        verbs, people, world = _read("verbs"), _read("people"), _read("world")
        self._looks = {name: _turned(table) for name, table in _read("looks").items()}
        self._actions = _turned(verbs["action"])
        self._phrases = verbs["phrase"]
        self._classes = {name: frozenset(text.split()) for name, text in verbs["class"].items()}
        self._people = _turned(people["people"])
        self._groups = _turned(people["groups"])
        self._heights = _turned(people["height"])
        self._genders = _turned(people["gender"])
        self._animals = _turned(people["animals"])
        self._animal_sizes = _turned(people["animal_size"])
        self._coats = _turned(people["coats"])
        self._things = _turned(people["things"])
        self._names = _turned(people["names"])
        self._places = _turned(world["places"])
        self._place_features = world["place_features"]
        self._indoors = _turned(world["indoors"])
        self._features = frozenset(world["features"]["words"].split())
        self._feature_of = _turned(world["feature_of"])
        self._rest = _turned(world["rest"])
        self._props = _turned(world["props"])
        self._written = frozenset(world["written"]["words"].split())
        self._time = _turned(world["time"])
        self._season = _turned(world["season"])
        self._weather = _turned(world["weather"])
        self._emotion = _turned(world["emotion"])
        self._colours = _turned(world["colours"])
        self._garments = _turned(world["garments"])
        self._hair_colour = _turned(world["hair_colour"])
        self._hair_style = _turned(world["hair_style"])
        self._build = _turned(world["build"])
        self.old = frozenset(world["old"]["words"].split())
        self.young = frozenset(world["young"]["words"].split())
        self._sounds = [(sound, frozenset(text.split())) for sound, text in world["sounds"].items()]
        self._period = {name: frozenset(text.split()) for name, text in world["period"].items()}

    @property
    def verbs(self) -> int:
        """Return how many verbs have a pose."""
        return len(self._actions)

    def action(self, lemma: str, particle: str = "") -> Action | None:
        """Return the pose for a verb, or None for a verb that shows nothing."""
        found = self._phrases.get(f"{lemma} {particle}") if particle else None
        return cast("Action | None", found or self._actions.get(lemma))

    def is_(self, kind: str, lemma: str) -> bool:
        """Say whether a verb is of a class such as `say`, `perceive`, `mental`."""
        return lemma in self._classes[kind]

    def person(self, lemma: str) -> PersonWord | None:
        """Return what a noun says about a person or a group of people."""
        group = self._groups.get(lemma)
        if group:
            return PersonWord(cast("Age", group), "neutral", group=True)
        found = self._people.get(lemma)
        if not found:
            return None
        age, presentation = found.split("-")
        return PersonWord(cast("Age", age), cast("Presentation", presentation))

    def gender(self, lemma: str) -> Presentation | None:
        """Return how stories usually speak of a role or a force of nature."""
        return cast("Presentation | None", self._genders.get(lemma))

    def name_gender(self, name: str) -> Presentation | None:
        """Return the presentation a given name suggests."""
        return cast("Presentation | None", self._names.get(name.lower()))

    def animal(self, lemma: str) -> CharacterKind | None:
        """Return the kind of an animal word."""
        return cast("CharacterKind | None", self._animals.get(lemma))

    def thing(self, lemma: str) -> bool:
        """Say whether a noun names a force or object that stories let act."""
        return lemma in self._things

    def height(self, lemma: str) -> float | None:
        """Return the height in metres a noun implies."""
        found = self._heights.get(lemma) or self._animal_sizes.get(lemma)
        return float(found) if found else None

    def place(self, lemma: str) -> PlaceKind | None:
        """Return the kind of set a noun names."""
        return cast("PlaceKind | None", self._places.get(lemma))

    def place_features(self, lemma: str, kind: str) -> tuple[str, ...]:
        """Return what usually stands in a place of that name, or of that kind."""
        return tuple(
            (self._place_features.get(lemma) or self._place_features.get(kind, "")).split()
        )

    def indoors(self, lemma: str) -> str:
        """Return the room that a thing such as a bed makes, or an empty text."""
        return self._indoors.get(lemma, "")

    def feature(self, lemma: str) -> str:
        """Return the feature of a set that a noun shows, or an empty text."""
        return self._feature_of.get(lemma) or (lemma if lemma in self._features else "")

    def rest(self, lemma: str) -> str:
        """Return what a body may be on, or an empty text."""
        return self._rest.get(lemma, "")

    def prop(self, lemma: str) -> PropWord | None:
        """Return size and colour of a thing one can hold."""
        found = self._props.get(lemma)
        if not found:
            return None
        size, colour = found.split()
        return PropWord(float(size), colour)

    def written(self, lemma: str) -> bool:
        """Say whether a thing usually carries words."""
        return lemma in self._written

    def time(self, lemma: str) -> TimeOfDay | None:
        """Return the time of day a word names."""
        return cast("TimeOfDay | None", self._time.get(lemma))

    def season(self, lemma: str) -> Season | None:
        """Return the season a word names."""
        return cast("Season | None", self._season.get(lemma))

    def weather(self, lemma: str) -> Weather | None:
        """Return the weather a word names."""
        return cast("Weather | None", self._weather.get(lemma))

    def emotion(self, lemmas: Iterable[str]) -> Emotion | None:
        """Return the feeling of the first word that has one."""
        for lemma in lemmas:
            found = self._emotion.get(lemma)
            if found:
                return cast("Emotion", found)
        return None

    def colour(self, lemma: str) -> str:
        """Return a colour word as `#rrggbb`, or an empty text."""
        return self._colours.get(lemma, "")

    def garment(self, lemma: str) -> Garment | None:
        """Return the garment a noun names."""
        return cast("Garment | None", self._garments.get(lemma))

    def coat(self, lemma: str) -> str:
        """Return the colour of an animal as `#rrggbb`, or an empty text."""
        return self._coats.get(lemma, "")

    def hair_colour(self, lemma: str) -> str:
        """Return a hair colour as `#rrggbb`, or an empty text."""
        return self._hair_colour.get(lemma, "")

    def hair_style(self, lemma: str) -> str:
        """Return a hair style word, or an empty text."""
        return self._hair_style.get(lemma, "")

    def build(self, lemma: str) -> str:
        """Return a build word, or an empty text."""
        return self._build.get(lemma, "")

    def body(self, word: str) -> str:
        """Return the part of the body where a mark can be, or an empty text."""
        return self._looks["where"].get(word, "")

    def taller(self, word: str) -> float:
        """Return by how many metres a word makes a body taller than usual."""
        return float(self._looks["taller"].get(word, "0"))

    def skin(self, word: str) -> str:
        """Return the skin a word tells of as `#rrggbb`, or an empty text."""
        return self._looks["skin"].get(word, "")

    def eyes(self, word: str) -> str:
        """Return the eyes a word tells of as `#rrggbb`, or an empty text."""
        return self._looks["eyes"].get(word, "")

    def beard(self, word: str) -> str:
        """Return the beard a word names, or an empty text."""
        return self._looks["beard"].get(word, "")

    def style_noun(self, word: str) -> str:
        """Return the style of hair that a noun such as `braids` is, or an empty text."""
        return self._looks["style_noun"].get(word, "")

    def metal(self, word: str) -> bool:
        """Say whether a word tells what a ring or stud is like."""
        return word in self._looks["metal"]

    def number(self, word: str) -> int:
        """Return the years that a number in words tells, or 0."""
        return int(self._looks["number"].get(word, "0"))

    def sounds(self, lemmas: Iterable[str]) -> tuple[str, ...]:
        """Return the effects that words let us hear, at most two, in a fixed order."""
        words = set(lemmas)
        return tuple(sound for sound, heard in self._sounds if heard & words)[:2]

    def modern(self, lemmas: Iterable[str]) -> bool:
        """Say whether words speak of our time rather than of once upon a time."""
        words = tuple(lemmas)
        counts = {
            name: sum(1 for word in words if word in known) for name, known in self._period.items()
        }
        return counts["modern"] > counts["tale"]


@cache
def lexicon() -> Lexicon:
    """Return the one lexicon of this process."""
    return Lexicon()


def _read(name: str) -> dict[str, Table]:
    text = resources.files("stillreel.plan").joinpath(f"words/{name}.toml").read_text("utf-8")
    return cast("dict[str, Table]", tomllib.loads(text))


def _turned(table: Table) -> Table:
    turned: Table = {}
    for meaning, words in table.items():
        for word in words.split():
            turned.setdefault(word, meaning)
    return turned
