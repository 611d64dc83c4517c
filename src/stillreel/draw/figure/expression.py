"""What emotions do to a face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.values.scene import Emotion


@dataclass(frozen=True, slots=True)
class Expression:
    """What an emotion does to a face; lengths in head units."""

    inner: float = 0.0
    """Inner end of the brows, up."""
    outer: float = 0.0
    """Outer end of the brows, up."""
    pinch: float = 0.0
    """Brows drawn together."""
    lids: float = 0.9
    """How open the upper lids are."""
    cheek: float = 0.0
    """Lower lids pushed up."""
    smile: float = 0.008
    """Corners of the mouth, up."""
    wide: float = 1.0
    part: float = 0.0
    """Lips apart without speech."""


EXPRESSIONS: dict[Emotion, Expression] = {
    "neutral": Expression(),
    "happy": Expression(0.006, 0.004, 0.0, 0.9, 0.32, 0.036, 1.18, 0.12),
    "sad": Expression(0.034, -0.022, 0.008, 0.72, 0.05, -0.026, 0.86, 0.0),
    "angry": Expression(-0.036, 0.022, 0.016, 0.78, 0.22, -0.022, 0.98, 0.0),
    "afraid": Expression(0.040, 0.004, 0.010, 1.16, 0.0, -0.016, 0.98, 0.22),
    "surprised": Expression(0.042, 0.036, 0.0, 1.22, 0.0, 0.0, 0.72, 0.42),
    "determined": Expression(-0.024, 0.006, 0.010, 0.80, 0.18, -0.004, 0.96, 0.0),
}
