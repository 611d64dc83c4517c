"""A bake-off that goes through to moved shots, between the pencil and a stranger's package."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

from commandline import IDEA, stillreel

sys.path.insert(0, str(Path(__file__).parent))

import rivals


def made(film: Path) -> dict[tuple[str, str], int]:
    """Return how many takes of each stage each provider made."""
    db = sqlite3.connect(film / ".stillreel" / "ledger.db")
    found = db.execute("SELECT stage, provider, COUNT(*) FROM takes GROUP BY 1, 2").fetchall()
    db.close()
    return {(stage, provider): count for stage, provider, count in found}


def begun(folder: Path, *changes: tuple[str, str]) -> tuple[Path, Path]:
    """Return a planned film with changes in its film.toml, and where its rivals are installed."""
    site, film = folder / "site", folder / "film"
    site.mkdir()
    rivals.install(site)
    (folder / "idea.md").write_text(IDEA)
    stillreel("new", folder / "idea.md", film)
    settings = (film / "film.toml").read_text()
    for old, new in (*changes, (r"height = \d+", "height = 144")):
        settings = re.sub(old, new, settings)
    (film / "film.toml").write_text(settings)
    stillreel("plan", film)
    return film, site


def test_rivals_meet_on_moved_shots_and_the_better_one_draws_the_film(tmp_path: Path) -> None:
    film, site = begun(
        tmp_path,
        (r"sheets = \[.*?\]", 'sheets = ["lumen", "smudge"]'),
        (r"clips = \[.*?\]", 'clips = ["flipbook"]'),
        (r"samples = 3", "samples = 10"),
        (r'through = "grid"', 'through = "shot"'),
    )
    said = stillreel("run", film, "--until", "clip", "--json", PYTHONPATH=str(site))
    assert said.code == 0, said.err + said.out
    # Eight units are the fewest that can decide; the film's own clip is one of them.
    assert made(film) == {
        ("sheet", "lumen"): 3,
        ("sheet", "smudge"): 3,
        ("grid", "lumen"): 8,
        ("grid", "smudge"): 8,
        ("clip", "flipbook"): 16,
    }
    compared = stillreel("compare", film, "bakeoff", PYTHONPATH=str(site))
    assert compared.code == 0, compared.err
    assert "lumen wins: ahead on 8 of 8 units" in compared.out
    # What was compared is shown: the middle of every panel of both rivals' clips.
    assert (film / "out" / "compare-bakeoff.jpg").is_file()


def test_a_rival_whose_answers_are_lost_is_not_compared_and_the_film_goes_on(
    tmp_path: Path,
) -> None:
    film, site = begun(tmp_path, (r"sheets = \[.*?\]", 'sheets = ["lumen", "mute"]'))
    said = stillreel("run", film, "--until", "grid", "--json", PYTHONPATH=str(site))
    assert said.code == 0, said.err + said.out
    drawn = made(film)
    assert ("grid", "mute") not in drawn
    assert drawn["grid", "lumen"] >= 1
