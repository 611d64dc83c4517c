"""What is to be seen: the shared vocabulary of plan, prompts, pencil and motion.

A scene says the same thing as a prompt, as data. Paid front-ends read the prompt; the embedded
ones draw the scene. Screen directions are always the viewer's: `left` is the left of the frame.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

ShotSize = Literal[
    "extreme-wide",
    "wide",
    "full",
    "medium-wide",
    "medium",
    "medium-close-up",
    "close-up",
    "extreme-close-up",
    "insert",
]
"""From the place as hero (`extreme-wide`) to one thing filling the frame (`insert`)."""

Angle = Literal["eye-level", "low", "high", "overhead", "dutch"]
"""Where the camera stands relative to the subject's eyes."""

Move = Literal[
    "static",
    "push",
    "pull",
    "pan-left",
    "pan-right",
    "tilt-up",
    "tilt-down",
    "track-left",
    "track-right",
    "orbit-left",
    "orbit-right",
    "crane-up",
    "crane-down",
    "handheld",
]
"""What the camera does; left and right are where the camera goes or looks."""

Action = Literal[
    "stand",
    "walk",
    "run",
    "turn",
    "sit",
    "kneel",
    "lie",
    "fall",
    "reach",
    "talk",
    "look",
    "climb",
    "carry",
    "point",
    "wave",
    "dance",
    "play",
    "eat",
    "embrace",
    "cry",
    "laugh",
    "sleep",
    "work",
    "fight",
    "ride",
    "fly",
    "swim",
]
"""What a body does: the poses the pencil knows."""

Emotion = Literal["neutral", "happy", "sad", "angry", "afraid", "surprised", "determined"]

Facing = Literal[
    "camera", "front-left", "front-right", "left", "right", "back-left", "back-right", "away"
]
"""Which way a body is turned on screen; `left` shows the profile that looks to frame left."""

Depth = Literal["near", "middle", "far"]

TimeOfDay = Literal["dawn", "day", "dusk", "night"]
Season = Literal["spring", "summer", "autumn", "winter"]
Weather = Literal["clear", "rain", "snow", "fog", "wind"]

PlaceKind = Literal[
    "room",
    "street",
    "garden",
    "forest",
    "field",
    "sea",
    "mountain",
    "desert",
    "castle",
    "hall",
    "vehicle",
    "sky",
    "open",
]
"""The sets the pencil knows; `open` is the plain fallback (ground, horizon, sky)."""

CharacterKind = Literal["human", "dog", "cat", "bird", "horse", "animal", "thing"]
"""`animal` is any other four-legged one; `thing` is an object or force that acts (wind, robot)."""

Age = Literal["child", "teen", "adult", "elder"]
Presentation = Literal["feminine", "masculine", "neutral"]
Build = Literal["slim", "average", "broad", "heavy"]
HairStyle = Literal[
    "bald", "cropped", "short", "bob", "long", "ponytail", "bun", "curly", "wild", "braids"
]
Beard = Literal["none", "stubble", "moustache", "short", "full"]
Garment = Literal[
    "shirt",
    "t-shirt",
    "jumper",
    "jacket",
    "coat",
    "cloak",
    "dress",
    "robe",
    "tunic",
    "apron",
    "armour",
    "trousers",
    "shorts",
    "skirt",
    "shoes",
    "boots",
    "sandals",
    "barefoot",
    "hat",
    "top-hat",
    "cap",
    "hood",
    "crown",
    "helmet",
    "scarf",
    "glasses",
]
MarkKind = Literal["tattoo", "piercing", "scar", "freckles", "mole", "patch"]
Side = Literal["left", "right", "centre"]
"""The side of the character's own body, never of the frame."""

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
"""sRGB as `#rrggbb`, lower case."""

ThingId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
"""A short stable name: lower case, digits, hyphens."""


