from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from stillreel.plan.check import check
from stillreel.plan.make import warnings, write
from stillreel.plan.nouns import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Panel, Plan


def panels(plan: Plan) -> Iterator[Panel]:
    for clip in plan.clips:
        yield from clip.panel


def said(plan: Plan, words: str) -> list[Panel]:
    return [panel for panel in panels(plan) if words in panel.action]


def test_a_one_line_idea_is_one_clip_of_nine_panels(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("An old fisherman rows out into the storm to find his dog."))
    assert [clip.id for clip in plan.clips] == ["C01"]
    assert len(plan.clips[0].panel) == 9
    assert [one.age for one in plan.cast if one.kind == "human"] == ["elder"]
    assert {panel.place for panel in panels(plan)} == {"sea"}


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_number_of_clips_can_be_asked_for(brief_of: Callable[..., Brief], count: int) -> None:
    plan = write(brief_of("Anna walked to the well. She drew water."), PlanSettings(clips=count))
    assert len(plan.clips) == count
    assert all("Anna" in panel.action or "anna" in panel.action.lower() for panel in panels(plan))


def test_panels_add_up_to_their_clip_exactly_and_clips_are_ten_to_fifteen_seconds(
    giant: Plan, mill: Plan
) -> None:
    for clip in (*giant.clips, *mill.clips):
        assert sum(Decimal(panel.seconds) for panel in clip.panel) == Decimal(clip.seconds)
        assert 10 <= Decimal(clip.seconds) <= 15


def test_the_same_story_gives_the_same_plan(script: Brief) -> None:
    assert write(script) == write(script)


def test_every_name_a_panel_uses_exists(giant: Plan, mill: Plan) -> None:
    for plan in (giant, mill):
        cast, props = {one.id for one in plan.cast}, {one.id for one in plan.props}
        places = {one.id for one in plan.places}
        for panel in panels(plan):
            assert panel.place in places
            assert {one.id for one in panel.who} <= cast
            assert {one.holds for one in panel.who} - {""} <= props
            assert set(panel.props) <= props
            assert {one.looks_at for one in panel.who} - {""} <= cast | props
            assert {panel.focus, panel.over} - {""} <= cast | props


def test_the_wall_stands_only_between_its_building_and_its_breaking(giant: Plan) -> None:
    walls = ["wall" in panel.features for panel in panels(giant)]
    actions = [panel.action for panel in panels(giant)]
    built = next(i for i, text in enumerate(actions) if "built a high wall" in text)
    broken = max(i for i, text in enumerate(actions) if "knocked down the wall" in text)
    assert walls[built]
    assert walls[broken]
    assert not any(walls[:built])
    gone = next(i for i, text in enumerate(actions) if "grew very old" in text)
    assert broken < gone
    assert not any(walls[gone:])


def test_the_garden_is_in_winter_while_spring_is_elsewhere(giant: Plan) -> None:
    assert any(p.season == "spring" for p in said(giant, "The Spring came"))
    assert {p.season for p in said(giant, "it was still winter")} == {"winter"}


def test_the_sign_carries_the_words_of_the_story(giant: Plan) -> None:
    board = next(prop for prop in giant.props if prop.id == "notice-board")
    assert board.text == "TRESPASSERS WILL BE PROSECUTED"
    assert any(p.size == "insert" and p.focus == "notice-board" for p in panels(giant))


def test_children_sit_in_the_trees_and_the_giant_lies_in_bed(giant: Plan) -> None:
    tree = said(giant, "sitting in the branches")[0]
    assert next((one.id, one.does, one.on) for one in tree.who) == ("children", "sit", "tree")
    bed = said(giant, "lying awake in bed")[0]
    assert (bed.who[0].does, bed.who[0].on) == ("lie", "bed")
    assert next(one for one in giant.places if one.id == bed.place).kind == "room"


def test_pronouns_are_told_by_name(giant: Plan) -> None:
    assert said(giant, "The Giant built a high wall")
    assert said(giant, "The children were coming from school")


def test_a_giant_is_tall_and_grows_old_as_the_same_person(giant: Plan) -> None:
    young = next(one for one in giant.cast if one.id == "giant")
    old = next(one for one in giant.cast if one.id == "old-giant")
    assert young.height_m == old.height_m == 3.4
    assert young.outfit == old.outfit
    assert (young.age, old.age) == ("adult", "elder")
    assert said(giant, "lying dead under the tree")[-1].who[0].id in ("old-giant", "children")


def test_what_did_not_happen_is_not_drawn(mill: Plan) -> None:
    assert not said(mill, "rained")
    assert not said(mill, "would have left")


