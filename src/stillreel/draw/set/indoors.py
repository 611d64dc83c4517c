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

ROOM = (-4.3, 4.3, -4.4, 8.0)
HALL = (-8.5, 8.5, -19.0, 17.0)
COACH = (-3.1, 3.1, -2.9, 6.0)

_ROOM_SPOTS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "bed": ((-2.9, -2.9, 0, 1.0),),
    "table": ((2.2, -2.7, 0, 0.8), (-2.4, -2.6, 0, 0.8)),
    "chair": ((3.4, -2.5, -70, 0.9), (1.0, -3.1, 20, 0.9)),
    "fireplace": ((0.5, -4.14, 0, 1.5),),
    "bookshelf": ((4.1, -1.9, -90, 2.2), (-4.1, -0.6, 90, 2.2)),
    "lamp": ((-3.8, -3.8, 0, 1.6), (3.8, -3.9, 0, 1.6)),
    "stairs": ((1.4, -3.8, 0, 2.0),),
    "bench": ((-3.4, -1.6, 60, 1.0),),
    "plant": ((3.8, -3.2, 0, 0.9), (-3.7, 1.6, 0, 1.0)),
    "picture": ((0.5, -4.37, 0, 0.6), (4.27, -0.4, -90, 0.6), (-4.27, -2.2, 90, 0.6)),
    "barrel": ((3.6, -1.4, 0, 1.0),),
    "throne": ((0.0, -3.3, 0, 2.0),),
    "pillar": ((-3.9, -3.2, 0, 3.1),),
    "rug": ((0.0, -0.9, 0, 1.0),),
    "banner": ((-0.7, -4.35, 0, 1.9),),
    "cart": ((3.4, -2.0, 20, 1.0),),
    "rock": ((3.5, -3.0, 0, 0.6),),
    "fire": ((0.4, -3.2, 0, 0.8),),
    "statue": ((3.5, -3.6, 0, 2.2),),
    "tent": ((-2.8, -3.0, 0, 1.2),),
    "well": ((3.0, -3.0, 0, 1.0),),
}


@lru_cache(maxsize=64)
def pieces_of(setting: Setting, seed: int) -> tuple[Piece, ...]:
    """Return what stands in an interior; the same for every camera."""
    del seed
    nouns = nouns_in(setting.features)
    if setting.kind == "hall":
        return _hall(nouns)
    if setting.kind == "vehicle":
        return tuple(Piece("seat", (x, 0, -1.6), 1.0, turn) for x, turn in ((-2.3, 90), (2.3, -90)))
    if not set(nouns) - {"window", "door", "wall"}:
        nouns = (*nouns, "table", "chair", "picture", "rug", "lamp", "plant", "bookshelf")
    nouns = tuple(dict.fromkeys((*nouns, "picture")))
    side = -1.0 if setting.key != "right" else 1.0
    pieces: list[Piece] = [Piece("window", (side * 2.3, 1.0, -4.4), 1.5, kind="room")]
    if "door" in nouns or "bed" not in nouns:
        pieces.append(Piece("door", (-side * 3.2, 0, -4.38), 2.1))
    for noun in nouns:
        for index, (x, z, turn, size) in enumerate(_ROOM_SPOTS.get(noun, ())):
            if noun not in {"chair", "lamp", "picture", "plant"} and index > 0:
                break
            if noun == "picture" and index == 0 and {"fireplace", "banner"} & set(nouns):
                continue
            x = -x if side > 0 else x
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
    easel.inside = True
    pieces = pieces_of(setting, easel.seed)
    if setting.kind == "hall":
        _draw_hall(easel, setting, tints)
    elif setting.kind == "vehicle":
        _draw_coach(easel, setting, tints)
    else:
        _draw_room(easel, setting, tints, pieces)
    _framed(easel, setting, tints)
    for piece in pieces:
        if piece.noun in {"window", "seat"}:
            continue
        if piece.noun in {"rug", "picture", "door", "banner"}:
            easel.begin(piece.at, "near", 0)
        elif _in_the_way(easel, piece):
            continue
        else:
            easel.begin(piece.at)
        draw_piece(easel, piece, tints)


def _framed(easel: Easel, setting: Setting, tints: Tints) -> None:
    if setting.kind == "hall":
        _doorway(easel, HALL[3], 7.0, 9.0, tints.stone)
    elif setting.kind == "vehicle":
        _doorway(easel, COACH[3], 2.6, 2.4, tints.wood)
    else:
        _doorway(easel, ROOM[3], 3.4, 2.9, tints.plaster)


