"""Bodies low, carried or off the ground: sitting, kneeling, lying, falling, flying, swimming."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

from stillreel.draw.figure.acts import stand
from stillreel.draw.figure.pose import STAND, Pose, ease, mix, overshoot

TURN = 2 * pi


def _seat(at: float) -> Pose:
    breath = sin(TURN * at)
    return replace(
        STAND,
        pelvis=(0, 0.135, -0.10), hips=(-14, 0, 0), spine=(22 + breath, 0, 0), head=(-4, 4, 2),
        hand_l=(0.0, -0.56, 0.60), hand_r=(-0.04, -0.60, 0.58), elbow_l=(1, -0.3, -0.3),
        elbow_r=(1, -0.3, -0.3),
        curl_l=0.3, curl_r=0.3, twist_l=60, twist_r=60,
        foot_l=(0.15, 0, 0.52), foot_r=(0.17, 0, 0.42), knee_l=(0.25, 1, 0.5), knee_r=(0.3, 1, 0.5),
    )  # fmt: skip


def sit(at: float) -> Pose:
    """Return sitting down on the ground: done at 0.6, then at rest."""
    down = overshoot(at / 0.6, 0.05)
    crouch = sin(pi * min(1.0, max(0.0, at / 0.6)))
    pose = mix(stand(0.0), _seat(max(0.0, at - 0.6) * 0.5), down)
    return replace(
        pose,
        spine=(pose.spine[0] + 22 * crouch, pose.spine[1], pose.spine[2]),
        hand_l=(pose.hand_l[0] + 0.1 * crouch, pose.hand_l[1], pose.hand_l[2] + 0.10 * crouch),
    )


def sat(at: float) -> Pose:
    """Return sitting on something: the seat carries the body, the shins hang and swing a little."""
    swing, breath = sin(TURN * at), sin(2 * TURN * at)
    return replace(
        STAND,
        pelvis=(0, 0.125, 0), hips=(-4, 0, 0), spine=(8 + 0.8 * breath, 0, 2),
        head=(0, 4 * swing, -2),
        hand_l=(-0.02, -0.74, 0.42), hand_r=(0.0, -0.74, 0.40), elbow_l=(0.9, 0.1, -0.5),
        elbow_r=(0.9, 0.1, -0.5),
        twist_l=70, twist_r=70, curl_l=0.25, curl_r=0.25, free=1.0,
        foot_l=(0.04, -0.50, 0.50 + 0.05 * swing), foot_r=(0.05, -0.50, 0.48 - 0.05 * swing),
        knee_l=(0.12, 0.6, 1), knee_r=(0.14, 0.6, 1), toes_l=-16, toes_r=-16, splay=8,
    )  # fmt: skip


def kneel(at: float) -> Pose:
    """Return going down on the right knee: done at 0.55, then at rest."""
    breath = sin(TURN * max(0.0, at - 0.55))
    low = replace(
        STAND,
        pelvis=(0, 0.535, -0.04), hips=(2, 0, 0), spine=(10 + breath, 0, 0), head=(2, 0, 0),
        hand_l=(0.0, -0.62, 0.50), elbow_l=(0.8, -0.4, -0.3), twist_l=70,
        hand_r=(0.14, -0.84, 0.22), foot_l=(0.13, 0, 0.40), foot_r=(0.11, 0.075, -0.44), toes_r=-62,
        knee_l=(0.2, 0.6, 1), knee_r=(0.1, -0.4, 1),
    )  # fmt: skip
    return mix(stand(0.0), low, overshoot(at / 0.55, 0.05))


def lying(at: float) -> Pose:
    """Return lying on the back, the middle of the back over the origin, head toward -z."""
    breath = sin(TURN * at)
    return replace(
        STAND,
        tilt=-90, pelvis=(0, -0.06, 0.15), hips=(0, 0, 0), spine=(3 + 1.2 * breath, 0, 0),
        head=(10, 14, 0), free=1.0, foot_l=(0.06, -0.98, 0.03), foot_r=(0.09, -0.93, 0.12),
        hand_l=(0.22, -0.90, 0.05), hand_r=(-0.22, -0.56, 0.36 + 0.01 * breath),
        elbow_r=(1, -0.2, -0.3),
        curl_r=0.3, twist_r=10, toes_l=-30, toes_r=-26, splay=24,
        knee_l=(0.3, 0, 1), knee_r=(0.4, 0, 1),
    )  # fmt: skip


def lie(at: float) -> Pose:
    """Return lying down from standing by way of sitting: done at 0.8."""
    if at < 0.4:
        return sit(at / 0.4 * 0.6)
    return mix(sit(0.6), lying(max(0.0, at - 0.8)), ease((at - 0.4) / 0.4))


def sleep(at: float) -> Pose:
    """Return sleeping on the back with slow breath."""
    return replace(lying(at), shut=1.0, head=(6, 26, 4))


def fall(at: float) -> Pose:
    """Return a stumble forward to the ground: caught foot, flight, prone."""
    trip = replace(
        STAND,
        tilt=38, pelvis=(0, 0.93, 0.05), spine=(14, 8, 4), head=(-30, 0, 0),
        hand_l=(0.40, 0.30, 0.75), hand_r=(0.52, 0.16, 0.66), elbow_l=(1, -0.4, 0),
        elbow_r=(1, -0.4, 0),
        curl_l=0.06, curl_r=0.06, bend_l=-30, bend_r=-30, twist_l=80, twist_r=80, free=0.75,
        foot_l=(0.10, -0.92, 0.12), foot_r=(0.12, -0.66, -0.52), toes_r=-40, gape=0.5,
    )  # fmt: skip
    prone = replace(
        STAND,
        tilt=90, pelvis=(0, 0.30, -0.13), spine=(-6, 0, 0), head=(-26, 24, 0), free=1.0,
        hand_l=(0.30, 0.60, 0.22), hand_r=(0.42, 0.40, 0.20), elbow_l=(1, 0.2, 0.3),
        elbow_r=(1, 0.2, 0.3),
        curl_l=0.2, curl_r=0.2, foot_l=(0.14, -0.97, -0.03), foot_r=(0.16, -0.86, -0.22),
        toes_l=-50, toes_r=-50, knee_l=(0.5, 0, 1), knee_r=(0.6, 0, 1), twist_l=80, twist_r=80,
    )  # fmt: skip
    if at < 0.5:
        return mix(stand(0.0), trip, ease(at / 0.5))
    return mix(trip, prone, ease((at - 0.5) / 0.3) if at < 0.8 else 1.0)


def cry(at: float) -> Pose:
    """Return weeping into the hands, the shoulders shaking."""
    sob = sin(TURN * 3 * at)
    sway = sin(TURN * at)
    return replace(
        stand(at),
        pelvis=(0.0, 0.975, 0), spine=(16 + 2 * sob, 0, 0), head=(20 + 2 * sob, 4 * sway, 0),
        shrug=0.5 + 0.3 * sob, hand_l=(-0.10, 0.14, 0.46), hand_r=(-0.13, 0.11, 0.45),
        elbow_l=(0.5, -1, 0), elbow_r=(0.5, -1, 0), curl_l=0.30, curl_r=0.34, twist_l=-80,
        twist_r=-80,
        bend_l=16, bend_r=16, shut=0.85, smile=-0.03,
    )  # fmt: skip


def ride(at: float) -> Pose:
    """Return riding astride, the reins in both hands; the origin is the saddle."""
    bob = sin(2 * TURN * at)
    return replace(
        STAND,
        pelvis=(0, 0.125 + 0.014 * bob, 0), hips=(4, 0, 0), spine=(5 - 3 * bob, 0, 0),
        head=(-3 + 2 * bob, 0, 0),
        hand_l=(-0.12, -0.50, 0.58), hand_r=(-0.12, -0.50, 0.58), elbow_l=(0.6, -0.9, -0.6),
        elbow_r=(0.6, -0.9, -0.6),
        curl_l=0.95, curl_r=0.95, free=1.0,
        foot_l=(0.30, -0.74, 0.22), foot_r=(0.30, -0.74, 0.22), knee_l=(0.7, 0.2, 1),
        knee_r=(0.7, 0.2, 1),
        toes_l=4, toes_r=4, splay=14,
    )  # fmt: skip


def fly(at: float) -> Pose:
    """Return flying prone with spread arms, a body's height above the origin."""
    beat, drift = sin(TURN * at), cos(TURN * at)
    return replace(
        STAND,
        tilt=66 + 3 * drift, lift=0.0, pelvis=(0.02 * drift, 0.45, -1.0 - 0.05 * beat),
        spine=(-12, 0, 3 * beat), head=(-42, 0, 0), free=1.0,
        hand_l=(0.72, 0.30 + 0.10 * beat, 0.36 - 0.22 * beat),
        hand_r=(0.72, 0.30 - 0.06 * beat, 0.36 - 0.22 * beat),
        elbow_l=(0.4, -0.6, -0.8), elbow_r=(0.4, -0.6, -0.8), curl_l=0.05, curl_r=0.05,
        twist_l=80, twist_r=80,
        foot_l=(0.03, -0.97, -0.12 + 0.03 * beat), foot_r=(0.05, -0.88, -0.26 - 0.03 * beat),
        toes_l=-62, toes_r=-62, splay=4,
    )  # fmt: skip


def swim(at: float) -> Pose:
    """Return a front crawl; the origin lies on the water under the chest."""

    def hand(phase: float) -> tuple[float, float, float]:
        turn = TURN * phase
        return (0.20 + 0.14 * max(0, -sin(turn)), 0.16 + 0.74 * cos(turn), 0.10 + 0.62 * sin(turn))

    kick = sin(3 * TURN * at)
    roll = sin(TURN * at)
    return replace(
        STAND,
        tilt=84, pelvis=(0, -0.55, 0.02), hips=(0, 5 * roll, 0), spine=(-8, 14 * roll, 0),
        head=(-34, -16 * roll, 0),
        free=1.0, hand_l=hand(at), hand_r=hand(at + 0.5), elbow_l=(1, 0.2, -0.6),
        elbow_r=(1, 0.2, -0.6),
        curl_l=0.12, curl_r=0.12, foot_l=(0.04, -0.95, 0.10 * kick),
        foot_r=(0.04, -0.95, -0.10 * kick),
        toes_l=-60, toes_r=-60, splay=2,
    )  # fmt: skip
