"""A plan that is paid for: quoted, held under the ceiling, and never paid for twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from author import Author, at_home, chat, recorded, text_of
from commandline import IDEA
from stillreel.errors import Damaged, GateError, Lost, NotConfigured, ProjectError
from stillreel.production import folder as folders
from stillreel.production import settle, writing
from stillreel.production.buying import Terms
from stillreel.production.inspect import check
from stillreel.production.quote import quote
from stillreel.production.spending import spending
from stillreel.production.write import write_plan
from stillreel.providers import registry
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from author import Reply
    from stillreel.production.folder import Folder

pytest.importorskip("pydantic_ai")

WRITER = "llm:openai:gpt-6.1-terra"
BILL = Money(17_000)
"""Of one answer: 2,000 tokens of words at 1 USD a million, 3,000 of answer at 5."""
ENOUGH = Terms(max_spend=Money(1_000_000), pace=20.0)


@pytest.fixture
def author(monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    """A stand-in on loopback that the house `openai` is found at."""
    held = Author()
    with at_home(held) as url:
        monkeypatch.setenv("STILLREEL_LLM_OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-000000001234")
        registry.forget()
        yield held
    registry.forget()


@pytest.fixture
def film(tmp_path: Path) -> Folder:
    (tmp_path / "idea.md").write_text(IDEA)
    return folder(tmp_path, WRITER)


def folder(at: Path, writer: str) -> Folder:
    words = folders.film_toml(title="Snow", height=180)
    return folders.begin(at / "idea.md", at / "film", words.replace('"offline"', f'"{writer}"', 1))


def shots_lost(prompt: str) -> Reply:
    return None if prompt.startswith("Turn clip") else recorded(prompt)


def test_nothing_is_asked_under_a_ceiling_of_nothing(film: Folder, author: Author) -> None:
    with pytest.raises(GateError, match="plan-beats would cost up to"):
        write_plan(film)
    assert author.posts == 0


@pytest.mark.usefixtures("author")
def test_a_plan_costs_what_was_billed_and_lies_between_the_quotes(film: Folder) -> None:
    before = quote(film)
    assert [line.stage for line in before.lines] == ["plan"]
    found = write_plan(film, terms=ENOUGH)
    assert (found.clips, found.cast) == (1, ("the girl", "the bird"))
    spent = spending(film, "")
    assert spent.charged == Money(2 * BILL.micros)
    assert spent.wasted == Money()
    assert [line.name for line in spent.by_stage] == ["plan"]
    assert before.low <= spent.charged <= before.high
    assert check(film) == ()


def test_a_stage_has_a_ceiling_of_its_own(film: Folder, author: Author) -> None:
    path = film.root / "film.toml"
    path.write_text(path.read_text().replace("stage_usd = {}", 'stage_usd = { plan = "0.01" }'))
    with pytest.raises(GateError, match="ceiling of the stage plan"):
        write_plan(film, terms=ENOUGH)
    assert author.posts == 0


def test_writing_it_again_asks_and_pays_for_nothing(film: Folder, author: Author) -> None:
    write_plan(film, terms=ENOUGH)
    again = write_plan(film, terms=ENOUGH)
    assert (author.posts, again.written, again.kept) == (2, (), ())


def test_a_file_that_a_person_edited_stays(film: Folder, author: Author) -> None:
    write_plan(film, terms=ENOUGH)
    board = film.root / "board" / "C01.toml"
    board.write_text(board.read_text().replace("The red coat", "Red"))
    writing.ask_anew(film)
    assert write_plan(film, terms=ENOUGH).kept == ("board/C01.toml",)
    assert author.posts == 4


def test_a_lost_answer_is_never_asked_again_until_a_person_says_so(
    film: Folder, author: Author
) -> None:
    author.says = shots_lost
    for _ in range(2):
        with pytest.raises(Lost):
            write_plan(film, terms=ENOUGH)
        assert author.posts == 2
    author.says = recorded
    settle.settle(film, "plan-C01", "", verdict="absent")
    assert write_plan(film, terms=ENOUGH).clips == 1
    assert author.posts == 3
    assert spending(film, "").charged == Money(2 * BILL.micros)


def test_what_was_answered_before_a_failure_is_not_paid_again(film: Folder, author: Author) -> None:
    author.says = lambda prompt: 401 if prompt.startswith("Turn clip") else recorded(prompt)
    with pytest.raises(Exception, match="401"):
        write_plan(film, terms=ENOUGH)
    author.says = recorded
    write_plan(film, terms=ENOUGH)
    beats = [one for one in author.prompts if not one.startswith("Turn clip")]
    assert len(beats) == 1


def test_an_answer_that_is_asked_for_again_is_a_job_of_its_own(
    film: Folder, author: Author
) -> None:
    wrong = json.loads(text_of("snow-C01"))
    wrong["panels"][0]["place"] = "moon"

    def first_wrong(prompt: str) -> Reply:
        mended = "These things are wrong" in prompt
        if prompt.startswith("Turn clip") and not mended:
            return chat(json.dumps(wrong))
        return recorded(prompt)

    author.says = first_wrong
    write_plan(film, terms=ENOUGH)
    spent = spending(film, "")
    names = {line.name.split()[0] for line in spent.by_take}
    assert names == {"plan-beats", "plan-C01", "plan-C01-2"}
    assert spent.charged == Money(3 * BILL.micros)


def test_an_answer_that_was_damaged_is_told_and_not_paid_again(
    film: Folder, author: Author
) -> None:
    write_plan(film, terms=ENOUGH)
    for path in film.files.rglob("*.json"):
        path.chmod(0o644)
        path.write_text("{}")
    with pytest.raises(Damaged, match="plan-beats"):
        write_plan(film, terms=ENOUGH)
    assert author.posts == 2


def test_no_key_is_written_anywhere(film: Folder, author: Author) -> None:
    author.says = shots_lost
    with pytest.raises(Lost) as told:
        write_plan(film, terms=ENOUGH)
    assert "planted" not in str(told.value)
    held = [path for path in film.root.rglob("*") if path.is_file()]
    assert [path for path in held if b"sk-planted" in path.read_bytes()] == []


def test_a_model_without_a_key_is_told_by_check_and_asks_nothing(
    film: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    registry.forget()
    assert [one.key for one in check(film)] == ["make.writer"]
    with pytest.raises(NotConfigured, match="OPENAI_API_KEY"):
        write_plan(film, terms=ENOUGH)


def test_by_hand_means_that_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "idea.md").write_text(IDEA)
    film = folder(tmp_path, "agent")
    assert [one.message for one in check(film)] == ["there is no clip yet"]
    with pytest.raises(ProjectError, match="by hand"):
        write_plan(film)
    assert not (film.root / "board").exists()


def test_only_a_language_model_may_cost_something(film: Folder) -> None:
    assert writing.may_cost(film).micros > 0
    path = film.root / "film.toml"
    path.write_text(path.read_text().replace(WRITER, "offline"))
    assert writing.may_cost(film) == Money()
