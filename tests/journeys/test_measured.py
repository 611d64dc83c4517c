"""What a film measures of itself, and with what."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from commandline import stillreel

if TYPE_CHECKING:
    from pathlib import Path


def test_a_clip_of_the_film_is_as_its_board_orders_it(idea: Path) -> None:
    clip = next((idea / "out" / "clips").glob("C01*.mp4"))
    said = stillreel("measure", "clip", clip, "--board", idea / "board" / "C01.toml", "--json")
    assert said.code == 0, said.err
    (found,) = said.json()["results"]
    assert found["wrong"] == []
    assert len(found["cuts"]) == 8
    assert len(found["drift_by_shot"]) == 9
    board = idea / "board" / "C99.toml"
    said = stillreel("measure", "clip", clip, "--board", board)
    assert (said.code, "There is no clip C99" in said.err) == (2, True)


def test_a_film_that_is_to_be_measured_by_models_says_which_weights_it_lacks(
    idea: Path, tmp_path: Path
) -> None:
    film = tmp_path / "film"
    shutil.copytree(idea, film, symlinks=True)
    settings = (film / "film.toml").read_text()
    (film / "film.toml").write_text(settings.replace('tier = "embedded"', 'tier = "model"'))
    said = stillreel("check", film, HOME=str(tmp_path))
    assert said.code == 3
    assert "film.toml: gates.tier: The model tier needs learned weights" in said.out
