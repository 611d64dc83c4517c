"""What hangs or stands in an interior: throne, banners, pictures, pillars, doors, lamps."""

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
    column,
    disc,
    frame_of,
    halo,
    lobes,
    plane,
    rect,
    ring,
)

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints
from stillreel.draw.set.furnish import floor_shadow


def draw_lamp(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a standing lamp with a warm shade, or candles hung from the ceiling of a hall."""
    origin = np.asarray(piece.at, dtype=np.float64)
    lit = tints.lit
    if piece.kind == "hanging":
        easel.line(
            np.array([above(origin, piece.size), above(origin, piece.size + 6.0)]),
            0.05,
            Style("metal", (60, 54, 60), outline=0.0),
        )
        disc(easel, above(origin, piece.size), 1.1, 1.1, Style("metal", (92, 72, 50), outline=0.6))
        for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False):
            spot = origin + np.array([np.cos(angle), 0, np.sin(angle)]) + (0, piece.size, 0)
            easel.card(
                spot, rect(-0.05, 0, 0.05, 0.28), Style("paper", (246, 236, 210), outline=0.2)
            )
            easel.card(
                spot,
                [(-0.06, 0.28), (0.06, 0.28), (0, 0.5)],
                Style("glow", (255, 214, 120), outline=0.0, glow=0.8),
            )
        return
    floor_shadow(easel, piece, 0.3, 0.25)
    easel.card(origin, rect(-0.025, 0, 0.025, 1.4), Style("metal", (96, 76, 56), outline=0.4))
    easel.card(
        origin,
        [(-0.2, 0), (0.2, 0), (0.06, 0.07), (-0.06, 0.07)],
        Style("metal", (96, 76, 56), outline=0.5),
    )
    tone = (255, 216, 146) if lit else mix((240, 226, 196), tints.accent, 0.25)
    easel.card(
        origin,
        [(-0.3, 1.3), (0.3, 1.3), (0.18, 1.72), (-0.18, 1.72)],
        Style("cloth", tone, outline=0.6, glow=0.8 if lit else 0.0),
    )
    if lit:
        halo(easel, above(origin, 1.5), 1.5, (255, 190, 110), 0.42)


def draw_throne(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a throne on a stepped dais."""
    origin, across, front = frame_of(piece.at, piece.turn)
    stone = Style("wall", tints.stone, outline=0.6)
    grand = 1.0 if piece.size >= 3.0 else 0.42
    pale = mix(tints.stone, (255, 255, 255), 0.2)
    box(easel, piece.at, (5.0 * grand, 0.2, 3.2 * grand), piece.turn, stone, top=pale)
    step = (piece.at[0], 0.2, piece.at[2] - 0.3 * grand)
    box(easel, step, (3.6 * grand, 0.2, 2.2 * grand), piece.turn, stone, top=tints.cloth)
    gold = mix(tints.accent, (230, 180, 80), 0.6)
    back = origin - front * 0.45
    easel.face(
        plane(
            back,
            across,
            [(-0.6, 0.4), (0.6, 0.4), (0.66, 2.3), (0.3, 2.6), (0, 3.0), (-0.3, 2.6), (-0.66, 2.3)],
        ),
        Style("metal", gold, outline=0.9, to=mix(gold, (90, 50, 30), 0.4)),
    )
    easel.face(
        plane(
            back + front * 0.03,
            across,
            [(-0.44, 0.8), (0.44, 0.8), (0.46, 2.1), (0, 2.5), (-0.46, 2.1)],
        ),
        Style("cloth", tints.cloth, outline=0.5),
    )
    box(
        easel,
        beside(origin, across, front, 0, 0.4, 0),
        (1.1, 0.5, 0.9),
        piece.turn,
        Style("metal", gold, outline=0.7),
        top=tints.cloth,
    )
    for x in (-0.58, 0.58):
        box(
            easel,
            beside(origin, across, front, x, 0.4, 0),
            (0.14, 0.82, 0.9),
            piece.turn,
            Style("metal", gold, outline=0.7),
        )


def draw_banner(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a hanging banner with a swallow tail and a charge."""
    origin, across, front = frame_of(piece.at, piece.turn)
    tall = piece.size
    shade = easel.facing(front) * 0.5
    cloth = tints.cloth if piece.index % 2 == 0 else mix(tints.cloth, (52, 66, 120), 0.7)
    wide = tall * 0.2
    easel.face(
        plane(
            origin,
            across,
            [
                (-wide, tall),
                (wide, tall),
                (wide, tall * 0.08),
                (0, tall * 0.2),
                (-wide, tall * 0.08),
            ],
        ),
        Style("cloth", cloth, outline=0.7, shade=shade, to=mix(cloth, (30, 16, 40), 0.35)),
    )
    spot = origin + np.array([0, tall * 0.62, 0]) + front * 0.01
    easel.face(
        plane(spot, across, ring(6) * wide * 0.5),
        Style("mark", mix(tints.accent, (255, 220, 130), 0.4), outline=0.4, shade=shade),
    )
    if piece.kind == "pole":
        easel.line(
            plane(origin, across, [(-wide * 1.1, -piece.at[1]), (-wide * 1.1, tall + 0.3)]),
            0.09,
            Style("wood", tints.wood, outline=0.6),
        )
    easel.line(
        plane(origin, across, [(-wide * 1.15, tall), (wide * 1.15, tall)]),
        0.07,
        Style("wood", tints.wood, outline=0.4),
    )


def draw_picture(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a framed picture on a wall, a small landscape."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.5
    for grow, tone in ((0.07, mix(tints.wood, (214, 160, 80), 0.4)), (0.0, (176, 196, 200))):
        easel.face(
            plane(
                origin + front * (0.03 - grow * 0.2),
                across,
                rect(-0.42 - grow, -0.3 - grow, 0.42 + grow, 0.3 + grow),
            ),
            Style("wood" if grow else "paper", tone, outline=0.6, shade=shade),
        )
    easel.face(
        plane(
            origin + front * 0.035,
            across,
            [(-0.42, -0.3), (0.42, -0.3), (0.42, -0.06), (0.1, 0.06), (-0.2, -0.08), (-0.42, 0.02)],
        ),
        Style("paper", mix(tints.foliage[1], tints.accent, 0.2), outline=0.2, shade=shade),
    )


def draw_blackboard(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a blackboard on a wall with a sum and a sentence in chalk."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.5
    face = origin + front * 0.04
    wood = Style("wood", mix(tints.wood, (214, 160, 90), 0.3), outline=0.7, shade=shade)
    easel.face(plane(origin + front * 0.02, across, rect(-1.5, -0.08, 1.5, 1.38)), wood)
    slate = Style("rock", (52, 76, 68), outline=0.4, shade=shade, to=(42, 62, 58))
    easel.face(plane(face, across, rect(-1.42, 0.0, 1.42, 1.3)), slate)
    chalk = Style("paper", (226, 230, 220), outline=0.0, alpha=0.85)
    for y, x0, x1 in ((1.05, -1.2, -0.1), (0.82, -1.2, 0.25), (0.59, -1.2, -0.3)):
        xs = np.linspace(x0, x1, 24)
        ys = y + 0.05 * np.sin(xs * 23.0) * np.cos(xs * 9.0)
        easel.line(plane(face, across, np.stack([xs, ys], axis=1)), 0.025, chalk, 0.8)
    for stroke in (
        [(0.6, 1.1), (0.6, 0.86)],
        [(0.78, 0.98), (0.94, 0.98)],
        [(0.86, 1.06), (0.86, 0.9)],
        [(1.08, 1.1), (1.08, 0.86)],
        [(0.55, 0.76), (1.15, 0.76)],
        [(0.98, 0.66), (1.12, 0.66), (1.0, 0.42), (1.14, 0.42)],
    ):
        easel.line(plane(face, across, stroke), 0.03, chalk, 0.8)
    ledge = plane(origin + front * 0.12, across, rect(-1.5, -0.1, 1.5, -0.04))
    easel.face(ledge, wood)


def draw_school_desk(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a pupil's desk with its bench, an open book on it."""
    origin, across, front = frame_of(piece.at, piece.turn)
    wood = Style("wood", mix(tints.wood, (206, 150, 90), 0.25), outline=0.7)
    top = mix(tints.wood, (255, 226, 180), 0.4)
    for x in (-0.5, 0.5):
        foot = beside(origin, across, front, x, 0, 0.0)
        box(easel, foot, (0.07, 0.68, 0.5), piece.turn, wood)
    seat = beside(origin, across, front, 0, 0.38, 0.52)
    desk = beside(origin, across, front, 0, 0.68, 0)
    box(easel, desk, (1.2, 0.08, 0.56), piece.turn, wood, top=top)
    paper = Style("paper", (244, 238, 222), outline=0.4)
    for x in (-0.2, 0.02):
        corners = [(x, -0.12), (x + 0.2, -0.12), (x + 0.2, 0.14), (x, 0.14)]
        easel.face([beside(origin, across, front, a, 0.77, b) for a, b in corners], paper)
    for x in (-0.5, 0.5):
        foot = beside(origin, across, front, x, 0, 0.52)
        box(easel, foot, (0.06, 0.38, 0.2), piece.turn, wood)
    box(easel, seat, (1.2, 0.06, 0.28), piece.turn, wood, top=top)


def draw_rug(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a rug on the floor."""
    disc(
        easel,
        (piece.at[0], 0.012, piece.at[2]),
        2.3,
        1.4,
        Style("cloth", tints.cloth, outline=0.4),
        28,
    )
    disc(
        easel,
        (piece.at[0], 0.014, piece.at[2]),
        2.0,
        1.18,
        Style("cloth", mix(tints.cloth, tints.accent, 0.55), outline=0.2),
        28,
    )
    disc(
        easel,
        (piece.at[0], 0.016, piece.at[2]),
        1.8,
        1.04,
        Style("cloth", mix(tints.cloth, (40, 20, 30), 0.15), outline=0.2),
        28,
    )


def draw_plant(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a potted plant."""
    origin = np.asarray(piece.at, dtype=np.float64)
    floor_shadow(easel, piece, 0.35, 0.3)
    easel.card(
        origin,
        [(-0.16, 0), (0.16, 0), (0.22, 0.36), (-0.22, 0.36)],
        Style("wall", (186, 108, 74), outline=0.6, form=0.15 * easel.scale(origin) * 0.6),
    )
    for index, (x, y) in enumerate(((-0.2, 0.6), (0.2, 0.66), (0, 0.9), (-0.05, 0.55))):
        spot = origin + easel.right * x + np.array([0, y, 0])
        easel.ball(
            spot,
            0.24,
            lobes(index + 2, 7, 0.3),
            Style("foliage", mix((92, 136, 84), tints.accent, 0.12), outline=0.5),
            form=0.35,
        )


def draw_pillar(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a round stone pillar with base and capital."""
    at = piece.at
    tall = piece.size
    if not easel.seen((at[0], tall / 2, at[2]), tall):
        return
    easel.begin(at)
    stone = mix(tints.stone, (255, 244, 226), 0.2)
    disc(
        easel,
        (at[0], 0.01, at[2]),
        0.9,
        0.8,
        Style("shadow", (30, 26, 50), outline=0.0, alpha=0.35),
    )
    box(easel, at, (1.15, 0.28, 1.15), 0, Style("wall", stone, outline=0.6))
    column(easel, (at[0], 0.28, at[2]), 0.42, tall - 0.8, Style("wall", stone, outline=0.7))
    for y in (tall * 0.33, tall * 0.66):
        column(easel, (at[0], y, at[2]), 0.45, 0.08, Style("wall", stone, outline=0.3))
    column(easel, (at[0], tall - 0.7, at[2]), 0.46, 0.7, Style("wall", stone, outline=0.6), 1.5)


def draw_door(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a panelled or arched door on a wall."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.5
    wood = mix(tints.wood, tints.cloth, 0.2)
    face = origin + front * 0.02
    round_top = piece.kind == "arched"
    size = piece.size
    outer = arch(0, 0, 0.62, size - 0.5, 0.9) if round_top else rect(-0.6, 0, 0.6, size + 0.12)
    inner = arch(0, 0, 0.5, size - 0.5, 0.9) if round_top else rect(-0.48, 0, 0.48, size)
    easel.face(
        plane(face, across, outer),
        Style(
            "wall" if round_top else "wood",
            mix(tints.stone if round_top else wood, (255, 244, 226), 0.3),
            outline=0.7,
            shade=shade,
        ),
    )
    easel.face(
        plane(face + front * 0.02, across, inner),
        Style("wood", wood, outline=0.7, shade=shade, to=mix(wood, (40, 24, 24), 0.3)),
    )
    for y0, y1 in ((0.2, size * 0.45), (size * 0.52, size * 0.92)):
        for x in (-0.22, 0.22):
            easel.face(
                plane(face + front * 0.03, across, rect(x - 0.16, y0, x + 0.16, y1)),
                Style("wood", mix(wood, (40, 24, 20), 0.18), outline=0.4, shade=shade),
            )
    knob = face + across * 0.38 + front * 0.06 + np.array([0, size * 0.48, 0])
    easel.ball(knob, 0.045, ring(8), Style("metal", (222, 182, 96), outline=0.3), form=0.4)
