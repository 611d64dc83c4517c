"""A figure as a cloud of colours with heights, and how much of one cloud another explains.

Two pictures of one person show the same colours at about the same heights, in other amounts: an arm
hides the coat, a turned head shows more hair. So amounts are not compared; each point asks for the
nearest point of the other cloud, and what stays unexplained is counted. One light over the whole
figure multiplies L + 16, a and b by one factor; the factor that explains most is taken out. Where
more light would have cut a colour off at white, a point that was cut off explains it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from stillreel.measure.likeness.subject import subject

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

    Points = NDArray[np.float32]

_MOST = 320
"""Points of a cloud, half of them in the head."""
_HEAD = 0.28
"""Share of the height in which the head is looked for."""
_SURE = 0.3
"""Weight from which a pixel is a point of the figure."""
_L_MEAN = 71.0
"""Mean of L + 16 that every figure is brought to."""
_LIGHT, _LIGHT_ALONE = 0.5, 1.2
"""Weight of lightness against a and b, which shade changes less, and where there is no colour."""
_TALL = 15.0
"""Lab units that the whole height of the figure is worth."""
_FAR = 40.0
_UNLIKE, _SOFT = 8.0, 2.0
"""Distance in Lab units at which a point is half unexplained, and how soft the step is."""
_RISE = 0.1
"""Share of the answer that goes on growing with the distance."""
_NONE = 1 / (1 + np.exp(_UNLIKE / _SOFT))
"""What the step leaves at no distance at all."""
_STEP = 0.1
"""Log of the factor between two lights that are tried; then in quarters of it."""
_LIMIT = 0.98
"""Share of white from which a channel is cut off."""
_OVER = 2.0
"""Lab units by which a cut off colour must differ from what it was."""
_BLACK = np.array([16, 0, 0], np.float32)
"""What is added to L, a, b so that light multiplies them."""
COLOURED = 10.0
"""Chroma in Lab units below which a picture has no colour to go by."""
_SEED = 20_011


class Cloud(NamedTuple):
    """The colours of one figure."""

    points: Points
    """(N, 4): L + 16, a, b at a fixed mean light, and height from 0 at the top to 1."""
    weight: NDArray[np.float32]
    """(N,) how likely each point is the figure."""
    chroma: float
    """Colourfulness of its most colourful tenth, in Lab units."""
    light: float
    """Mean of L + 16 before it was fixed."""
    burnt: NDArray[np.bool_]
    """(N,) points with a channel at its limit: what was brighter there is gone."""
    cut: bool
    """True when the figure runs out of the picture at the bottom."""
    slender: float
    """Height of the figure by its width."""


class Gap(NamedTuple):
    """What two clouds leave unexplained, at the light that explains most."""

    ours: NDArray[np.float32]
    """(N,) 0..1 for every point of the first cloud."""
    theirs: NDArray[np.float32]
    """(M,) 0..1 for every point of the second."""
    gain: float
    """Factor that brings the second to the first's light."""


def cloud(image: Image) -> Cloud:
    """Return the colours of a crop that holds one figure."""
    lab, weight = subject(image)
    rows = np.nonzero((weight > 0.4).mean(axis=1) > 0.02)[0]
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if rows.size else (0, weight.shape[0])
    columns = np.nonzero((weight > 0.4).mean(axis=0) > 0.02)[0]
    wide = int(columns[-1]) - int(columns[0]) + 1 if columns.size else weight.shape[1]
    down, across = np.nonzero(weight > _SURE)
    if down.size < 20:
        down, across = np.nonzero(weight >= 0)
    chosen = _chosen(down < top + _HEAD * (bottom - top))
    down, across = down[chosen], across[chosen]
    worth = weight[down, across] + np.float32(1e-3)
    colour = lab[down, across]
    chroma = float(np.quantile(np.hypot(colour[:, 1], colour[:, 2]), 0.9))
    lit = colour + _BLACK
    burnt = _burnt(lit)
    light = float(np.average(lit[:, 0], weights=worth))
    lit = lit * np.float32(_L_MEAN / light)
    height = np.clip((down - top) / (bottom - top), 0, 1).astype(np.float32)
    cut = bool((weight[-2:] > 0.7).mean() > 0.3)
    points = np.column_stack([lit, height])
    return Cloud(points, worth, chroma, light, burnt, cut, (bottom - top) / wide)


