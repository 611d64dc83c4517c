"""Furniture and fittings of rooms and halls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import (
    above,
    arch,
    beside,
    box,
    disc,
    frame_of,
    plane,
    rect,
    ring,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_SPINES: tuple[Tone, ...] = (
    (146, 60, 56),
    (66, 96, 120),
    (196, 152, 84),
    (84, 112, 82),
    (120, 84, 120),
    (210, 190, 160),
)


def floor_shadow(easel: Easel, piece: Piece, rx: float, rz: float) -> None:
    """Darken the floor under a piece of furniture."""
    disc(
        easel,
        (piece.at[0] - easel.light.key[0] * 0.2, 0.01, piece.at[2]),
        rx,
        rz,
        Style("shadow", (40, 30, 50), outline=0.0, alpha=0.35),
    )


def draw_table(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a table with a jug and a bowl on it."""
    origin, across, front = frame_of(piece.at, piece.turn)
    floor_shadow(easel, piece, 1.1, 0.7)
    wood = Style("wood", tints.wood, outline=0.7)
    for x, z in ((-0.72, -0.34), (0.72, -0.34), (-0.72, 0.34), (0.72, 0.34)):
        box(easel, beside(origin, across, front, x, 0, z), (0.09, 0.72, 0.09), piece.turn, wood)
    box(
        easel,
        beside(origin, across, front, 0, 0.72, 0),
        (1.7, 0.06, 0.9),
        piece.turn,
        wood,
        top=mix(tints.wood, (255, 226, 180), 0.35),
    )
    jug = origin + across * 0.35 + np.array([0, 0.78, 0])
    easel.card(
        jug,
        [
            (-0.09, 0),
            (0.09, 0),
            (0.12, 0.14),
            (0.06, 0.26),
            (0.08, 0.32),
            (-0.08, 0.32),
            (-0.06, 0.26),
            (-0.12, 0.14),
        ],
        Style(
            "paper",
            mix(tints.accent, (255, 255, 255), 0.4),
            outline=0.6,
            form=0.1 * easel.scale(jug) * 0.6,
        ),
    )
    bowl = origin - across * 0.3 + np.array([0, 0.78, 0])
    for index, x in enumerate((-0.08, 0.04, 0.11)):
        easel.ball(
            above(bowl + easel.right * x, 0.11),
            0.06,
            ring(10),
            Style("blossom", ((206, 70, 56), (222, 160, 60), (130, 156, 70))[index], outline=0.4),
            form=0.4,
        )
    easel.card(
        bowl,
        [(-0.1, 0), (0.1, 0), (0.2, 0.12), (-0.2, 0.12)],
        Style("wood", mix(tints.wood, (70, 40, 30), 0.3), outline=0.6),
    )


