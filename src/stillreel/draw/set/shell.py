"""Interiors: the floor, walls, ceiling and windows of a room, a hall or a vehicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.light import moonlit
from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import ridge
from stillreel.draw.set.shapes import arch, lobes, plane, rect
from stillreel.draw.set.sky import draw_sky

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

    Opening = list[tuple[float, float]]

X = np.array([1.0, 0.0, 0.0])
Z = np.array([0.0, 0.0, 1.0])


def outside(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw what the windows look out on: sky, hills and the tops of trees."""
    draw_sky(easel, setting)
    ridge(easel, "outside", 160.0, 22.0, mix(tints.hill, (140, 164, 190), 0.3), role="far")
    tone = tints.snow if tints.white else tints.grass_far
    ridge(easel, "meadow", 60.0, 3.2, tone, base=tints.grass)
    if setting.kind == "vehicle":
        _passing(easel, tints)
        return
    for index in range(9):
        spot = np.array([-18.0 + index * 4.4, 0.6 + (index * 7 % 3) * 0.5, -26.0])
        easel.ball(
            spot,
            2.4,
            lobes(index),
            Style("foliage", tints.snow if tints.white else tints.foliage[index % 3], outline=0.4),
            form=0.3,
        )


def _passing(easel: Easel, tints: Tints) -> None:
    """Draw hedges and telegraph poles, blurred by speed into flat bands."""
    for index in range(12):
        at = np.array([-44.0 + index * 8.0, 0.0, -30.0])
        easel.card(at, rect(-0.09, 0, 0.09, 6.2), Style("wood", tints.trunk, outline=0.3))
        easel.card(at, rect(-0.9, 5.5, 0.9, 5.65), Style("wood", tints.trunk, outline=0.2))
    easel.card(
        (0, 0, -28.0),
        [(-60, -2), (60, -2), (60, 0.9), (30, 1.3), (8, 0.8), (-14, 1.5), (-40, 0.9), (-60, 1.2)],
        Style("foliage", tints.snow_shade if tints.white else tints.foliage[0], outline=0.3),
    )


def walls(
    easel: Easel,
    bounds: tuple[float, float, float, float],
    tall: float,
    wall: Tone,
    openings: Sequence[Opening],
    *,
    dado: Tone | None = None,
    ceiling: Tone,
    floor: Tone,
    boards: bool = True,
    side_openings: Sequence[Opening] = (),
) -> None:
    """Draw the inner faces of a box room x0, x1, z0, z1; `openings` are cut in the back wall."""
    x0, x1, z0, z1 = bounds
    eye = np.asarray(easel.camera.position)
    easel.begin(None, "near", 0)
    under = mix(floor, (22, 16, 24), 0.7)
    if not (x0 < eye[0] < x1 and eye[2] > z0):
        easel.face(
            [(-90, -0.02, -90), (90, -0.02, -90), (90, -0.02, 90), (-90, -0.02, 90)],
            Style("ground", under, shade=0.6, outline=0.0),
        )
    ground = [(x0, 0.0, z0), (x1, 0.0, z0), (x1, 0.0, z1), (x0, 0.0, z1)]
    _plain(easel, ground, "ground", floor, 0.1, mix(floor, (40, 24, 30), 0.22))
    if boards:
        _boards(easel, bounds, floor)
    if eye[1] < tall:
        _plain(easel, [(x, tall, z) for x, _y, z in ground], "wall", ceiling, 0.5)
    faces = (
        (np.array([x0, 0, 0.0]), -Z, X, (-z1, -z0), side_openings, float(eye[0] - x0)),
        (np.array([x1, 0, 0.0]), Z, -X, (z0, z1), side_openings, float(x1 - eye[0])),
        (np.array([0, 0, z0]), X, Z, (x0, x1), openings, float(eye[2] - z0)),
        (np.array([0, 0, z1]), -X, -Z, (-x1, -x0), (), float(z1 - eye[2])),
    )
    for origin, across, normal, (start, end), cuts, inside in faces:
        if inside <= 0:
            continue
        _wall(easel, normal, origin, across, start, end, tall, wall, cuts, dado)


def _wall(
    easel: Easel,
    normal: NDArray[np.float64],
    origin: NDArray[np.float64],
    across: NDArray[np.float64],
    start: float,
    end: float,
    tall: float,
    wall: Tone,
    cuts: Sequence[Opening],
    dado: Tone | None,
) -> None:
    """Draw one inner wall with its openings, dado and skirting."""
    shade = easel.facing(normal) * 0.6
    easel.pane(
        plane(origin, across, rect(start, 0, end, tall)),
        Style("wall", wall, shade=shade, outline=0.6, to=mix(wall, (60, 44, 56), 0.22)),
        [plane(origin, across, cut) for cut in cuts],
    )
    if dado:
        easel.face(
            plane(origin + normal * 0.015, across, rect(start, 0, end, 0.86)),
            Style("wood", dado, shade=shade, outline=0.5, to=mix(dado, (30, 20, 30), 0.25)),
        )
        easel.face(
            plane(origin + normal * 0.03, across, rect(start, 0.86, end, 0.94)),
            Style("wood", mix(dado, (255, 240, 214), 0.3), shade=shade, outline=0.4),
        )
    easel.face(
        plane(origin + normal * 0.02, across, rect(start, 0, end, 0.14)),
        Style("wood", mix(dado or wall, (60, 40, 36), 0.35), shade=shade, outline=0.3),
    )


def _plain(
    easel: Easel,
    points: list[tuple[float, float, float]],
    role: str,
    tone: Tone,
    shade: float,
    to: Tone | None = None,
) -> None:
    easel.face(points, Style(role, tone, shade=shade, outline=0.4, to=to))  # type: ignore[arg-type]


