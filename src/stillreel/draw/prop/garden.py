"""What grows and what lies about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


def stone(pen: Pen, thing: Thing) -> None:
    """A stone."""
    pen.tube(
        [(-0.2, 0.2, 0.0), (0.05, 0.26, 0.05), (0.26, 0.17, -0.02)],
        [0.2, 0.27, 0.17],
        Paint(thing.tone, "rock"),
    )
    pen.stroke(
        [(-0.1, 0.42, 0.2), (0.06, 0.3, 0.3), (0.02, 0.2, 0.31)],
        0.02,
        Paint(darker(thing.tone, 0.35), "crease", 0),
    )


def shell(pen: Pen, thing: Thing) -> None:
    """A fan shell."""
    turn = np.linspace(0.35, np.pi - 0.35, 9)
    rim = [
        (0.55 * np.cos(t) * (1 + 0.04 * (n % 2)), 0.1 + 0.85 * np.sin(t) * (1 + 0.03 * (n % 2)))
        for n, t in enumerate(turn)
    ]
    pen.plate([(0.08, 0.02), *rim, (-0.08, 0.02)], 0.16, Paint(thing.tone, "rock"), normal="z")
    if pen.view.facing((0, 0, 1), (0, 0.5, 0.08)) > 0:
        for x, y in rim[1:-1]:
            pen.stroke(
                [(0, 0.05, 0.082), (x * 0.9, y * 0.93, 0.082)],
                0.022,
                Paint(darker(thing.tone, 0.28), "crease", 0),
            )


def feather(pen: Pen, thing: Thing) -> None:
    """A feather."""
    half = [(0.0, 0.2), (0.07, 0.32), (0.11, 0.55), (0.09, 0.8), (0.02, 1.0)]
    pen.plate(
        [*half, *[(-x * 0.8, y) for x, y in half[-2::-1]]],
        0.01,
        Paint(thing.tone, "feather"),
        normal="z",
    )
    pen.tube(
        [(0.02, 0, 0), (0, 0.3, 0), (0, 0.92, 0)],
        [0.014, 0.012, 0.004],
        Paint(paler(thing.tone, 0.6), "feather", 0.4),
        nearer=0.02,
    )


def flower(pen: Pen, thing: Thing) -> None:
    """A flower on its stem, its face up and forward."""
    green = (88, 128, 66)
    pen.tube(
        [(0, 0, 0), (0.02, 0.4, 0.01), (0, 0.82, 0.03)], 0.022, Paint(green, "foliage"), curve=True
    )
    for s, y in ((1, 0.3), (-1, 0.45)):
        pen.plate(
            [(0, y), (s * 0.12, y + 0.14), (s * 0.26, y + 0.16), (s * 0.16, y + 0.04)],
            0.015,
            Paint(green, "foliage"),
            normal="z",
        )
    face = pen.within((0, 0.85, 0.04), [[1, 0, 0], [0, 0.8, -0.6], [0, 0.6, 0.8]])
    for t in np.linspace(0, 2 * np.pi, 6, endpoint=False):
        petal = [
            (np.cos(t + d) * r, np.sin(t + d) * r, 0.03 * (r > 0.1))
            for d, r in (
                (0, 0.02),
                (-0.38, 0.12),
                (-0.26, 0.21),
                (0, 0.235),
                (0.26, 0.21),
                (0.38, 0.12),
            )
        ]
        face.face(petal, Paint(thing.tone, "blossom", 0.8))
    face.ball((0, 0, 0.03), 0.065, Paint((236, 190, 72), "blossom", 0.7), nearer=0.05)


def bouquet(pen: Pen, thing: Thing) -> None:
    """A bunch of flowers in paper."""
    for n, (x, z, y) in enumerate(
        (
            (-0.2, 0, 0.72),
            (0.2, 0.02, 0.74),
            (0, 0.12, 0.7),
            (-0.1, -0.12, 0.86),
            (0.12, -0.1, 0.86),
            (0, 0, 0.92),
        )
    ):
        bloom = pen.within((x, y - 0.5, z), np.eye(3), 0.55)
        flower(bloom, Thing(thing.tone if n % 2 else paler(thing.tone, 0.35)))
    pen.lathe([(0, 0.05), (0.3, 0.1), (0.58, 0.27)], Paint((232, 220, 192), "paper"), nearer=0.2)


def leaf(pen: Pen, thing: Thing) -> None:
    """A leaf."""
    half = [(0, 0.18), (0.16, 0.32), (0.22, 0.52), (0.12, 0.8), (0, 1)]
    pen.plate(
        [*half, *[(-x, y) for x, y in half[-2:0:-1]]],
        0.01,
        Paint(thing.tone, "foliage"),
        normal="z",
    )
    pen.tube(
        [(0, 0, 0), (0, 0.9, 0)],
        [0.015, 0.006],
        Paint(darker(thing.tone, 0.3), "foliage", 0.3),
        nearer=0.02,
    )


def tree(pen: Pen, thing: Thing) -> None:
    """A small tree or bush."""
    pen.tube([(0, 0, 0), (0, 0.5, 0)], [0.06, 0.04], Paint((108, 78, 54), "trunk"))
    for n, (x, y, z, r) in enumerate(
        ((-0.17, 0.6, 0, 0.19), (0.17, 0.58, 0.03, 0.19), (0, 0.56, 0.12, 0.18), (0, 0.78, 0, 0.22))
    ):
        pen.ball((x, y, z), r, Paint(paler(thing.tone, 0.06 * n), "foliage"))


KINDS = {
    "stone": Kind(stone, "stone rock boulder brick coal", "#8d8a86", (0, 0.2, 0.1)),
    "shell": Kind(shell, "shell seashell conch", "#e2b49c", (0, 0.1, 0)),
    "feather": Kind(feather, "feather plume", "#d9dde2", (0, 0.06, 0)),
    "flower": Kind(
        flower,
        "flower rose daisy lily tulip poppy blossom violet daffodil bluebell",
        "#d3566a",
        (0, 0.2, 0),
    ),
    "bouquet": Kind(
        bouquet, "bouquet posy wreath garland flowers nosegay", "#d3566a", (0, 0.15, 0)
    ),
    "leaf": Kind(leaf, "leaf leaves palm herb grass wheat", "#6f9a4c", (0, 0.08, 0)),
    "tree": Kind(tree, "tree bush shrub plant sapling", "#5f8a4c", (0, 0.3, 0)),
}
