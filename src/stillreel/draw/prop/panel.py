"""Flat fronts: the faces of books, screens, cards and clocks that are drawn on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.draw.prop.paint import Paint
    from stillreel.draw.prop.solid import Pen


def faces_us(pen: Pen, z: float, y: float = 0.5) -> bool:
    """Return whether the front at z (or the back, for negative z) is turned to the camera."""
    return pen.view.facing((0, 0, 1 if z >= 0 else -1), (0, y, z)) > 0.02


def panel(pen: Pen, x: float, y: float, w: float, h: float, z: float, paint: Paint) -> None:
    """Put a flat rectangle on the front at z, given its centre and size."""
    pen.face(
        [
            (x - w / 2, y - h / 2, z),
            (x + w / 2, y - h / 2, z),
            (x + w / 2, y + h / 2, z),
            (x - w / 2, y + h / 2, z),
        ],
        paint,
        on=True,
    )
