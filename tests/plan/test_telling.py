from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.plan.grammar import parse
from stillreel.plan.make import write
from stillreel.plan.nouns import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Panel, Plan

LAMPS = """
An old lamplighter named Tobias walked down a narrow street at dusk. He wore a long blue coat, and he carried a ladder. His small brown dog, Pip, ran ahead of him in the rain.

That night the wind blew hard. Tobias climbed the ladder and fell. "Find the girl," he said.

Pip ran through the dark garden to the little house by the wall. A girl with red hair opened the door. "What is it, Pip?" asked Ada.

The dog ran back into the rain. Ada knelt beside the old man. In the morning Tobias stood in the doorway and laughed.
"""  # noqa: E501 - a story keeps its paragraphs


@pytest.fixture(scope="module")
def lamps(brief_of: Callable[..., Brief]) -> Plan:
    return write(brief_of(LAMPS), PlanSettings(clips=3))


def panels(plan: Plan) -> Iterator[Panel]:
    for clip in plan.clips:
        yield from clip.panel


def said(plan: Plan, words: str) -> Panel:
    return next(panel for panel in panels(plan) if words in panel.action)


def test_a_name_beside_a_noun_makes_one_being(lamps: Plan) -> None:
    cast = {one.id: one for one in lamps.cast}
    assert set(cast) == {"tobias", "pip", "ada"}
    assert (cast["pip"].kind, cast["pip"].species, cast["pip"].skin) == ("dog", "dog", "#6d4a2f")
    assert (cast["ada"].age, cast["ada"].hair.colour) == ("child", "#a8472a")


def test_the_dog_and_the_old_man_are_whom_the_story_named(lamps: Plan) -> None:
    assert [one.id for one in said(lamps, "The dog ran back").who][:1] == ["pip"]
    assert {one.id for one in said(lamps, "knelt beside the old man").who} == {"ada", "tobias"}


def test_whoever_a_sentence_names_is_in_its_panel(lamps: Plan) -> None:
    assert [one.id for one in said(lamps, "An old lamplighter").who] == ["tobias"]
    assert [one.id for one in said(lamps, "Tobias wore").who] == ["tobias"]
    assert [(one.id, one.holds) for one in said(lamps, "carried a ladder").who] == [
        ("tobias", "ladder")
    ]


def test_an_asker_named_after_the_speech_speaks_on_screen(lamps: Plan) -> None:
    line = next(p for p in panels(lamps) if p.line and "What is it" in p.line.text)
    assert line.line is not None
    assert (line.line.who, line.line.off) == ("ada", False)
    assert [one.id for one in line.who if one.speaks] == ["ada"]


def test_a_house_that_is_run_to_is_seen_from_outside(lamps: Plan) -> None:
    kinds = {one.id: one.kind for one in lamps.places}
    garden = said(lamps, "Pip ran through the dark garden")
    assert kinds[garden.place] == "garden"
    assert {"house", "door"} <= set(garden.features)
    assert kinds[said(lamps, "opened the door").place] == "garden"
    doorway = said(lamps, "stood in the doorway")
    assert ("tobias", "door") in [(one.id, one.on) for one in doorway.who]


def test_sentences_keep_their_first_word(lamps: Plan) -> None:
    assert said(lamps, "That night the wind blew hard.")


def test_lips_move_only_where_words_or_songs_are_heard(lamps: Plan) -> None:
    for panel in panels(lamps):
        for one in panel.who:
            assert not one.speaks or (panel.line is not None and panel.line.who == one.id)


@pytest.mark.parametrize("text", ["The girl sang.", "The dog barked.", "The man shouted."])
def test_singing_and_barking_are_heard(brief_of: Callable[..., Brief], text: str) -> None:
    plan = write(brief_of(text))
    assert any(one.speaks for panel in panels(plan) for one in panel.who)


def test_a_letter_is_read_in_the_hand_and_silently(brief_of: Callable[..., Brief]) -> None:
    panel = said(write(brief_of("In the kitchen Mara read the letter and folded it.")), "Mara read")
    assert [(one.does, one.holds, one.speaks) for one in panel.who] == [("look", "letter", False)]


def test_light_and_rain_are_no_things(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("The girl watched the light. The rain fell on the street. She ran."))
    assert plan.props == ()


def test_two_on_one_bench_sit_side_by_side(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("In the park Jonas sat on the bench. Mara sat down beside him."))
    panel = next(p for p in panels(plan) if "beside" in p.action and len(p.who) == 2)
    assert {(one.does, one.on) for one in panel.who} == {("sit", "bench")}
    assert abs(panel.who[0].at - panel.who[1].at) < 0.5


def test_a_seat_in_a_tram_is_slept_on(script_of: Callable[..., Brief]) -> None:
    plan = write(
        script_of(
            ("heading", "INT. TRAM - DAWN", ""),
            ("action", "Mara sleeps against the glass. Jonas reads a letter.", ""),
        )
    )
    panel = said(plan, "Mara sleeps")
    assert [(one.does, one.on) for one in panel.who if one.id == "mara"] == [("sleep", "bench")]


