"""What is worn on the trunk: bodices, openings, collars, belts, aprons, armour, scarves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain, darker, lighter
from stillreel.draw.figure.torso import Spine, Trunk
from stillreel.draw.marks import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.wardrobe import Cloth, Wardrobe

    Array = NDArray[np.float64]

_PAD = {"coat": 0.013, "jacket": 0.011, "jumper": 0.009, "robe": 0.009, "shirt": 0.005}
_LOW = {"t-shirt": -0.02, "jumper": 0.0, "jacket": -0.03, "shirt": 0.20}


class Dresser:
    """Dresses one trunk."""

    def __init__(
        self, pad: Sketch, shape: Proportion, bones: Skeleton, wardrobe: Wardrobe, accent: RGB
    ) -> None:
        """Draw the clothes of `wardrobe` on `pad`."""
        self.pad = pad
        self.shape = shape
        self.bones = bones
        self.worn = wardrobe
        self.accent = accent
        self.fine = pad.view.tall > 160
        self.spine = Spine(shape, bones)

    def trunk(self, cloth: Cloth, more: float = 0.0) -> Trunk:
        """Return the surface of a garment."""
        return Trunk(
            self.shape, self.spine, (_PAD.get(cloth.kind, 0.006) + more) * self.shape.height
        )

    def bodice(self, cloth: Cloth) -> None:
        """Draw the body of a top or coat down to its hem or waist."""
        trunk = self.trunk(cloth)
        low = _LOW.get(cloth.kind, 0.18)
        if cloth.kind == "shirt" and self.worn.legs is None and self.worn.skirt is None:
            low = -0.02
        tall = self.shape.height
        self.pad.solid(
            trunk.groups(self.pad.view, low, 0.97), "cloth", cloth.colour,
            form=0.034 * tall, outline=1.0, soften=0.010 * tall,
        )  # fmt: skip

    def neckline(self, skin: RGB) -> None:
        """Draw what the innermost top does at the throat and down the front."""
        cloth = self.worn.top
        trunk = self.trunk(cloth)
        az = np.linspace(-62, 62, 13)
        dip = {"dress": 0.875, "robe": 0.85, "tunic": 0.90, "shirt": 0.92}.get(cloth.kind, 0.94)
        edge = dip + (1.0 - dip) * np.abs(az / 62) ** 1.4
        if cloth.kind in ("robe", "tunic", "shirt"):
            edge = dip + (1.0 - dip) * np.abs(az / 62)
        self._throat(trunk, az, edge, skin)
        if not self.fine:
            return
        tone = darker(cloth.colour, 0.40)
        trunk.stroke(self.pad, az, edge, tone, 0.006 if cloth.kind != "jumper" else 0.012)
        if cloth.kind == "shirt" and self.worn.over is None:
            self._placket(trunk, cloth)
        if cloth.kind == "shirt":
            self._collar(trunk, cloth)
        if cloth.kind == "jumper" and self.worn.over is None:
            round_ = np.arange(-180, 181, 15.0)
            for level in (0.035, 0.055):
                trunk.stroke(self.pad, round_, np.full(25, level), tone, 0.004)
        if cloth.kind == "robe":
            line = np.linspace(0, 1, 9)
            trunk.stroke(self.pad, 20 - 45 * line, 0.86 - 0.62 * line, tone, 0.006)
            trunk.stroke(
                self.pad, 26 - 45 * line, 0.84 - 0.60 * line, lighter(cloth.colour, 0.3), 0.008
            )

    def _throat(self, trunk: Trunk, azimuths: Array, edge: Array, skin: RGB) -> None:
        view, bones, shape = self.pad.view, self.bones, self.shape
        if float(view.facing(bones.neck[None], bones.chest[:, 2][None])[0]) < 0.05:
            return
        seen = trunk.seen(view, azimuths, edge) > 0.02
        if int(seen.sum()) < 3:
            return
        tall = shape.height
        flat = view.project(trunk.at(azimuths[seen], edge[seen], 0.001 * tall))
        base = bones.neck + bones.chest[:, 1] * 0.012 * tall
        neck = chain(
            view, [base, bones.skull + bones.head[:, 1] * 0.1 * shape.head],
            [shape.neck_radius * 0.96, shape.neck_radius * 0.92],
        )  # fmt: skip
        collar = view.discs(
            (bones.neck + bones.chest[:, 1] * 0.022 * tall)[None],
            np.array([shape.neck_radius * 0.9]),
        )[0]
        self.pad.solid([np.concatenate([flat, collar]), *neck], "skin", skin, outline=0.0)

    def _placket(self, trunk: Trunk, cloth: Cloth) -> None:
        levels = np.linspace(0.90, 0.22, 9)
        tone = darker(cloth.colour, 0.36)
        trunk.stroke(self.pad, np.full(9, -5.0), levels, tone, 0.0035)
        for level in (0.80, 0.64, 0.48, 0.33):
            self._button(trunk, 1.0, level, tone)

    def _button(self, trunk: Trunk, azimuth: float, level: float, colour: RGB) -> None:
        turn = np.linspace(0, 2 * np.pi, 9)[:-1]
        size = 0.006 * self.shape.height
        wide = 60 * size / self.shape.levels[5][1]
        trunk.patch(
            self.pad, azimuth + wide * np.cos(turn),
            level + size / self.shape.spine * np.sin(turn), "leather", colour,
        )  # fmt: skip

    def _collar(self, trunk: Trunk, cloth: Cloth, wide: float = 1.0) -> None:
        colour = lighter(cloth.colour, 0.18)
        for side in (1.0, -1.0):
            az = side * wide * np.array([66, 40, 14, 2, 22, 48, 75])
            level = np.array([1.015, 0.975, 0.905, 0.86, 0.83, 0.90, 0.965])
            trunk.patch(self.pad, az, level, "cloth", colour, outline=0.5)

    def opening(self, skin: RGB) -> None:
        """Draw the front of jacket or coat: the shirt in the V, lapels, closing line, pockets."""
        cloth = self.worn.over
        if cloth is None:
            return
        trunk = self.trunk(cloth)
        levels = np.linspace(1.02, 0.50, 9)
        spread = 50 * ((levels - 0.50) / 0.52) ** 1.05
        both = np.concatenate([spread, -spread[::-1]])
        self.pad_patch(trunk, both, np.concatenate([levels, levels[::-1]]), self.worn.top.colour)
        inner = self.trunk(self.worn.top, 0.006)
        az = np.linspace(-40, 40, 9)
        dip = 0.93 if self.worn.top.kind in ("t-shirt", "jumper") else 0.90
        self._throat(inner, az, dip + (1.0 - dip) * np.abs(az / 40), skin)
        if not self.fine:
            return
        if self.worn.top.kind == "shirt":
            self._collar(inner, self.worn.top, 0.66)
        tone = darker(cloth.colour, 0.45)
        lapel = mix(cloth.colour, darker(cloth.colour, 0.5), 0.42)
        for side in (1.0, -1.0):
            az = side * np.array([54.0, 40, 18, 1, 14, 34, 47, 40, 60])
            level = np.array([1.02, 0.92, 0.70, 0.49, 0.60, 0.76, 0.84, 0.865, 0.97])
            trunk.patch(self.pad, az, level, "cloth", lapel, outline=0.5)
        low = -0.02 if cloth.kind == "jacket" else 0.2
        trunk.stroke(self.pad, np.full(6, -2.0), np.linspace(0.49, low, 6), tone, 0.0045)
        for level in (0.44, 0.30):
            self._button(trunk, 6.0, level, darker(cloth.colour, 0.6))
        for side in (1.0, -1.0):
            az = side * np.linspace(30, 62, 5)
            trunk.stroke(self.pad, az, np.linspace(0.20, 0.235, 5), tone, 0.005)
        az = np.array([26.0, 40, 39, 27])
        trunk.patch(self.pad, az, np.array([0.72, 0.73, 0.665, 0.655]), "mark", self.accent)

    def pad_patch(self, trunk: Trunk, azimuths: Array, levels: Array, colour: RGB) -> None:
        """Put down a patch of cloth."""
        trunk.patch(self.pad, azimuths, levels, "cloth", colour)

    def belt(self) -> None:
        """Draw belt or sash where the outfit has a waist."""
        top = self.worn.top
        if self.worn.over is not None or self.worn.armour is not None:
            return
        if top.kind in ("tunic", "robe", "dress"):
            colour = self.accent if top.kind != "tunic" else (92, 62, 40)
            self._band(self.trunk(top, 0.003), 0.33, 0.40, colour, buckle=top.kind == "tunic")
        elif top.kind == "shirt" and self.worn.legs is not None:
            self._band(self.trunk(top, 0.003), 0.185, 0.235, (70, 48, 34), buckle=True)

    def _band(self, trunk: Trunk, low: float, high: float, colour: RGB, *, buckle: bool) -> None:
        # A strip on the visible side only: from above, a whole ring would show its inside.
        toward = self.bones.hips.T @ (self.pad.view.position - self.bones.pelvis)
        face = float(np.degrees(np.arctan2(toward[0], toward[2])))
        az = face + np.linspace(-100, 100, 25)
        seen = trunk.seen(self.pad.view, az, np.full(25, (low + high) / 2)) > 0.0
        if int(seen.sum()) < 2:
            return
        az = az[seen]
        count = len(az)
        edge = np.concatenate([np.full(count, low), np.full(count, high)])
        flat = self.pad.view.project(trunk.at(np.concatenate([az, az[::-1]]), edge))
        role = "leather" if buckle else "cloth"
        self.pad.flat(flat, role, colour, outline=0.55, form=0.012 * self.shape.height)
        if buckle and self.fine:
            az = np.array([-8.0, 8, 8, -8])
            inset = (high - low) * 0.12
            levels = np.array([high - inset, high - inset, low + inset, low + inset])
            trunk.patch(self.pad, az, levels, "metal", (206, 172, 96))

    def folds(self) -> None:
        """Draw the creases of the trunk: from the armpits inward, and at the waist."""
        if self.pad.view.tall < 200 or self.worn.armour is not None:
            return
        cloth = self.worn.outer
        trunk = self.trunk(cloth)
        tone = darker(cloth.colour, 0.36)
        t = np.linspace(0, 1, 5)
        for side in (1.0, -1.0):
            trunk.stroke(self.pad, side * (74 - 20 * t), 0.74 - 0.05 * t, tone, 0.005, fold=True)
            trunk.stroke(self.pad, side * (80 - 34 * t), 0.44 + 0.035 * t, tone, 0.005, fold=True)
            trunk.stroke(self.pad, side * (84 - 22 * t), 0.38 - 0.03 * t, tone, 0.0045, fold=True)
            trunk.stroke(self.pad, side * (128 + 22 * t), 0.72 - 0.10 * t, tone, 0.005, fold=True)
            trunk.stroke(self.pad, side * (112 + 28 * t), 0.44 + 0.02 * t, tone, 0.005, fold=True)
        if cloth.kind not in ("shirt", "dress"):
            trunk.stroke(self.pad, np.full(5, 180.0) + 2 * t, 0.86 - 0.6 * t, tone, 0.003)
