"""Stonework: the high wall, the castle on its rise."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import frame_of, lobes, ring

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


def draw_wall(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw one length of high stone wall (`size` long, `span` high), a hole in it if so kinded."""
    origin, across, front = frame_of(piece.at, piece.turn)
    half, high = piece.size / 2, piece.span or 3.0
    if not easel.seen(origin + (0, high / 2, 0), half + high):
        return
    eye = np.asarray(easel.camera.position)
    if float((eye - origin) @ front) < 0:
        front = -front
    easel.begin(origin)
    face = origin + front * 0.25

    def spot(x: float, y: float) -> np.ndarray:
        return face + across * x + np.array([0.0, y, 0.0])

    shade = easel.facing(front)
    quad = [spot(-half, -0.05), spot(half, -0.05), spot(half, high), spot(-half, high)]
    low = mix(tints.stone, (70, 84, 70), 0.35)
    hole = [spot(x - 2.0, y) for x, y in ((-0.6, 0), (-0.75, 0.5), (-0.4, 1.0), (0.15, 1.12),
                                          (0.62, 0.7), (0.55, 0.0))]
    style = Style("wall", tints.stone, shade=shade, outline=0.7, to=low)
    if piece.kind == "hole":
        middle = np.mean(np.array(hole), axis=0)
        ragged = [middle + (point - middle) * 1.16 for point in np.array(hole)]
        easel.face(hole, Style("foliage", (178, 206, 150), outline=0.5, to=(92, 140, 70)))
        easel.pane(quad, style, [hole])
        easel.pane(ragged, Style("wall", mix(tints.stone, (50, 46, 60), 0.55), shade=shade,
                                 outline=0.6), [hole])
        for x, size in ((-2.9, 0.2), (-1.2, 0.26), (-0.9, 0.14), (-2.6, 0.12)):
            easel.ball(spot(x, size * 0.5) + front * 0.3, size, ring(7) * np.array([1.0, 0.7]),
                       Style("rock", tints.stone, outline=0.6), form=0.35)
    else:
        easel.face(quad, style)
    pixels = easel.scale(origin) / easel.unit
    if easel.depth(origin) < 1.0:
        pixels = 60.0
    if not easel.soft and pixels > 14:
        _stones(easel, spot, half, high, tints, shade, piece, pixels)
    top = origin + np.array([0, high, 0])
    coping = [top - across * half - front * 0.32, top + across * half - front * 0.32,
              top + across * half + front * 0.32, top - across * half + front * 0.32]
    lip = [c + np.array([0, 0.18, 0]) for c in coping]
    tone = mix(tints.stone, (255, 250, 236), 0.22)
    easel.face([coping[3], coping[2], lip[2], lip[3]], Style("wall", tone, shade=shade * 0.8,
                                                               outline=0.7))
    easel.face(lip, Style("wall", mix(tone, (255, 255, 255), 0.2), outline=0.5))
    if tints.white:
        _snow_cap(easel, top, across, front, half, tints, piece.index)
    elif piece.index % 3 == 1 and pixels > 12:
        _ivy(easel, face, across, half, high, tints, piece.index)


def _ivy(easel: Easel, face: np.ndarray, across: np.ndarray, half: float, high: float,
         tints: Tints, index: int) -> None:
    """Let ivy hang over the coping and down the wall."""
    rng = easel.rng("ivy", index)
    ramp = ((104, 66, 58), (132, 84, 66), (150, 100, 76)) if tints.bare else tints.foliage
    count = 16
    xs = np.linspace(-half * 0.62, half * 0.5, count) + rng.uniform(-0.25, 0.25, count)
    falls = rng.uniform(0, 1, count) ** 2.2 * (1 - np.abs(xs) / half)
    spots = np.array([face + across * x + np.array([0, high + 0.12 - fall * high * 0.62, 0])
                      for x, fall in zip(xs, falls, strict=True)])
    spots = spots[np.argsort(spots[:, 1])]
    easel.balls(spots, rng.uniform(0.3, 0.55, count), [lobes(i, 8, 0.24) for i in range(count)],
                [Style("foliage", mix(ramp[0], ramp[1], i % 3 * 0.4), 0.3, 0.15, 0.4)
                 for i in range(count)])


