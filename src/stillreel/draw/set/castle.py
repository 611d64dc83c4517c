"""The castle: curtain wall, towers with cone roofs, keep, lit windows."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import above

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


_SLIT = np.array([(-0.011, 0.0), (-0.011, 0.035), (0.0, 0.05), (0.011, 0.035), (0.011, 0.0)])


def draw_castle(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw the castle: curtain wall, towers with cone roofs, keep, windows."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    if not easel.seen(above(at, size * 0.5), size):
        return
    easel.begin(at)
    stone = mix(tints.stone, (214, 200, 188), 0.3)
    towers = (
        (-0.36, 0.06, 0.46, 0.30),
        (0.38, 0.055, 0.5, 0.26),
        (-0.12, 0.075, 0.72, 0.34),
        (0.16, 0.05, 0.86, 0.30),
        (0.27, 0.035, 0.62, 0.2),
    )
    for x, half, tall, cone in sorted(towers, key=lambda t: -t[2]):
        _tower(easel, piece, tints, x, half, tall, cone)
    body = (
        np.array(
            [
                (-0.5, -0.05),
                (-0.5, 0.22),
                *_battlements(-0.5, 0.5, 0.22, 0.03, 14),
                (0.5, 0.22),
                (0.5, -0.05),
            ]
        )
        * size
    )
    easel.card(
        at, body, Style("wall", stone, shade=0.25, outline=0.6, to=mix(stone, (90, 96, 110), 0.3))
    )
    for x, half, tall in ((-0.46, 0.07, 0.36), (0.47, 0.07, 0.33), (-0.04, 0.085, 0.3)):
        _tower(easel, piece, tints, x, half, tall, 0.0 if x == -0.04 else 0.2)
    arch = (
        np.array(
            [
                (-0.035, -0.02),
                (-0.035, 0.09),
                *[(cos(a) * 0.035, 0.09 + sin(a) * 0.04) for a in np.linspace(np.pi, 0, 7)],
                (0.035, -0.02),
            ]
        )
        * size
    )
    arch[:, 0] -= 0.04 * size
    easel.card(at, arch, Style("wood", (66, 46, 44), outline=0.5))


def _tower(
    easel: Easel, piece: Piece, tints: Tints, x: float, half: float, tall: float, cone: float
) -> None:
    size, at = piece.size, np.asarray(piece.at, dtype=np.float64)
    stone = mix(tints.stone, (226, 210, 196), 0.35)
    form = half * size * easel.scale(at) * 0.7
    shaft = (
        np.array(
            [(x - half, -0.05), (x - half * 0.94, tall), (x + half * 0.94, tall), (x + half, -0.05)]
        )
        * size
    )
    easel.card(
        at, shaft, Style("wall", stone, form=form, outline=0.6, to=mix(stone, (96, 92, 112), 0.25))
    )
    crown = (
        np.array(
            [
                (x - half * 1.15, tall),
                *_battlements(x - half * 1.15, x + half * 1.15, tall + 0.035, 0.02, 4),
                (x + half * 1.15, tall),
                (x + half * 0.94, tall - 0.03),
                (x - half * 0.94, tall - 0.03),
            ]
        )
        * size
    )
    easel.card(at, crown, Style("wall", stone, form=form, outline=0.5))
    _cone(easel, tints, cone, x, half, tall, size, at, form)
    for y in np.arange(0.14, tall - 0.06, 0.13):
        window = (_SLIT + np.array([x, y])) * size
        easel.card(
            at,
            window,
            Style(
                "glass",
                tints.window if tints.lit else (62, 60, 82),
                outline=0.2,
                glow=0.7 if tints.lit else 0.0,
            ),
        )


def _cone(
    easel: Easel,
    tints: Tints,
    cone: float,
    x: float,
    half: float,
    tall: float,
    size: float,
    at: NDArray[np.float64],
    form: float,
) -> None:
    """Roof a tower with a cone, snow and a flag."""
    if cone:
        roof = (
            np.array(
                [
                    (x - half * 1.3, tall + 0.03),
                    (x, tall + cone),
                    (x + half * 1.3, tall + 0.03),
                    (x, tall + 0.012),
                ]
            )
            * size
        )
        easel.card(at, roof, Style("roof", tints.roof, form=form, outline=0.6))
        if tints.white:
            snow = (
                np.array(
                    [
                        (x - half * 0.8, tall + 0.03 + cone * 0.36),
                        (x, tall + cone),
                        (x + half * 0.5, tall + 0.03 + cone * 0.55),
                        (x, tall + cone * 0.42),
                        (x - half * 0.4, tall + cone * 0.5),
                    ]
                )
                * size
            )
            easel.card(at, snow, Style("snow", tints.snow, outline=0.1))
        tip = np.array([(x, tall + cone), (x, tall + cone + 0.05)]) * size
        flag = (
            np.array(
                [(x, tall + cone + 0.05), (x + 0.05, tall + cone + 0.036), (x, tall + cone + 0.02)]
            )
            * size
        )
        easel.line(easel.lift(at, tip), 0.06, Style("metal", (80, 70, 80), outline=0.0))
        easel.card(at, flag, Style("cloth", tints.cloth, outline=0.3))


def _battlements(
    start: float, end: float, low: float, rise: float, count: int
) -> list[tuple[float, float]]:
    step = (end - start) / (count * 2 - 1)
    points: list[tuple[float, float]] = []
    for index in range(count):
        x = start + index * 2 * step
        points += [(x, low), (x, low + rise), (x + step, low + rise), (x + step, low)]
    return points
