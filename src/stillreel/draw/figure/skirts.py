"""Cloth that hangs: skirts, coat tails, aprons, cloaks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain, darker
from stillreel.draw.figure.view import cross, faces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.torso import Trunk

    Array = NDArray[np.float64]

_AROUND = np.radians(np.arange(0, 360, 20.0))
_SIDE, _AHEAD = np.sin(_AROUND), np.cos(_AROUND)


class Skirt:
    """Rings from the waist over both legs down to a hem."""

    def __init__(
        self, shape: Proportion, bones: Skeleton, trunk: Trunk, hem: float, flare: float
    ) -> None:
        """Hang cloth from the waist of `trunk` to `hem` (fraction of the leg)."""
        self.shape = shape
        self.bones = bones
        self.trunk = trunk
        self.hem = hem
        bent = max(self._bend(side) for side in (0, 1))
        self.flare = flare * shape.height * (1.0 - 0.85 * min(1.0, max(0.0, bent - 0.25) / 0.5))
        grounded = min(float(ankle[1]) for ankle in bones.ankle) > float(bones.root[1])
        self.floor = float(bones.root[1]) + 0.004 * shape.height if grounded else -np.inf
        self.shares = [share for share in (0.22, 0.48, 0.75) if share < hem - 0.08] + [hem]

    def _bend(self, side: int) -> float:
        thigh = self.bones.knee[side] - self.bones.hip[side]
        return 1.0 - float(thigh @ -self.bones.hips[:, 1]) / float(np.linalg.norm(thigh))

    def _legs(self, shares: Array) -> tuple[Array, Array]:
        """Return places of both legs and their downward directions, (2, S, 3) each."""
        bones = self.bones
        joints = np.array([bones.hip, bones.knee, bones.ankle])
        hips, knees, ankles = joints[:, :, None]
        at = shares[None, :, None] * 2
        upper = at < 1
        places = np.where(upper, hips + (knees - hips) * at, knees + (ankles - knees) * (at - 1))
        thigh, shin = knees - hips, ankles - knees
        thigh = thigh / np.sqrt((thigh * thigh).sum(axis=2, keepdims=True))
        shin = shin / np.sqrt((shin * shin).sum(axis=2, keepdims=True))
        return places, np.where(upper, thigh, shin)

    def _hoops(self, shares: Array) -> tuple[Array, Array, Array]:
        """Return centres, (S, 2, 3), and left and ahead radii, (S, 3), of rings about the legs."""
        girth = np.interp(shares, (0, 0.25, 0.5, 1), (0.060, 0.055, 0.046, 0.034)) * self.shape.limb
        radius = girth + 0.012 * self.shape.height + self.flare * (shares / self.hem) ** 1.2
        places, along = self._legs(shares)
        down = along[0] + along[1]
        down = down / np.maximum(np.sqrt((down * down).sum(axis=1, keepdims=True)), 1e-6)
        left = self.bones.hips[:, 0] - down * (down @ self.bones.hips[:, 0])[:, None]
        left = left / np.maximum(np.sqrt((left * left).sum(axis=1, keepdims=True)), 1e-6)
        ahead = cross(left, -down) * (0.92 * radius[:, None])
        return places.swapaxes(0, 1), left * radius[:, None], ahead

    def rings(self, shares: Array) -> Array:
        """Return (S, 2, N, 3) world points about both legs at (S,) shares of the leg."""
        centres, left, ahead = self._hoops(shares)
        round_ = _SIDE[:, None] * left[:, None] + _AHEAD[:, None] * ahead[:, None]
        made = centres[:, :, None] + round_[:, None]
        made[..., 1] = np.maximum(made[..., 1], self.floor)
        return made

    def ring(self, share: float) -> Array:
        """Return (2, N, 3) world points about both legs at a share of the leg."""
        return self.rings(np.array([share]))[0]

    def groups(self, pad: Sketch, waist: float) -> list[Array]:
        """Return convex screen groups of the whole skirt."""
        view, tall = pad.view, self.shape.height
        around = np.degrees(_AROUND)
        waist_ring = self.trunk.at(
            np.concatenate([around, around]), np.repeat([waist, 0.06], len(around)),
            np.repeat([0.003 * tall, 0.010 * tall], len(around)),
        )  # fmt: skip
        upper = view.project(waist_ring).reshape(2, -1, 2)
        lower = view.project(self.rings(np.array(self.shares)).reshape(len(self.shares), -1, 3))
        return [np.concatenate([a, b]) for a, b in pairwise([*upper, *lower])]

    def draw(self, pad: Sketch, colour: RGB, waist: float = 0.36, *, outline: float = 1.0) -> None:
        """Draw the skirt with its folds."""
        tall = self.shape.height
        pad.solid(
            self.groups(pad, waist), "cloth", colour, form=0.04 * tall, outline=outline,
            soften=0.008 * tall,
        )  # fmt: skip
        if pad.view.tall > 170:
            self._folds(pad, colour)

    def places(self, azimuths: Array, shares: Array) -> Array:
        """Return (S, 3) world points on the skirt at azimuths (degrees) and shares of the leg."""
        centres, left, ahead = self._hoops(np.maximum(shares, 0.05))
        turn = np.radians(azimuths)[:, None]
        hips = self.bones.hips
        toward = np.sin(turn) * hips[:, 0] + np.cos(turn) * hips[:, 2]
        on_left = (left * toward).sum(axis=1, keepdims=True)
        on_ahead = (ahead * toward).sum(axis=1, keepdims=True)
        far = np.maximum(np.sqrt(on_left**2 + on_ahead**2), 1e-9)
        # Cloth goes over from one leg to the other softly.
        reach = (centres * toward[:, None]).sum(axis=2)
        lead = np.clip((reach[:, 0] - reach[:, 1]) / (0.03 * self.shape.height), -30, 30)
        share = 1 / (1 + np.exp(-lead))[:, None]
        made = centres[:, 0] * share + centres[:, 1] * (1 - share)
        made = made + (left * on_left + ahead * on_ahead) / far
        made[:, 1] = np.maximum(made[:, 1], self.floor)
        return made

    def _folds(self, pad: Sketch, colour: RGB) -> None:
        tone = darker(colour, 0.36)
        middle = (self.bones.hip[0] + self.bones.hip[1]) / 2
        toward = pad.view.position - middle
        local = self.bones.hips.T @ toward
        face = float(np.degrees(np.arctan2(local[0], local[2])))
        along = np.linspace(0.0, 1.0, 5)
        start = np.array([0.30, 0.10, 0.42, 0.16, 0.34])[:, None] * self.hem
        shares = start + (self.hem * 0.985 - start) * along
        turns = face + np.array([-58.0, -27.0, 8.0, 36.0, 64.0])[:, None] * (0.75 + 0.25 * along)
        flat = pad.view.project(self.places(turns.ravel(), shares.ravel()))
        flat = flat.reshape(-1, len(along), 2)
        for line in flat:
            pad.crease(line, tone, 0.0048 * self.shape.height)


def apron(pad: Sketch, skirt: Skirt, colour: RGB) -> None:
    """Draw an apron: a bib on the chest, a band, a skirt over the front of the legs."""
    trunk, view, shape = skirt.trunk, pad.view, skirt.shape
    front = view.facing(skirt.bones.pelvis[None], skirt.bones.hips[:, 2][None])[0]
    az = np.linspace(-42, 42, 9)
    if front > -0.45:
        shares = np.linspace(0.02, skirt.hem, 6)
        left = skirt.places(48 - 6 * shares, shares)
        right = skirt.places(-48 + 6 * shares, shares)
        ring = skirt.ring(skirt.hem).reshape(-1, 3)
        ahead = skirt.bones.hips[:, 2]
        edge = ring[(ring - skirt.bones.pelvis) @ ahead > 0.02 * shape.height]
        edge = edge[np.argsort(edge @ skirt.bones.hips[:, 0])] if len(edge) else ring[:1]
        lower = view.project(np.concatenate([edge[2:-2] if len(edge) > 6 else edge]))
        top = view.project(trunk.ring(0.36, az, 0.012 * shape.height))
        flat = np.concatenate([top, view.project(left), lower[::-1], view.project(right)[::-1]])
        pad.solid([flat], "cloth", colour, form=0.02 * shape.height, outline=0.8)
        trunk.patch(
            pad, np.array([-46, -23, 0, 23.0, 46, 44, 38, 32, 16, 0, -16, -32, -38, -44]),
            np.array(
                [0.36, 0.36, 0.36, 0.36, 0.36, 0.5, 0.65, 0.78, 0.775, 0.77, 0.775, 0.78, 0.65, 0.5]
            ),
            "cloth", colour, outline=0.6,
        )  # fmt: skip
        for side in (1.0, -1.0):
            trunk.stroke(
                pad, side * np.array([32.0, 36, 44]), np.array([0.77, 0.88, 0.97]), colour, 0.012
            )
    around = np.arange(-180, 181, 12.0)
    trunk.stroke(pad, around, np.full(len(around), 0.37), darker(colour, 0.16), 0.016)


class Cloak:
    """A half tube of cloth from the shoulders to the calves."""

    def __init__(self, pad: Sketch, shape: Proportion, bones: Skeleton, colour: RGB) -> None:
        """Hang a cloak of `colour` on the shoulders."""
        self.pad = pad
        self.shape = shape
        self.bones = bones
        self.colour = colour
        azimuths = np.arange(72.0, 289.0, 12.0)
        self.azimuths = azimuths
        self.grid = self._net(np.radians(azimuths), np.array([0.0, 0.12, 0.35, 0.62, 0.85, 1.0]))
        flat = pad.view.project(self.grid)
        self.inside, self.outside = faces(flat)

    def _net(self, turn: Array, rows: Array) -> Array:
        """Return (R, N, 3) world points of the cloth at azimuths and shares of its length."""
        shape, bones, tall = self.shape, self.bones, self.shape.height
        t = rows[:, None]
        up, left, ahead = bones.chest[:, 1], bones.chest[:, 0], bones.chest[:, 2]
        down = -up * (1 - t) + np.array([0.0, -1.0, 0.0]) * (t + 0.4)
        down /= np.sqrt((down * down).sum(axis=1, keepdims=True))
        centre = bones.neck + up * (0.012 - 0.032 * np.minimum(1.0, t * 8)) * tall
        centre = centre + down * (tall * 0.74) * t + self._swing(t)
        wave = 1 + 0.07 * t * np.sin(turn * 7.0 + 1.4 * self._stride())
        wide = shape.shoulder * (0.90 + 0.42 * np.minimum(1, t * 5)) + (0.05 * t + 0.030) * tall
        deep = (0.052 + 0.028 * np.minimum(1, t * 4) + 0.075 * t) * tall
        across, along = np.sin(turn) * wide * wave, np.cos(turn) * deep * wave
        points = centre[:, None] + across[..., None] * left + along[..., None] * ahead
        points[..., 1] = np.maximum(points[..., 1], bones.root[1] + 0.01 * tall)
        return points

    def _stride(self) -> float:
        """Return how far the left foot is before the right one, in legs."""
        apart = self.bones.ankle[0] - self.bones.ankle[1]
        return float(apart @ self.bones.turn[:, 2]) / self.shape.leg

    def _swing(self, t: Array) -> Array:
        """Return how far steps swing the cloth aside and behind, metres at shares of its length."""
        stride = min(max(self._stride(), -1.0), 1.0)
        left, ahead = self.bones.turn[:, 0], self.bones.turn[:, 2]
        reach = t**1.6 * self.shape.height
        return reach * (left * (-0.05 * stride) - ahead * (0.10 * stride * stride))

    def lining(self) -> None:
        """Draw what is seen of the inner side, behind the body."""
        if self.inside:
            self.pad.solid(
                self.inside, "cloth", darker(self.colour, 0.34), form=0.02 * self.shape.height,
                every=True, outline=1.0, soften=0.004 * self.shape.height, shade=0.3,
            )  # fmt: skip

    def fall(self) -> None:
        """Draw the outer side with its folds."""
        if not self.outside:
            return
        tall = self.shape.height
        self.pad.solid(
            self.outside, "cloth", self.colour, form=0.045 * tall, every=True,
            soften=0.006 * tall,
        )  # fmt: skip
        if self.pad.view.tall < 170:
            return
        flat = self.pad.view.project(self.grid)
        outward = self.grid[3] - self.grid[3].mean(axis=0)
        outward /= np.linalg.norm(outward, axis=1, keepdims=True)
        seen = self.pad.view.facing(self.grid[3], outward)
        for k in range(1, len(self.azimuths) - 1, 2):
            if seen[k] > 0.3:
                self.pad.line(flat[1 + k % 3 // 2 :, k], darker(self.colour, 0.36), 0.005 * tall)

    def mantle(self, accent: RGB) -> None:
        """Draw the part over the shoulders and the clasp at the throat."""
        bones, shape, view = self.bones, self.shape, self.pad.view
        tall = shape.height
        up = bones.chest[:, 1]
        drop = up * 0.018 * tall
        radius = 0.046 * shape.limb
        line = [bones.shoulder[0] - drop, bones.neck - up * 0.008 * tall, bones.shoulder[1] - drop]
        self.pad.solid(
            chain(view, line, [radius, shape.neck_radius * 1.35, radius]), "cloth", self.colour,
            form=0.03 * tall, outline=0.8, soften=0.012 * tall,
        )  # fmt: skip
        clasp = bones.neck - up * 0.028 * tall + bones.chest[:, 2] * (0.055 * tall)
        if float(view.facing(clasp[None], bones.chest[:, 2][None])[0]) > 0:
            self.pad.solid(
                list(view.discs(clasp[None], np.array([0.013 * tall]))),
                "metal",
                accent,
                outline=0.6,
            )
