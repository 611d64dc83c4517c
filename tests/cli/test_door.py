"""The door: every verb is there, every failure is a sentence."""

import importlib
import io
import json
import re

import pytest

from stillreel.cli import show
from stillreel.cli.door import run
from stillreel.cli.verbs import VERBS, Verb, root_help
from stillreel.errors import GateError, ProjectError
from stillreel.values.problem import Problem

PROMISED = [
    "make",
    "new",
    "check",
    "plan",
    "quote",
    "probe",
    "run",
    "status",
    "approve",
    "compare",
    "choose",
    "redo",
    "export",
    "measure",
    "providers",
    "doctor",
]


def test_every_promised_verb_is_in_the_help() -> None:
    assert set(PROMISED) <= {verb.name for verb in VERBS}
    for name in PROMISED:
        assert re.search(rf"^  {name}\b", root_help(), re.MULTILINE)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_leads_somewhere_and_explains_itself(verb: Verb) -> None:
    module, _, name = verb.home.partition(":")
    found = getattr(importlib.import_module(f"stillreel.cli.{module}"), name)
    assert (found.__doc__ or getattr(found, "help", "")).strip()


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_every_verb_has_a_help_page(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([verb, "--help"]) == 0
    assert verb in capsys.readouterr().out


def test_no_words_at_all_is_a_usage_error_with_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Usage: stillreel VERB" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["mkae"], ["run"], ["run", "--until", "lunch", "x"], ["make", "a.md", "--clips", "x"]]
)
def test_wrong_words_are_told_in_one_sentence(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    told = capsys.readouterr().err
    assert "--help" in told
    assert "Traceback" not in told
    assert "No money was spent." in told


def test_a_failure_as_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    error = ProjectError(
        "One problem must be mended first.",
        where="film",
        problems=[Problem("film.toml", 3, "fps", "23 is not possible", "24 25 30")],
    )
    show.failure(error, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == 1
    assert told["charged"] == "no"
    assert told["problems"][0]["line"] == 3


def test_money_that_may_have_moved_is_said() -> None:
    error = GateError("The answer is lost.", charged="unknown")
    assert "nothing is sent again" in str(error)


def test_a_table_lines_its_columns_up() -> None:
    rows = show.table(("id", "state"), [("a", "ready"), ("longer", "x")])
    assert [row.index(word) for row, word in zip(rows, ("state", "ready", "x"), strict=True)] == [
        8,
        8,
        8,
    ]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.4, "0 s"), (59.4, "59 s"), (61, "1 min 01 s"), (605, "10 min 05 s")]
)
def test_lengths_of_time_are_said_as_people_say_them(seconds: float, told: str) -> None:
    assert show.duration(seconds) == told


def test_progress_is_lines_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from stillreel.cli.feed import Feed
    from stillreel.production.progress import Step

    told = io.StringIO()
    monkeypatch.setattr("sys.stderr", told)
    with Feed(as_json=False) as feed:
        feed(Step("clip", "C01", made=True, done=1, total=4, seconds_left=30.0))
        feed(Step("clip", "C02", made=False, done=2, total=4, seconds_left=None))
    assert told.getvalue() == "clips 1/4  C01  30 s left\n"
