"""How one outline of a place is to be painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from stillreel.draw.marks import Role

Tone = tuple[int, int, int]


class Style(NamedTuple):
    """The fields of a Shape besides its points."""

    role: Role
    colour: Tone
    form: float = 0.0
    shade: float = 0.0
    outline: float = 1.0
    alpha: float = 1.0
    glow: float = 0.0
    to: Tone | None = None
