"""Furniture and fittings of rooms and halls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import (
    arch, box, column, disc, frame_of, lobes, plane, rect, ring,
)

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_SPINES: tuple[Tone, ...] = ((146, 60, 56), (66, 96, 120), (196, 152, 84), (84, 112, 82),
                             (120, 84, 120), (210, 190, 160))


def floor_shadow(easel: Easel, piece: Piece, rx: float, rz: float) -> None:
    """Darken the floor under a piece of furniture."""
    disc(easel, (piece.at[0] - easel.light.key[0] * 0.2, 0.01, piece.at[2]), rx, rz,
         Style("shadow", (40, 30, 50), outline=0.0, alpha=0.35))


def _at(origin: np.ndarray, across: np.ndarray, front: np.ndarray, x: float, y: float, z: float
        ) -> tuple[float, float, float]:
    spot = origin + across * x + front * z
    return float(spot[0]), float(spot[1]) + y, float(spot[2])


def draw_table(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a table with a jug and a bowl on it."""
    origin, across, front = frame_of(piece.at, piece.turn)
    floor_shadow(easel, piece, 1.1, 0.7)
    wood = Style("wood", tints.wood, outline=0.7)
    for x, z in ((-0.72, -0.34), (0.72, -0.34), (-0.72, 0.34), (0.72, 0.34)):
        box(easel, _at(origin, across, front, x, 0, z), (0.09, 0.72, 0.09), piece.turn, wood)
    box(easel, _at(origin, across, front, 0, 0.72, 0), (1.7, 0.06, 0.9), piece.turn, wood,
        top=mix(tints.wood, (255, 226, 180), 0.35))
    jug = origin + across * 0.35 + np.array([0, 0.78, 0])
    easel.card(jug, [(-0.09, 0), (0.09, 0), (0.12, 0.14), (0.06, 0.26), (0.08, 0.32),
                     (-0.08, 0.32), (-0.06, 0.26), (-0.12, 0.14)],
               Style("paper", mix(tints.accent, (255, 255, 255), 0.4), outline=0.6,
                     form=0.1 * easel.scale(jug) * 0.6))
    bowl = origin - across * 0.3 + np.array([0, 0.78, 0])
    for index, x in enumerate((-0.08, 0.04, 0.11)):
        easel.ball(bowl + easel.right * x + (0, 0.11, 0), 0.06, ring(10),
                   Style("blossom", ((206, 70, 56), (222, 160, 60), (130, 156, 70))[index],
                         outline=0.4), form=0.4)
    easel.card(bowl, [(-0.1, 0), (0.1, 0), (0.2, 0.12), (-0.2, 0.12)],
               Style("wood", mix(tints.wood, (70, 40, 30), 0.3), outline=0.6))