def _in_the_way(easel: Easel, piece: Piece) -> bool:
    """Return whether a piece would stand between the camera and the stage."""
    deep = easel.depth(piece.at)
    if deep <= 0.6 or deep > easel.stage - 2.6:
        return deep <= 0.6
    x = float(easel.project(piece.at)[0][0, 0])
    return abs(x / easel.width - 0.5) < 0.36


def _reach(easel: Easel, bounds: tuple[float, float, float, float]
           ) -> tuple[float, float, float, float]:
    """Stretch an interior toward the audience so that no camera sees past its floor."""
    eye = easel.camera.position
    return bounds[0], bounds[1], bounds[2], max(bounds[3], eye[2] + 2.0)


def _doorway(easel: Easel, z: float, half: float, tall: float, tone: tuple[int, int, int]
             ) -> None:
    """Frame a far view with the dark opening the camera looks in through."""
    eye = easel.camera.position
    if eye[2] < z + 1.5 or easel.ahead[2] > -0.5 or easel.down > 0.5:
        return
    origin = np.array([0.0, 0.0, z])
    easel.begin(origin, "foreground")
    dark = mix(tone, (16, 13, 22), 0.72)
    top = max(tall + 4, eye[1] * 3)
    easel.pane(plane(origin, X, rect(-60, -0.02, 60, top)),
               Style("wall", dark, shade=0.85, outline=0.5),
               [plane(origin, X, rect(-half, -0.05, half, tall))])
    for x in (-half, half - 0.16):
        easel.face(plane(origin, X, rect(x, 0, x + 0.16, tall)),
                   Style("wood", mix(dark, tone, 0.35), shade=0.4, outline=0.5))
    easel.face(plane(origin, X, rect(-half, tall - 0.16, half, tall)),
               Style("wood", mix(dark, tone, 0.3), shade=0.5, outline=0.5))


def _height(easel: Easel, usual: float) -> float:
    """Raise the ceiling over a level camera that stands higher than it."""
    eye = easel.camera.position[1]
    return usual if eye < usual - 0.35 or easel.down > 0.25 else eye + 1.0


def _paper(easel: Easel, tints: Tints, bounds: tuple[float, float, float, float], tall: float,
           opening: tuple[float, float, float, float]) -> None:
    """Hang a striped paper on the walls, a tone off the plaster."""
    if easel.soft:
        return
    tone = mix(tints.plaster, tints.cloth, 0.16)
    stripe = Style("wall", tone, outline=0.0, alpha=0.4)
    back = np.array([0.0, 0.0, bounds[2] + 0.01])
    for x in np.arange(bounds[0] + 0.3, bounds[1], 0.62):
        if opening[0] - 0.25 < x < opening[2] + 0.1:
            easel.face(plane(back, X, rect(x, opening[3], x + 0.14, tall)), stripe)
            continue
        easel.face(plane(back, X, rect(x, 0.94, x + 0.14, tall)), stripe)
    for wall, across in ((bounds[0] + 0.01, -Z), (bounds[1] - 0.01, Z)):
        if (wall < 0) != (easel.camera.position[0] > wall):
            continue
        for z in np.arange(bounds[2] + 0.4, min(bounds[3], 4.0), 0.62):
            sign = -1.0 if wall < 0 else 1.0
            easel.face(plane(np.array([wall, 0, 0]), across,
                             rect(sign * z, 0.94, sign * (z + 0.14), tall)),
                       Style("wall", tone, outline=0.0, alpha=0.3, shade=0.3))


def _draw_room(easel: Easel, setting: Setting, tints: Tints, pieces: tuple[Piece, ...]) -> None:
    side = -1.0 if setting.key != "right" else 1.0
    x = side * 2.3
    opening = (x - 0.85, 0.95, x + 0.85, 2.45)
    bounds, tall = _reach(easel, ROOM), _height(easel, 3.1)
    walls(easel, bounds, tall, tints.plaster, [rect(*opening)],
          dado=mix(tints.wood, tints.plaster, 0.25), ceiling=mix(tints.plaster, (255, 250, 240), 0.4),
          floor=mix(tints.wood, (190, 140, 90), 0.3))
    back = np.array([0.0, 0.0, ROOM[2]])
    window_frame(easel, back, X, Z, opening, tints, curtains=True)
    _paper(easel, tints, bounds, tall, opening)
    for beam in np.arange(ROOM[2] + 1.2, easel.camera.position[2] - 1.0, 1.9):
        box(easel, (0, tall - 0.22, float(beam)), (ROOM[1] * 2, 0.22, 0.24), 0,
            Style("wood", mix(tints.wood, (70, 44, 34), 0.35), outline=0.6))
    easel.begin(None, "near", 0)
    sunbeam(easel, setting, opening, ROOM[2], -side * 0.7)
    del pieces


