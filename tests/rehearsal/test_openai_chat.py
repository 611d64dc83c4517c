"""The chat of OpenAI: a plan that needs no mending, answers by a form, and a bill by the token."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from commandline import IDEA
from stillreel.brief.read import read
from stillreel.errors import Refused
from stillreel.plan.nouns import PlanSettings
from stillreel.plan.writing import make
from stillreel.providers.ask import WriteAsk
from stillreel.rehearsal.door import surroundings
from stillreel.rehearsal.inside import Inside
from stillreel.shelf.language.desk import Language
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from rehearsal.theatre import Theatre

FORM = {
    "type": "object",
    "properties": {"seen": {"enum": ["present", "absent"], "type": "string"}},
    "required": ["seen"],
}
ASK = {
    "model": "gpt-6.1-sol",
    "messages": [{"role": "user", "content": "What of the coat?!"}],
    "response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": FORM}},
}


def desk(theatre: Theatre, label: str) -> Language:
    return Language(label, environment=surroundings(9), transport=Inside(theatre.house))


def said(theatre: Theatre, **changes: Any) -> Any:
    return theatre.ask("openai", "POST", "/chat/completions", json={**ASK, **changes}).json()


def test_a_plan_of_any_length_is_written_without_mending_and_billed_to_the_cent(
    theatre: Theatre, tmp_path: Path
) -> None:
    pytest.importorskip("pydantic_ai")
    writer, spent = desk(theatre, "openai:gpt-6.1-terra"), list[Money]()

    async def hear(ask: WriteAsk) -> str:
        job = await writer.submit(ask, ask.subject)
        assert job.charged is not None
        spent.append(job.charged)
        return job.files[0].data.decode()

    (tmp_path / "idea.md").write_text(IDEA)
    story = read(tmp_path / "idea.md")
    for clips in (1, 5):
        made = asyncio.run(make.write(story, PlanSettings(clips=clips), hear))
        assert (len(made.plan.clips), made.problems) == (clips, ())
    bill = theatre.house.stage.meter.bill("openai")
    assert (bill.posts, bill.billed, bill.lost) == (2 + 6, 2 + 6, 0)
    assert sum(spent, Money()) == Money(bill.micros) > Money()


def test_a_form_is_filled_in_with_the_first_of_its_words(theatre: Theatre) -> None:
    told = said(theatre)
    assert json.loads(told["choices"][0]["message"]["content"]) == {"seen": "present"}
    assert told["usage"] == {"prompt_tokens": 4, "completion_tokens": 4, "total_tokens": 8}
    assert theatre.house.stage.meter.bill().micros == 4 * 2 + 4 * 10


def test_an_answer_that_is_withheld_is_billed(theatre: Theatre) -> None:
    theatre.fault("moderation-output")
    choice = said(theatre)["choices"][0]
    assert (choice["finish_reason"], choice["message"]["content"]) == ("content_filter", "")
    bill = theatre.house.stage.meter.bill()
    assert (bill.billed, bill.lost) == (1, 0)


def test_a_model_of_ones_own_is_free_and_prose_is_not_served(theatre: Theatre) -> None:
    assert said(theatre, model="qwen3:8b")["model"] == "qwen3:8b"
    assert theatre.house.stage.meter.bill().micros == 0
    assert said(theatre, response_format=None)["error"]["param"] == "response_format"


@pytest.mark.parametrize("label", ["anthropic:claude-sonnet-5-5", "google:gemini-3.8-flash"])
def test_a_house_of_another_form_is_turned_away_and_bills_nothing(
    theatre: Theatre, label: str
) -> None:
    pytest.importorskip("pydantic_ai")
    ask = WriteAsk("plan-beats", "", "Say hello.", json.dumps(FORM), 400)
    with pytest.raises(Refused) as told:
        asyncio.run(desk(theatre, label).submit(ask, "key-1"))
    assert told.value.charged == "no"
    assert theatre.house.stage.meter.bill().jobs == 0
