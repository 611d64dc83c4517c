"""What a language model may say: our own words for people, places and shots, and no ids.

Every key is demanded of the model; one that it leaves out all the same takes its default here, for
an answer is paid for and a missing mark on a cheek is no reason to pay again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from stillreel.values import scene
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANSWER = "answer"
"""What problems of an answer name in place of a file."""

_WORDS = frozenset({"default", "title", "description"})
_LIMITS = frozenset({"minItems", "maxItems", "minLength", "pattern", "exclusiveMinimum"})
_Kind = TypeVar("_Kind", bound=BaseModel)

Colour = Annotated[
    str, BeforeValidator(lambda told: str(told).lower()), Field(pattern=r"^#[0-9a-f]{6}$")
]
Light = Literal["left", "right", "front", "back", "top"]
Mood = Literal["warm", "cool", "neutral", "harsh", "dim"]
Lines = tuple[int, ...]


class Said(BaseModel):
    """Something a model said; keys that were not asked for are dropped."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", json_schema_serialization_defaults_required=True
    )


class Hair(Said):
    """Hair of the head and face."""

    style: scene.HairStyle = "short"
    colour: Colour = "#3b2a20"
    beard: scene.Beard = "none"


class Worn(Said):
    """One garment and its colour."""

    garment: scene.Garment
    colour: Colour


class Mark(Said):
    """Something on the skin that identifies a person."""

    kind: scene.MarkKind
    where: Literal["cheek", "brow", "nose", "chin", "ear", "neck", "arm", "hand"] = "cheek"
    side: scene.Side = "left"
    design: str = ""
    colour: Colour = "#2b3a4a"


class Person(Said):
    """A member of the cast."""

    name: Annotated[str, Field(min_length=1)]
    kind: scene.CharacterKind = "human"
    species: str = ""
    members: Annotated[int, Field(ge=1, le=7)] = 1
    age: scene.Age = "adult"
    presentation: scene.Presentation = "neutral"
    height_m: Annotated[float, Field(gt=0.05, le=12)] = 1.72
    build: scene.Build = "average"
    skin: Colour = "#c98d6b"
    eyes: Colour = "#3f6e5a"
    hair: Hair = Hair()
    outfit: tuple[Worn, ...] = ()
    marks: tuple[Mark, ...] = ()
    accent: Colour = "#e8b04b"
    lines: Lines = ()
    note: str = ""


class Spot(Said):
    """A place."""

    name: Annotated[str, Field(min_length=1)]
    kind: scene.PlaceKind = "open"
    features: tuple[str, ...] = ()
    time: scene.TimeOfDay = "day"
    season: scene.Season = "summer"
    weather: scene.Weather = "clear"
    key: Light = "left"
    mood: Mood = "neutral"
    palette: tuple[Colour, ...] = ()
    lines: Lines = ()
    note: str = ""


class Thing(Said):
    """A prop."""

    name: Annotated[str, Field(min_length=1)]
    kind: str = "object"
    colour: Colour = "#8a6a45"
    size_m: Annotated[float, Field(gt=0.01, le=20)] = 0.4
    text: str = ""
    lines: Lines = ()
    note: str = ""


class Beat(Said):
    """One thing that happens."""

    what: Annotated[str, Field(min_length=1)]
    who: tuple[str, ...] = ()
    place: str
    speaker: str = ""
    speech: str = ""
    first_line: int = 0
    last_line: int = 0


class Part(Said):
    """What one clip tells."""

    title: str
    beats: Annotated[tuple[Beat, ...], Field(min_length=1)]


class Beats(Said):
    """The first pass: who, where, with what, and what happens in each clip."""

    cast: tuple[Person, ...] = ()
    places: Annotated[tuple[Spot, ...], Field(min_length=1)]
    props: tuple[Thing, ...] = ()
    clips: tuple[Part, ...]


class Actor(Said):
    """One performer in one panel."""

    id: str
    does: scene.Action = "stand"
    facing: scene.Facing = "camera"
    emotion: scene.Emotion = "neutral"
    at: Annotated[float, Field(ge=-1, le=1)] = 0.0
    depth: scene.Depth = "middle"
    speaks: bool = False
    holds: str = ""
    on: str = ""
    looks_at: str = ""
    seen: Annotated[int, Field(ge=0, le=7)] = 0


class Shot(Said):
    """One panel."""

    size: scene.ShotSize
    angle: scene.Angle = "eye-level"
    move: scene.Move = "static"
    seconds: Annotated[float, Field(gt=0, le=15)]
    action: Annotated[str, Field(min_length=1)]
    who: tuple[Actor, ...] = ()
    place: str
    features: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    time: scene.TimeOfDay = "day"
    season: scene.Season = "summer"
    weather: scene.Weather = "clear"
    key: Light = "left"
    mood: Mood = "neutral"
    focus: str = ""
    over: str = ""
    props: tuple[str, ...] = ()
    speaker: str = ""
    speech: str = ""
    off: bool = False
    sound: tuple[str, ...] = ()
    first_line: int = 0
    last_line: int = 0


class Shots(Said):
    """The second pass: the nine panels of one clip."""

    panels: Annotated[tuple[Shot, ...], Field(min_length=9, max_length=9)]


def schema(kind: type[BaseModel], words: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the JSON Schema of an answer: all keys demanded, and ids limited to ours.

    Args:
        kind: what is asked for.
        words: which words a key of `Kind.key` may hold, e.g. `{"Shot.place": ("garden",)}`.
    """
    # As a model writes it, no key may be left out; as we read it, most have a default.
    form: dict[str, Any] = kind.model_json_schema(mode="serialization")
    for path, allowed in (words or {}).items():
        table, _, key = path.partition(".")
        field = form["$defs"][table]["properties"][key]
        (field.get("items") or field)["enum"] = list(allowed)
    return json.dumps(_plain(form), sort_keys=True)


def read(text: str, kind: type[_Kind]) -> tuple[_Kind | None, tuple[Problem, ...]]:
    """Return what an answer says, or everything that is wrong with it."""
    try:
        return kind.model_validate_json(text), ()
    except ValidationError as error:
        found = tuple(
            Problem(ANSWER, 0, _key(one["loc"]), f"{one['msg']}.", _got(one["input"]))
            for one in error.errors(include_url=False)
        )
        return None, found


def _key(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _got(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False, default=str)
    return f"It was {told if len(told) <= 80 else told[:77] + '...'}"


def _plain(form: Any) -> Any:  # noqa: ANN401 - JSON
    """Drop what only costs words, and limits that some houses refuse: they are checked here."""
    if isinstance(form, list):
        return [_plain(one) for one in form]
    if not isinstance(form, dict):
        return form
    return {
        key: {name: _plain(one) for name, one in value.items()}
        if key == "properties"
        else _plain(value)
        for key, value in form.items()
        if key not in _WORDS | _LIMITS
    }
