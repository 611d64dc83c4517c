"""Eyes of four-legged kinds: they look, blink and show a mood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.head import INK
from stillreel.draw.prop.paint import darker
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.face import Mood
    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.head import Head

    Array = NDArray[np.float64]

_SHUT = 0.82
"""Lids from which an eye is a line."""
_DOT = 2.4
"""Pixels of radius below which an eye is a dot."""


def eye(flesh: Flesh, head: Head, iris: Tone, mood: Mood, side: float) -> None:
    """Put down one eye where it is seen; `side` is 1 for the own left."""
    kind, scale = head.kind, head.bones.size
    x, up, ahead = kind.eye
    way = np.array([side * x, up, ahead])
    way /= np.linalg.norm(way)
    normal = head.way(*way.tolist())
    centre = head.bones.head + normal * scale * 0.97
    if flesh.view.facing(normal, centre) <= 0.1:
        return
    size = kind.eye_size * scale
    wide = {"surprised": 1.15, "afraid": 1.15}.get(mood.emotion, 1.0)
    high = head.bones.frame[1]
    heavy = {"happy": 0.12, "sad": 0.2, "determined": 0.18}.get(mood.emotion, 0.0)
    shut = max(mood.lids, heavy)
    pixels = head.size * kind.eye_size
    across = cross(high, normal)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    if shut > _SHUT:
        turn = np.linspace(-1, 1, 7)
        bow = np.outer((1 - turn**2) * size * 0.35, high)
        curve = centre + np.outer(turn * size, across) - bow
        flesh.line(flesh.view.flat(curve), max(pixels * 0.3, 0.8), INK, "crease")
        return
    if pixels < _DOT:
        flesh.spot(centre, normal, (size * 0.9, size * wide), INK, "eye", up=high)
        return
    look = mood.gaze
    pupil = centre + (across * look[0] + high * look[1] * 0.7) * size * 0.28
    round_ = (size * 1.16, size * 1.16 * wide)
    flesh.spot(centre, normal, round_, darker(head.coat, 0.7), "eye", up=high)
    flesh.spot(centre, normal, (size, size * wide), (236, 230, 218), "eye", up=high)
    flesh.spot(pupil, normal, (size * 0.84, size * 0.9), iris, "eye", up=high)
    slim, tall = {"round": (0.56, 0.56), "slit": (0.26, 0.74), "bar": (0.62, 0.5)}[kind.pupil]
    flesh.spot(pupil, normal, (size * slim, size * tall), INK, "eye", up=high)
    glint = pupil + (high * 0.34 + across * 0.28 * side) * size
    flesh.spot(glint, normal, (size * 0.2, size * 0.2), (255, 252, 244), "eye", up=high)
    _lid(flesh, head, (centre, across, high), size, shut, _slant(mood), side)


def _slant(mood: Mood) -> float:
    """Return how far the lids fall inward (anger) or outward (sorrow, negative)."""
    slants = {"angry": 0.5, "determined": 0.25, "sad": -0.4, "afraid": -0.3}
    return slants.get(mood.emotion, 0.0)


def _lid(
    flesh: Flesh,
    head: Head,
    frame: tuple[Array, Array, Array],
    size: float,
    shut: float,
    slant: float,
    side: float,
) -> None:
    """Put down the upper lid and brow; the frame is centre, across and up of the eye."""
    centre, across, high = frame
    turn = np.linspace(0.0, np.pi, 9)
    rim = np.outer(np.sin(turn) * size * 1.24, high)
    top = centre + np.outer(np.cos(turn) * size * 1.2, across) + rim
    u = np.cos(turn[::-1])
    level = 0.86 - 1.75 * shut - slant * 0.55 * (1 - side * u) * (1 if slant > 0 else 0)
    level = level + slant * 0.55 * (1 + side * u) * (1 if slant < 0 else 0)
    edge = np.minimum(level, np.sin(turn[::-1]) * 1.24)
    low = centre + np.outer(u * size * 1.2, across) + np.outer(edge * size, high)
    flat = flesh.view.flat(np.concatenate([top, low]))
    flesh.polygon(flat, head.coat)
    flesh.line(flat[len(top) :], max(head.size * 0.04, 0.8), darker(head.coat, 0.75), "crease")
