"""Heads of four-legged kinds: where skull, muzzle, cheeks, jaw and trunk are."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.contour import smooth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Chain, Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.animal.skeleton import Skeleton
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Emotion

    Array = NDArray[np.float64]

INK: Tone = (30, 24, 26)
_CHEEKS = ((0.42, -0.36, 0.2), (-0.42, -0.36, 0.2))


class Head:
    """One head in its pose: places on it, and the chains it is made of."""

    def __init__(self, view: View, bones: Skeleton, kind: Quad, coat: Tone) -> None:
        self.view, self.bones, self.kind, self.coat = view, bones, kind, coat
        self.size = view.pixels(bones.size, bones.head)
        """Skull radius in pixels."""
        self.ahead = view.facing(bones.frame[2], bones.head)
        """How far it looks at the camera: 1 straight, -1 away."""

    def at(self, *place: float) -> Array:
        """Return the local place of a point given in skull radii: own left, up, forward."""
        return self.bones.head + np.array(place) @ self.bones.frame * self.bones.size

    def all_at(self, places: Sequence[Sequence[float]]) -> Array:
        """Return local places, (N, 3), of points given in skull radii."""
        return self.bones.head + np.array(places) @ self.bones.frame * self.bones.size

    def way(self, *way: float) -> Array:
        """Return a direction given as own left, up, forward of the head."""
        return np.array(way) @ self.bones.frame

    def jaw(self, opened: float = 0.0) -> Array:
        """Return the jaw's nodes (0, up, forward) in skull radii, swung open by 0..1."""
        swing = radians(34 * opened)
        hinge = (-0.35, 0.1)
        nodes: list[list[float]] = []
        for up, ahead, _ in self.kind.jaw:
            y, z = up - hinge[0], ahead - hinge[1]
            nodes.append(
                [
                    0.0,
                    hinge[0] + y * cos(swing) - z * sin(swing),
                    hinge[1] + z * cos(swing) + y * sin(swing),
                ]
            )
        return np.array(nodes)

    def jaw_chain(self, opened: float = 0.0, thick: float = 1.0) -> Chain:
        """Return the lower jaw as a chain."""
        radii = np.array([r for _, _, r in self.kind.jaw])
        return self.all_at(self.jaw(opened).tolist()), radii * self.bones.size * thick

    def chains(self, lift: float = 0.0) -> list[Chain]:
        """Return skull and muzzle, jaw, cheeks and trunk (raised by 0..1), the mouth shut."""
        kind, size = self.kind, self.bones.size
        nodes = [(0.0, 0.0, 0.0), *((0.0, up, ahead) for up, ahead, _ in kind.muzzle)]
        radii = np.array([1.0, *(r for _, _, r in kind.muzzle)]) * size
        found: list[Chain] = [(self.all_at(nodes), radii), self.jaw_chain()]
        found += [(self.all_at([cheek]), np.array([0.62 * size])) for cheek in _CHEEKS]
        if kind.trunk:
            found.append(self._trunk(1.6 * lift))
        return found

    def _trunk(self, lift: float) -> Chain:
        line = self.all_at(
            [
                (0, -0.35, 0.75),
                (0, -0.95, 1.3 + 0.1 * lift),
                (0, -1.8 + 0.5 * lift, 1.42 + 0.6 * lift),
                (0, -2.6 + 1.2 * lift, 1.4 + 1.0 * lift),
                (0, -3.1 + 2.0 * lift, 1.75 + 1.0 * lift),
            ]
        )
        both = smooth(np.column_stack([line, [0.46, 0.4, 0.3, 0.23, 0.18]]), 3)
        both[:, 1] = np.maximum(both[:, 1], 0.04)
        return both[:, :3], both[:, 3] * self.bones.size


def droop(emotion: Emotion) -> float:
    """Return how far ears hang with a mood, 0..1."""
    return 0.5 if emotion in ("sad", "afraid") else 0.0
