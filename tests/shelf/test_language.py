"""Language models at the desk: one request for each ask, billed by its tokens, and no key told.

Answers are written by hand in the form that each house documents; no model was asked.
"""

from __future__ import annotations

import asyncio
import base64
import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from author import Author, at_home, chat
from rehearsed import Ruled
from stillreel.errors import Busy, GateError, Gone, Lost, NotConfigured, ProviderError, Refused
from stillreel.providers import conformance, registry
from stillreel.providers.answer import hear, price, read_answer
from stillreel.providers.ask import JudgeAsk, Shown, WriteAsk
from stillreel.providers.seam import Judge, Unsure, Writer
from stillreel.providers.stand_in import bench
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.language.desk import Language
from stillreel.shelf.language.house import HOUSES
from stillreel.shelf.language.post import Once
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models.function import AgentInfo

told = pytest.importorskip("pydantic_ai.messages")
FunctionModel = pytest.importorskip("pydantic_ai.models.function").FunctionModel
TestModel = pytest.importorskip("pydantic_ai.models.test").TestModel
RequestUsage = pytest.importorskip("pydantic_ai.usage").RequestUsage

SECRET = "sk-planted-0000000012345678"
FORM = json.dumps(
    {
        "type": "object",
        "properties": {"hi": {"type": "string"}},
        "required": ["hi"],
        "additionalProperties": False,
    }
)
ASK = WriteAsk("plan-beats", "Be brief.", "Say hello.", FORM, 400, 100)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)
LOOK = JudgeAsk("mara/coat", "What of the coat?", (Shown("reference-part", "00", PIXEL),))
SOLD = "openai:gpt-6.1-terra"
MODELS = {
    "anthropic": "anthropic:claude-sonnet-5-5",
    "openai": SOLD,
    "google": "google:gemini-3.8-flash",
    "compatible": "compatible:qwen3:8b",
}
SAID = '{"hi": "there"}'
BODIES = {
    "anthropic": {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-5-5",
        "content": [{"type": "tool_use", "id": "t1", "name": "answer", "input": json.loads(SAID)}],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 1000, "cache_read_input_tokens": 500, "output_tokens": 100},
    },
    "openai": {
        **json.loads(chat(SAID)),
        "usage": {
            "prompt_tokens": 1500,
            "completion_tokens": 100,
            "total_tokens": 1600,
            "prompt_tokens_details": {"cached_tokens": 500},
        },
    },
    "google": {
        "candidates": [
            {"content": {"role": "model", "parts": [{"text": SAID}]}, "finishReason": "STOP"}
        ],
        "usageMetadata": {
            "promptTokenCount": 1500,
            "cachedContentTokenCount": 500,
            "candidatesTokenCount": 60,
            "thoughtsTokenCount": 40,
            "totalTokenCount": 1600,
        },
        "responseId": "r1",
        "modelVersion": "gemini-3.8-flash",
    },
    "compatible": json.loads(chat(SAID)),
}
# 1,000 tokens of words, 500 that were kept and 100 of answer, by the prices in the offers file.
BILLS = {"anthropic": "0.00305", "openai": "0.001525", "google": "0.0011625", "compatible": "0"}


def desk(house: str, url: str = "http://127.0.0.1:9/v1", **more: str) -> Language:
    base = url.removesuffix("/v1") if house in {"anthropic", "google"} else url
    own = "" if house == "compatible" else f"{house.upper()}_"
    keys = dict.fromkeys(("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY"), SECRET)
    found = {**keys, "STILLREEL_LLM_API_KEY": SECRET, f"STILLREEL_LLM_{own}BASE_URL": base}
    return Language(MODELS[house], environment={**found, **more})


def answers(*, text: str = SAID, finish: str = "stop") -> Language:
    """A desk at which a test model of pydantic-ai sits."""

    def say(_: list[ModelMessage], __: AgentInfo) -> ModelResponse:
        usage = RequestUsage(input_tokens=100, output_tokens=10)
        return told.ModelResponse([told.TextPart(text)], usage=usage, finish_reason=finish)

    return Language(MODELS["openai"], model=FunctionModel(say), key=SECRET)


