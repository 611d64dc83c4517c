"""The gate: the frame a shot is composed for, and what is known before anybody is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.values.scene import PanelScene, ShotSize

Settled = frozenset[tuple[str, str]]
"""Performers' ids with the actions they have finished."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The frame a shot is composed for, and how far the camera has walked around the stage."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""
    offset: tuple[float, float]
    """Where the frame's corner lies on the sheet, pixels."""
    yaw: float
    """Degrees."""
    size: ShotSize
    settled: Settled = frozenset()

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height


def settled_by(panels: Sequence[PanelScene], number: int) -> Settled:
    """Return what the panel before number `number`, from 0, has finished: nobody falls twice."""
    before = panels[number - 1].performers if number else ()
    return frozenset((performer.id, performer.does) for performer in before)
