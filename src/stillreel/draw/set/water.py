"""Water: the sea to its horizon, a lake, a river; ice in winter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import above, ring
from stillreel.draw.set.view import FAR_FROM, MID_FROM

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting


def draw_sea(easel: Easel, setting: Setting, tints: Tints, shore: float) -> None:
    """Draw the sea beyond z = `shore`, with waves that break on the sand."""
    del setting
    deep, shallow = mix(tints.water, (24, 70, 120), 0.35), mix(tints.water, (150, 214, 214), 0.4)
    easel.begin(None, "mid", 0)
    easel.face(
        [(-900, 0, -1400), (900, 0, -1400), (900, 0, shore - 9), (-900, 0, shore - 9)],
        Style("water", deep, outline=0.3, to=tints.water, alpha=0.97),
    )
    _swell(easel, tints, shore)
    easel.begin(None, "near", 0)
    edge = [(x, 0.012, shore + _tide(easel, x)) for x in np.linspace(-70, 70, 57)]
    easel.face(
        [(-70, 0.012, shore - 12), (70, 0.012, shore - 12), *edge[::-1]],
        Style("water", tints.water, outline=0.0, to=shallow, alpha=0.95),
    )
    wet = [(x, 0.006, z + 0.9) for x, _y, z in edge]
    easel.face(
        [*[(x, 0.006, z - 0.1) for x, _y, z in edge], *wet[::-1]],
        Style("ground", mix(tints.grass, (120, 100, 84), 0.4), outline=0.0, alpha=0.7),
    )
    foam = Style("snow", (246, 250, 250), outline=0.25, alpha=0.92)
    _breakers(easel, tints, edge, shallow, foam)
    _strand(easel, tints, shore)


def _breakers(
    easel: Easel,
    tints: Tints,
    edge: list[tuple[float, float, float]],
    shallow: Tone,
    foam: Style,
) -> None:
    """Roll three lines of foam onto the shore."""
    for shift, wide in ((0.0, 0.55), (-2.6, 0.4), (-5.6, 0.36)):
        crest = [(x, 0.03, z + shift + 0.2 * np.sin(x * 1.3 + shift)) for x, _y, z in edge]
        if shift:
            easel.face(
                [
                    *[
                        (x, 0.34 * (0.5 + 0.5 * np.sin(x * 0.21 + shift)), z - 0.35)
                        for x, _y, z in crest
                    ],
                    *[(x, 0.02, z + 0.1) for x, _y, z in crest[::-1]],
                ],
                Style(
                    "ground",
                    mix(shallow, (255, 255, 255), 0.3),
                    outline=0.3,
                    to=mix(tints.water, shallow, 0.6),
                ),
            )
        easel.face(
            [
                *crest,
                *[
                    (x, 0.03, z - wide * (0.6 + 0.4 * np.sin(x * 2.1 + shift)))
                    for x, _y, z in crest[::-1]
                ],
            ],
            foam,
        )


def _strand(easel: Easel, tints: Tints, shore: float) -> None:
    """Strew shells, pebbles and weed over the sand, and grass on the dune."""
    rng = easel.rng("strand")
    for index in range(40):
        x, z = float(rng.uniform(-12, 12)), shore + 1.2 + float(rng.uniform(0, 16))
        size = float(rng.uniform(0.03, 0.09))
        if easel.scale((x, 0.0, z)) * size < 2.0 * easel.unit or easel.depth((x, 0.0, z)) < 0.8:
            continue
        tone = ((250, 236, 222), (216, 186, 160), (150, 140, 136), (236, 190, 170))[index % 4]
        easel.ball(
            (x, size * 0.4, z),
            size,
            ring(9) * np.array([1.0, 0.6]),
            Style("rock", tone, outline=0.4),
            form=0.3,
        )
    for side in (-1.0, 1.0):
        for step in range(7):
            at = (side * (3.6 + step * 0.6), 0.0, -2.4 + step % 3 * 0.9)
            if easel.depth(at) < 1.2:
                continue
            easel.begin_ground(at)
            blades = (
                np.array(
                    [
                        (-0.3, 0),
                        (-0.55, 0.5),
                        (-0.16, 0.1),
                        (-0.1, 0.75),
                        (0.05, 0.1),
                        (0.42, 0.62),
                        (0.16, 0.05),
                        (0.7, 0.35),
                        (0.3, 0),
                    ]
                )
                * 0.7
            )
            easel.card(
                at,
                blades,
                Style(
                    "foliage",
                    mix(tints.foliage[2], (206, 190, 120), 0.5),
                    outline=0.4,
                    to=mix(tints.grass, tints.foliage[1], 0.4),
                ),
            )


def _tide(easel: Easel, x: float) -> float:
    phase = float(easel.rng("tide").uniform(0, 6))
    return float(0.7 * np.sin(x * 0.33 + phase) + 0.3 * np.sin(x * 0.9 + phase * 2))


def _swell(easel: Easel, tints: Tints, shore: float) -> None:
    rng = easel.rng("swell")
    light = mix(tints.water, (236, 246, 250), 0.55)
    for _ in range(70):
        z = shore - 10 - float(rng.uniform(0, 1)) ** 2 * 160
        x = float(rng.uniform(-0.8, 0.8)) * (abs(z) + 18)
        wide = float(rng.uniform(0.8, 2.2)) * (1 + abs(z - shore) / 40)
        easel.line(
            [(x - wide, 0.02, z), (x, 0.1, z + 0.2), (x + wide, 0.02, z)],
            0.09,
            Style("water", light, outline=0.2, alpha=0.7),
            0.9,
        )


def draw_lake(easel: Easel, tints: Tints, x: float, z: float, rx: float, rz: float) -> None:
    """Draw a lake or pond, frozen over where snow lies."""
    deep = easel.depth((x, 0.0, z))
    behind = deep - easel.stage
    easel.begin(None, "mid" if behind > MID_FROM and behind < FAR_FROM * 3 else "near", 0)
    circle = ring(30)
    wobble = 1 + 0.08 * np.sin(np.arange(30) * 1.7)
    world = np.zeros((30, 3))
    world[:, 0] = x + circle[:, 0] * rx * wobble
    world[:, 2] = z + circle[:, 1] * rz * wobble
    bank = world.copy()
    bank[:, 0] = x + (world[:, 0] - x) * 1.05
    bank[:, 2] = z + (world[:, 2] - z) * 1.12
    easel.face(above(bank, 0.004), Style("ground", mix(tints.earth, tints.grass, 0.3), outline=0.2))
    if tints.white:
        easel.face(
            above(world, 0.008), Style("water", (196, 216, 236), outline=0.4, to=(226, 236, 248))
        )
        for a, b in (((-0.5, -0.1), (0.1, 0.3)), ((0.0, -0.4), (0.5, 0.1))):
            easel.line(
                [(x + a[0] * rx, 0.012, z + a[1] * rz), (x + b[0] * rx, 0.012, z + b[1] * rz)],
                0.03,
                Style("crease", (240, 248, 255), outline=0.2),
            )
        return
    easel.face(
        above(world, 0.008),
        Style(
            "water", tints.water, outline=0.4, to=mix(tints.water, (180, 220, 226), 0.4), alpha=0.97
        ),
    )
    rng = easel.rng("ripples", round(x * 10))
    for _ in range(12):
        px, pz = x + float(rng.uniform(-0.7, 0.7)) * rx, z + float(rng.uniform(-0.7, 0.7)) * rz
        wide = float(rng.uniform(0.1, 0.25)) * rx
        easel.line(
            [(px - wide, 0.015, pz), (px + wide, 0.015, pz)],
            0.05,
            Style("water", mix(tints.water, (240, 250, 250), 0.6), outline=0.2, alpha=0.7),
        )


def draw_river(easel: Easel, tints: Tints, z: float, wide: float) -> None:
    """Draw a river that crosses the picture behind the stage."""
    xs = np.linspace(-80, 80, 61)
    path = z + 1.6 * np.sin(xs * 0.16 + 0.8) + 0.5 * np.sin(xs * 0.45)
    easel.begin(None, "near", 0)
    for grow, height, style in (
        (0.5, 0.004, Style("ground", mix(tints.earth, tints.grass, 0.35), outline=0.2)),
        (
            0.0,
            0.008,
            Style(
                "water",
                (206, 222, 240) if tints.white else tints.water,
                outline=0.4,
                to=mix(tints.water, (190, 226, 230), 0.5),
                alpha=0.97,
            ),
        ),
    ):
        upper = [(x, height, p - wide / 2 - grow) for x, p in zip(xs, path, strict=True)]
        lower = [(x, height, p + wide / 2 + grow) for x, p in zip(xs, path, strict=True)]
        easel.face([*upper, *lower[::-1]], style)
    for index in range(0, 60, 3):
        x, p = xs[index], path[index]
        shift = (index * 37 % 10) / 10 - 0.5
        easel.line(
            [
                (x - 1.0, 0.015, p + shift * wide * 0.7),
                (x + 0.9, 0.015, path[min(index + 1, 60)] + shift * wide * 0.7),
            ],
            0.05,
            Style("water", mix(tints.water, (240, 250, 250), 0.6), outline=0.2, alpha=0.7),
        )
