"""On the deck of a sailing ship: planks, bulwarks, mast and rigging, the sea all round."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.ground import draw_ground
from stillreel.draw.set.shapes import above, box, plane, rect
from stillreel.draw.set.style import Style

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_EDGE = ((4.3, 40.0), (4.3, -3.0), (3.9, -6.0), (3.0, -9.0), (1.7, -11.4), (0.0, -13.2))
"""The starboard edge of the deck from the stern to the bow, x, z metres."""
_RAIL = 0.85
_MAST = (-2.5, -6.4)
_CHESTS = ((-2.3, -1.6), (2.3, -1.6))
"""Where the two chests stand that are sat on."""
_X = np.array([1.0, 0.0, 0.0])
_Z = np.array([0.0, 0.0, 1.0])


def draw_deck(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw a ship's deck, looking toward the bow."""
    del setting
    deep, pale = mix(tints.water, (24, 66, 110), 0.3), mix(tints.water, (150, 196, 214), 0.3)
    draw_ground(easel, deep, pale, "water")
    _swell(easel, tints)
    wood = mix(tints.wood, (214, 178, 132), 0.4)
    _planks(easel, mix(wood, tints.snow, 0.75) if tints.white else wood)
    _bulwarks(easel, tints)
    _rigged(easel, tints)
    chest = Style("wood", mix(tints.wood, (92, 60, 44), 0.4), outline=0.7)
    for x, z in _CHESTS:
        if easel.depth((x, 0.0, z)) > 0.9:
            easel.begin((x, 0.0, z), "near")
            box(easel, (x, 0.0, z), (1.1, 0.54, 0.62), 0.0, chest, top=mix(wood, tints.wood, 0.4))
    hatch = (0.6, 0.0, -6.2)
    easel.begin(hatch, "near")
    box(easel, hatch, (1.9, 0.3, 1.5), 0.0, chest, top=mix(tints.wood, (60, 44, 40), 0.4))


def _swell(easel: Easel, tints: Tints) -> None:
    rng = easel.rng("swell")
    light = Style("water", mix(tints.water, (236, 246, 250), 0.55), outline=0.2, alpha=0.7)
    easel.begin(None, "mid", 0)
    for _ in range(130):
        angle, away = float(rng.uniform(0, 2 * np.pi)), 12.0 + float(rng.uniform(0, 1)) ** 2 * 150
        x, z = float(np.sin(angle)) * away, -float(np.cos(angle)) * away
        wide = float(rng.uniform(0.6, 1.6)) * (1 + away / 40)
        side = easel.right * wide
        at = np.array([x, 0.0, z])
        easel.line([at - side, above(at, 0.12), at + side], 0.1, light, 0.9)


def _planks(easel: Easel, tone: Tone) -> None:
    easel.begin(None, "near", 0)
    left = [(-x, 0.0, z) for x, z in _EDGE]
    right = [(x, 0.0, z) for x, z in _EDGE]
    easel.face(
        [*right, *left[-2::-1]],
        Style("wood", tone, outline=0.5, to=mix(tone, (70, 46, 44), 0.22)),
    )
    seam = Style("crease", mix(tone, (60, 38, 32), 0.5), outline=0.25, alpha=0.7)
    edge = np.array(_EDGE[::-1])
    for x in np.arange(-4.2, 4.3, 0.42):
        bow = float(np.interp(abs(x), edge[:, 0], edge[:, 1]))
        easel.line([(x, 0.005, bow), (x, 0.005, 14.0)], 0.02, seam, 0.7)


