"""Heads of birds: cap and face, a beak that opens, eyes that blink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import rgb
from stillreel.draw.prop.contour import hull
from stillreel.draw.prop.paint import darker
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.fowl import Fowl
    from stillreel.draw.animal.perch import Perch

    Array = NDArray[np.float64]


INK: Tone = (30, 24, 26)
_STARES = 0.36
"""Size of eye, in radii of the head, from which both look ahead as an owl's do."""
_SHUT = 0.8


class Crown:
    """The head of one bird.

    Args:
        flesh: Where it goes.
        kind: Its measures.
        at: Where its parts are.
        coat: Colour of the head, where the kind has no cap of its own.
    """

    def __init__(self, flesh: Flesh, kind: Fowl, at: Perch, coat: Tone) -> None:
        self.flesh, self.view, self.kind, self.at, self.coat = flesh, flesh.view, kind, at, coat
        self.size = flesh.view.pixels(kind.head, at.head)
        """Radius of the head in pixels."""

    def put(self, *, apart: bool) -> None:
        """Put down the head, with its own contour where it stands apart from the body."""
        kind, at, flesh = self.kind, self.at, self.flesh
        if kind.beak == "comb":
            self._comb()
        tone = rgb(kind.cap) if kind.cap and kind.face else self.coat
        ball = flesh.chain([at.head], kind.head)
        form = self.size * 0.4
        flesh.put(ball, tone, "feather", outline=1.0 if apart else 0.0, form=form)
        if kind.cap and not kind.face:
            spot = at.head + np.array([0, 0.52, 0.34]) @ at.face * kind.head
            if self.view.facing(spot - at.head, spot) > -0.2:
                cap = flesh.chain([spot], kind.head * 0.52)
                flesh.put(cap, rgb(kind.cap), "feather", outline=0.0)
        ahead = self.view.facing(at.face[2], at.head)
        if kind.face and kind.usual_m < 2 and ahead > -0.3 and not kind.cap:
            self._mask()
        if kind.eye > _STARES and self.size > 3:
            self._tufts()

        def features(fresh: Flesh, acting: Acting) -> None:
            if ahead > -0.5:
                self._beak(fresh, max(at.beak, acting.mouth))
            for side in (1.0, -1.0):
                self._eye(fresh, side, acting)

        flesh.live(features)

    def _comb(self) -> None:
        kind, at = self.kind, self.at
        pieces = [
            piece
            for n in range(3)
            for piece in self.flesh.chain(
                [at.head + np.array([0, 1.0 + 0.15 * n, 0.55 - 0.4 * n]) @ at.face * kind.head],
                kind.head * 0.34,
            )
        ]
        self.flesh.put(pieces, (196, 52, 46), "leather", fine=96)

    def _mask(self) -> None:
        kind, at = self.kind, self.at
        size = (kind.head * 0.55, kind.head * 0.62)
        for side in (1.0, -1.0):
            way = np.array([side * 0.42, 0.05, 0.88]) @ at.face
            spot = at.head + way * kind.head * 0.97
            self.flesh.spot(spot, way, size, rgb(kind.face), "feather", least=-0.05)

    def _tufts(self) -> None:
        kind, at = self.kind, self.at
        for side in (1.0, -1.0):
            ends = np.array([[side * 0.55, 0.75, 0], [side * 0.85, 1.28, -0.05]])
            ear = at.head + ends @ at.face * kind.head
            pieces = self.flesh.chain(ear, [kind.head * 0.22, kind.head * 0.05])
            self.flesh.put(pieces, self.coat, "feather", outline=0.7)

    def _beak(self, flesh: Flesh, opened: float) -> None:
        kind, at, size = self.kind, self.at, self.size
        r, long = kind.head, kind.beak_long
        tone = rgb(kind.beak_tone)
        root = at.head + np.array([0, -0.08, 0.86]) @ at.face * r
        ahead, high, across = at.face[2] * long, at.face[1], at.face[0]
        thick = {"cone": 0.3, "hook": 0.34, "flat": 0.26, "dagger": 0.24, "comb": 0.26}[
            kind.beak
        ] * r
        gape = opened * 0.55
        low = root - high * thick * (0.5 + gape)
        under = flesh.chain(
            [low, low + ahead * 0.8 - high * gape * long * 0.5], [thick * 0.5, thick * 0.16]
        )
        flesh.put(under, darker(tone, 0.22), "leather", outline=0.6, rough=True)
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
        plain = kind.beak in ("cone", "dagger", "comb")
        flesh.put(pieces, tone, "leather", outline=0.8, form=size * 0.1, fine=120, rough=plain)

    def _eye(self, flesh: Flesh, side: float, acting: Acting) -> None:
        kind, at, size = self.kind, self.at, self.size
        way = np.array(
            [
                side * (0.5 if kind.eye > _STARES else 0.78),
                0.22,
                0.82 if kind.eye > _STARES else 0.55,
            ]
        )
        normal = way / np.linalg.norm(way) @ at.face
        spot = at.head + normal * kind.head * 0.98
        r = kind.eye * kind.head
        if self.view.facing(normal, spot) < 0.06:
            return
        if max(at.lids, acting.blink) > _SHUT:
            turn = np.linspace(-1, 1, 6)
            line = (
                spot
                + np.outer(turn * r, cross(at.face[1], normal))
                - np.outer((1 - turn**2) * r * 0.3, at.face[1])
            )
            flesh.line(self.view.flat(line), max(size * 0.06, 0.8), INK)
            return
        if size * kind.eye > 2.5:
            iris = (228, 170, 60) if kind.eye > _STARES else (110, 74, 44)
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
            acting.emotion, 0.0
        )
        if slant and size > 4:
            across = cross(at.face[1], normal)
            ends = [
                spot + across * r * 1.3 * s + at.face[1] * r * (1.0 + slant * s * side * 0.9)
                for s in (-1, 1)
            ]
            flesh.line(self.view.flat(ends), max(size * 0.09, 0.8), INK)
