"""Hands: a palm, four fingers and a thumb that curl, point and hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch

    Array = NDArray[np.float64]

_ACROSS = (0.165, 0.055, -0.052, -0.152)
"""Knuckles from index to little finger, toward the thumb, in hand lengths."""
_KNUCKLE = (0.49, 0.52, 0.50, 0.45)
_LONG = (0.41, 0.46, 0.43, 0.34)
_THICK = np.array([0.062, 0.064, 0.061, 0.054])
_DIGIT_RADII = np.concatenate(
    [_THICK[:, None] * [1.05, 1.0, 0.92, 0.74], [[0.085, 0.074, 0.066, 0.050]]]
)
_PALM_RADII = _THICK * 1.12
_HEEL = np.array([(0.10, -0.02, 0.16), (-0.11, -0.02, 0.16)])


@dataclass(frozen=True, slots=True)
class Grip:
    """How one hand is shaped."""

    curl: float
    point: float = 0.0
    holds: bool = False


def grip_point(shape: Proportion, bones: Skeleton, side: int) -> Array:
    """Return the middle of what a closed hand holds, in world metres."""
    frame = bones.hand[side]
    size = shape.hand
    return bones.wrist[side] + frame[:, 2] * size * 0.46 - frame[:, 1] * size * 0.13


@lru_cache(maxsize=256)
def _digits(curl: float, point: float) -> Array:
    """Return (5, 4, 3) joints of fingers and thumb: thumb side, back, tips, in hand lengths."""
    made: list[list[tuple[float, float, float]]] = []
    for k in range(4):
        bent = curl * (1.0 - point if k == 0 else 1.0) + 0.05 * k * (1 - curl)
        first = radians(8 + 74 * bent)
        second = first + radians(6 + 96 * bent)
        third = second + radians(4 + 58 * bent)
        spread = (0.10, 0.02, -0.06, -0.15)[k] * (1 - bent)
        line = [(_ACROSS[k], 0.0, _KNUCKLE[k])]
        for share, turn in ((0.48, first), (0.30, second), (0.22, third)):
            a, b, c = line[-1]
            reach = _LONG[k] * share
            line.append((a + spread * reach, b - sin(turn) * reach, c + cos(turn) * reach))
        made.append(line)
    made.append(
        [
            (0.12, -0.03, 0.12),
            (0.235 - 0.03 * curl, -0.05 - 0.10 * curl, 0.32),
            (0.285 - 0.14 * curl, -0.06 - 0.17 * curl, 0.47 + 0.02 * curl),
            (0.305 - 0.22 * curl, -0.07 - 0.19 * curl, 0.60 - 0.06 * curl),
        ]
    )
    return np.array(made)


def draw_hand(
    pad: Sketch,
    shape: Proportion,
    bones: Skeleton,
    side: int,
    skin: RGB,
    grip: Grip,
    arm: list[Array],
    prop: Callable[[], None] | None = None,
) -> None:
    """Draw one hand; `arm` is bare skin drawn as one with it, `prop` is put into the fingers."""
    view, frame, wrist = pad.view, bones.hand[side], bones.wrist[side]
    size = shape.hand * (1 + 0.06 * shape.young)
    pixels = size * view.pixels
    if pixels < 16 and prop is None:
        _mitten(pad, shape, bones, side, skin, grip, arm)
        return

    plump = 1 + 0.14 * shape.young
    joints = wrist + (_digits(grip.curl, grip.point) * size) @ frame.T
    heel = wrist + (_HEEL * size) @ frame.T
    radii = np.concatenate([_DIGIT_RADII.ravel(), [0.085, 0.08], _PALM_RADII]) * (size * plump)
    radii[20:22] /= plump
    discs = view.discs(
        np.concatenate([joints.reshape(-1, 3), heel, joints[:4, 0], wrist[None]]),
        np.append(radii, 0.0160 * shape.limb),
    )
    palm = discs[[26, 20, 21, 22, 23, 24, 25]]
    groups = [palm[:3].reshape(-1, 2), palm[1:].reshape(-1, 2), *arm]
    digits = discs[:20].reshape(5, 4, -1, 2)
    tips = list(np.concatenate([digits[:, :-1], digits[:, 1:]], axis=2).reshape(15, -1, 2))
    palm_seen = float(view.facing(wrist[None], -frame[:, 1][None])[0]) > 0.0
    layers = [groups + tips] if prop is None else [groups, tips] if palm_seen else [tips, groups]
    for layer in layers:
        if prop is not None and layer is layers[-1]:
            prop()
        pad.solid(layer, "skin", skin, form=0.10 * size, outline=0.7, soften=0.018 * size)
    if pixels > 20:
        _lines(pad, joints, skin, size, palm_seen=palm_seen)


def _mitten(
    pad: Sketch,
    shape: Proportion,
    bones: Skeleton,
    side: int,
    skin: RGB,
    grip: Grip,
    arm: list[Array],
) -> None:
    """Draw a hand too far away to count its fingers."""
    frame, wrist, size = bones.hand[side], bones.wrist[side], shape.hand
    tips = wrist + frame[:, 2] * size * (0.92 - 0.4 * grip.curl) - frame[:, 1] * size * 0.2
    line = np.stack([wrist, wrist + frame[:, 2] * size * 0.45, tips])
    discs = pad.view.discs(line, np.array([0.12, 0.20, 0.12]) * size)
    pad.solid([discs.reshape(-1, 2), *arm], "skin", skin, form=0.1 * size, outline=0.7)


def _lines(pad: Sketch, joints: Array, skin: RGB, size: float, *, palm_seen: bool) -> None:
    tone = darker(skin, 0.40)
    thumb = joints[4]
    between = (joints[:3, :3] + joints[1:4, :3]) / 2
    root = thumb[0] * 0.6 + thumb[1] * 0.4
    flat = pad.view.project(np.concatenate([between.reshape(-1, 3), [root, thumb[1], thumb[2]]]))
    for line in flat[:9].reshape(3, 3, 2):
        if abs(line[2] - line[0]).max() > 1.5:
            pad.line(line, tone, 0.022 * size)
    if palm_seen:
        pad.line(flat[9:], tone, 0.018 * size, alpha=0.7)
