"""How big a posed body is: what framing and staging need to know before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """Measures of one posed body in metres, at origin, heading 0 (facing +z)."""

    height: float
    """From the ground to the highest point, in this pose."""
    eye_height: float
    head: tuple[float, float, float]
    """Centre of the head."""
    head_radius: float
    half_width: float
    """Largest reach to either side (x)."""
    depth: float
    """Largest reach to front or back (z)."""
    hip: float
    """Height of the seat or pelvis: what rests on a chair."""
