"""The plan: who, where, with what, and every panel of every clip, before a credit is spent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stillreel.values.scene import (
    Angle,
    Identity,
    Move,
    Noun,
    Performer,
    Prop,
    Season,
    Setting,
    ShotSize,
    ThingId,
    TimeOfDay,
    Weather,
)

ClipId = Annotated[str, Field(pattern=r"^C\d{2,3}$")]
PanelId = Annotated[str, Field(pattern=r"^P[1-9]$")]


class Character(Identity):
    """A member of the cast: an identity, and where the story speaks of it."""

    lines: tuple[int, ...] = ()
    """Lines of the story that name this character first, for the reader of the plan."""
    note: str = ""
    """The story's own words about how they look."""
    plates: tuple[str, ...] = ()
    """Reference pictures beside the file, by name; drawn sheets do not need them."""


class Place(Setting):
    """A place of the story, as it is by default; panels may change its time and weather."""

    real: bool = False
    """Whether it exists, so that a front-end that can look things up shall do so."""
    lines: tuple[int, ...] = ()
    note: str = ""


class PlanProp(Prop):
    """A thing of the story."""

    real: bool = False
    """Whether it exists, so that a front-end that can look things up shall do so."""
    lines: tuple[int, ...] = ()
    note: str = ""


class Line(Noun):
    """Words spoken in a panel."""

    who: str
    """Id of the speaker; empty for a narrator."""
    text: str
    off: bool = False
    """Spoken out of frame or as voice-over."""


class Panel(Noun):
    """One of the nine panels of a clip: a shot."""

    id: PanelId
    size: ShotSize
    angle: Angle = "eye-level"
    move: Move = "static"
    seconds: Annotated[str, Field(pattern=r"^\d{1,2}(\.\d{1,3})?$")]
    """Length as a decimal text, so that the sum stays exact."""
    action: str
    """What happens, in the story's words."""
    who: tuple[Performer, ...] = ()
    place: ThingId
    features: tuple[str, ...] = ()
    """What stands in the place in this panel, besides the place's own features."""
    hides: tuple[str, ...] = ()
    """Features of the place that are not there in this panel (the wall before it is built)."""
    time: TimeOfDay = "day"
    season: Season = "summer"
    weather: Weather = "clear"
    key: Literal["left", "right", "front", "back", "top"] = "left"
    mood: Literal["warm", "cool", "neutral", "harsh", "dim"] = "neutral"
    focus: str = ""
    over: str = ""
    props: tuple[str, ...] = ()
    line: Line | None = None
    sound: tuple[str, ...] = ()
    """Plain nouns of effects heard: `footsteps`, `door`, `birds`, `wind`."""
    source: tuple[int, int] = (0, 0)
    """First and last line of the story this panel tells."""


class ClipPlan(Noun):
    """One clip: nine panels of 10-15 s together, drawn as one board and moved as one piece."""

    format: Annotated[int, Field(ge=1, le=1)] = 1
    id: ClipId
    title: str
    seconds: Annotated[str, Field(pattern=r"^\d{1,2}(\.\d{1,3})?$")]
    """Length of the clip; the panels' seconds must add up to it."""
    panel: Annotated[tuple[Panel, ...], Field(min_length=9, max_length=9)]


class Plan(Noun):
    """Everything to be drawn."""

    title: str
    author: str = ""
    language: str = "en"
    ratio: str = "16:9"
    fps: int = 24
    style: str = ""
    cast: tuple[Character, ...] = ()
    places: tuple[Place, ...] = ()
    props: tuple[PlanProp, ...] = ()
    clips: tuple[ClipPlan, ...] = ()


class PlanSettings(Noun):
    """What the film asks of its writer."""

    title: str = ""
    """Empty takes the title of the story."""
    author: str = ""
    language: str = "en"
    ratio: str = "16:9"
    fps: int = 24
    style: str = ""
    clips: Annotated[int, Field(ge=1, le=99)] | None = None
    """Exact number of clips; None lets the length of the story decide."""
    read: Literal["grid", "panels", "frames"] = "grid"
    """How the platform will read the stills, which decides the wording of the shot prompts."""
