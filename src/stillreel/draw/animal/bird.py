"""Birds: one rig from linnet to swan, perched, walking, swimming or on the wing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal import gear
from stillreel.draw.animal.crown import Crown
from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.animal.perch import perch_of
from stillreel.draw.animal.plume import Plumage
from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import hull, smooth
from stillreel.draw.prop.paint import darker, paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Still
    from stillreel.draw.animal.fowl import Fowl
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]


def still_of(identity: Identity, kind: Fowl, view: View, acting: Acting, coat: str = "") -> Still:
    """Return a bird; the view's scale is metres per trunk length."""
    return Bird(identity, kind, view, acting, coat).still()


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
        tones = (self.coat, self.breast)
        self.plumage = Plumage(self.flesh, kind, self.at, tones, acting.phase)
        self.crown = Crown(self.flesh, kind, self.at, self.coat)
        self.pixels = view.pixels(kind.girth, self.at.trunk[2])

    def still(self) -> Still:
        """Return everything, farthest first."""
        at, view = self.at, self.view
        behind = view.depth(at.head) > view.depth(at.trunk[2]) + 0.12 * view.scale
        tail_near = view.depth(at.trunk[0]) < view.depth(at.trunk[2]) - 0.1 * view.scale
        sides = sorted((0, 1), key=lambda n: -view.depth(at.feet[n]))
        far, near = (1.0, -1.0) if self._side_depth(1.0) > self._side_depth(-1.0) else (-1.0, 1.0)
        if not tail_near:
            self.plumage.tail()
        self.plumage.wing(far, far=True)
        for number in sides:
            self._leg(number)
        if behind:
            self.crown.put(apart=True)
        self._trunk(with_head=not behind)
        if not behind:
            self.crown.put(apart=False)
        if tail_near:
            self.plumage.tail()
        self.plumage.wing(near, far=False)
        if (
            abs(self._side_depth(1.0) - self._side_depth(-1.0)) < 0.12 * view.scale
            and not at.spread
        ):
            self.plumage.wing(far, far=False)
        self._hold()
        return self.flesh.still()

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
            rough=True,
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
        if self.acting.holds is not None:
            ahead = self.kind.head + self.kind.beak_long * 0.7
            place = self.at.head + self.at.face[2] * ahead
            gear.hold(self.flesh, self.acting.holds, place, self.at.face)