def draw_chair(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a plain wooden chair."""
    origin, across, front = frame_of(piece.at, piece.turn)
    floor_shadow(easel, piece, 0.42, 0.36)
    wood = Style("wood", mix(tints.wood, (90, 50, 36), 0.25), outline=0.7)

    def back() -> None:
        for x in (-0.19, 0.19):
            box(easel, _at(origin, across, front, x, 0.46, -0.2), (0.05, 0.56, 0.05), piece.turn,
                wood)
        for y in (0.64, 0.84):
            box(easel, _at(origin, across, front, 0, y, -0.2), (0.4, 0.12, 0.035), piece.turn, wood)

    eye = np.asarray(easel.camera.position)
    behind = float((eye - origin) @ front) < 0
    if not behind:
        back()
    for x, z in ((-0.19, -0.19), (0.19, -0.19), (-0.19, 0.19), (0.19, 0.19)):
        box(easel, _at(origin, across, front, x, 0, z), (0.05, 0.44, 0.05), piece.turn, wood)
    box(easel, _at(origin, across, front, 0, 0.43, 0), (0.46, 0.05, 0.46), piece.turn, wood,
        top=mix(tints.cloth, tints.wood, 0.3))
    if behind:
        back()


def draw_bed(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a bed, its head against the wall."""
    origin, across, front = frame_of(piece.at, piece.turn)
    floor_shadow(easel, piece, 1.1, 1.3)
    wood = Style("wood", tints.wood, outline=0.8)
    head = plane(origin - front * 1.05, across,
                 [(-0.85, 0), (0.85, 0), (0.85, 1.0), (0.5, 1.25), (-0.5, 1.25), (-0.85, 1.0)])
    easel.face(head, Style("wood", tints.wood, outline=0.8, shade=easel.facing(front) * 0.5,
                           to=mix(tints.wood, (50, 30, 30), 0.3)))
    box(easel, piece.at, (1.6, 0.32, 2.05), piece.turn, wood)
    box(easel, _at(origin, across, front, 0, 0.32, 0), (1.5, 0.2, 1.98), piece.turn,
        Style("cloth", (242, 234, 218), outline=0.6), top=(250, 244, 232))
    box(easel, _at(origin, across, front, 0, 0.36, 0.3), (1.58, 0.2, 1.42), piece.turn,
        Style("cloth", tints.cloth, outline=0.7), top=mix(tints.cloth, (255, 220, 190), 0.2))
    for x in (-0.36, 0.36):
        pillow = origin + across * x - front * 0.72 + np.array([0, 0.62, 0])
        easel.card(pillow, [(-0.32, -0.1), (0.32, -0.1), (0.36, 0.06), (0.28, 0.15), (-0.28, 0.15),
                            (-0.36, 0.06)], Style("cloth", (252, 248, 238), outline=0.6,
                                                  form=0.08 * easel.scale(pillow)))
    box(easel, _at(origin, across, front, 0, 0, 1.06), (1.7, 0.62, 0.07), piece.turn, wood)


def draw_fireplace(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a stone fireplace with a fire that lights the floor."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.5
    stone = mix(tints.stone, (255, 236, 210), 0.15)
    box(easel, _at(origin, across, front, 0, 0, 0), (2.1, 1.45, 0.5), piece.turn,
        Style("wall", stone, outline=0.8))
    chest = origin + front * 0.14
    easel.face(plane(chest, across, [(-0.75, 1.5), (0.75, 1.5), (0.58, 3.2), (-0.58, 3.2)]),
               Style("wall", mix(stone, tints.plaster, 0.4), outline=0.6, shade=shade))
    face = origin + front * 0.26
    easel.face(plane(face, across, arch(0, 0, 0.66, 0.72, 0.5)),
               Style("wall", (54, 38, 40), outline=0.7, to=(92, 46, 34)))
    for x in (-0.86, 0.86):
        for y in (0.1, 0.5, 0.9):
            easel.face(plane(face, across, rect(x - 0.14, y, x + 0.14, y + 0.3)),
                       Style("wall", mix(stone, (90, 80, 84), 0.25), outline=0.4, shade=shade))
    box(easel, _at(origin, across, front, 0, 1.45, 0.04), (2.4, 0.12, 0.64), piece.turn,
        Style("wood", tints.wood, outline=0.7))
    for scale, tone in ((1.0, (240, 110, 44)), (0.68, (252, 176, 66)), (0.36, (255, 238, 170))):
        flame = np.array([(-0.34, 0.05), (-0.4, 0.25), (-0.22, 0.42), (-0.16, 0.66), (0.02, 0.5),
                          (0.1, 0.82), (0.26, 0.5), (0.4, 0.3), (0.34, 0.05)]) * scale
        easel.face(plane(face + front * 0.02, across, flame),
                   Style("glow", tone, outline=0.2, glow=0.75))
    for y in (0.05, 0.12):
        easel.face(plane(face + front * 0.03, across, rect(-0.45 + y, y, 0.45 - y, y + 0.09)),
                   Style("wood", (70, 46, 40), outline=0.4))
    spot = origin + front * 1.3
    disc(easel, (float(spot[0]), 0.02, float(spot[2])), 1.7, 1.3,
         Style("light", (255, 140, 60), outline=0.0, alpha=0.2))


def draw_lamp(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a standing lamp with a warm shade, or candles hung from the ceiling of a hall."""
    origin = np.asarray(piece.at, dtype=np.float64)
    lit = tints.lit
    if piece.kind == "hanging":
        easel.line(np.array([origin + (0, piece.size, 0), origin + (0, piece.size + 6.0, 0)]),
                   0.05, Style("metal", (60, 54, 60), outline=0.0))
        disc(easel, origin + (0, piece.size, 0), 1.1, 1.1,
             Style("metal", (92, 72, 50), outline=0.6))
        for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False):
            spot = origin + np.array([np.cos(angle), 0, np.sin(angle)]) + (0, piece.size, 0)
            easel.card(spot, rect(-0.05, 0, 0.05, 0.28), Style("paper", (246, 236, 210),
                                                               outline=0.2))
            easel.card(spot, [(-0.06, 0.28), (0.06, 0.28), (0, 0.5)],
                       Style("glow", (255, 214, 120), outline=0.0, glow=0.8))
        return
    floor_shadow(easel, piece, 0.3, 0.25)
    easel.card(origin, rect(-0.025, 0, 0.025, 1.4), Style("metal", (96, 76, 56), outline=0.4))
    easel.card(origin, [(-0.2, 0), (0.2, 0), (0.06, 0.07), (-0.06, 0.07)],
               Style("metal", (96, 76, 56), outline=0.5))
    tone = (255, 216, 146) if lit else mix((240, 226, 196), tints.accent, 0.25)
    easel.card(origin, [(-0.3, 1.3), (0.3, 1.3), (0.18, 1.72), (-0.18, 1.72)],
               Style("cloth", tone, outline=0.6, glow=0.8 if lit else 0.0))
    if lit:
        easel.ball(origin + (0, 1.5, 0), 1.25, ring(24),
                   Style("light", (255, 190, 110), outline=0.0, alpha=0.16))


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
        easel.face(plane(face, across, rect(-0.68, y, 0.68, y + 0.44)),
                   Style("wood", (58, 40, 38), outline=0.5, shade=shade))
        x = -0.66
        while x < 0.5:
            wide, tall = float(rng.uniform(0.07, 0.16)), float(rng.uniform(0.26, 0.4))
            easel.face(plane(face + front * 0.01, across, rect(x, y, x + wide, y + tall)),
                       Style("cloth", _SPINES[int(rng.integers(0, 6))], outline=0.4, shade=shade))
            x += wide + 0.01 + (0.12 if rng.random() < 0.15 else 0)


def draw_stairs(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a flight of steps going up along the wall."""
    origin, across, front = frame_of(piece.at, piece.turn)
    steps = 9
    for index in range(steps):
        deep = origin + across * (index * 0.3)
        box(easel, (float(deep[0]), 0, float(deep[2])), (0.31, 0.2 * (index + 1), 1.0), piece.turn,
            Style("wood", tints.wood, outline=0.6), top=mix(tints.wood, (255, 230, 190), 0.3))
    rail = plane(origin + front * 0.5, across, [(-0.1, 1.0), (steps * 0.3, 0.2 * steps + 1.0)])
    easel.line(rail, 0.07, Style("wood", mix(tints.wood, (60, 36, 30), 0.4), outline=0.5))
    for index in range(0, steps, 2):
        x = index * 0.3
        easel.line(plane(origin + front * 0.5, across,
                         [(x, 0.2 * (index + 1)), (x, 1.06 + 0.2 * index)]), 0.04,
                   Style("wood", mix(tints.wood, (60, 36, 30), 0.4), outline=0.2))


def draw_throne(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a throne on a stepped dais."""
    origin, across, front = frame_of(piece.at, piece.turn)
    stone = Style("wall", tints.stone, outline=0.6)
    box(easel, piece.at, (5.0, 0.2, 3.2), piece.turn, stone, top=mix(tints.stone, (255, 255, 255),
                                                                     0.2))
    box(easel, (piece.at[0], 0.2, piece.at[2] - 0.3), (3.6, 0.2, 2.2), piece.turn, stone,
        top=tints.cloth)
    gold = mix(tints.accent, (230, 180, 80), 0.6)
    back = origin - front * 0.45
    easel.face(plane(back, across, [(-0.6, 0.4), (0.6, 0.4), (0.66, 2.3), (0.3, 2.6), (0, 3.0),
                                    (-0.3, 2.6), (-0.66, 2.3)]),
               Style("metal", gold, outline=0.9, to=mix(gold, (90, 50, 30), 0.4)))
    easel.face(plane(back + front * 0.03, across, [(-0.44, 0.8), (0.44, 0.8), (0.46, 2.1),
                                                   (0, 2.5), (-0.46, 2.1)]),
               Style("cloth", tints.cloth, outline=0.5))
    box(easel, _at(origin, across, front, 0, 0.4, 0), (1.1, 0.5, 0.9), piece.turn,
        Style("metal", gold, outline=0.7), top=tints.cloth)
    for x in (-0.58, 0.58):
        box(easel, _at(origin, across, front, x, 0.4, 0), (0.14, 0.82, 0.9), piece.turn,
            Style("metal", gold, outline=0.7))


def draw_banner(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a hanging banner with a swallow tail and a charge."""
    origin, across, front = frame_of(piece.at, piece.turn)
    tall = piece.size
    shade = easel.facing(front) * 0.5
    cloth = tints.cloth if piece.index % 2 == 0 else mix(tints.cloth, (52, 66, 120), 0.7)
    wide = tall * 0.2
    easel.face(plane(origin, across, [(-wide, tall), (wide, tall), (wide, tall * 0.08),
                                      (0, tall * 0.2), (-wide, tall * 0.08)]),
               Style("cloth", cloth, outline=0.7, shade=shade, to=mix(cloth, (30, 16, 40), 0.35)))
    spot = origin + np.array([0, tall * 0.62, 0]) + front * 0.01
    easel.face(plane(spot, across, ring(6) * wide * 0.5),
               Style("mark", mix(tints.accent, (255, 220, 130), 0.4), outline=0.4, shade=shade))
    if piece.kind == "pole":
        easel.line(plane(origin, across, [(-wide * 1.1, -piece.at[1]), (-wide * 1.1, tall + 0.3)]),
                   0.09, Style("wood", tints.wood, outline=0.6))
    easel.line(plane(origin, across, [(-wide * 1.15, tall), (wide * 1.15, tall)]), 0.07,
               Style("wood", tints.wood, outline=0.4))


def draw_picture(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a framed picture on a wall, a small landscape."""
    origin, across, front = frame_of(piece.at, piece.turn)
    shade = easel.facing(front) * 0.5
    for grow, tone in ((0.07, mix(tints.wood, (214, 160, 80), 0.4)), (0.0, (176, 196, 200))):
        easel.face(plane(origin + front * (0.03 - grow * 0.2), across,
                         rect(-0.42 - grow, -0.3 - grow, 0.42 + grow, 0.3 + grow)),
                   Style("wood" if grow else "paper", tone, outline=0.6, shade=shade))
    easel.face(plane(origin + front * 0.035, across,
                     [(-0.42, -0.3), (0.42, -0.3), (0.42, -0.06), (0.1, 0.06), (-0.2, -0.08),
                      (-0.42, 0.02)]),
               Style("paper", mix(tints.foliage[1], tints.accent, 0.2), outline=0.2, shade=shade))


def draw_rug(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a rug on the floor."""
    disc(easel, (piece.at[0], 0.012, piece.at[2]), 2.3, 1.4,
         Style("cloth", tints.cloth, outline=0.4), 28)
    disc(easel, (piece.at[0], 0.014, piece.at[2]), 2.0, 1.18,
         Style("cloth", mix(tints.cloth, tints.accent, 0.55), outline=0.2), 28)
    disc(easel, (piece.at[0], 0.016, piece.at[2]), 1.8, 1.04,
         Style("cloth", mix(tints.cloth, (40, 20, 30), 0.15), outline=0.2), 28)


def draw_plant(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a potted plant."""
    origin = np.asarray(piece.at, dtype=np.float64)
    floor_shadow(easel, piece, 0.35, 0.3)
    easel.card(origin, [(-0.16, 0), (0.16, 0), (0.22, 0.36), (-0.22, 0.36)],
               Style("wall", (186, 108, 74), outline=0.6, form=0.15 * easel.scale(origin) * 0.6))
    for index, (x, y) in enumerate(((-0.2, 0.6), (0.2, 0.66), (0, 0.9), (-0.05, 0.55))):
        spot = origin + easel.right * x + np.array([0, y, 0])
        easel.ball(spot, 0.24, lobes(index + 2, 7, 0.3),
                   Style("foliage", (92, 136, 84), outline=0.5), form=0.35)


def draw_pillar(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a round stone pillar with base and capital."""
    at = piece.at
    tall = piece.size
    if not easel.seen((at[0], tall / 2, at[2]), tall):
        return
    easel.begin(at)
    stone = mix(tints.stone, (255, 244, 226), 0.2)
    disc(easel, (at[0], 0.01, at[2]), 0.9, 0.8,
         Style("shadow", (30, 26, 50), outline=0.0, alpha=0.35))
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
    easel.face(plane(face, across, outer),
               Style("wall" if round_top else "wood", mix(tints.stone if round_top else wood,
                     (255, 244, 226), 0.3), outline=0.7, shade=shade))
    easel.face(plane(face + front * 0.02, across, inner),
               Style("wood", wood, outline=0.7, shade=shade, to=mix(wood, (40, 24, 24), 0.3)))
    for y0, y1 in ((0.2, size * 0.45), (size * 0.52, size * 0.92)):
        for x in (-0.22, 0.22):
            easel.face(plane(face + front * 0.03, across, rect(x - 0.16, y0, x + 0.16, y1)),
                       Style("wood", mix(wood, (40, 24, 20), 0.18), outline=0.4, shade=shade))
    knob = face + across * 0.38 + front * 0.06 + np.array([0, size * 0.48, 0])
    easel.ball(knob, 0.045, ring(8), Style("metal", (222, 182, 96), outline=0.3), form=0.4)

