"""Legs of four-legged kinds: paws, hooves, socks, and the light on the near ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.coat import tinted
from stillreel.draw.prop.contour import circle, hull
from stillreel.draw.prop.paint import darker
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Chain, Flesh, Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.animal.skeleton import Skeleton

    Array = NDArray[np.float64]

CLOSE = 30.0
"""Half the chest in pixels, from which inner lines are worth their time."""
_SHOD = 5.0
"""Half the chest in pixels, from which feet have a colour of their own."""


def chain_of(quad: Quad, leg: Array, *, fore: bool) -> Chain:
    """Return one leg as a chain, from its root to the foot."""
    middle = quad.knee * (1.0 if fore else 1.15)
    top = quad.thigh * (0.95 if fore else 1.2)
    joint = 1.3 if quad.foot == "hoof" else 1.12
    line = np.array(
        [
            leg[0],
            (leg[0] + leg[1]) / 2,
            leg[1],
            leg[1] * 0.4 + leg[2] * 0.6,
            leg[2],
            (leg[2] + leg[3]) / 2,
            leg[3],
        ]
    )
    radii = np.array(
        [
            top,
            (top + middle) * 0.58,
            middle,
            (middle + quad.cannon) * 0.46,
            quad.cannon * joint,
            quad.cannon * 0.92,
            quad.cannon,
        ]
    )
    return line, radii


def foot_of(quad: Quad, leg: Array) -> Chain:
    """Return the paw, or the pastern above a hoof, as a chain."""
    if quad.foot == "paw":
        return leg[3:5], np.array([0.82, 0.78]) * quad.foot_size
    return leg[3:4], np.array([quad.cannon * 1.1])


class Limbs:
    """The four legs of one body, numbered fore left, fore right, hind left, hind right.

    Args:
        flesh: Where they go.
        bones: Their joints.
        quad: Their measures.
        tones: Colour of coat and of legs.
        pieces: Flat pieces of the legs, from `chain_of` and `foot_of`.
    """

    def __init__(
        self,
        flesh: Flesh,
        bones: Skeleton,
        quad: Quad,
        tones: tuple[Tone, Tone],
        pieces: Sequence[list[Array]],
    ) -> None:
        self.flesh, self.view, self.bones, self.quad = flesh, flesh.view, bones, quad
        self.coat, self.tone = tones
        self.pixels = flesh.view.pixels(quad.chest, bones.trunk[2])
        self.pieces = list(pieces)
        self._hooves: dict[int, Array] = {}
        if quad.foot != "paw":
            for number in range(4):
                self._hooves[number] = self._hoof(number)
                self.pieces[number].append(self._hooves[number])

    def far(self) -> list[int]:
        """Return the legs on the far side of the trunk, farthest first."""
        found = [number for number in range(4) if self._is_far(number)]
        return sorted(found, key=lambda n: -self.view.depth(self.bones.legs[n][0]))

    def _is_far(self, number: int) -> bool:
        section = self.bones.trunk[-1] if number < 2 else self.bones.trunk[0]
        centre = self.view.depth(section)
        lateral = self.view.depth(self.bones.legs[number][0]) - centre
        axial = centre - self.view.depth(self.bones.trunk[2])
        return lateral + 0.13 * axial > 0.0

    def put_far(self, number: int) -> None:
        """Put down a leg behind the trunk, in shade."""
        aside = abs(self.view.facing(self.bones.across, self.bones.trunk[2]))
        shade = 0.5 if aside > 0.25 else 0.3
        tone = darker(self.tone, 0.4 * shade)
        self.flesh.put(self.pieces[number], tone, shade=shade, form=self.pixels * 0.1, fine=160)
        self.sock(number, shade)

    def put_apart(self, number: int) -> None:
        """Put down a near leg whole, where it is not part of the trunk's contour."""
        self.flesh.put(self.pieces[number], self.tone, form=self.pixels * 0.1, fine=160)
        self.sock(number)

    def put_near(self, near: list[int], trunk: list[Array]) -> None:
        """Give the near legs their own light, and the line where they leave the trunk."""
        if self.pixels < CLOSE:
            for number in near:
                self.sock(number)
            return
        for number in sorted(near, key=lambda n: -self.view.depth(self.bones.legs[n][3])):
            form = self.pixels * 0.16
            contour = self.flesh.put(
                self.pieces[number], self.coat, outline=0.0, form=form, fine=200
            )
            root = self.view.flat([self.bones.legs[number][0]])[0]
            drop = self.view.pixels(self.quad.thigh, self.bones.legs[number][0])
            low = contour[:, 1] > root[1] + 0.1 * drop
            others = [piece for n in near if n != number for piece in self.pieces[n]]
            width = max(self.pixels * 0.035, 0.8)
            self.flesh.crease(contour, [*trunk, *others], low, width, darker(self.coat, 0.5))
            self.sock(number)

    def sock(self, number: int, shade: float = 0.0) -> None:
        """Put down the colour of a foot: sock, hoof, toes."""
        quad, leg = self.quad, self.bones.legs[number]
        if self.pixels < _SHOD:
            return
        if quad.socks:
            tone = tinted(self.tone, quad.socks)
            if shade:
                tone = darker(tone, 0.2)
            cut = leg[2] * 0.55 + leg[3] * 0.45
            chains = [(np.array([cut, leg[3]]), np.array([1.0, 1.0]) * quad.cannon * 0.98)]
            if quad.foot == "paw":
                chains.append(foot_of(quad, leg))
            pieces = [piece for found in self.flesh.chains(chains) for piece in found]
            rough = quad.foot != "paw" or self.pixels < CLOSE * 0.8
            self.flesh.put(pieces, tone, outline=0.0, shade=shade, fine=80, rough=rough)
        if quad.foot == "hoof":
            horn = darker(self.coat, 0.74)
            self.flesh.polygon(self._hooves[number], horn, "leather", shade=shade, outline=0.5)
        if quad.foot == "paw" and self.pixels > CLOSE - 4:
            self._toes(number)

    def _hoof(self, number: int) -> Array:
        """Return a hoof: a cone cut flat, in line with the bone above it."""
        size, leg = self.quad.foot_size, self.bones.legs[number]
        down = leg[3] - leg[2]
        down = down / max(float(np.linalg.norm(down)), 1e-9)
        ahead = np.array([0.0, 0.0, 1.0]) - down * float(down[2])
        ahead = ahead / max(float(np.linalg.norm(ahead)), 0.3)
        top = leg[3] - down * size * 0.35
        sole = leg[3] + down * size * 0.72 + ahead * size * 0.3
        rim = circle(12) @ np.array([cross(down, ahead), ahead])
        width = self.quad.cannon * 1.05
        return hull(self.view.flat(np.concatenate([top + rim * width, sole + rim * size * 0.92])))

    def _toes(self, number: int) -> None:
        size, leg = self.quad.foot_size, self.bones.legs[number]
        for shift in (-0.32, 0.32):
            start = leg[4] + np.array([shift * size, size * 0.15, size * 0.72])
            end = leg[4] + np.array([shift * size, -size * 0.45, size * 0.6])
            if self.view.facing((0, 0.3, 1), start) > 0.1:
                flat = self.view.flat([start, end])
                self.flesh.line(flat, self.pixels * 0.03, darker(self.coat, 0.55))