class Noun(BaseModel):
    """A frozen value whose unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hair(Noun):
    """Hair of the head and face."""

    style: HairStyle = "short"
    colour: Colour = "#3b2a20"
    beard: Beard = "none"


class Worn(Noun):
    """One garment and its colour."""

    garment: Garment
    colour: Colour


class Mark(Noun):
    """Something on the skin or through it that identifies a person."""

    kind: MarkKind
    where: Literal["cheek", "brow", "nose", "chin", "ear", "neck", "arm", "hand"] = "cheek"
    side: Side = "left"
    design: str = ""
    """What it shows, in a few words: `triple chevron`, `steel ring`."""
    colour: Colour = "#2b3a4a"


class Identity(Noun):
    """Who a character is to the eye: the attributes that must hold from sheet to film."""

    id: ThingId
    name: str
    kind: CharacterKind = "human"
    species: str = ""
    """The story's own word for an animal or thing: `linnet`, `north wind`."""
    members: Annotated[int, Field(ge=1, le=7)] = 1
    """How many bodies this is: 1, or up to 7 for a group such as `the children`."""
    age: Age = "adult"
    presentation: Presentation = "neutral"
    height_m: Annotated[float, Field(gt=0.05, le=12)] = 1.72
    build: Build = "average"
    skin: Colour = "#c98d6b"
    """Skin, or the coat, hide or plumage of an animal."""
    eyes: Colour = "#3f6e5a"
    hair: Hair = Hair()
    outfit: tuple[Worn, ...] = ()
    """Garments from the inside out; at most one per body zone is seen."""
    marks: tuple[Mark, ...] = ()
    accent: Colour = "#e8b04b"
    """One colour that belongs to this character alone: patch, ribbon, collar."""


class Prop(Noun):
    """A thing that is held, used or looked at."""

    id: ThingId
    name: str
    kind: str = "object"
    """Plain English noun the pencil looks up: `axe`, `lamp`, `notice-board`; else a box."""
    colour: Colour = "#8a6a45"
    size_m: Annotated[float, Field(gt=0.01, le=20)] = 0.4
    """Longest side in metres."""
    text: str = ""
    """Words written on it, if any."""


class Setting(Noun):
    """A place at a moment: what stands there, and how it is lit."""

    id: ThingId
    name: str
    kind: PlaceKind = "open"
    features: tuple[str, ...] = ()
    """Plain nouns of what can be seen there: `wall`, `tree`, `castle`, `window`, `blossom`."""
    time: TimeOfDay = "day"
    season: Season = "summer"
    weather: Weather = "clear"
    key: Literal["left", "right", "front", "back", "top"] = "left"
    """Where the main light comes from, on screen."""
    mood: Literal["warm", "cool", "neutral", "harsh", "dim"] = "neutral"
    palette: tuple[Colour, ...] = ()
    """Colours that must be felt, the leading one first; empty lets the set choose."""


class Performer(Noun):
    """One character (or group) in one panel: what the body does and where it is on screen."""

    id: ThingId
    does: Action = "stand"
    facing: Facing = "camera"
    emotion: Emotion = "neutral"
    at: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """Horizontal place in the frame: -1 left edge, 0 centre, 1 right edge."""
    depth: Depth = "middle"
    speaks: bool = False
    holds: str = ""
    """Id of a prop in the hand."""
    on: str = ""
    """What the body rests on, as a plain noun: `tree`, `wall`, `bed`; empty is the ground."""
    looks_at: str = ""
    """Id of whom or what the eyes are on; empty looks where the body faces."""
    seen: Annotated[int, Field(ge=0, le=7)] = 0
    """How many of a group are in frame; 0 means all its members."""


class PanelScene(Noun):
    """One panel: camera, place, people, length."""

    id: str
    size: ShotSize = "wide"
    angle: Angle = "eye-level"
    move: Move = "static"
    frames: Annotated[int, Field(ge=1)] = 32
    """Length on screen in frames."""
    setting: Setting
    performers: tuple[Performer, ...] = ()
    focus: str = ""
    """Id of the performer or prop the frame is composed on; empty takes the first performer."""
    over: str = ""
    """Id of the performer over whose shoulder we look; empty for none."""
    props: tuple[str, ...] = ()
    """Ids of props seen in the place, besides those that are held."""
    action: str = ""
    """The story's words for what happens."""
    line: str = ""
    """Spoken words, if any."""


class BoardScene(Noun):
    """A 3x3 board: nine panels in reading order, with everyone and everything in them."""

    id: str
    title: str = ""
    ratio: str = "16:9"
    style: str = ""
    panels: tuple[PanelScene, ...]
    cast: tuple[Identity, ...] = ()
    props: tuple[Prop, ...] = ()


class SheetScene(Noun):
    """What a sheet must show: one character, place or prop."""

    style: str = ""
    character: Identity | None = None
    place: Setting | None = None
    prop: Prop | None = None


def words_of(vocabulary: object) -> tuple[str, ...]:
    """Return the words of one of the Literal vocabularies above, in their written order."""
    return tuple(str(word) for word in get_args(vocabulary))