def draw_chair(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a plain wooden chair."""
    origin, across, front = frame_of(piece.at, piece.turn)
    floor_shadow(easel, piece, 0.42, 0.36)
    wood = Style("wood", mix(tints.wood, (90, 50, 36), 0.25), outline=0.7)

    def back() -> None:
        for x in (-0.19, 0.19):
            box(
                easel,
                beside(origin, across, front, x, 0.46, -0.2),
                (0.05, 0.56, 0.05),
                piece.turn,
                wood,
            )
        for y in (0.64, 0.84):
            box(
                easel,
                beside(origin, across, front, 0, y, -0.2),
                (0.4, 0.12, 0.035),
                piece.turn,
                wood,
            )

    eye = np.asarray(easel.camera.position)
    behind = float((eye - origin) @ front) < 0
    if not behind:
        back()
    for x, z in ((-0.19, -0.19), (0.19, -0.19), (-0.19, 0.19), (0.19, 0.19)):
        box(easel, beside(origin, across, front, x, 0, z), (0.05, 0.44, 0.05), piece.turn, wood)
    box(
        easel,
        beside(origin, across, front, 0, 0.43, 0),
        (0.46, 0.05, 0.46),
        piece.turn,
        wood,
        top=mix(tints.cloth, tints.wood, 0.3),
    )
    if behind:
        back()


def draw_bed(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a bed, its head against the wall."""
    origin, across, front = frame_of(piece.at, piece.turn)
    floor_shadow(easel, piece, 1.1, 1.3)
    wood = Style("wood", tints.wood, outline=0.8)
    head = plane(
        origin - front * 1.05,
        across,
        [(-0.85, 0), (0.85, 0), (0.85, 1.0), (0.5, 1.25), (-0.5, 1.25), (-0.85, 1.0)],
    )
    easel.face(
        head,
        Style(
            "wood",
            tints.wood,
            outline=0.8,
            shade=easel.facing(front) * 0.5,
            to=mix(tints.wood, (50, 30, 30), 0.3),
        ),
    )
    box(easel, piece.at, (1.6, 0.32, 2.05), piece.turn, wood)
    box(
        easel,
        beside(origin, across, front, 0, 0.32, 0),
        (1.5, 0.2, 1.98),
        piece.turn,
        Style("cloth", (242, 234, 218), outline=0.6),
        top=(250, 244, 232),
    )
    box(
        easel,
        beside(origin, across, front, 0, 0.36, 0.3),
        (1.58, 0.2, 1.42),
        piece.turn,
        Style("cloth", tints.cloth, outline=0.7),
        top=mix(tints.cloth, (255, 220, 190), 0.2),
    )
    for x in (-0.36, 0.36):
        pillow = origin + across * x - front * 0.72 + np.array([0, 0.62, 0])
        easel.card(
            pillow,
            [(-0.32, -0.1), (0.32, -0.1), (0.36, 0.06), (0.28, 0.15), (-0.28, 0.15), (-0.36, 0.06)],
            Style("cloth", (252, 248, 238), outline=0.6, form=0.08 * easel.scale(pillow)),
        )
    box(easel, beside(origin, across, front, 0, 0, 1.06), (1.7, 0.5, 0.07), piece.turn, wood)


def draw_fireplace(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a stone fireplace with a fire that lights the floor."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.5
    stone = mix(tints.stone, (255, 236, 210), 0.15)
    box(
        easel,
        beside(origin, across, front, 0, 0, 0),
        (2.1, 1.45, 0.5),
        piece.turn,
        Style("wall", stone, outline=0.8),
    )
    chest = origin + front * 0.14
    easel.face(
        plane(chest, across, [(-0.75, 1.5), (0.75, 1.5), (0.58, 3.2), (-0.58, 3.2)]),
        Style("wall", mix(stone, tints.plaster, 0.4), outline=0.6, shade=shade),
    )
    face = origin + front * 0.26
    _hearth(easel, piece, tints, face, across, stone, shade, origin, front)


def _hearth(
    easel: Easel,
    piece: Piece,
    tints: Tints,
    face: NDArray[np.float64],
    across: NDArray[np.float64],
    stone: Tone,
    shade: float,
    origin: NDArray[np.float64],
    front: NDArray[np.float64],
) -> None:
    """Open the hearth, light the fire in it, lay the mantel."""
    easel.face(
        plane(face, across, arch(0, 0, 0.66, 0.72, 0.5)),
        Style("wall", (54, 38, 40), outline=0.7, to=(92, 46, 34)),
    )
    for x in (-0.86, 0.86):
        for y in (0.1, 0.5, 0.9):
            easel.face(
                plane(face, across, rect(x - 0.14, y, x + 0.14, y + 0.3)),
                Style("wall", mix(stone, (90, 80, 84), 0.25), outline=0.4, shade=shade),
            )
    _flames(easel, piece, tints, origin, across, front, face)


def _flames(
    easel: Easel,
    piece: Piece,
    tints: Tints,
    origin: NDArray[np.float64],
    across: NDArray[np.float64],
    front: NDArray[np.float64],
    face: NDArray[np.float64],
) -> None:
    """Light the fire and let it shine on the floor."""
    box(
        easel,
        beside(origin, across, front, 0, 1.45, 0.04),
        (2.4, 0.12, 0.64),
        piece.turn,
        Style("wood", tints.wood, outline=0.7),
    )
    for scale, tone in ((1.0, (240, 110, 44)), (0.68, (252, 176, 66)), (0.36, (255, 238, 170))):
        flame = (
            np.array(
                [
                    (-0.34, 0.05),
                    (-0.4, 0.25),
                    (-0.22, 0.42),
                    (-0.16, 0.66),
                    (0.02, 0.5),
                    (0.1, 0.82),
                    (0.26, 0.5),
                    (0.4, 0.3),
                    (0.34, 0.05),
                ]
            )
            * scale
        )
        easel.face(
            plane(face + front * 0.02, across, flame), Style("glow", tone, outline=0.2, glow=0.75)
        )
    for y in (0.05, 0.12):
        easel.face(
            plane(face + front * 0.03, across, rect(-0.45 + y, y, 0.45 - y, y + 0.09)),
            Style("wood", (70, 46, 40), outline=0.4),
        )
    spot = origin + front * 1.3
    disc(
        easel,
        (float(spot[0]), 0.02, float(spot[2])),
        1.7,
        1.3,
        Style("light", (255, 140, 60), outline=0.0, alpha=0.2),
    )


def draw_bookshelf(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a bookcase with its books."""
    origin, across, front = frame_of(piece.at, piece.turn)
    rng = easel.rng("books", piece.index)
    wood = Style("wood", mix(tints.wood, (70, 44, 34), 0.25), outline=0.8)
    box(easel, piece.at, (1.5, 2.2, 0.36), piece.turn, wood)
    face = origin + front * 0.19
    shade = easel.facing(front) * 0.5
    for shelf in range(4):
        y = 0.12 + shelf * 0.52
        easel.face(
            plane(face, across, rect(-0.68, y, 0.68, y + 0.44)),
            Style("wood", (58, 40, 38), outline=0.5, shade=shade),
        )
        x = -0.66
        while x < 0.5:
            wide, tall = float(rng.uniform(0.07, 0.16)), float(rng.uniform(0.26, 0.4))
            easel.face(
                plane(face + front * 0.01, across, rect(x, y, x + wide, y + tall)),
                Style("cloth", _SPINES[int(rng.integers(0, 6))], outline=0.4, shade=shade),
            )
            x += wide + 0.01 + (0.12 if rng.random() < 0.15 else 0)


def draw_stairs(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a flight of steps going up along the wall."""
    origin, across, front = frame_of(piece.at, piece.turn)
    steps = 9
    for index in range(steps):
        deep = origin + across * (index * 0.3)
        box(
            easel,
            (float(deep[0]), 0, float(deep[2])),
            (0.31, 0.2 * (index + 1), 1.0),
            piece.turn,
            Style("wood", tints.wood, outline=0.6),
            top=mix(tints.wood, (255, 230, 190), 0.3),
        )
    rail = plane(origin + front * 0.5, across, [(-0.1, 1.0), (steps * 0.3, 0.2 * steps + 1.0)])
    easel.line(rail, 0.07, Style("wood", mix(tints.wood, (60, 36, 30), 0.4), outline=0.5))
    for index in range(0, steps, 2):
        x = index * 0.3
        easel.line(
            plane(origin + front * 0.5, across, [(x, 0.2 * (index + 1)), (x, 1.06 + 0.2 * index)]),
            0.04,
            Style("wood", mix(tints.wood, (60, 36, 30), 0.4), outline=0.2),
        )
