"""What bodies do besides walking: each deed is a pose for every moment 0..1 of its cycle."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from typing import TYPE_CHECKING

from stillreel.draw.figure.acts import stand
from stillreel.draw.figure.pose import STAND, Pose, ease, mix, overshoot
from stillreel.draw.figure.rest import (
    cry,
    fall,
    fly,
    kneel,
    lie,
    lying,
    ride,
    sat,
    sit,
    sleep,
    swim,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.figure.pose import Triple
    from stillreel.values.scene import Action

TURN = 2 * pi


def _wave_of(at: float, times: float = 1.0, ahead: float = 0.0) -> float:
    return sin(TURN * (at * times + ahead))


def _bump(at: float, start: float, stop: float) -> float:
    """Return 0 outside start..stop and a soft hill of 1 between."""
    if not start < at < stop:
        return 0.0
    return sin(pi * (at - start) / (stop - start)) ** 2


def _plateau(at: float, rise: float, fall_at: float) -> float:
    """Return a ramp up that ends at `rise`, holds, and goes down from `fall_at` to 1."""
    if at < rise:
        return overshoot(at / rise, 0.10)
    if at > fall_at:
        return 1.0 - ease((at - fall_at) / (1.0 - fall_at))
    return 1.0


def _turn(at: float) -> Pose:
    body = ease((at - 0.12) / 0.7)
    lead = ease(at / 0.55)
    gap = lead - body
    step = _bump(at, 0.15, 0.5)
    other = _bump(at, 0.45, 0.85)
    return replace(
        stand(at),
        spin=-130 * (1 - body),
        spine=(3, 55 * gap, 3 * gap),
        head=(2, 60 * gap, 4 * gap),
        pelvis=(0, 0.985 - 0.02 * (step + other), 0),
        hand_l=(0.24 + 0.1 * gap, -0.90, 0.10 - 0.35 * gap),
        hand_r=(0.20 + 0.1 * gap, -0.90, 0.10 + 0.40 * gap),
        foot_l=(0.13, 0.06 * step, 0.05 * gap), foot_r=(0.13, 0.06 * other, -0.10 * gap),
    )  # fmt: skip


def _reach(at: float) -> Pose:
    out = _plateau(at, 0.35, 0.8)
    far = replace(
        STAND,
        pelvis=(-0.05, 0.965, 0.12), hips=(6, 10, 0), spine=(8, 16, 4), head=(-12, -14, 0),
        hand_r=(0.02, 0.34, 0.92), elbow_r=(0.5, -0.9, 0.1), hand_l=(0.28, -0.86, -0.28),
        curl_r=0.12, bend_r=-14, curl_l=0.3, twist_r=25,
        foot_l=(0.12, 0.03, -0.22), toes_l=-26, foot_r=(0.10, 0.0, 0.22),
    )  # fmt: skip
    return mix(stand(at), far, out)


def _talk(at: float) -> Pose:
    beat = _wave_of(at, 2)
    left, right = 0.5 - 0.5 * cos(TURN * at), 0.5 - 0.5 * cos(TURN * (at + 0.5))
    return replace(
        stand(at),
        spine=(2 + 1.5 * beat, 5 * _wave_of(at), 2),
        head=(-1 + 3 * beat, 5 * _wave_of(at, 1, 0.1), 4 * _wave_of(at, 1, 0.3)),
        hand_l=(0.16 + 0.12 * left, -0.60 + 0.20 * left + 0.02 * beat, 0.40 + 0.10 * left),
        hand_r=(0.18 + 0.14 * right, -0.62 + 0.26 * right - 0.02 * beat, 0.40 + 0.12 * right),
        elbow_l=(0.45, -0.9, -0.5), elbow_r=(0.45, -0.9, -0.5),
        twist_l=-50, twist_r=-50, curl_l=0.3, curl_r=0.25, bend_l=-4, bend_r=-4,
    )  # fmt: skip


def _look(at: float) -> Pose:
    side = _wave_of(at)
    return replace(
        stand(at),
        pelvis=(0.02 * side, 0.99, 0.02), spine=(5, 12 * side, 0),
        head=(-4, 34 * side, -5 * side), hand_l=(0.18, -0.92, 0.16), hand_r=(0.20, -0.92, 0.10),
    )  # fmt: skip


def _climb(at: float) -> Pose:
    left, right = 0.5 + 0.5 * cos(TURN * at), 0.5 - 0.5 * cos(TURN * at)

    def hand(up: float) -> Triple:
        return (0.10, 0.12 + 0.78 * up, 0.52 - 0.18 * up)

    def foot(up: float) -> Triple:
        return (0.16, 0.10 + 0.40 * up, 0.20 + 0.04 * up)

    return replace(
        STAND,
        lift=0.06, pelvis=(0.03 * (right - left), 1.0, -0.03),
        hips=(4, 0, 7 * (right - left)), spine=(4, 6 * (left - right), -9 * (right - left)),
        head=(-24, 8 * (left - right), 0),
        hand_l=hand(left), hand_r=hand(right), elbow_l=(1.0, -0.5, -0.2), elbow_r=(1.0, -0.5, -0.2),
        curl_l=0.7, curl_r=0.7, foot_l=foot(1 - left), foot_r=foot(1 - right),
        knee_l=(0.55, 0, 1), knee_r=(0.55, 0, 1), toes_l=-8, toes_r=-8, splay=22,
    )  # fmt: skip


def _carry(at: float) -> Pose:
    sway, bob = _wave_of(at), cos(2 * TURN * at)
    return replace(
        stand(at),
        pelvis=(0.03 * sway, 0.965 - 0.008 * bob, 0), hips=(0, 0, -3 * sway),
        spine=(-7, 0, 3 * sway), head=(4, 3 * sway, -2 * sway),
        hand_l=(-0.06, -0.46 + 0.01 * bob, 0.62), hand_r=(-0.06, -0.46 + 0.01 * bob, 0.62),
        elbow_l=(0.7, -0.8, -0.4), elbow_r=(0.7, -0.8, -0.4),
        twist_l=-75, twist_r=-75, curl_l=0.45, curl_r=0.45, bend_l=10, bend_r=10,
        foot_l=(0.15, 0, 0.05), foot_r=(0.15, 0, -0.05),
    )  # fmt: skip


def _point(at: float) -> Pose:
    jab = _bump(at, 0.1, 0.5) * 0.5 + _bump(at, 0.45, 0.95) * 0.2
    return replace(
        stand(at),
        spine=(2 + 3 * jab, 12, 3), head=(0, -8, 0), pelvis=(0.0, 0.98, 0.05),
        hand_r=(0.22, 0.06 + 0.02 * jab, 0.90 + 0.07 * jab), elbow_r=(0.6, -0.9, 0),
        curl_r=0.92, point_r=1.0, bend_r=0, twist_r=50,
        hand_l=(0.22, -0.90, 0.02), foot_r=(0.12, 0, 0.14), foot_l=(0.12, 0, -0.10),
    )  # fmt: skip


def _wave(at: float) -> Pose:
    swing = _wave_of(at, 2)
    return replace(
        stand(at),
        spine=(-1, 0, 5 + swing), head=(-2, -6, -6), shrug=0.1,
        hand_r=(0.36 + 0.15 * swing, 0.60 - 0.05 * abs(swing), 0.20), elbow_r=(1.0, -0.5, -0.1),
        curl_r=0.04, bend_r=-6, twist_r=-95, smile=0.012,
    )  # fmt: skip


def _dance(at: float) -> Pose:
    side, twice = _wave_of(at), cos(2 * TURN * at)
    left, right = 0.5 + 0.5 * side, 0.5 - 0.5 * side
    return replace(
        STAND,
        pelvis=(0.09 * side, 0.94 + 0.025 * twice, 0), hips=(0, 10 * side, -7 * side),
        spine=(-2, -16 * side, 13 * side), head=(-4, 12 * side, -9 * side),
        hand_l=(0.42 - 0.16 * left, -0.20 + 0.92 * left, 0.28),
        hand_r=(0.42 - 0.16 * right, -0.20 + 0.92 * right, 0.28),
        elbow_l=(1, -0.6, -0.2), elbow_r=(1, -0.6, -0.2), curl_l=0.15, curl_r=0.15,
        twist_l=-60, twist_r=-60, bend_l=-18, bend_r=-18,
        foot_l=(0.17, 0.10 * max(0, -side), 0.06), foot_r=(0.17, 0.10 * max(0, side), 0.06),
        toes_l=-34 * max(0, -side), toes_r=-34 * max(0, side), knee_l=(0.4, 0, 1),
        knee_r=(0.4, 0, 1),
        smile=0.014,
    )  # fmt: skip


def _play(at: float) -> Pose:
    up = max(0.0, sin(TURN * (at - 0.12))) ** 1.2
    squat = max(0.0, -sin(TURN * (at - 0.12)))
    tuck = 0.16 * up
    return replace(
        STAND,
        lift=0.26 * up, pelvis=(0, 0.97 - 0.17 * squat, -0.02 * squat), hips=(10 * squat, 0, 0),
        spine=(8 * squat - 6 * up, 0, 0), head=(-6 - 4 * up, 6, 5),
        hand_l=(0.52, -0.45 + 1.0 * up - 0.2 * squat, 0.20 - 0.45 * squat),
        hand_r=(0.52, -0.35 + 1.0 * up - 0.3 * squat, 0.24 - 0.45 * squat),
        elbow_l=(0.8, -0.7, -0.4), elbow_r=(0.8, -0.7, -0.4), curl_l=0.08, curl_r=0.08,
        twist_l=-70, twist_r=-70,
        foot_l=(0.16, tuck, 0.10 * up), foot_r=(0.16, tuck * 1.5, -0.16 * up),
        toes_l=-30 * up, toes_r=-44 * up, knee_l=(0.35, 0, 1), knee_r=(0.35, 0, 1),
        smile=0.018, gape=0.22 * up,
    )  # fmt: skip


def _eat(at: float) -> Pose:
    up = 0.5 - 0.5 * cos(TURN * at)
    return replace(
        stand(at),
        spine=(4, 0, 0), head=(5 + 4 * up, 0, 0),
        hand_l=(-0.02, -0.52, 0.48), elbow_l=(0.6, -0.9, -0.4), twist_l=-80, curl_l=0.5,
        hand_r=(0.0 - 0.19 * up, -0.44 + 0.54 * up, 0.50 - 0.08 * up), elbow_r=(0.8, -0.9, -0.1),
        curl_r=0.75, bend_r=22, twist_r=-30, gape=0.4 * _bump(at, 0.32, 0.60),
    )  # fmt: skip


def _embrace(at: float) -> Pose:
    squeeze = 0.5 - 0.5 * cos(TURN * at)
    return replace(
        stand(at),
        pelvis=(0.03, 0.98, 0.06), spine=(7 + 2 * squeeze, 0, 3), head=(10, 16, 9),
        hand_l=(-0.22 - 0.06 * squeeze, -0.02, 0.62), hand_r=(-0.26 - 0.06 * squeeze, -0.22, 0.58),
        elbow_l=(1, -0.25, 0.25), elbow_r=(1, -0.35, 0.25), twist_l=40, twist_r=40,
        curl_l=0.22, curl_r=0.22, shut=0.9, smile=0.012,
    )  # fmt: skip


def _laugh(at: float) -> Pose:
    shake = _wave_of(at, 3)
    rock = _wave_of(at)
    return replace(
        stand(at),
        spine=(-7 + 2.5 * shake + 4 * rock, 0, 3), head=(-13 + 3 * shake + 3 * rock, 5, 4),
        shrug=0.35 + 0.25 * shake, hand_r=(-0.20, -0.52, 0.36), elbow_r=(0.9, -0.6, -0.3),
        twist_r=10, curl_r=0.25, hand_l=(0.30, -0.82, 0.10), smile=0.04, gape=0.62 + 0.12 * shake,
        shut=0.55,
    )  # fmt: skip


def _work(at: float) -> Pose:
    lifted = 0.5 + 0.5 * cos(TURN * at)
    down = _bump(at, 0.28, 0.72)
    high: Triple = (-0.02, 0.62, 0.34)
    low: Triple = (-0.20, -0.62, 0.66)
    share = ease(1 - lifted) ** 1.6

    def hand(more: float) -> Triple:
        return tuple(h + (w - h) * share + more for h, w in zip(high, low, strict=True))  # pyright: ignore[reportReturnType] - three numbers

    return replace(
        STAND,
        pelvis=(0, 0.94 - 0.06 * down, -0.03), hips=(4 + 16 * share, 4, 0),
        spine=(-10 + 34 * share, 6 - 12 * share, 0), head=(-2 + 6 * share, 0, 0),
        hand_r=hand(0.03), hand_l=hand(-0.05), elbow_r=(0.9, -0.7, 0.1), elbow_l=(0.9, -0.7, 0.1),
        curl_l=0.9, curl_r=0.9, twist_l=20, twist_r=20,
        foot_l=(0.20, 0, 0.16), foot_r=(0.20, 0, -0.14), knee_l=(0.3, 0, 1), knee_r=(0.3, 0, 1),
    )  # fmt: skip


def _fight(at: float) -> Pose:
    jab, cross = _bump(at, 0.06, 0.36), _bump(at, 0.52, 0.86)
    bounce = 0.012 * cos(2 * TURN * at)
    return replace(
        STAND,
        pelvis=(0, 0.90 + bounce, 0.03 * jab + 0.05 * cross), hips=(4, -16 + 26 * cross, 0),
        spine=(10, -14 - 10 * jab + 40 * cross, 0), head=(2, 24 + 6 * jab - 42 * cross, 0),
        hand_l=(0.02 - 0.08 * jab, -0.10 + 0.12 * jab, 0.44 + 0.50 * jab - 0.08 * cross),
        hand_r=(-0.02 - 0.12 * cross, -0.14 + 0.18 * cross, 0.34 + 0.62 * cross),
        elbow_l=(0.7, -1, 0), elbow_r=(0.8, -1, 0), curl_l=1.0, curl_r=1.0, bend_l=0, bend_r=0,
        twist_l=20 + 60 * jab, twist_r=20 + 60 * cross,
        foot_l=(0.14, 0, 0.26), foot_r=(0.17, 0.03 * cross, -0.24), toes_r=-18 - 16 * cross,
        knee_l=(0.2, 0, 1), knee_r=(0.4, 0, 1), splay=20,
    )  # fmt: skip


DEEDS: dict[Action, Callable[[float], Pose]] = {
    "turn": _turn,
    "sit": sit,
    "kneel": kneel,
    "lie": lie,
    "fall": fall,
    "reach": _reach,
    "talk": _talk,
    "look": _look,
    "climb": _climb,
    "carry": _carry,
    "point": _point,
    "wave": _wave,
    "dance": _dance,
    "play": _play,
    "eat": _eat,
    "embrace": _embrace,
    "cry": cry,
    "laugh": _laugh,
    "sleep": sleep,
    "work": _work,
    "fight": _fight,
    "ride": ride,
    "fly": fly,
    "swim": swim,
}


def resting(action: Action, at: float) -> Pose:
    """Return the pose of a body that a chair, branch or bed carries."""
    if action == "sit":
        return sat(at)
    return replace(lying(at), shut=1.0 if action == "sleep" else 0.0)
