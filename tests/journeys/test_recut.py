"""A view cut by hand: it wins over the measured cut, and only a sheet's own pixels can be cut."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import cv2
import pytest

from commandline import stillreel
from stillreel.cli.door import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def film(idea: Path, tmp_path: Path) -> Path:
    """A copy of the small film, to be changed."""
    shutil.copytree(idea, tmp_path / "film", symlinks=True)
    return tmp_path / "film"


def view(film: Path, role: str = "plate-front") -> tuple[int, int] | None:
    """Return width and height of a view of the sheet of the girl that is in the film."""
    db = sqlite3.connect(film / ".stillreel" / "ledger.db")
    row = db.execute(
        "SELECT digest FROM take_files JOIN current USING (take_id) "
        "WHERE current.stage = 'sheet' AND current.subject = 'girl' AND role = ?",
        (role,),
    ).fetchone()
    db.close()
    if row is None:
        return None
    picture = cv2.imread(str(film / ".stillreel" / "files" / row[0][:2] / f"{row[0]}.png"))
    return picture.shape[1], picture.shape[0]


def boards(film: Path) -> int:
    db = sqlite3.connect(film / ".stillreel" / "ledger.db")
    (count,) = db.execute("SELECT COUNT(*) FROM takes WHERE stage = 'grid'").fetchone()
    db.close()
    return count


def test_a_cut_by_hand_wins_and_what_depends_on_it_is_made_again(film: Path) -> None:
    measured, drawn = view(film), boards(film)
    assert measured not in {None, (300, 700)}
    said = stillreel("redo", film, "girl", "--crop", "front=100,100,400,800", "--note", "no hand")
    assert said.code == 0, said.err
    assert stillreel("run", film, "--until", "grid").code == 0
    assert view(film) == (300, 700)
    assert view(film, "plate-face") is not None
    assert boards(film) == drawn + 1
    events = stillreel("events", film).out
    assert "front view cut by hand at 100, 100, 400, 800: no hand" in events


def test_a_cut_by_hand_outlives_a_sheet_that_is_made_again(film: Path) -> None:
    stillreel("redo", film, "girl", "--crop", "front=100,100,400,800")
    assert stillreel("run", film, "--until", "sheet").code == 0
    db = sqlite3.connect(film / ".stillreel" / "ledger.db")
    (digest,) = db.execute(
        "SELECT digest FROM take_files JOIN current USING (take_id) "
        "WHERE current.stage = 'sheet' AND current.subject = 'girl' AND role = 'main'"
    ).fetchone()
    db.close()
    sheet = film / ".stillreel" / "files" / digest[:2] / f"{digest}.png"
    sheet.chmod(0o644)
    sheet.write_bytes(b"damaged")
    assert stillreel("run", film, "--until", "sheet").code == 0
    assert view(film) == (300, 700)


@pytest.mark.parametrize(
    ("what", "cut", "told"),
    [
        ("girl", "front=100,100,4000,800", "reaches outside the sheet, which is 1600 x 900"),
        ("girl", "front=400,100,100,800", "needs 64 a side"),
        ("girl", "front=1,2,3", "is no cut"),
        ("girl", "nose=100,100,400,800", "is no cut"),
        ("girl", "front=-5,100,400,800", "is no cut"),
        ("C01", "front=100,100,400,800", "is no sheet"),
        ("nobody", "front=100,100,400,800", "There is no 'nobody'"),
    ],
)
def test_a_cut_that_is_none_is_told_and_changes_nothing(
    idea: Path, capsys: pytest.CaptureFixture[str], what: str, cut: str, told: str
) -> None:
    assert run(["redo", str(idea), what, "--crop", cut]) == 2
    assert told in capsys.readouterr().err
