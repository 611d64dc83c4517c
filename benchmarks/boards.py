"""What a board costs: composing, painting and packing nine panels, in both looks and three moods.

Run `python benchmarks/boards.py`, or with `--json` for one document. Times are CPU seconds of one
process, the median of some rounds after one that warms the tables up.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING

import cv2

from stillreel.draw.look import named, names
from stillreel.draw.page import board_page, png
from stillreel.draw.page.board import panel_boxes
from stillreel.draw.stage import compose
from stillreel.grid.ask import board_size
from stillreel.values.scene import BoardScene, Hair, Identity, PanelScene, Performer, Setting, Worn

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.values.scene import Action, ShotSize

ROUNDS = 5
PLACES = {
    "spring garden": Setting(
        id="garden",
        name="Garden",
        kind="garden",
        features=("tree", "wall", "flowers"),
        season="spring",
    ),
    "street, night, rain": Setting(
        id="street",
        name="Street",
        kind="street",
        features=("lamp", "shop"),
        time="night",
        weather="rain",
    ),
    "room, dusk": Setting(
        id="room", name="Room", kind="room", features=("window", "bed", "table"), time="dusk"
    ),
}
"""The three moods."""
WOMAN = Identity(
    id="mara",
    name="Mara",
    hair=Hair(style="bob", colour="#3a2418"),
    outfit=(Worn(garment="coat", colour="#a03828"), Worn(garment="boots", colour="#2a2420")),
)
BOY = Identity(id="boy", name="the boy", age="child", height_m=1.1)
SHOTS: tuple[tuple[ShotSize, Action, int], ...] = (
    ("extreme-wide", "stand", 0),
    ("wide", "walk", 1),
    ("wide", "talk", 2),
    ("full", "stand", 1),
    ("medium-wide", "talk", 2),
    ("medium", "look", 1),
    ("medium-close-up", "talk", 1),
    ("close-up", "cry", 1),
    ("extreme-wide", "run", 2),
)


@dataclass(frozen=True)
class Cost:
    """One board of one mood in one look, CPU seconds."""

    look: str
    place: str
    compose: float
    """Cameras, blocking and display lists, inside the whole."""
    board: float
    """The nine panels composed, painted and laid on the page."""
    png: float
    kilobytes: int


def board_of(place: Setting) -> BoardScene:
    """Return nine usual shots of a place."""
    cast = (WOMAN, BOY)
    panels = tuple(
        PanelScene(
            id=f"P{number}",
            setting=place,
            size=size,
            performers=tuple(
                Performer(id=one.id, does=does, at=at)
                for one, at in zip(cast[:people], (-0.3, 0.4), strict=False)
            ),
        )
        for number, (size, does, people) in enumerate(SHOTS, 1)
    )
    return BoardScene(id="C01", panels=panels, cast=cast)


def timed(call: Callable[[], object]) -> float:
    """Return the median CPU seconds of a call."""
    spent: list[float] = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        call()
        spent.append(time.process_time() - start)
    return median(spent[1:])


def measure(look_name: str, place_name: str) -> Cost:
    """Draw one board several times."""
    look = named(look_name)
    assert look is not None
    scene = board_of(PLACES[place_name])
    width, height = board_size(scene.ratio)
    left, top, right, bottom = panel_boxes(width, height, scene.ratio)[0]

    def composed() -> None:
        for panel in scene.panels:
            compose(panel, scene.cast, width=right - left, height=bottom - top)

    page = board_page(scene, look, width, height)
    return Cost(
        look_name,
        place_name,
        timed(composed),
        timed(lambda: board_page(scene, look, width, height)),
        timed(lambda: png(page)),
        len(png(page)) // 1024,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    costs = [measure(look, place) for place in PLACES for look in names()]
    if chosen.json:
        print(json.dumps({"format": 1, "costs": [asdict(cost) for cost in costs]}))
        return
    print("CPU seconds per board of nine panels (one process)")
    print(f"{'place':20} look   compose  board    png    KB")
    for cost in costs:
        print(
            f"{cost.place:20} {cost.look:6} {cost.compose:7.2f}  {cost.board:5.2f}"
            f"  {cost.png:5.2f}  {cost.kilobytes:4}"
        )


if __name__ == "__main__":
    main()
