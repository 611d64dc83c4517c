"""Where bodies rest: seats and footholds of the pieces of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.light import INDOORS
from stillreel.draw.set import fitout, lands
from stillreel.draw.set.piece import Anchor, tree_seed
from stillreel.draw.set.shapes import above, frame_of
from stillreel.draw.set.trees import skeleton

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.piece import Piece
    from stillreel.values.scene import Setting

_LOCAL: dict[str, tuple[float, float, float, bool, float]] = {
    "chair": (0.0, 0.48, 0.02, True, 0.45),
    "bed": (-0.4, 0.58, 0.05, False, 1.9),
    "bench": (0.0, 0.47, 0.02, True, 1.5),
    "table": (0.0, 0.78, 0.0, True, 1.5),
    "school-desk": (0.0, 0.45, 0.52, True, 1.1),
    "throne": (0.0, 0.9, 0.1, True, 0.8),
    "seat": (0.0, 0.56, 0.1, True, 1.6),
    "well": (0.0, 0.85, 0.85, True, 0.6),
    "fountain": (0.0, 0.5, 1.7, True, 1.0),
    "boat": (0.0, 0.45, 0.0, True, 1.0),
    "cart": (0.0, 1.1, 0.0, True, 1.5),
    "barrel": (0.0, 0.9, 0.0, True, 0.6),
    "bridge": (0.0, 1.45, 0.0, False, 2.0),
    "window": (0.0, 0.0, 0.35, False, 1.2),
    "door": (0.0, 0.0, 0.4, False, 1.0),
    "gate": (0.0, 0.0, 0.4, False, 2.0),
    "fence": (0.0, 0.95, 0.0, True, 3.0),
    "notice-board": (0.9, 0.0, 0.4, False, 1.0),
    "sign": (0.9, 0.0, 0.4, False, 1.0),
    "fireplace": (0.0, 0.0, 0.9, False, 1.5),
    "fire": (0.0, 0.0, 0.9, False, 1.5),
    "bookshelf": (0.0, 0.0, 0.6, False, 1.2),
    "tent": (0.0, 0.0, 0.5, False, 1.0),
    "stall": (0.0, 0.0, 0.8, False, 2.0),
    "car": (0.0, 1.45, 0.0, True, 1.4),
    "ladder": (0.0, 1.1, -0.1, False, 0.6),
    "cave": (0.0, 0.0, 0.6, False, 1.5),
    "statue": (0.0, 0.9, 0.4, True, 0.6),
}


_ELBOW = 0.52
"""Metres between neighbours on a bench."""


def rests_of(setting: Setting, seed: int) -> tuple[Anchor, ...]:
    """Return the anchors of a place, those nearest the stage centre first for each noun."""
    room = fitout if setting.kind in INDOORS else lands
    found: list[Anchor] = []
    for piece in room.pieces_of(setting, seed):
        found += _of_piece(piece, seed)
    return tuple(sorted(found, key=lambda a: (a.noun, _off_stage(a))))


def _off_stage(anchor: Anchor) -> float:
    x, _y, z = anchor.position
    behind_camera = 50.0 if z > 2.5 else 0.0
    return round(float(np.hypot(x, z)) + behind_camera, 4)


def _of_piece(piece: Piece, seed: int) -> list[Anchor]:
    origin, across, front = frame_of(piece.at, piece.turn)
    if piece.noun == "tree":
        if piece.kind == "pine":
            return []
        bones = skeleton(tree_seed(seed, piece.index), piece.kind)
        return [
            Anchor("tree", _point(seat), True, 0.5) for seat in bones.seats * piece.size + origin
        ]
    if piece.noun == "stairs":
        steps = [above(origin + across * 0.3 * step, 0.2 * (step + 1)) for step in (1, 3, 5)]
        return [Anchor("stairs", _point(step), True, 0.9) for step in steps]
    rest = _LOCAL.get(piece.noun)
    if rest is None:
        return _on_top(piece, origin, front)
    x, y, z, seat, size = rest
    height = 0.0 if piece.noun in {"window", "door"} else piece.at[1]
    noun = {"seat": "bench", "school-desk": "chair"}.get(piece.noun, piece.noun)
    found: list[Anchor] = []
    for beside in (0.0, -_ELBOW, _ELBOW) if piece.noun == "bench" else (0.0,):
        spot = origin + across * (x + beside) + front * z
        place = (round(float(spot[0]), 4), round(height + y, 4), round(float(spot[2]), 4))
        found.append(Anchor(noun, place, seat, size))
    return found


def _on_top(piece: Piece, origin: NDArray[np.float64], front: NDArray[np.float64]) -> list[Anchor]:
    """Return the top of a piece that is sat on as a whole: a wall, a rock, the ridge of a roof."""
    if piece.noun == "wall":
        high = piece.span or 3.0
        face = above(origin + front * 0.32, 0.34 * high)
        return [
            Anchor("wall", _point(above(origin, high + 0.18)), True, piece.size),
            Anchor("wall-face", _point(face), False, piece.size),
        ]
    if piece.noun == "rock":
        return [Anchor("rock", _point(above(origin, piece.size * 0.7)), True, piece.size)]
    if piece.noun == "house":
        ridge = piece.size * 0.62 + piece.size * 1.25 * 0.42 * 0.75
        return [Anchor("roof", _point(above(origin, ridge)), True, piece.size)]
    return []


def _point(at: NDArray[np.float64]) -> tuple[float, float, float]:
    return round(float(at[0]), 4), round(float(at[1]), 4), round(float(at[2]), 4)