def _boards(easel: Easel, bounds: tuple[float, float, float, float], floor: Tone) -> None:
    x0, x1, z0, z1 = bounds
    seam = Style("crease", mix(floor, (30, 18, 20), 0.4), outline=0.2, alpha=0.7)
    for x in np.arange(x0 + 0.5, x1, 0.62):
        easel.line(
            [(x, 0.004, z0), (x, 0.004, max(z0 + 1, min(z1, easel.camera.position[2] - 0.3)))],
            0.012,
            seam,
            0.9,
        )


def window_frame(
    easel: Easel,
    origin: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    opening: tuple[float, float, float, float],
    tints: Tints,
    *,
    curtains: bool,
    bars: int = 2,
) -> None:
    """Draw frame, bars, sill and curtains around an opening x0, y0, x1, y1 of a wall."""
    x0, y0, x1, y1 = opening
    shade = easel.facing(normal) * 0.4
    wood = Style("wood", (240, 230, 212), shade=shade, outline=0.5)
    face = origin + normal * 0.04
    for piece in (
        rect(x0 - 0.1, y0, x0, y1),
        rect(x1, y0, x1 + 0.1, y1),
        rect(x0 - 0.1, y1, x1 + 0.1, y1 + 0.1),
    ):
        easel.face(plane(face, across, piece), wood)
    for index in range(1, bars):
        x = x0 + (x1 - x0) * index / bars
        easel.face(plane(face, across, rect(x - 0.025, y0, x + 0.025, y1)), wood)
    y = y0 + (y1 - y0) * 0.55
    easel.face(plane(face, across, rect(x0, y - 0.025, x1, y + 0.025)), wood)
    sill = plane(origin + normal * 0.18, across, rect(x0 - 0.18, y0 - 0.1, x1 + 0.18, y0))
    easel.face(sill, wood)
    _curtains(easel, tints, x0, x1, y0, y1, face, normal, across, shade, curtains=curtains)


def _curtains(
    easel: Easel,
    tints: Tints,
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    face: NDArray[np.float64],
    normal: NDArray[np.float64],
    across: NDArray[np.float64],
    shade: float,
    *,
    curtains: bool,
) -> None:
    """Hang a pair of curtains on a rod."""
    if curtains:
        for side in (-1, 1):
            edge = x0 - 0.05 if side < 0 else x1 + 0.05
            inner = edge - side * 0.34
            drape = [
                (edge + side * 0.16, y0 - 0.35),
                (edge + side * 0.2, y1 + 0.2),
                (inner - side * 0.1, y1 + 0.2),
                (inner, y0 + (y1 - y0) * 0.5),
                (inner + side * 0.16, y0 - 0.35),
            ]
            easel.face(
                plane(face + normal * 0.06, across, drape),
                Style(
                    "cloth",
                    tints.cloth,
                    shade=shade,
                    outline=0.7,
                    to=mix(tints.cloth, (30, 10, 40), 0.3),
                ),
            )
        easel.line(
            plane(face + normal * 0.07, across, [(x0 - 0.4, y1 + 0.2), (x1 + 0.4, y1 + 0.2)]),
            0.05,
            Style("wood", tints.wood, outline=0.5),
        )


def sunbeam(
    easel: Easel,
    setting: Setting,
    opening: tuple[float, float, float, float],
    z: float,
    x_shift: float,
) -> None:
    """Let the window throw light on the floor and a shaft into the air."""
    if setting.weather in {"rain", "fog", "snow"} and setting.time != "night":
        strength = 0.10
    else:
        strength = {"day": 0.22, "dawn": 0.26, "dusk": 0.28, "night": 0.10}[setting.time]
    if moonlit(setting):
        strength = 0.24
    tone = {
        "day": (255, 238, 196),
        "dawn": (255, 206, 160),
        "dusk": (255, 160, 90),
        "night": (120, 160, 240),
    }[setting.time]
    x0, y0, x1, y1 = opening
    floor = [
        (x0 + x_shift, 0.02, z + 1.0),
        (x1 + x_shift, 0.02, z + 1.0),
        (x1 + x_shift * 2.0, 0.02, z + 3.6),
        (x0 + x_shift * 2.0, 0.02, z + 3.6),
    ]
    easel.face(floor, Style("light", tone, outline=0.0, alpha=strength))
    shaft = [
        (x0, y1, z + 0.1),
        (x1, y1, z + 0.1),
        (x1 + x_shift * 2.0, 0.02, z + 3.6),
        (x0 + x_shift * 2.0, 0.02, z + 3.6),
        (x0 + x_shift, 0.02, z + 1.0),
        (x0, y0, z + 0.1),
    ]
    easel.face(shaft, Style("light", tone, outline=0.0, alpha=strength * 0.4))


def tall_windows(
    z: float, count: int, half: float, low: float, high: float, gap: float
) -> list[Opening]:
    """Return the pointed openings of a hall's back wall, centred."""
    del z
    return [
        arch((index - (count - 1) / 2) * gap, low, half, high - low, 1.3) for index in range(count)
    ]


def reach(
    easel: Easel, bounds: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Stretch an interior toward the audience so that no camera sees past its floor."""
    eye = easel.camera.position
    return bounds[0], bounds[1], bounds[2], max(bounds[3], eye[2] + 2.0)


def height_of(easel: Easel, usual: float) -> float:
    """Raise the ceiling over a level camera that stands higher than it."""
    eye = easel.camera.position[1]
    return usual if eye < usual - 0.35 or easel.down > 0.25 else eye + 1.0
