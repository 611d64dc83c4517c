# ruff: noqa: E501 - the tale keeps its paragraphs
"""Who `he`, `they`, `the four friends` and `Grandpa Otto` are, and what they leave behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from stillreel.plan.make import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Panel, Plan

TALE = """
There was once a miller who had an old grey donkey. Now he was weak and slow, so the donkey ran away. “I can become a musician,” he thought.

On the road he came to a cat, sitting by the road with a face like three days of rain. “Come with me,” said the donkey. They walked on and met a dog. “Come with us,” said the cat. The dog went with them.

Then the three came to a farmyard. The robbers jumped up. They ran into the forest in a great fright.

The three friends sat down at the table.
"""
ORPHAN = """
There was once on a time a little girl whose father and mother were dead, and she was so poor that she no longer had a room to live in. She went forth into the open country. Then a poor man met her, who said, “Give me something to eat.” She reached him her piece of bread, and went onwards. Then came a child who moaned and said, “My head is so cold.” So she took off her hood and gave it to him.

At length she got into a forest and it had already become dark, and there came yet another child, and asked for a shirt.
"""
"""The beginning of a tale of the Brothers Grimm, after Margaret Hunt's translation of 1884."""
FAREWELL: tuple[tuple[str, str, str], ...] = (
    ("heading", "INT. KITCHEN - NIGHT", ""),
    ("action", "TIM (8) sits at the table with a blue scarf in his hands.", ""),
    ("action", "A brown dog, BISCUIT, sleeps under the table.", ""),
    ("heading", "EXT. RAILWAY PLATFORM - DAY", ""),
    ("action", "A train waits at the platform. GRANDPA OTTO (70s, white beard) waits.", ""),
    ("character", "TIM (O.S.)", ""),
    ("dialogue", "Grandpa!", "TIM"),
    ("action", "Otto turns. Tim runs along the platform. Otto kneels.", ""),
    ("character", "OTTO", ""),
    ("dialogue", "You came.", "OTTO"),
    ("action", "Otto picks up his suitcase. Tim puts his arm round Otto. Snow falls.", ""),
    ("action", "The train leaves. Tim and Otto cross the platform.", ""),
)


@pytest.fixture(scope="module")
def tale(brief_of: Callable[..., Brief]) -> Plan:
    return write(brief_of(TALE))


@pytest.fixture(scope="module")
def farewell(script_of: Callable[..., Brief]) -> Plan:
    brief = script_of(*FAREWELL)
    cues = (
        replace(one, text="TIM", extension="O.S.") if "(O.S.)" in one.text else one
        for one in brief.elements
    )
    return write(replace(brief, elements=tuple(cues)))


def panels(plan: Plan) -> Iterator[Panel]:
    for clip in plan.clips:
        yield from clip.panel


def said(plan: Plan, words: str) -> Panel:
    return next(panel for panel in panels(plan) if words in panel.action)


def does(panel: Panel) -> dict[str, str]:
    return {one.id: one.does for one in panel.who}


@pytest.fixture(scope="module")
def orphan(brief_of: Callable[..., Brief]) -> Plan:
    return write(brief_of(ORPHAN))


def test_the_dead_parents_of_a_tale_are_nobody_and_she_is_the_girl(orphan: Plan) -> None:
    assert not {one.name for one in orphan.cast} & {"the father", "the mother"}
    assert {one.id for one in said(orphan, "went forth").who} == {"little-girl"}
    assert said(orphan, "took off her hood").action.startswith("The little girl")


def test_a_girl_of_whom_only_a_shirt_is_told_wears_a_skirt_with_it(
    brief_of: Callable[..., Brief],
) -> None:
    plan = write(brief_of("A little girl walked through the forest. She wore a little shirt."))
    assert {"shirt", "skirt"} <= {one.garment for one in plan.cast[0].outfit}


def test_she_gets_into_a_forest_where_it_is_dark_and_a_child_comes(orphan: Plan) -> None:
    coming = said(orphan, "here came yet another child")
    assert (coming.place, coming.time) == ("forest", "night")


def test_a_beast_that_the_tale_calls_he_speaks_for_itself(tale: Plan) -> None:
    spoken = next(p for p in panels(tale) if p.line and "musician" in p.line.text)
    assert spoken.line is not None
    assert spoken.line.who == "old-donkey"


def test_a_face_like_rain_brings_no_rain_and_the_cat_sits_by_the_road(tale: Plan) -> None:
    sitting = said(tale, "sitting by the road")
    assert does(sitting) == {"cat": "sit"}
    assert {panel.weather for panel in panels(tale)} == {"clear"}


def test_whoever_goes_with_them_is_one_of_the_three(tale: Plan) -> None:
    assert set(does(said(tale, "came to a farmyard"))) == {"old-donkey", "cat", "dog"}
    assert set(does(said(tale, "sat down at the table"))) == {"old-donkey", "cat", "dog"}
    assert not any("friend" in one.name for one in tale.cast)


def test_they_are_the_robbers_who_were_told_of_last(tale: Plan) -> None:
    assert set(does(said(tale, "in a great fright"))) == {"robbers"}


def test_a_name_between_commas_is_the_dogs(farewell: Plan) -> None:
    assert [one.kind for one in farewell.cast if one.id == "biscuit"] == ["dog"]
    assert {one.id for one in farewell.cast} == {"tim", "biscuit", "otto"}


def test_a_title_before_a_name_is_the_same_old_man(farewell: Plan) -> None:
    otto = next(one for one in farewell.cast if one.id == "otto")
    assert (otto.age, otto.hair.beard) == ("elder", "full")


def test_a_thing_in_somebodys_hands_is_held(farewell: Plan) -> None:
    assert [one.holds for one in said(farewell, "blue scarf").who] == ["scarf"]
    assert {one.id: one.colour for one in farewell.props}["scarf"] == "#2f4f8f"
    assert not any(worn.garment == "scarf" for one in farewell.cast for worn in one.outfit)


def test_a_voice_from_outside_is_heard_and_not_seen(farewell: Plan) -> None:
    heard = next(p for p in panels(farewell) if p.line and p.line.text == "Grandpa!")
    assert [one.id for one in heard.who] == ["otto"]
    assert heard.line is not None
    assert (heard.line.who, heard.line.off) == ("tim", True)


def test_who_kneels_gets_up_to_take_a_suitcase_and_is_hugged(farewell: Plan) -> None:
    assert does(said(farewell, "picks up his suitcase"))["otto"] == "reach"
    assert does(said(farewell, "arm round"))["tim"] == "embrace"


def test_the_first_snow_makes_it_winter_from_the_first_picture_on(farewell: Plan) -> None:
    assert {panel.season for panel in panels(farewell)} == {"winter"}


def test_a_train_stands_there_until_it_leaves(farewell: Plan) -> None:
    assert "train" in said(farewell, "kneels").features
    assert "train" not in said(farewell, "cross the platform").features


def test_nobody_is_cross_who_crosses_a_platform(farewell: Plan) -> None:
    assert {one.emotion for one in said(farewell, "cross the platform").who} == {"neutral"}
