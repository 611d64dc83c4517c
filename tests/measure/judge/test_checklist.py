"""The checklist: one question per attribute of the plan, asked only where it can be seen."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from stillreel.measure.judge.ask import part_of, rounds
from stillreel.measure.judge.checklist import checklist, control, in_view
from stillreel.measure.judge.nouns import Depiction, Question, Zone
from stillreel.measure.pictures import decode
from stillreel.plan.colours import colour_name
from stillreel.values.scene import Hair, Identity, Mark, Worn

MARA = Identity(
    id="mara",
    name="Mara",
    hair=Hair(style="braids", colour="#b8322a"),
    outfit=(
        Worn(garment="jacket", colour="#35659a"),
        Worn(garment="trousers", colour="#4a4b50"),
        Worn(garment="boots", colour="#43301f"),
    ),
    marks=(
        Mark(kind="tattoo", where="arm", side="left", design="triple chevron"),
        Mark(kind="piercing", where="ear", side="right"),
        Mark(kind="freckles", where="nose", side="centre"),
    ),
)


def by_name(identity: Identity) -> dict[str, Question]:
    return {one.attribute: one for one in checklist(identity, colour_name)}


def figure(height: int = 400, width: int = 200) -> np.ndarray:
    image = np.full((height, width, 3), 235, np.uint8)
    image[20:90, 80:120] = (40, 60, 200)
    image[90:380, 60:140] = (150, 80, 30)
    return image


def test_every_attribute_of_the_plan_is_asked_about_once() -> None:
    assert set(by_name(MARA)) == {
        "skin",
        "hair colour",
        "hair style",
        "age",
        "build",
        "eye colour",
        "jacket",
        "trousers",
        "boots",
        "tattoo left arm",
        "piercing right ear",
        "freckles nose",
    }


def test_marks_are_named_with_side_place_and_design() -> None:
    found = by_name(MARA)
    assert found["tattoo left arm"].expected.endswith(
        "tattoo of triple chevron on the character's own left arm"
    )
    assert found["tattoo left arm"].zone == "upper"
    assert found["piercing right ear"].zone == "head"


def test_the_gravest_come_first() -> None:
    graves = [one.severity for one in checklist(MARA, colour_name)]
    order = ["identity-breaking", "visible", "minor"]
    assert graves == sorted(graves, key=order.index)
    assert by_name(MARA)["piercing right ear"].severity == "identity-breaking"
    assert by_name(MARA)["freckles nose"].severity == "minor"


def test_a_bald_person_has_no_hair_colour_and_an_animal_has_a_coat() -> None:
    assert "hair colour" not in by_name(MARA.model_copy(update={"hair": Hair(style="bald")}))
    bird = Identity(id="linnet", name="Linnet", kind="bird", species="linnet")
    assert set(by_name(bird)) == {"species", "coat"}


def test_feet_are_not_asked_about_in_a_bust() -> None:
    found = by_name(MARA)
    assert not in_view(found["boots"], "bust")
    assert not in_view(found["boots"], "half")
    assert in_view(found["hair colour"], "bust")
    asked = rounds(
        "mara", tuple(found.values()), Depiction(figure()), Depiction(figure(), view="bust")
    )
    assert not {"boots", "trousers"} & {one.question.attribute for one in asked}


def test_the_trap_is_wrong_and_not_always_the_same() -> None:
    traps = {control(MARA, run) for run in range(12)}
    assert len({one.zone for one in traps}) > 1
    true = {one.expected for one in checklist(MARA, colour_name)}
    assert not true & {one.expected for one in traps}
    assert control(MARA, 3) == control(MARA, 3)
    assert all(one.control for one in traps)


def test_the_trap_is_about_what_the_pictures_show() -> None:
    bald = MARA.model_copy(update={"hair": Hair(style="bald")})
    for who in (MARA, bald):
        traps = [control(who, run, "bust") for run in range(12)]
        assert all(in_view(one, "bust") for one in traps)


def test_a_character_without_hair_or_clothes_has_a_trap_too() -> None:
    bird = Identity(id="linnet", name="Linnet", kind="bird", skin="#7a5233")
    assert control(bird, 1).zone == "whole"


def test_both_orders_show_the_same_pictures_the_other_way_round() -> None:
    (one,) = rounds("mara", [by_name(MARA)["jacket"]], Depiction(figure()), Depiction(figure()))
    first = [shown.role for shown in one.first.pictures]
    assert first == ["reference-part", "reference-whole", "candidate-part", "candidate-whole"]
    assert [shown.role for shown in one.second.pictures] == [*first[2:], *first[:2]]
    assert one.first.prompt != one.second.prompt
    assert "blue jacket" in one.first.prompt
    assert "cannot see" in one.first.prompt


def test_parts_and_figures_are_shown_at_512_pixels() -> None:
    (one,) = rounds("mara", [by_name(MARA)["jacket"]], Depiction(figure()), Depiction(figure()))
    assert {max(decode(shown.data).shape[:2]) for shown in one.first.pictures} == {512}


def test_a_part_is_cut_to_the_figure_so_that_it_is_large() -> None:
    head = part_of(Depiction(figure()), "head")
    red = (np.abs(head.astype(int) - (40, 60, 200)).sum(axis=2) < 60).mean()
    whole = (np.abs(figure().astype(int) - (40, 60, 200)).sum(axis=2) < 60).mean()
    assert red > 4 * whole


@pytest.mark.parametrize("size", [(1, 1), (2, 90), (90, 2)])
def test_tiny_crops_are_shown_without_a_fault(size: tuple[int, int]) -> None:
    tiny = Depiction(np.zeros((*size, 3), np.uint8))
    for zone in get_args(Zone):
        assert max(part_of(tiny, zone).shape[:2]) == 512
