"""How bodies stand, walk and run, and the door to every other action."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

from stillreel.draw.figure.pose import STAND, Pose, Triple, ease, mirrored, mix

if TYPE_CHECKING:
    from stillreel.values.scene import Action, Emotion

TURN = 2 * pi


def stand(at: float) -> Pose:
    """Return a relaxed stand that breathes; the weight rests on one leg."""
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


def walk(at: float) -> Pose:
    """Return a walk whose left heel lands at 0."""
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


def run(at: float) -> Pose:
    """Return a run with a flight phase after each push-off."""

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


_CARRIED: Triple = (0.24, -0.62, 0.42)
_FREE_HANDED = frozenset({"stand", "walk", "look", "talk", "turn", "sit", "kneel", "cry", "laugh"})
_MIRRORED = frozenset({"stand", "look", "laugh", "dance", "kneel", "fall", "lie", "sleep"})
ONCE: frozenset[Action] = frozenset({"turn", "sit", "kneel", "lie", "fall"})
"""Actions that go from a start to an end instead of round."""


@lru_cache(maxsize=512)
def pose_of(
    action: Action,
    phase: float,
    *,
    supported: bool = False,
    emotion: Emotion = "neutral",
    seed: int = 0,
    holds: bool = False,
) -> Pose:
    """Return the pose of an action at a phase of its cycle, coloured by mood and burden."""
    from stillreel.draw.figure.deeds import DEEDS, resting

    at = min(max(phase, 0.0), 1.0) if action in ONCE else phase % 1.0
    if supported and action in ("sit", "lie", "sleep"):
        pose = resting(action, at)
    elif action in ("stand", "walk", "run"):
        pose = {"stand": stand, "walk": walk, "run": run}[action](at)
    else:
        pose = DEEDS[action](at)
    if action == "ride" and not supported:
        pose = replace(pose, lift=pose.lift + 0.78)
    if seed % 2 and action in _MIRRORED and not holds:
        pose = mirrored(pose)
    if holds and action in _FREE_HANDED:
        pose = mix(pose, replace(pose, hand_r=_CARRIED, elbow_r=(0.4, -0.8, -0.6), bend_r=0.0), 1.0)
    return _moody(pose, emotion, action)


def _moody(pose: Pose, emotion: Emotion, action: Action) -> Pose:
    if emotion in ("neutral", "surprised") or action in ("lie", "sleep", "fly", "swim", "fall"):
        return pose
    bend, nod, shrug = {
        "happy": (-2.0, -3.0, 0.1),
        "sad": (7.0, 11.0, -0.25),
        "angry": (5.0, 5.0, 0.25),
        "afraid": (-3.0, 2.0, 0.7),
        "determined": (2.0, 3.0, 0.0),
    }[emotion]
    made = replace(
        pose,
        spine=(pose.spine[0] + bend, pose.spine[1], pose.spine[2]),
        head=(pose.head[0] + nod, pose.head[1], pose.head[2]),
        shrug=pose.shrug + shrug,
    )
    if action == "stand" and emotion in ("angry", "determined"):
        made = replace(made, curl_l=0.95, curl_r=0.95)
    if action == "stand" and emotion == "afraid":
        made = replace(
            made, hand_l=(-0.02, -0.42, 0.42), hand_r=(-0.02, -0.36, 0.44), curl_l=0.6, curl_r=0.6
        )
    return made