def _bulwarks(easel: Easel, tints: Tints) -> None:
    """Raise the bulwarks along both sides to the bow, with their rail and ribs."""
    wood = mix(tints.wood, (96, 62, 44), 0.35)
    rail = tints.snow if tints.white else mix(tints.wood, (240, 206, 150), 0.5)
    easel.begin((0.0, 0.4, -13.0), "near")
    for side in (-1.0, 1.0):
        for (x0, z0), (x1, z1) in pairwise(_EDGE):
            a, b = np.array([side * x0, 0.0, z0]), np.array([side * x1, 0.0, z1])
            rise = _RAIL + 0.5 * max(-z1 - 4.0, 0.0) / 9.0
            before = _RAIL + 0.5 * max(-z0 - 4.0, 0.0) / 9.0
            up, down = np.array([0.0, before, 0.0]), np.array([0.0, rise, 0.0])
            normal = np.array([-side, 0.0, 0.0])
            shade = easel.facing(normal) * 0.6
            style = Style("wood", wood, shade=shade, outline=0.5, to=mix(wood, (50, 32, 34), 0.35))
            easel.face([a, b, b + down, a + up], style)
            steps = max(int(np.hypot(*(b - a)[[0, 2]]) / 1.3), 1)
            for part in np.linspace(0, 1, steps, endpoint=False):
                foot = a + (b - a) * part
                top = foot + up + (down - up) * part
                rib = Style("wood", mix(wood, (230, 190, 140), 0.25), outline=0.3)
                easel.line([foot, top], 0.12, rib, 1.0)
            lip = np.array([side * 0.14, 0.0, 0.0])
            easel.face(
                [a + up - lip, b + down - lip, b + down + lip, a + up + lip],
                Style("wood", rail, outline=0.6),
            )
            easel.line([a + up, b + down], 0.1, Style("wood", rail, outline=0.4), 1.5)
    spar = np.array([[0.0, 1.1, -12.6], [0.0, 2.9, -19.0]])
    easel.limb(spar, np.array([0.16, 0.06]), Style("wood", tints.wood, outline=0.7))


def _rigged(easel: Easel, tints: Tints) -> None:
    """Step the mast and hang its yard, its sail and its shrouds."""
    x, z = _MAST
    foot = np.array([x, 0.0, z])
    if easel.depth(foot) < 1.5:
        return
    easel.begin(foot, "near")
    rope = Style("crease", (70, 56, 46), outline=0.4)
    top = above(foot, 11.0)
    for side in (-1.0, 1.0):
        for reach in (-1.4, -0.5, 0.4):
            easel.line([np.array([side * 4.2, _RAIL, z + reach]), top], 0.035, rope, 0.9)
        for step in np.arange(0.12, 0.8, 0.07):
            rungs = [
                np.array([side * 4.2, _RAIL, z + reach]) * (1 - step) + top * step
                for reach in (-1.4, 0.4)
            ]
            easel.line(rungs, 0.025, rope, 0.7)
    easel.line([np.array([0.0, 2.7, -18.4]), top], 0.035, rope, 0.9)
    mast = Style("wood", mix(tints.wood, (214, 170, 120), 0.25), outline=0.7)
    easel.limb(np.array([foot, above(foot, 14.0)]), np.array([0.24, 0.14]), mast)
    canvas = mix((240, 228, 204), tints.plaster, 0.3)
    xs = np.linspace(-4.6, 4.6, 17)
    head = [(float(v), 8.2) for v in xs]
    belly = [(float(v) * 0.94, 4.3 + 0.5 * (1 - (float(v) / 4.6) ** 2)) for v in xs[::-1]]
    sail = plane(foot + 0.3 * _Z, _X, [*head, *belly])
    easel.face(sail, Style("cloth", canvas, outline=0.7, to=mix(canvas, (150, 130, 130), 0.25)))
    seam = Style("crease", mix(canvas, (120, 100, 90), 0.4), outline=0.2, alpha=0.6)
    for v in np.linspace(-3.4, 3.4, 5):
        fold = plane(foot + 0.31 * _Z, _X, [(float(v), 8.2), (float(v) * 0.95, 4.8)])
        easel.line(fold, 0.025, seam, 0.7)
    easel.face(plane(foot + 0.32 * _Z, _X, rect(-4.9, 8.15, 4.9, 8.38)), mast)
