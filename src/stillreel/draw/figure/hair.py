"""Hair as a second surface about the skull, with a hairline for every style, and beards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain, darker, lighter, smooth
from stillreel.draw.figure.view import cross, faces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.skull import Skull
    from stillreel.values.scene import HairStyle

    Array = NDArray[np.float64]

_STRAND_STOPS = (np.arange(6) * 7) % 3 / 3
_ANGLES = (0.0, 30.0, 52.0, 68.0, 80.0, 108.0, 128.0, 180.0)


@dataclass(frozen=True, slots=True)
class Cut:
    """A hairstyle: lower edge at the angles above, volume, and what hangs or stands out."""

    edge: tuple[float, ...]
    lift: float
    """How far it stands off the skull, head units."""
    part: float = 0.0
    """Lift more at the top."""
    flare: float = 0.0
    """How much it widens below the ears."""


_SWEPT = (0.86, 0.845, 0.765, 0.56, 0.60, 0.42, 0.20, 0.16)
CUTS: dict[HairStyle, Cut] = {
    "cropped": Cut((0.87, 0.86, 0.79, 0.54, 0.60, 0.42, 0.22, 0.17), 0.016),
    "short": Cut((0.80, 0.79, 0.74, 0.50, 0.58, 0.38, 0.16, 0.10), 0.045, 0.045),
    "bob": Cut((0.70, 0.695, 0.66, 0.30, 0.02, -0.02, -0.03, -0.03), 0.060, 0.015, 0.05),
    "long": Cut((0.875, 0.82, 0.70, 0.40, -0.46, -0.62, -0.72, -0.75), 0.055, 0.02, 0.06),
    "ponytail": Cut(_SWEPT, 0.028, 0.015),
    "bun": Cut(_SWEPT, 0.030, 0.015),
    "curly": Cut((0.82, 0.81, 0.75, 0.52, 0.44, 0.32, 0.20, 0.16), 0.055, 0.03),
    "wild": Cut((0.79, 0.79, 0.73, 0.46, 0.34, 0.14, 0.0, -0.06), 0.085, 0.05),
    "braids": Cut((0.875, 0.84, 0.75, 0.50, 0.40, 0.28, 0.18, 0.16), 0.035, 0.01),
}


class HairOf:
    """The hair of one head, in a far half and a near half."""

    def __init__(self, pad: Sketch, skull: Skull, style: HairStyle, colour: RGB) -> None:
        """Comb `style` onto `skull`."""
        self.pad = pad
        self.skull = skull
        self.view = pad.view
        self.toward = skull.side_on(pad.view)
        self.style: HairStyle = style
        self.cut = CUTS[style]
        self.colour = colour
        self.pixels = skull.unit * pad.view.pixels
        small = self.pixels < 40
        large = self.pixels > 300
        step, rows = (20.0, 5) if small else (6.0, 14) if large else (12.0, 8)
        self.grid = self.shell(*_net(style, step, rows))
        self._sort()

    def shell(self, azimuths: Array, v: Array, more: float = 0.0) -> Array:
        """Return head-unit points of the hair surface; below the ears it hangs straight."""
        floor = 0.44 if self.style in ("bob", "long") else 0.22
        held = np.maximum(v, floor)
        lift = self.cut.lift + self.cut.part * np.clip((v - 0.6) / 0.4, 0, 1) + more
        below = np.clip(0.44 - v, 0, 1.3)
        at_face = np.maximum(np.cos(azimuths), 0)
        points = self.skull.around(azimuths, held, 0.0)
        wide = np.maximum(np.sqrt(points[..., 0] ** 2 + points[..., 2] ** 2), 0.03)
        swell = 1 + (lift * (1 - 0.35 * at_face) + self.cut.flare * below) / wide
        x, z = points[..., 0] * swell, points[..., 2] * swell
        tuck = 1 - 0.10 * np.clip((below - 0.28) / 0.2, 0, 1) * (self.style == "bob")
        top = v + lift * 0.9 * np.sin(np.clip((v - 0.6) / 0.4, 0, 1) * 1.5708)
        return np.stack([x * tuck, top, z * tuck], axis=-1)

    def _sort(self) -> None:
        flat = self.view.project(self.skull.world(self.grid))
        self.near, self.far = faces(flat)
        if self.toward[1] > -0.15:
            self.near.append(flat[-1])
        extra_near, extra_far = self._tufts()
        self.near += extra_near
        self.far += extra_far

    def _tufts(self) -> tuple[list[Array], list[Array]]:
        if self.style not in ("curly", "wild"):
            return [], []
        azimuths, v, size = _scatter(self.style)
        roots = self.shell(azimuths, v, -0.02)
        world = self.skull.world(roots)
        centre = self.skull.world(np.array([0.0, 0.55, -0.05]))
        normal = world - centre
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        seen = self.view.facing(world, normal) > 0.12
        if self.style == "curly":
            groups = list(self.view.discs(world, size * self.skull.unit))
        else:
            reach = size * self.skull.unit
            k = np.arange(len(v))[:, None]
            side = cross(normal, self.skull.frame[:, 1])
            sweep = normal * 0.75 + side * 0.75 * np.cos(k * 1.9)
            sweep = sweep + self.skull.frame[:, 1] * (
                0.35 * np.sin(k * 2.3) - 0.55 * (v < 0.62)[:, None]
            )
            base = self.view.discs(world - normal * 0.03 * self.skull.unit, reach * 0.62)
            points = self.view.project(world + sweep * reach[:, None])
            groups = [np.concatenate([base[i], points[i : i + 1]]) for i in range(len(points))]
        near = [g for g, s in zip(groups, seen, strict=True) if s]
        far = [g for g, s in zip(groups, seen, strict=True) if not s]
        return near, far

    def behind(self) -> None:
        """Draw the half that is turned away from the camera."""
        self._fill(self.far, darker(self.colour, 0.22), shade=0.35)

    def front(self) -> None:
        """Draw the half that faces the camera, with strands and a soft light band."""
        self._fill(self.near, self.colour)
        if self.pixels > 55:
            self._strands()

    def _fill(self, groups: list[Array], colour: RGB, shade: float = 0.0) -> None:
        if groups:
            unit = self.skull.unit
            self.pad.solid(
                groups, "hair", colour, form=0.05 * unit, every=True, shade=shade,
                soften=(0.006 if self.style == "wild" else 0.012) * unit,
            )  # fmt: skip

    def _strands(self) -> None:
        style = self.style
        if style in ("curly", "cropped"):
            return
        away = np.arctan2(self.toward[0], self.toward[2])
        azimuths = away + np.radians([-62.0, -38.0, -15.0, 12.0, 33.0, 58.0])
        degrees = np.abs((np.degrees(azimuths) + 180) % 360 - 180)
        stop = _edge_at(style, degrees) + 0.05 + 0.10 * _STRAND_STOPS
        v = np.linspace(0.88, stop, 9, axis=1)
        points = self.shell(azimuths[:, None] + 0.04 * np.sin(v * 9), v, 0.004)
        flat = self.view.project(self.skull.world(points))
        tones = (darker(self.colour, 0.40), lighter(self.colour, 0.16))
        for k, line in enumerate(flat):
            self.pad.line(line, tones[k % 2], 0.010 * self.skull.unit, alpha=0.7)

    def tail(self, down: Array, *, near: bool) -> None:
        """Draw ponytail, bun or braids that lie on the given side of the head."""
        skull, view = self.skull, self.view
        toward = self.toward
        unit = skull.unit
        if self.style == "bun":
            if (toward[2] < 0.15) == near:
                ball = view.discs(
                    skull.world(np.array([[0.0, 0.86, -0.52]])), np.array([0.17 * unit])
                )
                self._fill(list(ball), self.colour)
                self._swirl(np.array([0.0, 0.86, -0.52]), near=near)
        elif self.style == "ponytail":
            if (toward[2] < 0.1) == near:
                points = [skull.world(np.array(p)) for p in ((0, 0.74, -0.50), (0, 0.72, -0.66))]
                for drop, back in ((0.25, 0.06), (0.62, 0.03), (0.95, -0.03)):
                    points.append(points[1] + down * drop * unit - skull.frame[:, 2] * back * unit)
                self._fill(
                    chain(view, points, [r * unit for r in (0.07, 0.09, 0.105, 0.08, 0.015)]),
                    self.colour,
                )
                self.pad.solid(
                    list(view.discs(points[0][None], np.array([0.075 * unit]))),
                    "cloth",
                    self.accent,
                )
        elif self.style == "braids":
            for side in (1.0, -1.0):
                lean = float(toward[0]) * side
                ahead = (toward[2] > -0.2 and lean > -0.3) or lean > 0.5
                if ahead == near:
                    self._braid(side, down)

    accent: RGB = (200, 60, 60)

    def _swirl(self, centre: Array, *, near: bool) -> None:
        if not near or self.pixels < 60:
            return
        turn = np.linspace(0.3, 4.6, 12)
        radius = 0.13 - 0.018 * turn
        points = centre + np.stack(
            [radius * np.cos(turn), radius * np.sin(turn), np.full(12, -0.16)], axis=1
        )
        flat = self.view.project(self.skull.world(points))
        self.pad.line(flat, darker(self.colour, 0.4), 0.012 * self.skull.unit)

    def _braid(self, side: float, down: Array) -> None:
        skull, view, unit = self.skull, self.view, self.skull.unit
        start = skull.world(np.array([side * 0.33, 0.34, -0.12]))
        ahead = skull.frame[:, 2] * 0.20 * unit
        out = skull.frame[:, 0] * side * 0.03 * unit
        steps = np.linspace(0, 1, 6)
        beads = [
            start + down * 0.98 * s * unit + (ahead + out) * np.sin(s * np.pi * 0.7) for s in steps
        ]
        radii = np.array([0.085, 0.085, 0.082, 0.078, 0.07, 0.06]) * unit
        self._fill(
            list(view.discs(np.stack(beads), radii)) + chain(view, beads, list(radii * 0.7)),
            self.colour,
        )
        end = beads[-1]
        self.pad.solid(list(view.discs(end[None], np.array([0.045 * unit]))), "cloth", self.accent)
        tuft = chain(view, [end, end + down * 0.16 * unit], [0.04 * unit, 0.05 * unit])
        self._fill(tuft, self.colour)
        if self.pixels > 60:
            for a, b in pairwise(beads):
                mid = (a + b) / 2
                flat = view.project(
                    np.stack(
                        [mid + out * 0.8, mid - out * 0.2 + down * 0.05 * unit, mid - out * 1.1]
                    )
                )
                self.pad.line(smooth(flat), darker(self.colour, 0.42), 0.014 * unit)


def _edge_at(style: HairStyle, degrees: Array) -> Array:
    at = np.abs((degrees + 180.0) % 360.0 - 180.0)
    edge = np.interp(at, _ANGLES, CUTS[style].edge)
    if style in ("short", "wild"):
        edge = edge + 0.030 * np.sin(np.radians(degrees) * 9.0) * (at < 65)
    return edge


@lru_cache(maxsize=64)
def _net(style: HairStyle, step: float, rows: int) -> tuple[Array, Array]:
    """Return azimuths in radians and heights of the net of a style, each (rows + 1, N)."""
    degrees = np.arange(0, 361, step)
    edge = _edge_at(style, degrees)
    rise = 1 - (1 - np.linspace(0, 1, rows + 1)) ** 1.7
    v = edge[None] + (1.0 - edge[None]) * rise[:, None]
    return np.repeat(np.radians(degrees)[None], rows + 1, 0), v


@lru_cache(maxsize=4)
def _scatter(style: HairStyle) -> tuple[Array, Array, Array]:
    """Return azimuths, heights and sizes of curls or spikes, spread evenly over the scalp."""
    count = 64
    k = np.arange(count).astype(np.float64)
    azimuths: Array = (k * 2.39996) % (2 * np.pi)
    v: Array = 1.0 - 0.95 * (k + 0.5) / count
    edge = _edge_at(style, np.degrees(azimuths))
    size: Array = 0.085 + 0.03 * np.sin(k * 1.7)
    if style == "wild":
        size = 0.17 + 0.06 * np.sin(k * 2.1)
    keep = v > edge + (0.02 if style == "wild" else -0.03)
    return azimuths[keep], v[keep], size[keep]
