"""What each part of the body shows: hair, skin, and clothes from the neck to the feet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Attribute

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.likeness.colours import Cloud

    Away = NDArray[np.float32]

UNSEEN = ("marks", "face", "tattoo", "piercing")
"""What classical code cannot see at the size of a figure."""
_ZONES = (("hair", 0.0, 0.22), ("upper", 0.27, 0.55), ("lower", 0.58, 0.86), ("feet", 0.9, 1.01))
"""Part, and its top and bottom as shares of the height of a whole figure."""
_NEAR = 0.25
"""Share of the height within which a part looks for its colours."""
_HALF = 9.0
"""Mean distance in Lab units at which a part scores 0.5."""
_FAR = 30.0
_LIGHT = 0.35
_FEWEST = 5
"""Points a part needs on both sides."""
_SLENDER = 1.7
"""Height by width from which a figure cut off at the bottom still shows its legs."""
_HEAD = 0.28
"""Share of the height in which a face lies."""
_CROWN = 0.08
"""Share of the height that is hair, or what covers it, even where it has the colour of skin."""
_THEIRS = 0.65
"""Say of what the candidate shows against what the reference shows."""


def attributes(ours: Cloud, theirs: Cloud, gain: float) -> tuple[Attribute, ...]:
    """Return a score 0..1 for each part, None where it cannot be told in both pictures.

    Args:
        ours: the reference's colours.
        theirs: the candidate's colours.
        gain: factor that brings the candidate to the reference's light.
    """
    away = _distances(ours, theirs, gain)
    sides = (
        (ours, away.min(axis=1), _skin_like(ours)),
        (theirs, away.min(axis=0), _skin_like(theirs) | _skin_of(ours, away)),
    )
    found: dict[str, float | None] = {}
    for part, top, bottom in (("skin", 0.0, _HEAD), *_ZONES):
        values: list[float] = []
        for one, nearest, skin in sides:
            height = one.points[:, 3]
            inside = (height >= top) & (height < bottom)
            if part == "skin":
                inside &= skin
            elif part == "hair":
                inside &= ~_skin_like(one) | (height < _CROWN)
            if inside.sum() < _FEWEST or (one.cut and _hidden(part, one)):
                break
            values.append(float(np.average(nearest[inside], weights=one.weight[inside])))
        if len(values) < 2:
            found[part] = None
            continue
        found[part] = _score((1 - _THEIRS) * values[0] + _THEIRS * values[1])
    worn = [value for part in ("upper", "lower") if (value := found[part]) is not None]
    found["outfit"] = min(worn) if worn else None
    order = ("hair", "skin", "upper", "lower", "feet", "outfit")
    return tuple(
        Attribute(name, None if (value := found[name]) is None else round(value, 4))
        for name in order
    )


def _distances(ours: Cloud, theirs: Cloud, gain: float) -> Away:
    """Return (N, M) how far the colours of points at about one height are apart, Lab units."""
    scale = np.array([_LIGHT, 1, 1], np.float32)
    here, there = ours.points[:, :3] * scale, theirs.points[:, :3] * (scale * np.float32(gain))
    square = (here**2).sum(axis=1)[:, None] + (there**2).sum(axis=1)[None, :]
    square -= 2 * here @ there.T
    apart = np.abs(ours.points[:, 3][:, None] - theirs.points[:, 3][None, :])
    square = np.where(apart < _NEAR, square, _FAR**2)
    return np.sqrt(np.clip(square, 0, _FAR**2)).astype(np.float32)


def _skin_of(ours: Cloud, away: Away) -> NDArray[np.bool_]:
    """Return which of their points are nearer to our skin than to the rest of our head.

    Skin that has changed its colour need no longer look like skin.
    """
    head, skin = ours.points[:, 3] < _HEAD, _skin_like(ours)
    near, other = (
        np.where((head & kind)[:, None], away, _FAR).min(axis=0) for kind in (skin, ~skin)
    )
    return near < other


def _hidden(part: str, one: Cloud) -> bool:
    return part == "feet" or (part == "lower" and one.slender < _SLENDER)


def _skin_like(one: Cloud) -> NDArray[np.bool_]:
    """Return which points have a colour that human skin can have."""
    a, b = one.points[:, 1], one.points[:, 2]
    hue = np.arctan2(b, a)
    chroma = np.hypot(a, b)
    return (hue > 0.2) & (hue < 1.5) & (chroma > 8) & (chroma < 52)


def _score(away: float) -> float:
    return 1 / (1 + (away / _HALF) ** 2)
