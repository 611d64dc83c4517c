"""The words of the cutting room: clips that come in, spans of the film, the film that goes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.plan.nouns import Panel
    from stillreel.values.take import Quality

SpanKind = Literal["title", "clip", "credits"]


@dataclass(frozen=True, slots=True)
class TakeFile:
    """One take of a clip, as an editor can open it."""

    id: str
    """Stable name of the take, e.g. `C07-2` or its digest."""
    path: Path
    made_by: str = ""
    """Who moved it, as the report names it."""


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A clip that goes into the cut: the chosen take, and the others an editor may want."""

    id: str
    """Clip id of the plan, e.g. `C07`."""
    path: Path
    """The chosen take."""
    frames: int
    """Length in frames at the film's rate."""
    panels: tuple[int, ...] = ()
    """Frames of each of its panels; empty shares `frames` by the plan's seconds."""
    takes: tuple[TakeFile, ...] = ()
    """Every take, the chosen one included; empty means only the chosen one exists."""
    chosen: str = ""
    """Id of the chosen take among `takes`."""


@dataclass(frozen=True, slots=True)
class CutSettings:
    """How the film is put together."""

    out: Path
    """Folder the film, subtitles and timeline are written to."""
    cache: Path
    """Folder for conformed clips, cards and sound that need not be made again."""
    width: int = 1920
    """Pixels, even."""
    height: int = 1080
    """Pixels, even."""
    quality: Quality = "draft"
    title: bool = True
    """Whether a title card opens the film."""
    credits: bool = True
    """Whether an end credit closes it."""
    credit_lines: tuple[str, ...] = ()
    """Lines of the end credit; empty writes them from the plan."""
    sound: bool = True
    """Whether room tone, weather and effects are laid."""
    music: bool = True
    voice: bool = False
    """Whether spoken lines get a scratch voice; needs the `voice` extra."""
    seed: int = 0
    """Changes the performance of the sound, never what is heard."""
    name: str = "film"
    """File name of the film without suffix."""
    label: str = ""
    """Words that the title card shows in its corner, for who must see how the film was made."""
    unfinished: bool = False
    """Whether the film goes into `cache`, to be marked and signed before it lies in `out`."""

    @property
    def path(self) -> Path:
        """Where the cut writes the film."""
        return (self.cache if self.unfinished else self.out) / f"{self.name}.mp4"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the film: a card or a clip."""

    kind: SpanKind
    id: str
    """`title`, `credits`, or the clip id."""
    start: int
    """First frame in the film."""
    frames: int

    @property
    def end(self) -> int:
        """Frame after the last one."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class PanelSpan:
    """Where one panel of the plan lies in the film."""

    clip: str
    panel: Panel
    start: int
    """First frame in the film."""
    frames: int

    @property
    def end(self) -> int:
        """Frame after the last one."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class CutList:
    """The order of the film in frames: cards, clips and every panel."""

    fps: int
    spans: tuple[Span, ...]
    panels: tuple[PanelSpan, ...]

    @property
    def frames(self) -> int:
        """Length of the film in frames."""
        return self.spans[-1].end if self.spans else 0


@dataclass(frozen=True, slots=True)
class SubtitleCue:
    """Words on screen for a while."""

    start: int
    """First frame."""
    end: int
    """Frame after the last one."""
    lines: tuple[str, ...]
    """One or two lines of at most 42 characters."""
    who: str = ""
    """Name of the speaker; empty for a narrator."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a meter says of a finished sound track."""

    integrated: float
    """LUFS, EBU R128."""
    true_peak: float
    """dBTP."""


@dataclass(frozen=True, slots=True)
class Film:
    """The finished film and what lies beside it."""

    path: Path
    frames: int
    fps: int
    width: int
    height: int
    cut: CutList
    loudness: Loudness | None
    """None when the film is silent."""
    sound: Path | None
    """The continuous sound track as its own file."""
    subtitles: tuple[Path, ...]
    """SRT and VTT sidecars; empty when nobody speaks."""
    timeline: Path
    """The OpenTimelineIO file."""
    conformed: tuple[str, ...] = ()
    """Ids of clips that had to be brought into the house format first."""

    @property
    def seconds(self) -> Fraction:
        """Exact length in seconds."""
        return Fraction(self.frames, self.fps)
