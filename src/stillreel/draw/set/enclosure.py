"""What takes more than one spot where a place has it: walls all round, headstones, a ladder."""

from __future__ import annotations

import numpy as np

from stillreel.draw.set.piece import Piece


def graves() -> list[Piece]:
    """Stand headstones in uneven rows at both sides of the stage and behind it."""
    rng = np.random.default_rng(1871)
    stones: list[Piece] = []
    for z in (-3.8, -5.8, -7.9, -10.2, -12.8, -15.6):
        for x in np.arange(-11.2, 11.3, 2.3):
            if (abs(x) < 2.6 and z > -5.0) or rng.random() < 0.24:
                continue
            at = (float(x + rng.uniform(-0.5, 0.5)), 0.0, z + float(rng.uniform(-0.4, 0.4)))
            lean = float(rng.uniform(-14, 14))
            stones.append(Piece("grave", at, float(rng.uniform(0.75, 1.2)), lean, "", len(stones)))
    return stones


def leaning(there: list[Piece]) -> Piece:
    """Lean a ladder against the nearest tree that the stage looks at, or stand it up alone."""
    trees = [piece for piece in there if piece.noun == "tree" and -12.0 < piece.at[2] < -2.0]
    tree = min(trees, key=lambda piece: (abs(piece.at[0]) - piece.at[2], piece.at), default=None)
    x, z = (tree.at[0], tree.at[2]) if tree else (-3.6, -5.0)
    return Piece("ladder", (x + 0.15, 0.0, z + 0.95), 2.8)


def enclosure(nouns: tuple[str, ...], back: float) -> list[Piece]:
    """Wall the place in on all four sides, with the hole where the stage can see it."""
    pieces: list[Piece] = []
    for index, x in enumerate(np.arange(-27, 28, 6.0)):
        kind = "hole" if "hole" in nouns and abs(x - 3) < 1 else ""
        pieces.append(Piece("wall", (float(x), 0, back), 6.0, 0.0, kind, index, 3.2))
        pieces.append(Piece("wall", (float(x), 0, 24.0), 6.0, 180.0, "", index + 20, 3.2))
    for index, z in enumerate(np.arange(back + 3, 24, 6.0)):
        pieces.append(Piece("wall", (-30.0, 0, float(z)), 6.0, 90.0, "", index + 40, 3.2))
        pieces.append(Piece("wall", (30.0, 0, float(z)), 6.0, -90.0, "", index + 60, 3.2))
    return pieces
