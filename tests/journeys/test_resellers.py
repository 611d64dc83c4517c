"""A clip bought of a reseller that echoes no tag: its seed finds it again, and the bill agrees."""

import json
from pathlib import Path

import pytest

from commandline import stillreel

STORY = "A girl in a red coat runs through the snow and finds a small bird under a tree.\n"


@pytest.mark.parametrize("platform", ["fal:fast", "replicate"])
def test_a_lost_answer_is_found_by_its_seed_and_nothing_is_paid_twice(
    platform: str, tmp_path: Path
) -> None:
    (tmp_path / "idea.md").write_text(STORY)
    film = tmp_path / "film"
    assert stillreel("new", tmp_path / "idea.md", film, "--height", 480).code == 0
    text = (
        (film / "film.toml").read_text().replace('clips = ["animatic"]', f'clips = ["{platform}"]')
    )
    text = text.replace('ceiling_usd = "0.00"', 'ceiling_usd = "5.00"')
    (film / "film.toml").write_text(text)
    assert stillreel("plan", film).code == 0
    fault = f"{platform.partition(':')[0]}/drop-after"
    said = stillreel("rehearse", film, "--pace", 120, "--json", "--fault", fault)
    assert said.code == 0, said.err
    told = json.loads(said.out.splitlines()[-1])
    assert (told["clips"], told["submits"], told["billed"]) == (1, 1, 1)
    assert (told["duplicates"], told["lost"], told["unknown"]) == (0, 0, 0)
    assert told["spent_usd"] == told["billed_usd"] != "0.00"
