"""The trunk: an elliptical tube about the back, and everything worn on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain
from stillreel.draw.figure.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch, Slot
    from stillreel.draw.figure.view import View
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]


_LEVELS = np.linspace(-0.25, 1.15, 29)
_AT = _LEVELS[:, None]
_BEND = np.concatenate([(1 - _AT) ** 2, 2 * (1 - _AT) * _AT, _AT**2], axis=1)
_SHARE = np.clip((_LEVELS - 0.15) / 0.6, 0.0, 1.0)[:, None, None]
_BLEND = _SHARE * _SHARE * (3 - 2 * _SHARE)
"""How far each level follows the chest instead of the hips."""


@lru_cache(maxsize=64)
def _girth(levels: tuple[tuple[float, float, float, float], ...]) -> Array:
    """Return half width, half depth and forward shift at each sampled level, (29, 3)."""
    rings = np.array(levels)
    return np.stack([np.interp(_LEVELS, rings[:, 0], rings[:, k]) for k in (1, 2, 3)], axis=1)


class Spine:
    """Places, frames and girth along the back, worked out once for a posed body."""

    def __init__(self, shape: Proportion, bones: Skeleton) -> None:
        """Sample the back of `bones` from below the crotch to above the neck base."""
        self.bones = bones
        first, second, third = bones.spine
        places = _BEND @ np.stack([first, second, third])
        mixed = bones.hips * (1 - _BLEND) + bones.chest * _BLEND
        up = mixed[:, :, 1] / np.sqrt((mixed[:, :, 1] ** 2).sum(axis=1, keepdims=True))
        left = mixed[:, :, 0] - up * (mixed[:, :, 0] * up).sum(axis=1, keepdims=True)
        left /= np.sqrt((left * left).sum(axis=1, keepdims=True))
        self.height = shape.height
        self.waiting: list[Laid] = []
        girth = _girth(shape.levels)
        self.rows = np.concatenate([places, left, up, cross(left, up), girth], axis=1)

    def along(self, levels: Array) -> Array:
        """Return (N, 15) rows: place, left, up, ahead (three each), half width, depth, shift."""
        at = np.minimum(np.maximum((levels + 0.25) * 20.0, 0.0), 27.999)
        low = at.astype(np.intp)
        first = self.rows[low]
        return first + (self.rows[low + 1] - first) * (at - low)[:, None]

    def at(self, azimuths: Array, levels: Array, pad: float | Array) -> Array:
        """Return (N, 3) world points for (N,) azimuths, (N,) levels and metres of cloth."""
        return _round(self.along(levels), azimuths, pad)

    def seen(self, view: View, azimuths: Array, levels: Array, pad: float | Array) -> Array:
        """Return how squarely each point of the surface looks at the camera."""
        row = self.along(levels)
        after, before = _round(row, azimuths + 4.0, pad), _round(row, azimuths - 4.0, pad)
        normals = cross(after - before, row[:, 6:9])
        normals /= np.sqrt((normals * normals).sum(axis=1, keepdims=True))
        return view.facing((after + before) / 2, normals)

    def settle(self, pad: Sketch) -> None:
        """Put everything laid on the trunk so far where it is seen, all at once."""
        if not self.waiting:
            return
        counts = [len(laid.azimuths) for laid in self.waiting]
        azimuths = np.concatenate([laid.azimuths for laid in self.waiting])
        levels = np.concatenate([laid.levels for laid in self.waiting])
        cloth = np.repeat([laid.pad for laid in self.waiting], counts)
        least = np.repeat([0.03 if laid.closed else 0.05 for laid in self.waiting], counts)
        seen = self.seen(pad.view, azimuths, levels, cloth) > least
        flat = pad.view.project(self.at(azimuths, levels, cloth + 0.001 * self.height))
        start = 0
        for laid, count in zip(self.waiting, counts, strict=True):
            laid.put(pad, flat[start : start + count][seen[start : start + count]])
            start += count
        self.waiting.clear()


def _round(row: Array, azimuths: Array, more: float | Array) -> Array:
    turn = azimuths * (np.pi / 180)
    s, c = np.sin(turn), np.cos(turn)
    across = np.sign(s) * np.abs(s) ** 0.86 * (row[:, 12] + more)
    ahead = np.sign(c) * np.abs(c) ** 0.86 * (row[:, 13] + more) + row[:, 14]
    return row[:, :3] + across[:, None] * row[:, 3:6] + ahead[:, None] * row[:, 9:12]


@dataclass(frozen=True, slots=True)
class Laid:
    """A patch, stroke or fold laid on the trunk, not yet seen through the camera."""

    slot: Slot
    azimuths: Array
    levels: Array
    pad: float
    closed: bool
    colour: RGB
    role: Role = "crease"
    outline: float = 0.0
    width: float = 0.0
    """Metres, for strokes."""
    fold: bool = False

    def put(self, pad: Sketch, flat: Array) -> None:
        """Fill its slot with the screen points that are seen."""
        if self.closed:
            pad.flat(flat, self.role, self.colour, outline=self.outline, slot=self.slot)
        elif self.fold:
            pad.crease(flat, self.colour, self.width, self.slot)
        else:
            pad.line(flat, self.colour, self.width, slot=self.slot)


class Trunk:
    """The trunk's surface: azimuth in degrees (0 front, + own left), level 0..1 of the spine."""

    def __init__(self, shape: Proportion, spine: Spine, pad: float = 0.0) -> None:
        """Wrap the spine; `pad` metres of cloth are added all round."""
        self.shape = shape
        self.spine = spine
        self.bones = spine.bones
        self.pad = pad

    def at(self, azimuths: Array, levels: Array, pad: float | Array = 0.0) -> Array:
        """Return (N, 3) world points for (N,) azimuths and (N,) levels."""
        return self.spine.at(azimuths, levels, self.pad + pad)

    def ring(self, level: float, azimuths: Array, pad: float = 0.0) -> Array:
        """Return (N, 3) world points around the trunk at one level."""
        return self.at(azimuths, np.full(len(azimuths), level), pad)

    def seen(self, view: View, azimuths: Array, levels: Array) -> Array:
        """Return how squarely each point of the surface looks at the camera."""
        return self.spine.seen(view, azimuths, levels, self.pad)

    def groups(self, view: View, low: float, high: float, pad: float = 0.0) -> list[Array]:
        """Return convex screen groups of the trunk between two levels, shoulders included at 1."""
        inner = [row[0] for row in self.shape.levels if low < row[0] < high]
        levels = [low, *inner, high]
        around = np.arange(0, 360, 24.0)
        count = len(levels)
        every = self.at(np.tile(around, count), np.repeat(levels, len(around)), pad)
        rings = view.project(every).reshape(count, len(around), 2)
        groups = list(np.concatenate([rings[:-1], rings[1:]], axis=1))
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
        self.spine.waiting.append(
            Laid(
                pad.slot(), azimuths, levels, self.pad, closed=True, colour=colour, role=role,
                outline=outline,
            )
        )  # fmt: skip

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
        self.spine.waiting.append(
            Laid(
                pad.slot(), azimuths, levels, self.pad, closed=False, colour=colour,
                width=width * self.shape.height, fold=fold,
            )
        )  # fmt: skip
