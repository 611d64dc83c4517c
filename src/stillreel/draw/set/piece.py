"""What stands in a place: pieces with a position, and the anchors a body can use."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that stands in a place."""

    noun: str
    """Plain noun: `tree`, `wall`, `chair`."""
    at: Point
    """Foot of the piece, world metres."""
    size: float = 1.0
    """Height in metres, or the length of long things."""
    turn: float = 0.0
    """Degrees about the vertical; 0 has its front toward +z, 90 toward +x."""
    kind: str = ""
    """Variant: species of a tree, `hole` of a wall."""
    index: int = 0
    """Number among its like, for seeds."""
    span: float = 0.0
    """Second measure in metres, where one is needed: height of a wall of `size` metres length."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A world place where a performer may sit, stand, lie or climb."""

    noun: str
    """Plain noun a performer's `on` names: `tree`, `wall`, `chair`."""
    position: Point
    """Metres: where the seat, the sole or the back rests."""
    seat: bool
    """True to sit on or hang over, False to stand or lie."""
    size: float
    """Metres of free width there."""


def tree_seed(seed: int, index: int) -> int:
    """Return the seed of the tree number `index` of a place."""
    return (seed * 131 + index * 977 + 17) & 0x7FFFFFFF
