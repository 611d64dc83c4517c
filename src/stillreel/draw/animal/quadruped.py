"""Four-legged bodies, back to front, with one contour for trunk, neck, head and near legs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal import coat as fur
from stillreel.draw.animal import face, gear, limb, tail
from stillreel.draw.animal.ears import ears
from stillreel.draw.animal.flesh import Flesh, joined, oval
from stillreel.draw.animal.head import Head
from stillreel.draw.animal.skeleton import build
from stillreel.draw.animal.stature import HUMAN_SKIN, kind_of, pose_for
from stillreel.draw.animal.wing import leather_wing
from stillreel.draw.marks import rgb
from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import darker, paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Still, Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]


_FAR = 14.0
"""Half the chest in pixels below which small marks on the coat are left out."""


_EYES = {
    "cat": "#8fae4a",
    "wolf": "#c9a24a",
    "fox": "#b98436",
    "lion": "#b98436",
    "goat": "#c2a04e",
}


def still_of(identity: Identity, view: View, acting: Acting) -> Still:
    """Return a four-legged body; the view's scale is metres per unit of the body."""
    name, quad = kind_of(identity)
    return Beast(identity, name, quad, view, acting).still()


class Beast:
    """One four-legged body in one moment."""

    def __init__(
        self, identity: Identity, name: str, quad: Quad, view: View, acting: Acting
    ) -> None:
        self.quad, self.acting, self.view, self.identity = quad, acting, view, identity
        self.flesh = Flesh(view, identity.id)
        self.pose = pose_for(quad, acting)
        self.bones = build(quad, self.pose)
        self.coat: Tone = rgb(identity.skin if identity.skin != HUMAN_SKIN else quad.coat)
        self.hair: Tone = darker(self.coat, 0.42 if quad.mane == "ruff" else 0.55)
        self.bare: Tone = rgb(quad.mark) if quad.pattern == "wool" and quad.mark else self.coat
        brown = _EYES.get(name, "#5a3a22")
        self.eyes = rgb(identity.eyes if identity.eyes != "#3f6e5a" else brown)
        self.head = Head(view, self.bones, quad, self.bare)
        self.pixels = view.pixels(quad.chest, self.bones.trunk[2])
        self._cut()

    def _cut(self) -> None:
        """Project every chain of the body at once and keep the flat pieces of each part."""
        quad, bones = self.quad, self.bones
        legs = [limb.chain_of(quad, leg, fore=n < 2) for n, leg in enumerate(bones.legs)]
        feet = [limb.foot_of(quad, leg) for leg in bones.legs]
        base = bones.trunk[-1] + bones.up * quad.chest * 0.15
        throat = (np.concatenate([[base], bones.neck]), np.append(quad.chest * 0.8, bones.neck_r))
        fine = 3 if self.pixels > _FAR else 2
        barrel = smooth(np.column_stack([bones.trunk, bones.girth]), fine)
        above, below = oval(barrel[:, :3], barrel[:, 3], quad.flat, bones.up)
        tails = tail.chains_of(quad, bones.tail)
        chains = [*legs, *feet, throat, above, below, *tails, *self.head.chains(self.pose.jaw)]
        cut = self.flesh.chains(chains)
        self.limbs = limb.Limbs(
            self.flesh,
            bones,
            quad,
            (self.coat, self.bare),
            [cut[number] + cut[number + 4] for number in range(4)],
        )
        self.throat, self.trunk = cut[8], joined(cut[9], cut[10])
        skull = 11 + len(tails)
        self.tail = [piece for found in cut[11:skull] for piece in found]
        self.skull = [piece for found in cut[skull:] for piece in found]

    def still(self) -> Still:
        """Return everything, farthest first."""
        quad, flesh, view, bones = self.quad, self.flesh, self.view, self.bones
        gap = view.depth(bones.neck[0]) - view.depth(bones.head)
        behind = gap < -0.7 * quad.skull * view.scale
        apart = behind or quad.mane == "ruff" or quad.pattern == "wool"
        far = self.limbs.far()
        place = tail.place_of(view, bones, quad, wrapped=self.pose.wrap > 0.0)
        if quad.wings:
            self._wings(far=True)
        for number in far:
            self.limbs.put_far(number)
        if place < 0:
            self._tail()
        if behind:
            self._head(whole=True)
        near = [number for number in range(4) if number not in far]
        self._trunk(near, with_head=not apart, merge_tail=place == 0)
        if quad.mane == "ruff":
            fur.ruff(flesh, bones, quad, self.hair)
        if self.identity.kind in ("dog", "cat") and self.pixels >= 4 and quad.pattern != "wool":
            gear.collar(flesh, bones, rgb(self.identity.accent))
        if not behind:
            self._head(whole=apart)
        if quad.wings:
            self._wings(far=False)
        if place > 0:
            self._tail()
        self._hold()
        return flesh.still()

    def _trunk(self, near: list[int], *, with_head: bool, merge_tail: bool) -> None:
        quad, bones, flesh = self.quad, self.bones, self.flesh
        if quad.pattern == "wool":
            for number in near:
                self.limbs.put_apart(number)
            fleece = [*self.trunk, *fur.wool(flesh, bones, quad)]
            flesh.put(fleece, self.coat, form=self.pixels * 0.4, fine=220)
            return
        pieces = [*self.trunk, *self.throat]
        for number in near:
            pieces += self.limbs.pieces[number]
        if merge_tail:
            pieces += self.tail
        if with_head:
            pieces += self.skull
            self._ears(far=True)
            self._jaw()
        if quad.mane == "crest":
            fur.crest(flesh, bones, quad, self.hair, hanging=False)
        flesh.put(pieces, self.coat, form=self.pixels * 0.42, fillet=self.pixels * 0.07, fine=280)
        fur.pattern(flesh, bones, quad, self.coat, far=self.pixels < _FAR)
        self.limbs.put_near(near, self.trunk)
        if merge_tail:
            tail.put_tip(flesh, quad, bones.tail, self.coat, self.hair, self.pixels)

    def _head(self, *, whole: bool) -> None:
        """Put down the head on top of the trunk's contour, or whole where it stands apart."""
        quad, head, flesh = self.quad, self.head, self.flesh
        if whole:
            self._ears(far=True)
            self._jaw()
        if whole or head.size > 7:
            contour = flesh.put(
                self.skull,
                self.bare,
                outline=1.0 if whole else 0.0,
                form=head.size * 0.42,
                fillet=head.size * 0.12,
                fine=220,
            )
            if not whole and head.size > 9:
                self._jaw_line(contour)
        if quad.pattern == "wool":
            tuft = [(head.all_at([(x, 0.75, 0.1)]), np.array([0.07])) for x in (-0.45, 0.0, 0.45)]
            pieces = [piece for found in flesh.chains(tuft) for piece in found]
            flesh.put(pieces, self.coat, outline=0.6, fine=96)
        self._locks()
        if head.ahead > -0.75:
            face.still_features(flesh, head)
            eyes, pose = self.eyes, self.pose

            def features(fresh: Flesh, acting: Acting) -> None:
                jaw, lids = max(pose.jaw, acting.mouth), max(pose.lids, acting.blink)
                mood = face.Mood(acting.emotion, jaw, lids, acting.gaze)
                face.moving_features(fresh, head, eyes, mood)

            flesh.live(features)
        self._ears(far=False)

    def _ears(self, *, far: bool) -> None:
        ears(self.flesh, self.head, self.pose.ears, self.acting.emotion, far=far)

    def _jaw(self) -> None:
        head, pose = self.head, self.pose

        def swung(fresh: Flesh, acting: Acting) -> None:
            face.open_jaw(fresh, head, face.Mood(jaw=max(pose.jaw, acting.mouth)))

        self.flesh.live(swung)

    def _locks(self) -> None:
        """Put down forelock and beard."""
        quad, head, flesh = self.quad, self.head, self.flesh
        if quad.mane == "crest":
            fur.crest(flesh, self.bones, quad, self.hair, hanging=True)
            lock = head.all_at([(0, 0.95, 0.1), (0.1, 0.7, 0.75), (0.05, 0.3, 1.0)])
            if self.view.facing(head.way(0, 0.5, 1), lock[1]) > -0.1 and self.pixels > 6:
                pieces = flesh.chain(smooth(lock, 3), np.linspace(0.36, 0.06, 7) * quad.skull)
                flesh.put(pieces, self.hair, "hair", outline=0.5, fine=96)
        elif quad.mane == "beard":
            line = head.all_at([(0, -0.8, 1.2), (0, -1.5, 1.25), (0, -2.0, 1.1)])
            pieces = flesh.chain(line, [0.035, 0.03, 0.008])
            flesh.put(pieces, paler(self.coat, 0.2), "hair", fine=96)

    def _jaw_line(self, contour: Array) -> None:
        head = self.head
        marks = self.view.flat([self.bones.head, head.at(0, -1.0, 0.25), self.bones.neck[1]])
        centre = marks[0]
        under, nape = marks[1] - centre, marks[2] - centre
        under = under / max(float(np.hypot(*under)), 1e-6)
        reach = float(np.hypot(*nape))
        nape = nape / max(reach, 1e-6)
        off = contour - centre
        away = np.maximum(np.hypot(off[:, 0], off[:, 1]), 1e-6)
        limit = 0.86 if reach > head.size * 0.5 else 2
        keep = (off @ under > 0.2 * head.size) & ((off @ nape) / away < limit)
        width = max(head.size * 0.06, 0.8)
        over = [*self.throat, *self.trunk]
        self.flesh.crease(contour, over, keep, width, darker(self.coat, 0.5))

    def _tail(self) -> None:
        hair = self.quad.tail == "hair"
        tone = self.hair if hair else self.coat
        role = "hair" if hair else "fur"
        self.flesh.put(self.tail, tone, role, form=self.pixels * 0.12, fine=180)
        tail.put_tip(self.flesh, self.quad, self.bones.tail, self.coat, self.hair, self.pixels)

    def _wings(self, *, far: bool) -> None:
        for side in (1.0, -1.0):
            away = self.view.facing(self.bones.across * side, self.bones.trunk[3]) < 0
            if away == far:
                leather_wing(self.flesh, self.bones, side, self.pose, self.coat)

    def _hold(self) -> None:
        if self.acting.holds is not None:
            up, ahead, r = self.quad.muzzle[-1]
            place = self.head.at(0, up - r * 0.7, ahead + r * 0.3)
            gear.hold(self.flesh, self.acting.holds, place, self.bones.frame)
