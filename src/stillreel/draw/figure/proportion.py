"""The measures of a body: what age, build and presentation make of a height."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.values.scene import Age, Build, Identity, Presentation

_HEADS: dict[Age, float] = {"child": 4.75, "teen": 5.9, "adult": 6.55, "elder": 6.3}
_LEG: dict[Age, float] = {"child": 0.452, "teen": 0.495, "adult": 0.505, "elder": 0.495}
_ARM: dict[Age, float] = {"child": 0.295, "teen": 0.325, "adult": 0.332, "elder": 0.335}
_GIRTH: dict[Build, tuple[float, float, float, float]] = {
    "slim": (0.93, 0.88, 0.88, 0.87),
    "average": (1.0, 1.0, 1.0, 1.0),
    "broad": (1.16, 1.13, 1.1, 1.14),
    "heavy": (1.1, 1.2, 1.42, 1.2),
}
"""Factors on shoulders, chest, waist and limbs."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """Lengths and half widths in metres; `levels` are the torso's rings from crotch to neck."""

    height: float
    head: float
    """Chin to crown."""
    leg: float
    """Ground to hip joint."""
    thigh: float
    shin: float
    ankle: float
    foot: float
    hip: float
    """Half distance of the hip joints."""
    spine: float
    """Hip joint to neck base."""
    shoulder: float
    """Half distance of the shoulder joints."""
    upper: float
    fore: float
    hand: float
    neck: float
    """Neck base to chin."""
    neck_radius: float
    limb: float
    """Factor on the girth of arms and legs, in metres per unit."""
    levels: tuple[tuple[float, float, float, float], ...]
    """Fraction of the spine, half width, half depth, forward shift."""
    soft: float
    """How feminine the lines are, 0 to 1."""
    stoop: float
    """Degrees by which age bends the back."""
    young: float
    """1 for a child's round face, 0 for an adult's."""


def _softness(presentation: Presentation, age: Age) -> float:
    if age == "child":
        return 0.4
    return {"feminine": 1.0, "neutral": 0.5, "masculine": 0.0}[presentation]


@lru_cache(maxsize=64)
def measure(height: float, age: Age, build: Build, presentation: Presentation) -> Proportion:
    """Return the measures of a body `height` metres tall."""
    tall, soft = height, _softness(presentation, age)
    wide, chest, waist, limb = _GIRTH[build]
    head = tall / _HEADS[age]
    young = {"child": 1.0, "teen": 0.4, "adult": 0.0, "elder": 0.0}[age]
    leg = _LEG[age] * tall
    neck = (0.032 - 0.014 * young) * tall
    spine = tall - head - neck - leg
    shoulder = (0.112 - 0.021 * soft - 0.016 * young) * wide * tall
    arm = _ARM[age] * tall
    ankle = 0.045 * tall
    bulk = tall * limb * (1.0 + 0.12 * young) * (1 - 0.1 * soft)
    ribs = (0.094 - 0.014 * soft - 0.010 * young) * chest * tall
    belly = (0.080 - 0.018 * soft + 0.002 * young) * waist * tall
    seat = (0.087 + 0.005 * soft + 0.004 * young) * (0.5 + 0.5 * waist) * tall
    deep = tall * (0.45 + 0.55 * chest)
    full = tall * (0.2 + 0.8 * waist)
    levels = (
        (-0.12, seat * 0.82, 0.060 * deep, -0.004 * tall),
        (0.08, seat, (0.066 + 0.003 * soft) * full, -0.008 * tall),
        (0.25, seat * 0.93, 0.061 * full, 0.0),
        (0.44, belly, (0.054 - 0.006 * soft) * full, 0.002 * tall),
        (0.62, (belly + ribs) * 0.52, (0.058 - 0.003 * soft) * deep, 0.001 * tall),
        (0.76, ribs, (0.065 - 0.002 * soft) * deep, 0.004 * tall),
        (0.89, ribs * 0.94, 0.055 * deep, -0.003 * tall),
        (1.0, (0.046 - 0.006 * soft) * tall, 0.036 * deep, -0.008 * tall),
    )
    return Proportion(
        height=tall,
        head=head,
        leg=leg,
        thigh=(leg - ankle) * 0.51,
        shin=(leg - ankle) * 0.49,
        ankle=ankle,
        foot=(0.132 - 0.006 * soft) * tall,
        hip=(0.0455 + 0.004 * soft - 0.006 * young) * tall,
        spine=spine,
        shoulder=shoulder,
        upper=arm * 0.53,
        fore=arm * 0.47,
        hand=(0.098 - 0.004 * soft) * tall,
        neck=neck,
        neck_radius=(0.0335 - 0.0075 * soft - 0.004 * young) * tall * (0.6 + 0.4 * limb),
        limb=bulk,
        levels=levels,
        soft=soft,
        stoop=15.0 if age == "elder" else 0.0,
        young=young,
    )


def measures_of(identity: Identity) -> Proportion:
    """Return the measures of a character's body."""
    return measure(identity.height_m, identity.age, identity.build, identity.presentation)
