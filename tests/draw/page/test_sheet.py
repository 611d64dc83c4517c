from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw import ink, lumen, page
from stillreel.draw.page.character import colours_of, notes_of
from stillreel.draw.page.desk import page_of
from stillreel.errors import UsageError
from stillreel.values.scene import Hair, Identity, Mark, Prop, Setting, SheetScene, Worn

if TYPE_CHECKING:
    from stillreel.draw.look import Look

MARA = Identity(
    id="mara",
    name="Mara Voss",
    hair=Hair(style="bob", colour="#1b1b26"),
    outfit=(Worn(garment="jacket", colour="#7a1f2b"), Worn(garment="trousers", colour="#23283a")),
    marks=(Mark(kind="tattoo", where="cheek", side="left", design="chevron"),),
)
WIDTH, HEIGHT = 800, 450


def subjects(picture: np.ndarray) -> np.ndarray:
    """Where the sheet is not its plain ground."""
    ground = np.median(picture.reshape(-1, 3), axis=0)
    return np.abs(picture.astype(int) - ground).sum(axis=2) > 30


@pytest.mark.parametrize("look", [lumen, ink])
def test_four_views_stand_apart_on_a_plain_ground(look: Look) -> None:
    picture = page.sheet_page(SheetScene(character=MARA), look, WIDTH, HEIGHT)
    band = subjects(picture)[
        int(HEIGHT * 0.5) : int(HEIGHT * 0.85), int(WIDTH * 0.07) : int(WIDTH * 0.655)
    ]
    filled = band.any(axis=0)
    starts = np.nonzero(np.diff(np.concatenate([[False], filled]).astype(int)) == 1)[0]
    assert len(starts) == 4


def test_a_child_stands_lower_on_its_sheet_than_an_adult() -> None:
    def height(tall: float, age: str) -> int:
        one = Identity.model_validate({"id": "a", "name": "A", "height_m": tall, "age": age})
        picture = page.sheet_page(SheetScene(character=one), lumen, WIDTH, HEIGHT)
        front = subjects(picture)[int(HEIGHT * 0.15) : int(HEIGHT * 0.94), 70:180]
        return int(front.any(axis=1).sum())

    assert height(1.05, "child") < height(1.75, "adult") * 0.9


def test_the_ground_is_far_from_every_colour_of_the_subject() -> None:
    pale = page_of(80, 45, lumen.GROUNDS, ["#7a1f2b"])
    white = page_of(80, 45, lumen.GROUNDS, ["#e2dfd8", "#7a1f2b"])
    assert pale.ground == lumen.GROUNDS[0]
    assert white.ground != lumen.GROUNDS[0]


def test_palette_and_notes_name_what_must_hold() -> None:
    named = dict(colours_of(MARA))
    assert named["jacket"] == "#7a1f2b"
    assert named["hair"] == "#1b1b26"
    notes = " ".join(notes_of(MARA))
    for word in ("bob", "tattoo", "chevron", "left cheek", "jacket", "1.72 m"):
        assert word in notes


def test_the_palette_is_painted_in_its_true_colours() -> None:
    picture = page.sheet_page(SheetScene(character=MARA), lumen, WIDTH, HEIGHT)
    exact = (picture == np.array([0x2B, 0x1F, 0x7A])).all(axis=2)
    assert exact.sum() > 300


@pytest.mark.parametrize("look", [lumen, ink])
def test_places_props_groups_and_animals_have_sheets(look: Look) -> None:
    scenes = (
        SheetScene(place=Setting(id="sea", name="Shore", kind="sea", time="dusk")),
        SheetScene(prop=Prop(id="lamp", name="Lamp", kind="lamp")),
        SheetScene(
            character=Identity(id="kids", name="Kids", age="child", members=4, height_m=1.2)
        ),
        SheetScene(character=Identity(id="rex", name="Rex", kind="dog", height_m=0.6)),
    )
    for scene in scenes:
        picture = page.sheet_page(scene, look, 640, 360)
        assert picture.shape == (360, 640, 3)
        assert picture.std() > 8


def test_a_sheet_of_nothing_is_a_clear_error() -> None:
    with pytest.raises(UsageError, match="nothing to show"):
        page.sheet_page(SheetScene(), lumen, 320, 180)


def test_png_bytes_are_the_same_twice() -> None:
    picture = page.sheet_page(SheetScene(character=MARA), ink, 320, 180)
    assert page.png(picture) == page.png(picture.copy())
    assert page.png(picture)[:8] == b"\x89PNG\r\n\x1a\n"
