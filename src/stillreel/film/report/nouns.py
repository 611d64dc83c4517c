"""Everything the report shows, as values; whoever runs the production fills them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.values.money import Money

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from stillreel.values.problem import Problem


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """The finished film."""

    path: Path
    """The MP4; the report links to it and shows a frame of it."""
    seconds: Fraction
    width: int
    height: int
    fps: int
    clips: int
    loudness: float | None = None
    """LUFS; None for a silent film."""
    true_peak: float | None = None
    """dBTP."""
    digest: str = ""
    poster: Path | None = None
    """Picture that stands for the film; None takes a frame from the first clip."""
    beside: tuple[Path, ...] = ()
    """Files next to the film worth naming: subtitles, timeline, contact sheets."""


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One rival's sheet of one subject."""

    provider: str
    picture: Path
    score: float | None = None
    """Identity score 0..1; None where it was not measured."""
    interval: tuple[float, float] | None = None
    """Confidence interval of the score."""
    tier: str = ""
    """Who measured: `embedded`, `model`, `judge`."""
    chosen: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """All sheets of one character, place or prop, side by side."""

    id: str
    name: str
    kind: str
    """`character`, `place` or `prop`."""
    sides: tuple[SheetSide, ...]
    reason: str = ""
    """Why the chosen one was chosen, in a sentence."""
    note: str = ""
    """The story's words about it."""


@dataclass(frozen=True, slots=True)
class ContestBlock:
    """The bake-off between front-ends."""

    rivals: tuple[str, ...]
    verdict: str
    interval: str
    """Range of the paired difference in words; empty where nothing was compared."""
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """What was asked, and in the order of the rivals what each got."""
    spent: tuple[Money, ...]
    """What each rival cost in this film."""


@dataclass(frozen=True, slots=True)
class PanelCaption:
    """What stands under one panel."""

    id: str
    size: str
    move: str
    seconds: str
    action: str
    line: str = ""
    who: str = ""
    """Name of the speaker."""
    remark: str = ""
    """What the check found, if anything."""


@dataclass(frozen=True, slots=True)
class BoardBlock:
    """One board with the words of its panels."""

    clip: str
    title: str
    picture: Path
    provider: str
    panels: tuple[PanelCaption, ...]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ClipBlock:
    """One clip of the film."""

    id: str
    title: str
    path: Path
    panels: tuple[int, ...]
    """Frames of each panel."""
    provider: str
    takes: int
    digest: str = ""
    """Digest of the file; names its glimpse picture in the cache."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PromptBlock:
    """One prompt as it was sent."""

    subject: str
    kind: str
    """`sheet`, `grid` or `shot`."""
    text: str


@dataclass(frozen=True, slots=True)
class TakeRow:
    """One line of the table of takes."""

    stage: str
    subject: str
    provider: str
    number: int
    chosen: bool
    seconds: float
    """How long it took to make."""
    spent: Money = Money()
    model: str = ""
    digest: str = ""
    why: str = ""
    """Why it was made: first take, redo, or what changed."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """The whole report."""

    title: str
    author: str
    style: str
    film: FilmFacts | None
    sheets: tuple[SheetBlock, ...] = ()
    contest: ContestBlock | None = None
    boards: tuple[BoardBlock, ...] = ()
    clips: tuple[ClipBlock, ...] = ()
    prompts: tuple[PromptBlock, ...] = ()
    takes: tuple[TakeRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    spent: Money = Money()
    held: Money = Money()
    """Reserved for jobs whose outcome is not known."""
    ceiling: Money = Money()
    made_at: str = ""
    """When, in words the reader understands."""
    program: str = "stillreel"
