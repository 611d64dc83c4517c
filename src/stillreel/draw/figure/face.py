"""Eyes, brows, nose, mouth and ears, laid on the skull, shown where they face the camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker, smooth
from stillreel.draw.marks import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.expression import Expression
    from stillreel.draw.figure.sketch import RGB, Sketch, Slot
    from stillreel.draw.figure.skull import Skull
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Features:
    """Colours and measures of one face."""

    skin: RGB
    eyes: RGB
    hair: RGB
    soft: float
    young: float
    old: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A patch or stroke laid on the face, not yet seen through the camera."""

    slot: Slot
    x: Array
    v: Array
    closed: bool
    colour: RGB
    role: Role = "crease"
    alpha: float = 1.0
    lift: float = 0.0
    wrap: float = 0.0
    width: float = 0.0
    """Metres, for strokes."""

    def put(self, pad: Sketch, flat: Array) -> None:
        """Fill its slot with the screen points that are seen."""
        if self.closed:
            pad.flat(flat, self.role, self.colour, alpha=self.alpha, slot=self.slot)
        else:
            pad.line(flat, self.colour, self.width, alpha=self.alpha, slot=self.slot)


class Face:
    """One face being drawn."""

    def __init__(self, pad: Sketch, skull: Skull, features: Features, mood: Expression) -> None:
        """Lay features on `skull` and put them on `pad`."""
        self.pad = pad
        self.skull = skull
        self.view = pad.view
        self.of = features
        self.mood = mood
        self.waiting: list[Laid] = []
        self.pixels = skull.unit * pad.view.pixels
        """Pixels the head is tall."""
        self.camera = skull.side_on(pad.view)
        young = features.young
        self.eye_x = 0.158 + 0.010 * young
        self.eye_v = 0.478 - 0.040 * young
        self.eye_wide = 0.080 + 0.004 * features.soft + 0.008 * young
        self.eye_high = 0.043 + 0.006 * features.soft + 0.014 * young - 0.005 * features.old

    def patch(
        self,
        x: Array,
        v: Array,
        role: Role,
        colour: RGB,
        *,
        alpha: float = 1.0,
        lift: float = 0.0,
        wrap: float = 0.0,
    ) -> None:
        """Put down a closed outline of face places, cut where the face turns away."""
        self.waiting.append(
            Laid(
                self.pad.slot(), x, v + np.zeros_like(x), closed=True, colour=colour, role=role,
                alpha=alpha, lift=lift, wrap=wrap,
            )
        )  # fmt: skip

    def settle(self) -> None:
        """Put everything laid on the face so far where it is seen, all at once."""
        if not self.waiting:
            return
        counts = [len(laid.x) for laid in self.waiting]
        x = np.concatenate([laid.x for laid in self.waiting])
        v = np.concatenate([laid.v for laid in self.waiting])
        lift = np.repeat([laid.lift for laid in self.waiting], counts)
        wrap = np.repeat([laid.wrap for laid in self.waiting], counts)
        seen = self.skull.look(self.view, x, v)[0] > np.where(wrap > 0, -0.12, 0.02)
        points = self.skull.face(x, v, lift)
        # Drawn back toward the sides, so that a profile shows the width of the lips.
        points[:, 2] -= wrap * np.abs(x) ** 1.5
        flat = self.view.project(self.skull.world(points))
        start = 0
        for laid, count in zip(self.waiting, counts, strict=True):
            laid.put(self.pad, flat[start : start + count][seen[start : start + count]])
            start += count
        self.waiting.clear()

    def stroke(
        self,
        x: Array,
        v: Array,
        colour: RGB,
        width: float,
        *,
        alpha: float = 1.0,
        wrap: float = 0.0,
    ) -> None:
        """Put down an open stroke through face places, `width` in head units."""
        self.waiting.append(
            Laid(
                self.pad.slot(), x, v + np.zeros_like(x), closed=False, colour=colour, alpha=alpha,
                wrap=wrap, width=width * self.skull.unit,
            )
        )  # fmt: skip

    def nose(self) -> None:
        """Draw the nose: its far edge when the head is turned, its underside and nostrils."""
        if self.pixels < 40:
            return
        skull, view = self.skull, self.view
        centres, radii = skull.nose()
        flat = view.project(skull.world(centres))
        right = view.project(skull.world(centres[2] + [0, 0, 0.1])) - flat[2]
        unit = skull.unit * view.pixels
        tone = darker(self.of.skin, 0.40)
        width = 0.011
        facing = self.camera[2]
        if facing < -0.25:
            return
        up = flat[1] - flat[2]
        up = up / max(float(np.linalg.norm(up)), 1e-6)
        across = np.array([-up[1], up[0]])
        far = 1.0 if across @ right > 0 else -1.0
        turned = min(1.0, abs(float(self.camera[0])) * 1.5)
        tip, wing_a, wing_b = flat[2], flat[3], flat[4]
        near, away = (wing_a, wing_b) if self.camera[0] > 0 else (wing_b, wing_a)
        r = radii * unit
        under = tip - up * r[2] * 0.88
        if turned > 0.25 and abs(self.camera[0]) < 0.93:
            side = across * far
            edge = np.stack(
                [
                    flat[0] * 0.4 + flat[1] * 0.6 + side * r[1],
                    flat[1] + side * r[1] * 1.0,
                    tip + side * r[2] * 0.96,
                    tip + side * r[2] * 0.62 - up * r[2] * 0.72,
                    under,
                ]
            )
            self.pad.line(smooth(edge), tone, width * skull.unit, alpha=0.5 + 0.5 * turned)
        out = across * far * r[3]
        self._wing((near, under), up * r[3], -out, rise=1.1)
        if turned < 0.55:
            self._wing((away, under), up * r[3], out, rise=0.0)

    def _wing(self, ends: tuple[Array, Array], up: Array, out: Array, *, rise: float) -> None:
        """Draw the curl of one nostril from its wing to under the tip."""
        wing, under = ends
        curl = np.stack(
            [
                wing + up * rise + out * (0.75 if rise else 0.98),
                wing + out,
                wing - up * 0.72 + out * 0.5,
                wing * 0.45 + under * 0.55 - up * 0.25,
                under,
            ]
        )
        self.pad.line(smooth(curl), darker(self.of.skin, 0.40), 0.011 * self.skull.unit)

    def age_lines(self) -> None:
        """Draw the folds of an old face."""
        if self.of.old <= 0 or self.pixels < 80:
            return
        tone = darker(self.of.skin, 0.36)
        t = np.linspace(0, 1, 6)
        for side in (1.0, -1.0):
            self.stroke(
                side * (0.085 + 0.06 * t),
                0.32 - 0.13 * t - 0.01 * np.sin(np.pi * t),
                tone,
                0.008,
                alpha=0.8,
            )
            for k in (-1, 0, 1):
                self.stroke(
                    side * (0.262 + 0.03 * t[:3] * 2),
                    self.eye_v + 0.018 * k * (0.6 + t[:3]),
                    tone,
                    0.006,
                    alpha=0.7,
                )
        for k in (0, 1):
            self.stroke(
                -0.15 + 0.3 * t,
                0.70 + 0.045 * k + 0.008 * np.sin(np.pi * t),
                tone,
                0.006,
                alpha=0.6,
            )

    def blush(self) -> None:
        """Warm the cheeks."""
        strength = 0.16 + 0.16 * self.of.young + 0.05 * self.of.soft
        turn = np.linspace(0, 2 * np.pi, 17)[:-1]
        warm = mix(self.of.skin, (226, 92, 84), 0.55)
        for side in (1.0, -1.0):
            for r in (1.0, 0.68):
                self.patch(
                    side * 0.205 + 0.075 * r * np.cos(turn),
                    0.325 + 0.050 * r * np.sin(turn),
                    "skin",
                    warm,
                    alpha=strength,
                )
