"""Measures of four-legged kinds: one rig, many animals.

Lengths are in units of the height of the withers; the head is in units of its skull radius.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ears = Literal["prick", "flop", "round", "long", "leaf", "fan", "none"]


Tail = Literal["thin", "plume", "hair", "stub", "curl", "tuft", "scale"]


Horns = Literal["", "short", "curved", "ram", "antlers"]


Pattern = Literal["", "patches", "spots", "stripes", "wool", "saddle"]


Foot = Literal["paw", "hoof", "pad"]


@dataclass(frozen=True, slots=True)
class Quad:
    """One kind of four-legged animal."""

    coat: str = "#b98a56"
    usual_m: float = 0.62
    """Usual height to the top of the head, metres."""
    length: float = 0.92
    """Hip to shoulder."""
    chest: float = 0.235
    """Half the depth of the chest."""
    waist: float = 0.165
    rump: float = 0.185
    sag: float = 0.0
    """How far the belly hangs below the line from chest to rump."""
    flat: float = 0.74
    """Breadth of the trunk over its depth."""
    thigh: float = 0.13
    knee: float = 0.065
    cannon: float = 0.042
    foot: Foot = "paw"
    foot_size: float = 0.065
    wrist: float = 0.2
    """Height of the wrist; the hock is a third higher."""
    neck: float = 0.34
    neck_up: float = 50.0
    """Degrees above level."""
    neck_r: tuple[float, float] = (0.18, 0.135)
    skull: float = 0.172
    droop: float = 12.0
    """Degrees by which the nose points below level."""
    muzzle: tuple[tuple[float, float, float], ...] = (
        (-0.14, 0.75, 0.6),
        (-0.24, 1.3, 0.45),
        (-0.26, 1.68, 0.37),
    )
    """Nodes (up, forward, radius)."""
    jaw: tuple[tuple[float, float, float], ...] = (
        (-0.5, 0.45, 0.42),
        (-0.56, 1.1, 0.27),
        (-0.56, 1.42, 0.2),
    )
    nose: float = 0.23
    eye: tuple[float, float, float] = (0.5, 0.26, 0.82)
    eye_size: float = 0.2
    pupil: Literal["round", "slit", "bar"] = "round"
    ears: Ears = "flop"
    ear_at: tuple[float, float, float] = (0.72, 0.5, -0.12)
    ear_size: tuple[float, float] = (1.15, 0.46)
    tail: Tail = "plume"
    tail_size: tuple[float, float] = (0.55, 0.06)
    tail_up: float = 40.0
    horns: Horns = ""
    mane: Literal["", "crest", "ruff", "beard"] = ""
    pattern: Pattern = ""
    belly: float = 0.0
    """How much paler the underside is, 0..1."""
    face: float = 0.0
    """How much paler the muzzle is; negative is darker."""
    socks: float = 0.0
    """How much paler the feet are; negative is darker."""
    mark: str = ""
    """Colour of patches, spots, stripes or saddle; empty for a darker coat."""
    trunk: bool = False
    tusks: bool = False
    snout: bool = False
    wings: bool = False
    squat: float = 0.0
    """How far the hind legs are folded under at rest, 0..1."""
