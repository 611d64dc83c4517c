"""Poses of four-legged bodies on the move."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

from stillreel.draw.animal.pose import STAND, TURN, Pose, Triple, ease


def _step(at: float, duty: float, stride: float, lift: float) -> tuple[Triple, float]:
    """Return place and fold of one foot that lands at 0 and leaves the ground at `duty`."""
    at %= 1.0
    if at < duty:
        return (0.0, 0.0, stride * (0.5 - at / duty)), 0.0
    gone = (at - duty) / (1.0 - duty)
    z = stride * (-0.5 + ease(gone))
    return (0.0, lift * sin(pi * gone) ** 1.3, z), 0.75 * sin(pi * min(gone * 1.25, 1.0))


def _gait(
    at: float, starts: tuple[float, float, float, float], duty: float, stride: float, lift: float
) -> Pose:
    steps = [_step(at - start, duty, stride, lift) for start in starts]
    feet = tuple(place for place, _ in steps)
    fold = tuple(bend * (-1.0 if n < 2 else -0.45) for n, (_, bend) in enumerate(steps))
    return Pose(feet=feet, fold=fold)  # pyright: ignore[reportArgumentType] - four of each


def walk(at: float) -> Pose:
    """Return the pose at a phase: four beats, two feet at most in the air."""
    pose = _gait(at, (0.25, 0.75, 0.0, 0.5), 0.64, 0.46, 0.12)
    return replace(
        pose,
        rise=0.012 * cos(2 * TURN * at) - 0.012,
        neck=-4 + 3 * cos(2 * TURN * at),
        yaw=3 * sin(TURN * at),
        bend=3 * sin(TURN * at),
        wag=14 * sin(TURN * at),
    )


def run(at: float) -> Pose:
    """Return the pose at a phase: a gallop with a moment in the air."""
    pose = _gait(at, (0.52, 0.62, 0.0, 0.1), 0.3, 1.15, 0.26)
    swing = sin(TURN * (at - 0.05))
    return replace(
        pose,
        rise=0.03 + 0.055 * sin(TURN * (at - 0.62)),
        pitch=7 * swing,
        arch=0.035 * cos(TURN * (at - 0.02)),
        neck=-14 - 8 * swing,
        nod=4 - 3 * swing,
        flag=26,
        wag=5 * sin(TURN * at),
        ears=-0.7,
    )


def climb(at: float) -> Pose:
    """Return the pose at a phase: hauling itself up with its fore legs."""
    pose = _gait(at, (0.0, 0.5, 0.25, 0.75), 0.6, 0.3, 0.16)
    lifted = tuple((x, y + 0.5 if n < 2 else y, z) for n, (x, y, z) in enumerate(pose.feet))
    return replace(
        pose,
        pitch=34,
        haunch=1.0,
        rise=-0.08,
        neck=-6,
        nod=4,
        feet=lifted,  # pyright: ignore[reportArgumentType] - four of them
        ears=0.5,
    )


def fly(at: float) -> Pose:
    """Return the pose at a phase: in the air, legs trailing."""
    return replace(
        STAND,
        rise=0.35 + 0.04 * sin(TURN * at),
        pitch=8,
        neck=-12,
        nod=8,
        feet=((0, 0.3, 0.42), (0, 0.3, 0.34), (0, 0.25, -0.5), (0, 0.25, -0.42)),
        fold=(0.4, 0.3, -0.9, -0.9),
        flag=20,
        ears=-0.6,
        wings=1.0,
        beat=sin(TURN * at),
    )


def swim(at: float) -> Pose:
    """Return the pose at a phase: paddling, the back awash."""
    pose = _gait(at, (0.0, 0.5, 0.25, 0.75), 0.5, 0.4, 0.16)
    return replace(
        pose, rise=-0.42 + 0.015 * sin(TURN * at), pitch=9, neck=4, nod=4, flag=-20, ears=-0.3
    )
