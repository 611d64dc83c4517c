"""How interiors are fitted out: what stands where in a room, a hall and a vehicle."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stillreel.draw.set.piece import Piece
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from stillreel.values.scene import PlaceKind, Setting


ROOM = (-4.3, 4.3, -4.4, 8.0)


HALL = (-8.5, 8.5, -19.0, 17.0)


COACH = (-3.1, 3.1, -2.9, 9.0)


_ROOM_SPOTS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "bed": ((-2.75, -3.0, 90, 1.0),),
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


def pieces_of(setting: Setting, seed: int) -> tuple[Piece, ...]:
    """Return what stands in an interior; the same for every camera and every seed."""
    del seed
    words = setting.name.lower().split()
    if setting.kind == "room" and words and words[-1] in {"classroom", "schoolroom"}:
        return _classroom(right=setting.key == "right")
    return _placed(setting.kind, setting.features, right=setting.key == "right")


@lru_cache(maxsize=64)
def _placed(place: PlaceKind, features: tuple[str, ...], *, right: bool) -> tuple[Piece, ...]:
    nouns = nouns_in(features)
    if place == "hall":
        return _hall(nouns)
    if place == "vehicle":
        return tuple(Piece("seat", (x, 0, -1.6), 1.0, turn) for x, turn in ((-2.3, 90), (2.3, -90)))
    if not set(nouns) - {"window", "door", "wall"}:
        nouns = (*nouns, "table", "chair", "picture", "rug", "lamp", "plant", "bookshelf")
    nouns = tuple(dict.fromkeys((*nouns, "picture")))
    side = 1.0 if right else -1.0
    pieces: list[Piece] = [Piece("window", (side * 2.3, 1.0, -4.4), 1.5, kind="room")]
    if "door" in nouns or "bed" not in nouns:
        pieces.append(Piece("door", (-side * 3.2, 0, -4.38), 2.1))
    for noun in nouns:
        for index, (x, z, turn, size) in enumerate(_ROOM_SPOTS.get(noun, ())):
            if noun not in {"chair", "lamp", "picture", "plant"} and index > 0:
                break
            if noun == "picture" and index == 0 and {"fireplace", "banner"} & set(nouns):
                continue
            high = {"picture": 1.75, "banner": 0.9}.get(noun, 0.0)
            pieces.append(Piece(noun, (-side * x, high, z), size, -side * turn, "", index))
    return tuple(pieces)


def _classroom(*, right: bool) -> tuple[Piece, ...]:
    """Return a schoolroom: the blackboard, the teacher's table, rows of desks."""
    side = 1.0 if right else -1.0
    desks = ((-3.2, -1.9), (-1.6, -3.0), (2.2, -2.0), (3.4, -0.4), (-3.4, 0.2))
    return (
        Piece("window", (side * 2.3, 1.0, -4.4), 1.5, kind="room"),
        Piece("blackboard", (-side * 0.7, 1.05, -4.37), 1.3),
        Piece("door", (-side * 3.4, 0, -4.38), 2.1),
        *(
            Piece("school-desk", (-side * x, 0, z), 1.0, 0.0, "", index)
            for index, (x, z) in enumerate(desks)
        ),
    )


def _hall(nouns: tuple[str, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for index, z in enumerate((-16.0, -11.5, -7.0, 4.5, 9.0)):
        pieces += [Piece("pillar", (x, 0, z), 8.0, index=index) for x in (-5.6, 5.6)]
    for index, z in enumerate((-13.7, -9.2)):
        pieces += [
            Piece("banner", (side * 8.4, 2.6, z), 4.4, -90.0 * side, "", index) for side in (-1, 1)
        ]
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
    pieces.append(Piece("door", (0, 0, 16.9), 3.6, 180.0, "arched"))
    return tuple(pieces)