@pytest.mark.parametrize("ask", [ASK, LOOK], ids=["writer", "judge"])
@pytest.mark.parametrize("check", conformance.checks(Language().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, ask: WriteAsk | JudgeAsk) -> None:
    address = {"STILLREEL_LLM_OPENAI_BASE_URL": "http://127.0.0.1:9/openai"}
    house = Ruled("openai", Conditions(haste=1e9, accept=(0.0, 0.0)))
    asyncio.run(check(bench(Language, house, ask, label=SOLD, environment=address)))


def test_it_comes_through_the_door_as_a_writer_and_as_a_judge() -> None:
    found = registry.writer("llm:openai:gpt-6.1-terra", ready=False)
    assert isinstance(found, Writer)
    assert isinstance(found, Judge)
    with pytest.raises(NotConfigured, match="no front-end"):
        registry.still("llm", ready=False)


@pytest.mark.parametrize("house", HOUSES)
def test_a_dropped_reply_is_lost_and_was_posted_exactly_once(house: str) -> None:
    author = Author()
    author.says = lambda _: None
    with at_home(author) as url, pytest.raises(Lost) as caught:
        asyncio.run(desk(house, url).submit(ASK, "sr-1"))
    assert author.posts == 1
    assert caught.value.charged == "unknown"
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize(
    ("status", "kind", "charged"),
    [
        (400, Refused, "no"),
        (401, Refused, "no"),
        (429, Busy, "no"),
        (529, Busy, "no"),
        (308, Lost, "unknown"),
        (408, Lost, "unknown"),
        (500, Lost, "unknown"),
        (502, Lost, "unknown"),
        (503, Lost, "unknown"),
    ],
)
def test_whatever_a_house_refuses_with_it_was_posted_once(
    house: str, status: int, kind: type[ProviderError], charged: str
) -> None:
    author = Author()
    author.says = lambda _: status
    with at_home(author) as url, pytest.raises(kind) as caught:
        asyncio.run(desk(house, url).submit(ASK, "sr-1"))
    assert (author.posts, caught.value.charged) == (1, charged)


@pytest.mark.parametrize("house", HOUSES)
def test_a_house_that_cannot_be_reached_cost_nothing(house: str) -> None:
    with pytest.raises(ProviderError, match="cannot be reached") as caught:
        asyncio.run(desk(house).submit(ASK, "sr-1"))
    assert caught.value.charged == "no"


@pytest.mark.parametrize("house", HOUSES)
def test_an_answer_is_billed_by_the_tokens_the_house_counted(house: str) -> None:
    author = Author()
    author.says = lambda _: json.dumps(BODIES[house]).encode()
    with at_home(author) as url:
        job = asyncio.run(desk(house, url).submit(ASK, "sr-1"))
    assert job.state == "succeeded"
    assert json.loads(job.files[0].data) == {"hi": "there"}
    assert job.charged is not None
    assert Decimal(job.charged.micros) / 1_000_000 == pytest.approx(
        Decimal(BILLS[house]), abs=Decimal("0.000001")
    )


@pytest.mark.parametrize("house", ["anthropic", "openai", "google"])
def test_a_quote_at_worst_covers_every_token_that_is_allowed(house: str) -> None:
    found = desk(house).quote(ASK)
    answer = desk(house).offer.price(of="answer")
    assert answer is not None
    assert found.high.micros > ASK.tokens_max * answer.amount
    assert found.low < found.high


def test_a_second_request_is_stopped_before_it_leaves() -> None:
    once, request = Once(), httpx2.Request("POST", "http://127.0.0.1:9/")
    asyncio.run(once.watch(request))
    with pytest.raises(httpx2.RequestError, match="second"):
        asyncio.run(once.watch(request))


def test_an_answer_that_is_no_json_comes_as_one_text_and_is_paid_for() -> None:
    job = asyncio.run(answers(text="I would rather not.").submit(ASK, "sr-1"))
    assert json.loads(job.files[0].data) == "I would rather not."
    assert job.charged == Money(150)


def test_a_fence_around_json_is_taken_off() -> None:
    job = asyncio.run(answers(text=f"```json\n{SAID}\n```").submit(ASK, "sr-1"))
    assert job.files[0].data == SAID.encode()


def test_an_answer_that_was_cut_says_so() -> None:
    assert "400 tokens" in asyncio.run(answers(finish="length").submit(ASK, "sr-1")).warning


def test_an_answer_that_was_withheld_is_not_asked_for_again() -> None:
    job = asyncio.run(answers(finish="content_filter").submit(ASK, "sr-1"))
    assert (job.state, job.failure, job.files) == ("failed", "moderation-input", ())


def test_the_form_of_the_answer_is_what_a_model_is_held_to() -> None:
    model = TestModel(custom_output_args={"hi": "there"})
    at = Language(MODELS["openai"], model=model, key=SECRET)
    job = asyncio.run(at.submit(ASK, "sr-1"))
    form = model.last_model_request_parameters
    assert form is not None
    assert form.output_tools[0].parameters_json_schema == json.loads(FORM)
    assert json.loads(job.files[0].data) == {"hi": "there"}


def test_a_judge_sees_its_pictures_in_order_and_fills_in_the_checklist() -> None:
    seen: list[bytes] = []

    def look(messages: list[ModelMessage], _: AgentInfo) -> ModelResponse:
        words = messages[0].parts[0].content
        seen.extend(one.data for one in words if not isinstance(one, str))
        return told.ModelResponse(
            [told.TextPart('{"seen": "changed", "how": "red", "evidence": "coat"}')]
        )

    pictures = (Shown("reference-part", "00", b"one"), Shown("candidate-part", "01", b"two"))
    at = Language(MODELS["openai"], model=FunctionModel(look), key=SECRET)
    job = asyncio.run(at.submit(JudgeAsk("mara/coat", "What of the coat?", pictures), "sr-1"))
    found = read_answer(job.files)
    assert (found.seen, found.how) == ("changed", "red")
    assert seen == [b"one", b"two"]


def test_a_story_that_is_too_long_is_refused_before_it_leaves() -> None:
    long = WriteAsk("plan-beats", "", "x" * 300_001, FORM, 400)
    with pytest.raises(Refused, match="300,001 letters"):
        asyncio.run(desk("openai").submit(long, "sr-1"))


def test_an_answer_that_was_lost_cannot_be_looked_up_or_fetched() -> None:
    at = desk("openai")
    assert isinstance(asyncio.run(at.find("sr-1")), Unsure)
    author = Author()
    with at_home(author) as url:
        job = asyncio.run(desk("compatible", url).submit(ASK, "sr-1"))
    kept_by_nobody = replace(job, state="queued", files=())
    assert asyncio.run(at.poll(kept_by_nobody)).state == "expired"
    with pytest.raises(Gone):
        asyncio.run(at.fetch(kept_by_nobody))


def test_an_endpoint_of_ones_own_is_free_here_and_needs_a_price_elsewhere() -> None:
    near = desk("compatible")
    assert near.status().state == "ready"
    assert near.quote(ASK).high == Money()
    far = Language(
        MODELS["compatible"], environment={"STILLREEL_LLM_BASE_URL": "https://models.example/v1"}
    )
    assert far.status().state == "not configured"
    assert "compatible:qwen3:8b" in far.status().reason
    with pytest.raises(NotConfigured, match="no price"):
        far.quote(ASK)


def test_a_price_of_ones_own_makes_an_endpoint_elsewhere_ready(tmp_path: Path) -> None:
    mine = tmp_path / "llm.toml"
    mine.write_text(
        '[[model]]\nlabel = "compatible:big"\nid = "big"\nkey_names = ["STILLREEL_LLM_API_KEY"]\n'
        'prices = [{ usd = "1", per = "million tokens", of = "words" },'
        ' { usd = "2", per = "million tokens", of = "answer" }]\n'
    )
    there = {"STILLREEL_LLM_BASE_URL": "https://models.example/v1"}
    far = Language("compatible:big", mine, environment=there)
    assert far.status().state == "ready"
    assert far.quote(ASK).high > Money(2 * ASK.tokens_max)


def test_a_vendors_key_is_not_shown_to_an_endpoint_of_ones_own() -> None:
    there = {"OPENAI_API_KEY": SECRET, "STILLREEL_LLM_BASE_URL": "http://127.0.0.1:9/v1"}
    assert desk("openai")._base() != Language(MODELS["openai"], environment=there)._base()
    assert Language(MODELS["compatible"], environment=there).key().secret != SECRET


def test_a_model_without_a_key_is_not_configured_and_says_which() -> None:
    bare = Language(MODELS["anthropic"], environment={})
    assert bare.status().state == "not configured"
    assert "ANTHROPIC_API_KEY" in bare.status().reason


def test_loading_the_desk_loads_no_client() -> None:
    import subprocess
    import sys

    look = (
        "import sys; from stillreel.providers import registry; registry.offer('llm');"
        "print([one for one in ('pydantic_ai', 'openai', 'anthropic', 'google.genai')"
        " if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_figure_of_the_offers_has_a_source_with_a_date() -> None:
    text = resources.files("stillreel.shelf.language").joinpath("llm.offers.toml").read_text()
    held = tomllib.loads(text)
    named = {"provider", "dated", "makes", "also", "version", "sources", "model", "label", "id"}
    figures = set(held) | {key for model in held["model"] for key in model}
    assert figures - named == {figure for one in held["sources"] for figure in one["figures"]}
    priced = [one for one in held["model"] if one["label"] != "compatible"]
    assert all({row["of"] for row in one["prices"]} >= {"words", "answer"} for one in priced)


@pytest.mark.parametrize("label", [one for one in MODELS.values() if "compatible" not in one])
def test_prices_are_those_of_the_table_they_name(label: str) -> None:
    house, _, model = label.partition(":")
    usage = RequestUsage(input_tokens=1_000, output_tokens=1_000)
    when = datetime(2026, 11, 27, tzinfo=UTC)
    prices = pytest.importorskip("genai_prices")
    table = prices.calc_price(usage, model, provider_id=house, genai_request_timestamp=when)
    ours = Language(label, environment={})._costs(1_000, 1_000)
    assert Decimal(ours.micros) == table.total_price * 1_000_000


def test_a_judge_is_heard_once_for_each_question_and_never_above_what_was_agreed() -> None:
    asks = tuple(
        JudgeAsk(f"mara/{name}", f"What of the {name}?", (Shown("reference-part", "00", b"png"),))
        for name in ("hair", "coat")
    )
    heard: list[str] = []

    def look(messages: list[ModelMessage], _: AgentInfo) -> ModelResponse:
        heard.append(str(messages[0].parts[0].content[-1]))
        return told.ModelResponse([told.TextPart('{"seen": "present"}')])

    at = Language(MODELS["openai"], model=FunctionModel(look), key=SECRET)
    with pytest.raises(GateError):
        asyncio.run(hear(at, asks, asyncio.sleep))
    found = asyncio.run(hear(at, asks, asyncio.sleep, price(at, asks)))
    assert [one.seen for one in found if one] == ["present", "present"]
    assert heard == ["What of the hair?", "What of the coat?"]
