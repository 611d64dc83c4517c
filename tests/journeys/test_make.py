"""From one line to a film, and everything a person may do to it afterwards."""

from __future__ import annotations

import json
import shutil
import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest

from commandline import stillreel
from stillreel.values import digest


@pytest.fixture
def film(idea: Path, tmp_path: Path) -> Path:
    """A copy of the small film, to be changed."""
    shutil.copytree(idea, tmp_path / "film", symlinks=True)
    return tmp_path / "film"


def takes(folder: Path) -> list[tuple[str, str, str, int]]:
    db = sqlite3.connect(folder / ".stillreel" / "ledger.db")
    rows = db.execute(
        "SELECT stage, subject, provider, number FROM takes ORDER BY made_at"
    ).fetchall()
    db.close()
    return rows


def drawn(folder: Path) -> list[tuple[str, str, str]]:
    """Return stage, subject and digest of every file of every take."""
    db = sqlite3.connect(folder / ".stillreel" / "ledger.db")
    rows = db.execute(
        "SELECT stage, subject, digest FROM take_files JOIN takes ON id = take_id"
        " WHERE stage != 'film' ORDER BY 1, 2, 3"
    ).fetchall()
    db.close()
    return rows


def packets(film: Path) -> list[bytes]:
    """Return the encoded picture and sound of a film, in order."""
    import av

    with av.open(str(film)) as box:
        return [bytes(packet) for packet in box.demux() if packet.size]


def boards(folder: Path) -> list[tuple[str, list[str]]]:
    """Return the boards of C01 in the order they were made, with the digests of their panels."""
    db = sqlite3.connect(folder / ".stillreel" / "ledger.db")
    ids = db.execute(
        "SELECT id FROM takes WHERE stage = 'grid' AND subject = 'C01' ORDER BY made_at"
    ).fetchall()
    files = "SELECT digest FROM take_files WHERE take_id = ? AND role LIKE 'panel-%' ORDER BY role"
    found = [(row[0], [one[0] for one in db.execute(files, row)]) for row in ids]
    db.close()
    return found


def test_one_line_becomes_one_clip_and_a_film_that_plays(idea: Path) -> None:
    import av

    with av.open(str(idea / "out" / "film.mp4")) as box:
        video, audio = box.streams.video[0], box.streams.audio[0]
        assert (video.codec_context.width, video.codec_context.height) == (320, 180)
        assert video.average_rate == Fraction(24)
        assert audio.rate == 48_000
        frames = sum(1 for _ in box.decode(video))
    assert 10 * 24 <= frames <= (15 + 10) * 24
    assert [path.name for path in sorted((idea / "board").iterdir())] == ["C01.toml"]


def test_the_last_line_of_a_run_says_what_others_rely_on(film: Path) -> None:
    said = stillreel("run", film, "--json").json()
    assert said["format"] == 1
    assert said["event"] == "done"
    assert said["film"] == "out/film.mp4"
    assert said["clips"] == 1
    assert said["spent_usd"] == "0.00"


def test_status_says_what_others_rely_on(idea: Path) -> None:
    said = stillreel("status", idea, "--json").json()
    stages = said["stages"]
    assert isinstance(stages, dict)
    assert set(stages) == {"sheet", "grid", "clip", "film"}
    assert all(one["done"] == one["total"] > 0 for one in stages.values())
    assert said["waiting"] == []


def test_everything_a_person_takes_away_is_there(idea: Path) -> None:
    names = {path.name for path in (idea / "out").iterdir()}
    assert {"film.mp4", "film.otio", "report.html", "sheets.jpg", "boards.jpg"} | {
        "film.jpg"
    } <= names
    page = (idea / "out" / "report.html").read_text()
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_both_front_ends_drew_every_sheet_and_one_drew_the_boards(idea: Path) -> None:
    made = takes(idea)
    sheets = {(subject, provider) for stage, subject, provider, _ in made if stage == "sheet"}
    subjects = {subject for subject, _ in sheets}
    assert len(sheets) == 2 * len(subjects)
    boards = {provider for stage, _, provider, _ in made if stage == "grid"}
    assert len(boards) == 1
    assert boards < {provider for _, provider in sheets}


def test_every_stored_file_has_the_bytes_its_name_says(idea: Path) -> None:
    files = [path for path in (idea / ".stillreel" / "files").rglob("*") if path.is_file()]
    assert len(files) > 12
    assert all(digest.of_file(path) == path.stem for path in files)


def test_running_again_does_nothing(film: Path) -> None:
    stillreel("run", film)
    before = takes(film)
    said = stillreel("run", film, "--json").json()
    assert said["state"] == "nothing to do"
    assert said["made"] == 0
    assert takes(film) == before


