"""Heads of four-legged kinds: skull, muzzle, ears, horns, eyes that look, a mouth that opens."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.coat import tinted
from stillreel.draw.marks import mix
from stillreel.draw.prop.contour import hull, smooth
from stillreel.draw.prop.paint import darker, paler
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.animal.skeleton import Skeleton
    from stillreel.values.scene import Emotion

    Array = NDArray[np.float64]

INK: Tone = (30, 24, 26)
HORN: Tone = (206, 194, 168)
GUM: Tone = (96, 38, 42)
TONGUE: Tone = (206, 104, 104)
_MUZZLE_UP = 0.0


@dataclass(frozen=True, slots=True)
class Mood:
    """How a face is set: everything from 0 to 1 unless said otherwise."""

    emotion: Emotion = "neutral"
    jaw: float = 0.0
    lids: float = 0.0
    ears: float = 0.0
    """-1 laid back, 1 pricked."""
    gaze: tuple[float, float] = (0.0, 0.0)
    """Pupils to the own left and up, -1..1."""


class Head:
    """One head in its pose, ready to be put down piece by piece."""

    def __init__(
        self, flesh: Flesh, bones: Skeleton, kind: Quad, coat: Tone, eyes: Tone, mood: Mood
    ) -> None:
        self.flesh, self.bones, self.kind, self.mood = flesh, bones, kind, mood
        self.coat, self.eyes = coat, eyes
        self.size = flesh.view.pixels(bones.size, bones.head)
        """Skull radius in pixels."""

    def at(self, *place: float) -> Array:
        """Return the local place of a point given in skull radii: own left, up, forward."""
        return self.bones.head + np.array(place) @ self.bones.frame * self.bones.size

    def _way(self, *way: float) -> Array:
        return np.array(way) @ self.bones.frame

    def _jaw(self) -> Array:
        """Return the jaw's nodes (0, up, forward) swung open."""
        swing = radians(34 * self.mood.jaw)
        hinge = np.array([-0.35, 0.1])
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

    def pieces(self) -> list[Array]:
        """Return the flat pieces of skull, muzzle, jaw and trunk."""
        kind, size = self.kind, self.bones.size
        muzzle = [self.at(0, up, ahead) for up, ahead, _ in kind.muzzle]
        found = self.flesh.chain(
            [self.bones.head, *muzzle], [size, *(r * size for _, _, r in kind.muzzle)]
        )
        jaw = [self.at(*node) for node in self._jaw()]
        found += self.flesh.chain(jaw, [r * size for _, _, r in kind.jaw])
        for side in (1.0, -1.0):
            cheek = self.at(side * 0.42, -0.36, 0.2)
            found += self.flesh.chain([cheek], 0.62 * size)
        if kind.trunk:
            found += self.flesh.chain(*self._trunk())
        return found

    def _trunk(self) -> tuple[Array, Array]:
        lift = self.mood.jaw * 1.6
        line = [
            self.at(0, -0.35, 0.75),
            self.at(0, -0.95, 1.3 + 0.1 * lift),
            self.at(0, -1.8 + 0.5 * lift, 1.42 + 0.6 * lift),
            self.at(0, -2.6 + 1.2 * lift, 1.4 + 1.0 * lift),
            self.at(0, -3.1 + 2.0 * lift, 1.75 + 1.0 * lift),
        ]
        both = smooth(np.column_stack([line, [0.46, 0.4, 0.3, 0.23, 0.18]]), 3)
        both[:, 1] = np.maximum(both[:, 1], 0.04)
        return both[:, :3], both[:, 3] * self.bones.size

    def ears(self, *, far: bool) -> None:
        """Put down the ears and horns that lie behind the head, or those in front of it."""
        for side in (1.0, -1.0):
            if self.kind.ears != "none":
                self._ear(side, far)
        if self.kind.horns:
            for side in (1.0, -1.0):
                self._horn(side, far)

    def _behind(self, place: Array, bias: float = 0.0) -> bool:
        return self.flesh.view.facing(place - self.bones.head, place) < bias

    def _ear(self, side: float, far: bool) -> None:
        kind, mood = self.kind, self.mood
        x, up, ahead = kind.ear_at
        base = self.at(side * x, up, ahead)
        drooping = kind.ears in ("flop", "fan")
        if self._behind(base, -0.35 if kind.ears == "flop" else -0.02) != far:
            return
        long, wide = kind.ear_size
        back, perk = max(-mood.ears, 0.0), max(mood.ears, 0.0)
        sad = 0.5 if mood.emotion in ("sad", "afraid") else 0.0
        ways = {
            "prick": (
                0.3 + 0.5 * sad,
                1.0 - 0.6 * back - 0.4 * sad,
                0.05 - 0.9 * back + 0.1 * perk,
            ),
            "leaf": (
                0.75 + 0.25 * sad,
                0.62 - 0.5 * back - 0.4 * sad,
                -0.1 - 0.6 * back + 0.2 * perk,
            ),
            "long": (0.2 + 0.3 * sad, 1.0 - 0.75 * back, -0.15 - 0.9 * back),
            "round": (0.55, 0.8, -0.1),
            "flop": (0.22 + 0.3 * back, -0.9, 0.12 - 0.6 * back),
            "fan": (0.8, -0.25, -0.75 + 0.5 * perk),
        }
        if kind.ears == "leaf" and kind.ear_at[0] < 0.5:
            ways["leaf"] = (0.16 + 0.3 * sad, 1.0 - 0.6 * back, 0.1 - 0.9 * back + 0.15 * perk)
        way = self._way(side * ways[kind.ears][0], *ways[kind.ears][1:])
        way /= np.linalg.norm(way)
        front = self._way(side * 0.45, 0.0, 1.0) if not drooping else self._way(side, 0.1, 0.45)
        self._leaf(base, way, front, (long, wide), side)

    def _leaf(
        self, base: Array, way: Array, front: Array, size: tuple[float, float], side: float
    ) -> None:
        kind, scale = self.kind, self.bones.size
        long, wide = size[0] * scale, size[1] * scale
        across = cross(front, way)
        across /= max(float(np.linalg.norm(across)), 1e-9)
        form = {
            "prick": ((0, 0.95), (0.45, 0.72), (0.8, 0.3), (1.0, 0.04)),
            "leaf": ((0, 0.5), (0.3, 0.95), (0.65, 0.75), (1.0, 0.06)),
            "long": ((0, 0.5), (0.3, 0.9), (0.7, 0.95), (1.0, 0.25)),
            "round": ((0, 0.75), (0.4, 1.0), (0.75, 0.85), (1.0, 0.35)),
            "flop": ((0, 0.6), (0.35, 0.85), (0.75, 1.0), (1.0, 0.5)),
            "fan": ((-0.15, 0.6), (0.25, 0.95), (0.7, 0.9), (1.0, 0.35)),
        }[kind.ears]
        hinge = self._way(side * 0.24, 0.12, 0.0) * scale if kind.ears == "flop" else np.zeros(3)
        spine = [base + way * long * t + hinge * min(t * 2.2, 1.0) for t, _ in form]
        half = [wide * w for _, w in form]
        rim = [p + across * w for p, w in zip(spine, half, strict=True)]
        rim += [p - across * w for p, w in zip(reversed(spine), reversed(half), strict=True)]
        flat = self.flesh.view.flat(smooth(np.array(rim), 3, closed=True))
        thick = self.flesh.chain(spine, [max(w * 0.2, wide * 0.05) for w in half])
        tone = darker(self.coat, 0.22) if kind.ears == "flop" else self.coat
        if kind.pattern == "wool" or (
            kind.mark and kind.pattern == "saddle" and kind.ears == "flop"
        ):
            tone = darker(tone, 0.12)
        self.flesh.put([flat, *thick], tone, form=self.size * 0.12)
        if kind.ears in ("flop", "none") or self.flesh.view.facing(front, base) < 0.12:
            return
        middle = np.mean(rim, axis=0) * 0.35 + base * 0.65
        inner = middle + (np.array(rim) - middle) * 0.66
        inside = mix(self.coat, (196, 132, 122), 0.55)
        self.flesh.polygon(self.flesh.view.flat(smooth(inner, 3, closed=True)), inside)

    def _horn(self, side: float, far: bool) -> None:
        kinds: dict[str, tuple[tuple[float, float, float, float], ...]] = {
            "short": ((0.55, 0.75, -0.1, 0.2), (1.1, 0.95, -0.05, 0.16), (1.35, 1.45, 0.1, 0.05)),
            "curved": (
                (0.3, 0.85, 0.0, 0.22),
                (0.42, 1.6, -0.3, 0.18),
                (0.6, 2.1, -1.0, 0.1),
                (0.7, 2.15, -1.6, 0.04),
            ),
            "ram": (
                (0.5, 0.8, 0.0, 0.3),
                (0.95, 1.1, -0.6, 0.3),
                (1.25, 0.3, -1.0, 0.25),
                (1.3, -0.4, -0.4, 0.18),
                (1.45, -0.3, 0.3, 0.07),
            ),
            "antlers": (
                (0.25, 0.9, -0.1, 0.15),
                (0.75, 1.8, -0.5, 0.13),
                (1.5, 2.7, -0.6, 0.11),
                (1.75, 3.9, -0.1, 0.05),
            ),
        }
        nodes = np.array(kinds[self.kind.horns])
        nodes[:, 0] *= side
        base = self.at(*nodes[1, :3])
        if self._behind(base, -0.02) != far:
            return
        curve = smooth(nodes, 4)
        line = np.array([self.at(*node[:3]) for node in curve])
        tone = (128, 98, 68) if self.kind.horns == "antlers" else HORN
        pieces = self.flesh.chain(line, curve[:, 3] * self.bones.size)
        if self.kind.horns == "antlers":
            for start, tip in (
                ((0.5, 1.35, -0.3), (0.7, 1.9, 0.6)),
                ((1.05, 2.2, -0.6), (0.9, 3.1, 0.2)),
                ((1.5, 2.75, -0.6), (2.3, 3.3, -0.3)),
            ):
                ends = [self.at(side * p[0], *p[1:]) for p in (start, tip)]
                pieces += self.flesh.chain(ends, [0.1 * self.bones.size, 0.04 * self.bones.size])
        self.flesh.put(pieces, tone, "leather", form=self.size * 0.1)

    def features(self) -> None:
        """Put down what a face has: muzzle, mouth, nose, eyes."""
        if self.size < 2.0:
            return
        if self.kind.face:
            self._muzzle()
        self._mouth()
        self._nose()
        if self.kind.tusks:
            self._tusks()
        for side in (1.0, -1.0):
            self._eye(side)

    def _muzzle(self) -> None:
        kind, size = self.kind, self.bones.size
        nodes = kind.muzzle if len(kind.muzzle) < 3 else kind.muzzle[1:]
        if kind.face < 0:
            nodes = kind.muzzle[-2:]
        points = [self.at(0, up, ahead) for up, ahead, _ in nodes]
        radii = [r * size * 0.97 for _, _, r in nodes]
        pieces = self.flesh.chain(points, radii)
        jaw = self._jaw()[1:] if len(kind.jaw) > 2 else self._jaw()[-1:]
        pieces += self.flesh.chain(
            [self.at(*node) for node in jaw], [r * size * 0.96 for _, _, r in kind.jaw[-len(jaw) :]]
        )
        if self.flesh.view.facing(self.bones.frame[2], points[-1]) > -0.5:
            self.flesh.put(
                pieces,
                tinted(self.coat, kind.face),
                outline=0.0,
                form=self.size * 0.2,
                fillet=self.size * 0.1,
            )

    def _lip(self, side: float) -> Array:
        """Return the upper lip from under the nose to the corner of the mouth."""
        kind = self.kind
        up, ahead, r = kind.muzzle[-1]
        line = [(0.0, up - r * 0.72, ahead + r * 0.72)]
        sides = tuple(reversed(kind.muzzle))
        for up, ahead, r in sides[: max(len(sides) - 1, 1)]:
            line.append((side * r * 0.72, up - r * 0.72, ahead + r * 0.1))
        up, ahead, r = sides[-1]
        smile = {"happy": 0.2, "sad": -0.16, "angry": -0.1, "afraid": -0.12}.get(
            self.mood.emotion, 0.03
        )
        line.append((side * r * 0.86, up - r * 0.62 + smile, ahead - 0.02))
        return smooth(np.array([self.at(*place) for place in line]), 3)

    def _mouth(self) -> None:
        kind = self.kind
        if kind.trunk or self.flesh.view.facing(self.bones.frame[2], self.bones.head) < -0.55:
            return
        width = max(self.size * 0.055, 0.7)
        for side in (1.0, -1.0):
            lip = self._lip(side)
            if self.flesh.view.facing(self._way(side, -0.1, 0.55), lip[len(lip) // 2]) < 0.02:
                continue
            flat = self.flesh.view.flat(lip)
            if self.mood.jaw > 0.08:
                jaw = np.array(
                    [
                        self.at(side * r * 0.55, node[1] + r * 0.5, node[2] + r * 0.3)
                        for node, (_, _, r) in zip(self._jaw(), kind.jaw, strict=True)
                    ]
                )
                low = self.flesh.view.flat(jaw)
                hole = np.concatenate([flat, low])
                self.flesh.polygon(hull(hole), GUM, "mouth", outline=0.4)
                tongue = np.concatenate([low * 0.78 + flat.mean(axis=0) * 0.22, low])
                self.flesh.polygon(hull(tongue), TONGUE, "mouth")
            self.flesh.line(flat, width, darker(self.coat, 0.62), "crease")

    def _nose(self) -> None:
        kind, size = self.kind, self.bones.size
        up, ahead, r = kind.muzzle[-1]
        ahead_way = self.bones.frame[2]
        tip = self.at(0, up + r * 0.42, ahead + r * 0.72)
        if kind.snout:
            disc = self.at(0, up + 0.04, ahead + r * 0.86)
            if self.flesh.spot(
                disc,
                self._way(0, 0.12, 1),
                (r * size * 0.98, r * size * 0.82),
                darker(self.coat, 0.12),
                outline=0.8,
            ):
                for side in (1.0, -1.0):
                    spot = self.at(side * r * 0.36, up + 0.06, ahead + r * 0.88)
                    self.flesh.spot(
                        spot, ahead_way, (0.07 * size, 0.12 * size), darker(self.coat, 0.6)
                    )
            return
        if kind.nose and self.flesh.view.facing(ahead_way + self._way(0, 0.3, 0), tip) > -0.3:
            flat = [
                *self.flesh.chain(
                    [
                        self.at(-0.4 * kind.nose, up + r * 0.5, ahead + r * 0.74),
                        self.at(0.4 * kind.nose, up + r * 0.5, ahead + r * 0.74),
                        self.at(0, up + r * 0.3, ahead + r * 0.82),
                    ],
                    kind.nose * size * 0.66,
                ),
            ]
            tone = (214, 138, 128) if kind.pupil == "slit" else INK
            self.flesh.put(flat, tone, "leather", outline=0.5, form=self.size * 0.08, fine=64)
            if self.size > 14:
                glint = self.flesh.view.flat(
                    [self.at(0.1 * kind.nose, up + r * 0.5 + kind.nose * 0.3, ahead + r * 0.9)]
                )
                self.flesh.polygon(
                    glint + np.array([[-1, 0], [0, -0.6], [1, 0], [0, 0.6]]) * self.size * 0.05,
                    paler(tone, 0.45),
                )
        elif not kind.nose and not kind.trunk:
            for side in (1.0, -1.0):
                spot = self.at(side * r * 0.62, up + r * 0.22, ahead + r * 0.66)
                way = self._way(side * 0.7, 0.1, 0.7)
                self.flesh.spot(spot, way, (0.1 * size, 0.17 * size), darker(self.coat, 0.72))

    def _tusks(self) -> None:
        for side in (1.0, -1.0):
            line = [
                self.at(side * 0.42, -0.75, 0.7),
                self.at(side * 0.55, -1.1, 1.3),
                self.at(side * 0.55, -0.95, 1.9),
            ]
            if self.flesh.view.facing(self._way(side, 0, 0.6), line[1]) > -0.05:
                pieces = self.flesh.chain(
                    smooth(np.array(line), 3), np.linspace(0.13, 0.03, 7) * self.bones.size
                )
                self.flesh.put(pieces, (240, 232, 212), "leather", form=self.size * 0.06)

    def _eye(self, side: float) -> None:
        kind, scale = self.kind, self.bones.size
        x, up, ahead = kind.eye
        way = np.array([side * x, up, ahead])
        way /= np.linalg.norm(way)
        normal = self._way(*way)
        centre = self.bones.head + normal * scale * 0.97
        size = kind.eye_size * scale
        wide = {"surprised": 1.15, "afraid": 1.15}.get(self.mood.emotion, 1.0)
        if self.flesh.view.facing(normal, centre) <= 0.1:
            return
        high = self.bones.frame[1]
        shut = max(
            self.mood.lids,
            {"happy": 0.12, "sad": 0.2, "determined": 0.18}.get(self.mood.emotion, 0.0),
        )
        pixels = self.size * kind.eye_size
        across = cross(high, normal)
        across /= max(float(np.linalg.norm(across)), 1e-9)
        if shut > 0.82:
            turn = np.linspace(-1, 1, 7)
            curve = (
                centre + np.outer(turn * size, across) - np.outer((1 - turn**2) * size * 0.35, high)
            )
            self.flesh.line(self.flesh.view.flat(curve), max(pixels * 0.3, 0.8), INK, "crease")
            return
        look = self.mood.gaze
        pupil = centre + (across * look[0] + high * look[1] * 0.7) * size * 0.28
        spot = self.flesh.spot
        if pixels < 2.4:
            spot(centre, normal, (size * 0.9, size * wide), INK, "eye", up=high)
            return
        spot(
            centre,
            normal,
            (size * 1.16, size * 1.16 * wide),
            darker(self.coat, 0.7),
            "eye",
            up=high,
        )
        spot(centre, normal, (size, size * wide), (236, 230, 218), "eye", up=high)
        spot(pupil, normal, (size * 0.84, size * 0.9), self.eyes, "eye", up=high)
        slim = {"round": 0.56, "slit": 0.26, "bar": 0.62}[kind.pupil]
        tall = {"round": 0.56, "slit": 0.74, "bar": 0.5}[kind.pupil]
        spot(pupil, normal, (size * slim, size * tall), INK, "eye", up=high)
        glint = pupil + (high * 0.34 + across * 0.28 * side) * size
        spot(glint, normal, (size * 0.2, size * 0.2), (255, 252, 244), "eye", up=high)
        self._lid(centre, across, high, size, shut, side)

    def _lid(
        self, centre: Array, across: Array, high: Array, size: float, shut: float, side: float
    ) -> None:
        """Put down the upper lid and brow; anger slants it inward, sorrow outward."""
        slant = {"angry": 0.5, "determined": 0.25, "sad": -0.4, "afraid": -0.3}.get(
            self.mood.emotion, 0.0
        )
        turn = np.linspace(0.0, np.pi, 9)
        top = (
            centre
            + np.outer(np.cos(turn) * size * 1.2, across)
            + np.outer(np.sin(turn) * size * 1.24, high)
        )
        u = np.cos(turn[::-1])
        level = 0.86 - 1.75 * shut - slant * 0.55 * (1 - side * u) * (1 if slant > 0 else 0)
        level = level + slant * 0.55 * (1 + side * u) * (1 if slant < 0 else 0)
        edge = np.minimum(level, np.sin(turn[::-1]) * 1.24)
        low = centre + np.outer(u * size * 1.2, across) + np.outer(edge * size, high)
        self.flesh.polygon(self.flesh.view.flat(np.concatenate([top, low])), self.coat)
        self.flesh.line(
            self.flesh.view.flat(low), max(self.size * 0.04, 0.8), darker(self.coat, 0.75), "crease"
        )