def test_one_who_does_not_look_is_turned_away(script_of: Callable[..., Brief]) -> None:
    plan = write(
        script_of(
            ("heading", "EXT. STREET - NIGHT", ""),
            ("action", "Mara and Jonas stand under a lamp.", ""),
            ("character", "JONAS", ""),
            ("dialogue", "It is late.", "JONAS"),
            ("character", "MARA", ""),
            ("parenthetical", "(not looking at him)", "MARA"),
            ("dialogue", "Then we wait.", "MARA"),
        )
    )
    panel = next(p for p in panels(plan) if p.line and p.line.text == "Then we wait.")
    assert next(one.looks_at for one in panel.who if one.id == "mara") == ""


def test_dialogue_is_covered_from_several_setups(script_of: Callable[..., Brief]) -> None:
    lines = [("heading", "INT. KITCHEN - DAY", ""), ("action", "Mara and Jonas sit down.", "")]
    for number in range(6):
        who = "MARA" if number % 2 else "JONAS"
        lines += [("character", who, ""), ("dialogue", f"This is line {number}.", who)]
    plan = write(script_of(*lines))
    spoken = [panel for panel in panels(plan) if panel.line]
    assert len({panel.size for panel in spoken}) >= 3
    assert any(panel.over for panel in spoken)
    assert any(len(panel.who) == 2 and not panel.over for panel in spoken)


def test_no_shot_repeats_the_size_and_people_before_it(lamps: Plan, giant: Plan) -> None:
    for plan in (lamps, giant):
        for clip in plan.clips:
            for first, second in zip(clip.panel, clip.panel[1:], strict=False):
                same = {one.id for one in first.who} == {one.id for one in second.who}
                assert not (same and first.size == second.size)


def test_people_are_seen_whole_before_we_go_near(lamps: Plan) -> None:
    whole: set[str] = set()
    for panel in panels(lamps):
        ids = {one.id for one in panel.who}
        if panel.size in ("wide", "full", "medium-wide"):
            whole |= ids
        elif panel.size not in ("extreme-wide", "insert"):
            assert ids <= whole


def test_a_place_is_seen_empty_once_at_most(lamps: Plan, giant: Plan) -> None:
    for plan in (lamps, giant):
        empty = [p.place for p in panels(plan) if not p.who and not (p.focus or p.line)]
        assert len(empty) == len(set(empty))


def test_the_camera_moves_as_the_deed_asks(brief_of: Callable[..., Brief]) -> None:
    def moves(text: str) -> set[str]:
        return {panel.move for panel in panels(write(brief_of(text)))}

    assert any(move.startswith("orbit") for move in moves("In the hall Anna and Max danced."))
    assert any(move.startswith("track") for move in moves("Anna ran down the street."))
    assert "handheld" in moves("In the street the guard fought the thief.")
    assert "pull" in moves("Anna sat in the garden.")


def test_coverage_says_each_sentence_without_a_preface(lamps: Plan) -> None:
    for panel in panels(lamps):
        assert not panel.action.startswith(("Nearer to", "Close on", "Wider."))


def test_titles_end_where_a_reader_would_stop(lamps: Plan) -> None:
    for clip in lamps.clips:
        assert clip.title.split()[-1] not in ("the", "a", "of", "and", "into", "as")
        assert 2 <= len(clip.title.split()) <= 8
    assert len({clip.title for clip in lamps.clips}) == len(lamps.clips)


@pytest.mark.parametrize(
    ("text", "verb", "doer"),
    [
        ("Vivian knelt and took his hand.", "knelt", "Vivian"),
        ("Viktor drives.", "drives", "Viktor"),
        ("Yuri, a young engineer with glasses, hammered at the door.", "hammered", "Yuri"),
        ("A baker piles bread.", "piles", "baker"),
    ],
)
def test_the_parsers_slips_are_mended(text: str, verb: str, doer: str) -> None:
    sentence = parse((text,))[0][0]
    root = sentence.root
    subject = sentence.child(root, "nsubj")
    assert subject is not None
    assert (root.text, subject.text) == (verb, doer)
    assert sentence.text() == text


def test_an_unknown_trade_is_somebody(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("The ringmaster, a tall man in a black coat, ran across the field."))
    assert [(one.id, one.kind, one.presentation) for one in plan.cast] == [
        ("ringmaster", "human", "masculine")
    ]
    assert ("coat", "#26252b") in [(one.garment, one.colour) for one in plan.cast[0].outfit]


def test_the_chased_run_in_the_same_picture(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("In the street the guard ran after the thief."))
    panel = next(one for one in panels(plan) if len(one.who) == 2)
    assert {(one.id, one.does) for one in panel.who} == {("guard", "run"), ("thief", "run")}
    hunter, hunted = panel.who
    assert hunter.facing == hunted.facing == ("right" if hunter.at < hunted.at else "left")


def test_who_says_my_name_is_gets_that_name(brief_of: Callable[..., Brief]) -> None:
    text = 'A tall woman in a black dress stepped into the office. "My name is Vivian," she said.'
    plan = write(brief_of(text))
    assert [(one.id, one.name) for one in plan.cast] == [("vivian", "Vivian")]


def test_a_wet_field_in_march_is_no_rain_and_no_place(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("On a Sunday in March Anna ran across the wet field."))
    assert {one.id for one in plan.places} == {"field"}
    assert {one.weather for one in panels(plan)} == {"clear"}
