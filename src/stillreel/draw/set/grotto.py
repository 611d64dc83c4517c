"""Inside a cave: rock all round, its mouth a bright hole, stones that hang and stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.ground import patch
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.sky import sky_tones
from stillreel.draw.set.style import Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.tints import Tints
    from stillreel.draw.set.view import Point
    from stillreel.values.scene import Setting

_MOUTH = (2.2, -14.0)
"""Where the mouth of the cave is, metres right and ahead."""
_CEILING = np.array(
    [
        (-2.4, 0.7),
        (-1.7, 0.1),
        (-0.9, 0.35),
        (-0.2, 0.0),
        (0.6, 0.3),
        (1.3, 0.05),
        (2.4, 0.8),
        (2.6, 12.0),
        (-2.6, 12.0),
    ]
)
_ROUND = 11.0
"""Metres from the stage to the rock."""


def draw_grotto(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the inside of a cave with the day or the night in its mouth."""
    # No snow falls in here.
    tints = replace(tints, white=False, stone=mix(tints.stone, (92, 84, 98), 0.6))
    rock = mix(tints.stone, (98, 88, 100), 0.5)
    dark = mix(rock, (22, 20, 34), 0.78)
    _shell(easel, rock, dark)
    _outside(easel, setting, tints, rock)
    _ring(easel, rock, dark)
    _hanging(easel, rock, dark)
    for index, (x, z, size) in enumerate(
        ((-4.4, -4.6, 1.0), (5.0, -5.6, 1.4), (-6.6, -7.0, 1.8), (7.4, -2.6, 1.2), (6.0, 7.0, 1.3))
    ):
        at = (x, 0.0, z)
        if easel.depth(at) > easel.stage - 3.4 and easel.seen(at, 2.5):
            draw_piece(easel, Piece("rock", at, size, index=index), tints)


def _shell(easel: Easel, rock: tuple[int, int, int], dark: tuple[int, int, int]) -> None:
    """Cover the sheet with the dark of the cave and lay its floor."""
    easel.begin(None, "near", 0)
    wide, high = float(easel.width), float(easel.height)
    whole = np.array([(-60, -60), (wide + 60, -60), (wide + 60, high + 60), (-60, high + 60)])
    easel.flat(
        whole, Style("rock", mix(dark, (12, 12, 22), 0.3), outline=0.0, to=mix(dark, rock, 0.35))
    )
    circle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    wobble = 1 + 0.05 * np.sin(circle * 7)
    floor = np.stack(
        [np.cos(circle) * 16 * wobble, 0 * circle, np.sin(circle) * 16 * wobble], axis=1
    )
    floor[:, 2] += 1.5
    reach = easel.camera.position[2]
    if reach > 14.0:
        floor[:, 2] = np.where(floor[:, 2] > 0, floor[:, 2] * (reach + 4) / 16, floor[:, 2])
    easel.begin(None, "near", 0)
    easel.face(floor, Style("ground", mix(rock, dark, 0.45), outline=0.4, to=mix(rock, dark, 0.2)))
    rng = easel.rng("floor")
    for index in range(16):
        x, z = float(rng.uniform(-9, 9)), float(rng.uniform(-9, 7))
        tone = mix(rock, dark, 0.65) if index % 2 else mix(rock, (196, 190, 190), 0.15)
        style = Style("rock", tone, outline=0.15, alpha=0.5)
        patch(easel, x, z, float(rng.uniform(0.6, 1.8)), float(rng.uniform(0.25, 0.6)), style)


def _outside(easel: Easel, setting: Setting, tints: Tints, rock: tuple[int, int, int]) -> None:
    """Cut the mouth into the rock: sky, a hill, and the light that falls in."""
    x, z = _MOUTH
    at = np.array([x, 0.0, z])
    if easel.depth(at) < 2.0:
        return
    _top, middle, low = sky_tones(setting)
    night = setting.time == "night"
    easel.begin(None, "near", 0)
    sky = mix(middle, low, 0.4) if not night else mix(low, (96, 130, 206), 0.5)
    hole = _ragged(easel, "mouth", 3.1, 3.5)
    rim = Style("rock", mix(rock, middle, 0.3), outline=0.5, to=mix(rock, (60, 56, 70), 0.3))
    easel.card(at, hole * (1.16, 1.08), rim)
    easel.card(at, hole, Style("sky", sky, outline=0.6, to=mix(sky, low, 0.6)))
    hill = mix(tints.hill, middle, 0.3 if not night else 0.65)
    ground = tints.snow if tints.white else tints.grass
    ground = mix(ground, (16, 24, 60), 0.7) if night else ground
    for height, tone, phase in ((1.25, hill, 0.4), (0.6, ground, 2.1)):
        xs = np.linspace(-2.9, 2.9, 15)
        ys = height * (1 + 0.22 * np.sin(xs * 1.1 + phase))
        easel.card(
            at,
            np.concatenate([np.stack([xs, ys], axis=1), [(2.9, 0.0), (-2.9, 0.0)]]),
            Style("sky", tone, outline=0.3, to=mix(tone, (30, 40, 50), 0.15)),
        )
    easel.begin(None, "near", 0)
    tone = mix(low, (255, 255, 255), 0.3) if not night else (120, 160, 240)
    strong = 0.10 if night else 0.2
    for grow in (1.0, 0.7):
        spill = [
            (x - 2.4 * grow, 0.01, z + 0.6),
            (x + 2.4 * grow, 0.01, z + 0.6),
            (x + 1.2 * grow, 0.01, z + 11.5 * grow),
            (x - 4.6 * grow, 0.01, z + 11.5 * grow),
        ]
        easel.face(spill, Style("light", tone, outline=0.0, alpha=strong))


