"""Whether a board is what the plan asked for: pure functions of what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import BadOutput
from stillreel.grid.nouns import COLUMNS, ROWS
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSURE = 0.6
"""Below this confidence a person should look at the cut."""
SMALLEST_SIDE = 96
"""Pixels; a smaller panel is no use to any motion model."""


def problems(
    clip: str, boxes: Sequence[tuple[int, int, int, int]], confidence: float
) -> tuple[Problem, ...]:
    """Return warnings about a board's cut.

    Raises:
        BadOutput: the picture does not hold nine panels.
    """
    if len(boxes) != ROWS * COLUMNS:
        raise BadOutput(
            f"The board of {clip} holds {len(boxes)} panels, not nine.",
            where=clip,
            next_step=f"Look at it, then `stillreel redo DIR {clip} --stage grid`.",
        )
    found: list[Problem] = []
    where = f"board/{clip}.toml"
    if confidence < UNSURE:
        found.append(
            Problem(
                where,
                0,
                "",
                f"the panels of {clip} could not be cut with certainty ({confidence:.2f})",
                "look at the board; redo it if a panel is cut through",
                "warning",
            )
        )
    for index, (left, top, right, bottom) in enumerate(boxes, 1):
        if min(right - left, bottom - top) < SMALLEST_SIDE:
            found.append(
                Problem(
                    where,
                    0,
                    f"panel.{index}",
                    f"panel {index} is only {right - left}x{bottom - top} pixels",
                    "ask for a larger board",
                    "warning",
                )
            )
    return tuple(found)