def _chosen(head: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return which pixels become points: by lot, as many of the head as of all the rest."""
    order = np.random.default_rng(_SEED).permutation(head.size)
    most = _MOST // 2
    return np.concatenate([order[head[order]][:most], order[~head[order]][:most]])


def gap(ours: Cloud, theirs: Cloud) -> Gap:
    """Return what is unexplained between two figures."""
    blind = 1 - min(1.0, min(ours.chroma, theirs.chroma) / COLOURED)
    light = _LIGHT + (_LIGHT_ALONE - _LIGHT) * blind
    if blind:
        # lightness is all there is to go by, so white must not stand for anything else
        ours, theirs = (one._replace(burnt=np.zeros_like(one.burnt)) for one in (ours, theirs))
    tried: dict[float, tuple[float, Gap]] = {}
    steps = [index * _STEP for index in range(-3, 4)]
    for finer in (_STEP / 2, _STEP / 4, 0.0):
        for step in steps:
            if step not in tried:
                tried[step] = _at(ours, theirs, float(np.exp(step)), light)
        best = min(tried, key=lambda step: tried[step][0])
        steps = [best - finer, best + finer]
    return tried[best][1]


def _at(ours: Cloud, theirs: Cloud, gain: float, light: float) -> tuple[float, Gap]:
    """Return the cost of one factor between two lights, and what it leaves unexplained."""
    scale = np.array([light, 1, 1, _TALL], np.float32)
    dimmed = np.array([light * gain, gain, gain, _TALL], np.float32)
    here, there = ours.points * scale, theirs.points * dimmed
    square = (here**2).sum(axis=1)[:, None] + (there**2).sum(axis=1)[None, :]
    square -= 2 * here @ there.T
    brighter = theirs.light / (ours.light * gain)
    if brighter > 1:
        _cut_off(square, ours, scale, brighter, there[theirs.burnt], theirs.burnt)
    else:
        _cut_off(square.T, theirs, dimmed, 1 / brighter, here[ours.burnt], ours.burnt)
    first = _unlike(np.sqrt(np.maximum(square.min(axis=1), 0)))
    second = _unlike(np.sqrt(np.maximum(square.min(axis=0), 0)))
    cost = float(np.average(first, weights=ours.weight))
    cost += float(np.average(second, weights=theirs.weight))
    return cost, Gap(first, second, gain)


def _cut_off(
    square: Points, dark: Cloud, scale: Points, by: float, white: Points, burnt: NDArray[np.bool_]
) -> None:
    """Lower the distances of colours that the brighter light cuts off at white, in place.

    Args:
        square: (N, M) squared distances of the darker picture's points to the brighter one's.
        dark: the darker picture.
        scale: what its points are multiplied by to be compared.
        by: how many times brighter the other one is.
        white: the other one's points that are burnt out, as they are compared.
        burnt: (M,) which these are.
    """
    if not burnt.any():
        return
    back = np.float32(_L_MEAN / (dark.light * by))
    lit = dark.points[:, :3] / back
    seen = _shown(lit)
    over = np.linalg.norm(lit - seen, axis=1) > _OVER
    if not over.any():
        return
    shown = dark.points[over]
    shown[:, :3] = seen[over] * back
    shown *= scale
    apart = (shown**2).sum(axis=1)[:, None] + (white**2).sum(axis=1)[None, :] - 2 * shown @ white.T
    where = np.ix_(over, burnt)
    square[where] = np.minimum(square[where], apart)


def _shown(lit: Points) -> Points:
    """Return what a picture can show of colours, (N, 3) L + 16, a, b: no channel above white."""
    import cv2

    lab = np.clip(lit - _BLACK, (0, -127, -127), (200, 127, 127)).astype(np.float32)[None]
    bgr = np.clip(cv2.cvtColor(lab, cv2.COLOR_Lab2BGR), 0, 1)
    return cast("Points", cv2.cvtColor(bgr, cv2.COLOR_BGR2Lab)[0] + _BLACK)


def _burnt(lit: Points) -> NDArray[np.bool_]:
    """Return which colours have a channel at its limit."""
    import cv2

    bgr = cv2.cvtColor((lit - _BLACK)[None], cv2.COLOR_Lab2BGR)[0]
    return np.asarray(bgr.max(axis=1) >= _LIMIT)


def _unlike(distance: Points) -> Points:
    """Return 0 at no distance, a soft step at `_UNLIKE`, and a slow rise beyond it."""
    away = np.minimum(distance, _FAR)
    step = (1 / (1 + np.exp((_UNLIKE - away) / _SOFT)) - _NONE) / (1 - _NONE)
    return (np.maximum(0, step) * (1 - _RISE) + _RISE * away / _FAR).astype(np.float32)
