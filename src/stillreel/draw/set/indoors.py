"""Rooms, halls and vehicles: shell, fittings and where they stand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.shapes import arch, box, plane, rect, ring
from stillreel.draw.set.shell import X, Z, outside, sunbeam, tall_windows, walls, window_frame
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

ROOM = (-4.8, 4.8, -5.0, 14.0)
HALL = (-8.5, 8.5, -19.0, 17.0)
COACH = (-3.9, 3.9, -3.4, 13.0)

_ROOM_SPOTS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "bed": ((-3.2, -3.4, 0, 1.0),),
    "table": ((2.3, -3.0, 0, 0.8), (-2.6, -2.8, 0, 0.8)),
    "chair": ((3.6, -2.9, -70, 0.9), (1.0, -3.6, 20, 0.9)),
    "fireplace": ((0.4, -4.7, 0, 1.5),),
    "bookshelf": ((4.55, -2.6, -90, 2.2), (-4.55, -1.6, 90, 2.2)),
    "lamp": ((-4.2, -4.3, 0, 1.6), (4.2, -4.3, 0, 1.6)),
    "stairs": ((1.6, -4.4, 0, 2.0),),
    "bench": ((-3.6, -2.0, 60, 1.0),),
    "plant": ((4.2, -3.9, 0, 0.9),),
    "picture": ((0.6, -4.97, 0, 0.6),),
    "barrel": ((4.0, -1.6, 0, 1.0),),
    "throne": ((0.0, -3.8, 0, 2.0),),
    "pillar": ((-4.3, -3.6, 0, 3.2),),
    "rug": ((0.0, -1.4, 0, 1.0),),
    "banner": ((-0.8, -4.95, 0, 2.0),),
}


@lru_cache(maxsize=64)
def pieces_of(setting: Setting, seed: int) -> tuple[Piece, ...]:
    """Return what stands in an interior; the same for every camera."""
    del seed
    nouns = nouns_in(setting.features)
    if setting.kind == "hall":
        return _hall(nouns)
    if setting.kind == "vehicle":
        return tuple(Piece("seat", (x, 0, -2.4), 1.0, turn) for x, turn in ((-2.6, 90), (2.6, -90)))
    if not set(nouns) - {"window", "door", "wall"}:
        nouns = (*nouns, "table", "chair", "picture", "rug", "lamp", "plant")
    side = -1.0 if setting.key != "right" else 1.0
    pieces: list[Piece] = [Piece("window", (side * 2.3, 1.0, -5.0), 1.5, kind="room")]
    if "door" in nouns or "bed" not in nouns:
        pieces.append(Piece("door", (-side * 3.4, 0, -4.98), 2.1))
    for noun in nouns:
        for index, (x, z, turn, size) in enumerate(_ROOM_SPOTS.get(noun, ())):
            if noun not in {"chair", "lamp"} and index > 0:
                break
            flip = side if side > 0 and noun in {"bed", "lamp", "stairs"} else 1.0
            x = -x if flip > 0 and side > 0 else x
            pieces.append(Piece(noun, (x, 1.75 if noun == "picture" else 0.9 if noun == "banner"
                                       else 0.0, z), size, -turn if side > 0 else turn, "", index))
    return tuple(pieces)


def _hall(nouns: tuple[str, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for index, z in enumerate((-16.0, -11.5, -7.0, 4.5, 9.0)):
        for side in (-1, 1):
            pieces.append(Piece("pillar", (side * 5.6, 0, z), 8.0, index=index))
    for index, z in enumerate((-13.7, -9.2)):
        for side in (-1, 1):
            pieces.append(Piece("banner", (side * 8.4, 2.6, z), 4.4, -90.0 * side, "", index))
    if "throne" in nouns or not set(nouns) - {"wall", "window", "door", "banner", "pillar"}:
        pieces.append(Piece("throne", (0, 0, -15.5), 3.0))
    if "table" in nouns:
        pieces.append(Piece("table", (3.4, 0, -5.2), 0.8, 90.0))
    if "fireplace" in nouns:
        pieces.append(Piece("fireplace", (-6.6, 0, -18.6), 1.5))
    for noun in ("bench", "chair", "bed", "bookshelf", "stairs", "barrel", "statue", "fountain"):
        if noun in nouns:
            x = -3.9 if noun in {"bench", "bed", "statue"} else 3.9
            pieces.append(Piece(noun, (x, 0, -5.6), 1.2, 20.0 if x < 0 else -20.0))
    pieces.append(Piece("lamp", (0, 0, -9.0), 5.4, kind="hanging"))
    return tuple(pieces)


def draw_indoors(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw an interior: the view outside, the shell, and what stands in it."""
    outside(easel, setting, tints)
    pieces = pieces_of(setting, easel.seed)
    if setting.kind == "hall":
        _draw_hall(easel, setting, tints)
    elif setting.kind == "vehicle":
        _draw_coach(easel, setting, tints)
    else:
        _draw_room(easel, setting, tints, pieces)
    for piece in pieces:
        if piece.noun in {"window", "seat"}:
            continue
        if piece.noun in {"rug", "picture", "door", "banner"}:
            easel.begin(piece.at, "near", 0)
        elif setting.kind == "room":
            easel.begin(piece.at, "near" if easel.band(easel.depth(piece.at)) != "foreground"
                        else "foreground")
        else:
            easel.begin(piece.at)
        draw_piece(easel, piece, tints)


