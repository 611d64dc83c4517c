"""Buildings that people live and meet in: house, church, school."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import above, arch, box, frame_of, plane, rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_PAINTS: tuple[Tone, ...] = (
    (232, 214, 180),
    (214, 172, 142),
    (190, 202, 196),
    (222, 190, 120),
    (206, 150, 132),
)


def draw_house(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a gabled house with windows, door and chimney."""
    origin, across, front = frame_of(piece.at, piece.turn)
    wide, tall = piece.size * 1.25, piece.size * 0.62
    if not easel.seen(above(origin, tall), wide):
        return
    easel.begin(origin)
    deep = wide * 0.7
    paint = mix(_PAINTS[piece.index % 5], tints.plaster, 0.4)
    cast_shadow(easel, piece.at, wide * 0.6, tall * 0.6)
    box(easel, piece.at, (wide, tall, deep), piece.turn, Style("wall", paint, outline=0.7))
    _gable(easel, origin, across, front, (wide, tall, deep), tints)
    eye = np.asarray(easel.camera.position)
    face = origin + front * (deep / 2 + 0.02)
    if float((eye - face) @ front) > 0:
        _front(easel, face, across, front, wide, tall, tints, easel.scale(origin) / easel.unit)


def _gable(
    easel: Easel,
    origin: NDArray[np.float64],
    across: NDArray[np.float64],
    front: NDArray[np.float64],
    size: tuple[float, float, float],
    tints: Tints,
) -> None:
    wide, tall, deep = size
    over, rise = 0.25, wide * 0.42
    # Plain snow would be lost against a winter sky.
    roof = mix(tints.snow, tints.roof, 0.2) if tints.white else tints.roof
    ridge_a = origin - across * (wide / 2 + over) + (0, tall + rise * 0.75, 0)
    ridge_b = origin + across * (wide / 2 + over) + (0, tall + rise * 0.75, 0)
    stack = origin + across * wide * 0.25 + (0, tall + rise * 0.3, 0)
    box(
        easel,
        (float(stack[0]), float(stack[1]), float(stack[2])),
        (0.5, rise * 0.75, 0.5),
        0,
        Style("wall", tints.brick, outline=0.6),
    )
    for side in (-1.0, 1.0):
        lip = front * side * (deep / 2 + over) + np.array([0, tall - 0.12, 0])
        eave_a = origin - across * (wide / 2 + over) + lip
        eave_b = origin + across * (wide / 2 + over) + lip
        normal = front * side * 0.6 + np.array([0, 0.8, 0])
        eye = np.asarray(easel.camera.position)
        if float((eye - eave_a) @ normal) < 0:
            continue
        easel.face(
            [eave_a, eave_b, ridge_b, ridge_a],
            Style(
                "snow" if tints.white else "roof",
                roof,
                outline=0.8,
                shade=easel.facing(normal) * 0.7,
                to=mix(tints.snow_shade, roof, 0.3)
                if tints.white
                else mix(roof, (50, 40, 60), 0.3),
            ),
        )
        if tints.white:
            # The tiles show under the snow at the eaves and the gable ends.
            edge = Style("roof", mix(tints.roof, (60, 46, 66), 0.25), outline=0.5)
            easel.line([ridge_a, eave_a, eave_b, ridge_b], 0.12, edge, 0.8)
            continue
        if easel.scale(origin) * 0.3 < 4 * easel.unit:
            continue
        for part in (0.25, 0.5, 0.75):
            easel.line(
                [eave_a + (ridge_a - eave_a) * part, eave_b + (ridge_b - eave_b) * part],
                0.03,
                Style("crease", mix(roof, (20, 16, 30), 0.35), outline=0.0),
            )


def _front(
    easel: Easel,
    face: NDArray[np.float64],
    across: NDArray[np.float64],
    front: NDArray[np.float64],
    wide: float,
    tall: float,
    tints: Tints,
    pixels: float,
) -> None:
    shade = easel.facing(front) * 0.5
    door = Style("wood", mix(tints.cloth, tints.wood, 0.45), shade=shade, outline=0.6)
    easel.face(plane(face, across, rect(-0.45, 0, 0.45, min(tall * 0.66, 2.0))), door)
    for x in (-0.32, 0.32):
        window(
            easel,
            face,
            across,
            x * wide,
            tall * 0.36,
            wide * 0.085,
            tall * 0.3,
            tints,
            shade,
            crossed=pixels > 24,
        )


