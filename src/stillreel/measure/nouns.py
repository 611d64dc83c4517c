"""What measuring returns: boxes in pixels, cuts, plates, scores and facts of clips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    """(height, width, 3) pixels, BGR."""

_Pixel = TypeVar("_Pixel", bound=np.generic)

Tier = Literal["embedded", "model", "judge"]
"""Who measured: classical code, a learned model, or a model that looks and answers."""

PlateRole = Literal["face", "front", "three-quarter", "side", "back", "other"]


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in pixels; right and bottom are the first pixels outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def area(self) -> int:
        """Pixels inside."""
        return max(0, self.width) * max(0, self.height)

    def crop(self, image: NDArray[_Pixel]) -> NDArray[_Pixel]:
        """Return a view of the pixels of `image`, (height, width, ...), inside the box."""
        return image[self.top : self.bottom, self.left : self.right]

    def overlap(self, other: Box) -> float:
        """Return intersection over union with another box, 0..1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0:
            return 0.0
        shared = width * height
        return shared / (self.area + other.area - shared)


@dataclass(frozen=True, slots=True)
class PanelCut:
    """The panels of a picture."""

    boxes: tuple[Box, ...]
    """In reading order; one box, the whole picture, when it is not a page of panels."""
    rows: int
    cols: int
    """Columns of the widest row."""
    grid: bool
    """True when every row has the same number of panels and there is more than one."""
    confidence: float
    """0..1: how sure the cut is; below 0.5 a person should look."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A single view of a character, cut from a sheet."""

    role: PlateRole
    box: Box
    clean: bool
    """True when exactly one figure is inside, whole, with plain page all round."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that was compared."""

    name: str
    score: float | None
    """0..1, or None where this tier cannot see it."""


@dataclass(frozen=True, slots=True)
class IdentityScore:
    """How far a candidate looks like the reference."""

    score: float
    """0..1; 1 is the same colours in the same places."""
    interval: tuple[float, float]
    """95 % bootstrap interval of the score."""
    same: bool
    """True when the whole interval lies above the threshold of this tier."""
    tier: Tier
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class PaletteScore:
    """How much of a list of wanted colours a picture shows."""

    score: float
    """0..1, the mean over the colours."""
    interval: tuple[float, float]
    """95 % bootstrap interval of the score."""
    found: tuple[float, ...]
    """0..1 for each wanted colour, in their order."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture's header says."""

    kind: Literal["png", "jpeg", "webp"]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Span:
    """A run of frames."""

    first: int
    """Index of its first frame."""
    last: int
    """Index of the first frame after it."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What a clip is and what is wrong with it, in frames."""

    width: int
    height: int
    fps: Fraction
    frames: int
    cuts: tuple[int, ...]
    """Index of the first frame of each new shot."""
    black: tuple[Span, ...]
    frozen: tuple[Span, ...]
    """Runs without any change inside a shot that moves."""

    @property
    def seconds(self) -> Fraction:
        """Exact length in seconds."""
        return self.frames / self.fps
