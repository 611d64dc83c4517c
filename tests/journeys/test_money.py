"""A film on a paid platform, against stand-in vendors: bought once, whatever goes wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from commandline import Said, stillreel

STORY = "A girl in a red coat runs through the snow and finds a small bird under a tree.\n"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    story = tmp_path / "idea.md"
    story.write_text(STORY)
    folder = tmp_path / "film"
    assert stillreel("new", story, folder, "--height", 480).code == 0
    toml = folder / "film.toml"
    text = toml.read_text().replace('clips = ["animatic"]', 'clips = ["ark"]')
    toml.write_text(text.replace('ceiling_usd = "0.00"', 'ceiling_usd = "5.00"'))
    assert stillreel("plan", folder).code == 0
    return folder


def rehearsed(film: Path, *words: object) -> tuple[Said, dict[str, Any]]:
    said = stillreel("rehearse", film, "--pace", 200, "--json", *words)
    return said, json.loads(said.out.splitlines()[-1])


def test_a_lost_answer_is_found_again_and_the_ledger_agrees_with_the_bill(film: Path) -> None:
    said, told = rehearsed(film, "--fault", "ark/drop-after")
    assert said.code == 0, said.err
    assert (told["clips"], told["submits"], told["billed"]) == (1, 1, 1)
    assert (told["duplicates"], told["lost"], told["unknown"]) == (0, 0, 0)
    assert told["spent_usd"] == told["billed_usd"] != "0.00"
    assert not (film / ".stillreel" / "engine.db").exists()


def test_a_refused_clip_costs_nothing_and_says_what_to_mend(film: Path) -> None:
    said, told = rehearsed(film, "--fault", "ark/moderation-input")
    assert said.code == 5
    assert (told["clips"], told["billed"], told["spent_usd"]) == (0, 0, "0.00")
    (failed,) = told["failed"]
    assert (failed["error"], failed["charged"], failed["where"]) == ("Refused", "no", "C01")
    assert failed["next_step"].startswith("Change the words")


def test_nothing_is_bought_without_a_word_from_a_person(film: Path) -> None:
    said = stillreel("run", film)
    assert said.code == 4
    assert "Nobody agreed to spend" in said.err
    boards = stillreel("run", film, "--until", "grid")
    assert (boards.code, "USD" in boards.err) == (0, False), "boards are free: nobody is asked"
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace('through = "grid"', 'through = "shot"'))
    assert stillreel("run", film, "--until", "grid").code == 4, "the contest would move clips"
    assert not (film / ".stillreel" / "engine.db").exists()


def test_a_quote_prices_every_clip_without_a_key_or_a_call(film: Path) -> None:
    said = stillreel("quote", film, "--json")
    told = json.loads(said.out)
    clip = next(line for line in told["stages"] if line["stage"] == "clip")
    assert (clip["provider"], clip["missing"]) == ("ark", 1)
    assert 0 < float(clip["low_usd"]) <= float(clip["high_usd"]) < 5
    (finish,) = told["finish"]
    assert (finish["why_not"], finish["unready"]) == ("", "no key: set ARK_API_KEY")
    assert 0 < finish["p50_s"] <= finish["p90_s"]
    assert 0 < float(finish["low_usd"]) <= float(finish["high_usd"])


def test_a_quote_says_why_a_platform_cannot_make_a_clip_and_what_the_others_lack(
    film: Path,
) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace('clips = ["ark"]', 'clips = ["ark", "pollo"]'))
    mix, ark, pollo = json.loads(stillreel("quote", film, "--json").out)["finish"]
    assert pollo["why_not"] == "it cannot make C01: Pollo reads frames, not grid"
    assert pollo["unready"].startswith("no key: set POLLO_API_KEY")
    assert mix["unready"] == ark["unready"] == "no key: set ARK_API_KEY"


def test_panels_that_are_read_are_named_by_the_prompt_that_is_handed_over(film: Path) -> None:
    toml = film / "film.toml"
    text = toml.read_text().replace('clips = ["ark"]', 'clips = ["hand-off"]')
    toml.write_text(text.replace('read = "grid"', 'read = "panels"'))
    assert stillreel("run", film).code == 4
    pack = film / "out" / "hand-off" / "C01"
    panels = sorted(int(one.stem.split("-")[0]) for one in pack.glob("*-P[1-9].png"))
    prompt = (pack / "prompt.txt").read_text()
    shots = [line for line in prompt.splitlines() if line.startswith("Shot ")]
    told = [int(found.group(1)) for found in re.finditer(r"from \D*(\d+)\S*, ", "\n".join(shots))]
    assert told == panels
    assert len(panels) >= 2
    assert "is the identity of" in prompt
    assert "{{ref:" not in prompt


def test_a_photographed_face_is_flagged_with_its_sheet_and_never_submitted(film: Path) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace('measure = "auto"', 'measure = "all"'))
    drawn = stillreel("run", film, "--until", "sheet", "--max-spend", 5)
    assert "may pass for a photograph" not in drawn.err
    toml.write_text(toml.read_text().replace('"storybook, warm light"', '"cinematic photograph"'))
    said, told = rehearsed(film)
    assert said.code == 4
    assert "ark refuses such pictures" in said.out
    assert (told["submits"], told["withheld"]) == (0, ["C01"])


def test_required_disclosure_warns_of_whoever_marks_nothing_and_advice_says_who_does(
    film: Path,
) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("required = false", "required = true"))
    assert "what ark makes is not known to carry provenance" in stillreel("check", film).out
    found = json.loads(stillreel("providers", "--film", film, "--json").out)["advice"]
    by = {one["provider"]: one for one in found}
    assert by["ark"]["named"]
    assert any("disclosure is required" in told for told in by["ark"]["lacks"])
    assert any("C2PA" in told for told in by["gpt-image"]["suits"])
    assert any("16 references" in told for told in by["gpt-image"]["suits"])
    assert by["lumen"]["state"] == "ready"


def test_a_clip_that_is_stuck_is_ordered_elsewhere_too_where_the_film_hedges(film: Path) -> None:
    toml = film / "film.toml"
    text = toml.read_text().replace("hedge = false", "hedge = true")
    toml.write_text(text.replace('clips = ["ark"]', 'clips = ["ark:fast", "fal"]'))
    said, told = rehearsed(film, "--fault", "ark/unknown-status/0")
    assert said.code == 0, said.err
    # Both are billed, one is used: the other is still being made when the film is done.
    assert (told["clips"], told["submits"], told["billed"]) == (1, 2, 2)
    assert 0 < float(told["spent_usd"]) < float(told["billed_usd"])
