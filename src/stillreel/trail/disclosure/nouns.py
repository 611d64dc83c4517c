"""The nouns of disclosure: what a film tells of how it was made."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.trail.nouns import State
    from stillreel.trail.signing.nouns import SourceType

Origin = Literal["drawn-by-rules", "trained-model", "mixed"]
"""How pictures came to be: by a program without a model, by a trained model, or by both."""
Declared = Literal["declared", "not-declared", "not-checkable"]
Deed = Literal["approved", "chose", "redid", "edited"]
Job = Literal["words", "voices", "sound", "judging"]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made something: a provider, and the model that answered."""

    provider: str
    """The platform or front-end that was asked."""
    model: str
    """As it was answered, not as it was asked for; a program without a model has its version."""
    origin: Origin
    vendor: str = ""
    """Whose model it is; the provider, if left out."""

    @property
    def name(self) -> str:
        """Return the model; of a program without one, its name and version."""
        if self.origin == "drawn-by-rules" and not self.model.startswith(self.provider):
            return f"{self.provider} {self.model}".strip()
        return self.model or self.provider

    def __str__(self) -> str:
        """Return its name for people: the model, and over whom it was reached."""
        reached = self.origin != "drawn-by-rules" and self.name != self.provider
        return f"{self.name} via {self.provider}" if reached else self.name


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vendor's credential was found to be on the day it came in."""

    state: State
    issuer: str = ""
    lists_snapshot: str = ""
    """Date of the trust lists it was judged by."""
    checked_at: str = ""
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of an invisible mark of the vendor; nothing proves that there is none."""

    declared: Declared = "not-checkable"
    """What the file's own manifest says."""
    announced: str = ""
    """What the vendor says it does, with the date it said so; empty where nothing is known."""
    detected: str = ""
    """What the vendor's detector answered, with the time; empty where nobody asked."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One clip of the film, and how it was made."""

    clip: str
    """Id of the clip: `C07`."""
    start: int
    """First frame in the film."""
    end: int
    """The frame after its last."""
    motion: Maker
    still: Maker
    """Who drew the board that was set in motion."""
    made_at: str
    """When the take was made, UTC, ISO 8601."""
    take: str
    """Id of the take in the ledger."""
    prompt_sha256: str = ""
    credential: Verdict | None = None
    """The vendor's own, as found at ingest; None where its file carried none."""
    marks: Marks = Marks()
    references: tuple[str, ...] = ()
    """What was shown to the model beside the board: sheets, plates, the user's own pictures."""

    @property
    def origin(self) -> Origin:
        """Return how its pictures came to be, still and motion together."""
        return together((self.motion.origin, self.still.origin))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A character, place or prop whose picture boards were made from."""

    subject: str
    """Stable id: `mara`."""
    maker: Maker


@dataclass(frozen=True, slots=True)
class Aid:
    """A program or model that helped with something other than pictures."""

    job: Job
    maker: Maker


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person decided."""

    deed: Deed
    what: str
    """What it was about: `C07`, `mara`, `grid`, `cast/mara.toml`."""
    at: str
    """UTC, ISO 8601."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """With whose certificate the film is signed."""

    name: str
    home_made: bool
    """The key of this machine, on no trust list: it shows change, not who signed."""
    time_stamped: bool = False
    """An RFC 3161 authority dated the signature."""


@dataclass(frozen=True, slots=True)
class Label:
    """A notice that can be seen in the picture."""

    text: str
    start: int
    """First frame that shows it."""
    end: int
    """The frame after the last."""
    height: Fraction
    """Of the letters, as a share of the picture's short side."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the disclosure pack of one film says.

    Raises:
        ValueError: the source type says that it was drawn by rules, and a maker says otherwise.
    """

    title: str
    made_at: str
    """UTC, ISO 8601."""
    program: str
    """Name and version: `stillreel 1.0.0`."""
    ledger_head: str
    film_sha256: str
    """Of the signed film; empty until it is signed."""
    frames: int
    fps: int
    source_type: SourceType
    """As the film's own manifest says."""
    certificate: Certificate | None
    """None where the film is not signed."""
    shots: tuple[Shot, ...]
    sheets: tuple[Sheet, ...] = ()
    """What the shots were made from in the end, each once."""
    decisions: tuple[Decision, ...] = ()
    aids: tuple[Aid, ...] = ()
    label: Label | None = None
    pixel_mark: str = ""
    """Id that our mark in the film's pixels carries; empty where there is none."""
    xmp: bool = False
    """The source type stands in the film's XMP too."""
    aigc: bool = False
    """The film carries the implicit label of GB 45438."""
    sidecar: bool = False
    """The manifest is kept beside the film as well."""

    def __post_init__(self) -> None:
        """Refuse to call drawn by rules what a trained model made."""
        if self.source_type == "algorithmicMedia" and self.by_model:
            message = "a trained model made part of it; the film is not algorithmicMedia"
            raise ValueError(message)

    @property
    def seconds(self) -> Fraction:
        """Return how long the film is."""
        return Fraction(self.frames, self.fps)

    @property
    def origin(self) -> Origin:
        """Return how its pictures came to be, all shots and sheets together."""
        return together(maker.origin for maker in self.makers)

    @property
    def by_model(self) -> bool:
        """Tell whether a trained model made anything of it that is seen or heard."""
        heard = [aid.maker for aid in self.aids if aid.job in {"voices", "sound"}]
        return together(maker.origin for maker in (*self.makers, *heard)) != "drawn-by-rules"

    @property
    def makers(self) -> tuple[Maker, ...]:
        """Return everyone who made pictures, each once, in the order of making."""
        sheets = [sheet.maker for sheet in self.sheets]
        stills = [shot.still for shot in self.shots]
        return tuple(dict.fromkeys([*sheets, *stills, *(shot.motion for shot in self.shots)]))


def together(origins: Iterable[Origin]) -> Origin:
    """Return the origin of something made of parts; of nothing, drawn by rules."""
    found = set(origins)
    if found <= {"drawn-by-rules"}:
        return "drawn-by-rules"
    return "trained-model" if found == {"trained-model"} else "mixed"


def counted(names: Iterable[str]) -> dict[str, int]:
    """Return how often each name occurs, the most frequent first."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
