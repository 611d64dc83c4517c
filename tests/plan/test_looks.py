from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.plan.brackets import lifted
from stillreel.plan.looks import age_of, looks_of
from stillreel.plan.make import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Character, Plan


def named(plan: Plan, name: str) -> Character:
    return next(one for one in plan.cast if one.name == name)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("aged 12", "child"),
        ("aged 16", "teen"),
        ("mid-40s", "elder"),
        ("a woman of fifty", "adult"),
        ("a man of sixty", "elder"),
        ("in his seventies", "elder"),
        ("a nine-year-old girl", "child"),
        ("an old lamplighter", "elder"),
    ],
)
def test_years_and_words_tell_an_age(words: str, age: str) -> None:
    _, told = lifted(f"MARA ({words}) waits.")
    assert looks_of([told[0].looks if told else words]).age == ("adult" if "40s" in words else age)


@pytest.mark.parametrize(
    ("years", "age"), [(12, "child"), (13, "teen"), (20, "adult"), (60, "elder")]
)
def test_ages_of_life_have_borders(years: int, age: str) -> None:
    assert age_of(years) == age


def test_each_adjective_belongs_to_the_noun_it_stands_before() -> None:
    looks = looks_of(["short black hair, red jacket, a tall white hat, dark blue trousers"])
    assert (looks.hair_style, looks.hair_colour) == ("short", "#2a211c")
    assert looks.worn["jacket"] == "#b8322a"
    assert looks.worn["top-hat"] == "#f2efe8"
    assert looks.worn["trousers"] < "#2f4f8f"
    assert looks.taller == 0


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("a scar on her left cheek", ("scar", "cheek", "left", "")),
        ("a dragon tattoo on her right arm", ("tattoo", "arm", "right", "dragon")),
        ("a tattoo of a wave on her neck", ("tattoo", "neck", "centre", "wave")),
        ("a steel ring in her left eyebrow", ("piercing", "brow", "left", "steel ring")),
        ("a nose ring", ("piercing", "nose", "centre", "ring")),
        ("an eye patch over his right eye", ("patch", "brow", "right", "")),
        ("freckled", ("freckles", "cheek", "centre", "")),
    ],
)
def test_marks_know_their_kind_place_side_and_design(
    words: str, mark: tuple[str, str, str, str]
) -> None:
    found = looks_of([words]).marks
    assert [(one.kind, one.where, one.side, one.design) for one in found] == [mark]


def test_build_beard_and_bald_heads_are_read() -> None:
    assert looks_of(["huge, bearded"]).build == "broad"
    assert looks_of(["huge, bearded"]).beard == "full"
    assert looks_of(["shaved head"]).hair_style == "bald"
    assert looks_of(["a thick grey moustache"]).beard == "moustache"
    assert looks_of(["His hair was long and black"]).hair_style == "long"


def test_brackets_that_describe_are_lifted_and_others_stay() -> None:
    text, found = lifted("MARA (30s, red jacket) waits. JONAS (V.O.) speaks (softly).")
    assert text == "MARA waits. JONAS (V.O.) speaks (softly)."
    assert [(one.name, one.looks) for one in found] == [("MARA", "aged 30, red jacket")]
    assert lifted("OLD ANNA, 70s, sleeps.")[0] == "OLD ANNA, sleeps."


def test_a_bracket_in_a_script_becomes_the_identity_and_leaves_the_action(
    script_of: Callable[..., Brief],
) -> None:
    plan = write(
        script_of(
            ("heading", "EXT. TRAM STOP - NIGHT", ""),
            ("action", "MARA (30s, short black hair, red jacket, a scar on her left cheek)", ""),
            ("action", "JONAS (60s, grey beard, long green coat) walks out of the dark.", ""),
            ("character", "JONAS", ""),
            ("dialogue", "The last one left.", "JONAS"),
            ("action", "Mara laughs.", ""),
        )
    )
    mara, jonas = named(plan, "Mara"), named(plan, "Jonas")
    assert (mara.age, mara.hair.style, mara.hair.colour) == ("adult", "short", "#2a211c")
    assert ("jacket", "#b8322a") in [(one.garment, one.colour) for one in mara.outfit]
    assert [(one.kind, one.side) for one in mara.marks] == [("scar", "left")]
    assert (jonas.age, jonas.hair.beard, jonas.hair.colour) == ("elder", "full", "#b9b7b2")
    assert ("coat", "#3f7a45") in [(one.garment, one.colour) for one in jonas.outfit]
    assert not any("(" in panel.action for clip in plan.clips for panel in clip.panel)
    assert plan.places[0].kind == "street"


def test_clothes_told_in_a_later_sentence_are_worn(brief_of: Callable[..., Brief]) -> None:
    plan = write(
        brief_of(
            "An old lamplighter named Tobias walked down a street. "
            "He wore a long blue coat and a tall black hat."
        )
    )
    tobias = plan.cast[0]
    worn = {one.garment: one.colour for one in tobias.outfit}
    assert (tobias.name, tobias.age, tobias.hair.colour) == ("Tobias", "elder", "#c9c6c0")
    assert (worn["coat"], worn["top-hat"]) == ("#2f4f8f", "#26252b")


def test_clothes_of_the_one_who_is_met_are_not_the_doers(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of("A soldier met an old witch with a blue apron. The witch laughed."))
    soldier = next(one for one in plan.cast if one.id == "soldier")
    assert "apron" not in {one.garment for one in soldier.outfit}
