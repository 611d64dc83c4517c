"""Hats, caps, hoods, crowns, helmets and glasses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker, lighter
from stillreel.draw.figure.view import faces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.face import Face
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.skull import Skull
    from stillreel.draw.figure.wardrobe import Cloth
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]

_AROUND = np.radians(np.arange(0, 361, 15.0))
_AT = (0.0, 40.0, 62.0, 80.0, 100.0, 130.0, 180.0)
_EDGE: dict[str, tuple[float, ...]] = {
    "cap": (0.73, 0.73, 0.72, 0.70, 0.67, 0.62, 0.58),
    "hat": (0.795, 0.795, 0.79, 0.78, 0.77, 0.74, 0.72),
    "top-hat": (0.795, 0.795, 0.79, 0.78, 0.77, 0.74, 0.72),
    "helmet": (0.64, 0.64, 0.60, 0.34, 0.28, 0.16, 0.10),
    "hood": (0.90, 0.82, 0.55, 0.02, -0.20, -0.26, -0.28),
}
_LIFT = {"cap": 0.085, "hat": 0.085, "top-hat": 0.06, "helmet": 0.075, "hood": 0.125}
_BRIM = {"hat": 0.22, "top-hat": 0.15}
"""How far a brim stands out, in head units."""
_TALL = 0.40
"""Head units that a top hat stands above the crown of the head."""


class Headgear:
    """What is worn on one head."""

    def __init__(self, pad: Sketch, skull: Skull, cloth: Cloth, accent: RGB, bulk: float) -> None:
        """Fit `cloth` over a skull whose hair stands `bulk` head units high."""
        self.pad = pad
        self.skull = skull
        self.view = pad.view
        self.cloth = cloth
        self.accent = accent
        self.lift = _LIFT.get(cloth.kind, 0.08) + min(bulk, 0.07) * 0.7
        self.unit = skull.unit
        self.toward = skull.side_on(pad.view)
        self.role: Role = "metal" if cloth.kind in ("helmet", "crown") else "cloth"
        self.near, self.far = self._shell() if cloth.kind in _EDGE else ([], [])

    def _surface(self, azimuths: Array, v: Array) -> Array:
        high = 0.80 if self.cloth.kind == "top-hat" else 1.0
        held = np.clip(v, 0.40, high)
        points = self.skull.around(azimuths, held, self.lift)
        below = np.clip(0.40 - v, 0, 1)
        if self.cloth.kind == "hood":
            points[..., 0] *= 1 + 0.55 * below
            points[..., 2] = points[..., 2] * (1 + 0.4 * below) - 0.05 * np.clip(v, 0, 1)
        rise = np.clip((v - 0.7) / 0.3, 0, 1)
        above = np.clip((v - 0.79) / 0.21, 0, 1)
        top = v + self.lift * rise
        if self.cloth.kind == "hat":
            top = v + 0.20 * above**0.6
            points[..., 0] *= 1 + 0.25 * above * (1 - above)
        if self.cloth.kind == "top-hat":
            # A straight wall that flares a little, to a flat lid.
            top = v + _TALL * above
            points[..., 0] *= 1 + 0.06 * above
        if self.cloth.kind == "hood":
            points[..., 2] -= 0.14 * np.clip((v - 0.85) / 0.15, 0, 1)
        points[..., 1] = top
        return points

    def _shell(self) -> tuple[list[Array], list[Array]]:
        edge = self._edge(_AROUND)
        rise = np.linspace(0, 1, 7)[:, None] ** 0.8
        v = edge[None] + (1.0 - edge[None]) * rise
        grid = self._surface(np.repeat(_AROUND[None], 7, 0), v)
        flat = self.view.project(self.skull.world(grid))
        near, far = faces(flat)
        if self.toward[1] > (0.0 if self.cloth.kind == "top-hat" else -0.15):
            near.append(flat[-1])
        return near, far

    def _edge(self, turn: Array) -> Array:
        """Return how high the hem is at azimuths in radians."""
        degrees = np.abs((np.degrees(turn) + 180) % 360 - 180)
        return np.interp(degrees, _AT, _EDGE[self.cloth.kind])

    def _put(
        self, groups: list[Array], colour: RGB, *, shade: float = 0.0, outline: float = 1.0
    ) -> None:
        if groups:
            self.pad.solid(
                groups, self.role, colour, form=0.06 * self.unit, every=True, shade=shade,
                soften=0.010 * self.unit, outline=outline,
            )  # fmt: skip

    def behind(self) -> None:
        """Draw what lies behind the head."""
        self._put(self.far, darker(self.cloth.colour, 0.36), shade=0.35)
        if self.cloth.kind == "crown":
            self._crown(near=False)
        elif self.cloth.kind in _BRIM and self.toward[1] < -0.02:
            whole = self._flat(self._ring(_AROUND, _BRIM[self.cloth.kind]))
            self.pad.solid([whole], "cloth", self._underside(), form=0.02 * self.unit)

    def front(self) -> None:
        """Draw what lies before the head."""
        kind, colour = self.cloth.kind, self.cloth.colour
        if kind in _BRIM:
            self._brim(_BRIM[kind])
        self._put(self.near, colour)
        if kind in _BRIM:
            self._band()
        elif kind == "cap":
            self._visor()
        elif kind == "crown":
            self._crown(near=True)
        elif kind == "helmet":
            self._crest()
        elif kind == "hood":
            self._folds()

    def _flat(self, points: Array) -> Array:
        return self.view.project(self.skull.world(points))

    def _brim(self, reach: float) -> None:
        """Draw the brim; from below, the far half of it is behind the head."""
        below = self.toward[1] < -0.02
        away = np.arctan2(self.toward[0], self.toward[2])
        turn = np.linspace(away - np.pi / 2, away + np.pi / 2, 13) if below else _AROUND
        ring = self._ring(turn, reach)
        if below:
            hem = self._surface(turn, self._edge(turn))
            ring = np.concatenate([ring, hem[::-1]])
        self.pad.solid([self._flat(ring)], "cloth", self._underside(), form=0.02 * self.unit)

    def _ring(self, turn: Array, reach: float) -> Array:
        ring = self.skull.around(turn, np.full_like(turn, 0.76), self.lift + reach)
        ring[:, 1] = 0.775 - 0.03 * np.cos(2 * turn)
        return ring

    def _underside(self) -> RGB:
        return darker(self.cloth.colour, 0.35 if self.toward[1] < -0.02 else 0.0)

    def _band(self) -> None:
        turn = np.radians(np.arange(-180, 181, 15.0))
        away = np.arctan2(self.toward[0], self.toward[2])
        turn = np.linspace(away - 1.45, away + 1.45, 13)
        low = self._surface(turn, np.full(13, 0.797))
        high = self._surface(turn, np.full(13, 0.85))
        self.pad.flat(self._flat(np.concatenate([low, high[::-1]])), "cloth", self.accent)

    def _visor(self) -> None:
        if self.toward[2] < -0.5:
            return
        turn = np.radians(np.linspace(-62, 62, 11))
        root = self.skull.around(turn, np.full(11, 0.73), self.lift)
        tip = self.skull.around(turn, np.full(11, 0.73), self.lift)
        reach = 0.26 * np.cos(turn * 1.35) ** 0.7
        tip[:, 2] += reach
        tip[:, 1] -= 0.05 * np.cos(turn)
        flat = self._flat(np.concatenate([root, tip[::-1]]))
        self.pad.solid([flat], "cloth", darker(self.cloth.colour, 0.22), form=0.01 * self.unit)

    def _crown(self, *, near: bool) -> None:
        points = 10
        turn = np.linspace(0, 2 * np.pi, points * 2 + 1)
        base = self.skull.around(turn, np.full(len(turn), 0.80), self.lift)
        base[:, 1] = 0.775
        peak = base * np.array([1.10, 1.0, 1.10])
        peak[:, 1] = np.where(np.arange(len(turn)) % 2 == 1, 1.04, 0.90)
        low, high = self._flat(base), self._flat(peak)
        seen = np.sin(turn) * self.toward[0] + np.cos(turn) * self.toward[2] > -0.02
        groups = [
            np.stack([low[i], high[i], high[i + 1], low[i + 1]])
            for i in range(len(turn) - 1)
            if bool(seen[i] or seen[i + 1]) == near
        ]
        colour = self.cloth.colour if near else darker(self.cloth.colour, 0.35)
        if groups:
            self.pad.solid(groups, "metal", colour, form=0.02 * self.unit, every=True)
        if near and self.unit * self.view.pixels > 50:
            for i in range(1, len(turn) - 1, 2):
                if seen[i]:
                    middle = self.skull.world(base[i] * np.array([1.03, 1, 1.03]) + [0, 0.06, 0])
                    gem = self.view.discs(middle[None], np.array([0.022 * self.unit]))
                    self.pad.flat(gem[0], "glass", self.accent, outline=0.3)

    def _crest(self) -> None:
        colour = lighter(self.cloth.colour, 0.3)
        v = np.concatenate([np.linspace(0.66, 1.0, 7), np.linspace(1.0, 0.3, 7)])
        turn = np.concatenate([np.zeros(7), np.full(7, np.pi)])
        ridge = self._surface(turn, v)
        if self.toward[2] > -0.3:
            self.pad.line(self._flat(ridge[:7]), colour, 0.03 * self.unit)
            bar = np.array([(-0.026, 0.66), (0.026, 0.66), (0.022, 0.42), (-0.022, 0.42)])
            front = self.skull.face(bar[:, 0], bar[:, 1], 0.075)
            self.pad.flat(self._flat(front), "metal", self.cloth.colour, outline=0.7)
        if self.toward[2] < 0.3:
            self.pad.line(self._flat(ridge[7:]), colour, 0.03 * self.unit)

    def _folds(self) -> None:
        away = np.arctan2(self.toward[0], self.toward[2])
        tone = darker(self.cloth.colour, 0.38)
        for turn in (-50.0, 42.0):
            v = np.linspace(0.7, 0.05, 6)
            azimuth = away + np.radians(turn) + 0.12 * np.sin(v * 6)
            at = np.degrees(np.abs((azimuth + np.pi) % (2 * np.pi) - np.pi))
            keep = v > np.interp(at, _AT, _EDGE["hood"]) + 0.03
            self.pad.line(self._flat(self._surface(azimuth, v)[keep]), tone, 0.014 * self.unit)


def glasses(face: Face, colour: RGB) -> None:
    """Draw a pair of round glasses."""
    skull, view, pad = face.skull, face.view, face.pad
    unit = skull.unit
    if face.pixels < 24 or face.camera[2] < -0.35:
        return
    turn = np.linspace(0, 2 * np.pi, 21)
    front = float(np.interp(0.47, skull.rows[:, 0], skull.rows[:, 2])) + 0.016
    for side in (1.0, -1.0) if face.camera[0] < 0 else (-1.0, 1.0):
        if face.camera[0] * side < -0.92:
            continue
        x = side * (face.eye_x + 0.004) + 0.112 * np.cos(turn)
        rim = np.stack(
            [x, face.eye_v - 0.008 + 0.100 * np.sin(turn), front - 0.55 * np.abs(x) ** 2], axis=1
        )
        flat = view.project(skull.world(rim))
        pad.flat(flat[:-1], "glass", (236, 244, 248), alpha=0.22)
        pad.line(flat, colour, 0.018 * unit, role="metal")
        if face.camera[0] * side > -0.3:
            wide = float(np.interp(0.5, skull.rows[:, 0], skull.rows[:, 1]))
            arm = np.array(
                [(side * (face.eye_x + 0.116), 0.50, front - 0.05), (side * wide, 0.51, 0.08),
                 (side * (wide + 0.012), 0.515, -0.04)]
            )  # fmt: skip
            pad.line(view.project(skull.world(arm)), colour, 0.016 * unit, role="metal")
    bridge = np.array(
        [(-0.052, 0.485, front + 0.005), (0, 0.505, front + 0.02), (0.052, 0.485, front + 0.005)]
    )
    pad.line(view.project(skull.world(bridge)), colour, 0.018 * unit, role="metal")
