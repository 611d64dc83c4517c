"""Draw docs/gallery/: what the embedded front-ends can do, as small JPEGs.

Everything is drawn by the program itself; run it again after a change to the pencil and look.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import lettering
from stillreel.draw.look import named
from stillreel.draw.page import board_page, sheet_page
from stillreel.draw.stage import compose
from stillreel.values.scene import (
    Angle,
    BoardScene,
    Emotion,
    Facing,
    Hair,
    Identity,
    Mark,
    PanelScene,
    Performer,
    PlaceKind,
    Setting,
    SheetScene,
    ShotSize,
    Worn,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "gallery"
CELL = (480, 270)

MARA = Identity(
    id="mara",
    name="Mara",
    presentation="feminine",
    hair=Hair(style="bob", colour="#1b1b26"),
    outfit=(
        Worn(garment="shirt", colour="#d9d2c5"),
        Worn(garment="jacket", colour="#8a1f2b"),
        Worn(garment="trousers", colour="#23283a"),
        Worn(garment="boots", colour="#1a1a20"),
    ),
    marks=(Mark(kind="tattoo", design="triple chevron"), Mark(kind="piercing", where="nose")),
)
TOM = Identity(
    id="tom",
    name="Tom",
    age="child",
    presentation="masculine",
    height_m=1.15,
    hair=Hair(style="curly", colour="#c89a50"),
    outfit=(
        Worn(garment="jumper", colour="#2f6f8f"),
        Worn(garment="shorts", colour="#6a5030"),
        Worn(garment="shoes", colour="#3a3030"),
    ),
)
GIANT = Identity(
    id="giant",
    name="The Giant",
    presentation="masculine",
    height_m=3.4,
    build="heavy",
    hair=Hair(style="wild", colour="#7a4a20", beard="full"),
    outfit=(
        Worn(garment="tunic", colour="#4a6b3a"),
        Worn(garment="trousers", colour="#4b3a2a"),
        Worn(garment="boots", colour="#3a2a20"),
    ),
)
CHILDREN = Identity(id="children", name="the children", age="child", height_m=1.2, members=7)
CAST = (MARA, TOM, GIANT, CHILDREN)
GARDEN = Setting(
    id="garden",
    name="the garden",
    kind="garden",
    features=("wall", "tree", "blossom", "flowers", "castle"),
    season="spring",
    mood="warm",
)
WINTER = GARDEN.model_copy(update={"season": "winter", "weather": "snow", "mood": "cool"})
AVENUE = Setting(
    id="avenue",
    name="the avenue",
    kind="street",
    features=("lamp",),
    time="night",
    weather="rain",
    mood="cool",
    key="back",
)


def panel(
    name: str,
    setting: Setting,
    *performers: Performer,
    size: ShotSize = "medium",
    angle: Angle = "eye-level",
    over: str = "",
) -> PanelScene:
    """Return one panel."""
    return PanelScene(
        id=name, setting=setting, size=size, angle=angle, performers=performers, over=over
    )


def picture(look: str, scene: PanelScene, cast: Sequence[Identity] = CAST) -> Pixels:
    """Return one drawn panel."""
    found = named(look)
    assert found is not None
    staged = compose(scene, cast, (), width=CELL[0], height=CELL[1])
    return found.flatten(staged.stack)


def page(name: str, cells: Sequence[tuple[str, Pixels]], columns: int) -> None:
    """Write one labelled page."""
    high, wide = cells[0][1].shape[:2]
    rows = -(-len(cells) // columns)
    sheet = np.full((rows * (high + 30), columns * wide, 3), 250, np.uint8)
    for index, (label, drawn) in enumerate(cells):
        top, left = index // columns * (high + 30), index % columns * wide
        sheet[top : top + high, left : left + wide] = drawn
        lettering.draw(sheet, label, (left + 8, top + high + 21), 16, (40, 40, 46))
    write(name, sheet)


def write(name: str, pixels: Pixels, longest: int = 1600) -> None:
    """Write one JPEG, at most `longest` pixels a side."""
    scale = min(1.0, longest / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(FOLDER / f"{name}.jpg"), small, [cv2.IMWRITE_JPEG_QUALITY, 84])
    sys.stdout.write(f"docs/gallery/{name}.jpg\n")


def boards() -> None:
    """One board in both looks, side by side."""
    walk = Performer(id="giant", does="walk", facing="right", at=-0.3)
    play = Performer(id="children", does="play", emotion="happy", at=0.2)
    tree = Performer(id="children", does="sit", on="tree", emotion="happy")
    cry = Performer(id="tom", does="cry", facing="front-left", emotion="sad")
    point = Performer(id="giant", does="point", facing="front-right", emotion="angry")
    kneel = Performer(id="giant", does="kneel", facing="right", at=-0.25)
    boy = Performer(id="tom", facing="left", at=0.35)
    mara = Performer(id="mara", does="walk", facing="front-right", emotion="determined")
    shots = (
        panel("P1", GARDEN, play, size="extreme-wide"),
        panel("P2", GARDEN, walk, size="full"),
        panel("P3", GARDEN, point, size="medium", angle="low"),
        panel("P4", WINTER, size="wide"),
        panel("P5", WINTER, cry, size="close-up"),
        panel("P6", WINTER, kneel, boy, size="medium-wide"),
        panel("P7", GARDEN, tree, size="wide"),
        panel("P8", AVENUE, mara, size="full"),
        panel("P9", AVENUE, mara, size="close-up"),
    )
    scene = BoardScene(id="C01", panels=shots, cast=CAST)
    drawn = []
    for look in ("lumen", "ink"):
        found = named(look)
        assert found is not None
        drawn.append(board_page(scene, found, 1200, 702, seed=1))
    write("readme", np.hstack(drawn), 1800)


def sheets() -> None:
    """Character and place sheets in both looks."""
    for look in ("lumen", "ink"):
        found = named(look)
        assert found is not None
        for name, scene in (
            ("mara", SheetScene(character=MARA)),
            ("giant", SheetScene(character=GIANT)),
            ("garden", SheetScene(place=GARDEN)),
        ):
            write(f"sheet-{name}-{look}", sheet_page(scene, found, 1600, 900), 1200)


def figures() -> None:
    """Sizes, angles, facings, emotions, ages and animals."""
    stand = Performer(id="mara")
    sizes = [
        (size, picture("lumen" if i % 2 else "ink", panel(size, AVENUE, stand, size=size)))
        for i, size in enumerate(words_of(ShotSize))
    ]
    page("sizes", sizes, 3)
    angles = [
        (
            f"{angle}, {look}",
            picture(look, panel(angle, GARDEN, stand, angle=angle, size="medium-wide")),
        )
        for angle in words_of(Angle)
        for look in ("lumen", "ink")
    ]
    page("angles", angles, 4)
    facings = [
        (way, picture("lumen", panel(way, GARDEN, Performer(id="mara", facing=way), size="full")))
        for way in words_of(Facing)
    ]
    page("facings", facings, 4)
    feelings = [
        (mood, picture(look, panel(mood, WINTER, Performer(id=who, emotion=mood), size="close-up")))
        for mood in words_of(Emotion)
        for who, look in (("tom", "lumen"), ("mara", "ink"))
    ]
    page("emotions", feelings, 4)


def actions() -> None:
    """Bodies that act, and animals."""
    told = [
        "walk",
        "run",
        "sit",
        "kneel",
        "reach",
        "talk",
        "point",
        "wave",
        "dance",
        "play",
        "cry",
        "laugh",
        "climb",
        "fight",
        "sleep",
        "fall",
    ]
    cells = [
        (
            does,
            picture(
                "ink" if index % 3 == 2 else "lumen",
                panel(
                    does, GARDEN, Performer(id="tom", does=does, facing="front-right"), size="full"
                ),
            ),
        )
        for index, does in enumerate(told)
    ]
    page("actions", cells, 4)
    beasts = [
        Identity(id="beast", name=word, kind=kind, species=word, height_m=height)
        for word, kind, height in (
            ("dog", "dog", 0.6),
            ("cat", "cat", 0.35),
            ("linnet", "bird", 0.15),
            ("horse", "horse", 1.7),
            ("fox", "animal", 0.5),
            ("bear", "animal", 1.4),
            ("north wind", "thing", 1.8),
            ("frost", "thing", 1.8),
        )
    ]
    cells = [
        (
            one.name,
            picture(
                "lumen",
                panel("P", GARDEN, Performer(id="beast", facing="right"), size="full"),
                [one],
            ),
        )
        for one in beasts
    ]
    page("animals", cells, 4)


def places() -> None:
    """Every kind of place, at four times of day and in every weather."""
    hours = ("day", "dusk", "night", "dawn")
    weathers = ("clear", "rain", "snow", "fog", "wind")
    seasons = ("spring", "summer", "autumn", "winter")
    cells = []
    for index, kind in enumerate(words_of(PlaceKind)):
        for look in ("lumen", "ink"):
            setting = Setting(
                id=kind,
                name=kind,
                kind=kind,
                features=("tree", "house") if kind in {"field", "open"} else ("lamp", "window"),
                time=hours[index % 4],
                weather=weathers[index % 5],
                season=seasons[index % 4],
            )
            label = f"{kind}, {setting.time}, {setting.weather}"
            cells.append((label, picture(look, panel(kind, setting, size="wide"))))
    page("places", cells, 4)


def main() -> None:
    """Draw everything."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for draw in (boards, sheets, figures, actions, places):
        draw()


if __name__ == "__main__":
    main()
