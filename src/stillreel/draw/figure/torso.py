"""The trunk: an elliptical tube about the back, and everything worn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.view import View
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]


class Trunk:
    """The surface of the trunk: azimuth in degrees (0 front, + own left) and height 0..1 of the spine."""

    def __init__(self, shape: Proportion, bones: Skeleton, pad: float = 0.0) -> None:
        """Wrap the spine; `pad` metres of cloth are added all round."""
        self.shape = shape
        self.bones = bones
        self.pad = pad
        self.table = np.array(shape.levels)

    def ring(self, level: float, azimuths: Array, pad: float = 0.0) -> Array:
        """Return (N, 3) world points around the trunk at one level."""
        place, frame = self.bones.along(level)
        wide, deep, shift = (
            np.interp(level, self.table[:, 0], self.table[:, i]) for i in (1, 2, 3)
        )
        more = self.pad + pad
        turn = np.radians(azimuths)
        across = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.86 * (wide + more)
        ahead = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.86 * (deep + more) + shift
        return place + across[:, None] * frame[:, 0] + ahead[:, None] * frame[:, 2]

    def at(self, azimuths: Array, levels: Array, pad: float = 0.0) -> Array:
        """Return (N, 3) world points for (N,) azimuths and (N,) levels."""
        rows = [self.ring(float(level), azimuths[i : i + 1], pad) for i, level in enumerate(levels)]
        return np.concatenate(rows)

    def seen(self, view: View, azimuths: Array, levels: Array) -> Array:
        """Return how squarely each point of the surface looks at the camera."""
        points = self.at(azimuths, levels)
        step = 4.0
        ahead = self.at(azimuths + step, levels) - self.at(azimuths - step, levels)
        frames = np.stack([self.bones.along(float(level))[1][:, 1] for level in levels])
        normals = np.cross(frames, ahead)
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        return view.facing(points, normals)

    def groups(self, view: View, low: float, high: float, pad: float = 0.0) -> list[Array]:
        """Return convex screen groups of the trunk between two levels, shoulders included at 1."""
        inner = [level for level in self.table[:, 0] if low < level < high]
        levels = [low, *inner, high]
        around = np.arange(0, 360, 24.0)
        rings = view.project(np.stack([self.ring(level, around, pad) for level in levels]))
        groups = [np.concatenate([rings[i], rings[i + 1]]) for i in range(len(rings) - 1)]
        if high >= 0.9:
            groups += self._shoulders(view, pad)
        return groups

    def _shoulders(self, view: View, pad: float) -> list[Array]:
        bones, shape = self.bones, self.shape
        radius = 0.0385 * shape.limb * (1 - 0.08 * shape.soft) + self.pad * 0.6 + pad
        side = [
            shoulder + bones.chest[:, 1] * (-0.006 * shape.height) for shoulder in bones.shoulder
        ]
        base = bones.neck + bones.chest[:, 1] * (0.004 * shape.height)
        radii = [radius, shape.neck_radius * 1.12, radius]
        around = np.arange(0, 360, 24.0)
        chest = view.project(self.ring(0.72, around, pad))
        slope = chain(view, [side[0], base, side[1]], radii)
        discs = view.discs(np.stack(side), np.array([radius, radius]))
        yoke = view.project(self.ring(0.9, around, pad))
        slope += [np.concatenate([disc, yoke]) for disc in discs]
        slope += [np.concatenate([disc * 0.6 + disc.mean(axis=0) * 0.4, chest]) for disc in discs]
        return slope

    def patch(
        self,
        pad: Sketch,
        azimuths: Array,
        levels: Array,
        role: Role,
        colour: RGB,
        *,
        outline: float = 0.0,
    ) -> None:
        """Put down a closed outline of trunk places, cut where the trunk turns away."""
        seen = self.seen(pad.view, azimuths, levels) > 0.03
        if int(seen.sum()) < 3:
            return
        flat = pad.view.project(self.at(azimuths[seen], levels[seen], 0.001 * self.shape.height))
        pad.flat(flat, role, colour, outline=outline)

    def stroke(
        self, pad: Sketch, azimuths: Array, levels: Array, colour: RGB, width: float
    ) -> None:
        """Put down an open stroke through trunk places, `width` in heights of the body."""
        seen = self.seen(pad.view, azimuths, levels) > 0.05
        if int(seen.sum()) < 2:
            return
        flat = pad.view.project(self.at(azimuths[seen], levels[seen], 0.001 * self.shape.height))
        pad.line(flat, colour, width * self.shape.height)
