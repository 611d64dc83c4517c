# ruff: noqa: E501 - the tales keep their paragraphs
"""Names behind a number are those counted, and what a crow, a hood or a pitcher looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.plan.make import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import Plan

KITE = (
    ("heading", "INT. KITCHEN - MORNING", ""),
    ("action", "Three children, LOTTE (9), BEN (7) and little OLA (5), sit at a table.", ""),
    ("heading", "EXT. VILLAGE STREET - DUSK", ""),
    (
        "action",
        "The three children walk along. Lotte wears a yellow coat with a hood.",
        "",
    ),
    ("action", "An old woman, MRS. BRANDT (70), grey bun, stands in her doorway and points.", ""),
    ("heading", "EXT. ROOFTOP - NIGHT", ""),
    ("action", "Lotte climbs a ladder to the roof.", ""),
    ("heading", "INT. KITCHEN - NIGHT", ""),
    ("action", "The children sleep. Mrs. Brandt puts a blanket over them.", ""),
)
CROW = """
A thirsty crow found a pitcher with a little water in it, but the pitcher had a narrow neck.

Picking up some small pebbles, he dropped them into the pitcher. A sheep looked at the crow.
"""

KETTLE = """
Mara was an old woman who lived in a small house by the river. One evening her kettle began to sing. "Who is there?" asked Mara. She lifted the lid. A small blue bird looked out and said, "Let me warm my wings." Mara set the kettle on the window sill. The bird sang until the moon came up over the river. In the morning the kettle was empty, and Mara found a blue feather on the table.
"""


@pytest.fixture(scope="module")
def kite(script_of: Callable[..., Brief]) -> Plan:
    return write(script_of(*KITE))


@pytest.fixture(scope="module")
def crow(brief_of: Callable[..., Brief]) -> Plan:
    return write(brief_of(CROW))


def company(plan: Plan, words: str) -> set[str]:
    """Return who is in the first panel whose action has these words."""
    panels = (panel for clip in plan.clips for panel in clip.panel)
    return {one.id for one in next(panel for panel in panels if words in panel.action).who}


def test_the_names_behind_a_number_are_those_counted_and_no_others(kite: Plan) -> None:
    assert [one.id for one in kite.cast if one.age == "child"] == ["lotte", "ben", "ola"]
    assert {one.members for one in kite.cast} == {1}
    for words in ("Three children", "The three children walk", "The children sleep"):
        assert company(kite, words) == {"lotte", "ben", "ola"}


def test_a_title_ends_no_sentence_and_its_name_is_the_womans(kite: Plan) -> None:
    (brandt,) = (one for one in kite.cast if one.age == "elder")
    assert (brandt.id, brandt.presentation, brandt.hair.style) == ("mrs-brandt", "feminine", "bun")
    assert company(kite, "points") == {"mrs-brandt"}
    assert not any(clip.title.rstrip(".") == "Mrs" for clip in kite.clips)


def test_a_hood_has_the_colour_of_its_coat(kite: Plan) -> None:
    (lotte,) = (one for one in kite.cast if one.id == "lotte")
    worn = {one.garment: one.colour for one in lotte.outfit}
    assert worn["hood"] == worn["coat"]


def test_animals_have_the_colour_of_their_kind_where_the_story_names_none(crow: Plan) -> None:
    coats = {one.id: one.skin for one in crow.cast}
    assert max(int(coats["crow"][at : at + 2], 16) for at in (1, 3, 5)) < 64
    assert min(int(coats["sheep"][at : at + 2], 16) for at in (1, 3, 5)) > 200


def test_what_things_go_into_is_in_the_picture(crow: Plan) -> None:
    assert {one.id for one in crow.props} >= {"pitcher", "pebble"}
    panels = [panel for clip in crow.clips for panel in clip.panel]
    (dropped, *_) = (panel for panel in panels if "into the pitcher" in panel.action)
    assert "pitcher" in (*dropped.props, dropped.focus)


def test_what_somebody_looks_at_is_a_prop_of_the_plan(brief_of: Callable[..., Brief]) -> None:
    plan = write(brief_of(KETTLE))
    known = {one.id for one in (*plan.cast, *plan.props)}
    looked = {one.looks_at for clip in plan.clips for panel in clip.panel for one in panel.who}
    assert "feather" in looked
    assert looked <= known | {""}


def test_a_clause_without_its_subject_is_told_in_small_letters(crow: Plan) -> None:
    told = " ".join(panel.action for clip in crow.clips for panel in clip.panel)
    assert "was picking up some small pebbles" in told
    assert "Picking" not in told
