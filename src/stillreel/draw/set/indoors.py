"""Rooms, halls and vehicles: shell, fittings and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.coach import draw_coach
from stillreel.draw.set.easel import Style
from stillreel.draw.set.fitout import COACH, HALL, ROOM, pieces_of
from stillreel.draw.set.hall import draw_hall
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.shapes import box, frame_of, plane, rect
from stillreel.draw.set.shell import (
    X,
    Z,
    height_of,
    outside,
    reach,
    sunbeam,
    walls,
    window_frame,
)

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting


def draw_indoors(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw an interior: the view outside, the shell, and what stands in it."""
    outside(easel, setting, tints)
    easel.inside = True
    pieces = pieces_of(setting, easel.seed)
    if setting.kind == "hall":
        draw_hall(easel, setting, tints)
    elif setting.kind == "vehicle":
        draw_coach(easel, setting, tints)
    else:
        _draw_room(easel, setting, tints, pieces)
    _framed(easel, setting, tints)
    for piece in pieces:
        if piece.noun in {"window", "seat"}:
            continue
        if piece.noun in {"rug", "picture", "door", "banner", "blackboard"}:
            if piece.noun != "rug" and not _turned_here(easel, piece):
                continue
            easel.begin(piece.at, "near", 0)
        elif _in_the_way(easel, piece):
            continue
        else:
            easel.begin(piece.at)
        draw_piece(easel, piece, tints)


def _turned_here(easel: Easel, piece: Piece) -> bool:
    """Return whether the camera is on the inner side of the wall a piece hangs on."""
    origin, _across, front = frame_of(piece.at, piece.turn)
    return float((np.asarray(easel.camera.position) - origin) @ front) > 0


def _framed(easel: Easel, setting: Setting, tints: Tints) -> None:
    if setting.kind == "hall":
        _doorway(easel, HALL[3], 7.0, 9.0, tints.stone)
    elif setting.kind == "vehicle":
        _doorway(easel, max(COACH[3], easel.camera.position[2] - 6.5), 2.8, 2.45, tints.wood)
    else:
        _doorway(easel, ROOM[3], 3.4, 2.9, tints.plaster)


def _in_the_way(easel: Easel, piece: Piece) -> bool:
    """Return whether a piece would stand between the camera and the stage."""
    deep = easel.depth(piece.at)
    if deep <= 0.6 or deep > easel.stage - 2.6:
        return deep <= 0.6
    x = float(easel.project(piece.at)[0][0, 0])
    return abs(x / easel.width - 0.5) < 0.36


def _doorway(easel: Easel, z: float, half: float, tall: float, tone: tuple[int, int, int]) -> None:
    """Frame a far view with the dark opening the camera looks in through."""
    eye = easel.camera.position
    if eye[2] < z + 1.5 or easel.ahead[2] > -0.5 or easel.down > 0.5:
        return
    origin = np.array([0.0, 0.0, z])
    easel.begin(origin, "foreground")
    dark = mix(tone, (16, 13, 22), 0.72)
    top = max(tall + 4, eye[1] * 3)
    easel.pane(
        plane(origin, X, rect(-60, -0.02, 60, top)),
        Style("wall", dark, shade=0.85, outline=0.5),
        [plane(origin, X, rect(-half, -0.05, half, tall))],
    )
    for x in (-half, half - 0.16):
        easel.face(
            plane(origin, X, rect(x, 0, x + 0.16, tall)),
            Style("wood", mix(dark, tone, 0.35), shade=0.4, outline=0.5),
        )
    easel.face(
        plane(origin, X, rect(-half, tall - 0.16, half, tall)),
        Style("wood", mix(dark, tone, 0.3), shade=0.5, outline=0.5),
    )


def _paper(
    easel: Easel,
    tints: Tints,
    bounds: tuple[float, float, float, float],
    tall: float,
    opening: tuple[float, float, float, float],
) -> None:
    """Hang a striped paper on the walls, a tone off the plaster."""
    if easel.soft:
        return
    tone = mix(tints.plaster, tints.cloth, 0.16)
    stripe = Style("wall", tone, outline=0.0, alpha=0.4)
    back = np.array([0.0, 0.0, bounds[2] + 0.01])
    inside = easel.camera.position[2] > bounds[2]
    for x in np.arange(bounds[0] + 0.3, bounds[1] if inside else bounds[0], 0.62):
        if opening[0] - 0.25 < x < opening[2] + 0.1:
            easel.face(plane(back, X, rect(x, opening[3], x + 0.14, tall)), stripe)
            continue
        easel.face(plane(back, X, rect(x, 0.94, x + 0.14, tall)), stripe)
    for wall, across in ((bounds[0] + 0.01, -Z), (bounds[1] - 0.01, Z)):
        if (wall < 0) != (easel.camera.position[0] > wall):
            continue
        for z in np.arange(bounds[2] + 0.4, min(bounds[3], 4.0), 0.62):
            sign = -1.0 if wall < 0 else 1.0
            easel.face(
                plane(
                    np.array([wall, 0, 0]), across, rect(sign * z, 0.94, sign * (z + 0.14), tall)
                ),
                Style("wall", tone, outline=0.0, alpha=0.3, shade=0.3),
            )


def _draw_room(easel: Easel, setting: Setting, tints: Tints, pieces: tuple[Piece, ...]) -> None:
    side = -1.0 if setting.key != "right" else 1.0
    x = side * 2.3
    opening = (x - 0.85, 0.95, x + 0.85, 2.45)
    bounds, tall = reach(easel, ROOM), height_of(easel, 3.1)
    walls(
        easel,
        bounds,
        tall,
        tints.plaster,
        [rect(*opening)],
        dado=mix(tints.wood, tints.plaster, 0.25),
        ceiling=mix(tints.plaster, (255, 250, 240), 0.4),
        floor=mix(tints.wood, (190, 140, 90), 0.3),
    )
    _paper(easel, tints, bounds, tall, opening)
    back = np.array([0.0, 0.0, ROOM[2]])
    easel.begin(None, "near", 0)
    if easel.camera.position[1] < tall:
        for beam in np.arange(ROOM[2] + 1.2, easel.camera.position[2] - 1.0, 1.9):
            box(
                easel,
                (0, tall - 0.22, float(beam)),
                (ROOM[1] * 2, 0.22, 0.24),
                0,
                Style("wood", mix(tints.wood, (70, 44, 34), 0.35), outline=0.6),
            )
    if easel.camera.position[2] < ROOM[2]:
        return
    window_frame(easel, back, X, Z, opening, tints, curtains=True)
    easel.begin(None, "near", 0)
    sunbeam(easel, setting, opening, ROOM[2], -side * 0.7)
    del pieces
