"""The pose of a four-legged body: angles and lengths, and how motions ease."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

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
    wrap: float = 0.0
    """1 lays a long tail on the ground, round the own left side to the feet."""
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
