"""A film whose stills are bought of two rivals: both draw, one wins, and the bill agrees."""

import json
from pathlib import Path
from typing import Any

import pytest

from commandline import Said, stillreel

STORY = "A girl in a red coat runs through the snow and finds a small bird under a tree.\n"


def rehearsed(
    folder: Path, sheets: str, *words: object, samples: int = 3, pace: int = 600
) -> tuple[Said, dict[str, Any]]:
    """Rehearse a small film with these front-ends; its pictures are test cards, let through."""
    (folder / "idea.md").write_text(STORY)
    film = folder / "film"
    assert stillreel("new", folder / "idea.md", film, "--height", 144).code == 0
    text = (film / "film.toml").read_text()
    for old, new in (
        ('sheets = ["lumen", "ink"]', f"sheets = {sheets}"),
        ('ceiling_usd = "0.00"', 'ceiling_usd = "9.00"'),
        ('measure = "auto"', 'measure = "none"'),
        ("samples = 3", f"samples = {samples}"),
    ):
        assert old in text
        text = text.replace(old, new)
    (film / "film.toml").write_text(text)
    assert stillreel("plan", film).code == 0
    said = stillreel("rehearse", film, "--pace", pace, "--json", *words)
    return said, json.loads(said.out.splitlines()[-1])


@pytest.mark.parametrize(
    ("sheets", "faults"),
    [
        ('["gpt-image", "nano-banana"]', ("openai/overload", "gemini/moderation-output")),
        ('["gpt-image-batch", "nano-banana:2.1"]', ("openai/drop-after", "gemini/busy")),
    ],
)
def test_both_rivals_draw_and_the_ledger_agrees_with_the_bill(
    sheets: str, faults: tuple[str, ...], tmp_path: Path
) -> None:
    words = [word for fault in faults for word in ("--fault", fault)]
    said, told = rehearsed(tmp_path, sheets, *words)
    assert said.code == 0, said.err
    assert told["clips"] == 1
    assert (told["duplicates"], told["lost"], told["unknown"]) == (0, 0, 0)
    assert told["spent_usd"] == told["billed_usd"] != "0.00"


def test_boards_of_one_clip_for_a_contest_are_one_call_where_the_vendor_draws_several(
    tmp_path: Path,
) -> None:
    rivals = '["gpt-image:2-low", "nano-banana:2.1"]'
    said, told = rehearsed(tmp_path, rivals, samples=8, pace=5000)
    assert said.code == 0, said.err
    film = tmp_path / "film"
    sheets = sum(len([*(film / room).glob("*.toml")]) for room in ("cast", "places", "props"))
    # Eight units are the fewest that can decide: eight calls of the one, and one of the other.
    assert told["submits"] == 2 * sheets + 8 + 1
    assert (told["duplicates"], told["lost"], told["unknown"]) == (0, 0, 0)
    assert told["spent_usd"] == told["billed_usd"] != "0.00"


def test_a_lost_picture_of_a_vendor_without_a_list_waits_for_a_person(tmp_path: Path) -> None:
    said, told = rehearsed(tmp_path, '["gpt-image"]', "--fault", "openai/drop-after")
    assert said.code == 4
    lost = told["failed"][0]
    assert (lost["error"], lost["charged"]) == ("Lost", "unknown")
    assert "X-Client-Request-Id" in lost["what"]
    assert "stillreel settle" in lost["next_step"]


def test_a_sheet_that_one_rival_refuses_is_used_from_the_other(tmp_path: Path) -> None:
    said, told = rehearsed(
        tmp_path, '["gpt-image", "nano-banana"]', "--fault", "openai/moderation-input"
    )
    assert said.code == 0, said.err
    assert "Another take was drawn." in said.out
    assert (told["clips"], told["failed"]) == (1, [])
    assert told["spent_usd"] == told["billed_usd"]


def test_a_sheet_that_nobody_draws_holds_back_its_clips_and_says_so(tmp_path: Path) -> None:
    said, told = rehearsed(tmp_path, '["gpt-image"]', "--fault", "openai/moderation-input")
    assert said.code == 5
    assert told["clips"] == 0
    refused, held = told["failed"]
    assert (refused["error"], refused["charged"]) == ("Refused", "no")
    assert held["where"] == "C01"
    assert "which nobody drew" in held["what"]
    assert told["spent_usd"] == told["billed_usd"] != "0.00"
