"""What bodies do: one pose for each moment of each action."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from typing import TYPE_CHECKING

from stillreel.draw.figure.pose import STAND, Pose, ease, mix, overshoot

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.values.scene import Action

TURN = 2 * pi


def _stand(at: float) -> Pose:
    breath = sin(TURN * at)
    return replace(
        STAND,
        pelvis=(0.02, 0.996, 0.0),
        hips=(0, 0, -2.5),
        spine=(1.0 - 1.2 * breath, 0, 4.0),
        head=(0.8 * breath, 3, -2),
        hand_l=(0.20, -0.94, 0.12 + 0.01 * breath),
        hand_r=(0.17, -0.95, 0.08 + 0.01 * breath),
        shrug=0.12 * breath,
        foot_r=(0.15, 0, 0.05),
    )


def _stride(
    at: float, *, reach: float, lift: float, stance: float, heel: float
) -> tuple[float, float, float]:
    """Return forward, height and toe pitch of one foot whose heel lands at 0."""
    at %= 1.0
    if at < stance:
        gone = at / stance
        late = ease((gone - 0.62) / 0.38)
        toes = 16 * (1 - ease(gone / 0.22)) - heel * late
        return reach * (1 - 2 * gone), 0.16 * late * heel / 60, toes
    swing = (at - stance) / (1 - stance)
    toes = -heel * (1 - ease(swing / 0.65)) + 16 * ease((swing - 0.55) / 0.45)
    arc = sin(pi * swing) ** 1.1
    low = 0.16 * heel / 60 * (1 - ease(swing / 0.45))
    return reach * (-1 + 2 * ease(swing)), lift * arc + low, toes


def _walk(at: float) -> Pose:
    z_l, y_l, t_l = _stride(at, reach=0.40, lift=0.10, stance=0.60, heel=38)
    z_r, y_r, t_r = _stride(at + 0.5, reach=0.40, lift=0.10, stance=0.60, heel=38)
    swing = cos(TURN * at)
    bob = cos(2 * TURN * at)
    left, right = -0.42 * swing, 0.42 * swing
    return replace(
        STAND,
        pelvis=(0.02 * sin(TURN * at), 0.948 - 0.022 * bob, 0.0),
        hips=(2, -7 * swing, 2.5 * sin(TURN * at)),
        spine=(3, 13 * swing, -2.5 * sin(TURN * at)),
        head=(-2 + 1.2 * bob, -5 * swing, 0),
        hand_l=(0.15, -0.93 + 0.12 * max(0, left), left + 0.10),
        hand_r=(0.15, -0.93 + 0.12 * max(0, right), right + 0.10),
        elbow_l=(0.3, -0.1, -1),
        elbow_r=(0.3, -0.1, -1),
        foot_l=(0.085, y_l, z_l), foot_r=(0.085, y_r, z_r),
        knee_l=(0.08, 0, 1), knee_r=(0.08, 0, 1),
        toes_l=t_l, toes_r=t_r, splay=7,
    )  # fmt: skip


def _run(at: float) -> Pose:
    def foot(phase: float) -> tuple[float, float, float]:
        phase %= 1.0
        if phase < 0.34:
            gone = phase / 0.34
            return (
                0.36 - 0.98 * gone,
                0.10 * ease((gone - 0.6) / 0.4),
                10 - 62 * ease((gone - 0.45) / 0.55),
            )
        swing = (phase - 0.34) / 0.66
        z = -0.62 + 1.02 * ease(swing) - 0.04 * sin(pi * swing)
        return (
            z,
            0.10 + 0.36 * sin(pi * min(1, swing * 1.12)) ** 1.2 - 0.10 * swing**3,
            -52 + 62 * swing,
        )

    z_l, y_l, t_l = foot(at)
    z_r, y_r, t_r = foot(at + 0.5)
    swing = cos(TURN * (at - 0.03))
    hop = 0.5 - 0.5 * cos(2 * TURN * (at - 0.12))
    left, right = -swing, swing

    def hand(along: float) -> tuple[float, float, float]:
        return (0.16 - 0.10 * max(0, along), -0.52 + 0.26 * along, 0.16 + 0.42 * along)

    return replace(
        STAND,
        pelvis=(0.0, 0.90 + 0.02 * hop, 0.0),
        lift=0.075 * hop,
        hips=(9, -9 * swing, 0),
        spine=(10, 20 * swing, 0),
        head=(-12, -9 * swing, 0),
        hand_l=hand(left), hand_r=hand(right),
        elbow_l=(0.25, -0.25, -1), elbow_r=(0.25, -0.25, -1),
        curl_l=0.75, curl_r=0.75,
        foot_l=(0.06, y_l, z_l), foot_r=(0.06, y_r, z_r),
        knee_l=(0.05, 0.2, 1), knee_r=(0.05, 0.2, 1),
        toes_l=t_l, toes_r=t_r, splay=4,
    )  # fmt: skip


ACTS: dict[Action, Callable[[float], Pose]] = {"stand": _stand, "walk": _walk, "run": _run}


def pose_of(action: Action, phase: float, *, supported: bool = False) -> Pose:
    """Return the pose of an action at a phase of its cycle."""
    return ACTS.get(action, _stand)(phase)
