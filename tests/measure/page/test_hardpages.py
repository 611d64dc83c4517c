"""Hard pages are cut where they are: made here, so that no stored picture is tuned to."""

from __future__ import annotations

import numpy as np
import pytest
from hardpages import KINDS, HardPage, hard_page
from pages import furthest, picture

from stillreel.measure.nouns import Box
from stillreel.measure.page.panels import panels
from stillreel.measure.page.paper import without_rules
from stillreel.measure.people.figure import lab_of


def _cut_well(page: HardPage, layout: tuple[int, int] | None) -> bool:
    found = panels(page.image, layout).boxes
    return len(found) == len(page.boxes) and all(
        a.overlap(b) >= 0.9 for a, b in zip(found, page.boxes, strict=True)
    )


def test_most_hard_pages_of_every_kind_are_cut_with_their_layout() -> None:
    made = [hard_page(301, kind=kind) for kind in KINDS]
    ordered = [page for page in made if page.layout]
    good = [page.kind for page in ordered if _cut_well(page, page.layout)]
    assert len(good) >= 0.85 * len(ordered)


def test_most_hard_pages_are_cut_without_a_hint() -> None:
    made = [hard_page(seed) for seed in range(315, 325)]
    assert sum(_cut_well(page, None) for page in made) >= 0.7 * len(made)


def test_a_photographed_sheet_is_cut_where_its_panels_lie() -> None:
    made = [hard_page(seed, kind="photographed") for seed in range(400, 406)]
    assert sum(_cut_well(page, page.layout) for page in made) >= 4


def test_printed_lines_of_the_paper_are_taken_off_and_a_plain_page_is_left_alone() -> None:
    plain = np.full((300, 400, 3), 240, np.uint8)
    lined = plain.copy()
    lined[20::24] = 190
    assert np.array_equal(without_rules(lab_of(plain)), lab_of(plain))
    assert np.abs(without_rules(lab_of(lined)) - lab_of(plain)).max() < 1


@pytest.mark.parametrize("level", [0.3, 0.5, 0.62])
def test_a_sharp_horizon_leaves_the_picture_whole(level: float) -> None:
    image = picture(800, 450, 11)
    image[: int(450 * level)] = (230, 190, 140)
    assert len(panels(image).boxes) == 1


def test_beams_across_a_room_are_no_gutters() -> None:
    image = picture(800, 450, 12)
    for top in (40, 90, 130):
        image[top : top + 12] = (20, 30, 40)
    assert len(panels(image).boxes) == 1


def test_two_pictures_side_by_side_are_two_panels() -> None:
    image = np.hstack([picture(400, 450, 21), picture(400, 450, 22)])
    truth = [Box(0, 0, 400, 450), Box(400, 0, 800, 450)]
    assert furthest(panels(image).boxes, truth) <= 1


def test_a_cut_that_does_not_show_is_unsure() -> None:
    for seed in range(3):
        assert panels(picture(900, 600, 40 + seed), (2, 3)).confidence < 0.5


@pytest.mark.parametrize("style", ["lumen", "ink"])
def test_our_own_character_sheet_stays_whole(style: str) -> None:
    from stillreel.draw import look
    from stillreel.draw.page.sheet import drawn
    from stillreel.values.scene import Identity, SheetScene

    pencil = look.named(style)
    assert pencil is not None
    sheet = drawn(SheetScene(character=Identity(id="mara", name="Mara")), pencil, 960, 540)
    assert len(panels(sheet).boxes) == 1
