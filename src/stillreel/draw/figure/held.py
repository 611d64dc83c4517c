"""What a hand holds: the prop's own drawing, set into the grip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker
from stillreel.draw.figure.view import View, join
from stillreel.draw.marks import Shape, rgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.lens import Camera
    from stillreel.values.scene import Prop

    Array = NDArray[np.float64]


def held_prop(prop: Prop, camera: Camera, place: Array, frame: Array, owner: str) -> list[Shape]:
    """Return the shapes of a prop whose handle lies at `place` in a hand with axes `frame`."""
    along = frame[:, 0]
    view = View(camera, place, prop.size_m)
    size = prop.size_m
    low, high = place - along * size * 0.3, place + along * size * 0.7
    discs = view.discs(np.stack([low, high]), np.array([0.03, 0.04]) * size)
    colour = rgb(prop.colour)
    return [
        Shape(
            found.points,
            "wood",
            darker(colour, 0.05),
            form=0.02 * size * view.pixels,
            owner=prop.id or owner,
        )
        for found in join(view, [discs.reshape(-1, 2)])
    ]
