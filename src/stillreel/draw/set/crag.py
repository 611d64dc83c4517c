"""Rock and carved stone: cave, cliff, statue, headstone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import above, frame_of, plane, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


_ROUNDED = [
    (float(np.cos(a)) * 0.32, 0.72 + float(np.sin(a)) * 0.28) for a in np.linspace(0, np.pi, 9)
]
_SLAB = np.array([(-0.32, -0.03), (0.32, -0.03), *_ROUNDED])
_CROSS = np.array(
    [
        (-0.09, -0.03),
        (0.09, -0.03),
        (0.09, 0.68),
        (0.3, 0.68),
        (0.3, 0.86),
        (0.09, 0.86),
        (0.09, 1.1),
        (-0.09, 1.1),
        (-0.09, 0.86),
        (-0.3, 0.86),
        (-0.3, 0.68),
        (-0.09, 0.68),
    ]
)


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
    easel.card(
        at,
        np.concatenate([mound, [(1.05, -0.05), (-1.05, -0.05)]]) * size,
        Style("rock", tone, form=form, outline=0.8, to=mix(tone, (60, 58, 72), 0.45)),
    )
    mouth = (
        np.array(
            [
                (-0.36, 0),
                (-0.34, 0.26),
                (-0.2, 0.46),
                (0.02, 0.54),
                (0.22, 0.44),
                (0.34, 0.22),
                (0.36, 0),
            ]
        )
        * size
    )
    easel.card(at, mouth * 1.14, Style("rock", mix(tone, (50, 48, 60), 0.4), outline=0.5))
    easel.card(at, mouth, Style("shadow", (22, 20, 32), outline=0.5))
    easel.card(at, mouth, Style("rock", (34, 30, 44), outline=0.5, shade=0.5))
    if tints.white:
        easel.card(
            at,
            np.concatenate([mound[2:9], mound[7:3:-1] * 0.84]) * size,
            Style("snow", tints.snow, outline=0.3),
        )


def draw_cliff(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a cliff that drops on one side; its top is grass or snow."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    side = -1.0 if piece.at[0] < 0 else 1.0
    easel.begin(at)
    tone = mix(tints.stone, (186, 170, 150), 0.3)
    face = (
        np.array(
            [
                (2.4, -0.1),
                (2.4, 0.8),
                (1.2, 0.86),
                (0.3, 0.8),
                (0.0, 0.72),
                (-0.1, 0.5),
                (-0.02, 0.3),
                (-0.22, 0.12),
                (-0.3, -0.1),
            ]
        )
        * size
        * (side, 1)
    )
    easel.card(
        at,
        face,
        Style(
            "rock",
            tone,
            outline=0.8,
            form=size * easel.scale(at) * 0.05,
            to=mix(tone, (86, 84, 104), 0.4),
        ),
    )
    _cliff_top(easel, tints, size, side, at, tone)


def _cliff_top(
    easel: Easel, tints: Tints, size: float, side: float, at: NDArray[np.float64], tone: Tone
) -> None:
    """Lay grass or snow on top of a cliff and break its face."""
    cap = (
        np.array(
            [
                (2.4, 0.8),
                (1.2, 0.86),
                (0.3, 0.8),
                (0.0, 0.72),
                (0.3, 0.71),
                (0.7, 0.75),
                (1.3, 0.76),
                (2.4, 0.7),
            ]
        )
        * size
        * (side, 1)
    )
    easel.card(
        at,
        cap,
        Style(
            "snow" if tints.white else "foliage",
            tints.snow if tints.white else tints.foliage[1],
            outline=0.4,
        ),
    )
    for x, y in ((0.3, 0.55), (0.8, 0.4), (1.3, 0.58), (0.5, 0.2)):
        easel.card(
            at,
            np.array([(x, y), (x + 0.2, y + 0.03), (x + 0.26, y - 0.05), (x + 0.05, y - 0.04)])
            * size
            * (side, 1),
            Style("rock", mix(tone, (80, 76, 92), 0.4), outline=0.1),
        )


def draw_statue(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a draped statue on a plinth."""
    at = np.asarray(piece.at, dtype=np.float64)
    easel.begin(at)
    stone = mix(tints.stone, (255, 255, 255), 0.3)
    form = 0.3 * easel.scale(at)
    easel.card(
        at,
        [(-0.5, 0), (0.5, 0), (0.42, 0.9), (-0.42, 0.9)],
        Style("wall", tints.stone, outline=0.7, form=form),
    )
    easel.card(
        at,
        [
            (-0.34, 0.9),
            (0.34, 0.9),
            (0.2, 1.6),
            (0.3, 2.05),
            (0.1, 2.2),
            (-0.1, 2.2),
            (-0.32, 2.0),
            (-0.2, 1.6),
        ],
        Style("wall", stone, outline=0.7, form=form * 0.6),
    )
    easel.ball(above(at, 2.36), 0.16, ring(14), Style("wall", stone, outline=0.6), form=0.4)


def draw_grave(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a headstone, a round-topped slab or a cross, a little out of plumb."""
    origin, across, front = frame_of(piece.at, piece.turn)
    if easel.depth(origin) < 1.2 or not easel.seen(origin, 1.6):
        return
    easel.begin(origin)
    tall = piece.size
    stone = mix(tints.stone, (120, 126, 132), 0.2 + 0.15 * (piece.index % 3))
    lean = 0.05 * (piece.index % 5 - 2)
    outline = _CROSS if piece.index % 4 == 3 else _SLAB
    shape = outline * tall
    shape = np.stack([shape[:, 0] + lean * shape[:, 1], shape[:, 1]], axis=1)
    thick = front * 0.16
    side = Style("rock", mix(stone, (60, 60, 76), 0.35), outline=0.5, shade=0.4)
    easel.face(plane(origin - thick, across, shape), side)
    shade = easel.facing(front) * 0.5
    moss = mix(stone, (92, 116, 78), 0.4)
    easel.face(
        plane(origin, across, shape), Style("rock", stone, outline=0.8, shade=shade, to=moss)
    )
    if tints.white:
        cap = shape[(shape[:, 1] > tall * 0.86)]
        cap = np.concatenate([cap + np.array([0.0, 0.09]), cap[::-1] - np.array([0.0, 0.05])])
        easel.face(plane(origin, across, cap), Style("snow", tints.snow, outline=0.3))
    elif outline is _SLAB and not easel.soft:
        line = Style("crease", mix(stone, (40, 40, 50), 0.5), outline=0.2, alpha=0.7)
        for y in (0.66, 0.55, 0.44):
            row = np.array([(-0.17 + lean * y, y), (0.17 + lean * y, y)]) * tall
            easel.line(plane(origin + front * 0.01, across, row), 0.025, line, 0.6)