def test_one_changed_panel_redraws_only_what_depends_on_it_and_says_why(film: Path) -> None:
    board = film / "board" / "C01.toml"
    text = board.read_text()
    words = text.split('size = "', 2)
    old = words[2].split('"')[0]
    new = "close-up" if old != "close-up" else "medium"
    board.write_text(f'{words[0]}size = "{words[1]}size = "{new}{words[2][len(old) :]}')
    before = takes(film)
    said = stillreel("run", film, "--json").json()
    made = [row[0] for row in takes(film)[len(before) :]]
    assert made == ["grid", "clip", "film"]
    notes = said["notes"]
    assert isinstance(notes, list)
    assert any("panel 2 changed" in note for note in notes)


def test_a_redo_makes_a_sibling_and_a_choice_goes_back(film: Path) -> None:
    stillreel("run", film)
    first = (film / "out" / "clips" / "C01.mp4").read_bytes()
    assert stillreel("redo", film, "C01", "--stage", "grid").code == 0
    assert stillreel("run", film).code == 0
    boards = [row for row in takes(film) if row[0] == "grid"]
    assert [row[3] for row in boards] == [1, 2]
    assert stillreel("choose", film, "C01", "1", "--stage", "grid").code == 0
    assert stillreel("run", film).code == 0
    assert (film / "out" / "clips" / "C01.mp4").read_bytes() == first
    assert [row for row in takes(film) if row[0] == "grid"] == boards


def test_one_panel_is_asked_again_and_set_back_into_its_board(film: Path) -> None:
    stillreel("run", film)
    first = packets(film / "out" / "film.mp4")
    assert stillreel("redo", film, "C01.P10").code == 2
    assert stillreel("redo", film, "C01.P3").code == 0
    before = takes(film)
    assert stillreel("run", film).code == 0
    made = takes(film)[len(before) :]
    assert [row[:2] for row in made] == [
        ("grid", "C01.P3"),
        ("grid", "C01"),
        ("clip", "C01"),
        ("film", "film"),
    ]
    (old, before_it), (_, after_it) = boards(film)
    changed = [one != two for one, two in zip(before_it, after_it, strict=True)]
    assert changed == [index == 3 for index in range(1, 10)]
    assert stillreel("redo", film, "C01.P3").code == 0
    assert stillreel("run", film).code == 0
    third = boards(film)[-1][1]
    assert [row[:2] for row in takes(film)].count(("grid", "C01.P3")) == 2
    assert [one != two for one, two in zip(after_it, third, strict=True)] == changed
    assert stillreel("choose", film, "C01", old, "--stage", "grid").code == 0
    assert stillreel("run", film).code == 0
    assert packets(film / "out" / "film.mp4") == first


def test_a_damaged_file_is_made_again_and_reported(film: Path) -> None:
    (digest_of_clip,) = [digest for stage, _, digest in drawn(film) if stage == "clip"]
    clip = next((film / ".stillreel" / "files").rglob(f"{digest_of_clip}.mp4"))
    healthy = clip.read_bytes()
    clip.chmod(0o644)
    clip.write_bytes(healthy[:-1] + bytes([healthy[-1] ^ 1]))
    said = stillreel("run", film, "--json").json()
    notes = said["notes"]
    assert isinstance(notes, list)
    assert any("no longer matches its digest" in note for note in notes)
    assert clip.read_bytes() == healthy


def test_a_gate_waits_for_a_person(film: Path) -> None:
    text = (film / "film.toml").read_text()
    (film / "film.toml").write_text(text.replace("approve = []", 'approve = ["grid"]'))
    waits = stillreel("run", film, "--json")
    assert waits.code == 4
    assert waits.json()["waiting"] == ["grid"]
    status = stillreel("status", film, "--json").json()
    assert status["waiting"] == [{"what": "grid", "why": "approval"}]
    assert stillreel("approve", film, "grid", "--note", "good").code == 0
    assert stillreel("run", film).code == 0


def test_an_edited_prompt_wins_and_is_kept(film: Path) -> None:
    prompt = film / "prompts" / "grid" / "C01.txt"
    prompt.write_text("my own words")
    said = stillreel("run", film, "--json").json()
    assert prompt.read_text() == "my own words"
    notes = said["notes"]
    assert isinstance(notes, list)
    assert any("prompt changed" in note for note in notes)


