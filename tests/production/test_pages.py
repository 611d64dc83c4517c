"""A person's edit is never overwritten, and nothing unwanted stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stillreel.ledger.book import Ledger
from stillreel.plan.files import TextFile
from stillreel.production.folder import Folder
from stillreel.production.pages import write


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, lambda: "2026-11-27")
    yield book
    book.close()


FIRST = [TextFile("board/C01.toml", "one"), TextFile("board/C02.toml", "two")]


def test_files_are_written_and_brought_up_to_date(tmp_path: Path, ledger: Ledger) -> None:
    folder = Folder(tmp_path)
    write(folder, ledger, FIRST, rooms=("board",))
    done = write(folder, ledger, [TextFile("board/C01.toml", "new"), FIRST[1]], rooms=("board",))
    assert done.written == ("board/C01.toml",)
    assert (tmp_path / "board" / "C01.toml").read_text() == "new"


def test_an_edited_file_is_kept_unless_forced(tmp_path: Path, ledger: Ledger) -> None:
    folder = Folder(tmp_path)
    write(folder, ledger, FIRST, rooms=("board",))
    (tmp_path / "board" / "C01.toml").write_text("mine")
    new = [TextFile("board/C01.toml", "new"), FIRST[1]]
    assert write(folder, ledger, new, rooms=("board",)).kept == ("board/C01.toml",)
    assert (tmp_path / "board" / "C01.toml").read_text() == "mine"
    write(folder, ledger, new, rooms=("board",), force=True)
    assert (tmp_path / "board" / "C01.toml").read_text() == "new"


def test_what_the_plan_no_longer_has_is_removed_but_an_edit_stays(
    tmp_path: Path, ledger: Ledger
) -> None:
    folder = Folder(tmp_path)
    more = [*FIRST, TextFile("board/C03.toml", "three")]
    write(folder, ledger, more, rooms=("board",))
    (tmp_path / "board" / "C03.toml").write_text("mine")
    done = write(folder, ledger, FIRST[:1], rooms=("board",))
    assert done.removed == ("board/C02.toml",)
    assert (tmp_path / "board" / "C03.toml").exists()


def test_a_file_from_a_person_is_never_removed(tmp_path: Path, ledger: Ledger) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / "C09.toml").write_text("by hand")
    write(folder, ledger, FIRST, rooms=("board",))
    write(folder, ledger, [], rooms=("board",))
    assert (tmp_path / "board" / "C09.toml").read_text() == "by hand"


def test_rooms_do_not_disturb_each_other(tmp_path: Path, ledger: Ledger) -> None:
    folder = Folder(tmp_path)
    write(folder, ledger, FIRST, rooms=("board",))
    write(folder, ledger, [TextFile("prompts/grid/C01.txt", "draw")], rooms=("prompts",))
    assert (tmp_path / "board" / "C01.toml").exists()