def _draw_room(easel: Easel, setting: Setting, tints: Tints, pieces: tuple[Piece, ...]) -> None:
    side = -1.0 if setting.key != "right" else 1.0
    x = side * 2.3
    opening = (x - 0.8, 1.0, x + 0.8, 2.6)
    walls(easel, ROOM, 3.3, tints.plaster, [rect(*opening)],
          dado=mix(tints.wood, tints.plaster, 0.25), ceiling=mix(tints.plaster, (255, 250, 240), 0.4),
          floor=mix(tints.wood, (190, 140, 90), 0.3))
    back = np.array([0.0, 0.0, ROOM[2]])
    window_frame(easel, back, X, Z, opening, tints, curtains=True)
    for beam in np.arange(ROOM[2] + 1.2, 8.0, 2.2):
        box(easel, (0, 3.08, float(beam)), (ROOM[1] * 2, 0.22, 0.24), 0,
            Style("wood", mix(tints.wood, (70, 44, 34), 0.35), outline=0.6))
    easel.begin(None, "near", 0)
    sunbeam(easel, setting, opening, ROOM[2], -side * 0.7)
    del pieces


def _draw_hall(easel: Easel, setting: Setting, tints: Tints) -> None:
    stone = mix(tints.stone, (232, 216, 190), 0.25)
    cuts = tall_windows(0, 3, 1.0, 3.4, 6.4, 4.6)
    walls(easel, HALL, 10.0, stone, cuts, ceiling=mix(stone, (70, 56, 60), 0.5),
          floor=mix(stone, (150, 120, 110), 0.3), boards=False)
    _tiles(easel, stone)
    back = np.array([0.0, 0.0, HALL[2]])
    lead = Style("metal", (70, 64, 72), outline=0.3)
    tones = ((214, 92, 72), (86, 132, 186), (232, 184, 90), (96, 150, 110))
    for index, x in enumerate((-4.6, 0.0, 4.6)):
        for y in (4.4, 5.4, 6.4):
            easel.line(plane(back + Z * 0.02, X, [(x - 1, y), (x + 1, y)]), 0.07, lead)
        easel.line(plane(back + Z * 0.02, X, [(x, 3.4), (x, 7.6)]), 0.07, lead)
        for row in range(3):
            for half in (0, 1):
                tone = tones[(index + row * 2 + half) % 4]
                easel.face(plane(back + Z * 0.01, X, rect(x - 0.9 + half * 0.95, 3.5 + row, x - 0.05
                           + half * 0.95, 4.3 + row)),
                           Style("glass", tone, outline=0.0, alpha=0.45,
                                 glow=0.25 if setting.time != "night" else 0.0))
        easel.pane(plane(back + Z * 0.05, X, arch(x, 3.2, 1.25, 3.2, 1.3)),
                   Style("wall", mix(stone, (255, 250, 240), 0.3), outline=0.6),
                   [plane(back + Z * 0.05, X, arch(x, 3.4, 1.0, 3.0, 1.3))])
        if setting.time != "night":
            tone = {"day": (255, 240, 206), "dawn": (255, 206, 170), "dusk": (255, 166, 96)}[
                setting.time]
            shift = -easel.light.key[0] * 5.0
            easel.face([(x - 1, 7.2, -18.8), (x + 1, 7.2, -18.8), (x + 1 + shift, 0.02, -8.5),
                        (x - 1 + shift, 0.02, -8.5)],
                       Style("light", tone, outline=0.0, alpha=0.15, to=tone))
    carpet = [(-1.3, 0.012, -14), (1.3, 0.012, -14), (1.3, 0.012, 16), (-1.3, 0.012, 16)]
    easel.face(carpet, Style("cloth", tints.cloth, outline=0.4))
    for x in (-1.15, 1.15):
        easel.face([(x - 0.06, 0.014, -14), (x + 0.06, 0.014, -14), (x + 0.06, 0.014, 16),
                    (x - 0.06, 0.014, 16)], Style("cloth", tints.accent, outline=0.0))
    for z in (-16.0, -11.5, -7.0, 4.5, 9.0):
        _rib(easel, z, stone)


