"""Four-legged bodies, back to front, with one contour for trunk, neck, head and near legs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal import coat as fur
from stillreel.draw.animal.face import Head, Mood
from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.animal.skeleton import Skeleton, build
from stillreel.draw.animal.stature import HUMAN_SKIN, kind_of, pose_for
from stillreel.draw.marks import rgb
from stillreel.draw.prop.contour import hull, smooth
from stillreel.draw.prop.paint import darker, paler
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.marks import Shape
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]


_CLOSE = 30.0
"""Half the chest in pixels, from which inner lines are worth their time."""


_EYES = {
    "cat": "#8fae4a",
    "wolf": "#c9a24a",
    "fox": "#b98436",
    "lion": "#b98436",
    "goat": "#c2a04e",
}


def shapes_of(identity: Identity, view: View, acting: Acting) -> tuple[Shape, ...]:
    """Return the shapes of a four-legged body; the view's scale is metres per unit of the body."""
    name, quad = kind_of(identity)
    return Beast(identity, name, quad, view, acting).shapes()


class Beast:
    """One four-legged body in one moment."""

    def __init__(
        self, identity: Identity, name: str, quad: Quad, view: View, acting: Acting
    ) -> None:
        self.quad, self.acting = quad, acting
        self.flesh = Flesh(view, identity.id)
        self.view = view
        self.identity = identity
        pose = pose_for(quad, acting)
        self.bones: Skeleton = build(quad, pose)
        self.pose = pose
        chosen = identity.skin if identity.skin != HUMAN_SKIN else quad.coat
        self.coat: Tone = rgb(chosen)
        self.hair: Tone = darker(self.coat, 0.55)
        if quad.mane == "ruff":
            self.hair = darker(self.coat, 0.42)
        brown = _EYES.get(name, "#5a3a22")
        eyes = rgb(identity.eyes if identity.eyes != "#3f6e5a" else brown)
        jaw = max(pose.jaw, acting.mouth)
        mood = Mood(acting.emotion, jaw, max(pose.lids, acting.blink), pose.ears, acting.gaze)
        self.face: Tone = rgb(quad.mark) if quad.pattern == "wool" and quad.mark else self.coat
        self.head = Head(self.flesh, self.bones, quad, self.face, eyes, mood)
        self.pixels = view.pixels(quad.chest, self.bones.trunk[2])

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything, farthest first."""
        quad, flesh, view = self.quad, self.flesh, self.view
        behind = self._head_gap() < -0.7
        apart = behind or quad.mane == "ruff" or quad.pattern == "wool"
        far = [number for number in range(4) if self._leg_far(number)]
        tail = self._tail_place()
        if quad.wings:
            self._wing(far=True)
        for number in sorted(far, key=lambda n: -view.depth(self.bones.legs[n][0])):
            self._far_leg(number)
        if tail < 0:
            self._tail()
        if behind:
            self._head(whole=True)
        self._trunk([n for n in range(4) if n not in far], not apart, merge_tail=tail == 0)
        if quad.mane == "ruff" and not behind:
            fur.ruff(flesh, self.bones, quad, self.hair)
        if not behind:
            self._head(whole=apart)
        elif quad.mane == "ruff":
            fur.ruff(flesh, self.bones, quad, self.hair)
        self._collar()
        if quad.wings:
            self._wing(far=False)
        if tail > 0:
            self._tail()
        self._hold()
        return tuple(flesh.shapes)

    def _head_gap(self) -> float:
        base = self.view.depth(self.bones.neck[0])
        return (base - self.view.depth(self.bones.head)) / (self.quad.skull * self.view.scale)

    def _leg_far(self, number: int) -> bool:
        middle = self.bones.trunk[2]
        section = self.bones.trunk[-1] if number < 2 else self.bones.trunk[0]
        root = self.bones.legs[number][0]
        centre = self.view.depth(section)
        lateral = self.view.depth(root) - centre
        axial = centre - self.view.depth(middle)
        return lateral + 0.13 * axial > 0.0

    def _tail_place(self) -> int:
        """Return -1 behind the trunk, 0 part of its contour, 1 in front."""
        quad = self.quad
        gap = self.view.depth(self.bones.trunk[0]) - self.view.depth(self.bones.tail[4])
        gap /= self.view.scale
        if gap > 0.1:
            return 1
        same = quad.tail in ("thin", "plume", "scale", "curl") and quad.pattern != "wool"
        return 0 if same and gap > -0.12 else -1

    def _leg_pieces(self, number: int) -> list[Array]:
        quad, leg = self.quad, self.bones.legs[number]
        fore = number < 2
        middle = quad.knee * (1.0 if fore else 1.15)
        top = quad.thigh * (0.95 if fore else 1.2)
        joint = 1.3 if quad.foot == "hoof" else 1.12
        line = [
            leg[0],
            (leg[0] + leg[1]) / 2,
            leg[1],
            leg[1] * 0.4 + leg[2] * 0.6,
            leg[2],
            leg[2] * 0.5 + leg[3] * 0.5,
            leg[3],
        ]
        radii = [
            top,
            (top + middle) * 0.58,
            middle,
            (middle + quad.cannon) * 0.46,
            quad.cannon * joint,
            quad.cannon * 0.92,
            quad.cannon,
        ]
        pieces = self.flesh.chain(np.array(line), radii)
        return pieces + self._foot_pieces(number)

    def _foot_pieces(self, number: int) -> list[Array]:
        quad, leg = self.quad, self.bones.legs[number]
        size = quad.foot_size
        if quad.foot == "paw":
            return self.flesh.chain([leg[3], leg[4]], [size * 0.82, size * 0.78])
        return self.flesh.chain([leg[3]], quad.cannon * 1.1) + self._hoof(number)

    def _far_leg(self, number: int) -> None:
        shade = 0.5 if abs(self._sideness()) > 0.25 else 0.3
        tone = darker(self._leg_tone(), 0.2 * shade * 2)
        self.flesh.put(
            self._leg_pieces(number), tone, shade=shade, form=self.pixels * 0.1, fine=200
        )
        self._sock(number, shade)

    def _sideness(self) -> float:
        return self.view.facing(self.bones.across, self.bones.trunk[2])

    def _leg_tone(self) -> Tone:
        return self.face

    def _sock(self, number: int, shade: float = 0.0) -> None:
        quad, leg = self.quad, self.bones.legs[number]
        if self.pixels < 5:
            return
        if quad.foot == "hoof":
            self.flesh.put(
                self._hoof(number),
                darker(self.coat, 0.72),
                "leather",
                shade=shade,
                outline=0.5,
                fine=64,
            )
        if quad.socks:
            tone = fur.tinted(self._leg_tone(), quad.socks)
            if shade:
                tone = darker(tone, 0.2)
            cut = leg[2] * 0.55 + leg[3] * 0.45
            pieces = self.flesh.chain([cut, leg[3]], quad.cannon * 0.98)
            if quad.foot == "paw":
                pieces += self._foot_pieces(number)
            self.flesh.put(pieces, tone, outline=0.0, shade=shade, fine=96)
            if quad.foot == "hoof":
                self.flesh.put(
                    self._hoof(number),
                    darker(self.coat, 0.75),
                    "leather",
                    shade=shade,
                    outline=0.5,
                    fine=64,
                )
        if quad.foot == "paw" and self.pixels > 26:
            self._toes(number)

    def _hoof(self, number: int) -> list[Array]:
        """Return a hoof: a cone cut flat, in line with the bone above it."""
        size, leg = self.quad.foot_size, self.bones.legs[number]
        down = leg[3] - leg[2]
        down = down / max(float(np.linalg.norm(down)), 1e-9)
        ahead = np.array([0.0, 0.0, 1.0]) - down * float(down[2])
        ahead = ahead / max(float(np.linalg.norm(ahead)), 0.3)
        top = leg[3] - down * size * 0.35
        sole = leg[3] + down * size * 0.72 + ahead * size * 0.3
        side = cross(down, ahead)
        turn = np.linspace(0, 2 * np.pi, 14, endpoint=False)
        rim = np.outer(np.cos(turn), side) + np.outer(np.sin(turn), ahead)
        width = self.quad.cannon * 1.05
        return [hull(self.view.flat(np.concatenate([top + rim * width, sole + rim * size * 0.92])))]

    def _toes(self, number: int) -> None:
        size, leg = self.quad.foot_size, self.bones.legs[number]
        for shift in (-0.32, 0.32):
            start = leg[4] + np.array([shift * size, size * 0.15, size * 0.72])
            end = leg[4] + np.array([shift * size, -size * 0.45, size * 0.6])
            if self.view.facing((0, 0.3, 1), start) > 0.1:
                flat = self.view.flat([start, end])
                self.flesh.line(flat, self.pixels * 0.03, darker(self.coat, 0.55))

    def _trunk(self, near: list[int], with_head: bool, *, merge_tail: bool) -> None:
        quad, bones, flesh = self.quad, self.bones, self.flesh
        barrel = smooth(np.column_stack([bones.trunk, bones.girth]), 3)
        trunk = flesh.oval_chain(barrel[:, :3], barrel[:, 3], quad.flat, bones.up)
        base = bones.trunk[-1] + bones.up * quad.chest * 0.15
        throat = flesh.chain([base, *bones.neck], [quad.chest * 0.8, *bones.neck_r])
        pieces = [*trunk, *throat]
        wool = quad.pattern == "wool"
        legs = {number: self._leg_pieces(number) for number in near}
        if wool:
            for number in near:
                flesh.put(legs[number], self.face, form=self.pixels * 0.1, fine=200)
                self._sock(number)
            flesh.put(
                [*trunk, *fur.wool(flesh, bones, quad)], self.coat, form=self.pixels * 0.4, fillet=0
            )
            return
        for number in near:
            pieces += legs[number]
        if merge_tail:
            pieces += self._tail_pieces()
        if with_head:
            pieces += self.head.pieces()
            self.head.ears(far=True)
        if quad.mane == "crest":
            fur.crest(flesh, bones, quad, self.hair, hanging=False)
        flesh.put(pieces, self.coat, form=self.pixels * 0.42, fillet=self.pixels * 0.07, fine=360)
        fur.pattern(flesh, bones, quad, self.coat)
        self._near_legs(near, legs, trunk)
        if merge_tail:
            self._tail_tip()

    def _near_legs(self, near: list[int], legs: dict[int, list[Array]], trunk: list[Array]) -> None:
        """Give the near legs their own light, and the line where they leave the trunk."""
        if self.pixels < _CLOSE:
            for number in near:
                self._sock(number)
            return
        for number in sorted(near, key=lambda n: -self.view.depth(self.bones.legs[n][3])):
            form = self.pixels * 0.16
            contour = self.flesh.put(legs[number], self.coat, outline=0.0, form=form, fine=200)
            root = self.view.flat([self.bones.legs[number][0]])[0]
            drop = self.view.pixels(self.quad.thigh, self.bones.legs[number][0])
            low = contour[:, 1] > root[1] + 0.1 * drop
            others = [piece for n in near if n != number for piece in legs[n]]
            width = max(self.pixels * 0.035, 0.8)
            self.flesh.crease(contour, [*trunk, *others], low, width, darker(self.coat, 0.5))
            self._sock(number)

    def _head(self, *, whole: bool) -> None:
        """Put down the head on top of the trunk's contour, or whole where it stands apart."""
        quad, head = self.quad, self.head
        if whole:
            head.ears(far=True)
        pieces = head.pieces()
        outline = 1.0 if whole else 0.0
        contour = self.flesh.put(
            pieces, self.face, outline=outline, form=head.size * 0.42, fillet=head.size * 0.12
        )
        if not whole and head.size > 9:
            self._jaw_line(contour)
        if quad.pattern == "wool":
            tuft = [head.at(x, 0.75, 0.1) for x in (-0.45, 0.0, 0.45)]
            self.flesh.put(
                [p for spot in tuft for p in self.flesh.chain([spot], 0.07)], self.coat, outline=0.6
            )
        if quad.mane == "crest":
            fur.crest(self.flesh, self.bones, quad, self.hair, hanging=True)
            lock = [head.at(0, 0.95, 0.1), head.at(0.1, 0.7, 0.75), head.at(0.05, 0.3, 1.0)]
            if self.view.facing(self.bones.frame[2] + self.bones.frame[1] * 0.5, lock[1]) > -0.1:
                line = smooth(np.array(lock), 3)
                self.flesh.put(
                    self.flesh.chain(line, np.linspace(0.36, 0.06, 7) * quad.skull),
                    self.hair,
                    "hair",
                    outline=0.5,
                )
        if quad.mane == "beard":
            line = [head.at(0, -0.8, 1.2), head.at(0, -1.5, 1.25), head.at(0, -2.0, 1.1)]
            self.flesh.put(
                self.flesh.chain(line, [0.035, 0.03, 0.008]), paler(self.coat, 0.2), "hair"
            )
        if self.view.facing(self.bones.frame[2], self.bones.head) > -0.75:
            head.features()
        head.ears(far=False)

    def _jaw_line(self, contour: Array) -> None:
        head = self.head
        centre = self.view.flat([self.bones.head])[0]
        under = self.view.flat([head.at(0, -1.0, 0.25)])[0] - centre
        nape = self.view.flat([self.bones.neck[1]])[0] - centre
        under = under / max(float(np.hypot(*under)), 1e-6)
        reach = float(np.hypot(*nape))
        nape = nape / max(reach, 1e-6)
        off = contour - centre
        far = np.maximum(np.hypot(off[:, 0], off[:, 1]), 1e-6)
        keep = (off @ under > 0.2 * head.size) & (
            (off @ nape) / far < (0.86 if reach > head.size * 0.5 else 2)
        )
        neck = self.flesh.chain(self.bones.neck, self.bones.neck_r)
        trunk = self.flesh.chain(self.bones.trunk, self.bones.girth)
        width = max(head.size * 0.06, 0.8)
        self.flesh.crease(contour, [*neck, *trunk], keep, width, darker(self.coat, 0.5))

    def _tail_pieces(self) -> list[Array]:
        quad, tail = self.quad, self.bones.tail
        wide = quad.tail_size[1]
        share = np.linspace(0, 1, 7)
        radii = {
            "thin": wide * (1 - 0.35 * share),
            "plume": wide
            * (
                0.55 + 1.5 * np.sin(np.pi * np.clip(share * 0.86 + 0.06, 0, 1)) ** 1.2 - 0.5 * share
            ),
            "hair": wide * (0.6 + 0.9 * np.sin(np.pi * share * 0.8)),
            "stub": wide * (1 - 0.3 * share),
            "curl": wide * (1 - 0.3 * share),
            "tuft": wide * (1 - 0.4 * share),
            "scale": wide * (1.05 - share),
        }[quad.tail]
        both = smooth(np.column_stack([tail, radii]), 3)
        pieces = self.flesh.chain(both[:, :3], np.maximum(both[:, 3], wide * 0.08))
        if quad.tail == "hair":
            for shift in (-0.06, 0.05):
                end = tail[-1] + np.array([shift, -0.05 + shift * 0.4, shift])
                pieces += self.flesh.chain([tail[3], end], [wide * 1.1, wide * 0.1])
        return pieces

    def _tail(self) -> None:
        quad = self.quad
        hair = quad.tail == "hair"
        tone = self.hair if hair else self.coat
        self.flesh.put(
            self._tail_pieces(), tone, "hair" if hair else "fur", form=self.pixels * 0.12, fine=200
        )
        self._tail_tip()

    def _tail_tip(self) -> None:
        quad, tail = self.quad, self.bones.tail
        wide = quad.tail_size[1]
        if quad.tail == "tuft":
            end = tail[-1] + (tail[-1] - tail[-2]) * 0.8
            self.flesh.put(
                self.flesh.chain([tail[-2], tail[-1], end], [wide * 0.8, wide * 2.2, wide * 0.5]),
                self.hair,
                "hair",
                outline=0.7,
            )
        elif quad.tail == "plume" and quad.belly > 0.3 and self.pixels > 5:
            tone = paler(self.coat, 0.8)
            end = tail[-1]
            near = tail[-2] * 0.55 + tail[-1] * 0.45
            self.flesh.put(
                self.flesh.chain([near, end], [wide * 0.8, wide * 0.55]), tone, outline=0.0, fine=64
            )

    def _collar(self) -> None:
        """Put down the one colour that is this character's own, as a collar on tame kinds."""
        quad = self.quad
        if self.identity.kind not in ("dog", "cat") or self.pixels < 4 or quad.pattern == "wool":
            return
        middle = self.bones.neck[1] * 0.5 + self.bones.neck[2] * 0.5
        ahead = self.bones.neck[2] - self.bones.neck[1]
        ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-9)
        size = float(self.bones.neck_r[1] + self.bones.neck_r[2]) * 0.51
        side = cross(ahead, self.bones.frame[0])
        side /= max(float(np.linalg.norm(side)), 1e-9)
        across = cross(side, ahead)
        turn = np.linspace(0, 2 * np.pi, 33)
        ring = middle + np.outer(np.cos(turn) * size, across) + np.outer(np.sin(turn) * size, side)
        way = self.view.eye - middle
        seen = (ring - middle) @ way > 0.0
        tone = rgb(self.identity.accent)
        width = self.view.pixels(0.045, middle)
        flat = self.view.flat(ring)
        from stillreel.draw.animal.flesh import runs

        for run in runs(seen[:-1]):
            self.flesh.line(flat[run], width, tone, "leather", outline=0.6)

    def _wing(self, *, far: bool) -> None:
        from stillreel.draw.animal.wing import leather_wing

        for side in (1.0, -1.0):
            away = self.view.facing(self.bones.across * side, self.bones.trunk[3]) < 0
            if away == far:
                leather_wing(self.flesh, self.bones, side, self.pose, self.coat)

    def _hold(self) -> None:
        prop = self.acting.holds
        if prop is None:
            return
        from stillreel.draw.prop import shapes_at

        mouth = self.quad.muzzle[-1]
        place = self.view.world(
            self.head.at(0, mouth[0] - mouth[2] * 0.7, mouth[1] + mouth[2] * 0.3)
        )
        up = self.bones.frame[0] @ self.view.basis
        forward = self.bones.frame[2] @ self.view.basis
        self.flesh.shapes += shapes_at(
            prop,
            self.view.camera,
            origin=(float(place[0]), float(place[1]), float(place[2])),
            up=(float(up[0]), float(up[1]), float(up[2])),
            forward=(float(forward[0]), float(forward[1]), float(forward[2])),
            owner=self.identity.id,
        )
