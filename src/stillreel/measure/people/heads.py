"""Which things are somebody: faces by skin, heads by the colours of a face already found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.people.likes import alike, colour_print, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.people.ground import Lab, Mask
    from stillreel.measure.people.likes import Print
    from stillreel.measure.people.parts import Part

    Colour = NDArray[np.float32]

_FACE = 0.012
"""Smallest face, as a share of the thing it is on."""
_ROUND = (0.4, 2.2)
_FULL = 0.3
_HIGH = 0.62
"""How far down a thing the middle of its face may lie."""
_TONE = 10.0
"""Distance in Lab units within which a colour is the character's skin."""
_FACES = 14.0
"""Distance in Lab units within which two faces are of one skin in other light."""
_SHADE = 12.0
_TONES = 3
_ALIKE = 0.6
"""Likeness to the leading figure from which a thing with a head is somebody."""
_HEAD_ONLY = 0.6
"""Share of skin and hair from which a thing is a head, whatever else is on it."""
_TWIN = 0.9
"""Likeness from which a thing is somebody though no head is seen."""
_WITHIN = 0.6
_RIVAL = 0.6
"""Smallest second face, as a share of the first."""
_LEADING = 0.12
"""Smallest leading figure, as a share of the largest thing."""
_LEADERS = 5
_CROWD = 0.8
"""Likeness from which two things of a page may be views of one character."""
_FACED = 0.5
"""How much of the page must look like who has a face, as a share of what the others have."""
_TOP = 0.3
"""How far down the leading figure its head may reach, as a share of its height."""
_SOME = 0.25
"""Size from which a thing can be somebody without a head seen, as a share of the leading one."""
_TINY = 0.02
"""Smallest depiction, as a share of the leading one."""


@dataclass(frozen=True, slots=True)
class Face:
    """A patch of skin that may be a face."""

    box: Box
    """In pixels of the thing."""
    skin: Colour
    """(3,) median CIE Lab."""
    pixels: int


@dataclass(frozen=True, slots=True)
class Somebody:
    """A thing that is a depiction of somebody."""

    part: Part
    face: Face | None
    sure: float
    """0..1."""
    heads: int = 1
    """How many faces of one size lie side by side on it; two mean that two may touch."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What the character of a page looks like, learned from its leading figure."""

    size: int
    """Pixels of the leading figure."""
    colours: Print
    """Colours of the leading figure."""
    top: Print
    """Colours of its upper part, where its head is."""
    skin: Colour | None
    """(3,) CIE Lab of its face; None when it has none."""
    hair: Colour
    """(n, 3) CIE Lab of what surrounds its face."""

    @classmethod
    def of(cls, things: Sequence[Part], lab: Lab) -> Cast:
        """Learn from the largest thing with a face, or the largest of all."""
        if not things:
            return cls(0, np.zeros(1), np.zeros(1), None, np.zeros((0, 3), np.float32))
        by_size = sorted(things, key=lambda one: (-one.area, one.box))
        large = by_size[0]
        prints = np.stack([_print(one, lab) for one in by_size])
        areas = np.array([one.area for one in by_size], np.float64)
        # How many pixels of the page are on things that look like each.
        crowds = (prints @ prints.T > _CROWD) @ areas
        leading = int(crowds[:_LEADERS].argmax())
        faced = [
            (at, face)
            for at, one in enumerate(by_size)
            if one.area > _LEADING * large.area and (face := face_of(one, lab))
        ]
        if faced:
            tones = np.stack([face.skin for _, face in faced])
            alike_faces = np.linalg.norm(tones[:, None] - tones[None], axis=2) < _TONE
            # One character is drawn many times: most of the page has faces of its skin.
            best = int((alike_faces @ np.sqrt(areas[[at for at, _ in faced]])).argmax())
            at, face = faced[int(alike_faces[best].argmax())]
            if at == leading or crowds[at] >= _FACED * crowds[leading]:
                around = _around(by_size[at], face, lab)
                top = _top(by_size[at], lab)
                return cls(by_size[at].area, prints[at], top, face.skin, around)
        one = by_size[leading]
        none = np.zeros((0, 3), np.float32)
        return cls(one.area, prints[leading], _top(one, lab), None, none)

    def among(self, things: Sequence[Part], lab: Lab) -> list[Somebody]:
        """Return who of the things is somebody."""
        found: list[Somebody] = []
        for thing in things:
            face = face_of(thing, lab)
            if thing.area < _TINY * self.size:
                continue
            sure = self._is(thing, face, lab)
            if sure >= 0.5:
                heads = len(_rivals(thing, face, lab)) if face else 1
                found.append(Somebody(thing, face, round(sure, 4), heads))
        return _without_pieces(found)

    def likely(self, things: Sequence[Part], lab: Lab) -> list[Somebody]:
        """Return the largest thing of a cell, if nothing speaks against its being somebody."""
        large = max(things, key=lambda one: one.area, default=None)
        if large is None or large.area < _SOME * self.size:
            return []
        if alike(_print(large, lab), self.colours) < _ALIKE:
            return []
        return [Somebody(large, None, 0.5)]

    def _is(self, thing: Part, face: Face | None, lab: Lab) -> float:
        """Return how sure a thing is somebody, 0..1; from 0.5 it is taken for one."""
        like = alike(_print(thing, lab), self.colours)
        if self.skin is None:
            like = max(like, alike(_print(thing, lab), self.top))
            return min(1.0, max(0.0, (like - 0.5) / 0.5))
        skin, hair = self._shares(thing, lab)
        faced = face is not None and float(np.linalg.norm(face.skin - self.skin)) < _FACES
        faced = faced or skin > 0.08
        haired = hair > 0.03 or not len(self.hair)
        big = thing.area > _SOME * self.size
        if faced and haired:
            if like > _ALIKE:
                return 0.5 + 0.5 * min(1.0, (like - _ALIKE) / 0.2)
            return 0.6 if skin + hair > _HEAD_ONLY else 0.4
        if like > _TWIN or (like > _TWIN - 0.1 and big):
            return 0.5 + 0.5 * min(1.0, (like - _TWIN + 0.1) / 0.2)
        return 0.3

    def _shares(self, thing: Part, lab: Lab) -> tuple[float, float]:
        """Return which shares of a thing have the character's skin and hair colours."""
        colours = some(thing.box.crop(lab)[thing.shape])
        if self.skin is None:
            return 0.0, 0.0
        skin = np.linalg.norm(colours - self.skin, axis=1) < _TONE
        hair = np.zeros(len(colours), np.bool_)
        for tone in self.hair:
            hair |= np.linalg.norm(colours - tone, axis=1) < _SHADE
        return float(skin.mean()), float((hair & ~skin).mean())


