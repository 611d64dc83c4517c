"""A railway platform: its edge and canopy, the rails, the train when one is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import street
from stillreel.draw.set.ground import draw_ground
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.shapes import column, plane, rect, ring
from stillreel.draw.set.style import Style
from stillreel.draw.set.wayside import draw_lamppost
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_EDGE, _FAR = -3.4, -8.6
"""Where the platform ends behind the stage, and where the track bed ends, metres."""
_EAVES = 3.7
"""Height of the canopy's edge in metres."""
_X = np.array([1.0, 0.0, 0.0])


def draw_platform(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw a railway platform, far to near."""
    street.skyline(easel, tints, street.modern(setting))
    role = "snow" if tints.white else "ground"
    draw_ground(easel, tints.grass, tints.grass_far, role)
    _beyond(easel, tints)
    _track(easel, tints)
    _paved(easel, tints)
    if "train" in nouns_in(setting.features) and easel.camera.position[2] > _EDGE + 0.5:
        _train(easel, tints)
    _posts(easel, tints)
    for index, x in enumerate((-9.5, 9.5)):
        draw_lamppost(easel, Piece("lamppost", (x, 0.02, -2.6), 3.4, index=index), tints)


def _beyond(easel: Easel, tints: Tints) -> None:
    for index, x in enumerate((-21.0, -13.5, -6.0, 5.0, 12.0, 19.5)):
        at = (x, 0.0, -15.5 - 2.0 * (index % 3))
        draw_piece(easel, Piece("tree", at, 6.0, 0, ("round", "oak")[index % 2], 50 + index), tints)
    for index, x in enumerate(np.arange(-28.0, 29.0, 4.0)):
        draw_piece(easel, Piece("fence", (float(x), 0.0, _FAR - 1.4), 4.0, index=index), tints)


def _track(easel: Easel, tints: Tints) -> None:
    """Lay two pairs of rails on gravel."""
    easel.begin(None, "near", 0)
    gravel = mix((112, 104, 102), tints.snow, 0.55) if tints.white else (112, 104, 102)
    easel.face(
        [(-200, 0.01, _FAR), (200, 0.01, _FAR), (200, 0.01, _EDGE), (-200, 0.01, _EDGE)],
        Style("ground", gravel, outline=0.3, to=mix(gravel, (40, 40, 56), 0.3)),
    )
    sleeper = Style("ground", mix(gravel, (52, 40, 36), 0.6), outline=0.2)
    for z in (_EDGE - 1.5, _EDGE - 3.9):
        for x in np.arange(-24.0, 24.1, 0.75):
            easel.line([(x, 0.015, z - 0.95), (x, 0.015, z + 0.95)], 0.2, sleeper)
        for rail in (z - 0.6, z + 0.6):
            easel.line(
                [(-90.0, 0.03, rail), (90.0, 0.03, rail)],
                0.09,
                Style("metal", (170, 172, 182), outline=0.3),
            )


def _paved(easel: Easel, tints: Tints) -> None:
    """Pave the platform up to its pale coping."""
    stone = mix(tints.grass, (170, 160, 150), 0.55) if not tints.white else tints.snow
    coping = mix(stone, (244, 236, 214), 0.6)
    for z0, z1, tone in ((_EDGE + 0.55, 60.0, stone), (_EDGE, _EDGE + 0.55, coping)):
        easel.face(
            [(-200, 0.012, z0), (200, 0.012, z0), (200, 0.012, z1), (-200, 0.012, z1)],
            Style("snow" if tints.white else "ground", tone, outline=0.4),
        )
    easel.line(
        [(-90.0, 0.0, _EDGE - 0.03), (90.0, 0.0, _EDGE - 0.03)],
        0.16,
        Style("shadow", (38, 36, 46), outline=0.0, alpha=0.8),
    )
    seam = Style("crease", mix(stone, (60, 60, 72), 0.35), outline=0.15, alpha=0.5)
    for x in np.arange(-15.0, 15.1, 1.5):
        easel.line([(x, 0.02, _EDGE + 0.55), (x, 0.02, 12.0)], 0.02, seam)
    for z in np.arange(-1.5, 12.0, 1.5):
        easel.line([(-20.0, 0.02, z), (20.0, 0.02, z)], 0.02, seam)


def _train(easel: Easel, tints: Tints) -> None:
    """Let a train stand at the platform."""
    base = np.array([0.0, 0.0, _EDGE - 0.12])
    easel.begin(base)
    paint = mix((44, 84, 72), tints.cloth, 0.15)
    roof = tints.snow if tints.white else (92, 86, 96)
    pane = tints.window if tints.lit else (150, 178, 196)
    dark = mix(paint, (16, 18, 30), 0.45)
    for middle in (-22.2, -7.4, 7.4, 22.2):
        at = base + _X * middle
        easel.face(
            plane(at, _X, rect(-7.2, 0.02, 7.2, 2.95)),
            Style("metal", paint, outline=0.9, to=dark),
        )
        easel.face(
            plane(at, _X, [(-7.3, 2.95), (7.3, 2.95), (6.8, 3.35), (-6.8, 3.35)]),
            Style("roof", roof, outline=0.7),
        )
        stripe = Style("metal", (232, 208, 150), outline=0.0)
        easel.face(plane(at, _X, rect(-7.2, 1.1, 7.2, 1.22)), stripe)
        for x in (-4.9, -3.2, -1.5, 1.5, 3.2, 4.9):
            easel.face(
                plane(at, _X, rect(x - 0.6, 1.4, x + 0.6, 2.4)),
                Style("glass", pane, outline=0.6, glow=0.7 if tints.lit else 0.0),
            )
        for x in (-6.3, 0.0, 6.3):
            easel.face(
                plane(at, _X, rect(x - 0.45, 0.1, x + 0.45, 2.5)), Style("metal", dark, outline=0.7)
            )
            easel.face(
                plane(at, _X, rect(x - 0.28, 1.4, x + 0.28, 2.3)), Style("glass", pane, outline=0.4)
            )


def _posts(easel: Easel, tints: Tints) -> None:
    """Carry a canopy over the back of the platform, with a clock under it."""
    iron = Style("metal", mix((60, 74, 72), tints.accent, 0.08), outline=0.6)
    eye = easel.camera.position
    at = np.array([0.0, 0.0, _EDGE + 0.9])
    if eye[1] > _EAVES - 0.4 or eye[2] < at[2] + 1.0:
        return
    easel.begin(at, "mid")
    for x in (-12.6, -6.3, 6.3, 12.6):
        column(easel, (x, 0.0, float(at[2])), 0.1, _EAVES, iron, 0.8)
    wood = mix(tints.wood, (70, 60, 66), 0.4)
    teeth: list[tuple[float, float]] = [(-30.0, _EAVES + 0.7), (-30.0, _EAVES)]
    for x in np.arange(-30.0, 30.0, 0.5):
        teeth += [(float(x) + 0.25, _EAVES - 0.22), (float(x) + 0.5, _EAVES)]
    teeth.append((30.0, _EAVES + 0.7))
    easel.face(
        plane(at, _X, teeth), Style("wood", wood, outline=0.7, to=mix(wood, (30, 28, 40), 0.4))
    )
    clock = at + np.array([3.1, 2.95, 0.02])
    easel.face(plane(clock, _X, ring(20) * 0.42), Style("metal", (58, 54, 60), outline=0.6))
    easel.face(plane(clock, _X, ring(20) * 0.36), Style("paper", (244, 240, 226), outline=0.3))
    hand = Style("metal", (30, 28, 34), outline=0.2)
    for tip in ((0.0, 0.28), (0.17, -0.1)):
        end = clock + np.array([tip[0], tip[1], 0.01])
        easel.line([tuple(clock), tuple(end)], 0.04, hand)