def _stones(easel: Easel, spot: object, half: float, high: float, tints: Tints, shade: float,
            piece: Piece, pixels: float) -> None:
    rng = easel.rng("stones", piece.index)
    rows = int(high / 0.40)
    seam = Style("crease", mix(tints.stone, (60, 56, 72), 0.45), outline=0.25, shade=shade, alpha=0.6)
    assert callable(spot)
    for row in range(1, rows, 1 if pixels > 40 else 2):
        wave = [spot(x, row * high / rows + 0.02 * np.sin(x * 3 + row)) for x in
                np.linspace(-half, half, 5)]
        easel.line(wave, 0.022, seam, 0.7)
    count = int(half * 2 * rows * 0.16) if pixels > 30 else int(half * rows * 0.12)
    for _ in range(min(count, 22)):
        row = int(rng.integers(0, rows))
        y = row * high / rows
        x = float(rng.uniform(-half + 0.4, half - 0.6))
        wide = float(rng.uniform(0.35, 0.75))
        tall = high / rows * 0.86
        tone = mix(tints.stone, (255, 240, 214) if rng.random() < 0.5 else (88, 84, 96), 0.16)
        bevel = 0.06
        points = [spot(x + bevel, y + 0.03), spot(x + wide - bevel, y + 0.03),
                  spot(x + wide, y + 0.08), spot(x + wide, y + tall - 0.05),
                  spot(x + wide - bevel, y + tall), spot(x + bevel, y + tall),
                  spot(x, y + tall - 0.06), spot(x, y + 0.09)]
        easel.face(points, Style("wall", tone, shade=shade, outline=0.3))


def _snow_cap(easel: Easel, top: np.ndarray, across: np.ndarray, front: np.ndarray, half: float,
              tints: Tints, index: int) -> None:
    rng = easel.rng("cap", index)
    count = max(int(half * 2), 4)
    xs = np.linspace(-half, half, count)
    upper = [top + across * x + front * 0.3 + np.array([0, 0.30 + float(rng.uniform(0, 0.1)), 0])
             for x in xs]
    lower = [top + across * x + front * 0.36 + np.array([0, 0.12 - float(rng.uniform(0, 0.14)), 0])
             for x in xs[::-1]]
    easel.face(np.array(upper + lower), Style("snow", tints.snow, outline=0.4,
                                              to=tints.snow_shade))


