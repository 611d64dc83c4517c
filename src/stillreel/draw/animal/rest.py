"""Poses of four-legged bodies that stand, sit, lie and go down."""

from __future__ import annotations

from dataclasses import replace
from math import cos, sin

from stillreel.draw.animal.pose import STAND, TURN, Pose, ease


def stand(at: float) -> Pose:
    """Return the pose at a phase: breathing."""
    breath = sin(TURN * at)
    return replace(
        STAND,
        rise=0.004 * breath,
        neck=1.2 * breath,
        wag=10 * sin(TURN * at),
        feet=((0, 0, 0.02), (0, 0, -0.05), (0, 0, -0.05), (0, 0, 0.07)),
    )


def sit(at: float) -> Pose:
    """Return the pose at a phase: on its haunches, a long tail round its feet."""
    breath = sin(TURN * at)
    return replace(
        STAND,
        rise=-0.44,
        pitch=36,
        haunch=1.0,
        neck=14 + breath,
        nod=-6,
        feet=((0, 0, -0.17), (0, 0, -0.15), (0.06, 0, 0.3), (0.06, 0, 0.3)),
        fold=(0, 0, 1.0, 1.0),
        flag=-46,
        wag=20 * sin(TURN * at),
        wrap=1.0,
    )


def lie(at: float) -> Pose:
    """Return the pose at a phase: on its belly, legs folded."""
    breath = sin(TURN * at)
    return replace(
        STAND,
        rise=-0.545 + 0.004 * breath,
        pitch=4,
        neck=6 + breath,
        feet=((0.0, 0, 0.3), (0.02, 0, 0.24), (0.08, 0, 0.32), (0.08, 0, 0.3)),
        fold=(1.0, 1.0, 1.0, 1.0),
        flag=-50,
        wag=12,
        wrap=0.4,
    )


def sleep(at: float) -> Pose:
    """Return the pose at a phase: curled up."""
    breath = sin(TURN * at)
    return replace(
        lie(at),
        rise=-0.56 + 0.008 * breath,
        pitch=-1,
        bend=26,
        neck=-70,
        yaw=30,
        nod=6,
        lids=1.0,
        ears=-0.4,
        wag=70,
        wrap=1.0,
    )


def kneel(at: float) -> Pose:
    """Return the pose at a phase: fore legs folded."""
    breath = sin(TURN * at)
    return replace(
        STAND,
        rise=-0.2 + 0.006 * breath,
        pitch=-21,
        neck=14,
        nod=16,
        feet=((0, 0, 0.24), (0, 0, 0.18), (0, 0, -0.04), (0, 0, 0.02)),
        fold=(1.0, 1.0, 0, 0),
        flag=20,
    )


def fall(at: float) -> Pose:
    """Return the pose at a phase: the knees give way, then it rolls onto its side."""
    knees, over = ease(at / 0.42), ease((at - 0.3) / 0.5)
    return replace(
        STAND,
        rise=-0.36 * knees + 0.3 * over,
        pitch=-12 * knees * (1 - over),
        roll=82 * over,
        neck=-14 * knees - 14 * over,
        nod=12 * over,
        feet=(
            (0.0, 0.16 * over, 0.2 * knees + 0.14 * over),
            (0.0, 0.04 * over, 0.1 * knees + 0.02 * over),
            (0.0, 0.12 * over, 0.16 * knees - 0.1 * over),
            (0.0, 0.04 * over, 0.1 * knees - 0.26 * over),
        ),
        fold=(
            0.9 * knees - 1.6 * over,
            1.0 * knees - 1.4 * over,
            0.5 * knees - 0.1 * over,
            0.6 * knees - 0.4 * over,
        ),
        flag=-20 * knees,
        ears=-0.6,
        lids=0.6 * ease((at - 0.75) / 0.25),
    )


def look(at: float) -> Pose:
    """Return the pose at a phase: turning its head."""
    return replace(stand(at), yaw=42 * sin(TURN * at), neck=8, nod=4, ears=1.0, wag=0)


def embrace(at: float) -> Pose:
    """Return the pose at a phase: sitting, head laid aside."""
    return replace(sit(at), neck=4, nod=8, yaw=18, tilt=12, lids=0.7)


def cry(at: float) -> Pose:
    """Return the pose at a phase: sitting, nose in the air."""
    swell = 0.5 - 0.5 * cos(TURN * at)
    return replace(sit(at), neck=22, nod=40 + 6 * swell, jaw=0.35 + 0.25 * swell, ears=-0.8)