def _without_pieces(people: Sequence[Somebody]) -> list[Somebody]:
    """Drop what has no face and lies within the box of somebody larger: it is a piece of them."""
    kept: list[Somebody] = []
    for one in sorted(people, key=lambda somebody: (-somebody.part.area, somebody.part.box)):
        inside = any(
            one.part.box.shared(other.part.box) > _WITHIN * one.part.box.area for other in kept
        )
        if one.face is None and inside:
            continue
        kept.append(one)
    return kept


def skin_like(lab: Lab) -> Mask:
    """Return (height, width) booleans: colours that skin has in drawings and photographs."""
    light, a, b = lab[:, :, 0], lab[:, :, 1], lab[:, :, 2]
    chroma = a * a + b * b
    # Dark skin is deeper in colour than hair and leather of its lightness.
    lit = (light > 45) | ((light > 28) & (chroma > 400))
    lit &= (light < 98) & (chroma > 49) & (chroma < 1764)
    # Hue from red-orange to yellow-orange.
    return lit & (b > 0.27 * a) & (a > 0.14 * b)


def face_of(thing: Part, lab: Lab) -> Face | None:
    """Return the largest compact patch of skin high up on a thing.

    Args:
        thing: what may have a face.
        lab: the page's CIE Lab.
    """
    best: Face | None = None
    for patch in _patches(thing, lab):
        if best is None or patch.box.top + patch.box.height / 2 < best.box.top:
            best = patch
    return best


def _patches(thing: Part, lab: Lab) -> list[Face]:
    """Return the compact patches of skin in the upper part of a thing, largest first."""
    import cv2

    tall = thing.box.height > thing.box.width
    reach = max(1, round(thing.box.height * 0.8)) if tall else thing.box.height
    inside = (skin_like(thing.box.crop(lab)) & thing.shape)[:reach].astype(np.uint8)
    thin = max(1, min(thing.box.width, thing.box.height) // 40)
    inside = cv2.morphologyEx(inside, cv2.MORPH_OPEN, np.ones((thin, thin), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=4)
    found: list[Face] = []
    areas = stats[1:, cv2.CC_STAT_AREA]
    large = np.flatnonzero(areas >= max(30, _FACE * thing.area)) + 1
    for at in sorted(large, key=lambda one: (-int(areas[one - 1]), int(one)))[:4]:
        left, top, wide, high, area = (int(one) for one in stats[at])
        if not _ROUND[0] < wide / high < _ROUND[1] or area < _FULL * wide * high:
            continue
        if top + high / 2 > _HIGH * thing.box.height:
            continue
        box = Box(left, top, left + wide, top + high)
        colour = np.median(thing.box.crop(lab)[:reach][labels == at], axis=0)
        found.append(Face(box, colour.astype(np.float32), area))
    return found


def _rivals(thing: Part, face: Face, lab: Lab) -> list[Face]:
    """Return the faces of about one size and skin that lie beside each other on a thing."""
    return [
        patch
        for patch in _patches(thing, lab)
        if patch.pixels > _RIVAL * face.pixels
        and _apart(patch, face) < _TONE
        and patch.box.top < face.box.bottom
        and patch.box.bottom > face.box.top
    ]


def _apart(first: Face, second: Face) -> float:
    return float(np.linalg.norm(first.skin - second.skin))


def _around(thing: Part, face: Face, lab: Lab) -> Colour:
    """Return the commonest colours above and beside a face, (n, 3)."""
    high, wide = face.box.height, face.box.width
    area = Box(
        max(0, face.box.left - wide // 3),
        max(0, face.box.top - high // 2),
        face.box.right + wide // 3,
        face.box.bottom - high // 4,
    )
    colours = area.crop(thing.box.crop(lab))[area.crop(thing.shape)]
    colours = colours[np.linalg.norm(colours - face.skin, axis=1) > _FACES]
    tones: list[Colour] = []
    total = len(colours)
    while len(colours) > max(20, 0.15 * total) and len(tones) < _TONES:
        bins = np.floor(colours / 9).astype(np.int64)
        _, at, counts = np.unique(bins, axis=0, return_inverse=True, return_counts=True)
        centre = colours[at.ravel() == int(counts.argmax())].mean(axis=0)
        near = np.linalg.norm(colours - centre, axis=1) < _SHADE
        if near.sum() < 0.12 * total:
            break
        tones.append(colours[near].mean(axis=0))
        colours = colours[~near]
    return np.array(tones, np.float32).reshape(-1, 3)


def _print(thing: Part, lab: Lab) -> Print:
    return colour_print(thing.box.crop(lab)[thing.shape])


def _top(thing: Part, lab: Lab) -> Print:
    high = max(1, round(_TOP * thing.box.height))
    return colour_print(thing.box.crop(lab)[:high][thing.shape[:high]])
