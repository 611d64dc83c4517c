"""From a pose to joints in metres: two-bone limbs that reach their targets, feet that stay put."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.view import cross, length, normalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.pose import Pose, Triple
    from stillreel.draw.figure.proportion import Proportion

    Array = NDArray[np.float64]

SIDES = (1.0, -1.0)
"""Index 0 is the body's own left, at +x of its frame; index 1 its right."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joints in world metres and frames whose columns are own left, up, forward."""

    root: Array
    turn: Array
    """Frame of the heading."""
    hips: Array
    chest: Array
    head: Array
    pelvis: Array
    neck: Array
    """Neck base."""
    skull: Array
    """Chin-height point under the skull, where the head's own axes start."""
    shoulder: tuple[Array, Array]
    elbow: tuple[Array, Array]
    wrist: tuple[Array, Array]
    hand: tuple[Array, Array]
    """Frames of the hands: columns thumb side, back of the hand, toward the fingertips."""
    hip: tuple[Array, Array]
    knee: tuple[Array, Array]
    ankle: tuple[Array, Array]
    foot: tuple[Array, Array]
    spine: tuple[Array, Array, Array]
    """Control points of the back: pelvis, waist, neck base."""


def straighten(frame: Array) -> Array:
    """Return the nearest right-handed frame that keeps the up column."""
    up = frame[:, 1] / np.linalg.norm(frame[:, 1])
    left = frame[:, 0] - up * (frame[:, 0] @ up)
    left = left / np.linalg.norm(left)
    ahead = np.array(
        [
            left[1] * up[2] - left[2] * up[1],
            left[2] * up[0] - left[0] * up[2],
            left[0] * up[1] - left[1] * up[0],
        ]
    )
    return np.stack([left, up, ahead], axis=1)


def turned(turn: Triple) -> Array:
    """Return the frame of a turn in degrees: bend forward, yaw and lean to the own left."""
    a, b, c = radians(turn[0]), radians(turn[1]), radians(-turn[2])
    ca, sa, cb, sb, cc, sc = cos(a), sin(a), cos(b), sin(b), cos(c), sin(c)
    return np.array(
        [
            [cb * cc + sb * sa * sc, sb * sa * cc - cb * sc, sb * ca],
            [ca * sc, ca * cc, -sa],
            [cb * sa * sc - sb * cc, sb * sc + cb * sa * cc, cb * ca],
        ]
    )


def _two_bones(
    start: Array, goal: Array, first: float, second: float, pole: Array
) -> tuple[Array, Array]:
    line = goal - start
    far = length(line)
    longest = (first + second) * 0.998
    along = line / max(far, 1e-9)
    far = min(max(far, abs(first - second) * 1.05 + 1e-6), longest)
    reach = (first * first - second * second + far * far) / (2 * far)
    high = sqrt(max(first * first - reach * reach, 0.0))
    side = pole - along * (pole @ along)
    side = normalised(side)
    return start + along * reach + side * high, start + along * far


def _swing(frame: Array, onto: Array) -> Array:
    """Turn a frame by the least turn that takes its down axis onto a direction."""
    down = -frame[:, 1]
    axis = cross(down, onto)
    cosine = float(down @ onto)
    if cosine < -0.995:
        axis, cosine = -frame[:, 0] * 1e-2, -0.995
    skew = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return (np.eye(3) + skew + skew @ skew / (1.0 + cosine)) @ frame


def _hand(chest: Array, along: Array, side: float, twist: float, bend: float) -> Array:
    frame = _swing(chest, along)
    turn = turned((0.0, -side * twist, 0.0))
    frame = frame @ turn
    # At rest the thumb points ahead and the back of the hand outward.
    a = radians(bend)
    thumb, back = frame[:, 2], frame[:, 0] * side
    tips = -frame[:, 1] * cos(a) - back * sin(a)
    back = back * cos(a) - frame[:, 1] * sin(a)
    return np.stack([thumb, back, tips], axis=1)


