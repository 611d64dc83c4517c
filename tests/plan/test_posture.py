"""Bodies stay as they were left, silences are held, pictures differ, names mean who they should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.plan.make import write
from stillreel.plan.nouns import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Panel, Plan

    Told = Callable[..., Plan]

FALL = """
That night old Tobias walked down the street. At the last lamp he slipped, and he fell on the ground. "Run, Pip," he said. His dog Pip ran into the garden.

A girl named Ada opened the door of the house. "What is it, Pip?" asked Ada. Pip ran back into the street, and Ada ran after him.

She knelt beside the old man and held a lantern up. Tobias smiled. "You came," he said. Tobias stood up and laughed.
"""  # noqa: E501 - a story keeps its paragraphs


def panels(plan: Plan) -> Iterator[Panel]:
    for clip in plan.clips:
        yield from clip.panel


def said(plan: Plan, words: str) -> Panel:
    return next(panel for panel in panels(plan) if words in panel.action)


def spoken(plan: Plan, words: str) -> Panel:
    return next(panel for panel in panels(plan) if panel.line and words in panel.line.text)


def does(panel: Panel) -> dict[str, str]:
    return {one.id: one.does for one in panel.who}


def pictures(plan: Plan) -> Iterator[list[tuple[object, ...]]]:
    for clip in plan.clips:
        yield [
            (sorted((one.id, one.does) for one in panel.who), panel.size, panel.angle, panel.focus)
            for panel in clip.panel
            if panel.who
        ]


@pytest.fixture
def told(brief_of: Callable[..., Brief]) -> Told:
    def tell(text: str, clips: int | None = 1) -> Plan:
        return write(brief_of(text), PlanSettings(clips=clips))

    return tell


def test_whoever_fell_lies_until_the_words_lift_them(told: Told) -> None:
    plan = told(FALL, 3)
    assert does(said(plan, "fell"))["tobias"] == "fall"
    assert does(spoken(plan, "Run, Pip"))["tobias"] == "lie"
    assert [one.speaks for one in spoken(plan, "Run, Pip").who if one.id == "tobias"] == [True]
    assert does(said(plan, "knelt beside"))["tobias"] == "lie"
    assert does(spoken(plan, "You came")) == {"tobias": "lie", "ada": "kneel"}
    assert does(said(plan, "Tobias laughed"))["tobias"] == "laugh"


def test_a_lantern_is_held_up_kneeling(told: Told) -> None:
    held = next(one for one in said(told(FALL, 3), "held a lantern").who if one.id == "ada")
    assert (held.does, held.holds) == ("kneel", "lantern")


def test_a_slip_and_the_fall_it_ends_in_are_seen_once(told: Told) -> None:
    falls = [panel for panel in panels(told(FALL, 3)) if "fall" in does(panel).values()]
    assert len(falls) == 1


def test_who_does_not_get_up_lies_and_who_is_helped_up_stands(told: Told) -> None:
    plan = told(
        "Omar fell on the roof. He did not get up. Vera helped him up. Omar looked at the city."
    )
    assert does(said(plan, "did not get up"))["omar"] == "lie"
    assert does(said(plan, "looked at the city"))["omar"] == "look"


def test_a_night_later_nobody_kneels_any_more_but_a_sleeper_sleeps(told: Told) -> None:
    plan = told(
        "Old Bruno slept on a bench in the park. Vera knelt beside him.\n"
        "In the morning Bruno did not wake. Vera looked at him."
    )
    assert does(said(plan, "did not wake")) == {"old-bruno": "sleep"}
    assert does(said(plan, "Vera looked"))["vera"] == "look"


def test_a_ladder_that_nobody_leaned_is_climbed_where_it_stands(told: Told) -> None:
    plan = told("Nell walked down the street. She climbed the ladder and lit the lamp. She smiled.")
    for panel in (said(plan, "climbed"), said(plan, "lit")):
        assert "ladder" in panel.features
        assert [one.on for one in panel.who] == ["ladder"]


def test_trees_and_stairs_are_climbed_as_well(told: Told) -> None:
    plan = told("Nell ran into the garden. She climbed the tree. Otto climbed the stairs.")
    tree, stairs = said(plan, "climbed the tree").who[0], said(plan, "climbed the stairs")
    assert (tree.does, tree.on) == ("climb", "tree")
    assert (stairs.who[0].does, stairs.who[0].on) == ("walk", "stairs")
    assert "stairs" in stairs.features


@pytest.mark.parametrize("silence", ["Nobody spoke.", "Silence.", "Nothing happened."])
def test_a_silence_is_held_on_who_listens(told: Told, silence: str) -> None:
    plan = told(
        "Marta sat at the table in the kitchen. Piet came in and stood by the door. "
        f'"I sold the boat," said Piet. {silence} Marta wept.'
    )
    assert does(said(plan, silence.rstrip("."))) == {"marta": "sit"}


def test_two_silences_are_one(told: Told) -> None:
    plan = told("Marta sat at the table. Piet came in. Silence. Nobody spoke. Marta wept.")
    assert sum("Silence." in panel.action for panel in panels(plan)) == 1
    assert said(plan, "Silence.") == said(plan, "Nobody spoke.")


def test_the_title_tells_the_turn_of_a_clip(told: Told) -> None:
    plan = told(
        "Tobias walked down the street. He wore a hat. He carried a ladder. It rained. "
        "He slipped, and he fell into the street. He looked at the rain."
    )
    assert plan.clips[0].title == "Tobias fell into the street"
    named = told("The Wind, the Hail, the Frost and the Snow danced about. Ada wept in the rain.")
    assert named.clips[0].title == "Ada wept in the rain"


@pytest.mark.parametrize("clips", [1, 2, 4])
def test_no_two_panels_of_a_clip_are_the_same_picture(
    told: Told, giant: Plan, mill: Plan, clips: int
) -> None:
    for plan in (giant, mill, told(FALL, clips), told("Anna waits. Anna waits. Anna laughs.")):
        for clip in pictures(plan):
            assert all(clip.count(one) == 1 for one in clip)


def test_the_words_of_a_deed_stand_under_who_does_it(told: Told) -> None:
    plan = told("Otto came. Nell reached for the pear. Nell picked it. Nell took it. Otto wept.", 1)
    for words in ("reached for", "picked", "took"):
        assert "nell" in does(said(plan, words))


def test_his_father_is_the_man_whose_son_he_is(told: Told) -> None:
    plan = told(
        "One morning Henrik, an old ferryman, sat on a bench. His son Anton came along. "
        "Anton looked at his father. Henrik laughed."
    )
    assert {(one.id, one.age) for one in plan.cast} == {("henrik", "elder"), ("anton", "adult")}
    assert said(plan, "his father").who[0].looks_at == "henrik"


def test_whose_name_is_told_is_that_girl(told: Told) -> None:
    plan = told("A small girl came down the path. The girl's name was Lotte. Lotte laughed.")
    assert [(one.name, one.age) for one in plan.cast] == [("Lotte", "child")]


def test_he_is_who_is_there_even_a_talking_fox(told: Told) -> None:
    plan = told(
        'A fox lay under a tree. "Help me," he said. A hunter ran across the field. The hunter '
        "took a gun. The hunter climbed a wall and shouted. The hunter went away.\n"
        "At night the fox came to the lake. A heron sat on a rock. Nobody spoke. "
        "He lay down beside her.",
        2,
    )
    assert said(plan, "lay down").who[0].id == "fox"


def test_the_wind_drops_with_the_day_and_the_rain_is_in_every_street(told: Told) -> None:
    plan = told(
        "Anton stood in the street. The wind blew hard. Anton ran into the garden. It rained. "
        "Anton ran back into the street.\nIn the evening Anton sat on a bench.",
        2,
    )
    assert said(plan, "ran back").weather == "rain"
    windy = told("The wind blew over the sea. Anton ran.\nIn the evening Anton sat on a bench.", 2)
    assert said(windy, "In the evening").weather == "clear"


def test_who_kneels_beside_someone_speaks_to_them(script_of: Callable[..., Brief]) -> None:
    plan = write(
        script_of(
            ("heading", "EXT. ROOF - NIGHT", ""),
            ("action", "OMAR (40) lies on the roof. A BOY (9) stands at the door.", ""),
            ("action", "VERA (20) kneels beside Omar.", ""),
            ("character", "VERA", ""),
            ("dialogue", "Can you hear me?", "VERA"),
        )
    )
    assert [one.looks_at for one in spoken(plan, "hear me").who if one.id == "vera"] == ["omar"]