def _draw_hall(easel: Easel, setting: Setting, tints: Tints) -> None:
    stone = mix(tints.stone, (232, 216, 190), 0.25)
    cuts = tall_windows(0, 3, 1.0, 3.4, 6.4, 4.6)
    walls(easel, _reach(easel, HALL), _height(easel, 10.0), stone, cuts, ceiling=mix(stone, (70, 56, 60), 0.5),
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
    openings = [(-2.85, 0.95, -1.1, 2.05), (-0.9, 0.95, 0.9, 2.05), (1.1, 0.95, 2.85, 2.05)]
    bounds = _reach(easel, COACH)
    sides = [rect(sign * z - 0.75, 0.95, sign * z + 0.75, 2.05) for sign in (-1, 1)
             for z in (-1.2, 0.8, 2.8, 4.8)] if not ship else []
    cuts = [plane2(ring(24), x, 1.6, 0.5) for x in (-1.9, 0.0, 1.9)] if ship else [
        rect(*opening) for opening in openings]
    walls(easel, bounds, _height(easel, 2.5), panel, cuts, side_openings=sides, dado=mix(tints.cloth, tints.wood, 0.35),
          ceiling=mix(panel, (255, 246, 230), 0.45), floor=mix(tints.wood, (80, 60, 60), 0.4))
    back = np.array([0.0, 0.0, COACH[2]])
    if ship:
        for x in (-1.9, 0.0, 1.9):
            easel.pane(plane(back + Z * 0.04, X, plane2(ring(24), x, 1.6, 0.62)),
                       Style("metal", (196, 158, 92), outline=0.7),
                       [plane(back + Z * 0.04, X, plane2(ring(24), x, 1.6, 0.49))])
    else:
        for opening in openings:
            window_frame(easel, back, X, Z, opening, tints, curtains=False, bars=1)
            easel.face(plane(back + Z * 0.08, X, [(opening[0] - 0.1, 2.12), (opening[2] + 0.1, 2.12),
                       *[(opening[2] + 0.1 - (opening[2] - opening[0] + 0.2) * i / 8,
                          1.86 + (0.05 if i % 2 else -0.03)) for i in range(9)]]),
                       Style("cloth", tints.cloth, outline=0.6, to=mix(tints.cloth, (40, 14, 40),
                                                                      0.35)))
    for side in (-1, 1):
        _bench(easel, side, tints)
    rack = Style("metal", (150, 128, 90), outline=0.4)
    for x in (-2.7, 2.7):
        easel.line([(x, 2.2, COACH[2]), (x, 2.2, 5.0)], 0.05, rack)
    _table(easel, tints)
    if tints.lit:
        easel.ball((0, 2.6, -1.5), 1.4, ring(20),
                   Style("light", (255, 206, 130), outline=0.0, alpha=0.2))


def _bench(easel: Easel, side: int, tints: Tints) -> None:
    cloth = Style("cloth", tints.cloth, outline=0.8)
    x = side * 2.3
    easel.begin((x, 0.5, -1.6), "near")
    box(easel, (x, 0, -1.6), (1.3, 0.42, 1.9), 0, Style("wood", tints.wood, outline=0.6))
    box(easel, (x, 0.42, -1.6), (1.3, 0.14, 1.9), 0, cloth, top=mix(tints.cloth, (255, 200, 180),
                                                                    0.15))
    box(easel, (x + side * 0.55, 0.5, -1.6), (0.22, 0.95, 1.9), 0, cloth)
    easel.begin(None, "near", 0)


def _table(easel: Easel, tints: Tints) -> None:
    """Put a folding table with a small lamp under the middle window."""
    easel.begin((0, 0.7, -2.6), "near")
    box(easel, (0, 0.68, -2.6), (1.0, 0.05, 0.5), 0, Style("wood", tints.wood, outline=0.7),
        top=mix(tints.wood, (255, 230, 190), 0.35))
    lamp = np.array([0.0, 0.73, -2.65])
    easel.card(lamp, rect(-0.02, 0, 0.02, 0.22), Style("metal", (190, 150, 90), outline=0.3))
    easel.card(lamp, [(-0.14, 0.2), (0.14, 0.2), (0.09, 0.38), (-0.09, 0.38)],
               Style("cloth", (255, 222, 160), outline=0.5, glow=0.8 if tints.lit else 0.1))
    easel.begin(None, "near", 0)


def plane2(unit: np.ndarray, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Return a unit outline moved and scaled on a wall, in metres."""
    return [(x + float(px) * radius, y + float(py) * radius) for px, py in unit]
