"""What must stay the same, or change hands, from one panel to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.plan.brackets import lifted
from stillreel.plan.make import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Panel, Plan

GARDEN: tuple[tuple[str, str, str], ...] = (
    ("action", "FADE IN:", ""),
    ("heading", "EXT. COTTAGE GARDEN - MORNING", ""),
    ("action", "Frost on the grass. On the highest branch hangs one yellow pear.", ""),
    ("action", "NELL (8), freckled, in a green coat, waits.", ""),
    ("action", "Her dog BISCUIT, a small brown terrier, sits beside her. Biscuit barks.", ""),
    (
        "action",
        "OTTO (71), bald, with a white beard, comes out of the door. He carries a wooden ladder.",
        "",
    ),
    ("character", "OTTO", ""),
    ("dialogue", "Who is shouting?", "OTTO"),
    ("action", "Otto leans the ladder against the tree. Nell climbs it.", ""),
    ("action", "Nell reaches for the pear. She picks it.", ""),
    ("action", "Nell gives the pear to Otto.", ""),
    ("action", "Otto laughs. He breaks a piece of the pear in two.", ""),
    ("action", "FADE OUT.", ""),
)


@pytest.fixture(scope="module")
def garden(script_of: Callable[..., Brief]) -> Plan:
    return write(script_of(*GARDEN))


def panels(plan: Plan) -> Iterator[Panel]:
    for clip in plan.clips:
        yield from clip.panel


def said(plan: Plan, words: str) -> Panel:
    return next(panel for panel in panels(plan) if words in panel.action)


def held(panel: Panel) -> dict[str, str]:
    return {one.id: one.holds for one in panel.who}


def test_looks_between_commas_after_an_age_belong_to_the_name(garden: Plan) -> None:
    otto = next(one for one in garden.cast if one.id == "otto")
    assert (otto.hair.style, otto.hair.beard) == ("bald", "full")
    text, found = lifted("MARA (30), tall, in a red hat, takes her coat, and PIP (9) runs.")
    assert text == "MARA takes her coat, and PIP runs."
    assert [one.looks for one in found] == ["aged 30, tall, in a red hat", "aged 9"]


def test_an_animal_named_in_capitals_is_an_animal_and_no_thing(garden: Plan) -> None:
    dog = next(one for one in garden.cast if one.name == "Biscuit")
    assert (dog.kind, dog.species) == ("dog", "dog")
    assert "biscuit" not in {one.id for one in garden.props}
    assert [one.id for one in said(garden, "Biscuit barks").who] == ["biscuit"]


def test_fades_are_no_pictures_and_frost_does_not_fall(garden: Plan) -> None:
    assert not any("fade" in panel.action.lower() for panel in panels(garden))
    assert {panel.weather for panel in panels(garden)} == {"clear"}
    assert {panel.season for panel in panels(garden)} == {"winter"}


def test_a_thing_changes_hands_with_both_in_the_picture(garden: Plan) -> None:
    given = said(garden, "gives the pear")
    assert held(given) == {"nell": "pear", "otto": ""}
    assert held(said(garden, "Otto laughs"))["otto"] == "pear"
    assert held(said(garden, "picks the pear"))["nell"] == "pear"


def test_a_thing_has_the_colour_it_is_told_to_have(garden: Plan) -> None:
    pear = next(one for one in garden.props if one.id == "pear")
    assert pear.colour == "#d9b23c"


def test_a_ladder_that_was_leaned_stays_where_it_is_climbed(garden: Plan) -> None:
    climbed = said(garden, "Nell climbs")
    assert "ladder" in climbed.features
    assert [one.on for one in climbed.who if one.id == "nell"] == ["ladder"]
    assert "ladder" not in held(climbed).values()


def test_a_cottage_stands_in_a_cottage_garden(garden: Plan) -> None:
    assert {"house", "door"} <= set(garden.places[0].features)


def test_what_is_shared_out_is_not_fought_with(garden: Plan) -> None:
    shared = said(garden, "breaks")
    assert [one.does for one in shared.who if one.id == "otto"] == ["reach"]
    assert "crash" not in shared.sound


def test_a_fall_into_the_street_and_the_rain_there_are_outside(
    brief_of: Callable[..., Brief],
) -> None:
    plan = write(
        brief_of(
            "In the bedroom Tom sat by the window. The soldier fell head first from the third "
            "storey into the street. It began to rain. Tom ran down.\n"
            "When the rain was over, two boys came along."
        )
    )
    fell, rain = said(plan, "fell"), said(plan, "began to rain")
    kinds = {one.id: one.kind for one in plan.places}
    assert (kinds[fell.place], fell.who[0].does) == ("street", "fall")
    assert (rain.place, rain.weather) == (fell.place, "rain")
    assert said(plan, "boys came").weather == "clear"


def test_each_of_a_group_is_the_group_and_a_boy_is_none_of_them(
    brief_of: Callable[..., Brief],
) -> None:
    plan = write(
        brief_of(
            "Five soldiers stood on the table. Each man shouldered his gun. The first thing they "
            "heard was a little boy clapping his hands."
        )
    )
    assert {one.name for one in plan.cast} == {"the soldiers", "the little boy"}
    assert held(said(plan, "shouldered"))["soldiers"] == "gun"


def test_a_seat_stays_under_those_who_sit_on_it(script_of: Callable[..., Brief]) -> None:
    plan = write(
        script_of(
            ("heading", "EXT. PARK - NIGHT", ""),
            ("action", "MARA (30) sits on a bench. OTTO (70) sits down beside her.", ""),
            ("character", "OTTO", ""),
            ("dialogue", "It is cold.", "OTTO"),
            ("action", "Mara laughs.", ""),
        )
    )
    bench = {one.id: one.features for one in plan.places}
    for panel in panels(plan):
        if any(one.on == "bench" for one in panel.who):
            assert "bench" in (*panel.features, *bench[panel.place])


def test_a_voice_without_a_body_is_heard_and_not_drawn(brief_of: Callable[..., Brief]) -> None:
    plan = write(
        brief_of('Tom sat in the dark room. At last a voice cried, "Here he is!" Tom laughed.')
    )
    assert [one.name for one in plan.cast] == ["Tom"]
    line = next(one.line for one in panels(plan) if one.line is not None)
    assert (line.text, line.off) == ("Here he is!", True)


def test_the_seats_of_a_tram_are_its_own(script_of: Callable[..., Brief]) -> None:
    plan = write(
        script_of(
            ("heading", "INT. TRAM - NIGHT", ""),
            ("action", "MARA (30) sits by the window. She sleeps.", ""),
        )
    )
    assert {one.on for panel in panels(plan) for one in panel.who} == {"bench"}
    assert not any("bench" in panel.features for panel in panels(plan))


def test_who_catches_the_chimney_is_up_and_a_new_day_has_its_own_weather(
    script_of: Callable[..., Brief],
) -> None:
    plan = write(
        script_of(
            ("heading", "EXT. STREET - NIGHT", ""),
            ("action", "OMAR, 30, in a sweater, walks in the rain.", ""),
            ("action", "He slips. He catches the rail and laughs. Omar waits.", ""),
            ("heading", "EXT. BEACH - DAWN", ""),
            ("action", "Omar runs along the sea.", ""),
        )
    )
    panels = [panel for clip in plan.clips for panel in clip.panel]
    caught = next(at for at, panel in enumerate(panels) if "catches" in panel.action)
    assert all(one.does not in ("lie", "fall") for p in panels[caught:] for one in p.who)
    assert {panel.weather for panel in panels if panel.time == "dawn"} == {"clear"}
    assert "cloak" not in {one.garment for one in plan.cast[0].outfit}
