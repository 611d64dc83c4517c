"""Things met by the way: fire, rock, bush, street lamp, boat, cart and barrels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import (
    above,
    box,
    disc,
    frame_of,
    limb,
    lobes,
    pebble,
    plane,
    rect,
    ring,
)

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


def draw_fire(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a campfire that lights the ground around it."""
    origin = np.asarray(piece.at, dtype=np.float64)
    easel.begin(origin)
    disc(
        easel,
        above(origin, 0.01),
        2.6,
        2.2,
        Style("light", (255, 150, 60), outline=0.0, alpha=0.3),
    )
    for angle in (0.3, 1.4, 2.5):
        way = np.array([np.cos(angle), 0, np.sin(angle)])
        limb(
            easel,
            np.array([origin - way * 0.5, origin + way * 0.5 + (0, 0.12, 0)]),
            np.array([0.08, 0.07]),
            Style("wood", mix(tints.wood, (40, 24, 24), 0.5), outline=0.6),
        )
    for scale, tone in ((1.0, (240, 110, 44)), (0.68, (252, 176, 66)), (0.38, (255, 238, 170))):
        flame = (
            np.array(
                [
                    (-0.34, 0.02),
                    (-0.4, 0.3),
                    (-0.2, 0.52),
                    (-0.16, 0.8),
                    (0.02, 0.62),
                    (0.1, 1.05),
                    (0.26, 0.6),
                    (0.4, 0.36),
                    (0.34, 0.02),
                ]
            )
            * scale
        )
        easel.card(origin, flame * piece.size, Style("glow", tone, outline=0.3, glow=0.8))


