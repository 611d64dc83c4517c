"""What measuring returns: boxes in pixels, cuts, plates, scores and runs of frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    """(height, width, 3) pixels, BGR."""

_Pixel = TypeVar("_Pixel", bound=np.generic)

Tier = Literal["embedded", "model", "judge"]
"""Who measured: classical code, a learned model, or a model that looks and answers."""

Kind = Literal["plain sheet", "grid of cells", "busy scene"]
"""What a picture is taken for before anybody is counted in it."""

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

    def shared(self, other: Box) -> int:
        """Return how many pixels lie in both boxes."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    def overlap(self, other: Box) -> float:
        """Return intersection over union with another box, 0..1."""
        shared = self.shared(other)
        if not shared:
            return 0.0
        return shared / (self.area + other.area - shared)

    def grown(self, margin: int, others: Sequence[Box], width: int, height: int) -> Box:
        """Return the box with a margin that stays on a page and takes nothing of its neighbours.

        Args:
            margin: pixels on each side where there is room; halfway to a neighbour where not.
            others: the neighbours.
            width: pixels of the page.
            height: pixels of the page.
        """
        left, top = max(0, self.left - margin), max(0, self.top - margin)
        right, bottom = min(width, self.right + margin), min(height, self.bottom + margin)
        for other in others:
            if other.top < bottom and other.bottom > top:
                if other.right <= self.left:
                    left = max(left, (other.right + self.left) // 2)
                elif other.left >= self.right:
                    right = min(right, (other.left + self.right + 1) // 2)
            if other.left < right and other.right > left:
                if other.bottom <= self.top:
                    top = max(top, (other.bottom + self.top) // 2)
                elif other.top >= self.bottom:
                    bottom = min(bottom, (other.top + self.bottom + 1) // 2)
        return Box(left, top, right, bottom)


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
class WeightsUsed:
    """The learned weights behind a score: without them it cannot be made again."""

    model: str
    """Id of the model's card."""
    repo: str
    revision: str
    """Commit of the repository, or the name it was asked by where the hub did not tell."""
    licence: str
    sha256: str
    """Digest of the weights file."""
    preprocessing: str
    """Digest of all that is done to a picture before the weights see it."""


@dataclass(frozen=True, slots=True)
class NotMeasurable:
    """Why a tier gives no score here; it never turns into one."""

    reason: str
    """One sentence."""
    tier: Tier


@dataclass(frozen=True, slots=True)
class Instances:
    """Who is depicted where."""

    count: int | None
    """Depictions of anybody; None where this tier cannot measure it."""
    boxes: tuple[Box, ...]
    """What was counted, in reading order; where `count` is None, what was seen for certain."""
    same_as_reference: int | None
    """How many of them look like the reference; None without one, and where not measurable."""
    confidence: float
    """0..1. Of a detector it is that of its least sure box; with no box it is 0, because nobody
    knows how sure it is that nobody is there."""
    tier: Tier
    page: Kind | None = None
    """What kind of picture this was taken for, where that matters to the tier."""
    weights: tuple[WeightsUsed, ...] = ()
    """Learned weights that counted, where any did."""


@dataclass(frozen=True, slots=True)
class IdentityScore:
    """How far a candidate looks like the reference."""

    score: float
    """0..1; 1 is the same colours in the same places."""
    interval: tuple[float, float]
    """Where another picture of the same candidate scores, at the rate the tier states."""
    same: bool
    """True when the score reaches the threshold of this tier, which its calibration names."""
    tier: Tier
    attributes: tuple[Attribute, ...]
    weights: tuple[WeightsUsed, ...] = ()
    """Learned weights that made it, where any did."""

    @property
    def coloured(self) -> bool:
        """Whether there was colour to go by; the embedded tier can tell nobody apart without."""
        return all(one.score is not None for one in self.attributes if one.name == "colour")


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
