"""What a hand holds: the prop's own drawing, set into the grip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.view import normalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Prop

    Array = NDArray[np.float64]


_LONG = 1.6
"""Metres from which a thing is carried upright beside the body."""


def held_prop(
    prop: Prop, camera: Camera, place: Array, frame: Array, out: Array
) -> tuple[Shape, ...]:
    """Return the shapes of a prop held at `place` in a hand with axes `frame`, leaning `out`."""
    from stillreel.draw.prop import shapes_at

    # A wrist keeps what it carries upright as far as it can; what is long goes by its own weight.
    upright = np.array([0.0, 1.0, 0.0])
    up = upright + out if prop.size_m > _LONG else frame[:, 0] + 0.45 * upright + out
    up = normalised(up)
    return shapes_at(
        prop, camera, origin=_three(place), up=_three(up), forward=_three(frame[:, 2]),
        owner=prop.id,
    )  # fmt: skip


def rise_of(prop: Prop) -> float:
    """Return how far a held prop stands up above the hand, in metres."""
    from stillreel.draw.prop import reach

    return reach(prop)[1]


def _three(vector: Array) -> tuple[float, float, float]:
    return float(vector[0]), float(vector[1]), float(vector[2])