def window(
    easel: Easel,
    face: NDArray[np.float64],
    across: NDArray[np.float64],
    x: float,
    y: float,
    half: float,
    tall: float,
    tints: Tints,
    shade: float,
    *,
    crossed: bool = True,
    lit: bool | None = None,
) -> None:
    """Draw a framed window on a wall, alight when the place is."""
    alight = tints.lit if lit is None else lit
    frame = Style("wood", (244, 236, 220), shade=shade, outline=0.5)
    easel.face(
        plane(face, across, rect(x - half - 0.07, y - 0.07, x + half + 0.07, y + tall + 0.07)),
        frame,
    )
    pane = tints.window if alight else mix((96, 118, 144), tints.water, 0.3)
    easel.face(
        plane(face, across, rect(x - half, y, x + half, y + tall)),
        Style(
            "glass",
            pane,
            shade=0.0 if alight else shade,
            outline=0.3,
            glow=0.55 if alight else 0.0,
            to=mix(pane, (255, 255, 255), 0.25) if not alight else mix(pane, (255, 150, 70), 0.3),
        ),
    )
    if crossed:
        bar = Style("wood", (244, 236, 220), shade=shade, outline=0.0)
        easel.line(plane(face, across, [(x, y), (x, y + tall)]), 0.05, bar)
        easel.line(
            plane(face, across, [(x - half, y + tall * 0.55), (x + half, y + tall * 0.55)]),
            0.05,
            bar,
        )


def draw_church(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a church or school: long nave, square tower with a spire or bell."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    easel.begin(at)
    wall = mix(tints.stone if piece.noun == "church" else tints.brick, (240, 226, 206), 0.3)
    # Plain snow would be lost against a winter sky.
    roof = mix(tints.snow, tints.roof, 0.2) if tints.white else tints.roof
    form = size * 0.1 * easel.scale(at) * 0.6
    easel.card(
        at,
        np.array([(0.05, 0), (0.62, 0), (0.62, 0.28), (0.05, 0.28)]) * size,
        Style("wall", wall, shade=0.2, outline=0.6, to=mix(wall, (90, 84, 100), 0.25)),
    )
    easel.card(
        at,
        np.array([(0.02, 0.27), (0.66, 0.27), (0.58, 0.44), (0.05, 0.44)]) * size,
        Style("roof", roof, outline=0.6),
    )
    easel.card(
        at,
        np.array([(-0.13, 0), (0.13, 0), (0.13, 0.62), (-0.13, 0.62)]) * size,
        Style("wall", wall, form=form, outline=0.7),
    )
    _steeple(easel, piece, at, size, roof, form)
    pane = Style(
        "glass",
        tints.window if tints.lit else (78, 88, 116),
        outline=0.4,
        glow=0.7 if tints.lit else 0.0,
    )
    for x in (0.15, 0.27, 0.39, 0.51):
        easel.card(at, np.asarray(arch(x, 0.08, 0.028, 0.1)) * size, pane)
    easel.card(
        at,
        np.asarray(arch(0, 0.0, 0.05, 0.13)) * size,
        Style("wood", mix(tints.wood, (60, 30, 30), 0.3), outline=0.5),
    )


def _steeple(
    easel: Easel, piece: Piece, at: NDArray[np.float64], size: float, roof: Tone, form: float
) -> None:
    """Top the tower: a spire with a cross, or the bell-cote of a school."""
    if piece.noun == "church":
        easel.card(
            at,
            np.array([(-0.16, 0.6), (0.16, 0.6), (0, 1.08)]) * size,
            Style("roof", roof, form=form, outline=0.7),
        )
        cross = np.array([(0, 1.06), (0, 1.18)]) * size
        easel.line(easel.lift(at, cross), 0.02 * size, Style("metal", (90, 80, 70), outline=0.0))
        easel.line(
            easel.lift(at, np.array([(-0.03, 1.14), (0.03, 1.14)]) * size),
            0.02 * size,
            Style("metal", (90, 80, 70), outline=0.0),
        )
    else:
        easel.card(
            at,
            np.array([(-0.16, 0.62), (0.16, 0.62), (0.1, 0.74), (-0.1, 0.74)]) * size,
            Style("roof", roof, outline=0.7),
        )
        easel.card(
            at,
            np.asarray(arch(0, 0.44, 0.05, 0.07)) * size,
            Style("glass", (60, 56, 70), outline=0.4),
        )
