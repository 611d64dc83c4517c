"""What a beast wears and carries: a collar, a thing in its mouth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.flesh import runs
from stillreel.draw.prop.contour import circle
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.skeleton import Skeleton
    from stillreel.values.scene import Prop

    Array = NDArray[np.float64]


def collar(flesh: Flesh, bones: Skeleton, tone: Tone) -> None:
    """Put down the one colour that is this character's own, as a ring around the neck."""
    view = flesh.view
    line = bones.neck[-1] - bones.neck[0]
    long = max(float(np.linalg.norm(line)), 1e-9)
    # A short neck wears it low, or the head would hide it.
    share = min(max(1.0 - bones.size / long, 0.12), 0.52)
    places = (0.0, 0.35, 0.7, 1.0)
    middle = np.array([np.interp(share, places, bones.neck[:, axis]) for axis in range(3)])
    ahead = line / long
    size = float(np.interp(share, places, bones.neck_r)) * (1.1 - 0.12 * share)
    side = cross(ahead, bones.frame[0])
    side /= max(float(np.linalg.norm(side)), 1e-9)
    ring = middle + circle(32) @ np.array([cross(side, ahead), side]) * size
    seen = (ring - middle) @ (view.eye - middle) > 0.0
    width = view.pixels(0.045, middle)
    flat = view.flat(ring)
    for run in runs(seen):
        flesh.line(flat[run], width, tone, "leather", outline=0.6)


def hold(flesh: Flesh, prop: Prop, at: Array, face: Array) -> None:
    """Put down a thing held at a local place, across a face whose rows are left, up, forward."""
    from stillreel.draw.prop import shapes_at

    view = flesh.view
    place, up, ahead = view.world(at), face[0] @ view.basis, face[2] @ view.basis
    flesh.shapes += shapes_at(
        prop,
        view.camera,
        origin=(float(place[0]), float(place[1]), float(place[2])),
        up=(float(up[0]), float(up[1]), float(up[2])),
        forward=(float(ahead[0]), float(ahead[1]), float(ahead[2])),
        owner=prop.id,
    )
