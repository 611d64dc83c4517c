"""Birds: one rig from linnet to swan, perched, walking, swimming or on the wing."""

from __future__ import annotations

from math import sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.animal.perch import TURN, perch_of
from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import hull, smooth
from stillreel.draw.prop.paint import darker, paler
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Tone
    from stillreel.draw.animal.fowl import Fowl
    from stillreel.draw.marks import Shape
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]


INK: Tone = (30, 24, 26)


def shapes_of(
    identity: Identity, kind: Fowl, view: View, acting: Acting, coat: str = ""
) -> tuple[Shape, ...]:
    """Return the shapes of a bird; the view's scale is metres per trunk length."""
    return Bird(identity, kind, view, acting, coat).shapes()


class Bird:
    """One bird in one moment."""

    def __init__(
        self, identity: Identity, kind: Fowl, view: View, acting: Acting, coat: str
    ) -> None:
        self.kind, self.view, self.acting = kind, view, acting
        self.identity = identity
        self.flesh = Flesh(view, identity.id)
        self.at = perch_of(kind, acting)
        self.coat = rgb(coat or kind.coat)
        self.breast = rgb(kind.breast) if not coat else paler(self.coat, 0.45)
        self.pixels = view.pixels(kind.girth, self.at.trunk[2])

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything, farthest first."""
        at, view = self.at, self.view
        behind = view.depth(at.head) > view.depth(at.trunk[2]) + 0.12 * view.scale
        tail_near = view.depth(at.trunk[0]) < view.depth(at.trunk[2]) - 0.1 * view.scale
        sides = sorted((0, 1), key=lambda n: -view.depth(at.feet[n]))
        far, near = (1.0, -1.0) if self._side_depth(1.0) > self._side_depth(-1.0) else (-1.0, 1.0)
        if not tail_near:
            self._tail()
        self._wing(far, far=True)
        for number in sides:
            self._leg(number)
        if behind:
            self._head(apart=True)
        self._trunk(with_head=not behind)
        if not behind:
            self._head(apart=False)
        if tail_near:
            self._tail()
        self._wing(near, far=False)
        if (
            abs(self._side_depth(1.0) - self._side_depth(-1.0)) < 0.12 * view.scale
            and not at.spread
        ):
            self._wing(far, far=False)
        self._hold()
        return tuple(self.flesh.shapes)

    def _side_depth(self, side: float) -> float:
        return self.view.depth(self.at.trunk[2] + self.at.frame[0] * side * 0.4)

    def _trunk(self, *, with_head: bool) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        radii = kind.girth * np.array([0.34, 0.72, 1.0, 0.86, 0.62])
        neck_r = np.linspace(max(kind.neck_r * 1.3, kind.girth * 0.5), kind.neck_r, 4)
        line = smooth(np.column_stack([at.neck, neck_r]), 3)
        pieces = flesh.chain(at.trunk, radii) + flesh.chain(line[:, :3], line[:, 3])
        pieces += flesh.chain([at.trunk[3], at.neck[0]], [kind.girth * 0.8, neck_r[0]])
        if with_head:
            pieces += flesh.chain([at.head], kind.head)
        flesh.put(
            pieces,
            self.coat,
            "feather",
            form=self.pixels * 0.45,
            fillet=self.pixels * 0.14,
            fine=360,
        )
        front = at.frame[2] - at.frame[1] * 0.9
        seen = self.view.facing(front, at.trunk[2])
        if seen > -0.55 and self.pixels > 2:
            down = -at.frame[1] * 0.3 + at.frame[2] * 0.1
            belly = at.trunk[1:5] + down * kind.girth
            pieces = flesh.chain(belly, radii[1:5] * 0.7)
            flesh.put(
                pieces,
                self.breast,
                "feather",
                outline=0.0,
                form=self.pixels * 0.3,
                fillet=self.pixels * 0.1,
            )
        if kind.throat and seen > -0.4:
            spot = [at.trunk[4] - at.frame[1] * 0.1 * kind.girth, at.neck[1]]
            flesh.put(
                flesh.chain(spot, [kind.girth * 0.5, neck_r[1] * 0.9]),
                rgb(kind.throat),
                "feather",
                outline=0.0,
                form=self.pixels * 0.2,
            )

    def _head(self, *, apart: bool) -> None:
        kind, at, flesh, view = self.kind, self.at, self.flesh, self.view
        size = view.pixels(kind.head, at.head)
        if kind.beak == "comb":
            comb = [
                at.head + np.array([0, 1.0 + 0.15 * n, 0.55 - 0.4 * n]) @ at.face * kind.head
                for n in range(3)
            ]
            flesh.put(
                [p for spot in comb for p in flesh.chain([spot], kind.head * 0.34)],
                (196, 52, 46),
                "leather",
            )
        tone = rgb(kind.cap) if kind.cap and kind.face else self.coat
        flesh.put(
            flesh.chain([at.head], kind.head),
            tone,
            "feather",
            outline=1.0 if apart else 0.0,
            form=size * 0.4,
        )
        if kind.cap and not kind.face:
            spot = at.head + np.array([0, 0.52, 0.34]) @ at.face * kind.head
            if view.facing(spot - at.head, spot) > -0.2:
                flesh.put(
                    flesh.chain([spot], kind.head * 0.52), rgb(kind.cap), "feather", outline=0.0
                )
        if (
            kind.face
            and kind.usual_m < 2
            and view.facing(at.face[2], at.head) > -0.3
            and not kind.cap
        ):
            for side in (1.0, -1.0):
                way = np.array([side * 0.42, 0.05, 0.88]) @ at.face
                flesh.spot(
                    at.head + way * kind.head * 0.97,
                    way,
                    (kind.head * 0.55, kind.head * 0.62),
                    rgb(kind.face),
                    "feather",
                    least=-0.05,
                )
        if kind.eye > 0.36 and size > 3:
            for side in (1.0, -1.0):
                ear = [
                    at.head + np.array([side * 0.55, 0.75, 0]) @ at.face * kind.head,
                    at.head + np.array([side * 0.85, 1.28, -0.05]) @ at.face * kind.head,
                ]
                flesh.put(
                    flesh.chain(ear, [kind.head * 0.22, kind.head * 0.05]),
                    self.coat,
                    "feather",
                    outline=0.7,
                )
        ahead = view.facing(at.face[2], at.head)
        if ahead > -0.5:
            self._beak(size)
        for side in (1.0, -1.0):
            self._eye(side, size)

    def _beak(self, size: float) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        r, long = kind.head, kind.beak_long
        tone = rgb(kind.beak_tone)
        root = at.head + np.array([0, -0.08, 0.86]) @ at.face * r
        ahead, high, across = at.face[2] * long, at.face[1], at.face[0]
        thick = {"cone": 0.3, "hook": 0.34, "flat": 0.26, "dagger": 0.24, "comb": 0.26}[
            kind.beak
        ] * r
        gape = self.at.beak * 0.55
        low = root - high * thick * (0.5 + gape)
        under = flesh.chain(
            [low, low + ahead * 0.8 - high * gape * long * 0.5], [thick * 0.5, thick * 0.16]
        )
        flesh.put(under, darker(tone, 0.22), "leather", outline=0.6)
        if kind.beak == "flat":
            tip = root + ahead * 0.95 - high * thick * 0.7
            wide = [
                root + across * thick * 0.7,
                root - across * thick * 0.7,
                tip - across * thick * 1.1,
                tip + across * thick * 1.1,
            ]
            pieces = flesh.chain([root, tip], [thick * 0.8, thick * 0.34])
            pieces.append(hull(self.view.flat(np.array(wide))))
        elif kind.beak == "hook":
            line = [
                root,
                root + ahead * 0.7 + high * thick * 0.1,
                root + ahead - high * thick * 0.7,
            ]
            pieces = flesh.chain(line, [thick, thick * 0.7, thick * 0.12])
        else:
            pieces = flesh.chain(
                [root, root + ahead], [thick * (1.1 if kind.beak == "cone" else 0.8), thick * 0.08]
            )
        flesh.put(pieces, tone, "leather", outline=0.8, form=size * 0.1)

    def _eye(self, side: float, size: float) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        way = np.array(
            [side * (0.5 if kind.eye > 0.36 else 0.78), 0.22, 0.82 if kind.eye > 0.36 else 0.55]
        )
        normal = way / np.linalg.norm(way) @ at.face
        spot = at.head + normal * kind.head * 0.98
        r = kind.eye * kind.head
        if self.view.facing(normal, spot) < 0.06:
            return
        if at.lids > 0.8:
            turn = np.linspace(-1, 1, 6)
            line = (
                spot
                + np.outer(turn * r, cross(at.face[1], normal))
                - np.outer((1 - turn**2) * r * 0.3, at.face[1])
            )
            flesh.line(self.view.flat(line), max(size * 0.06, 0.8), INK)
            return
        if size * kind.eye > 2.5:
            iris = (228, 170, 60) if kind.eye > 0.36 else (110, 74, 44)
            flesh.spot(spot, normal, (r * 1.14, r * 1.14), INK, "eye")
            flesh.spot(spot, normal, (r, r), iris, "eye")
        flesh.spot(spot, normal, (r * 0.66, r * 0.66), INK, "eye")
        if size * kind.eye > 2:
            flesh.spot(
                spot + at.face[1] * r * 0.3 + at.face[0] * r * 0.2,
                normal,
                (r * 0.24, r * 0.24),
                (255, 252, 244),
                "eye",
            )
        slant = {"angry": 0.5, "determined": 0.25, "sad": -0.4, "afraid": -0.3}.get(
            self.acting.emotion, 0.0
        )
        if slant and size > 4:
            across = cross(at.face[1], normal)
            ends = [
                spot + across * r * 1.3 * s + at.face[1] * r * (1.0 + slant * s * side * 0.9)
                for s in (-1, 1)
            ]
            flesh.line(self.view.flat(ends), max(size * 0.09, 0.8), INK)

    def _tail(self) -> None:
        kind, at = self.kind, self.at
        root = at.trunk[0] + at.frame[1] * 0.06 * kind.girth
        back = -at.frame[2] * kind.tail + np.array([0, -0.04 + 0.14 * (kind.beak == "comb"), 0])
        wide = kind.girth * (0.5 + 0.5 * at.fan)
        fan: list[Array] = [root + at.frame[0] * 0.1, root - at.frame[0] * 0.1]
        if kind.tail > 0.8 and kind.wing > 1.4:
            ends = [(-1.2, 1.1), (-0.45, 0.75), (0, 0.6), (0.45, 0.75), (1.2, 1.1)]
        else:
            ends = [(-1.0, 0.9), (-0.5, 0.98), (0, 0.94), (0.5, 0.98), (1.0, 0.9)]
        fan += [root + back * far + at.frame[0] * (x * wide) for x, far in ends]
        thick = self.flesh.chain([root, root + back * 0.8], [kind.girth * 0.26, kind.girth * 0.1])
        self.flesh.put(
            [self.view.flat(np.array(fan)), *thick],
            darker(self.coat, 0.22),
            "feather",
            form=self.pixels * 0.1,
        )
        if self.pixels > 8:
            for x in (-0.4, 0.0, 0.4):
                line = [
                    root + back * 0.4 + at.frame[0] * (x * wide * 0.4),
                    root + back * 0.9 + at.frame[0] * (x * wide),
                ]
                self.flesh.line(
                    self.view.flat(np.array(line)), self.pixels * 0.03, darker(self.coat, 0.5)
                )

    def _wing(self, side: float, *, far: bool) -> None:
        if self.at.spread:
            self._spread_wing(side, far)
        elif not far:
            self._folded_wing(side)

    def _folded_wing(self, side: float) -> None:
        kind, at = self.kind, self.at
        out = at.frame[0] * side
        if self.view.facing(out + at.frame[1] * 0.35, at.trunk[2] + out * kind.girth) < -0.12:
            return
        g = kind.girth
        rim = np.array(
            [
                at.trunk[3] + out * g * 0.72 + at.frame[1] * g * 0.5,
                at.trunk[3] + out * g * 0.84 - at.frame[1] * g * 0.1 + at.frame[2] * 0.04,
                at.trunk[2] + out * g * 0.98 - at.frame[1] * g * 0.32,
                at.trunk[1] + out * g * 0.76 - at.frame[1] * g * 0.3,
                at.trunk[0] + out * g * 0.34 - at.frame[2] * 0.14 + at.frame[1] * g * 0.02,
                at.trunk[1] + out * g * 0.56 + at.frame[1] * g * 0.36,
                at.trunk[2] + out * g * 0.78 + at.frame[1] * g * 0.56,
            ]
        )
        flat = self.view.flat(smooth(rim, 4, closed=True))
        tone = darker(self.coat, 0.14)
        self.flesh.polygon(flat, tone, "feather", outline=0.8, form=self.pixels * 0.18)
        if self.pixels > 7:
            for share in (0.3, 0.55, 0.8):
                start = rim[2] * (1 - share) + rim[6] * share
                end = rim[4] * 0.82 + start * 0.18
                line = np.array([start * 0.6 + end * 0.4, end])
                self.flesh.line(
                    self.view.flat(line), max(self.pixels * 0.035, 0.7), darker(self.coat, 0.5)
                )

    def _spread_wing(self, side: float, far: bool) -> None:
        kind, at = self.kind, self.at
        out, g = at.frame[0] * side, kind.girth
        lift = at.beat * 52 * at.spread + 8
        inner, outer = (
            np.radians(lift),
            np.radians(lift * 1.15 - 26 * sin(TURN * self.acting.phase) * at.spread),
        )
        high, ahead = at.frame[1], at.frame[2]
        root = at.trunk[3] + out * g * 0.55 + high * g * 0.4
        long = kind.wing * (0.4 + 0.6 * at.spread)
        elbow = root + (out * np.cos(inner) + high * np.sin(inner)) * long * 0.45 + ahead * 0.1
        tip_way = out * np.cos(outer) + high * np.sin(outer)
        tip = elbow + tip_way * long * 0.6 - ahead * 0.14
        chord = 0.46 if kind.wing < 1.6 else 0.4
        behind = at.trunk[1] + out * g * 0.5 + high * g * 0.3
        lead = smooth(np.array([root, elbow, tip]), 4)
        fingers: list[Array] = []
        for number, share in enumerate(np.linspace(1.0, 0.0, 7)):
            spot = elbow * (1 - share) + tip * share
            fingers.append(
                spot - ahead * chord * (0.55 + 0.45 * (1 - share)) + tip_way * 0.05 * share
            )
            if number < 6:
                nxt = elbow * (1 - (share - 0.08)) + tip * (share - 0.08)
                fingers.append(nxt - ahead * chord * (0.38 + 0.45 * (1 - share)))
        rim = np.concatenate([lead, np.array(fingers), [behind - ahead * 0.12, behind]])
        under = self.view.facing(cross(tip_way, ahead) * -side, elbow) < 0
        tone = mix(self.coat, self.breast, 0.45) if under else darker(self.coat, 0.1)
        if far:
            tone = darker(tone, 0.1)
        self.flesh.polygon(
            self.view.flat(rim), tone, "feather", outline=0.9, shade=0.25 if under else 0.0
        )
        if kind.tip:
            ends = np.array([lead[-1], lead[-2], *fingers[1:5], fingers[0]])
            self.flesh.polygon(hull(self.view.flat(ends)), rgb(kind.tip), "feather")
        if self.pixels > 6:
            for number in range(0, 12, 2):
                share = 1.0 - number / 12
                start = elbow * (1 - share) + tip * share
                line = np.array([start * 0.5 + fingers[number] * 0.5, fingers[number]])
                self.flesh.line(
                    self.view.flat(line), max(self.pixels * 0.03, 0.7), darker(tone, 0.35)
                )
        arm = self.flesh.chain(lead, np.linspace(0.07, 0.02, len(lead)))
        self.flesh.put(arm, tone, "feather", outline=0.0)

    def _leg(self, number: int) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        if self.acting.action == "swim":
            return
        foot, root = at.feet[number], at.hips[number]
        tone = (
            (206, 140, 60) if kind.beak in ("flat", "comb") else mix((150, 104, 70), self.coat, 0.2)
        )
        flesh.put(
            flesh.chain([root, root * 0.45 + foot * 0.55], [kind.girth * 0.3, 0.045]),
            darker(self.coat, 0.1),
            "feather",
        )
        knee = (root + foot) / 2 - np.array([0, 0, 0.06])
        thick = max(self.view.pixels(0.045, foot), 0.9)
        flesh.line(self.view.flat([root, knee, foot]), thick, tone, "leather", outline=0.5)
        tight = 0.5 if at.spread > 0.9 else 1.0
        toes = [
            foot + np.array([x, 0.0, z]) * 0.16 * tight
            for x, z in ((-0.55, 0.85), (0.0, 1.0), (0.55, 0.85), (0.0, -0.6))
        ]
        if kind.beak == "flat":
            web = np.array([foot, *toes[:3]])
            flesh.polygon(hull(self.view.flat(web)), tone, "leather", outline=0.5)
        for toe in toes:
            flesh.line(self.view.flat([foot, toe]), thick * 0.8, tone, "leather", outline=0.4)

    def _hold(self) -> None:
        prop = self.acting.holds
        if prop is None:
            return
        from stillreel.draw.prop import shapes_at

        at = self.at
        place = self.view.world(at.head + at.face[2] * (self.kind.head + self.kind.beak_long * 0.7))
        up, ahead = at.face[0] @ self.view.basis, at.face[2] @ self.view.basis
        self.flesh.shapes += shapes_at(
            prop,
            self.view.camera,
            origin=(float(place[0]), float(place[1]), float(place[2])),
            up=(float(up[0]), float(up[1]), float(up[2])),
            forward=(float(ahead[0]), float(ahead[1]), float(ahead[2])),
            owner=self.identity.id,
        )
