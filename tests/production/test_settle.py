"""What a person finds out about a lost job is written down once, and the next run goes by it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsed import clip_ask
from stillreel.cli.pay import settle as told
from stillreel.engine import asks
from stillreel.errors import UsageError
from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.production.buying import film_id, spend_book
from stillreel.production.folder import Folder
from stillreel.production.glance import glance
from stillreel.production.open import ledger_of
from stillreel.production.settle import settle, unsettled
from stillreel.production.spending import spending

PROMPT = """fox is the identity of the fox.
It keeps its coat.
Shot 1: a fox at the well.
Shot 2: it sleeps."""


def lost(folder: Folder, subject: str, tag: str, state: str = "unknown") -> None:
    ask = replace(clip_ask(folder.root), subject=subject, prompt=PROMPT)
    with ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, "")
        job = PaidJob(
            film=film_id(ledger),
            purchase=f"take-{tag}",
            attempt=1,
            stage="clip",
            subject=subject,
            provider="ark",
            tag=tag,
            state=state,
            reserved=2_000_000,
            ask=subject,
        )
        text = asks.written(ask, folder.root)
        assert isinstance(spend.reserve(job, text, lambda: Caps(10**9)), PaidJob)
        spend.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    (tmp_path / "film.toml").write_text("")
    return Folder(tmp_path)


def test_what_is_in_doubt_is_shown_with_its_price_held(folder: Folder) -> None:
    lost(folder, "C01", "tag-1")
    lost(folder, "C02", "tag-2", "submitting")
    assert [one.job.subject for one in unsettled(folder, "")] == ["C01", "C02"]
    assert str(spending(folder, "").held) == "4.00"


def test_a_job_that_is_there_is_followed_under_its_vendors_id(folder: Folder) -> None:
    lost(folder, "C01", "tag-1")
    job = settle(folder, "C01", "", found="cgt-77", note="saw it in the console")
    assert (job.state, job.vendor_id, job.note) == ("submitted", "cgt-77", "saw it in the console")
    assert unsettled(folder, "") == ()
    assert str(spending(folder, "").held) == "2.00"


def test_a_job_that_never_arrived_gives_its_money_back(folder: Folder) -> None:
    lost(folder, "C01", "tag-1", "submitting")
    job = settle(folder, "C01", "", verdict="absent")
    assert (job.state, job.charged) == ("failed", 0)
    found = spending(folder, "")
    assert (str(found.charged), str(found.held)) == ("0.00", "0.00")


def test_a_job_that_was_paid_for_nothing_is_counted_as_wasted(folder: Folder) -> None:
    lost(folder, "C01", "tag-1")
    settle(folder, "C01", "", verdict="charged")
    found = spending(folder, "")
    assert (str(found.charged), str(found.wasted)) == ("2.00", "2.00")
    assert [line.name for line in found.by_stage] == ["clip"]


def left_alone(folder: Folder, why: str, state: str = "submitted") -> None:
    """Leave every job where it is, or give it up, as a run does that cannot go on with it."""
    with ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, "")
        for job in spend.all(film_id(ledger)):
            stopped = why if state == job.state else ""
            spend.move(job, state, why, stopped=stopped, message=why)
        spend.close()


@pytest.mark.parametrize("state", ["submitted", "expired"])
def test_an_id_that_the_vendor_does_not_know_can_be_taken_back(folder: Folder, state: str) -> None:
    lost(folder, "C01", "tag-1")
    settle(folder, "C01", "", found="cgt-wrong")
    assert unsettled(folder, "") == (), "the vendor is asked first"
    left_alone(folder, "ark does not know cgt-wrong.", state)
    assert [one.job.message for one in unsettled(folder, "")] == ["ark does not know cgt-wrong."]
    waiting = [(one.what, one.why) for one in glance(folder).waiting]
    assert waiting == [("C01", "ark does not know cgt-wrong: stillreel settle")]
    assert str(spending(folder, "").held) == "2.00"
    again = settle(folder, "C01", "", found="cgt-77")
    assert (again.state, again.vendor_id, again.stopped) == ("submitted", "cgt-77", "")
    left_alone(folder, "ark does not know cgt-77.", state)
    assert settle(folder, "C01", "", verdict="absent").charged == 0
    assert str(spending(folder, "").held) == "0.00"


def test_a_job_that_its_vendor_accepted_is_in_no_doubt_when_it_stops(folder: Folder) -> None:
    lost(folder, "C01", "tag-1", "submitted")
    left_alone(folder, "the key was revoked")
    assert unsettled(folder, "") == ()
    with pytest.raises(UsageError, match="No lost job is called 'C01'"):
        settle(folder, "C01", "", verdict="absent")


def test_the_words_that_a_job_is_known_by_are_shown(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    lost(folder, "C01", "tag-1")
    assert told(folder.root) == 4
    shown = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in shown[2:5]] == [
        "dreamina-seedance-2-0-260128, 12 s",
        "fox is the identity of the fox. ...",
        "Shot 1: a fox at the well. ...",
    ]


def test_neither_and_both_answers_are_asked_again(folder: Folder) -> None:
    lost(folder, "C01", "tag-1")
    with pytest.raises(UsageError, match="one thing"):
        settle(folder, "C01", "")
    with pytest.raises(UsageError, match="one thing"):
        settle(folder, "C01", "", found="x", verdict="absent")


def test_a_name_that_fits_no_job_or_two_is_told(folder: Folder) -> None:
    lost(folder, "C01", "tag-1")
    lost(folder, "C01", "tag-2")
    with pytest.raises(UsageError, match="No lost job is called 'C09'"):
        settle(folder, "C09", "", verdict="absent")
    with pytest.raises(UsageError, match="2 jobs are called 'C01'"):
        settle(folder, "C01", "", verdict="absent")
    assert settle(folder, "tag-2", "", verdict="absent").tag == "tag-2"
