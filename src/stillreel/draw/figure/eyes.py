"""Eyes and brows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker, lighter
from stillreel.draw.marks import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.face import Face
    from stillreel.draw.figure.sketch import RGB

    Array = NDArray[np.float64]


def eye(face: Face, side: float, gaze: tuple[float, float], blink: float) -> None:
    """Draw one eye; `side` is +1 for the own left."""
    centre = np.array([side * face.eye_x])
    look = float(face.skull.look(face.view, centre, np.array([face.eye_v]))[0][0])
    if look < 0.04:
        return
    wide, high, mood = face.eye_wide, face.eye_high, face.mood
    u = np.linspace(-1, 1, 13 if face.pixels < 260 else 27)
    x = side * face.eye_x + side * u * wide
    tilt = 0.010 * u * (0.4 + 0.6 * face.of.soft)
    open_up = mood.lids * (1 - blink)
    top = high * (1 - np.abs(u + 0.12) ** 2.3 / 1.30).clip(0) ** 0.75
    top[0] = top[-1] = 0.0
    low = -high * 0.62 * (1 - u**2) ** 0.8 * (1 - 0.75 * mood.cheek)
    upper = (
        face.eye_v
        + tilt
        + np.where(open_up > 0, top * open_up, 0)
        + low * (1 - min(1, open_up * 1.4)) * 0.9
    )
    lower = face.eye_v + tilt + low
    ink = (34, 24, 26)
    if face.pixels < 34:
        _dot(face, side, blink)
        return
    if blink < 0.85:
        white = mix((250, 246, 240), face.of.skin, 0.10)
        ring_x, ring_v = np.concatenate([x, x[::-1]]), np.concatenate([upper, lower[::-1]])
        face.patch(ring_x, ring_v, "eye", white)
        _iris(face, side, gaze, (x, upper, lower))
    _lids(face, side, (u, x, upper, lower), ink, blink)


def _dot(face: Face, side: float, blink: float) -> None:
    turn = np.linspace(0, 2 * np.pi, 9)[:-1]
    tall = max(0.012, 0.040 * (1 - blink) * face.mood.lids)
    x = side * face.eye_x + 0.034 * np.cos(turn)
    face.patch(x, face.eye_v + tall * np.sin(turn), "eye", (36, 26, 28))


def _iris(
    face: Face, side: float, gaze: tuple[float, float], lids: tuple[Array, Array, Array]
) -> None:
    x, upper, lower = lids
    order = np.argsort(x)
    radius = face.eye_high * 0.98
    cx = side * face.eye_x + gaze[0] * face.eye_wide * 0.50
    cv = face.eye_v + 0.004 + gaze[1] * face.eye_high * 0.45
    turn = np.linspace(0, 2 * np.pi, 21 if face.pixels < 260 else 49)[:-1]

    def disc(r: float, dx: float = 0.0, dv: float = 0.0) -> tuple[Array, Array]:
        px = np.clip(cx + dx + r * np.cos(turn), x.min(), x.max())
        pv = np.clip(
            cv + dv + r * np.sin(turn),
            np.interp(px, x[order], lower[order]),
            np.interp(px, x[order], upper[order]),
        )
        return px, pv

    face.patch(*disc(radius), "eye", darker(face.of.eyes, 0.35))
    if face.pixels > 90:
        face.patch(*disc(radius * 0.84), "eye", face.of.eyes)
        face.patch(*disc(radius * 0.55, 0, -radius * 0.28), "eye", lighter(face.of.eyes, 0.22))
    face.patch(*disc(radius * 0.48), "eye", (22, 18, 22))
    if face.pixels > 60:
        # Both catch lights sit on the same side of the screen, as one lamp makes them.
        face.patch(*disc(radius * 0.24, -0.30 * radius, 0.36 * radius), "eye", (255, 255, 255))


def _lids(
    face: Face, side: float, lids: tuple[Array, Array, Array, Array], ink: RGB, blink: float
) -> None:
    u, x, upper, lower = lids
    span = len(u)
    thick = 0.010 + 0.010 * face.of.soft + 0.004 * face.of.young
    weight = (
        thick
        * (0.35 + 0.65 * np.clip((u + 1) / 1.6, 0, 1))
        * (1 - 0.8 * np.clip((u - 0.8) / 0.2, 0, 1))
    )
    edge = lower if blink >= 0.85 else upper
    wing = x.copy()
    wing[-1] += side * 0.016 * face.of.soft
    rise = edge.copy()
    rise[-1] += 0.010 * face.of.soft
    face.patch(
        np.concatenate([wing, x[::-1]]),
        np.concatenate([rise + weight * 0.4, (edge - weight * 0.6)[::-1]]),
        "eye",
        ink,
    )
    if face.pixels > 110:
        fold = 0.020 + 0.012 * face.of.old
        tone = darker(face.of.skin, 0.42)
        face.stroke(x[span // 6 : -1], upper[span // 6 : -1] + fold, tone, 0.007, alpha=0.8)
        face.stroke(x[span // 3 : -1], lower[span // 3 : -1] - 0.004, tone, 0.005, alpha=0.6)
    if face.of.old > 0 and face.pixels > 90:
        tone = darker(face.of.skin, 0.35)
        face.stroke(
            x[span // 6 : -span // 6], lower[span // 6 : -span // 6] - 0.030, tone, 0.006, alpha=0.7
        )


def brow(face: Face, side: float) -> None:
    """Draw one brow."""
    mood, of = face.mood, face.of
    along = np.linspace(0, 1, 7 if face.pixels < 260 else 21)
    start = 0.072 - mood.pinch + 0.01 * of.young
    x = side * (start + (0.262 + 0.012 * of.young - start) * along)
    base = face.eye_v + face.eye_high + 0.048 + 0.006 * of.soft + 0.006 * of.young
    arch = 0.020 * np.sin(np.pi * np.clip(along * 1.05 - 0.08, 0, 1)) * (0.6 + 0.5 * of.soft)
    v = base + arch + mood.inner * (1 - along) ** 1.3 + mood.outer * along - 0.010 * along**2
    heavy = 0.019 - 0.006 * of.soft - 0.004 * of.young + 0.003 * of.old
    shares = (0.55, 0.95, 1.0, 0.95, 0.8, 0.55, 0.10)
    thick = heavy * np.interp(along, np.linspace(0, 1, 7), shares)
    colour = darker(of.hair, 0.35)
    face.patch(
        np.concatenate([x, x[::-1]]),
        np.concatenate([v + thick, (v - thick)[::-1]]),
        "hair",
        colour,
    )
