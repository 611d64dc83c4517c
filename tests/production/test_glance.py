"""The quick reader and the ledger itself say the same, and the quick one loads little."""

import subprocess
import sys
from pathlib import Path

import pytest

from stillreel.errors import LedgerError, ProjectError
from stillreel.ledger import lock
from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.production.buying import film_id, spend_book
from stillreel.production.folder import Folder
from stillreel.production.glance import glance, last_run
from stillreel.production.open import ledger_of
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

HEAVY = ("sqlalchemy", "pydantic", "numpy", "cv2", "av", "spacy", "rich", "tomlkit")


def bought(folder: Folder, film: str, database: str = "") -> None:
    """Write four jobs of a film: two that ended, one under way, one in doubt."""
    spend = spend_book(folder, database)
    for number, state in enumerate(("verified", "failed", "running", "unknown"), 1):
        job = PaidJob(
            film=film,
            purchase=f"p{number}",
            attempt=1,
            stage="clip",
            subject=f"C0{number}",
            provider="kiln",
            tag=f"{film} {number}",
            state=state,
            reserved=2_000_000,
            charged=1_500_000 if state in {"verified", "failed"} else None,
            ask="",
        )
        assert spend.reserve(job, "", lambda: Caps(10**9)) is not None
    spend.close()


def stopped(folder: Folder, why: str, database: str = "") -> None:
    """Leave what is under way where it is."""
    spend = spend_book(folder, database)
    (job,) = spend.all(states=("running",))
    assert spend.move(job, "running", stopped=why) is not None
    spend.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "film.toml").write_text('title = "The Well"\n')
    found = Folder(tmp_path)
    with ledger_of(found) as (ledger, _):
        for number, name in enumerate(("mara", "kade"), 1):
            file = StoredFile("ab" * 32, "image/png", 5)
            take = Take(name, "sheet", name, "p", "m", number, (file,), spent=Money(number * 10**6))
            ledger.record(take)
            ledger.set_current("sheet", name, name, "")
        ledger.set_wanted("sheet", 3)
        bought(found, film_id(ledger))
        ledger.end_run(ledger.begin_run(), "done", "mark", '{"film": "out/film.mp4"}')
    return found


def test_both_readers_agree(folder: Folder) -> None:
    seen = glance(folder, recent=9)
    with ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, "")
        charged, held = spend.totals(film_id(ledger))
        spend.close()
        assert (seen.spent.micros, seen.held.micros) == (charged, held) == (3_000_000, 4_000_000)
        assert [one.what for one in seen.waiting] == ["C04"]
        counts = {one.stage: one.done for one in seen.stages}
        assert counts["sheet"] == len(ledger.current("sheet"))
        assert [row[2] for row in seen.events] == [event.subject for event in ledger.events()]
    run = last_run(folder)
    assert run is not None
    assert (run.outcome, run.fingerprint) == ("done", "mark")


def test_what_was_bought_through_a_shared_database_is_told_from_there(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "film.toml").write_text("")
    found, shared = Folder(tmp_path / "film"), f"sqlite:///{tmp_path / 'shared.db'}"
    with ledger_of(found) as (ledger, _):
        bought(found, film_id(ledger), shared)
    bought(found, "another film", shared)
    assert glance(found).spent == Money()
    seen = glance(found, database=shared)
    assert (str(seen.spent), str(seen.held)) == ("3.00", "4.00")
    assert [one.what for one in seen.waiting] == ["C04"]


def test_a_job_that_stands_still_waits_for_a_person(folder: Folder) -> None:
    stopped(folder, "kiln does not take the key.")
    seen = [(one.what, one.why) for one in glance(folder).waiting]
    assert seen[0] == ("C03", "kiln does not take the key.")
    assert [what for what, _ in seen] == ["C03", "C04"]


def test_a_run_that_was_killed_is_stopped_and_one_at_work_is_running(folder: Folder) -> None:
    with ledger_of(folder) as (ledger, _):
        ledger.begin_run()
    with lock.held(folder.hidden, "a run"):
        assert glance(folder).last_run == "running"
    assert glance(folder).last_run == "stopped"


def test_a_damaged_ledger_is_not_to_be_moved_aside_lightly(folder: Folder) -> None:
    folder.ledger.write_bytes(b"no ledger at all" * 512)
    with pytest.raises(LedgerError, match="does not know what was paid for"):
        glance(folder)


def test_a_film_that_never_ran_has_a_status(tmp_path: Path) -> None:
    (tmp_path / "film.toml").write_text("")
    seen = glance(Folder(tmp_path))
    assert seen.last_run == ""
    assert all(one.done == 0 for one in seen.stages)


def test_a_folder_that_is_no_film_is_told_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="stillreel new STORY DIR"):
        glance(Folder(tmp_path))


@pytest.mark.parametrize("words", [["status", "DIR"], ["--help"], ["--version"]])
def test_quick_commands_load_nothing_heavy(folder: Folder, words: list[str]) -> None:
    program = (
        "import sys\n"
        "from stillreel.cli.door import run\n"
        f"code = run({[word.replace('DIR', str(folder.root)) for word in words]!r})\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "assert code == 0 and not heavy, (code, heavy)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_importing_stillreel_loads_nothing_heavy() -> None:
    program = (
        f"import sys, stillreel\nassert not [name for name in {HEAVY!r} if name in sys.modules]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
