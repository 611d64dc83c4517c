"""Stonework: the high wall with its coping, stones, ivy and snow."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import above, frame_of, lobes, plane, ring
from stillreel.draw.set.view import rng_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_COURSE = 0.40
"""Height of a course of stones, metres."""


def draw_wall(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw one length of high wall, `size` metres by `span`; of kind `hole`, with a hole."""
    origin, across, front = frame_of(piece.at, piece.turn)
    half, high = piece.size / 2, piece.span or 3.0
    if not easel.seen(above(origin, high / 2), half + high):
        return
    eye = np.asarray(easel.camera.position)
    if float((eye - origin) @ front) < 0:
        front = -front
    easel.begin(origin)
    face = origin + front * 0.25

    def spot(x: float, y: float) -> NDArray[np.float64]:
        return face + across * x + np.array([0.0, y, 0.0])

    def spots(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return plane(face, across, places)

    shade = easel.facing(front)
    quad = [spot(-half, -0.05), spot(half, -0.05), spot(half, high), spot(-half, high)]
    low = mix(tints.stone, (70, 84, 70), 0.35)
    hole = [
        spot(x - 2.0, y)
        for x, y in ((-0.6, 0), (-0.75, 0.5), (-0.4, 1.0), (0.15, 1.12), (0.62, 0.7), (0.55, 0.0))
    ]
    style = Style("wall", tints.stone, shade=shade, outline=0.7, to=low)
    if piece.kind == "hole":
        middle = np.mean(np.array(hole), axis=0)
        ragged = [middle + (point - middle) * 1.16 for point in np.array(hole)]
        easel.face(hole, Style("foliage", (178, 206, 150), outline=0.5, to=(92, 140, 70)))
        easel.pane(quad, style, [hole])
        easel.pane(
            ragged,
            Style("wall", mix(tints.stone, (50, 46, 60), 0.55), shade=shade, outline=0.6),
            [hole],
        )
        for x, size in ((-2.9, 0.2), (-1.2, 0.26), (-0.9, 0.14), (-2.6, 0.12)):
            easel.ball(
                spot(x, size * 0.5) + front * 0.3,
                size,
                ring(7) * np.array([1.0, 0.7]),
                Style("rock", tints.stone, outline=0.6),
                form=0.35,
            )
    else:
        easel.face(quad, style)
    pixels = easel.scale(origin) / easel.unit
    if easel.depth(origin) < 1.0:
        pixels = 60.0
    if not easel.soft and pixels > 14:
        _stones(easel, spots, half, high, tints, shade, piece, pixels)
    _coping(easel, piece, tints, origin, high, across, half, front, shade, pixels, face)


def _coping(
    easel: Easel,
    piece: Piece,
    tints: Tints,
    origin: NDArray[np.float64],
    high: float,
    across: NDArray[np.float64],
    half: float,
    front: NDArray[np.float64],
    shade: float,
    pixels: float,
    face: NDArray[np.float64],
) -> None:
    """Lay the coping stones on a wall, then snow on all, or ivy on every third one."""
    top = origin + np.array([0, high, 0])
    coping = [
        top - across * half - front * 0.32,
        top + across * half - front * 0.32,
        top + across * half + front * 0.32,
        top - across * half + front * 0.32,
    ]
    lip = [c + np.array([0, 0.18, 0]) for c in coping]
    tone = mix(tints.stone, (255, 250, 236), 0.22)
    easel.face(
        [coping[3], coping[2], lip[2], lip[3]], Style("wall", tone, shade=shade * 0.8, outline=0.7)
    )
    easel.face(lip, Style("wall", mix(tone, (255, 255, 255), 0.2), outline=0.5))
    if tints.white:
        _snow_cap(easel, top, across, front, half, tints, piece.index)
    elif piece.index % 3 == 1 and pixels > 12:
        _ivy(easel, face, across, half, high, tints, piece.index)


def _ivy(
    easel: Easel,
    face: NDArray[np.float64],
    across: NDArray[np.float64],
    half: float,
    high: float,
    tints: Tints,
    index: int,
) -> None:
    """Let ivy hang over the coping and down the wall."""
    rng = easel.rng("ivy", index)
    ramp = ((104, 66, 58), (132, 84, 66), (150, 100, 76)) if tints.bare else tints.foliage
    count = 16
    xs = np.linspace(-half * 0.62, half * 0.5, count) + rng.uniform(-0.25, 0.25, count)
    falls = rng.uniform(0, 1, count) ** 2.2 * (1 - np.abs(xs) / half)
    spots = np.array(
        [
            face + across * x + np.array([0, high + 0.12 - fall * high * 0.62, 0])
            for x, fall in zip(xs, falls, strict=True)
        ]
    )
    spots = spots[np.argsort(spots[:, 1])]
    easel.balls(
        spots,
        rng.uniform(0.3, 0.55, count),
        [lobes(i, 8, 0.24) for i in range(count)],
        [
            Style("foliage", mix(ramp[0], ramp[1], i % 3 * 0.4), 0.3, 0.15, 0.4)
            for i in range(count)
        ],
    )


def _stones(
    easel: Easel,
    spots: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    half: float,
    high: float,
    tints: Tints,
    shade: float,
    piece: Piece,
    pixels: float,
) -> None:
    seam = Style(
        "crease", mix(tints.stone, (60, 56, 72), 0.45), outline=0.25, shade=shade, alpha=0.6
    )
    step = 1 if pixels > 60 else 2 if pixels > 40 else 3
    for course in courses(half, high, step, joints=pixels > 40):
        easel.line(spots(course), 0.022, seam, 0.7)
    number = 9 if pixels > 40 else 3
    dull = mix(tints.stone, (88, 84, 96), 0.16)
    warm = mix(tints.stone, (255, 240, 214), 0.16)
    for outline, lit in blocks(easel.seed, piece.index, half, high)[:number]:
        tone = warm if lit else dull
        easel.face(spots(outline), Style("wall", tone, shade=shade, outline=0.3))


@lru_cache(maxsize=128)
def courses(half: float, high: float, step: int, *, joints: bool) -> list[NDArray[np.float64]]:
    """Return every `step`-th course of a wall as (N, 2) metres along and up.

    Args:
        half: half the length of the wall, metres.
        high: metres.
        step: which courses: 1 for all.
        joints: True to add the upright joints below each course.
    """
    rows = int(high / _COURSE)
    found: list[NDArray[np.float64]] = []
    for row in range(1, rows, step):
        y, tall = row * high / rows, high / rows
        course = [(-half, y)]
        for joint in np.arange(-half + 0.3 + 0.37 * (row % 2) + 0.1 * (row % 3), half, 0.78):
            if joints:
                course += [(joint, y), (joint + 0.02, y - tall), (joint, y)]
        course.append((half, y))
        found.append(np.array(course))
    return found


@lru_cache(maxsize=128)
def blocks(
    seed: int, index: int, half: float, high: float
) -> list[tuple[NDArray[np.float64], bool]]:
    """Return nine odd stones of a wall as (8, 2) metres along and up, each pale or not."""
    rng = rng_of(seed, "stones", index)
    rows = int(high / _COURSE)
    found: list[tuple[NDArray[np.float64], bool]] = []
    for _ in range(9):
        row = int(rng.integers(0, rows))
        y = row * high / rows
        x = float(rng.uniform(-half + 0.4, half - 0.6))
        wide = float(rng.uniform(0.35, 0.75))
        tall = high / rows * 0.86
        pale = bool(rng.random() < 0.5)
        bevel = 0.06
        outline = [
            (x + bevel, y + 0.03),
            (x + wide - bevel, y + 0.03),
            (x + wide, y + 0.08),
            (x + wide, y + tall - 0.05),
            (x + wide - bevel, y + tall),
            (x + bevel, y + tall),
            (x, y + tall - 0.06),
            (x, y + 0.09),
        ]
        found.append((np.array(outline), pale))
    return found


def _snow_cap(
    easel: Easel,
    top: NDArray[np.float64],
    across: NDArray[np.float64],
    front: NDArray[np.float64],
    half: float,
    tints: Tints,
    index: int,
) -> None:
    rng = easel.rng("cap", index)
    count = max(int(half * 2), 4)
    xs = np.linspace(-half, half, count)
    upper = [
        top + across * x + front * 0.3 + np.array([0, 0.30 + float(rng.uniform(0, 0.1)), 0])
        for x in xs
    ]
    lower = [
        top + across * x + front * 0.36 + np.array([0, 0.12 - float(rng.uniform(0, 0.14)), 0])
        for x in xs[::-1]
    ]
    easel.face(np.array(upper + lower), Style("snow", tints.snow, outline=0.4, to=tints.snow_shade))
