"""Things that stand about out of doors: fence, gate, notice-board, bench, well, fountain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import (
    above,
    box,
    column,
    disc,
    frame_of,
    halo,
    plane,
    rect,
    ring,
)

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


def draw_fence(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a length of wooden fence."""
    origin, across, front = frame_of(piece.at, piece.turn)
    half = piece.size / 2
    wood = Style(
        "wood", mix(tints.wood, (230, 220, 200), 0.25), outline=0.6, shade=easel.facing(front) * 0.6
    )
    for y in (0.4, 0.82):
        easel.face(plane(origin, across, rect(-half, y, half, y + 0.09)), wood)
    for x in np.arange(-half + 0.12, half, 0.42):
        easel.face(
            plane(
                origin + front * 0.03,
                across,
                [(x - 0.06, 0), (x + 0.06, 0), (x + 0.06, 1.05), (x, 1.15), (x - 0.06, 1.05)],
            ),
            wood,
        )
        if tints.white:
            easel.face(
                plane(
                    origin + front * 0.04, across, [(x - 0.07, 1.04), (x + 0.07, 1.04), (x, 1.2)]
                ),
                Style("snow", tints.snow, outline=0.0),
            )


def draw_gate(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a wrought gate between two stone posts."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.6
    iron = Style("metal", (58, 58, 70), outline=0.4, shade=shade)
    arched = [(x, 2.0 + 0.6 * (1 - (x / 1.3) ** 2)) for x in np.linspace(-1.3, 1.3, 13)]
    for x, top in arched:
        easel.line(plane(origin, across, [(x, 0.08), (x, top)]), 0.045, iron, 1.0)
    easel.line(plane(origin, across, arched), 0.07, iron, 1.2)
    for y in (0.25, 1.25):
        easel.line(plane(origin, across, [(-1.3, y), (1.3, y)]), 0.06, iron, 1.0)
    for x in (-1.6, 1.6):
        at = origin + across * x
        box(
            easel,
            (float(at[0]), 0, float(at[2])),
            (0.55, 2.7, 0.55),
            piece.turn,
            Style("wall", tints.stone, outline=0.7),
        )
        top = above(at, 2.95)
        easel.ball(top, 0.28, ring(16), Style("wall", tints.stone, outline=0.6), form=0.4)
        if tints.lit:
            flame = at + front * 0.4 + np.array([0.0, 1.7, 0.0])
            easel.card(
                flame,
                [(-0.1, 0), (0.1, 0), (0.13, 0.14), (0.0, 0.46), (-0.13, 0.14)],
                Style("glow", (255, 176, 84), outline=0.2, glow=0.9),
            )
            halo(easel, above(flame, 0.2), 2.4, (255, 156, 70), 0.5)


def draw_board(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a notice-board or sign on posts; its words are the prop's business."""
    origin, across, front = frame_of(piece.at, piece.turn)
    easel.begin(origin)
    shade = easel.facing(front) * 0.5
    cast_shadow(easel, piece.at, 0.5, 1.5)
    for x in (-0.55, 0.55):
        easel.face(
            plane(origin, across, rect(x - 0.05, 0, x + 0.05, 1.9)),
            Style("wood", mix(tints.wood, (60, 40, 30), 0.3), shade=shade, outline=0.7),
        )
    face = origin + front * 0.06
    easel.face(
        plane(face, across, rect(-0.8, 0.9, 0.8, 1.85)),
        Style("wood", tints.wood, shade=shade, outline=0.9),
    )
    easel.face(
        plane(face + front * 0.01, across, rect(-0.7, 0.98, 0.7, 1.77)),
        Style("paper", (238, 228, 204), shade=shade, outline=0.4),
    )
    if tints.white:
        easel.face(
            plane(face, across, [(-0.86, 1.83), (0.86, 1.83), (0.7, 1.97), (0, 2.0), (-0.7, 1.96)]),
            Style("snow", tints.snow, outline=0.3),
        )


def draw_bench(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a garden bench."""
    origin, across, front = frame_of(piece.at, piece.turn)
    easel.begin(origin)
    cast_shadow(easel, piece.at, 0.8, 0.6)
    at = piece.at
    for x in (-0.7, 0.7):
        leg = origin + across * x
        box(
            easel,
            (float(leg[0]), 0, float(leg[2])),
            (0.09, 0.42, 0.42),
            piece.turn,
            Style("metal", (74, 70, 80), outline=0.5),
        )
    back = origin - front * 0.24
    for y in (0.56, 0.74):
        box(
            easel,
            (float(back[0]), y, float(back[2])),
            (1.7, 0.12, 0.05),
            piece.turn,
            Style("wood", tints.wood, outline=0.6),
        )
    box(
        easel,
        (at[0], 0.40, at[2]),
        (1.7, 0.07, 0.5),
        piece.turn,
        Style("wood", tints.wood, outline=0.7),
        top=tints.snow if tints.white else mix(tints.wood, (255, 230, 190), 0.25),
    )


def draw_well(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a stone well with a little roof."""
    origin = np.asarray(piece.at, dtype=np.float64)
    easel.begin(origin)
    cast_shadow(easel, piece.at, 1.0, 1.6)
    stone = Style("wall", tints.stone, outline=0.7)
    column(easel, piece.at, 0.9, 0.85, stone)
    disc(easel, above(origin, 0.85), 0.95, 0.95, stone)
    disc(easel, above(origin, 0.86), 0.68, 0.68, Style("water", (44, 52, 66), outline=0.4))
    for x in (-0.75, 0.75):
        easel.card(
            origin, rect(x - 0.06, 0.8, x + 0.06, 2.2), Style("wood", tints.wood, outline=0.6)
        )
    easel.card(
        origin,
        [(-1.2, 2.1), (1.2, 2.1), (0.75, 2.75), (-0.75, 2.75)],
        Style(
            "roof",
            tints.snow if tints.white else tints.roof,
            outline=0.8,
            to=mix(tints.roof, (30, 26, 40), 0.3),
        ),
    )
    easel.card(origin, rect(-0.7, 1.75, 0.7, 1.84), Style("wood", tints.wood, outline=0.4))
    easel.card(origin, rect(-0.01, 1.1, 0.01, 1.75), Style("wood", (90, 76, 60), outline=0.0))


def draw_fountain(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a round fountain, frozen in winter."""
    origin = np.asarray(piece.at, dtype=np.float64)
    easel.begin(origin)
    cast_shadow(easel, piece.at, 1.8, 1.0)
    stone = Style("wall", mix(tints.stone, (255, 255, 255), 0.2), outline=0.7)
    water = Style("water", mix(tints.water, (200, 230, 240), 0.3), outline=0.3)
    for y, radius, tall in (
        (0.0, 1.8, 0.5),
        (0.5, 0.22, 0.8),
        (1.25, 0.95, 0.2),
        (1.45, 0.14, 0.5),
        (1.9, 0.5, 0.14),
    ):
        column(easel, (piece.at[0], y, piece.at[2]), radius * 0.9, tall, stone, 1.1)
        disc(easel, above(origin, y + tall), radius * 0.97, radius * 0.97, stone)
        if radius > 0.4:
            disc(easel, above(origin, y + tall + 0.01), radius * 0.84, radius * 0.84, water)
    if tints.bare:
        return
    jet = Style("water", (226, 242, 250), outline=0.0, alpha=0.7)
    for lean in (-1, -0.5, 0.5, 1):
        t = np.linspace(0, 1, 7)
        easel.line(
            easel.lift(origin, np.stack([lean * t * 0.9, 2.05 + 0.7 * t - 1.75 * t * t], axis=1)),
            0.04,
            jet,
            1.0,
        )


def draw_ladder(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a ladder that leans back on whatever stands behind it."""
    origin, across, front = frame_of(piece.at, piece.turn)
    easel.begin(origin)
    wood = Style("wood", mix(tints.wood, (214, 170, 104), 0.45), outline=0.6)
    tall = piece.size
    top = np.array([0.0, tall, 0.0]) - front * 0.3 * tall
    for side in (-1.0, 1.0):
        foot = origin + across * 0.27 * side
        easel.line(np.stack([foot, foot + top - across * 0.05 * side]), 0.07, wood)
    for step in np.linspace(0.1, 0.93, 8):
        middle, half = origin + top * step, across * (0.27 - 0.05 * step)
        easel.line(np.stack([middle - half, middle + half]), 0.05, wood)
