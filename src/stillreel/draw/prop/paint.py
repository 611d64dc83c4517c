"""What a solid is painted with: colours that return, paler and darker, and the paint itself."""

from __future__ import annotations

from dataclasses import dataclass

from stillreel.draw.marks import Role, mix

Tone = tuple[int, int, int]
DARK: Tone = (38, 30, 34)
LIGHT: Tone = (250, 246, 236)
STEEL: Tone = (158, 166, 176)
BRASS: Tone = (206, 162, 72)
WOOD: Tone = (142, 104, 66)


def darker(colour: Tone, amount: float = 0.3) -> Tone:
    """Return the colour mixed toward a warm dark."""
    return mix(colour, DARK, amount)


def paler(colour: Tone, amount: float = 0.3) -> Tone:
    """Return the colour mixed toward a warm white."""
    return mix(colour, LIGHT, amount)


@dataclass(frozen=True, slots=True)
class Paint:
    """How a solid is painted; the fields mean what they mean in `Shape`."""

    colour: Tone
    role: Role = "wood"
    outline: float = 1.0
    glow: float = 0.0
    alpha: float = 1.0
    shade: float = 0.0
