"""What is worn over everything on the trunk: plates of armour, a scarf."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain, darker, lighter

if TYPE_CHECKING:
    from stillreel.draw.figure.clothes import Dresser


def armour(dresser: Dresser) -> None:
    """Draw a breastplate with a ridge and a skirt of plates."""
    cloth = dresser.worn.armour
    if cloth is None:
        return
    tall = dresser.shape.height
    trunk = dresser.trunk(cloth, 0.009)
    for low, high in ((-0.16, 0.06), (-0.02, 0.24)):
        dresser.pad.solid(
            trunk.groups(dresser.pad.view, low, high, (0.12 - low) * 0.03 * tall), "metal",
            darker(cloth.colour, 0.18), form=0.024 * tall, outline=0.9,
        )  # fmt: skip
    dresser.pad.solid(
        trunk.groups(dresser.pad.view, 0.20, 0.92), "metal", cloth.colour, form=0.03 * tall,
        outline=1.0, soften=0.006 * tall,
    )  # fmt: skip
    if dresser.fine:
        tone = darker(cloth.colour, 0.42)
        trunk.stroke(
            dresser.pad, np.zeros(7), np.linspace(0.86, 0.26, 7), lighter(cloth.colour, 0.5), 0.005
        )
        az = np.linspace(-80, 80, 15)
        trunk.stroke(dresser.pad, az, 0.46 - 0.10 * np.cos(np.radians(az)), tone, 0.005)
        trunk.stroke(dresser.pad, az, 0.90 - 0.06 * np.cos(np.radians(az)), tone, 0.005)
        trunk.stroke(dresser.pad, 180 + az, np.full(15, 0.45), tone, 0.005)


def pauldron(dresser: Dresser, side: int) -> None:
    """Draw the shoulder plates of armour."""
    cloth = dresser.worn.armour
    if cloth is None:
        return
    view, tall = dresser.pad.view, dresser.shape.height
    shoulder, elbow = dresser.bones.shoulder[side], dresser.bones.elbow[side]
    for at, size in ((0.34, 0.038), (0.10, 0.052)):
        ball = view.discs(
            (shoulder + (elbow - shoulder) * at)[None], np.array([size * dresser.shape.limb])
        )
        dresser.pad.solid(list(ball), "metal", cloth.colour, form=0.02 * tall, outline=0.9)


def scarf(dresser: Dresser) -> None:
    """Draw a scarf about the neck with one hanging end."""
    cloth = dresser.worn.scarf
    if cloth is None:
        return
    bones, view, tall = dresser.bones, dresser.pad.view, dresser.shape.height
    turn = np.radians(np.arange(0, 360, 30.0))
    wide = dresser.shape.neck_radius + 0.012 * tall
    up = bones.chest[:, 1]
    centre = bones.neck + up * 0.012 * tall + bones.chest[:, 2] * 0.004 * tall
    ring = (
        centre
        + np.outer(np.sin(turn) * wide * 1.15, bones.chest[:, 0])
        + np.outer(np.cos(turn) * wide * 1.1, bones.chest[:, 2])
    )
    discs = view.discs(ring, np.full(12, 0.021 * tall))
    start = centre + bones.chest[:, 2] * 0.045 * tall + bones.chest[:, 0] * 0.03 * tall
    front = float(view.facing(start[None], bones.chest[:, 2][None])[0]) > -0.1
    end = start - up * 0.17 * tall + bones.chest[:, 2] * 0.03 * tall
    if front:
        tail = chain(
            view, [start, (start + end) / 2, end], [0.018 * tall, 0.021 * tall, 0.024 * tall]
        )
        dresser.pad.solid(tail, "cloth", darker(cloth.colour, 0.14), form=0.01 * tall, outline=0.9)
        if dresser.fine:
            for k in range(4):
                root = end + bones.chest[:, 0] * (k - 1.5) * 0.011 * tall
                dresser.pad.line(
                    view.project(np.stack([root, root - up * 0.04 * tall])),
                    cloth.colour,
                    0.006 * tall,
                )
    dresser.pad.solid(
        [np.concatenate([discs[i], discs[(i + 1) % 12]]) for i in range(12)], "cloth",
        cloth.colour, form=0.016 * tall, outline=0.9, soften=0.004 * tall,
    )  # fmt: skip
