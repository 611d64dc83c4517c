"""The great hall: pointed windows, ribs, tiles, carpet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.fitout import HALL
from stillreel.draw.set.shapes import arch, plane, rect
from stillreel.draw.set.shell import (
    X,
    Z,
    height_of,
    reach,
    tall_windows,
    walls,
)

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting


def draw_hall(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the shell of a great hall and the light that falls into it."""
    stone = mix(tints.stone, (232, 216, 190), 0.25)
    cuts = tall_windows(0, 3, 1.0, 3.4, 6.4, 4.6)
    walls(
        easel,
        reach(easel, HALL),
        height_of(easel, 10.0),
        stone,
        cuts,
        ceiling=mix(stone, (70, 56, 60), 0.5),
        floor=mix(stone, (150, 120, 110), 0.3),
        boards=False,
    )
    _tiles(easel, stone)
    _lancets(easel, setting, stone)
    _carpet(easel, tints)
    for z in (-16.0, -11.5, -7.0, 4.5, 9.0):
        _rib(easel, z, stone)


def _lancets(easel: Easel, setting: Setting, stone: Tone) -> None:
    """Lead and glaze the pointed windows, and let their light fall."""
    back = np.array([0.0, 0.0, HALL[2]])
    lead = Style("metal", (70, 64, 72), outline=0.3)
    tones = ((214, 92, 72), (86, 132, 186), (232, 184, 90), (96, 150, 110))
    for index, x in enumerate((-4.6, 0.0, 4.6)):
        for y in (4.4, 5.4, 6.4):
            easel.line(plane(back + Z * 0.02, X, [(x - 1, y), (x + 1, y)]), 0.07, lead)
        easel.line(plane(back + Z * 0.02, X, [(x, 3.4), (x, 7.6)]), 0.07, lead)
        for row in range(3):
            for half in (0, 1):
                tone = tones[(index + row * 2 + half) % 4]
                easel.face(
                    plane(
                        back + Z * 0.01,
                        X,
                        rect(x - 0.9 + half * 0.95, 3.5 + row, x - 0.05 + half * 0.95, 4.3 + row),
                    ),
                    Style(
                        "glass",
                        tone,
                        outline=0.0,
                        alpha=0.45,
                        glow=0.25 if setting.time != "night" else 0.0,
                    ),
                )
        easel.pane(
            plane(back + Z * 0.05, X, arch(x, 3.2, 1.25, 3.2, 1.3)),
            Style("wall", mix(stone, (255, 250, 240), 0.3), outline=0.6),
            [plane(back + Z * 0.05, X, arch(x, 3.4, 1.0, 3.0, 1.3))],
        )
        if setting.time != "night":
            tone = {"day": (255, 240, 206), "dawn": (255, 206, 170), "dusk": (255, 166, 96)}[
                setting.time
            ]
            shift = -easel.light.key[0] * 5.0
            easel.face(
                [
                    (x - 1, 7.2, -18.8),
                    (x + 1, 7.2, -18.8),
                    (x + 1 + shift, 0.02, -8.5),
                    (x - 1 + shift, 0.02, -8.5),
                ],
                Style("light", tone, outline=0.0, alpha=0.15, to=tone),
            )


def _carpet(easel: Easel, tints: Tints) -> None:
    carpet = [(-1.3, 0.012, -14), (1.3, 0.012, -14), (1.3, 0.012, 16), (-1.3, 0.012, 16)]
    easel.face(carpet, Style("cloth", tints.cloth, outline=0.4))
    for x in (-1.15, 1.15):
        easel.face(
            [
                (x - 0.06, 0.014, -14),
                (x + 0.06, 0.014, -14),
                (x + 0.06, 0.014, 16),
                (x - 0.06, 0.014, 16),
            ],
            Style("cloth", tints.accent, outline=0.0),
        )


def _rib(easel: Easel, z: float, stone: tuple[int, int, int]) -> None:
    if easel.camera.position[2] - z < 0.5 and easel.ahead[2] < 0:
        return
    outer = [(np.cos(a) * 5.9, 7.6 + np.sin(a) * 3.0) for a in np.linspace(np.pi, 0, 13)]
    inner = [(np.cos(a) * 5.2, 7.6 + np.sin(a) * 2.3) for a in np.linspace(0, np.pi, 13)]
    easel.begin((0, 8.0, z))
    easel.face(
        plane(np.array([0, 0, z]), X, [*outer, *inner]),
        Style("wall", mix(stone, (255, 244, 226), 0.15), shade=0.3, outline=0.6),
    )
    easel.begin(None, "near", 0)


def _tiles(easel: Easel, stone: tuple[int, int, int]) -> None:
    seam = Style("crease", mix(stone, (40, 30, 40), 0.45), outline=0.2, alpha=0.6)
    for x in np.arange(-7.5, 8, 1.5):
        easel.line(
            [(x, 0.004, HALL[2]), (x, 0.004, min(easel.camera.position[2] - 0.5, 15.0))],
            0.02,
            seam,
            0.8,
        )
    for z in np.arange(HALL[2] + 1, 12, 1.5):
        if z < easel.camera.position[2] - 0.6:
            easel.line([(-8.5, 0.004, z), (8.5, 0.004, z)], 0.02, seam, 0.8)
