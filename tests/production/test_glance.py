"""The quick reader and the ledger itself say the same, and the quick one loads little."""

import subprocess
import sys
from pathlib import Path

import pytest

from stillreel.errors import ProjectError
from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.production.buying import film_id, spend_book
from stillreel.production.folder import Folder
from stillreel.production.glance import glance, last_run
from stillreel.production.open import ledger_of
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

HEAVY = ("sqlalchemy", "pydantic", "numpy", "cv2", "av", "spacy", "rich", "tomlkit")


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
        spend = spend_book(found, "")
        for number, state in enumerate(("verified", "failed", "running", "unknown"), 1):
            job = PaidJob(
                film=film_id(ledger),
                purchase=f"p{number}",
                attempt=1,
                stage="clip",
                subject=f"C0{number}",
                provider="kiln",
                tag=f"tag-{number}",
                state=state,
                reserved=2_000_000,
                charged=1_500_000 if state in {"verified", "failed"} else None,
                ask="",
            )
            assert spend.reserve(job, "", lambda: Caps(10**9)) is not None
        spend.close()
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
