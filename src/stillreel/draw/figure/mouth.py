"""Mouth and ears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker
from stillreel.draw.marks import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.face import Face
    from stillreel.draw.figure.sketch import RGB

    Array = NDArray[np.float64]


_WRAP = 1.5
"""How far the lips are drawn round the jaw, head units per x ** 1.5."""


def draw_mouth(face: Face, opened: float) -> None:
    """Draw the mouth, `opened` 0..1."""
    mood, of = face.mood, face.of
    gape = min(1.0, max(opened, mood.part))
    v0 = 0.198 - 0.004 * of.young
    half = (0.098 + 0.006 * (1 - of.soft) - 0.010 * of.young) * mood.wide * (1 - 0.14 * opened)
    u = np.linspace(-1, 1, 13 if face.pixels < 260 else 29)
    x = u * half
    corner = mood.smile * np.abs(u) ** 1.8 - mood.smile * 0.35
    drop = 0.085 * gape * (1 - u**2) ** 0.7
    rise = 0.016 * gape * (1 - u**2) ** 0.7
    top, bottom = v0 + corner + rise, v0 + corner - drop
    lip = mix(mix(of.skin, (196, 66, 70), 0.42 + 0.16 * of.soft), (60, 20, 24), 0.06)
    fullness = 0.6 + 0.55 * of.soft - 0.12 * of.young
    bow = 0.017 * fullness * (1 - u**2) ** 0.8 * (1 - 0.35 * np.exp(-((u / 0.16) ** 2)))
    pout = 0.027 * fullness * (1 - u**2) ** 0.75
    if face.pixels > 46:
        face.patch(
            np.concatenate([x, x[::-1]]),
            np.concatenate([top + bow, top[::-1]]),
            "mouth",
            darker(lip, 0.12),
            wrap=_WRAP,
        )
        face.patch(
            np.concatenate([x, x[::-1]]),
            np.concatenate([bottom, (bottom - pout)[::-1]]),
            "mouth",
            lip,
            wrap=_WRAP,
        )
    if gape > 0.05:
        _inside(face, x, top, bottom, gape)
    else:
        face.stroke(x, top, darker(lip, 0.62), 0.010 if face.pixels > 46 else 0.022, wrap=_WRAP)
    if face.pixels > 90:
        face.stroke(
            np.linspace(-0.05, 0.05, 5),
            np.full(5, v0 - 0.062) - drop[len(u) // 2] * 0.7,
            darker(of.skin, 0.3),
            0.007,
            alpha=0.6,
        )


def _inside(face: Face, x: Array, top: Array, bottom: Array, gape: float) -> None:
    """Draw what an open mouth shows: dark, upper teeth, tongue."""

    def between(upper: Array, lower: Array, cut: int, colour: RGB) -> None:
        keep = slice(cut, len(x) - cut)
        face.patch(
            np.concatenate([x[keep], x[keep][::-1]]),
            np.concatenate([upper[keep], lower[keep][::-1]]), "mouth", colour, wrap=_WRAP,
        )  # fmt: skip

    between(top, bottom, 0, (84, 28, 32))
    if face.pixels > 70:
        teeth = np.maximum(top - 0.026, bottom + 0.3 * (top - bottom))
        between(top, teeth, len(x) // 6, (246, 240, 230))
        if gape > 0.3:
            between(bottom + 0.35 * (top - bottom), bottom + 0.004, len(x) // 4, (196, 92, 92))


def ear(face: Face, side: float) -> None:
    """Draw one ear."""
    turn = np.linspace(0, 2 * np.pi, 17)[:-1]
    flap = 0.5 + 0.5 * np.cos(turn - np.pi + 0.35)
    wide = float(np.interp(0.5, face.skull.rows[:, 0], face.skull.rows[:, 1]))
    size = 1.0 + 0.10 * face.of.young + 0.12 * face.of.old

    def rim(scale: float) -> Array:
        high = np.sin(turn)
        slim = np.where(high < 0, 0.72 + 0.28 * (1 + high), 1.0)
        back = -0.062 + 0.062 * scale * size * np.cos(turn) * slim
        out = wide * 0.955 + (0.012 + 0.055 * flap) * size
        return np.stack([side * out, 0.455 + 0.115 * scale * size * high, back], axis=1)

    flat = face.view.project(face.skull.world(rim(1.0)))
    face.pad.flat(flat, "skin", mix(face.of.skin, (210, 90, 80), 0.10), outline=0.8, form=0.01)
    if face.pixels > 60 and face.camera[0] * side > -0.1:
        inner = face.view.project(face.skull.world(rim(0.62)))
        face.pad.line(
            inner[[3, 2, 1, 0, 15, 14, 13][::-1]] if side else inner,
            darker(face.of.skin, 0.35),
            0.010 * face.skull.unit,
        )
        face.pad.line(inner[3:11], darker(face.of.skin, 0.35), 0.010 * face.skull.unit)
