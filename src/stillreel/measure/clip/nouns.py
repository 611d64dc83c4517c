"""The words of clips: what was ordered, what was delivered, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from stillreel.measure.nouns import Box, Span

Fault = Literal["size", "shape", "fps", "length", "cut", "jump", "heads"]
"""`shape` is pixels that are not square; `cut` is a planned cut that is not there, `jump` a cut
nobody planned, `heads` more people than planned."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What was ordered; None is not judged."""

    size: tuple[int, int] | None = None
    """Width and height in pixels."""
    fps: Fraction | int | None = None
    frames: int | None = None
    """Length in frames at the ordered rate."""
    cuts: tuple[int, ...] | None = None
    """First frame of every planned shot but the first, at the ordered rate; () is one shot."""
    heads: tuple[int, ...] = ()
    """Most depictions of what is counted in each shot, in their order; () is not judged."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One way in which a clip is not what was ordered."""

    what: Fault
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the colours of one shot creep, all over the picture, in CIE Lab units."""

    shot: Span
    slope: tuple[float, float, float]
    """Lightness, green to red and blue to yellow per frame."""
    apart: tuple[tuple[int, float], ...]
    """Pairs of a distance in frames (1 to 50) and the mean shift of chroma over it."""
    even: float
    """0..1: how much alike all parts of the picture shift; a moving subject shifts a few."""

    @property
    def chroma(self) -> float:
        """Shift of chroma per frame."""
        return float((self.slope[1] ** 2 + self.slope[2] ** 2) ** 0.5)


@dataclass(frozen=True, slots=True)
class Bars:
    """A shot that does not fill its frame."""

    shot: Span
    picture: Box
    """What is inside the black bars, in pixels of the clip."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A run of samples with the same headcount."""

    span: Span
    count: int | None
    """Depictions of the character, or None where they cannot be counted."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What a clip is and what is wrong with it, in frames; made in one pass over the film."""

    width: int
    height: int
    fps: Fraction
    frames: int
    cuts: tuple[int, ...]
    """Index of the first frame of each new shot, jump cuts included."""
    black: tuple[Span, ...]
    frozen: tuple[Span, ...]
    """Runs without any change inside a shot that moves."""
    flicker: tuple[Span, ...] = ()
    """Runs in which the light goes up and down from frame to frame."""
    blur: tuple[Span, ...] = ()
    """Runs that are far softer than the rest of their shot, and shots without a sharp edge."""
    letterbox: tuple[Bars, ...] = ()
    drift: tuple[Drift, ...] = ()
    """One per shot that is long enough to tell."""
    drifting: tuple[Span, ...] = ()
    """Where the colours creep so far that it is a fault."""
    creep: float = 0.0
    """Chroma shift per frame in Lab units: the worst of the faults, or else of the whole clip."""
    clones: tuple[Span, ...] = ()
    """Where a second copy of a character stands in the picture."""
    heads: tuple[Heads, ...] = ()
    """Headcount over time, where someone counted."""
    wrong: tuple[Wrong, ...] = ()
    """How it differs from what was ordered; empty without an order."""

    @property
    def seconds(self) -> Fraction:
        """Exact length in seconds."""
        return self.frames / self.fps