def draw_rock(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a rock with a lit top and a dark side."""
    origin = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    if not easel.seen(origin, size * 2):
        return
    easel.begin(origin)
    cast_shadow(easel, piece.at, size * 0.9, size * 0.8)
    rng = np.random.default_rng(piece.index + 3)
    angle = np.linspace(0, np.pi, 8)
    top = [
        (
            float(np.cos(a)) * size * float(rng.uniform(0.85, 1.1)),
            float(np.sin(a)) * size * float(rng.uniform(0.65, 0.95)),
        )
        for a in angle
    ]
    tone = mix(tints.stone, (120, 116, 124), 0.4)
    form = size * easel.scale(origin) * 0.16
    easel.card(
        origin,
        [(-size * 1.05, -0.05), *top[::-1], (size * 1.05, -0.05)],
        Style("rock", tone, form=form, outline=0.9, to=mix(tone, (70, 66, 80), 0.4)),
    )
    facet = [top[5], top[4], top[3], (size * 0.2, size * 0.4), (-size * 0.35, size * 0.35)]
    if tints.white:
        cap = [
            top[6],
            top[5],
            top[4],
            top[3],
            top[2],
            (size * 0.3, size * 0.62),
            (-size * 0.05, size * 0.5),
            (-size * 0.4, size * 0.56),
        ]
        easel.card(origin, cap, Style("snow", tints.snow, outline=0.3))
    else:
        easel.card(origin, facet, Style("rock", mix(tone, (255, 246, 228), 0.22), outline=0.2))


def draw_bush(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a round bush: three lobes, lit from above, snow-capped in winter."""
    origin = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    if not easel.seen(origin, size * 2):
        return
    easel.begin(origin)
    cast_shadow(easel, piece.at, size * 1.1, size * 0.6)
    pixels = easel.scale(origin) * size / easel.unit
    dark, mid, light = tints.foliage
    if tints.bare:
        dark, mid, light = (84, 84, 84), (112, 110, 104), (140, 136, 126)
    for x, y, r in ((-0.62, 0.36, 0.62), (0.66, 0.34, 0.58), (0.0, 0.5, 0.8)):
        spot = origin + easel.right * x * size + np.array([0, y * size, 0])
        easel.ball(
            spot,
            r * size,
            lobes(piece.index % 9 + int(x * 3 + 3)),
            Style("foliage", mix(dark, mid, 0.3 + y), outline=0.5),
            form=0.4,
        )
        if tints.white:
            easel.ball(
                above(spot, r * size * 0.42),
                r * size * 0.7,
                lobes(3) * np.array([1.0, 0.5]),
                Style("snow", tints.snow, outline=0.2),
            )
    if pixels < 60 or tints.white:
        return
    rng = np.random.default_rng(piece.index)
    for step in range(9):
        spot = origin + easel.right * float(rng.uniform(-0.9, 0.9)) * size
        spot = spot + np.array([0, float(rng.uniform(0.25, 1.0)) * size, 0])
        tone = tints.blossom[step % 4] if tints.blooming and step % 2 else light
        easel.ball(spot, size * 0.09, pebble(step), Style("foliage", tone, outline=0.1))


def draw_lamppost(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a street lamp; lit from dusk on, with its cone of light."""
    origin = np.asarray(piece.at, dtype=np.float64)
    tall = piece.size
    if not easel.seen(above(origin, tall / 2), tall):
        return
    easel.begin(origin)
    iron = Style("metal", (52, 54, 66), outline=0.5)
    limb(
        easel,
        origin + np.array([[0, 0, 0], [0, 0.5, 0], [0, tall, 0]]),
        np.array([0.10, 0.05, 0.04]),
        iron,
    )
    head = above(origin, tall)
    easel.card(
        head,
        [(-0.14, 0), (0.14, 0), (0.22, 0.42), (-0.22, 0.42)],
        Style(
            "glass",
            (255, 222, 150) if tints.lit else (206, 214, 214),
            outline=0.6,
            glow=0.95 if tints.lit else 0.0,
        ),
    )
    easel.card(head, [(-0.26, 0.42), (0.26, 0.42), (0, 0.66)], iron)
    if tints.lit:
        easel.card(
            origin,
            [(-0.2, tall), (0.2, tall), (1.9, 0), (-1.9, 0)],
            Style("light", (255, 206, 130), outline=0.0, alpha=0.13),
        )
        disc(
            easel,
            above(origin, 0.01),
            1.9,
            1.5,
            Style("light", (255, 200, 120), outline=0.0, alpha=0.16),
        )


def draw_boat(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a boat: a rowing boat, or under sail when it is far out."""
    origin = np.asarray(piece.at, dtype=np.float64)
    size = piece.size
    easel.begin(origin)
    hull = (
        np.array([(-1, 0.36), (-0.82, 0.02), (0.75, 0.02), (1.08, 0.44), (0.6, 0.32), (-0.6, 0.28)])
        * size
    )
    if piece.kind == "sail":
        for points in (
            [(0.02, 0.42), (0.02, 2.3), (0.86, 0.5)],
            [(-0.06, 0.5), (-0.06, 2.0), (-0.72, 0.52)],
        ):
            easel.card(
                origin,
                np.array(points) * size,
                Style("cloth", (244, 232, 208), outline=0.5, to=(222, 196, 170)),
            )
        easel.line(
            easel.lift(origin, np.array([(0, 0.3), (0, 2.4)]) * size),
            0.06 * size,
            Style("wood", tints.wood, outline=0.0),
        )
    easel.card(
        origin,
        hull,
        Style(
            "wood",
            mix(tints.cloth, tints.wood, 0.5),
            outline=0.8,
            form=size * easel.scale(origin) * 0.1,
            to=mix(tints.wood, (40, 30, 40), 0.4),
        ),
    )
    easel.card(
        origin,
        np.array([(-1, 0.36), (-0.6, 0.28), (0.6, 0.32), (1.08, 0.44), (0.5, 0.40), (-0.5, 0.37)])
        * size,
        Style("wood", (240, 222, 190), outline=0.4),
    )


def draw_cart(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a wooden cart or a pile of barrels and crates."""
    origin, across, front = frame_of(piece.at, piece.turn)
    easel.begin(origin)
    cast_shadow(easel, piece.at, 0.9, 0.8)
    wood = Style("wood", tints.wood, outline=0.8)
    if piece.noun == "barrel":
        box(easel, (piece.at[0] + 0.7, 0, piece.at[2]), (0.8, 0.7, 0.7), 15, wood)
        easel.card(
            origin,
            [(-0.3, 0), (0.3, 0), (0.38, 0.45), (0.3, 0.9), (-0.3, 0.9), (-0.38, 0.45)],
            Style(
                "wood",
                mix(tints.wood, (120, 70, 40), 0.3),
                form=0.3 * easel.scale(origin) * 0.6,
                outline=0.8,
            ),
        )
        for y in (0.2, 0.68):
            easel.card(
                origin, rect(-0.36, y, 0.36, y + 0.06), Style("metal", (80, 80, 90), outline=0.2)
            )
        return
    box(easel, (piece.at[0], 0.55, piece.at[2]), (1.9, 0.55, 1.0), piece.turn, wood)
    for side in (-0.55, 0.55):
        hub = origin + front * side * 0.95 + (0, 0.5, 0)
        wheel = plane(hub, across, ring(18) * 0.5)
        easel.pane(
            wheel,
            Style("wood", mix(tints.wood, (50, 34, 28), 0.35), outline=0.7),
            [plane(hub, across, ring(14) * 0.4)],
        )
        for angle in np.arange(0, np.pi, np.pi / 4):
            spoke = np.array([np.cos(angle), np.sin(angle)]) * 0.42
            easel.line(
                plane(hub, across, np.array([-spoke, spoke])),
                0.05,
                Style("wood", tints.wood, outline=0.0),
            )
