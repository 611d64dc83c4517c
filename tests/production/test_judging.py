"""A judge on a film's account: priced, held under the ceiling, and never paid twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from author import Author, at_home, chat
from commandline import IDEA
from stillreel.errors import GateError, ProviderError
from stillreel.production import folder as folders
from stillreel.production import judging
from stillreel.production.settle import settle, unsettled
from stillreel.production.spending import spending
from stillreel.providers import registry
from stillreel.providers.ask import JudgeAsk, Shown
from stillreel.values.digest import of_bytes
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from author import Reply
    from stillreel.production.folder import Folder
    from stillreel.providers.ask import JudgeAnswer

pytest.importorskip("pydantic_ai")

JUDGE = "llm:openai:gpt-6.1-terra"
BILL = Money(17_000)
"""Of one answer: 2,000 tokens of words at 1 USD a million, 3,000 of answer at 5."""
ENOUGH = Money(1_000_000)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
SHOWN = (Shown("reference-part", of_bytes(PICTURE), PICTURE),)
ASKS = tuple(JudgeAsk(f"mara/{at}", f"Is hat {at} there?", SHOWN) for at in range(6))
PRESENT = chat(json.dumps({"seen": "present", "how": "", "evidence": "a hat"}))
CHILD = """
import asyncio, sys
from pathlib import Path
from test_judging import ASKS, ENOUGH, JUDGE
from stillreel.production import judging
from stillreel.production.folder import Folder
from stillreel.providers import registry

with judging.account(Folder(Path(sys.argv[1])), registry.judge(JUDGE), "") as account:
    asyncio.run(account.hear(ASKS, ENOUGH))
"""


@pytest.fixture
def author(monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    """A stand-in on loopback that the house `openai` is found at; it sees every hat."""
    held = Author()
    held.says = lambda _prompt: PRESENT
    with at_home(held) as url:
        monkeypatch.setenv("STILLREEL_LLM_OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-000000001234")
        registry.forget()
        yield held
    registry.forget()


@pytest.fixture
def film(tmp_path: Path) -> Folder:
    (tmp_path / "idea.md").write_text(IDEA)
    words = folders.film_toml(title="Snow", height=180)
    return folders.begin(tmp_path / "idea.md", tmp_path / "film", words)


def heard(film: Folder, agreed: Money = ENOUGH) -> tuple[JudgeAnswer | None, ...]:
    with judging.account(film, registry.judge(JUDGE), "") as account:
        return asyncio.run(account.hear(ASKS, agreed))


def test_what_a_judge_costs_is_in_the_spend_of_the_film(film: Folder, author: Author) -> None:
    assert [one and one.seen for one in heard(film)] == ["present"] * 6
    found = spending(film, "")
    assert (found.charged, found.held, found.wasted) == (Money(6 * BILL.micros), Money(), Money())
    assert [line.name for line in found.by_stage] == ["judge"]
    assert author.posts == 6


def test_the_same_question_is_not_asked_or_paid_twice(film: Folder, author: Author) -> None:
    first = heard(film)
    assert heard(film, Money()) == first
    assert author.posts == 6


def test_nothing_is_asked_above_what_was_agreed_to(film: Folder, author: Author) -> None:
    with pytest.raises(GateError, match="can cost"):
        heard(film, BILL)
    assert author.posts == 0


def test_the_ceiling_of_the_film_holds_whatever_was_agreed_to(film: Folder, author: Author) -> None:
    path = film.root / "film.toml"
    path.write_text(path.read_text().replace('ceiling_usd = "0.00"', 'ceiling_usd = "0.01"'))
    with pytest.raises(GateError, match="ceiling of this film"):
        heard(film)
    assert author.posts == 0


def test_a_lost_answer_is_missing_held_and_not_asked_again_until_a_person_says_so(
    film: Folder, author: Author
) -> None:
    author.says = lambda prompt: None if "hat 3" in prompt else PRESENT
    for _ in range(2):
        assert [one is None for one in heard(film)] == [at == 3 for at in range(6)]
        assert author.posts == 6
    assert [one.job.subject for one in unsettled(film, "")] == ["mara/3"]
    assert spending(film, "").held.micros > 0
    author.says = lambda _prompt: PRESENT
    settle(film, "mara/3", "", verdict="absent")
    assert None not in heard(film)
    assert author.posts == 7


def test_an_answer_that_is_no_answer_is_missing_and_paid_once(film: Folder, author: Author) -> None:
    author.says = lambda _prompt: chat("It looks fine to me.")
    assert set(heard(film)) == {None}
    assert set(heard(film)) == {None}
    assert author.posts == 6


def test_a_key_that_is_refused_stops_the_questions_with_a_sentence(
    film: Folder, author: Author
) -> None:
    author.says = lambda _prompt: 401
    with pytest.raises(ProviderError, match="401") as told:
        heard(film)
    assert told.value.charged == "no"
    assert spending(film, "").charged == Money()


def test_a_judge_killed_between_answer_and_note_is_not_paid_twice(
    film: Folder, author: Author
) -> None:
    where = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(film.root)], env={**os.environ, "PYTHONPATH": where}
    ) as child:

        def killing(prompt: str) -> Reply:
            if "hat 4" in prompt:
                child.send_signal(signal.SIGKILL)
            return PRESENT

        author.says = killing
        child.wait(timeout=120)
    assert child.returncode == -signal.SIGKILL
    author.says = lambda _prompt: PRESENT
    answers = heard(film)
    # What was in the air when the process died is a person's to settle, and was not sent again.
    lost = {one.job.subject for one in unsettled(film, "")}
    assert "mara/4" in lost
    assert {f"mara/{at}" for at, one in enumerate(answers) if one is None} == lost
    assert sorted(author.prompts) == sorted(set(author.prompts))
