"""Poses of four-legged bodies that do something where they are, and the pose of any action."""

from __future__ import annotations

from dataclasses import replace
from math import cos, sin
from typing import TYPE_CHECKING

from stillreel.draw.animal.gait import climb, fly, run, swim, walk
from stillreel.draw.animal.pose import STAND, TURN, Pose
from stillreel.draw.animal.rest import cry, embrace, fall, kneel, lie, look, sit, sleep, stand

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.values.scene import Action


def _rear(at: float) -> Pose:
    up = sin(TURN * at)
    return replace(
        STAND,
        rise=-0.05,
        pitch=52 + 4 * up,
        haunch=1.0,
        neck=-8,
        nod=-12,
        jaw=0.15,
        feet=(
            (0, 0.78 + 0.08 * up, -0.1),
            (0, 0.66 - 0.08 * up, -0.02),
            (0.02, 0, 0.1),
            (0.02, 0, 0.18),
        ),
        fold=(-0.95, -1.0, 0.15, 0.15),
        flag=-10,
    )


def _reach(at: float) -> Pose:
    far = 0.5 - 0.5 * cos(TURN * at)
    return replace(
        stand(at),
        pitch=-4,
        neck=-14 - 8 * far,
        nod=12,
        feet=((0, 0.22 + 0.08 * far, 0.24), (0, 0, 0), (0, 0, -0.1), (0, 0, 0.02)),
        fold=(-0.4, 0, 0, 0),
        ears=0.8,
    )


def _point(at: float) -> Pose:
    return replace(
        stand(at),
        neck=-16,
        nod=10,
        feet=((0, 0.2, 0.02), (0, 0, 0.02), (0, 0, -0.16), (0, 0, 0)),
        fold=(-1.1, 0, 0, 0),
        flag=12,
        wag=0,
        ears=1.0,
    )


def _talk(at: float) -> Pose:
    return replace(
        stand(at), neck=3 * sin(TURN * at), nod=5 + 5 * sin(TURN * 2 * at), ears=0.5, flag=10
    )


def _wave(at: float) -> Pose:
    pose = sit(at)
    beat = sin(2 * TURN * at)
    return replace(
        pose,
        feet=((0.02, 0.5 + 0.08 * beat, 0.1), *pose.feet[1:]),
        fold=(0.5, *pose.fold[1:]),
        ears=0.6,
    )


def _dance(at: float) -> Pose:
    hop = abs(sin(TURN * at))
    beat = sin(TURN * at)
    return replace(
        _rear(at), rise=-0.05 + 0.07 * hop, yaw=16 * beat, tilt=10 * beat, wag=30 * beat, flag=30
    )


def _play(at: float) -> Pose:
    beat = sin(TURN * at)
    return replace(
        kneel(at),
        rise=-0.22 + 0.02 * abs(beat),
        jaw=0.35,
        yaw=10 * beat,
        tilt=10 * beat,
        wag=34 * sin(2 * TURN * at),
        flag=44,
        ears=0.7,
    )


def _eat(at: float) -> Pose:
    chew = sin(2 * TURN * at)
    return replace(
        STAND,
        rise=-0.03,
        pitch=-7,
        neck=-84 + 2 * chew,
        nod=-8 + 3 * chew,
        ground=1.0,
        jaw=0.14 + 0.12 * chew,
        feet=((0, 0, 0.13), (0, 0, -0.1), (0, 0, -0.04), (0, 0, 0.06)),
        flag=-4,
        wag=12 * sin(TURN * at),
    )


def _laugh(at: float) -> Pose:
    beat = abs(sin(2 * TURN * at))
    return replace(
        stand(at),
        neck=6,
        nod=14 + 6 * beat,
        jaw=0.45 + 0.2 * beat,
        wag=26 * sin(2 * TURN * at),
        flag=26,
    )


def _fight(at: float) -> Pose:
    lunge = 0.5 - 0.5 * cos(TURN * at)
    return replace(
        STAND,
        rise=-0.1,
        pitch=-5 + 5 * lunge,
        arch=0.03,
        neck=-18 + 8 * lunge,
        nod=6,
        jaw=0.4 + 0.25 * lunge,
        feet=((0.04, 0, 0.1), (0.04, 0, -0.04), (0.04, 0, -0.12), (0.04, 0, 0)),
        flag=18,
        ears=-1.0,
    )


_ACTS: dict[Action, Callable[[float], Pose]] = {
    "stand": stand,
    "walk": walk,
    "run": run,
    "turn": look,
    "sit": sit,
    "kneel": kneel,
    "lie": lie,
    "fall": fall,
    "reach": _reach,
    "talk": _talk,
    "look": look,
    "climb": climb,
    "carry": walk,
    "point": _point,
    "wave": _wave,
    "dance": _dance,
    "play": _play,
    "eat": _eat,
    "embrace": embrace,
    "cry": cry,
    "laugh": _laugh,
    "sleep": sleep,
    "work": walk,
    "fight": _fight,
    "ride": stand,
    "fly": fly,
    "swim": swim,
}

LOOPS = frozenset(_ACTS) - {"fall"}
"""Actions whose pose at phase 1 is that at phase 0."""


def pose_of(action: Action, phase: float) -> Pose:
    """Return the pose of an action at a phase of its cycle."""
    return _ACTS.get(action, stand)(phase if action == "fall" else phase % 1.0)
