"""Hands: a palm, four fingers and a thumb that curl, point and hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain, darker

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
_THICK = (0.062, 0.064, 0.061, 0.054)


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


def _fingers(grip: Grip) -> list[list[tuple[float, float, float]]]:
    """Return each finger's joints: (thumb side, back, tips) in hand lengths."""
    made: list[list[tuple[float, float, float]]] = []
    for k in range(4):
        curl = grip.curl * (1.0 - grip.point if k == 0 else 1.0) + 0.05 * k * (1 - grip.curl)
        first = radians(8 + 74 * curl)
        second = first + radians(6 + 96 * curl)
        third = second + radians(4 + 58 * curl)
        spread = (0.10, 0.02, -0.06, -0.15)[k] * (1 - curl)
        joint = (_ACROSS[k], 0.0, _KNUCKLE[k])
        line = [joint]
        for share, turn in ((0.48, first), (0.30, second), (0.22, third)):
            a, b, c = line[-1]
            reach = _LONG[k] * share
            line.append((a + spread * reach, b - sin(turn) * reach, c + cos(turn) * reach))
        made.append(line)
    return made


def _thumb(grip: Grip) -> list[tuple[float, float, float]]:
    c = grip.curl
    return [
        (0.12, -0.03, 0.12),
        (0.235 - 0.03 * c, -0.05 - 0.10 * c, 0.32),
        (0.285 - 0.14 * c, -0.06 - 0.17 * c, 0.47 + 0.02 * c),
        (0.305 - 0.22 * c, -0.07 - 0.19 * c, 0.60 - 0.06 * c),
    ]


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
    if pixels < 11 and prop is None:
        _mitten(pad, shape, bones, side, skin, grip, arm)
        return

    def place(line: list[tuple[float, float, float]]) -> list[Array]:
        return [wrist + frame @ (np.array(point) * size) for point in line]

    plump = 1 + 0.14 * shape.young
    wrist_radius = 0.0160 * shape.limb
    fingers = [place(line) for line in _fingers(grip)]
    knuckles = [line[0] for line in fingers]
    palm = view.discs(
        np.stack(
            [wrist, place([(0.10, -0.02, 0.16)])[0], place([(-0.11, -0.02, 0.16)])[0], *knuckles]
        ),
        np.array(
            [wrist_radius, 0.085 * size, 0.08 * size, *(t * size * plump * 1.12 for t in _THICK)]
        ),
    )
    groups = [palm[:3].reshape(-1, 2), palm[1:].reshape(-1, 2), *arm]
    taper = np.array([1.05, 1.0, 0.92, 0.74]) * size * plump
    digits = [
        chain(view, line, list(thick * taper)) for line, thick in zip(fingers, _THICK, strict=True)
    ]
    thumb = chain(
        view, place(_thumb(grip)), [r * size * plump for r in (0.085, 0.074, 0.066, 0.050)]
    )
    palm_seen = float(view.facing(wrist[None], -frame[:, 1][None])[0]) > 0.0
    tips = [group for digit in digits for group in digit] + thumb
    layers = [groups + tips] if prop is None else [groups, tips] if palm_seen else [tips, groups]
    for layer in layers:
        if prop is not None and layer is layers[-1]:
            prop()
        pad.solid(layer, "skin", skin, form=0.10 * size, outline=0.7, soften=0.018 * size)
    if pixels > 20:
        _lines(pad, fingers, place(_thumb(grip)), skin, size, palm_seen=palm_seen)


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


def _lines(
    pad: Sketch,
    fingers: list[list[Array]],
    thumb: list[Array],
    skin: RGB,
    size: float,
    *,
    palm_seen: bool,
) -> None:
    tone = darker(skin, 0.40)
    view = pad.view
    for one, two in pairwise(fingers):
        middle = np.stack([(a + b) / 2 for a, b in zip(one, two, strict=True)])
        flat = view.project(middle)
        short = flat[:3]
        if np.linalg.norm(short[-1] - short[0]) > 2.0:
            pad.line(short, tone, 0.022 * size)
    if palm_seen:
        flat = view.project(np.stack([thumb[0] * 0.6 + thumb[1] * 0.4, thumb[1], thumb[2]]))
        pad.line(flat, tone, 0.018 * size, alpha=0.7)
