"""A row of house fronts: wall, windows, shop, gable or eaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import above, box, frame_of, plane, rect
from stillreel.draw.set.shopfront import shop, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Point
    from stillreel.draw.set.tints import Tints

_PAINTS: tuple[Tone, ...] = (
    (206, 174, 136),
    (178, 120, 96),
    (214, 198, 166),
    (150, 158, 164),
    (196, 148, 112),
    (168, 176, 152),
)


@dataclass(frozen=True, slots=True)
class Lot:
    """Where one house of a row stands."""

    at: Point
    """Foot of the middle of its front, metres."""
    turn: float
    """Degrees about the vertical; 0 has the front toward +z, 90 toward +x."""
    wide: float
    tall: float
    """Metres to the eaves."""
    index: int
    modern: bool = False
    """True for a city block with a flat roof."""
    shop: bool = True
    """True with a shop on the ground floor."""

    @property
    def row(self) -> int:
        """Which row the house belongs to, for its seed: its front looks right, left or ahead."""
        return -1 if self.turn == 90.0 else 1 if self.turn == -90.0 else 2


@dataclass(frozen=True, slots=True)
class _Front:
    """A house front as its painter needs it."""

    foot: NDArray[np.float64]
    across: NDArray[np.float64]
    normal: NDArray[np.float64]
    wide: float
    tall: float


def draw_front(easel: Easel, tints: Tints, lot: Lot) -> None:
    """Draw one house of a row, if the camera is before its front."""
    foot, across, normal = frame_of(lot.at, lot.turn)
    wide, tall = lot.wide, lot.tall
    if not easel.seen(above(foot, tall / 2), max(wide, tall)):
        return
    eye = np.asarray(easel.camera.position)
    if float((eye - foot) @ normal) < 0:
        return
    nearest = foot + across * np.clip(float((eye - foot) @ across), -wide / 2, wide / 2)
    easel.begin(
        foot if easel.depth(foot) > 1 else nearest,
        "near" if easel.band(max(easel.depth(foot), 0.5)) == "foreground" else None,
    )
    rng = easel.rng("front", lot.row, lot.index)
    paint = mix(_PAINTS[int(rng.integers(0, 6))], tints.plaster, 0.25)
    if lot.modern:
        paint = mix(paint, (74, 78, 100), 0.6)
    _dress(easel, tints, _Front(foot, across, normal, wide, tall), lot, paint, rng)


def _dress(
    easel: Easel, tints: Tints, front: _Front, lot: Lot, paint: Tone, rng: np.random.Generator
) -> None:
    """Dress a house front: roof, windows, shop."""
    shade = easel.facing(front.normal) * 0.75
    foot, across, wide, tall = front.foot, front.across, front.wide, front.tall
    easel.face(
        plane(foot, across, rect(-wide / 2, 0, wide / 2, tall)),
        Style("wall", paint, shade=shade, outline=0.7, to=mix(paint, (60, 50, 70), 0.3)),
    )
    _side_wall(easel, front, paint)
    pixels = easel.scale(above(foot, 2)) / easel.unit if easel.depth(foot) > 0.5 else 200.0
    if not lot.modern:
        _roof(easel, front, tints, rng, pixels)
    if pixels < 9:
        return
    windows(easel, foot, across, wide, tall, tints, shade, rng, pixels, tall_city=lot.modern)
    if lot.shop:
        shop(
            easel,
            foot,
            across,
            front.normal,
            wide,
            tints,
            shade,
            lot.index + (3 if lot.row > 0 else 0),
            pixels,
            tall_city=lot.modern,
        )


def _side_wall(easel: Easel, front: _Front, paint: Tone) -> None:
    for end in (-0.5, 0.5):
        corner = front.foot + front.across * front.wide * end
        if float((np.asarray(easel.camera.position) - corner) @ (front.across * end)) <= 0:
            continue
        behind = corner - front.normal * 5
        easel.face(
            [corner, behind, above(behind, front.tall), above(corner, front.tall)],
            Style(
                "wall",
                mix(paint, (60, 54, 76), 0.25),
                outline=0.5,
                shade=easel.facing(front.across * end * 2) * 0.7,
            ),
        )


def _roof(
    easel: Easel, front: _Front, tints: Tints, rng: np.random.Generator, pixels: float
) -> None:
    foot, across, normal = front.foot, front.across, front.normal
    wide, tall = front.wide, front.tall
    own = mix(tints.roof, (150, 84, 66), float(rng.uniform(0, 0.7)))
    roof = tints.snow if tints.white else own
    style = Style(
        "snow" if tints.white else "roof",
        roof,
        outline=0.7,
        to=tints.snow_shade if tints.white else mix(roof, (40, 30, 50), 0.3),
    )
    if rng.random() < 0.5:
        _gable(easel, tints, front, style)
        return
    easel.face(
        [
            *plane(foot + normal * 0.35, across, [(-wide / 2, tall - 0.1), (wide / 2, tall - 0.1)]),
            *plane(foot - normal * 2.6, across, [(wide / 2, tall + 2.4), (-wide / 2, tall + 2.4)]),
        ],
        style,
    )
    if pixels > 20:
        stack = foot - normal * 1.8
        box(
            easel,
            (float(stack[0]), float(stack[1]) + tall + 0.9, float(stack[2])),
            (0.7, 1.8, 0.7),
            0,
            Style("wall", tints.brick, outline=0.6),
        )


def _gable(easel: Easel, tints: Tints, front: _Front, style: Style) -> None:
    """Turn the gable of a house to the street."""
    foot, across, normal = front.foot, front.across, front.normal
    wide, tall = front.wide, front.tall
    peak = wide * 0.55
    easel.face(
        plane(foot, across, [(-wide / 2, tall), (wide / 2, tall), (0, tall + peak)]),
        Style(
            "wall",
            mix(tints.plaster, (170, 140, 120), 0.4),
            outline=0.6,
            shade=easel.facing(normal) * 0.75,
        ),
    )
    for end in (-0.5, 0.5):
        a = above(foot + across * wide * end * 1.08, tall - 0.2) + normal * 0.3
        b = above(foot, tall + peak + 0.1) + normal * 0.3
        easel.face([a, b, b - normal * 5, a - normal * 5], style)
        easel.line(
            [a, b],
            0.22,
            Style(style.role, mix(style.colour, (255, 250, 240), 0.2), outline=0.5),
            1.2,
        )
