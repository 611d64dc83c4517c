"""The trunk: an elliptical tube about the back, and everything worn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain
from stillreel.draw.figure.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.view import View
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]


class Spine:
    """Places, frames and girth along the back, worked out once for a posed body."""

    def __init__(self, shape: Proportion, bones: Skeleton) -> None:
        """Sample the back of `bones` from below the crotch to above the neck base."""
        self.bones = bones
        levels = np.linspace(-0.25, 1.15, 29)
        at = levels[:, None]
        first, second, third = bones.spine
        places = (1 - at) ** 2 * first + 2 * (1 - at) * at * second + at**2 * third
        blend = np.clip((at - 0.15) / 0.6, 0.0, 1.0)
        blend = (blend * blend * (3 - 2 * blend))[:, :, None]
        mixed = bones.hips * (1 - blend) + bones.chest * blend
        up = mixed[:, :, 1] / np.linalg.norm(mixed[:, :, 1], axis=1, keepdims=True)
        left = mixed[:, :, 0] - up * np.einsum("ij,ij->i", mixed[:, :, 0], up)[:, None]
        left /= np.linalg.norm(left, axis=1, keepdims=True)
        rings = np.array(shape.levels)
        girth = [np.interp(levels, rings[:, 0], rings[:, k])[:, None] for k in (1, 2, 3)]
        self.rows = np.concatenate([places, left, up, cross(left, up), *girth], axis=1)

    def along(self, levels: Array) -> Array:
        """Return (N, 15) rows: place, left, up, ahead (three each), half width, depth, shift."""
        at = np.minimum(np.maximum((levels + 0.25) * 20.0, 0.0), 27.999)
        low = at.astype(np.intp)
        first = self.rows[low]
        return first + (self.rows[low + 1] - first) * (at - low)[:, None]


class Trunk:
    """The trunk's surface: azimuth in degrees (0 front, + own left), level 0..1 of the spine."""

    def __init__(self, shape: Proportion, spine: Spine, pad: float = 0.0) -> None:
        """Wrap the spine; `pad` metres of cloth are added all round."""
        self.shape = shape
        self.spine = spine
        self.bones = spine.bones
        self.pad = pad

    def at(self, azimuths: Array, levels: Array, pad: float = 0.0) -> Array:
        """Return (N, 3) world points for (N,) azimuths and (N,) levels."""
        row = self.spine.along(levels)
        more = self.pad + pad
        turn = azimuths * (np.pi / 180)
        s, c = np.sin(turn), np.cos(turn)
        across = np.sign(s) * np.abs(s) ** 0.86 * (row[:, 12] + more)
        ahead = np.sign(c) * np.abs(c) ** 0.86 * (row[:, 13] + more) + row[:, 14]
        return row[:, :3] + across[:, None] * row[:, 3:6] + ahead[:, None] * row[:, 9:12]

    def ring(self, level: float, azimuths: Array, pad: float = 0.0) -> Array:
        """Return (N, 3) world points around the trunk at one level."""
        return self.at(azimuths, np.full(len(azimuths), level), pad)

    def seen(self, view: View, azimuths: Array, levels: Array) -> Array:
        """Return how squarely each point of the surface looks at the camera."""
        count, step = len(azimuths), 4.0
        both = self.at(
            np.concatenate([azimuths + step, azimuths - step]), np.concatenate([levels, levels])
        )
        up = self.spine.along(levels)[:, 6:9]
        normals = cross(both[:count] - both[count:], up)
        normals /= np.sqrt((normals * normals).sum(axis=1, keepdims=True))
        return view.facing((both[:count] + both[count:]) / 2, normals)

    def groups(self, view: View, low: float, high: float, pad: float = 0.0) -> list[Array]:
        """Return convex screen groups of the trunk between two levels, shoulders included at 1."""
        inner = [row[0] for row in self.shape.levels if low < row[0] < high]
        levels = [low, *inner, high]
        around = np.arange(0, 360, 24.0)
        count = len(levels)
        every = self.at(np.tile(around, count), np.repeat(levels, len(around)), pad)
        rings = view.project(every).reshape(count, len(around), 2)
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
        base = bones.neck - bones.chest[:, 1] * (0.020 * shape.height)
        radii = [radius, shape.neck_radius * 1.22, radius]
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
        self,
        pad: Sketch,
        azimuths: Array,
        levels: Array,
        colour: RGB,
        width: float,
        *,
        fold: bool = False,
    ) -> None:
        """Put down an open stroke through trunk places, `width` in heights of the body."""
        seen = self.seen(pad.view, azimuths, levels) > 0.05
        if int(seen.sum()) < 2:
            return
        flat = pad.view.project(self.at(azimuths[seen], levels[seen], 0.001 * self.shape.height))
        (pad.crease if fold else pad.line)(flat, colour, width * self.shape.height)