def _ragged(easel: Easel, name: str, half: float, tall: float) -> NDArray[np.float64]:
    """Return an uneven arched outline standing on the ground."""
    rng = easel.rng("ragged", name)
    angle = np.linspace(0.0, np.pi, 15)
    reach = rng.uniform(0.86, 1.08, 15)
    reach[[0, -1]] = 1.0
    return np.stack([np.cos(angle) * half * reach, np.sin(angle) * tall * reach], axis=1)


def _ring(easel: Easel, rock: tuple[int, int, int], dark: tuple[int, int, int]) -> None:
    """Stand buttresses of rock all round, but for the mouth."""
    rng = easel.rng("buttress")
    for step in range(26):
        angle = (step + float(rng.uniform(-0.25, 0.25))) / 26 * 2 * np.pi
        away = _ROUND + (step % 3) * 1.6
        wide, lean = float(rng.uniform(1.6, 2.8)), float(rng.uniform(-0.5, 0.5))
        x, z = float(np.sin(angle)) * away, -float(np.cos(angle)) * away
        if abs(x - _MOUTH[0]) < 3.9 and z < 0:
            continue
        at = (x, 0.0, z)
        if easel.depth(at) < max(2.0, easel.stage - 3.0) or not easel.seen((x, 4.0, z), 5.0):
            continue
        easel.begin(at, "near")
        toward = 1.0 - min(np.hypot(x - _MOUTH[0], z - _MOUTH[1]) / 22.0, 1.0)
        tone = mix(mix(rock, dark, 0.55), rock, float(toward))
        edge = np.array(
            [
                (-wide, 0.0),
                (-wide * 0.72, 1.3),
                (-wide * 0.8, 2.6),
                (-wide * 0.5 + lean, 4.4),
                (-wide * 0.9 + lean, 16.0),
                (wide * 0.9 + lean, 16.0),
                (wide * 0.62 + lean, 4.0),
                (wide * 0.84, 2.2),
                (wide * 0.8, 0.9),
                (wide * 1.05, 0.0),
            ]
        )
        form = wide * easel.scale(at) * 0.25
        easel.card(at, edge, Style("rock", tone, form=form, outline=0.6, to=mix(tone, dark, 0.35)))
        crack = np.array([(-0.2, 5.2), (0.1, 3.9), (-0.15, 2.8), (0.2, 1.6)]) * (wide / 2, 1.0)
        easel.line(easel.lift(at, crack), 0.05, Style("crease", mix(tone, dark, 0.6), outline=0.3))


def _hanging(easel: Easel, rock: tuple[int, int, int], dark: tuple[int, int, int]) -> None:
    """Hang stalactites from the roof and stand stalagmites under some of them."""
    rng = easel.rng("icicles")
    for index in range(40):
        angle, away = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(5.4, 11.0))
        long, thick = float(rng.uniform(0.7, 2.2)), float(rng.uniform(0.16, 0.36))
        at: Point = (float(np.sin(angle)) * away, 0.0, -float(np.cos(angle)) * away)
        if easel.depth(at) < max(3.0, easel.stage - 3.0) or not easel.seen((at[0], 3, at[2]), 4.0):
            continue
        easel.begin(at, "near")
        tone = mix(rock, dark, 0.35 + 0.3 * (index % 2))
        style = Style("rock", tone, form=thick * easel.scale(at) * 0.4, outline=0.5)
        drop = np.array([(-1.6, 0.0), (-0.7, -0.25), (0.0, -1.0), (0.7, -0.25), (1.6, 0.0)])
        roof = _CEILING * (1.0 + 0.3 * (index % 3), 1.0) + (0.0, 4.4 + 0.3 * (index % 4))
        deep = mix(dark, rock, 0.12 + 0.16 * float(away - 5.4) / 5.6)
        easel.card(at, roof, Style("rock", deep, outline=0.5, to=deep))
        spike = drop * (thick, long) + (0, 4.75 + 0.3 * (index % 4))
        easel.card(at, spike, style)
        if index % 4 == 0 and abs(at[0]) > 3.6:
            easel.card(at, drop * (thick * 1.3, -long * 0.5), style)
