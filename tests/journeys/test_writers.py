"""A film whose plan somebody else writes: a language model, or an agent by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from author import Author, at_home
from commandline import IDEA, stillreel

PAGE = Path(__file__).parents[2] / "docs" / "writers.md"
_FILE = re.compile(r"`((?:cast|places|board)/\w+\.toml)`\n```toml\n(.*?)```", re.DOTALL)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    (tmp_path / "idea.md").write_text(IDEA)
    assert stillreel("new", tmp_path / "idea.md", tmp_path / "film", "--height", "180").code == 0
    return tmp_path / "film"


def writer(film: Path, name: str) -> None:
    path = film / "film.toml"
    path.write_text(path.read_text().replace('writer = "offline"', f'writer = "{name}"'))


def test_a_language_model_writes_and_the_film_is_made_from_its_plan(film: Path) -> None:
    pytest.importorskip("pydantic_ai")
    writer(film, "llm:openai:gpt-6.1-terra")
    author = Author()
    with at_home(author) as url:
        found = {"STILLREEL_LLM_OPENAI_BASE_URL": url, "OPENAI_API_KEY": "sk-planted-0000001234"}
        story = film.parent / "idea.md"
        refused = stillreel("make", story, "--out", film, "--json", **found)
        assert (refused.code, author.posts) == (4, 0)
        assert "--max-spend" in refused.out
        made = stillreel("make", story, "--out", film, "--max-spend", "1.00", "--json", **found)
    assert made.code == 0, made.err
    assert author.posts == 2
    assert made.json()["spent_usd"] == "0.034"
    assert (film / "out" / "film.mp4").stat().st_size > 10_000
    assert 'name = "the bird"' in (film / "cast" / "bird.toml").read_text()
    spent = stillreel("spend", film, "--json").json()
    assert (spent["spent_usd"], spent["wasted_usd"]) == ("0.034", "0.00")


def test_an_agent_writes_three_files_and_check_says_what_to_mend(film: Path) -> None:
    writer(film, "agent")
    told = stillreel("check", film, "--json")
    assert told.code == 3
    assert [one["message"] for one in told.json()["problems"]] == ["there is no clip yet"]
    files = dict(_FILE.findall(PAGE.read_text("utf-8")))
    assert sorted(files) == ["board/C01.toml", "cast/ada.toml", "places/quay.toml"]
    for name, text in files.items():
        (film / name).parent.mkdir(exist_ok=True)
        (film / name).write_text(text)
    board = film / "board" / "C01.toml"
    wrong = files["board/C01.toml"].replace('id = "ada", does = "wave"', 'id = "adda"')
    board.write_text(wrong.replace('seconds = "12"', 'seconds = "11"'))
    told = stillreel("check", film, "--json")
    found = {(one["line"], one["key"]): one["hint"] for one in told.json()["problems"]}
    assert found == {
        (3, "seconds"): 'Write seconds = "12", or change the panels.',
        (12, "panel.8.who.1.id"): "Did you mean 'ada'?",
    }
    board.write_text(files["board/C01.toml"])
    assert stillreel("check", film).code == 0
    made = stillreel("make", film.parent / "idea.md", "--out", film, "--json")
    assert made.code == 0, made.err
    assert made.json()["film"] == "out/film.mp4"
    assert stillreel("plan", film, "--force").code == 3
    assert board.read_text() == files["board/C01.toml"]
