"""What is seen from afar or put up for a day: lighthouse, tower, pyramid, tent, market stall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import box, rect, ring

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_CLOTHS: tuple[Tone, ...] = (
    (232, 214, 180),
    (214, 172, 142),
    (190, 202, 196),
    (222, 190, 120),
    (206, 150, 132),
)


def draw_lighthouse(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a banded lighthouse or a round tower, its lamp lit from dusk on."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    easel.begin(at)
    form = size * 0.08 * easel.scale(at) * 0.8
    bands = 5
    for band in range(bands):
        low, high = band / bands * 0.8, (band + 1) / bands * 0.8
        w0, w1 = 0.11 - 0.04 * low, 0.11 - 0.04 * high
        tone = (238, 232, 222) if band % 2 else tints.cloth
        if piece.noun == "tower":
            tone = mix(tints.stone, (255, 246, 230), 0.15)
        easel.card(
            at,
            np.array([(-w0, low), (w0, low), (w1, high), (-w1, high)]) * size,
            Style("wall", tone, form=form, outline=0.4),
        )
    easel.card(
        at,
        np.array([(-0.1, 0.8), (0.1, 0.8), (0.1, 0.83), (-0.1, 0.83)]) * size,
        Style("metal", (70, 70, 84), outline=0.5),
    )
    easel.card(
        at,
        np.array(rect(-0.05, 0.83, 0.05, 0.91)) * size,
        Style(
            "glass",
            (255, 236, 170) if tints.lit else (170, 190, 200),
            outline=0.5,
            glow=1.0 if tints.lit else 0.0,
        ),
    )
    easel.card(
        at,
        np.array([(-0.075, 0.91), (0.075, 0.91), (0, 1.0)]) * size,
        Style("roof", tints.cloth if piece.noun == "lighthouse" else tints.roof, outline=0.6),
    )
    if tints.lit and piece.noun == "lighthouse":
        easel.card(
            at,
            np.array([(0, 0.88), (2.6, 1.1), (2.6, 0.7)]) * size,
            Style("light", (255, 236, 180), outline=0.0, alpha=0.2),
        )


def draw_pyramid(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a pyramid with a lit and a shaded side."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    easel.begin(at)
    sand = mix(tints.grass, (214, 176, 120), 0.5)
    left_lit = easel.light.key[0] < 0
    for points, dark in (
        ([(-0.9, 0), (0.25, 0), (0, 0.95)], not left_lit),
        ([(0.25, 0), (0.8, 0), (0, 0.95)], left_lit),
    ):
        easel.card(
            at,
            np.array(points) * size,
            Style(
                "rock",
                sand,
                shade=0.6 if dark else 0.0,
                outline=0.5,
                to=mix(sand, tints.grass_light, 0.4),
            ),
        )


def draw_tent(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a tent or a market stall with a striped awning."""
    at = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    if not easel.seen(at, size * 2):
        return
    easel.begin(at)
    cast_shadow(easel, piece.at, size * 0.9, size * 0.5)
    cloth = mix(_CLOTHS[piece.index % 5], tints.cloth, 0.55 if piece.index % 2 else 0.1)
    if piece.noun == "tent":
        easel.card(
            at,
            np.array([(-1, 0), (1, 0), (0.06, 1.1), (-0.06, 1.1)]) * size,
            Style("cloth", cloth, outline=0.8, form=size * easel.scale(at) * 0.2),
        )
        easel.card(
            at,
            np.array([(-0.28, 0), (0.28, 0), (0, 0.9)]) * size,
            Style(
                "cloth",
                (60, 44, 48) if not tints.lit else (255, 196, 110),
                outline=0.5,
                glow=0.5 if tints.lit else 0.0,
            ),
        )
        return
    box(
        easel,
        piece.at,
        (2.2, 0.95, 0.9),
        piece.turn,
        Style("wood", tints.wood, outline=0.7),
        top=mix(tints.wood, (255, 230, 190), 0.3),
    )
    tones: tuple[Tone, ...] = ((206, 60, 50), (240, 170, 60), (110, 150, 70))
    for index in range(9):
        spot = at + easel.right * (index - 4) * 0.24 + np.array([0, 1.03, 0])
        easel.ball(spot, 0.13, ring(10), Style("blossom", tones[index // 3], outline=0.4), form=0.4)
    for x in (-1.05, 1.05):
        easel.card(at, rect(x - 0.04, 0.9, x + 0.04, 2.3), Style("wood", tints.wood, outline=0.5))
    stripes = 7
    for index in range(stripes):
        x0, x1 = -1.35 + 2.7 * index / stripes, -1.35 + 2.7 * (index + 1) / stripes
        tone = cloth if index % 2 == 0 else (246, 236, 216)
        easel.card(
            at,
            [(x0 * 0.8, 2.65), (x1 * 0.8, 2.65), (x1, 2.2), ((x0 + x1) / 2, 2.06), (x0, 2.2)],
            Style("cloth", tone, outline=0.5, to=mix(tone, (90, 60, 80), 0.2)),
        )
