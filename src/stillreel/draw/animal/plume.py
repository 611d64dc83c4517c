"""Wings and tails of birds, folded or spread."""

from __future__ import annotations

from math import sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.perch import TURN
from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import hull, smooth
from stillreel.draw.prop.paint import darker
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.fowl import Fowl
    from stillreel.draw.animal.perch import Perch

    Array = NDArray[np.float64]


class Plumage:
    """The feathers of one bird that stand off its body.

    Args:
        flesh: Where they go.
        kind: Its measures.
        at: Where its parts are.
        tones: Colour of coat and of breast.
        swing: Phase of the wing beat, 0..1.
    """

    def __init__(
        self, flesh: Flesh, kind: Fowl, at: Perch, tones: tuple[Tone, Tone], swing: float
    ) -> None:
        self.flesh, self.view, self.kind, self.at = flesh, flesh.view, kind, at
        self.coat, self.breast = tones
        self.swing = swing
        self.pixels = flesh.view.pixels(kind.girth, at.trunk[2])

    def tail(self) -> None:
        """Put down the tail, its feathers fanned in the air."""
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

    def wing(self, side: float, *, far: bool) -> None:
        """Put down one wing; a folded far one is hidden by the body."""
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
            np.radians(lift * 1.15 - 26 * sin(TURN * self.swing) * at.spread),
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
