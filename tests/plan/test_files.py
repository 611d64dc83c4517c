from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from pydantic import BaseModel

from stillreel.plan.files import load, plan_files
from stillreel.plan.lines import problems_of
from stillreel.plan.nouns import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.plan.nouns import Plan
    from stillreel.values.problem import Problem


def change(file: Path, old: str, new: str, count: int = 1) -> int:
    """Replace words in a file and return the line they stood on."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def only(folder: Path) -> Problem:
    plan, problems = load(folder)
    assert plan is None
    assert len(problems) == 1
    return problems[0]


def test_a_plan_written_and_read_again_is_the_same_plan(folder: Path, mill: Plan) -> None:
    settings = PlanSettings(title=mill.title, style=mill.style)
    plan, problems = load(folder, settings)
    assert problems == ()
    assert plan is not None
    assert plan.clips == mill.clips
    assert {one.id: one for one in plan.cast} == {one.id: one for one in mill.cast}
    assert plan.title == mill.title


def test_files_carry_comments_for_the_hand_that_edits_them(mill: Plan) -> None:
    texts = {one.path: one.text for one in plan_files(mill)}
    assert texts["cast/mara.toml"].startswith("# Mara: who this is to the eye")
    assert "# size: extreme-wide wide full" in texts["board/C01.toml"]


def test_an_unknown_key_is_met_with_a_guess(folder: Path) -> None:
    line = change(folder / "board/C01.toml", "weather =", "wether =")
    problem = only(folder)
    assert (problem.file, problem.line, problem.key) == ("board/C01.toml", line, "panel.1.wether")
    assert problem.hint == "Did you mean 'weather'?"


def test_a_word_outside_the_vocabulary_is_met_with_the_vocabulary(folder: Path) -> None:
    line = change(folder / "board/C01.toml", 'angle = "eye-level"', 'angle = "eyelevel"')
    problem = only(folder)
    assert problem.line == line
    assert "Did you mean 'eye-level'?" in problem.hint
    assert "overhead" in problem.hint


def test_a_wrong_type_says_what_it_should_be(folder: Path) -> None:
    change(folder / "cast/mara.toml", "height_m = 1", 'height_m = "tall"  # 1')
    assert only(folder).message == "This must be a number, not 'tall'."


def test_a_missing_reference_names_file_line_and_nearest_name(folder: Path) -> None:
    line = change(folder / "board/C01.toml", '{ id = "mara"', '{ id = "marra"')
    problem = only(folder)
    assert (problem.file, problem.line) == ("board/C01.toml", line)
    assert problem.hint == "Did you mean 'mara'?"


def test_seconds_that_do_not_add_up_are_told_with_the_sum(folder: Path, mill: Plan) -> None:
    change(folder / "board/C01.toml", f'seconds = "{mill.clips[0].seconds}"', 'seconds = "12.34"')
    plan, problems = load(folder)
    assert plan is None
    assert any("add up" in one.message and one.key == "seconds" for one in problems)


def test_a_clip_with_eight_panels_is_told_to_have_nine(folder: Path) -> None:
    file = folder / "board/C01.toml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.rindex("[[panel]]")], "utf-8")
    assert only(folder).message == "A clip has nine panels; this one has 8."


def test_an_id_used_twice_is_found_in_both_rooms(folder: Path) -> None:
    prop = (folder / "props/axe.toml").read_text("utf-8").replace('"axe"', '"mara"', 1)
    (folder / "props/mara.toml").write_text(prop, "utf-8")
    plan, problems = load(folder)
    assert plan is None
    assert any("used twice" in one.message and "cast/mara.toml" in one.message for one in problems)


def test_a_file_whose_name_is_not_its_id_is_told(folder: Path) -> None:
    (folder / "cast/mara.toml").rename(folder / "cast/maria.toml")
    problem = only(folder)
    assert problem.file == "cast/maria.toml"
    assert "Rename the file to mara.toml" in problem.hint


def test_broken_toml_is_told_with_its_line(folder: Path) -> None:
    line = change(folder / "places/mill.toml", "name = ", "name ")
    plan, problems = load(folder)
    assert plan is None
    assert [(one.file, one.line) for one in problems] == [("places/mill.toml", line)]


def test_bytes_that_are_not_text_are_told(folder: Path) -> None:
    (folder / "cast/mara.toml").write_bytes(b'id = "mara"\nname = "\xff"\n')
    problem = only(folder)
    assert (problem.line, problem.message) == (2, "This file is not UTF-8 text.")


def test_all_problems_come_at_once(folder: Path) -> None:
    change(folder / "board/C01.toml", "weather =", "wether =")
    change(folder / "cast/mara.toml", "skin =", "skinn =")
    change(folder / "props/axe.toml", 'colour = "#', 'colour = "')
    _, problems = load(folder)
    assert {one.file for one in problems} == {
        "board/C01.toml",
        "cast/mara.toml",
        "props/axe.toml",
    }


def test_a_folder_without_files_is_an_empty_plan(tmp_path: Path) -> None:
    plan, problems = load(tmp_path)
    assert problems == ()
    assert plan is not None
    assert plan.clips == ()


@pytest.mark.parametrize("words", ['He said "no" \\ twice', "tab\there", "日本語 “x”", "a = b # c"])
def test_any_words_survive_the_file(
    tmp_path: Path, mill: Plan, put: Callable[[Plan, Path], None], words: str
) -> None:
    panel = mill.clips[0].panel[0].model_copy(update={"action": words})
    clip = mill.clips[0].model_copy(update={"panel": (panel, *mill.clips[0].panel[1:])})
    put(mill.model_copy(update={"clips": (clip,)}), tmp_path)
    plan, problems = load(tmp_path)
    assert problems == ()
    assert plan is not None
    assert plan.clips[0].panel[0].action == words


def test_numbers_that_may_be_written_are_listed() -> None:
    class Rate(BaseModel):
        fps: Literal[24, 25, 30] = 24
        read: Literal["grid", "panels"] = "grid"

    _, problems = problems_of('fps = 23\nread = "gird"\n', Rate, "film.toml")
    hints = {one.key: one.hint for one in problems}
    assert "One of: 24, 25, 30." in hints["fps"]
    assert "One of: grid, panels." in hints["read"]