def build(
    shape: Proportion, pose: Pose, origin: tuple[float, float, float], heading: float
) -> Skeleton:
    """Return the joints of a posed body standing at `origin`, turned by `heading` degrees."""
    root = np.asarray(origin, dtype=np.float64)
    turn = turned((pose.tilt, 0.0, 0.0))
    turn = turned((0.0, heading + pose.spin, 0.0)) @ turn
    leg = shape.leg
    pelvis = root + turn @ (np.array(pose.pelvis) + np.array([0, pose.lift, 0])) * leg
    hips = turn @ turned(pose.hips)
    stoop = shape.stoop * max(0.0, 1.0 - abs(pose.tilt) / 60.0)
    bend = (pose.spine[0] + stoop, pose.spine[1], pose.spine[2])
    chest = hips @ turned(bend)
    middle = pelvis + hips[:, 1] * shape.spine * 0.5
    neck = middle + chest[:, 1] * shape.spine * 0.5
    nod = pose.head[0] - stoop * 0.75
    throat = chest @ turned((8.0 + nod * 0.4, pose.head[1] * 0.4, pose.head[2] * 0.5))
    head = chest @ turned((nod, pose.head[1], pose.head[2]))
    base = neck - chest[:, 2] * shape.height * 0.006
    skull = base + throat[:, 1] * shape.neck
    shoulder, elbow, wrist, hand = _arms(shape, pose, neck, chest)
    hip, knee, ankle, foot = _legs(shape, pose, root, turn, pelvis, hips)
    return Skeleton(
        root, turn, hips, chest, head, pelvis, neck, skull, shoulder, elbow, wrist, hand,
        hip, knee, ankle, foot, (pelvis, middle, neck),
    )  # fmt: skip


def _arms(
    shape: Proportion, pose: Pose, neck: Array, chest: Array
) -> tuple[tuple[Array, Array], ...]:
    reach = shape.upper + shape.fore
    shoulders, elbows, wrists, hands = [], [], [], []
    for index, side in enumerate(SIDES):
        hand = pose.hand_r if index else pose.hand_l
        pole = pose.elbow_r if index else pose.elbow_l
        raised = 0.5 * max(0.0, hand[1]) + pose.shrug
        place = np.array(
            [
                side * shape.shoulder * (1 - 0.10 * max(0.0, hand[1])),
                -0.030 * shape.height + 0.026 * shape.height * raised,
                -0.003 * shape.height + 0.02 * shape.height * max(0.0, hand[2]),
            ]
        )
        shoulder = neck + chest @ place
        goal = shoulder + chest @ np.array([side * hand[0], hand[1], hand[2]]) * reach
        point = chest @ np.array([side * pole[0], pole[1], pole[2]])
        elbow, wrist = _two_bones(shoulder, goal, shape.upper, shape.fore, point)
        along = normalised(wrist - elbow)
        shoulders.append(shoulder)
        elbows.append(elbow)
        wrists.append(wrist)
        twist, wrist_bend = (pose.twist_r, pose.bend_r) if index else (pose.twist_l, pose.bend_l)
        hands.append(_hand(chest, along, side, twist, wrist_bend))
    return tuple(shoulders), tuple(elbows), tuple(wrists), tuple(hands)  # pyright: ignore[reportReturnType] - two each


def _legs(
    shape: Proportion, pose: Pose, root: Array, turn: Array, pelvis: Array, hips: Array
) -> tuple[tuple[Array, Array], ...]:
    leg = shape.leg
    joints, knees, ankles, feet = [], [], [], []
    for index, side in enumerate(SIDES):
        foot = pose.foot_r if index else pose.foot_l
        pole = pose.knee_r if index else pose.knee_l
        toes = pose.toes_r if index else pose.toes_l
        joint = pelvis + hips[:, 0] * (side * shape.hip)
        offset = np.array([side * foot[0], foot[1], foot[2]])
        ground = offset * leg
        ground[1] += shape.ankle + pose.lift * leg
        goal = root + turn @ ground
        point = turn @ np.array([side * pole[0], pole[1], pole[2]])
        if pose.free > 0:
            loose = joint + hips @ (offset * (leg - shape.ankle))
            goal = goal + (loose - goal) * pose.free
            other = hips @ np.array([side * pole[0], pole[1], pole[2]])
            point = point + (other - point) * pose.free
        knee, ankle = _two_bones(joint, goal, shape.thigh, shape.shin, point)
        stand = turn @ turned((-toes, side * pose.splay, 0.0))
        if pose.free > 0:
            along = normalised(ankle - knee)
            loose = _swing(hips, along) @ turned((-toes, side * pose.splay, 0.0))
            stand = straighten(stand * (1 - pose.free) + loose * pose.free + 1e-6)
        joints.append(joint)
        knees.append(knee)
        ankles.append(ankle)
        feet.append(stand)
    return tuple(joints), tuple(knees), tuple(ankles), tuple(feet)  # pyright: ignore[reportReturnType] - two each