def draw_castle(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw the castle: curtain wall, towers with cone roofs, keep, windows."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    if not easel.seen(at + (0, size * 0.5, 0), size):
        return
    easel.begin(at)
    stone = mix(tints.stone, (214, 200, 188), 0.3)
    towers = ((-0.36, 0.06, 0.46, 0.30), (0.38, 0.055, 0.5, 0.26), (-0.12, 0.075, 0.72, 0.34),
              (0.16, 0.05, 0.86, 0.30), (0.27, 0.035, 0.62, 0.2))
    for x, half, tall, cone in sorted(towers, key=lambda t: -t[2]):
        _tower(easel, piece, tints, x, half, tall, cone)
    body = np.array([(-0.5, -0.05), (-0.5, 0.22), *_battlements(-0.5, 0.5, 0.22, 0.03, 14),
                     (0.5, 0.22), (0.5, -0.05)]) * size
    easel.card(at, body, Style("wall", stone, shade=0.25, outline=0.6,
                               to=mix(stone, (90, 96, 110), 0.3)))
    for x, half, tall in ((-0.46, 0.07, 0.36), (0.47, 0.07, 0.33), (-0.04, 0.085, 0.3)):
        _tower(easel, piece, tints, x, half, tall, 0.0 if x == -0.04 else 0.2)
    arch = np.array([(-0.035, -0.02), (-0.035, 0.09), *[(cos(a) * 0.035, 0.09 + sin(a) * 0.04)
                     for a in np.linspace(np.pi, 0, 7)], (0.035, -0.02)]) * size
    arch[:, 0] -= 0.04 * size
    easel.card(at, arch, Style("wood", (66, 46, 44), outline=0.5))


def _tower(easel: Easel, piece: Piece, tints: Tints, x: float, half: float, tall: float,
           cone: float) -> None:
    size, at = piece.size, np.asarray(piece.at, dtype=np.float64)
    stone = mix(tints.stone, (226, 210, 196), 0.35)
    form = half * size * easel.scale(at) * 0.7
    shaft = np.array([(x - half, -0.05), (x - half * 0.94, tall), (x + half * 0.94, tall),
                      (x + half, -0.05)]) * size
    easel.card(at, shaft, Style("wall", stone, form=form, outline=0.6,
                                to=mix(stone, (96, 92, 112), 0.25)))
    crown = np.array([(x - half * 1.15, tall), *_battlements(x - half * 1.15, x + half * 1.15,
                      tall + 0.035, 0.02, 4), (x + half * 1.15, tall), (x + half * 0.94, tall - 0.03),
                      (x - half * 0.94, tall - 0.03)]) * size
    easel.card(at, crown, Style("wall", stone, form=form, outline=0.5))
    if cone:
        roof = np.array([(x - half * 1.3, tall + 0.03), (x, tall + cone), (x + half * 1.3,
                         tall + 0.03), (x, tall + 0.012)]) * size
        easel.card(at, roof, Style("roof", tints.roof, form=form, outline=0.6))
        if tints.white:
            snow = np.array([(x - half * 0.8, tall + 0.03 + cone * 0.36), (x, tall + cone),
                             (x + half * 0.5, tall + 0.03 + cone * 0.55),
                             (x, tall + cone * 0.42), (x - half * 0.4, tall + cone * 0.5)]) * size
            easel.card(at, snow, Style("snow", tints.snow, outline=0.1))
        tip = np.array([(x, tall + cone), (x, tall + cone + 0.05)]) * size
        flag = np.array([(x, tall + cone + 0.05), (x + 0.05, tall + cone + 0.036),
                         (x, tall + cone + 0.02)]) * size
        easel.line(easel.lift(at, tip), 0.06, Style("metal", (80, 70, 80), outline=0.0))
        easel.card(at, flag, Style("cloth", tints.cloth, outline=0.3))
    for y in np.arange(0.14, tall - 0.06, 0.13):
        window = np.array([(x - 0.011, y), (x - 0.011, y + 0.035), (x, y + 0.05),
                           (x + 0.011, y + 0.035), (x + 0.011, y)]) * size
        easel.card(at, window, Style("glass", tints.window if tints.lit else (62, 60, 82),
                                     outline=0.2, glow=0.7 if tints.lit else 0.0))


def _battlements(start: float, end: float, low: float, rise: float, count: int
                 ) -> list[tuple[float, float]]:
    step = (end - start) / (count * 2 - 1)
    points: list[tuple[float, float]] = []
    for index in range(count):
        x = start + index * 2 * step
        points += [(x, low), (x, low + rise), (x + step, low + rise), (x + step, low)]
    return points


def draw_cave(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a rocky mound with the dark mouth of a cave."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    easel.begin(at)
    tone = mix(tints.stone, (110, 106, 116), 0.5)
    rng = easel.rng("cave", piece.index)
    angle = np.linspace(np.pi, 0, 11)
    mound = np.stack([np.cos(angle), np.sin(angle) * 0.85], axis=1)
    mound *= rng.uniform(0.88, 1.08, (11, 1))
    form = size * easel.scale(at) * 0.16
    easel.card(at, np.concatenate([mound, [(1.05, -0.05), (-1.05, -0.05)]]) * size,
               Style("rock", tone, form=form, outline=0.8, to=mix(tone, (60, 58, 72), 0.45)))
    mouth = np.array([(-0.36, 0), (-0.34, 0.26), (-0.2, 0.46), (0.02, 0.54), (0.22, 0.44),
                      (0.34, 0.22), (0.36, 0)]) * size
    easel.card(at, mouth * 1.14, Style("rock", mix(tone, (50, 48, 60), 0.4), outline=0.5))
    easel.card(at, mouth, Style("shadow", (22, 20, 32), outline=0.5))
    easel.card(at, mouth, Style("rock", (34, 30, 44), outline=0.5, shade=0.5))
    if tints.white:
        easel.card(at, np.concatenate([mound[2:9], mound[7:3:-1] * 0.84]) * size,
                   Style("snow", tints.snow, outline=0.3))


def draw_cliff(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a cliff that drops on one side; its top is grass or snow."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    side = -1.0 if piece.at[0] < 0 else 1.0
    easel.begin(at)
    tone = mix(tints.stone, (186, 170, 150), 0.3)
    face = np.array([(2.4, -0.1), (2.4, 0.8), (1.2, 0.86), (0.3, 0.8), (0.0, 0.72), (-0.1, 0.5),
                     (-0.02, 0.3), (-0.22, 0.12), (-0.3, -0.1)]) * size * (side, 1)
    easel.card(at, face, Style("rock", tone, outline=0.8, form=size * easel.scale(at) * 0.05,
                               to=mix(tone, (86, 84, 104), 0.4)))
    cap = np.array([(2.4, 0.8), (1.2, 0.86), (0.3, 0.8), (0.0, 0.72), (0.3, 0.71), (0.7, 0.75),
                    (1.3, 0.76), (2.4, 0.7)]) * size * (side, 1)
    easel.card(at, cap, Style("snow" if tints.white else "foliage",
                              tints.snow if tints.white else tints.foliage[1], outline=0.4))
    for x, y in ((0.3, 0.55), (0.8, 0.4), (1.3, 0.58), (0.5, 0.2)):
        easel.card(at, np.array([(x, y), (x + 0.2, y + 0.03), (x + 0.26, y - 0.05),
                                 (x + 0.05, y - 0.04)]) * size * (side, 1),
                   Style("rock", mix(tone, (80, 76, 92), 0.4), outline=0.1))


def draw_statue(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a draped statue on a plinth."""
    at = np.asarray(piece.at, dtype=np.float64)
    easel.begin(at)
    stone = mix(tints.stone, (255, 255, 255), 0.3)
    form = 0.3 * easel.scale(at)
    easel.card(at, [(-0.5, 0), (0.5, 0), (0.42, 0.9), (-0.42, 0.9)],
               Style("wall", tints.stone, outline=0.7, form=form))
    easel.card(at, [(-0.34, 0.9), (0.34, 0.9), (0.2, 1.6), (0.3, 2.05), (0.1, 2.2), (-0.1, 2.2),
                    (-0.32, 2.0), (-0.2, 1.6)], Style("wall", stone, outline=0.7, form=form * 0.6))
    easel.ball(at + (0, 2.36, 0), 0.16, ring(14), Style("wall", stone, outline=0.6), form=0.4)
