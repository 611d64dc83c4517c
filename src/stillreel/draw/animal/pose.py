"""What four-legged bodies do: one pose for each moment of each action."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.values.scene import Action

TURN = 2 * pi
Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees, lengths in heights of the withers.

    Feet are fore left, fore right, hind left, hind right: (outward, up, forward) from where the
    foot rests when the animal stands.
    """

    rise: float = 0.0
    """How far the trunk is raised from standing."""
    pitch: float = 0.0
    """Nose up; turned about the hips when `haunch` is 1, about the middle when 0."""
    haunch: float = 0.0
    roll: float = 0.0
    bend: float = 0.0
    """Sideways curve of the back, to the own left."""
    arch: float = 0.0
    """Back bowed up (positive) or hollowed, in heights of the withers."""
    neck: float = 0.0
    """Added to the lift of the neck."""
    yaw: float = 0.0
    """Head turned to the own left."""
    nod: float = 0.0
    """Nose raised."""
    tilt: float = 0.0
    jaw: float = 0.0
    """0 shut to 1 wide."""
    feet: tuple[Triple, Triple, Triple, Triple] = ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0))
    fold: tuple[float, float, float, float] = (0, 0, 0, 0)
    """How far the last bone of each leg leans from upright, in right angles: positive lays
    the joint back behind the foot, negative brings it ahead so that the foot trails."""
    wag: float = 0.0
    """Tail to the own left."""
    flag: float = 0.0
    """Tail raised, added to the kind's own carriage."""
    ears: float = 0.0
    """Pricked forward (1) or laid back (-1)."""
    ground: float = 0.0
    """1 brings the mouth down to the ground."""
    lids: float = 0.0
    """Eyes closed by the action itself."""
    wings: float = 0.0
    """Spread of wings, for kinds that have them."""
    beat: float = 0.0


STAND = Pose()


def ease(amount: float) -> float:
    """Return a slow-in, slow-out ramp of 0..1, clamped outside."""
    at = min(max(amount, 0.0), 1.0)
    return at * at * (3.0 - 2.0 * at)


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


def _stand(at: float) -> Pose:
    breath = sin(TURN * at)
    return replace(
        STAND,
        rise=0.004 * breath,
        neck=1.2 * breath,
        wag=10 * sin(TURN * at),
        feet=((0, 0, 0.02), (0, 0, -0.05), (0, 0, -0.05), (0, 0, 0.07)),
    )


def _walk(at: float) -> Pose:
    pose = _gait(at, (0.25, 0.75, 0.0, 0.5), 0.64, 0.46, 0.12)
    return replace(
        pose,
        rise=0.012 * cos(2 * TURN * at) - 0.012,
        neck=-4 + 3 * cos(2 * TURN * at),
        yaw=3 * sin(TURN * at),
        bend=3 * sin(TURN * at),
        wag=14 * sin(TURN * at),
    )


def _run(at: float) -> Pose:
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


def _sit(at: float) -> Pose:
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
    )


def _lie(at: float) -> Pose:
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
    )


def _sleep(at: float) -> Pose:
    breath = sin(TURN * at)
    return replace(
        _lie(at),
        rise=-0.56 + 0.008 * breath,
        pitch=-1,
        bend=26,
        neck=-70,
        yaw=30,
        nod=6,
        lids=1.0,
        ears=-0.4,
        wag=70,
    )


def _kneel(at: float) -> Pose:
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


def _fall(at: float) -> Pose:
    down = ease(at / 0.7)
    return replace(
        STAND,
        roll=78 * down,
        neck=-22 * down,
        nod=10 * down,
        feet=(
            (0.05 * down, 0.1 * down, 0.28 * down),
            (0, 0.05 * down, 0.12 * down),
            (0.05 * down, 0.1 * down, -0.22 * down),
            (0, 0.05 * down, -0.06 * down),
        ),
        flag=-20 * down,
        ears=-0.6,
        lids=0.6 * ease((at - 0.7) / 0.3),
    )


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
        _stand(at),
        pitch=-4,
        neck=-14 - 8 * far,
        nod=12,
        feet=((0, 0.22 + 0.08 * far, 0.24), (0, 0, 0), (0, 0, -0.1), (0, 0, 0.02)),
        fold=(-0.4, 0, 0, 0),
        ears=0.8,
    )


def _point(at: float) -> Pose:
    return replace(
        _stand(at),
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
        _stand(at), neck=3 * sin(TURN * at), nod=5 + 5 * sin(TURN * 2 * at), ears=0.5, flag=10
    )


def _look(at: float) -> Pose:
    return replace(_stand(at), yaw=42 * sin(TURN * at), neck=8, nod=4, ears=1.0, wag=0)


def _climb(at: float) -> Pose:
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


def _wave(at: float) -> Pose:
    pose = _sit(at)
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
        _kneel(at),
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


def _cry(at: float) -> Pose:
    swell = 0.5 - 0.5 * cos(TURN * at)
    return replace(_sit(at), neck=22, nod=40 + 6 * swell, jaw=0.35 + 0.25 * swell, ears=-0.8)


def _laugh(at: float) -> Pose:
    beat = abs(sin(2 * TURN * at))
    return replace(
        _stand(at),
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


def _fly(at: float) -> Pose:
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


def _swim(at: float) -> Pose:
    pose = _gait(at, (0.0, 0.5, 0.25, 0.75), 0.5, 0.4, 0.16)
    return replace(
        pose, rise=-0.42 + 0.015 * sin(TURN * at), pitch=9, neck=4, nod=4, flag=-20, ears=-0.3
    )


def _embrace(at: float) -> Pose:
    return replace(_sit(at), neck=4, nod=8, yaw=18, tilt=12, lids=0.7)


_ACTS: dict[Action, Callable[[float], Pose]] = {
    "stand": _stand,
    "walk": _walk,
    "run": _run,
    "turn": _look,
    "sit": _sit,
    "kneel": _kneel,
    "lie": _lie,
    "fall": _fall,
    "reach": _reach,
    "talk": _talk,
    "look": _look,
    "climb": _climb,
    "carry": _walk,
    "point": _point,
    "wave": _wave,
    "dance": _dance,
    "play": _play,
    "eat": _eat,
    "embrace": _embrace,
    "cry": _cry,
    "laugh": _laugh,
    "sleep": _sleep,
    "work": _walk,
    "fight": _fight,
    "ride": _stand,
    "fly": _fly,
    "swim": _swim,
}

LOOPS = frozenset(_ACTS) - {"fall"}
"""Actions whose pose at phase 1 is that at phase 0."""


def pose_of(action: Action, phase: float) -> Pose:
    """Return the pose of an action at a phase of its cycle."""
    return _ACTS.get(action, _stand)(phase if action == "fall" else phase % 1.0)
