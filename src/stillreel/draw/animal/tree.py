"""A tree with a face and branches for arms."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.sky import TURN, show_face
from stillreel.draw.prop.paint import darker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Flesh, Tone

    Array = NDArray[np.float64]

_CROWN = (
    (-0.2, 0.74, 0.0, 0.17),
    (0.2, 0.74, 0.0, 0.17),
    (0, 0.7, -0.18, 0.17),
    (0, 0.88, 0.0, 0.17),
    (-0.12, 0.86, 0.08, 0.14),
    (0.13, 0.85, 0.08, 0.14),
    (0, 0.73, 0.17, 0.13),
)
"""Clumps of leaves: place and radius."""


def tree(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A tree with a face and branches for arms."""
    sway = 0.02 * sin(TURN * acting.phase)
    green = (92, 130, 72)
    view = flesh.view
    pieces = flesh.chain(
        [[0, 0.15, 0], [0, 0.24, 0], [0, 0.5, 0], [sway, 0.7, 0]], [0.145, 0.125, 0.12, 0.09]
    )
    for n in range(5):
        a = n / 5 * TURN + 0.5
        pieces += flesh.chain(
            [[cos(a) * 0.06, 0.12, sin(a) * 0.06], [cos(a) * 0.27, 0.025, sin(a) * 0.27]],
            [0.09, 0.025],
        )
    wave = {"wave": 0.2, "reach": 0.15, "point": 0.15, "dance": 0.2}.get(acting.action, 0.0)
    for s in (1.0, -1.0):
        pieces += flesh.chain(
            [
                [s * 0.08, 0.5, 0],
                [s * 0.26, 0.52 + wave * 0.5, 0.06],
                [s * 0.4, 0.5 + wave + sway, 0.12],
            ],
            [0.05, 0.035, 0.014],
        )
        pieces += flesh.chain(
            [[s * 0.3, 0.52 + wave * 0.6, 0.08], [s * 0.36, 0.6 + wave, 0.05]], [0.022, 0.01]
        )
    back = [blob for blob in _CROWN if view.depth(blob[:3]) > view.depth((0, 0.72, 0))]
    for x, y, z, r in sorted(back, key=lambda b: -view.depth(b[:3])):
        flesh.put(
            flesh.chain([[x + sway * 2, y, z]], r),
            darker(green, 0.2),
            "foliage",
            form=view.pixels(r * 0.3),
        )
    flesh.put(pieces, tone, "trunk", form=view.pixels(0.05), fillet=view.pixels(0.02))
    for blob in sorted(_CROWN, key=lambda b: -view.depth(b[:3])):
        if blob not in back:
            x, y, z, r = blob
            flesh.put(
                flesh.chain([[x + sway * 2, y, z]], r), green, "foliage", form=view.pixels(r * 0.35)
            )
    show_face(flesh, np.array([0, 0.44, 0.0]), 0.118, tone)
    nose = flesh.chain([[0, 0.43, 0.1], [0, 0.4, 0.14]], [0.02, 0.026])
    if view.facing((0, 0, 1), (0, 0.43, 0.1)) > -0.1:
        flesh.put(nose, darker(tone, 0.12), "trunk", outline=0.7)
