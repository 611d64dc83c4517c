"""Eyes, brows, nose, mouth and ears, laid on the skull and shown only where they face the camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker, lighter, smooth
from stillreel.draw.marks import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.skull import Skull
    from stillreel.draw.marks import Role
    from stillreel.values.scene import Emotion

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expression:
    """What an emotion does to a face; lengths in head units."""

    inner: float = 0.0
    """Inner end of the brows, up."""
    outer: float = 0.0
    """Outer end of the brows, up."""
    pinch: float = 0.0
    """Brows drawn together."""
    lids: float = 0.9
    """How open the upper lids are."""
    cheek: float = 0.0
    """Lower lids pushed up."""
    smile: float = 0.008
    """Corners of the mouth, up."""
    wide: float = 1.0
    part: float = 0.0
    """Lips apart without speech."""


EXPRESSIONS: dict[Emotion, Expression] = {
    "neutral": Expression(),
    "happy": Expression(0.006, 0.004, 0.0, 0.9, 0.32, 0.036, 1.18, 0.12),
    "sad": Expression(0.034, -0.022, 0.008, 0.72, 0.05, -0.026, 0.86, 0.0),
    "angry": Expression(-0.036, 0.022, 0.016, 0.78, 0.22, -0.022, 0.98, 0.0),
    "afraid": Expression(0.040, 0.004, 0.010, 1.16, 0.0, -0.016, 0.98, 0.22),
    "surprised": Expression(0.042, 0.036, 0.0, 1.22, 0.0, 0.0, 0.72, 0.42),
    "determined": Expression(-0.024, 0.006, 0.010, 0.80, 0.18, -0.004, 0.96, 0.0),
}


@dataclass(frozen=True, slots=True)
class Features:
    """Colours and measures of one face."""

    skin: RGB
    eyes: RGB
    hair: RGB
    soft: float
    young: float
    old: float


class Face:
    """One face being drawn."""

    def __init__(self, pad: Sketch, skull: Skull, features: Features, mood: Expression) -> None:
        """Lay features on `skull` and put them on `pad`."""
        self.pad = pad
        self.skull = skull
        self.view = pad.view
        self.of = features
        self.mood = mood
        self.pixels = skull.unit * pad.view.pixels
        """Pixels the head is tall."""
        self.camera = skull.side_on(pad.view)
        young = features.young
        self.eye_x = 0.158 + 0.010 * young
        self.eye_v = 0.478 - 0.040 * young
        self.eye_wide = 0.080 + 0.004 * features.soft + 0.008 * young
        self.eye_high = 0.043 + 0.006 * features.soft + 0.014 * young - 0.005 * features.old

    def patch(
        self, x: Array, v: Array, role: Role, colour: RGB, *, alpha: float = 1.0, lift: float = 0.0
    ) -> None:
        """Put down a closed outline of face places, cut where the face turns away."""
        facing, world = self.skull.look(self.view, x, v)
        seen = facing > 0.02
        if int(seen.sum()) < 3:
            return
        if lift:
            world = self.skull.world(self.skull.face(x, v, lift))
        flat = self.view.project(world[seen])
        self.pad.flat(flat, role, colour, alpha=alpha)

    def stroke(self, x: Array, v: Array, colour: RGB, width: float, *, alpha: float = 1.0) -> None:
        """Put down an open stroke through face places, `width` in head units."""
        facing, world = self.skull.look(self.view, x, v)
        seen = facing > 0.02
        if int(seen.sum()) < 2:
            return
        flat = self.view.project(world[seen])
        self.pad.line(flat, colour, width * self.skull.unit, alpha=alpha)

    def eye(self, side: float, gaze: tuple[float, float], blink: float) -> None:
        """Draw one eye; `side` is +1 for the own left."""
        centre = np.array([side * self.eye_x])
        look = float(self.skull.look(self.view, centre, np.array([self.eye_v]))[0][0])
        if look < 0.04:
            return
        wide, high, mood = self.eye_wide, self.eye_high, self.mood
        u = np.linspace(-1, 1, 13)
        x = side * self.eye_x + side * u * wide
        tilt = 0.010 * u * (0.4 + 0.6 * self.of.soft)
        open_up = mood.lids * (1 - blink)
        top = high * (1 - np.abs(u + 0.12) ** 2.3 / 1.30).clip(0) ** 0.75
        top[0] = top[-1] = 0.0
        low = -high * 0.62 * (1 - u**2) ** 0.8 * (1 - 0.75 * mood.cheek)
        upper = (
            self.eye_v
            + tilt
            + np.where(open_up > 0, top * open_up, 0)
            + low * (1 - min(1, open_up * 1.4)) * 0.9
        )
        lower = self.eye_v + tilt + low
        ink = (34, 24, 26)
        if self.pixels < 34:
            self._dot(side, blink)
            return
        if blink < 0.85:
            white = mix((250, 246, 240), self.of.skin, 0.10)
            ring_x, ring_v = np.concatenate([x, x[::-1]]), np.concatenate([upper, lower[::-1]])
            self.patch(ring_x, ring_v, "eye", white)
            self._iris(side, gaze, (x, upper, lower))
        self._lids(side, (u, x, upper, lower), ink, blink)

    def _dot(self, side: float, blink: float) -> None:
        turn = np.linspace(0, 2 * np.pi, 9)[:-1]
        tall = max(0.012, 0.040 * (1 - blink) * self.mood.lids)
        x = side * self.eye_x + 0.034 * np.cos(turn)
        self.patch(x, self.eye_v + tall * np.sin(turn), "eye", (36, 26, 28))

    def _iris(
        self, side: float, gaze: tuple[float, float], lids: tuple[Array, Array, Array]
    ) -> None:
        x, upper, lower = lids
        order = np.argsort(x)
        radius = self.eye_high * 0.98
        cx = side * self.eye_x + gaze[0] * self.eye_wide * 0.50
        cv = self.eye_v + 0.004 + gaze[1] * self.eye_high * 0.45
        turn = np.linspace(0, 2 * np.pi, 21)[:-1]

        def disc(r: float, dx: float = 0.0, dv: float = 0.0) -> tuple[Array, Array]:
            px = np.clip(cx + dx + r * np.cos(turn), x.min(), x.max())
            pv = np.clip(
                cv + dv + r * np.sin(turn),
                np.interp(px, x[order], lower[order]), np.interp(px, x[order], upper[order]),
            )  # fmt: skip
            return px, pv

        self.patch(*disc(radius), "eye", darker(self.of.eyes, 0.35))
        if self.pixels > 90:
            self.patch(*disc(radius * 0.84), "eye", self.of.eyes)
            self.patch(*disc(radius * 0.55, 0, -radius * 0.28), "eye", lighter(self.of.eyes, 0.22))
        self.patch(*disc(radius * 0.48), "eye", (22, 18, 22))
        if self.pixels > 60:
            # Both catch lights sit on the same side of the screen, as one lamp makes them.
            self.patch(*disc(radius * 0.24, -0.30 * radius, 0.36 * radius), "eye", (255, 255, 255))

    def _lids(
        self, side: float, lids: tuple[Array, Array, Array, Array], ink: RGB, blink: float
    ) -> None:
        u, x, upper, lower = lids
        thick = 0.010 + 0.010 * self.of.soft + 0.004 * self.of.young
        weight = thick * (0.35 + 0.65 * np.clip((u + 1) / 1.6, 0, 1))
        edge = lower if blink >= 0.85 else upper
        wing = x.copy()
        wing[-1] += side * 0.016 * self.of.soft
        rise = edge.copy()
        rise[-1] += 0.010 * self.of.soft
        self.patch(
            np.concatenate([wing, x[::-1]]),
            np.concatenate([rise + weight * 0.4, (edge - weight * 0.6)[::-1]]), "eye", ink,
        )  # fmt: skip
        if self.pixels > 110:
            fold = 0.020 + 0.012 * self.of.old
            tone = darker(self.of.skin, 0.42)
            self.stroke(x[2:-1], upper[2:-1] + fold, tone, 0.007, alpha=0.8)
            self.stroke(x[4:-1], lower[4:-1] - 0.004, tone, 0.005, alpha=0.6)
        if self.of.old > 0 and self.pixels > 90:
            tone = darker(self.of.skin, 0.35)
            self.stroke(x[2:-2], lower[2:-2] - 0.030, tone, 0.006, alpha=0.7)

    def brow(self, side: float) -> None:
        """Draw one brow."""
        mood, of = self.mood, self.of
        along = np.linspace(0, 1, 7)
        start = 0.072 - mood.pinch + 0.01 * of.young
        x = side * (start + (0.262 + 0.012 * of.young - start) * along)
        base = self.eye_v + self.eye_high + 0.048 + 0.006 * of.soft + 0.006 * of.young
        arch = 0.020 * np.sin(np.pi * np.clip(along * 1.05 - 0.08, 0, 1)) * (0.6 + 0.5 * of.soft)
        v = base + arch + mood.inner * (1 - along) ** 1.3 + mood.outer * along - 0.010 * along**2
        heavy = 0.019 - 0.006 * of.soft - 0.004 * of.young + 0.003 * of.old
        thick = heavy * np.array([0.75, 1.0, 1.0, 0.95, 0.8, 0.55, 0.12])
        colour = darker(of.hair, 0.35)
        self.patch(
            np.concatenate([x, x[::-1]]), np.concatenate([v + thick, (v - thick)[::-1]]),
            "hair", colour,
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
            edge = np.stack([flat[0] * 0.4 + flat[1] * 0.6 + side * r[1], flat[1] + side * r[1] * 1.0,
                             tip + side * r[2] * 0.96, tip + side * r[2] * 0.62 - up * r[2] * 0.72, under])  # fmt: skip
            self.pad.line(smooth(edge), tone, width * skull.unit, alpha=0.5 + 0.5 * turned)
        side = -across * far
        curl = np.stack(
            [near + up * r[3] * 1.1 + side * r[3] * 0.75, near + side * r[3] * 1.0,
             near - up * r[3] * 0.72 + side * r[3] * 0.5, near * 0.45 + under * 0.55 - up * r[3] * 0.25, under]
        )  # fmt: skip
        self.pad.line(smooth(curl), tone, width * skull.unit)
        if turned < 0.55:
            side = across * far
            curl = np.stack(
                [away + side * r[3] * 0.95, away - up * r[3] * 0.72 + side * r[3] * 0.5,
                 away * 0.45 + under * 0.55 - up * r[3] * 0.25, under]
            )  # fmt: skip
            self.pad.line(smooth(curl), tone, width * skull.unit)

    def mouth(self, opened: float) -> None:
        """Draw the mouth, `opened` 0..1."""
        mood, of = self.mood, self.of
        gape = min(1.0, max(opened, mood.part))
        v0 = 0.198 - 0.004 * of.young
        half = (0.098 + 0.006 * (1 - of.soft) - 0.010 * of.young) * mood.wide * (1 - 0.14 * opened)
        u = np.linspace(-1, 1, 13)
        x = u * half
        corner = mood.smile * np.abs(u) ** 1.8 - mood.smile * 0.35
        drop = 0.085 * gape * (1 - u**2) ** 0.7
        rise = 0.016 * gape * (1 - u**2) ** 0.7
        top, bottom = v0 + corner + rise, v0 + corner - drop
        lip = mix(mix(of.skin, (196, 66, 70), 0.42 + 0.16 * of.soft), (60, 20, 24), 0.06)
        fullness = 0.6 + 0.55 * of.soft - 0.12 * of.young
        bow = 0.017 * fullness * (1 - u**2) ** 0.8 * (1 - 0.35 * np.exp(-((u / 0.16) ** 2)))
        pout = 0.027 * fullness * (1 - u**2) ** 0.75
        if self.pixels > 46:
            self.patch(
                np.concatenate([x, x[::-1]]),
                np.concatenate([top + bow, top[::-1]]),
                "mouth",
                darker(lip, 0.12),
            )
            self.patch(
                np.concatenate([x, x[::-1]]),
                np.concatenate([bottom, (bottom - pout)[::-1]]),
                "mouth",
                lip,
            )
        dark = (84, 28, 32)
        if gape > 0.05:
            self.patch(
                np.concatenate([x, x[::-1]]), np.concatenate([top, bottom[::-1]]), "mouth", dark
            )
            if self.pixels > 70:
                teeth = np.maximum(top - 0.026, bottom + 0.3 * (top - bottom))
                keep = slice(2, -2)
                self.patch(
                    np.concatenate([x[keep], x[keep][::-1]]),
                    np.concatenate([top[keep], teeth[keep][::-1]]),
                    "mouth",
                    (246, 240, 230),
                )
                if gape > 0.3:
                    keep = slice(3, -3)
                    tongue = bottom + 0.35 * (top - bottom)
                    self.patch(
                        np.concatenate([x[keep], x[keep][::-1]]),
                        np.concatenate([tongue[keep], (bottom + 0.004)[keep][::-1]]),
                        "mouth",
                        (196, 92, 92),
                    )
        else:
            self.stroke(x, top, darker(lip, 0.62), 0.010 if self.pixels > 46 else 0.022)
        if self.pixels > 90:
            self.stroke(
                np.linspace(-0.05, 0.05, 5),
                np.full(5, v0 - 0.062) - drop[6] * 0.7,
                darker(of.skin, 0.3),
                0.007,
                alpha=0.6,
            )

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
                    side * 0.205 + 0.075 * r * np.cos(turn), 0.325 + 0.050 * r * np.sin(turn),
                    "skin", warm, alpha=strength,
                )  # fmt: skip

    def ear(self, side: float) -> None:
        """Draw one ear."""
        turn = np.linspace(0, 2 * np.pi, 17)[:-1]
        flap = 0.5 + 0.5 * np.cos(turn - np.pi + 0.35)
        wide = float(np.interp(0.5, self.skull.rows[:, 0], self.skull.rows[:, 1]))
        size = 1.0 + 0.10 * self.of.young + 0.12 * self.of.old

        def rim(scale: float) -> Array:
            high = np.sin(turn)
            slim = np.where(high < 0, 0.72 + 0.28 * (1 + high), 1.0)
            back = -0.062 + 0.062 * scale * size * np.cos(turn) * slim
            out = wide * 0.955 + (0.012 + 0.055 * flap) * size
            return np.stack([side * out, 0.455 + 0.115 * scale * size * high, back], axis=1)

        flat = self.view.project(self.skull.world(rim(1.0)))
        self.pad.flat(flat, "skin", mix(self.of.skin, (210, 90, 80), 0.10), outline=0.8, form=0.01)
        if self.pixels > 60 and self.camera[0] * side > -0.1:
            inner = self.view.project(self.skull.world(rim(0.62)))
            self.pad.line(
                inner[[3, 2, 1, 0, 15, 14, 13][::-1]] if side else inner,
                darker(self.of.skin, 0.35),
                0.010 * self.skull.unit,
            )
            self.pad.line(inner[3:11], darker(self.of.skin, 0.35), 0.010 * self.skull.unit)