def test_what_was_not_done_is_not_acted(mill: Plan) -> None:
    quiet = said(mill, "did not smile")
    assert quiet
    assert all(one.does != "laugh" for panel in quiet for one in panel.who)


def test_speech_goes_to_its_speaker(mill: Plan) -> None:
    lines = {panel.line.text: panel.line.who for panel in panels(mill) if panel.line}
    assert lines["Is anybody here?"] == "mara"
    assert lines["Come in, child."] == "old-miller"


def test_things_taken_are_held_and_clothes_described_are_worn(mill: Plan) -> None:
    assert any(one.holds == "lantern" for panel in panels(mill) for one in panel.who)
    miller = next(one for one in mill.cast if one.id == "old-miller")
    assert miller.age == "elder"
    assert "#8a8d92" in {worn.colour for worn in miller.outfit}


def test_night_and_snow_carry_on_until_told_otherwise(mill: Plan) -> None:
    assert {panel.time for panel in panels(mill)} == {"night"}
    assert {panel.season for panel in panels(mill)} == {"winter"}


def test_a_third_of_the_shots_hold_still_and_sizes_vary(giant: Plan, mill: Plan) -> None:
    for plan in (giant, mill):
        assert [one for one in check(plan) if "row are" in one.message] == []
        for clip in plan.clips:
            assert sum(panel.move == "static" for panel in clip.panel) >= 3
            assert len({panel.size for panel in clip.panel}) >= 3


def test_nobody_crosses_the_line(giant: Plan, mill: Plan) -> None:
    assert [one for plan in (giant, mill) for one in check(plan) if "line" in one.message] == []


def test_no_picture_holds_more_than_seven_bodies(giant: Plan) -> None:
    members = {one.id: one.members for one in giant.cast}
    for panel in panels(giant):
        assert sum(one.seen or members[one.id] for one in panel.who) <= 7


def test_two_characters_never_share_a_main_colour(mill: Plan) -> None:
    people = [one for one in mill.cast if one.kind == "human"]
    assert len({one.outfit[0].colour for one in people}) == len(people)


def test_headings_of_a_script_give_place_and_time(script: Brief) -> None:
    plan = write(script)
    kinds = {one.id: one.kind for one in plan.places}
    seen = [(kinds[panel.place], panel.time) for panel in panels(plan)]
    assert seen[0] == ("room", "night")
    assert seen[-1] == ("street", "dawn")
    assert set(seen) == {("room", "night"), ("street", "dawn")}


def test_a_script_keeps_every_spoken_word_and_its_cast(script: Brief) -> None:
    plan = write(script)
    spoken = " ".join(panel.line.text for panel in panels(plan) if panel.line)
    assert spoken == "You kept the light on. I always keep the light on."
    assert {one.id for one in plan.cast} == {"mara", "jonas"}
    mara = next(one for one in plan.cast if one.id == "mara")
    assert any(worn.garment == "coat" and worn.colour == "#b8322a" for worn in mara.outfit)


def test_sources_point_into_the_story(mill: Plan) -> None:
    lines = [panel.source[0] for panel in panels(mill)]
    assert lines == sorted(lines)
    assert (min(lines), max(lines)) == (2, 10)


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("de", "Das Mädchen ging in den Wald. „Wohin?“, fragte der Wolf.", {"girl", "wolf"}),
        ("fr", "Le soir, le garçon courait dans le jardin. Son chien dormait.", {"boy", "dog"}),
        ("es", "La niña miraba el mar. —Hola —dijo el pescador.", {"girl", "fisherman"}),
        ("it", "La bambina correva nel bosco. Il lupo guardava.", {"girl", "wolf"}),
        ("pt", "O menino dormia no quarto. A mãe cantava.", {"boy", "mother"}),
        ("nl", "De koning liep door de tuin. De hond sliep.", {"king", "dog"}),
        ("ja", "冬の夜、男の子が森を歩いていた。「だれ」と男の子は言った。", {"boy"}),
        ("zh", "早晨，女孩在花园里笑。", {"girl"}),
    ],
)
def test_other_languages_are_read_by_a_small_word_list(
    brief_of: Callable[..., Brief], language: str, text: str, who: set[str]
) -> None:
    brief = brief_of(text, language)
    plan = write(brief)
    assert {one.id for one in plan.cast} == who
    assert plan.places[0].kind != "open"
    assert [one.severity for one in warnings(brief)] == ["warning"]


def test_an_unknown_language_still_gives_its_own_words(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("كان يا ما كان. عاش ملك في قصر.", "ar"))
    assert {panel.action for panel in panels(plan)} == {"كان يا ما كان.", "عاش ملك في قصر."}


def test_english_brings_no_warning(brief_of: Callable[..., Brief]) -> None:
    assert warnings(brief_of("She ran.")) == ()
