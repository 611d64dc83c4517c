"""Hair of the face: stubble, moustache, short and full beards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker, lighter
from stillreel.draw.figure.view import faces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.face import Face
    from stillreel.draw.figure.sketch import RGB
    from stillreel.values.scene import Beard

    Array = NDArray[np.float64]

_AT = (0.0, 14.0, 24.0, 42.0, 60.0, 80.0, 116.0)
_UPPER = (0.150, 0.155, 0.225, 0.285, 0.34, 0.42, 0.50)


def beard(face: Face, kind: Beard, colour: RGB, opened: float) -> None:
    """Draw a beard before the mouth is drawn over it."""
    if kind == "none":
        return
    if kind in ("short", "full", "stubble"):
        _jaw(face, kind, colour, opened)
    if kind == "stubble":
        _lip(face, colour, 0.35)


def _jaw(face: Face, kind: Beard, colour: RGB, opened: float) -> None:
    skull, view = face.skull, face.view
    degrees = np.arange(-116, 117, 8.0)
    upper = np.interp(np.abs(degrees), _AT, _UPPER) - 0.05 * opened * (np.abs(degrees) < 30)
    bottom = {"stubble": 0.02, "short": -0.035, "full": -0.20}[kind]
    lower = np.interp(np.abs(degrees), _AT, (0.0, 0.0, 0.0, 0.0, 0.01, 0.05, 0.20))
    lower = lower + bottom * np.cos(np.radians(degrees)) ** 2
    lower = np.minimum(lower, upper - 0.02)
    lift = {"stubble": 0.004, "short": 0.026, "full": 0.055}[kind]
    steps = np.linspace(0, 1, 6)[:, None]
    v = upper[None] * (1 - steps) + lower[None] * steps
    bulge = lift * np.sqrt(np.clip(steps * 1.6, 0.05, 1))
    turn = np.repeat(np.radians(degrees)[None], 6, 0)
    held = np.maximum(v, 0.06)
    grid = skull.around(turn, held)
    grid[..., 0] += np.sin(turn) * bulge
    grid[..., 2] += np.cos(turn) * bulge - 0.55 * np.clip(0.06 - v, 0, 1) * 0.4
    shrink = 1 - 0.9 * np.clip(0.06 - v, 0, 0.5)
    grid[..., 0] *= shrink
    grid[..., 1] = v
    flat = view.project(skull.world(grid))
    _, groups = faces(flat)
    if not groups:
        return
    if kind == "stubble":
        face.pad.solid(
            groups, "skin", darker(colour, 0.1), soften=0.02 * skull.unit, every=True,
            outline=0.0, alpha=0.26,
        )  # fmt: skip
        return
    face.pad.solid(
        groups, "hair", colour, form=0.03 * skull.unit, soften=0.02 * skull.unit, every=True,
        outline=0.5,
    )  # fmt: skip
    if face.pixels > 70:
        wide = np.diff(flat[3, :, 0], append=flat[3, -1:, 0])
        ahead = wide * np.sign(float(view.axes[1] @ skull.frame[:, 1]) or 1.0) > 0
        for k, column in enumerate(range(6, len(degrees) - 6, 3)):
            line = flat[2:5, column]
            tone = lighter(colour, 0.18) if k % 2 else darker(colour, 0.4)
            if ahead[column]:
                face.pad.line(line, tone, 0.010 * skull.unit, alpha=0.7)


def moustache(face: Face, kind: Beard, colour: RGB) -> None:
    """Draw the hair of the upper lip, over the mouth."""
    if kind in ("moustache", "short", "full"):
        _lip(face, darker(colour, 0.06), 1.0)


def _lip(face: Face, colour: RGB, alpha: float) -> None:
    t = np.linspace(0, 1, 8)
    for side in (1.0, -1.0):
        x = side * (0.004 + 0.155 * t)
        top = 0.272 - 0.010 * t - 0.060 * t**2.2
        low = 0.222 + 0.004 * np.sin(np.pi * t) - 0.035 * t**2
        face.patch(
            np.concatenate([x, x[::-1]]), np.concatenate([top, np.minimum(low, top - 0.002)[::-1]]),
            "hair", colour, alpha=alpha if alpha >= 1 else 0.26, lift=0.012,
        )  # fmt: skip