def test_planning_again_keeps_what_a_person_edited(film: Path) -> None:
    board = film / "board" / "C01.toml"
    board.write_text("# mine\n" + board.read_text())
    said = stillreel("plan", film, "--json").json()
    assert said["kept"] == ["board/C01.toml"]
    assert board.read_text().startswith("# mine\n")
    stillreel("plan", film, "--force")
    assert not board.read_text().startswith("# mine\n")


def test_the_same_story_gives_the_same_bytes_whatever_the_workers(
    idea: Path, tmp_path: Path
) -> None:
    story = idea.parent / "idea.md"
    said = stillreel(
        "make", story, "--out", tmp_path / "again", "--height", "180", "--workers", "1"
    )
    assert said.code == 0, said.err
    first, second = drawn(idea), drawn(tmp_path / "again")
    assert first == second
    assert len(first) > 20
    # The film's own credentials say when it was signed; its picture and sound are the same.
    assert packets(idea / "out" / "film.mp4") == packets(tmp_path / "again" / "out" / "film.mp4")


def test_compare_shows_the_rivals_with_figures_and_a_picture(idea: Path) -> None:
    subject = next((idea / "cast").glob("*.toml")).stem
    said = stillreel("compare", idea, subject, "--json").json()
    rivals = said["takes"]
    assert isinstance(rivals, list)
    assert {rival["provider"] for rival in rivals} == {"lumen", "ink"}
    assert all({"identity", "attributes"} <= set(rival["scores"]) for rival in rivals)
    assert Path(str(said["picture"])).is_file()


@pytest.mark.parametrize("form", ["otio", "otioz", "fcpxml", "fcp7", "edl"])
def test_the_cut_goes_to_other_programs(film: Path, form: str) -> None:
    said = stillreel("export", film, "--as", form, "--json")
    assert said.code == 0, said.err
    files = said.json()["files"]
    assert isinstance(files, list)
    assert all(Path(file).stat().st_size > 100 for file in files)


def test_quote_says_what_is_missing_and_that_it_is_free(film: Path) -> None:
    said = stillreel("quote", film, "--json").json()
    assert said["high_usd"] == "0.00"
    assert said["fits"] is True
    stages = said["stages"]
    assert isinstance(stages, list)
    assert all(row["missing"] == 0 for row in stages)


def test_the_events_tell_the_whole_story(idea: Path) -> None:
    said = stillreel("events", idea, "--json")
    kinds = [json.loads(line)["event"] for line in said.out.splitlines()]
    assert kinds.count("made") == len(takes(idea))


def test_a_probe_is_a_trial_beside_the_film(film: Path) -> None:
    before = digest.of_file(film / "out" / "film.mp4")
    said = stillreel("probe", film, "--json").json()
    assert said["film"] == "out/probe.mp4"
    assert (film / "out" / "probe.mp4").is_file()
    assert digest.of_file(film / "out" / "film.mp4") == before
    status = stillreel("status", film, "--json").json()
    stages = status["stages"]
    assert isinstance(stages, dict)
    assert stages["film"] == {"done": 1, "total": 1}


def test_spoken_lines_can_be_burned_into_the_picture(film: Path) -> None:
    text = (film / "film.toml").read_text()
    (film / "film.toml").write_text(text.replace('subtitles = "sidecar"', 'subtitles = "burned"'))
    assert stillreel("check", film).code == 0
    said = stillreel("run", film, "--json").json()
    notes = said["notes"]
    assert isinstance(notes, list)
    assert any(note.startswith("C01: motion changed") for note in notes)


def test_a_withheld_clip_is_not_priced_until_a_person_lets_it_pass(film: Path) -> None:
    db = sqlite3.connect(film / ".stillreel" / "ledger.db")
    why = json.dumps({"C01": ["headcount: panel 2 shows 2, the plan has 1"]})
    db.executemany(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
        [("withheld", why), ("withheld/C01", "basis")],
    )
    db.commit()
    db.close()
    priced = stillreel("quote", film, "--json").json()
    assert priced["withheld"] == {"C01": "headcount: panel 2 shows 2, the plan has 1"}
    assert [line["total"] for line in priced["stages"] if line["stage"] == "clip"] == [0]
    refused = stillreel("approve", film, "C01")
    assert refused.code == 2
    assert "panel 2 shows 2" in refused.err
    assert stillreel("approve", film, "C01", "--note", "twins by design").code == 0


def test_checked_stills_of_the_pencil_pass_their_checks(film: Path) -> None:
    settings = film / "film.toml"
    settings.write_text(settings.read_text().replace('measure = "auto"', 'measure = "all"'))
    done = stillreel("run", film, "--json")
    assert done.code == 0
    assert done.json()["problems"] == []
