"""The inside of a vehicle: benches, racks, windows on a passing land."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.fitout import COACH
from stillreel.draw.set.shapes import box, halo, plane, rect, ring
from stillreel.draw.set.shell import (
    X,
    Z,
    height_of,
    reach,
    walls,
    window_frame,
)
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting


def draw_coach(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the inside of a coach, a train or a ship's cabin, seen along its middle."""
    nouns = nouns_in(setting.features)
    ship = "boat" in nouns or "wave" in nouns
    panel = mix(tints.wood, tints.plaster, 0.35) if not ship else mix(tints.wood, (90, 60, 50), 0.2)
    openings = [(-2.85, 0.95, -1.1, 2.05), (-0.9, 0.95, 0.9, 2.05), (1.1, 0.95, 2.85, 2.05)]
    bounds = reach(easel, COACH)
    sides = (
        [
            rect(sign * z - 0.75, 0.95, sign * z + 0.75, 2.05)
            for sign in (-1, 1)
            for z in (-1.2, 0.8, 2.8, 4.8)
        ]
        if not ship
        else []
    )
    cuts = (
        [plane2(ring(24), x, 1.6, 0.5) for x in (-1.9, 0.0, 1.9)]
        if ship
        else [rect(*opening) for opening in openings]
    )
    walls(
        easel,
        bounds,
        height_of(easel, 2.5),
        panel,
        cuts,
        side_openings=sides,
        dado=mix(tints.cloth, tints.wood, 0.35),
        ceiling=mix(panel, (255, 246, 230), 0.45),
        floor=mix(tints.wood, (80, 60, 60), 0.4),
    )
    back = np.array([0.0, 0.0, COACH[2]])
    _windows(easel, tints, back, openings, ship=ship)
    for side in (-1, 1):
        _bench(easel, side, tints)
    rack = Style("metal", (150, 128, 90), outline=0.4)
    for x in (-2.7, 2.7):
        easel.line([(x, 2.2, COACH[2]), (x, 2.2, 5.0)], 0.05, rack)
    _table(easel, tints)
    if tints.lit:
        halo(easel, (0.0, 0.95, -2.6), 1.1, (255, 206, 130), 0.36)


def _windows(
    easel: Easel,
    tints: Tints,
    back: NDArray[np.float64],
    openings: list[tuple[float, float, float, float]],
    *,
    ship: bool,
) -> None:
    """Frame the windows of the far side: portholes in a ship, panes with a valance elsewhere."""
    if ship:
        for x in (-1.9, 0.0, 1.9):
            easel.pane(
                plane(back + Z * 0.04, X, plane2(ring(24), x, 1.6, 0.62)),
                Style("metal", (196, 158, 92), outline=0.7),
                [plane(back + Z * 0.04, X, plane2(ring(24), x, 1.6, 0.49))],
            )
    else:
        for opening in openings:
            window_frame(easel, back, X, Z, opening, tints, curtains=False, bars=1)
            easel.face(
                plane(
                    back + Z * 0.08,
                    X,
                    [
                        (opening[0] - 0.1, 2.12),
                        (opening[2] + 0.1, 2.12),
                        *[
                            (
                                opening[2] + 0.1 - (opening[2] - opening[0] + 0.2) * i / 8,
                                1.86 + (0.05 if i % 2 else -0.03),
                            )
                            for i in range(9)
                        ],
                    ],
                ),
                Style("cloth", tints.cloth, outline=0.6, to=mix(tints.cloth, (40, 14, 40), 0.35)),
            )


def _bench(easel: Easel, side: int, tints: Tints) -> None:
    cloth = Style("cloth", tints.cloth, outline=0.8)
    x = side * 2.3
    easel.begin((x, 0.5, -1.6), "near")
    box(easel, (x, 0, -1.6), (1.3, 0.42, 1.9), 0, Style("wood", tints.wood, outline=0.6))
    box(
        easel,
        (x, 0.42, -1.6),
        (1.3, 0.14, 1.9),
        0,
        cloth,
        top=mix(tints.cloth, (255, 200, 180), 0.15),
    )
    box(easel, (x + side * 0.55, 0.5, -1.6), (0.22, 0.95, 1.9), 0, cloth)
    easel.begin(None, "near", 0)


def _table(easel: Easel, tints: Tints) -> None:
    """Put a folding table with a small lamp under the middle window."""
    easel.begin((0, 0.7, -2.6), "near")
    box(
        easel,
        (0, 0.68, -2.6),
        (1.0, 0.05, 0.5),
        0,
        Style("wood", tints.wood, outline=0.7),
        top=mix(tints.wood, (255, 230, 190), 0.35),
    )
    lamp = np.array([0.0, 0.73, -2.65])
    easel.card(lamp, rect(-0.02, 0, 0.02, 0.22), Style("metal", (190, 150, 90), outline=0.3))
    easel.card(
        lamp,
        [(-0.14, 0.2), (0.14, 0.2), (0.09, 0.38), (-0.09, 0.38)],
        Style("cloth", (255, 222, 160), outline=0.5, glow=0.8 if tints.lit else 0.1),
    )
    easel.begin(None, "near", 0)


def plane2(
    unit: NDArray[np.float64], x: float, y: float, radius: float
) -> list[tuple[float, float]]:
    """Return a unit outline moved and scaled on a wall, in metres."""
    return [(x + float(px) * radius, y + float(py) * radius) for px, py in unit]
