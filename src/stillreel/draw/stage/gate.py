"""The gate: the frame a shot is composed for, and what is known before anybody is placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.values.scene import PanelScene, ShotSize

Settled = frozenset[tuple[str, str]]
"""Performers' ids with the actions they have finished."""

_LASTING = frozenset({"sit", "kneel", "lie", "sleep"})
"""Actions that leave a body in the pose they end in."""


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
    """Return what the panels before number `number`, from 0, have finished: nobody falls twice.

    Whoever sits, kneels or lies in a place still does when the film comes back to them there.
    """
    before = panels[number - 1].performers if number else ()
    place = panels[number].setting.id if number < len(panels) else ""
    left: dict[str, tuple[str, str]] = {}
    for panel in panels[:number]:
        for one in panel.performers:
            left[one.id] = (panel.setting.id, one.does)
    stayed = {
        (one, does) for one, (where, does) in left.items() if where == place and does in _LASTING
    }
    return frozenset((performer.id, performer.does) for performer in before) | stayed
