"""What goes wrong is said in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commandline import IDEA, stillreel


@pytest.fixture
def film(idea: Path, tmp_path: Path) -> Path:
    shutil.copytree(idea, tmp_path / "film")
    return tmp_path / "film"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.md", b"", "empty"),
        ("bytes.md", b"A girl runs.\n\xff\xfe\x00\x81 broken \xc3\x28", "UTF-8"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(500), "PNG"),
        ("paper.txt", b"%PDF-1.7\n" + bytes(500), "PDF"),
        ("huge.txt", b"word " * 2_100_000, "MB"),
        ("page.html", b"<html></html>", "web page"),
    ],
)
def test_a_story_that_cannot_be_read_writes_nothing(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    said = stillreel("make", tmp_path / name, "--out", tmp_path / "film")
    assert said.code in {2, 3}
    assert words in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "film").exists()


def test_a_missing_story_is_told(tmp_path: Path) -> None:
    said = stillreel("make", tmp_path / "nowhere.md", "--out", tmp_path / "film")
    assert said.code in {2, 3}
    assert "nowhere.md" in said.err
    assert "Traceback" not in said.err


def test_every_problem_is_told_at_once_with_its_line(film: Path) -> None:
    toml = (film / "film.toml").read_text().replace("ratio =", "ration =")
    (film / "film.toml").write_text(toml)
    board = film / "board" / "C01.toml"
    text = board.read_text()
    board.write_text(text.replace('size = "', 'size = "very-', 1))
    said = stillreel("run", film)
    assert said.code == 3
    line = toml.splitlines().index(next(row for row in toml.splitlines() if "ration" in row)) + 1
    assert f"film.toml:{line}:" in said.err
    assert "ratio" in said.err
    size = next(n for n, row in enumerate(board.read_text().splitlines(), 1) if "very-" in row)
    assert f"board/C01.toml:{size}:" in said.err
    assert "No money was spent." in said.err


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('seconds = "', 'seconds = "9', "add up"),
        ('place = "', 'place = "no-', "no-"),
        ('id = "P2"', 'id = "P1"', "P1"),
    ],
)
def test_a_broken_board_is_told_by_file_and_line(
    film: Path, before: str, after: str, words: str
) -> None:
    board = film / "board" / "C01.toml"
    head, tail = board.read_text().split("[[panel]]", 1)
    board.write_text(head + "[[panel]]" + tail.replace(before, after, 1))
    said = stillreel("check", film)
    assert said.code == 3
    assert "board/C01.toml:" in said.out
    assert words in said.out


def test_two_runs_at_once_do_not_meet(film: Path) -> None:
    from stillreel.ledger.lock import held

    board = film / "board" / "C01.toml"
    board.write_text("# changed\n" + board.read_text())
    with held(film / ".stillreel", "process 4711, since noon"):
        said = stillreel("run", film)
    assert said.code == 3
    assert "process 4711, since noon" in said.err
    assert stillreel("run", film).code == 0


def test_a_killed_run_leaves_a_film_that_opens_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "idea.md").write_text(IDEA)
    folder = tmp_path / "film"
    words = [sys.executable, "-m", "stillreel", "make", str(tmp_path / "idea.md")]
    words += ["--out", str(folder), "--height", "180", "--json"]
    for kill_at in ("sheet", "grid", "clip"):
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if f'"stage": "{kill_at}"' in line:
                    os.kill(child.pid, signal.SIGKILL)
                    break
            child.wait()
        assert stillreel("status", folder).code == 0
        assert not list(folder.rglob(".part-*")) or stillreel("check", folder).code == 0
    done = stillreel(*words[3:])
    assert done.code == 0, done.err
    assert (folder / "out" / "film.mp4").is_file()
    assert stillreel("check", folder, "--files").code == 0


def test_no_process_is_left_behind_by_a_killed_run(tmp_path: Path) -> None:
    (tmp_path / "idea.md").write_text(IDEA)
    words = [sys.executable, "-m", "stillreel", "make", str(tmp_path / "idea.md")]
    words += ["--out", str(tmp_path / "film"), "--height", "180", "--json"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if '"stage": "sheet"' in line:
                break
        group = child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    deadline = time.monotonic() + 10
    while _alive(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _alive(group) == []


def _alive(group: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(words[2]) == group and words[0] != "Z":
            found.append(stat.parent.name)
    return found


def test_ctrl_c_stops_politely_and_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "idea.md").write_text(IDEA)
    words = [sys.executable, "-m", "stillreel", "make", str(tmp_path / "idea.md")]
    words += ["--out", str(tmp_path / "film"), "--height", "180", "--json"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if '"stage": "sheet"' in line and '"made": true' in line:
                child.send_signal(signal.SIGINT)
                break
        _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "goes on from here" in said
    assert "Traceback" not in said
    assert stillreel(*words[3:]).code == 0


def test_a_folder_that_is_no_film_is_told(tmp_path: Path) -> None:
    for verb in ("status", "run", "plan", "check"):
        said = stillreel(verb, tmp_path)
        assert said.code == 3, verb
        assert "film.toml" in said.err + said.out
        assert "Traceback" not in said.err


def test_an_unknown_verb_is_a_usage_error() -> None:
    said = stillreel("mkae", "story.md")
    assert said.code == 2
    assert "make" in said.err
    assert "Traceback" not in said.err


def test_spending_without_consent_is_refused(film: Path) -> None:
    said = stillreel("run", film, "--max-spend", "a lot")
    assert said.code == 2
    assert "--max-spend 5.00" in said.err


def test_another_story_does_not_overwrite_a_film(film: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("A dog sleeps.")
    said = stillreel("make", tmp_path / "other.md", "--out", film)
    assert said.code == 3
    assert "another story" in said.err
