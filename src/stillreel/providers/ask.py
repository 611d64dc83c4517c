"""What a provider is asked for: stills, clips, words and judgements, each a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.values.scene import BoardScene, SheetScene
    from stillreel.values.take import Quality

ReadMode = Literal["grid", "panels", "frames"]
Role = Literal["reference-part", "candidate-part", "reference-whole", "candidate-whole"]
"""What a picture a judge is shown stands for."""
Seen = Literal["present", "changed", "absent", "cannot see"]
"""What a judge may answer about one attribute of a candidate, held against its reference."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture handed to a model, with the job it has there."""

    role: str
    """`identity-face`, `identity-body`, `sheet`, `place`, `prop`, `board`, `first-frame` ..."""
    label: str
    """Name the prompt mentions it by, e.g. `mara`."""
    digest: str
    """SHA-256 of the file's bytes."""
    file: Path = field(compare=False)
    """Where the bytes lie; not part of what the reference is."""


@dataclass(frozen=True, slots=True)
class StillAsk:
    """One picture to be drawn: a sheet, a board, or one panel of a board."""

    subject: str
    """Stable id of what is drawn: `mara`, `C07`, `C07.P3`."""
    kind: Literal["sheet", "board", "panel"]
    prompt: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    seed: int
    take: int
    """1 for the first take; a redo asks for the next number."""
    references: tuple[Reference, ...] = ()
    sheet: SheetScene | None = None
    """The prompt as data, when a sheet is asked."""
    board: BoardScene | None = None
    """The prompt as data, when a board or one of its panels is asked."""
    panel: int = 0
    """Which panel of the board, 1 to 9, when one is asked."""
    grounded: bool = False
    """Whether something in it exists and shall be looked up first, where the front-end can."""
    lettering: tuple[str, ...] = ()
    """Words that stand in the picture, spelt exactly so."""


@dataclass(frozen=True, slots=True)
class MotionAsk:
    """One clip to be moved: the panels of a board as sequential shots."""

    subject: str
    """Clip id, e.g. `C07`."""
    prompt: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    fps: int
    read: ReadMode
    seed: int
    take: int
    board: BoardScene
    """The panels as data; their `frames` add up to the length of the clip."""
    panels: tuple[Reference, ...]
    """The nine panel pictures cut from the board, in reading order."""
    drawn_by: str
    """Provider id of the front-end that drew the board; an unknown one means flat pictures."""
    references: tuple[Reference, ...] = ()
    """Identity plates and others, in the order the prompt counts them."""
    panel_seeds: tuple[int, ...] = ()
    """Seed each panel was drawn with, so that a drawn board moves as it stands."""
    caption: bool = False
    """Whether spoken lines are burned into the picture."""
    quality: Quality = "draft"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture a judge is shown, made on the spot."""

    role: Role
    digest: str
    """SHA-256 of the bytes."""
    data: bytes = field(compare=False, repr=False)
    """PNG bytes; not part of what the picture is."""


@dataclass(frozen=True, slots=True)
class JudgeAsk:
    """One question about one attribute of a candidate beside its reference."""

    subject: str
    """Stable id of what is asked: `mara/hair-colour`."""
    prompt: str
    """The question, and how to answer it."""
    pictures: tuple[Shown, ...]
    """In the order the prompt counts them."""
    take: int = 1
    """1 for the first time; asking again takes the next number."""
    seed: int = 0
    """Which attempt it is; nothing is drawn by lot."""


@dataclass(frozen=True, slots=True)
class JudgeAnswer:
    """What a judge saw, delivered as JSON with these three keys."""

    seen: Seen
    how: str = ""
    """What differs, where it is changed."""
    evidence: str = ""
    """A phrase saying what in the pictures shows it."""


@dataclass(frozen=True, slots=True)
class WriteAsk:
    """One thing a language model is to write: words in, JSON of a given form out."""

    subject: str
    """Stable id of what is written: `plan-beats`, `plan-C07`."""
    instructions: str
    """What holds for every ask of its kind."""
    prompt: str
    schema: str
    """JSON Schema of the answer, as text; whoever asks holds the answer against it again."""
    tokens_max: int
    """Most tokens the model may answer with, its thoughts included."""
    tokens_likely: int = 0
    """About how many an answer takes, for the lower end of a quote."""
    take: int = 1
    """1 for the first time; asking anew takes the next number."""
    seed: int = 0
    """Which attempt it is; nothing is drawn by lot."""


Ask = StillAsk | MotionAsk
Sold = Ask | WriteAsk | JudgeAsk
"""What the till sells."""
