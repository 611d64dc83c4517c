"""Who draws what: from a piece's noun to the hand that knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.draw.set import (
    built,
    castle,
    crag,
    fittings,
    flora,
    furnish,
    landmarks,
    stone,
    trees,
    vehicles,
    wayside,
    yard,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_HANDS: dict[str, Callable[[Easel, Piece, Tints], None]] = {
    "tree": trees.draw_tree,
    "wall": stone.draw_wall,
    "castle": castle.draw_castle,
    "palm": flora.draw_palm,
    "cactus": flora.draw_cactus,
    "cave": crag.draw_cave,
    "cliff": crag.draw_cliff,
    "grave": crag.draw_grave,
    "statue": crag.draw_statue,
    "house": built.draw_house,
    "church": built.draw_church,
    "school": built.draw_church,
    "lighthouse": landmarks.draw_lighthouse,
    "tower": landmarks.draw_lighthouse,
    "pyramid": landmarks.draw_pyramid,
    "tent": landmarks.draw_tent,
    "stall": landmarks.draw_tent,
    "fence": yard.draw_fence,
    "gate": yard.draw_gate,
    "notice-board": yard.draw_board,
    "sign": yard.draw_board,
    "bench": yard.draw_bench,
    "well": yard.draw_well,
    "fountain": yard.draw_fountain,
    "fire": wayside.draw_fire,
    "rock": wayside.draw_rock,
    "bush": wayside.draw_bush,
    "lamppost": wayside.draw_lamppost,
    "boat": wayside.draw_boat,
    "cart": wayside.draw_cart,
    "barrel": wayside.draw_cart,
    "car": vehicles.draw_car,
    "train": vehicles.draw_train,
    "bridge": vehicles.draw_bridge,
    "table": furnish.draw_table,
    "chair": furnish.draw_chair,
    "bed": furnish.draw_bed,
    "fireplace": furnish.draw_fireplace,
    "lamp": fittings.draw_lamp,
    "bookshelf": furnish.draw_bookshelf,
    "stairs": furnish.draw_stairs,
    "ladder": yard.draw_ladder,
    "throne": fittings.draw_throne,
    "banner": fittings.draw_banner,
    "picture": fittings.draw_picture,
    "blackboard": fittings.draw_blackboard,
    "school-desk": fittings.draw_school_desk,
    "rug": fittings.draw_rug,
    "plant": fittings.draw_plant,
    "pillar": fittings.draw_pillar,
    "door": fittings.draw_door,
}


def draw_piece(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw one piece if the pencil knows its noun."""
    hand = _HANDS.get(piece.noun)
    if hand is not None:
        hand(easel, piece, tints)


def known(noun: str) -> bool:
    """Return whether the pencil can draw a noun as a piece."""
    return noun in _HANDS
