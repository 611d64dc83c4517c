"""From plan and board to the ask for a clip."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillreel.clip.ask import ask_for, picture_size
from stillreel.clip.nouns import ClipSettings
from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan
from stillreel.providers.ask import Reference
from stillreel.values.scene import Performer


def a_plan(seconds: str = "1.5", total: str = "13.5") -> Plan:
    panels = tuple(
        Panel(
            id=f"P{n}",
            size="wide",
            seconds=seconds,
            action="She waits.",
            who=(Performer(id="mara"),),
            place="garden",
        )
        for n in range(1, 10)
    )
    return Plan(
        title="T",
        cast=(Character(id="mara", name="Mara"),),
        places=(Place(id="garden", name="Garden", kind="garden"),),
        clips=(ClipPlan(id="C01", title="One", seconds=total, panel=panels),),
    )


PANELS = tuple(Reference("board", f"panel-{n}", "0" * 64, Path("x.png")) for n in range(1, 10))


@pytest.mark.parametrize(
    ("ratio", "height", "size"),
    [
        ("16:9", 1080, (1920, 1080)),
        ("16:9", 720, (1280, 720)),
        ("9:16", 1080, (1080, 1920)),
        ("1:1", 1080, (1080, 1080)),
        ("4:3", 720, (960, 720)),
        ("21:9", 1080, (1920, 822)),
    ],
)
def test_pictures_have_the_ratio_of_the_film_and_even_sides(
    ratio: str, height: int, size: tuple[int, int]
) -> None:
    assert picture_size(ratio, height) == size


def test_an_ask_carries_the_clip_in_frames_that_add_up() -> None:
    plan = a_plan()
    settings = ClipSettings(height=720, quality="publish", caption=True)
    ask = ask_for(
        plan, plan.clips[0], "words", 2, panels=PANELS, drawn_by="lumen", settings=settings
    )
    assert sum(panel.frames for panel in ask.board.panels) == 324
    assert (ask.width, ask.height, ask.fps) == (1280, 720, 24)
    assert (ask.quality, ask.caption, ask.take) == ("publish", True, 2)
    assert ask.drawn_by == "lumen"
    assert [one.id for one in ask.board.cast] == ["mara"]


def test_the_same_take_has_the_same_seed_and_a_redo_another() -> None:
    plan = a_plan()
    first, again, redo = (
        ask_for(plan, plan.clips[0], "", number, panels=PANELS, drawn_by="lumen")
        for number in (1, 1, 2)
    )
    assert first.seed == again.seed != redo.seed
