from __future__ import annotations

import pytest

from stillreel.draw.page.board import panel_boxes
from stillreel.grid.ask import ask_for, board_size, wanted
from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan, PlanProp
from stillreel.sheet.ask import ask_for as sheet_ask
from stillreel.values.scene import Performer


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1", "4:3", "21:9"])
def test_the_margins_of_a_board_are_as_wide_as_its_gutters(ratio: str) -> None:
    width, height = board_size(ratio)
    boxes = panel_boxes(width, height, ratio)
    gutter = boxes[1][0] - boxes[0][2]
    assert boxes[3][1] - boxes[0][3] == gutter
    assert boxes[0][:2] == (gutter, gutter)
    assert (width - boxes[8][2], height - boxes[8][3]) == (gutter, gutter)
    assert max(width, height) <= 1920


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "21:9"])
def test_panels_of_a_board_are_even_sized_and_of_the_ratio(ratio: str) -> None:
    across, down = (int(part) for part in ratio.split(":"))
    for left, top, right, bottom in panel_boxes(*board_size(ratio), ratio):
        wide, high = right - left, bottom - top
        assert (wide % 2, high % 2) == (0, 0)
        assert wide / high == pytest.approx(across / down, rel=0.005)


def _plan(*, real: bool) -> Plan:
    panels = tuple(
        Panel(
            id=f"P{number}",
            size="insert" if number == 9 else "wide",
            seconds="1.2",
            action="A sign.",
            place="bridge",
            props=("sign",) if number == 9 else (),
        )
        for number in range(1, 10)
    )
    return Plan(
        title="Signs",
        places=(Place(id="bridge", name="the Charles Bridge", real=real),),
        props=(
            PlanProp(id="sign", name="the sign", text="KEEP OUT"),
            PlanProp(id="axe", name="axe"),
        ),
        clips=(ClipPlan(id="C01", title="Signs", seconds="10.8", panel=panels),),
    )


def test_words_on_a_thing_and_what_exists_are_asked_for_where_they_are_shown() -> None:
    plan = _plan(real=True)
    board = ask_for(plan, plan.clips[0], "", 1, ())
    assert (board.grounded, board.lettering) == (True, ("KEEP OUT",))
    sign, axe, bridge = (sheet_ask(plan, one, "", 1) for one in ("sign", "axe", "bridge"))
    assert (sign.grounded, sign.lettering) == (False, ("KEEP OUT",))
    assert (axe.grounded, axe.lettering) == (False, ())
    assert bridge.grounded
    assert not sheet_ask(_plan(real=False), "bridge", "", 1).grounded


def test_people_and_animals_in_one_panel_are_not_told_to_be_alike() -> None:
    plan = _plan(real=False)
    cast = tuple(
        Character(id=name, name=name, kind=kind)
        for name, kind in (("ana", "human"), ("ben", "human"), ("rex", "dog"))
    )
    first = plan.clips[0].panel[0]
    groups = (("ana", "ben"), ("ana", "rex"), ("rex",))
    panels = tuple(
        first.model_copy(update={"who": tuple(Performer(id=name) for name in names)})
        for names in groups
    )
    clip = plan.clips[0].model_copy(update={"panel": panels})
    found = wanted(plan.model_copy(update={"cast": cast}), clip)
    assert [one.alike for one in found] == [True, False, True]
    assert [one.count for one in found] == [2, 2, 1]
