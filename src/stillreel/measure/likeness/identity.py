"""Is this the same character: what each part of the body shows, whatever light and background.

This is the embedded tier. It sees the colours of hair, skin and clothes; it does not see faces,
tattoos, piercings or other small marks, and says so instead of guessing. A picture without colour
tells it little, so there its interval is wide and it never says `same`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stillreel.measure.likeness.colours import COLOURED, cloud, gap
from stillreel.measure.likeness.parts import UNSEEN, attributes
from stillreel.measure.nouns import Attribute, IdentityScore

if TYPE_CHECKING:
    from stillreel.measure.likeness.colours import Cloud, Gap
    from stillreel.measure.nouns import Image

HALF = 0.27
"""Unexplained share at which the score is 0.5; calibration: docs/measuring.md, drawn pairs."""
SAME_FROM = 0.5
"""Score from which two crops are taken for one character."""
COVERAGE = 0.9
"""Rate at which another picture of the same candidate scores inside the interval."""
_SPREAD = ((0.0, 0.17), (0.25, 0.18), (0.4, 0.23), (1.0, 0.23))
"""Unexplained share, and how far that of another picture strays at the stated rate; drawn pairs."""
_BLIND = 0.5
"""How much lower the interval begins without colour."""
_ZONES = ((0.0, 0.13, 1.25), (0.08, 0.25, 1.25), (0.25, 0.6, 1.0), (0.6, 1.01, 0.8))
"""Top and bottom as shares of the figure's height, and weight: hair, face, trunk, legs."""
_OURS = 0.3
"""Say of what the candidate does not show, against what it shows beside the reference."""
_POWER = 4
"""How far the zone that differs most decides."""


class Compared(NamedTuple):
    """Two figures, and what their colours leave unexplained."""

    unlike: float
    """0..1 over the whole figure; 0 is all explained."""
    gap: Gap


def identity(reference: Image, candidate: Image) -> IdentityScore:
    """Score how far a candidate crop shows the reference's character; each holds one figure.

    Args:
        reference: (height, width, 3) BGR pixels.
        candidate: (height, width, 3) BGR pixels, of any other size.
    """
    return compare(cloud(reference), cloud(candidate))


def compare(ours: Cloud, theirs: Cloud) -> IdentityScore:
    """Score two figures whose colours are known; `cloud` once, compare with many."""
    seen = compared(ours, theirs)
    score = _score(seen.unlike)
    edges, spreads = zip(*_SPREAD, strict=True)
    stray = float(np.interp(seen.unlike, edges, spreads))
    low, high = _score(seen.unlike + stray), _score(max(0.0, seen.unlike - stray))
    coloured = min(ours.chroma, theirs.chroma) >= COLOURED
    if not coloured:
        low = max(0.0, low - _BLIND)
    colour = Attribute("colour", round(score, 4) if coloured else None)
    parts = attributes(ours, theirs, seen.gap.gain)
    unseen = tuple(Attribute(name, None) for name in UNSEEN)
    same = coloured and score >= SAME_FROM
    return IdentityScore(score, (low, high), same, "embedded", (*parts, colour, *unseen))


def compared(ours: Cloud, theirs: Cloud) -> Compared:
    """Return what is unexplained between two figures, the zones of the body weighed."""
    found = gap(ours, theirs)
    total, worth = 0.0, 0.0
    for top, bottom, weight in _ZONES:
        unlike, say = 0.0, 0.0
        for one, points, share in (
            (ours, found.ours, _OURS),
            (theirs, found.theirs, 1 - _OURS),
        ):
            height = one.points[:, 3]
            inside = (height >= top) & (height < bottom)
            if inside.sum() > 3:
                unlike += share * float(np.average(points[inside], weights=one.weight[inside]))
                say += share
        if say:
            total += weight * (unlike / say) ** _POWER
            worth += weight
    return Compared((total / worth) ** (1 / _POWER) if worth else 1.0, found)


def _score(unlike: float) -> float:
    return 1 / (1 + (unlike / HALF) ** 2)
