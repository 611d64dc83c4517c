"""The last shot of a film: everybody, from further and further off."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.plan.rhythm import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.shots import Shot
    from stillreel.plan.telling import Part
    from stillreel.values.scene import ShotSize

_SIZES: tuple[ShotSize, ...] = ("wide", "full", "extreme-wide")


def farewell(shot: Shot, everyone: Sequence[Part], before: Sequence[Shot]) -> Shot:
    """Let the film end on everybody who is there.

    Args:
        shot: the last shot.
        everyone: those who are there in its beat.
        before: the shots of its clip before it, whose pictures are not taken again.
    """
    longer = shot.seconds + Fraction(1, 2)
    if shot.size in ("insert", "extreme-wide"):
        return replace(shot, move="pull", over="", seconds=longer)
    ids = {part.id for part in shot.parts}
    others = tuple(one for one in everyone if one.id not in ids)
    taken = {picture(one) for one in before}
    last = replace(shot, move="pull", parts=(*shot.parts, *others), over="", seconds=longer)
    views = [replace(last, size=size) for size in _SIZES]
    return next((view for view in views if picture(view) not in taken), views[0])
