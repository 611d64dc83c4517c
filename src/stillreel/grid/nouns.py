"""A board and the nine panels cut from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.values.problem import Problem
    from stillreel.values.take import StoredFile, Take

BOARD_LONG_SIDE = 1920
"""Pixels of a board's longer side, at most."""
GUTTER = 20
"""Pixels between panels, and around them all."""
ROWS = COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """One clip's board."""

    clip: str
    take: Take
    panels: tuple[StoredFile, ...]
    """Nine pictures in reading order, cut from the board's own pixels."""
    boxes: tuple[tuple[int, int, int, int], ...]
    """Where each panel lies on the board: left, top, right, bottom in pixels."""
    confidence: float
    """How sure the cut is, 0..1."""
    problems: tuple[Problem, ...] = ()

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seed each of the nine panels was drawn with: a panel asked again has its own."""
        again = json.loads(self.take.parameters).get("panel_seeds", {})
        return tuple(again.get(str(index), self.take.seed) for index in range(1, 10))
