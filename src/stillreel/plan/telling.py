"""What a reader found in a story, before anyone thinks of shots: beings, places, things, beats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from stillreel.values.scene import (
        Action,
        Age,
        CharacterKind,
        Emotion,
        PlaceKind,
        Presentation,
        Season,
        TimeOfDay,
        Weather,
    )

BeatKind = Literal["action", "speech", "look", "feeling", "portrait", "scenery", "detail", "still"]


@dataclass(slots=True)
class Being:
    """Someone who may act, as the story tells them so far."""

    id: str
    name: str
    """As it stands inside a sentence: `Mara`, `the Giant`, `the children`."""
    head: str
    """The noun or name it is found by, lower case."""
    kind: CharacterKind = "human"
    species: str = ""
    members: int = 1
    age: Age = "adult"
    gender: Presentation | None = None
    height_m: float | None = None
    adjectives: set[str] = field(default_factory=set[str])
    aliases: set[str] = field(default_factory=set[str])
    looks: list[str] = field(default_factory=list[str])
    """The story's words about how they look, as phrases."""
    lines: list[int] = field(default_factory=list[int])
    did: set[str] = field(default_factory=set[str])
    """Lemmas of what they have done."""
    acts: int = 0
    met: int = 0
    """Number of the sentence that introduced them."""
    personal: bool = False
    """Whether the story says `he` or `she` of it, though it is a beast or a thing."""
    drawn: bool = True
    """False for a season and for someone only spoken of."""
    named: bool = False
    role: str = ""
    """What they are by trade or kin, when they have a name: `waitress`."""
    like: str = ""
    """Id of the being this one was when younger; they share face and clothes."""


@dataclass(slots=True)
class Spot:
    """A place of the story."""

    id: str
    name: str
    head: str
    kind: PlaceKind
    features: list[str] = field(default_factory=list[str])
    season: Season | None = None
    """Its own season, when the story says it differs from everywhere else."""
    indoors: bool = False
    lines: list[int] = field(default_factory=list[int])


@dataclass(slots=True)
class Thing:
    """A thing that is held, looked at or read."""

    id: str
    name: str
    kind: str
    size_m: float
    colour: str
    text: str = ""
    lines: list[int] = field(default_factory=list[int])


@dataclass(frozen=True, slots=True)
class Part:
    """What one being does in a beat."""

    id: str
    does: Action = "stand"
    emotion: Emotion = "neutral"
    looks_at: str = ""
    on: str = ""
    holds: str = ""
    loud: bool = False
    """Heard without words: singing, shouting, barking."""
    away: bool = False
    """Turned from whoever is near."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words spoken in a beat."""

    who: str
    text: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when: everything about a beat that carries over to the next."""

    place: str
    time: TimeOfDay = "day"
    season: Season = "summer"
    weather: Weather = "clear"
    features: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that can be shown."""

    kind: BeatKind
    text: str
    """The story's words, with names for pronouns."""
    lines: tuple[int, int]
    moment: Moment
    parts: tuple[Part, ...] = ()
    """Those the beat is about, the doer first."""
    present: tuple[Part, ...] = ()
    """Others who are there, as they are."""
    said: Said | None = None
    focus: str = ""
    """Id of a thing the beat is about."""
    things: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    weight: float = 1.0
    travel: Literal["", "in", "out", "along"] = ""
    """Whether the doer enters, leaves or moves through the place."""
    paragraph: int = 0
    turn: bool = False
    """A moment the story turns on: a push or a reaction is due."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A whole story as beats, with everyone and everything in them."""

    beats: tuple[Beat, ...]
    beings: tuple[Being, ...]
    spots: tuple[Spot, ...]
    things: tuple[Thing, ...]
    words: int
    """Length of the story, in English words or their equal."""
    modern: bool = False
    english: bool = True
    """Whether English words may be set before the story's own."""
