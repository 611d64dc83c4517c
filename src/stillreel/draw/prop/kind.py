"""What every drawable kind of thing says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.prop.paint import Tone
    from stillreel.draw.prop.solid import Pen

Rest = Literal["up", "lean", "side", "hang"]
"""Standing on its base; laid along the ground, its front or its flat side up; or in the air."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to be drawn."""

    tone: Tone
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is drawn.

    The builder draws in units of the longest side, standing on y = 0 with its front to +z.
    """

    build: Callable[[Pen, Thing], None]
    words: str
    """Plain nouns that mean this kind, the first being its own."""
    colour: str
    grip: tuple[float, float, float] = (0.0, 0.5, 0.0)
    """Where a hand takes it, in the builder's units."""
    rest: Rest = "up"
