"""Conifers: drooping tiers, snow-laden in winter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import limb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints
from stillreel.draw.set.piece import tree_seed

_SNOW_CAP = np.array(
    [
        *((0.08, 0.0), (0.45, 0.07), (0.92, 0.0), (0.55, 0.035), (0.3, 0.02), (0.05, 0.055)),
        *((-0.25, 0.025), (-0.55, 0.04), (-0.9, 0.0), (-0.45, 0.07), (-0.08, 0.0)),
    ]
)
"""Outline of the snow on one tier: half widths across, heights over its hem."""


def draw_pine(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a conifer of drooping tiers, snow-laden in winter."""
    at = np.asarray(piece.at, dtype=np.float64)
    height = piece.size
    rng = np.random.default_rng(tree_seed(easel.seed, piece.index))
    pixels = easel.scale(at) * height / easel.unit
    cast_shadow(easel, piece.at, height * 0.2, height * 0.4)
    limb(
        easel,
        at + np.array([[0, 0, 0], [0, height * 0.3, 0]]),
        np.array([0.026, 0.022]) * height,
        Style("trunk", tints.trunk, outline=0.7),
    )
    green = mix((40, 80, 66), tints.foliage[0], 0.22)
    tiers = 6 if pixels > 120 else 3
    _tiers(easel, tints, tiers, rng, height, at, green)


def _tiers(
    easel: Easel,
    tints: Tints,
    tiers: int,
    rng: np.random.Generator,
    height: float,
    at: NDArray[np.float64],
    green: Tone,
) -> None:
    """Stack the drooping tiers of a conifer."""
    for tier in range(tiers):
        part = tier / tiers
        low = 0.12 + 0.74 * part
        top = min(low + 1.5 * 0.88 / tiers, 1.0)
        half = 0.21 * (1 - part * 0.84) * float(rng.uniform(0.93, 1.07))
        edge = [
            (-half + 2 * half * i / 12, low - (0.012 if i % 2 else -0.014) - 0.03 * abs(i - 6) / 6)
            for i in range(13)
        ]
        outline = (
            np.array(
                [
                    (half * 0.08, top),
                    (half * 0.45, low + 0.07),
                    *edge[::-1],
                    (-half * 0.45, low + 0.07),
                    (-half * 0.08, top),
                ]
            )
            * height
        )
        form = half * height * easel.scale(at) * 0.3
        easel.card(
            at,
            outline,
            Style(
                "foliage",
                mix(green, tints.foliage[1], part * 0.45),
                form=form,
                outline=0.6,
                to=mix(green, (16, 34, 44), 0.35),
            ),
        )
        if tints.white:
            cap = _SNOW_CAP * (half * height, height) + np.array([0.0, low * height])
            cap[[0, -1], 1] = top * height
            easel.card(at, cap, Style("snow", tints.snow, outline=0.2, form=form * 0.4))
