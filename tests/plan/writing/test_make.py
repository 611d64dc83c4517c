"""Two passes become a plan under our ids; what is wrong goes back, and not for ever."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import resources
from typing import TYPE_CHECKING, Any, get_args

import pytest

from author import text_of
from commandline import IDEA
from stillreel.brief.read import read
from stillreel.errors import BadOutput, Lost
from stillreel.plan import files
from stillreel.plan.check import check
from stillreel.plan.nouns import PlanSettings
from stillreel.plan.writing import make
from stillreel.plan.writing.ask import beats_ask, clips_of, prospect
from stillreel.values.digest import of_bytes
from stillreel.values.scene import Action

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.brief.nouns import Brief
    from stillreel.providers.ask import WriteAsk

TEMPLATES = {
    "beats-1": "495ff151f0b66ca5",
    "mend-1": "fd0a596fc4254ced",
    "rules-1": "be6b231c430effb8",
    "shots-1": "611a712de9de271e",
}
"""Digests of every prompt that films may have been written with."""
Answer = dict[str, Any]
Change = "Callable[[Answer], object]"


@dataclass
class Pen:
    """Answers what is recorded, changed as a test says for as long as it says."""

    beats: list[Change] = field(default_factory=list)
    """What is changed in the first answers; the recorded one follows."""
    shots: list[Change] = field(default_factory=list)
    asked: list[WriteAsk] = field(default_factory=list)

    async def hear(self, ask: WriteAsk) -> str:
        self.asked.append(ask)
        first = ask.subject.startswith("plan-beats")
        answer = json.loads(text_of("snow-beats" if first else "snow-C01"))
        changes = self.beats if first else self.shots
        if changes:
            changes.pop(0)(answer)
        return json.dumps(answer)


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    (tmp_path / "story.md").write_text(IDEA)
    return read(tmp_path / "story.md")


def written(brief: Brief, pen: Pen, take: int = 1) -> make.Written:
    return asyncio.run(make.write(brief, PlanSettings(style="ink", clips=1), pen.hear, take))


def stranger(answer: Answer) -> None:
    answer["panels"][5]["who"][0]["id"] = "sparrow"


def test_names_become_ids_that_the_model_never_gave(brief: Brief) -> None:
    plan = written(brief, Pen()).plan
    assert [one.id for one in plan.cast] == ["girl", "bird"]
    assert [one.id for one in plan.places] == ["snowy-wood"]
    assert [clip.id for clip in plan.clips] == ["C01"]
    assert [panel.id for panel in plan.clips[0].panel] == [f"P{at}" for at in range(1, 10)]
    assert plan.cast[0].name == "the girl"


def test_the_files_it_makes_are_read_back_without_a_word(brief: Brief, tmp_path: Path) -> None:
    found = written(brief, Pen())
    for one in files.plan_files(found.plan):
        path = tmp_path / one.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(one.text)
    plan, problems = files.load(tmp_path)
    assert (problems, found.problems) == ((), ())
    assert plan is not None
    assert check(plan) == ()


def test_lengths_are_made_to_add_up_exactly(brief: Brief) -> None:
    def hurry(answer: Answer) -> None:
        for at, panel in enumerate(answer["panels"]):
            panel["seconds"] = 0.3333 * (at + 1)

    clip = written(brief, Pen(shots=[hurry])).plan.clips[0]
    assert sum(Fraction(panel.seconds) for panel in clip.panel) == Fraction(clip.seconds)
    assert 10 <= Fraction(clip.seconds) <= 15


def test_what_check_finds_goes_back_with_the_answer_and_is_mended(brief: Brief) -> None:
    pen = Pen(shots=[stranger])
    assert written(brief, pen).problems == ()
    again = pen.asked[-1]
    assert again.subject == "plan-C01-2"
    assert "panel.6.who.1.id: There is no character 'sparrow'. Name one of: bird, girl." in (
        again.prompt
    )
    assert '"sparrow"' in again.prompt


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda answer: answer["clips"].append(answer["clips"][0]), "clips: There are 2 clips."),
        (
            lambda answer: answer["clips"][0]["beats"][0].update(who=["the grl"]),
            "clips.1.beats.1.who: There is no 'the grl'. Did you mean 'the girl'?",
        ),
        (lambda answer: answer["cast"][0].update(age="old"), "cast.1.age: Input should be"),
        (lambda answer: answer.pop("places"), "places: Field required."),
    ],
)
def test_what_is_wrong_with_the_beats_is_told(
    brief: Brief, change: Callable[[Answer], object], told: str
) -> None:
    pen = Pen(beats=[change])
    written(brief, pen)
    assert Counter(ask.subject for ask in pen.asked) == Counter(
        ["plan-beats", "plan-beats-2", "plan-C01"]
    )
    assert told in pen.asked[1].prompt


def test_a_writer_that_stays_wrong_is_asked_three_times_and_no_more(brief: Brief) -> None:
    pen = Pen(shots=[stranger] * 9)
    with pytest.raises(BadOutput, match="sparrow") as told:
        written(brief, pen)
    assert told.value.charged == "yes"
    assert len(pen.asked) == 1 + make.TRIES
    assert len(pen.asked) <= make.most_asks(1)


def test_what_is_only_a_warning_ends_in_a_plan(brief: Brief) -> None:
    def restless(answer: Answer) -> None:
        for panel in answer["panels"]:
            panel["move"] = "push"

    pen = Pen(shots=[restless] * 9)
    found = written(brief, pen)
    assert {one.severity for one in found.problems} == {"warning"}
    assert len(pen.asked) == 1 + make.TRIES


def test_a_mark_that_was_left_out_is_not_worth_paying_again(brief: Brief) -> None:
    def short(answer: Answer) -> None:
        del answer["cast"][0]["marks"], answer["cast"][0]["hair"]
        answer["cast"][0]["mood"] = "cheerful"

    pen = Pen(beats=[short])
    written(brief, pen)
    assert len(pen.asked) == 2


def test_the_form_demands_every_key_and_knows_our_words_only(brief: Brief) -> None:
    pen = Pen()
    written(brief, pen)
    beats, shots = (json.loads(ask.schema)["$defs"] for ask in pen.asked)
    assert set(beats["Person"]["required"]) == set(beats["Person"]["properties"])
    assert shots["Actor"]["properties"]["does"]["enum"] == list(get_args(Action))
    assert shots["Actor"]["properties"]["id"]["enum"] == ["girl", "bird"]
    assert shots["Shot"]["properties"]["place"]["enum"] == ["snowy-wood"]


def test_one_clip_that_fails_takes_nothing_from_the_others(brief: Brief) -> None:
    pen = Pen()

    async def hear(ask: WriteAsk) -> str:
        if ask.subject == "plan-C01":
            raise Lost("The answer is lost.", charged="unknown")
        text = await pen.hear(ask)
        if ask.subject == "plan-beats":
            answer = json.loads(text)
            answer["clips"] *= 3
            return json.dumps(answer)
        return text

    with pytest.raises(Lost):
        asyncio.run(make.write(brief, PlanSettings(clips=3), hear))
    assert sorted(ask.subject for ask in pen.asked) == ["plan-C02", "plan-C03", "plan-beats"]


def test_the_same_story_is_the_same_ask_and_a_take_another(brief: Brief) -> None:
    settings = PlanSettings(clips=1)
    assert beats_ask(brief, settings) == beats_ask(brief, settings)
    assert beats_ask(brief, settings) != beats_ask(brief, settings, take=2)


def test_no_ask_is_longer_than_what_was_quoted(brief: Brief) -> None:
    pen = Pen(shots=[stranger, stranger])
    written(brief, pen)
    (_, beats), (first, again) = prospect(brief, PlanSettings(clips=1))
    for ask, most in zip(pen.asked, (beats, first, again, again), strict=True):
        assert ask.tokens_max <= most.tokens_max
        assert len(ask.prompt) + len(ask.schema) <= len(most.prompt) + len(most.schema)


def test_how_many_clips_follows_from_the_length_of_the_story(brief: Brief) -> None:
    assert clips_of(brief, PlanSettings()) == 1
    assert clips_of(brief, PlanSettings(clips=7)) == 7


def test_a_template_never_changes_under_its_number() -> None:
    folder = resources.files("stillreel.plan").joinpath("writing", "templates")
    found = {
        one.name.removesuffix(".txt"): of_bytes(one.read_bytes())[:16] for one in folder.iterdir()
    }
    assert found == TEMPLATES, "Leave the old file, and write the next number beside it."