def _rib(easel: Easel, z: float, stone: tuple[int, int, int]) -> None:
    if easel.camera.position[2] - z < 0.5 and easel.ahead[2] < 0:
        return
    outer = [(np.cos(a) * 5.9, 7.6 + np.sin(a) * 3.0) for a in np.linspace(np.pi, 0, 13)]
    inner = [(np.cos(a) * 5.2, 7.6 + np.sin(a) * 2.3) for a in np.linspace(0, np.pi, 13)]
    easel.begin((0, 8.0, z))
    easel.face(plane(np.array([0, 0, z]), X, [*outer, *inner]),
               Style("wall", mix(stone, (255, 244, 226), 0.15), shade=0.3, outline=0.6))
    easel.begin(None, "near", 0)


def _tiles(easel: Easel, stone: tuple[int, int, int]) -> None:
    seam = Style("crease", mix(stone, (40, 30, 40), 0.45), outline=0.2, alpha=0.6)
    for x in np.arange(-7.5, 8, 1.5):
        easel.line([(x, 0.004, HALL[2]), (x, 0.004, min(easel.camera.position[2] - 0.5, 15.0))],
                   0.02, seam, 0.8)
    for z in np.arange(HALL[2] + 1, 12, 1.5):
        if z < easel.camera.position[2] - 0.6:
            easel.line([(-8.5, 0.004, z), (8.5, 0.004, z)], 0.02, seam, 0.8)


def _draw_coach(easel: Easel, setting: Setting, tints: Tints) -> None:
    nouns = nouns_in(setting.features)
    ship = "boat" in nouns or "wave" in nouns
    panel = mix(tints.wood, tints.plaster, 0.35) if not ship else mix(tints.wood, (90, 60, 50), 0.2)
    openings = [(-3.3, 1.05, -1.25, 2.1), (-1.0, 1.05, 1.0, 2.1), (1.25, 1.05, 3.3, 2.1)]
    cuts = [plane2(ring(24), x, 1.6, 0.55) for x in (-2.3, 0.0, 2.3)] if ship else [
        rect(*opening) for opening in openings]
    walls(easel, COACH, 2.7, panel, cuts, dado=mix(tints.cloth, tints.wood, 0.35),
          ceiling=mix(panel, (255, 246, 230), 0.45), floor=mix(tints.wood, (80, 60, 60), 0.4))
    back = np.array([0.0, 0.0, COACH[2]])
    if ship:
        for x in (-2.3, 0.0, 2.3):
            easel.pane(plane(back + Z * 0.04, X, plane2(ring(24), x, 1.6, 0.68)),
                       Style("metal", (196, 158, 92), outline=0.7),
                       [plane(back + Z * 0.04, X, plane2(ring(24), x, 1.6, 0.54))])
    else:
        for opening in openings:
            window_frame(easel, back, X, Z, opening, tints, curtains=False, bars=1)
    for side in (-1, 1):
        _bench(easel, side, tints)
    rack = Style("metal", (150, 128, 90), outline=0.4)
    for x in (-3.2, 3.2):
        easel.line([(x, 2.32, COACH[2]), (x, 2.32, 6.0)], 0.05, rack)
    if tints.lit:
        easel.ball((0, 2.6, -1.5), 1.4, ring(20),
                   Style("light", (255, 206, 130), outline=0.0, alpha=0.2))


def _bench(easel: Easel, side: int, tints: Tints) -> None:
    cloth = Style("cloth", tints.cloth, outline=0.8)
    x = side * 2.9
    easel.begin((x, 0.5, -2.2), "near")
    box(easel, (x, 0, -2.2), (1.3, 0.42, 1.9), 0, Style("wood", tints.wood, outline=0.6))
    box(easel, (x, 0.42, -2.2), (1.3, 0.14, 1.9), 0, cloth, top=mix(tints.cloth, (255, 200, 180),
                                                                    0.15))
    box(easel, (x + side * 0.55, 0.5, -2.2), (0.22, 0.95, 1.9), 0, cloth)
    easel.begin(None, "near", 0)


def plane2(unit: np.ndarray, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Return a unit outline moved and scaled on a wall, in metres."""
    return [(x + float(px) * radius, y + float(py) * radius) for px, py in unit]
