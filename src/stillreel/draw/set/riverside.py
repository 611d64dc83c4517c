"""On the bank of a river that winds away through meadows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import terrain
from stillreel.draw.set.ground import draw_ground, drifts, flowers, ridge, road, tufts
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.style import Style
from stillreel.draw.set.tints import tints_of

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_COURSE = np.array(
    [
        (30.0, 60.0),
        (17.0, 30.0),
        (11.5, 12.0),
        (9.4, 2.0),
        (7.6, -4.0),
        (3.0, -8.6),
        (-3.5, -12.4),
        (-9.0, -17.0),
        (-10.5, -24.0),
        (-4.0, -33.0),
        (7.0, -44.0),
        (10.0, -60.0),
        (-6.0, -96.0),
        (-20.0, -150.0),
    ]
)
"""The middle of the river, x, z metres, from behind the audience to the hills."""
_WIDE = 6.4
_TREES = (
    (-13.5, -9.0),
    (-6.2, -5.6),
    (12.5, -12.0),
    (15.0, -22.0),
    (2.5, -21.0),
    (-17.0, -26.0),
    (-2.0, -48.0),
    (18.0, -52.0),
    (-26.0, -44.0),
    (-9.0, 10.0),
    (-4.0, 20.0),
    (22.0, 8.0),
)


def draw_riverside(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the meadow, the river's bends, reeds and trees on its banks."""
    tints = tints_of(setting.model_copy(update={"kind": "field"}))
    ridge(easel, "back", 320.0, 46.0, mix(tints.hill, (120, 150, 190), 0.4))
    ridge(easel, "front", 150.0, 17.0, tints.hill, base=tints.grass_far)
    role = "snow" if tints.white else "ground"
    draw_ground(easel, tints.grass, tints.grass_far, role, rolling=True)
    terrain.draw_swathes(easel, tints)
    course = _smooth(_COURSE)
    earth = tints.snow_shade if tints.white else mix(tints.earth, tints.grass, 0.3)
    deep = (140, 176, 216) if tints.white else tints.water
    pale = (172, 202, 234) if tints.white else mix(tints.water, (196, 224, 228), 0.45)
    road(easel, course, _WIDE + 0.9, Style(role, earth, outline=0.3))
    road(easel, course, _WIDE, Style("water", pale, outline=0.5, to=deep))
    _current(easel, tints, course)
    if tints.white:
        drifts(easel, tints, 24)
    else:
        span = (-15.0, 5.5, -6.0, 17.0)
        easel.begin(None, "near", 0)
        tufts(easel, tints, 320, span)
        if setting.season in {"spring", "summer"}:
            flowers(easel, ((255, 250, 240), (250, 196, 92), (168, 140, 226)), 150, span)
    _reeds(easel, tints, course)
    for index, (x, z) in enumerate(_TREES):
        deep_in = easel.depth((x, 0.0, z))
        if deep_in < easel.stage - 3.4 or not easel.seen((x, 3.0, z), 7.0):
            continue
        kind = ("round", "oak", "birch", "poplar")[index % 4]
        draw_piece(easel, Piece("tree", (x, 0.0, z), 6.0 + index % 3, 0, kind, index), tints)


def _smooth(course: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> np.ndarray:
    """Return the course with its corners cut thrice."""
    for _ in range(3):
        a, b = course[:-1] * 0.75 + course[1:] * 0.25, course[:-1] * 0.25 + course[1:] * 0.75
        middle = np.stack([a, b], axis=1).reshape(-1, 2)
        course = np.concatenate([course[:1], middle, course[-1:]])
    return course


def _current(easel: Easel, tints: Tints, course: np.ndarray) -> None:
    """Draw the light on the water."""
    if tints.white:
        return
    rng = easel.rng("current")
    light = Style("water", mix(tints.water, (240, 250, 250), 0.6), outline=0.2, alpha=0.7)
    for index in range(0, len(course) - 1, 2):
        x, z = course[index]
        if z < -64.0:
            continue
        off, wide = float(rng.uniform(-0.35, 0.35)) * _WIDE, float(rng.uniform(0.4, 1.2))
        easel.begin_ground((float(x), 0.0, float(z)))
        easel.line([(x + off - wide, 0.012, z), (x + off + wide, 0.012, z)], 0.05, light)


def _reeds(easel: Easel, tints: Tints, course: np.ndarray) -> None:
    """Stand tufts of reeds along the near bank and some on the far one."""
    rng = easel.rng("reeds")
    along = np.gradient(course, axis=0)
    side = along[:, ::-1] * (-1.0, 1.0)
    side /= np.hypot(side[:, 0], side[:, 1])[:, None]
    tone = mix(tints.foliage[1], (196, 184, 110), 0.4 if not tints.bare else 0.8)
    for index in range(6, len(course) - 18):
        bank = 1.0 if index % 2 else -1.0
        spot = course[index] + side[index] * bank * (_WIDE / 2 + 0.15)
        at = (float(spot[0]), 0.0, float(spot[1]))
        if easel.depth(at) < max(1.5, easel.stage - 4.0) or not easel.seen(at, 1.5):
            continue
        easel.begin(at)
        for stem in range(5):
            x, tall = float(rng.uniform(-0.5, 0.5)), float(rng.uniform(0.5, 1.15))
            lean = float(rng.uniform(-0.15, 0.15))
            blade = [(x - 0.035, 0.0), (x + lean, tall), (x + 0.035, 0.0)]
            easel.card(at, blade, Style("foliage", tone, outline=0.3, to=tints.foliage[0]))
            if stem % 3 == 0 and not tints.bare:
                top = [(x + lean - 0.03, tall - 0.2), (x + lean + 0.03, tall - 0.2)]
                head = [*top, (x + lean + 0.03, tall), (x + lean - 0.03, tall)]
                easel.card(at, head, Style("wood", (110, 74, 50), outline=0.3))
