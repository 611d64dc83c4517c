"""Whether a board is what the plan asked for: pure functions of what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import BadOutput
from stillreel.grid.nouns import COLUMNS, ROWS
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.staged import Seen, Wanted

UNSURE = 0.6
"""Below this confidence a person should look at the cut."""
NOT_CUT = 0.5
"""Below this confidence a board is not moved until a person has looked."""
SMALLEST_SIDE = 96
"""Pixels; a smaller panel is no use to any motion model."""


DIFFERENT = 0.35
"""A likeness whose whole interval lies under this is somebody else's."""
MANY = 3
"""So many panels with the wrong person cost more one by one than the board does."""


def failures(
    clip: str, confidence: float, seen: Sequence[Seen], wanted: Sequence[Wanted]
) -> tuple[Problem, ...]:
    """Return why a board must not be moved: check, number, and the cheapest way to mend it.

    What could not be measured fails nothing; nor does a likeness where nobody stands apart from
    the place, for there it tells as much of the place as of the person.
    """
    found: list[Problem] = []
    if confidence < NOT_CUT:
        found.append(
            _failure(
                clip,
                "panels",
                f"the cut of {clip} is sure to {confidence:.2f} only, {NOT_CUT:.2f} is wanted",
                f"look at the board; if a panel is cut through: stillreel redo DIR {clip} "
                "--stage grid",
            )
        )
    strangers = [
        one
        for one in seen
        if one.count is not None and one.score is not None and one.high < DIFFERENT
    ]
    for one, want in zip(seen, wanted, strict=True):
        again = f"ask for one panel again: stillreel redo DIR {clip}.P{one.index}"
        if one.count is not None and want.count is not None and one.count > want.count:
            found.append(
                _failure(
                    clip,
                    f"panel.{one.index}",
                    f"headcount: panel {one.index} shows {one.count}, the plan has {want.count}",
                    again,
                )
            )
        if one in strangers:
            whole = f"ask for the board again: stillreel redo DIR {clip} --stage grid"
            found.append(
                _failure(
                    clip,
                    f"panel.{one.index}",
                    f"identity: {one.who} in panel {one.index} is like the sheet to "
                    f"{one.score:.2f}, at most {one.high:.2f}; {DIFFERENT:.2f} is wanted",
                    whole if len(strangers) >= MANY else again,
                )
            )
    return tuple(found)


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


def _failure(clip: str, key: str, message: str, hint: str) -> Problem:
    return Problem(f"board/{clip}.toml", 0, key, message, hint)
