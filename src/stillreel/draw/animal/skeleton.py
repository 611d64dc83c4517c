"""From a pose to joints: trunk, neck, head, legs and tail of a four-legged body.

The local frame is own left, up, forward; lengths are in heights of the withers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.pose import Pose
    from stillreel.draw.animal.quad import Quad

    Array = NDArray[np.float64]

SIDES = (1.0, -1.0, 1.0, -1.0)


@dataclass(slots=True)
class Skeleton:
    """Joints of one posed four-legged body."""

    trunk: Array
    """(5, 3) centres from rump to chest."""
    girth: Array
    """(5,) half depths."""
    across: Array
    """Unit vector to the own left of the trunk."""
    up: Array
    neck: Array
    """(4, 3) centres from base to skull."""
    neck_r: Array
    head: Array
    """Centre of the skull."""
    frame: Array
    """Rows: own left, up, forward of the head."""
    legs: tuple[Array, ...]
    """Four chains of (5, 3): root, middle joint, wrist or hock, foot, toe."""
    tail: Array
    """(7, 3) centres from root to tip."""
    size: float
    """Skull radius."""


def turned(pitch: float, yaw: float, roll: float = 0.0) -> Array:
    """Return rows left, up, forward of a frame: nose up, turned to the own left, then rolled."""
    a, b, c = radians(pitch), radians(yaw), radians(roll)
    forward = np.array([sin(b) * cos(a), sin(a), cos(b) * cos(a)])
    left = np.array([cos(b), 0.0, -sin(b)])
    up = cross(forward, left)
    return np.array([left * cos(c) + up * sin(c), up * cos(c) - left * sin(c), forward])


def build(kind: Quad, pose: Pose) -> Skeleton:
    """Return the joints of a kind in a pose, standing on y = 0."""
    rise = pose.rise * (1 - 2 * kind.chest) / 0.57 if pose.rise < 0 else pose.rise
    pose_hip = 1 - kind.rump - 0.01 - 0.12 * kind.squat
    hip = np.array([0.0, pose_hip + rise, -kind.length / 2])
    chest = np.array([0.0, 1 - kind.chest + rise, kind.length / 2])
    pivot = hip if pose.haunch > 0.5 else (hip + chest) / 2
    tilt = turned(pose.pitch, 0.0)
    chest = pivot + (chest - pivot) @ tilt
    hip = pivot + (hip - pivot) @ tilt
    trunk, girth = _trunk(kind, pose, hip, chest, tilt)
    neck, frame = _neck(kind, pose, trunk[-1], tilt)
    legs = tuple(_leg(kind, pose, number, trunk, tilt) for number in range(4))
    tail = _tail(kind, pose, trunk, tilt)
    bones = Skeleton(
        trunk,
        girth,
        tilt[0],
        tilt[1],
        neck,
        np.linspace(kind.neck_r[0], kind.neck_r[1], 4),
        neck[-1],
        frame,
        legs,
        tail,
        kind.skull,
    )
    if pose.roll:
        _roll(bones, pose.roll, kind)
    return bones


def _trunk(kind: Quad, pose: Pose, hip: Array, chest: Array, tilt: Array) -> tuple[Array, Array]:
    share = np.array([0.0, 0.22, 0.5, 0.78, 1.0])
    line = hip + share[:, None] * (chest - hip)
    hump = np.sin(np.pi * share)
    line += np.outer(hump * pose.arch, tilt[1])
    line -= np.outer(hump * kind.sag, tilt[1])
    bend = radians(pose.bend)
    curl = (share - 0.5) ** 2 * 4 * kind.length * 0.3 * bend
    line += np.outer(curl, tilt[0])
    middle = kind.waist
    girth = np.array(
        [
            kind.rump,
            kind.rump * 0.5 + middle * 0.5,
            middle * 0.75 + kind.chest * 0.25 + kind.sag * 0.5,
            kind.chest * 0.96,
            kind.chest * 0.97,
        ]
    )
    # The belly line rises to the waist while the back stays level.
    line[1] += tilt[1] * (kind.rump - girth[1]) * 0.7
    line[2] += tilt[1] * (kind.chest - girth[2]) * 0.55
    line[:, 1] = np.maximum(line[:, 1], girth * 0.93)
    return np.asarray(line, dtype=np.float64), girth


def _neck(kind: Quad, pose: Pose, chest: Array, tilt: Array) -> tuple[Array, Array]:
    base = chest + np.array([0.0, 0.34, 0.3]) * kind.chest @ tilt
    around = pose.bend * 0.9 + pose.yaw * 0.35
    lift = kind.neck_up + pose.neck + pose.pitch * 0.3
    length = kind.neck
    frame, head = turned(0, 0), base
    for _ in range(12 if pose.ground > 0 else 1):
        way = turned(lift, around)[2]
        nod = -kind.droop + pose.nod + min(pose.neck, 0.0) * 0.42
        head = base + way * length
        head[1] = max(head[1], kind.skull * 0.75)
        long = kind.skull * (kind.muzzle[-1][1] + kind.muzzle[-1][2])
        lowest = degrees(asin(max(min((0.05 - float(head[1])) / long, 1.0), -1.0)))
        frame = turned(max(nod, lowest), pose.bend * 0.9 + pose.yaw, pose.tilt)
        nose = head + frame[2] * kind.skull * (kind.muzzle[-1][1] + kind.muzzle[-1][2])
        low = nose[1] - kind.skull * 0.5
        if pose.ground <= 0 or low < 0.03:
            break
        lift -= 7 if lift > -72 else 0
        length *= 1.05 if lift < -30 else 1.0
    share = np.array([0.0, 0.35, 0.7, 1.0])
    line = base + np.outer(share, head - base)
    line += np.outer(np.sin(np.pi * share) * 0.06 * length, turned(lift, around)[1])
    line[:, 1] = np.maximum(line[:, 1], kind.skull * 0.75)
    return np.asarray(line, dtype=np.float64), frame


def _leg(kind: Quad, pose: Pose, number: int, trunk: Array, tilt: Array) -> Array:
    fore, side = number < 2, SIDES[number]
    depth = kind.chest if fore else kind.rump
    centre = trunk[-1] if fore else trunk[0]
    drop = -0.3 if fore else -0.12
    root = centre + np.array([side * kind.flat * depth * 0.6, drop * depth, 0.0]) @ tilt
    stand = kind.length / 2 * (1.0 if fore else -1.0) + (0.0 if fore else -0.03)
    out, up, ahead = pose.feet[number]
    fold = pose.fold[number]
    last = kind.wrist - kind.foot_size if fore else kind.wrist * 1.3 - kind.foot_size
    if not fore and kind.squat:
        fold = max(fold, kind.squat) if up < 0.02 else fold
        ahead += 0.18 * kind.squat
        last = max(last, 0.26 * kind.squat)
    foot = np.array(
        [side * (kind.flat * depth * 0.6 + out), kind.foot_size * 0.8 + up, stand + ahead]
    )
    lean = radians(90 * fold + (0 if fore else 9))
    joint = foot + np.array([0.0, cos(lean), -sin(lean)]) * last
    joint[1] = max(joint[1], kind.cannon)
    tall = (1 - kind.chest * 1.3) if fore else (1 - kind.rump * 1.12)
    rest = 0.98 if fore else 1.0
    reach = (tall - (kind.wrist if fore else kind.wrist * 1.3)) * 1.1 * rest
    pole = np.array([0.0, 0.0, -1.0 if fore else 1.0])
    knee, joint, foot = _bend(root, joint, foot, reach, pole)
    toe = foot + np.array([0.0, -0.25, 1.0]) * kind.foot_size * (0.9 if kind.foot == "paw" else 0.5)
    return np.array([root, knee, joint, foot, toe])


def _bend(
    root: Array, joint: Array, foot: Array, reach: float, pole: Array
) -> tuple[Array, Array, Array]:
    """Return knee, joint and foot of two equal bones; a foot out of reach is brought nearer."""
    way = joint - root
    far = float(np.linalg.norm(way))
    longest = reach * 1.08
    if far > longest:
        pull = way * (1 - longest / far)
        joint, foot, way, far = joint - pull, foot - pull, way - pull, longest
    half = far / 2
    high = np.sqrt(max((reach / 2) ** 2 - half**2, (reach * 0.06) ** 2))
    along = way / max(far, 1e-9)
    side = pole - along * float(pole @ along)
    side /= max(float(np.linalg.norm(side)), 1e-9)
    knee = (root + joint) / 2 + side * high
    knee[1] = max(knee[1], 0.05)
    return knee, joint, foot


_TAILS = {
    "thin": (34.0, 20.0),
    "plume": (58.0, 0.0),
    "hair": (-52.0, 0.0),
    "stub": (0.0, 0.0),
    "curl": (0.0, 0.0),
    "tuft": (-4.0, 0.0),
    "scale": (16.0, 0.0),
}
"""How much a tail turns up between root and tip, and how much that varies along it, degrees."""


def _tail(kind: Quad, pose: Pose, trunk: Array, tilt: Array) -> Array:
    place = trunk[0] + np.array([0.0, 0.55, -0.72]) * kind.rump @ tilt
    if pose.wrap and kind.tail in ("thin", "tuft", "scale") and kind.pattern != "wool":
        return _wrapped(kind, pose, place)
    turn, wave = _TAILS[kind.tail]
    length = kind.tail_size[0] / 6
    points = [place]
    for step in range(6):
        share = step / 5
        lift = kind.tail_up + pose.flag + turn * share + wave * sin(share * 6.3)
        side = 180 - pose.wag * (0.4 + 0.6 * share) - pose.bend
        if kind.tail == "curl":
            lift, side = 30 + 66 * step, 180 - 50
        way = turned(lift, side)[2] if kind.tail != "curl" else turned(lift, 150)[2]
        place = place + way * length
        place = np.array([place[0], max(place[1], kind.tail_size[1] * 0.9), place[2]])
        points.append(place)
    return np.array(points)


_ROUND = ((0.45, -0.12), (0.85, -0.07), (1.05, 0.05), (1.1, 0.3), (0.85, 0.56), (0.25, 0.72))
_BEHIND = ((0.2, -0.26), (0.4, -0.44), (0.9, -0.6), (1.5, -0.64), (2.1, -0.52), (2.4, -0.34))
"""Ways of a tail on the ground: own left in half breadths of the rump, forward in heights."""


def _wrapped(kind: Quad, pose: Pose, place: Array) -> Array:
    """Return a tail that comes down behind and lies on the ground round the own left side."""
    thick = kind.tail_size[1] * 0.9
    start = np.array([place[0], max(place[1] * 0.75, thick), place[2]])
    wide = kind.rump * kind.flat + kind.foot_size * 1.6
    low = thick + (start[1] - thick) * 0.3
    path = _ROUND if pose.wrap > 0.5 else _BEHIND
    corners = [start, np.array([wide * 0.1, low, start[2] - 0.08])]
    corners += [np.array([wide * x, thick, start[2] + z]) for x, z in path]
    curve = smooth(corners, 6)
    steps = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    reach = np.minimum(np.linspace(0.0, kind.tail_size[0] * 1.15, 7), steps[-1])
    line = np.stack([np.interp(reach, steps, curve[:, axis]) for axis in range(3)], axis=1)
    line[-1, 1] += 0.03 * (1 + sin(radians(pose.wag) * 4))
    return line


def _roll(bones: Skeleton, degrees: float, kind: Quad) -> None:
    spin = turned(0, 0, -degrees)
    share = sin(radians(degrees))
    aside = 0.6 * float(bones.trunk[2][1]) * share
    shift = np.array([aside, kind.chest * kind.flat * share, 0.0])

    def rolled(points: Array) -> Array:
        return points @ spin + shift

    bones.trunk, bones.neck = rolled(bones.trunk), rolled(bones.neck)
    bones.head, bones.tail = rolled(bones.head), rolled(bones.tail)
    bones.legs = tuple(rolled(leg) for leg in bones.legs)
    bones.frame = bones.frame @ spin
    bones.across, bones.up = bones.across @ spin, bones.up @ spin
