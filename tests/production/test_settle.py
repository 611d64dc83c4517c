"""What a person finds out about a lost job is written down once, and the next run goes by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stillreel.errors import UsageError
from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.production.buying import film_id, spend_book
from stillreel.production.folder import Folder
from stillreel.production.open import ledger_of
from stillreel.production.settle import settle, unsettled
from stillreel.production.spending import spending


def lost(folder: Folder, subject: str, tag: str, state: str = "unknown") -> None:
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
            ask="",
        )
        assert isinstance(spend.reserve(job, "", lambda: Caps(10**9)), PaidJob)
        spend.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    (tmp_path / "film.toml").write_text("")
    return Folder(tmp_path)


def test_what_is_in_doubt_is_shown_with_its_price_held(folder: Folder) -> None:
    lost(folder, "C01", "tag-1")
    lost(folder, "C02", "tag-2", "submitting")
    assert [job.subject for job in unsettled(folder, "")] == ["C01", "C02"]
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
