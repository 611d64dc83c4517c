"""Where a film came from: signed from sheet to film, followed back, and every tampering told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from commandline import stillreel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def film(idea: Path, tmp_path: Path) -> Path:
    """A copy of a film that was made by the command line."""
    shutil.copytree(idea, tmp_path / "film")
    return tmp_path / "film"


def followed(folder: Path) -> tuple[int, dict[str, Any]]:
    said = stillreel("trail", folder, "--json")
    return said.code, json.loads(said.out)


def depth(told: dict[str, Any]) -> int:
    return 1 + max((depth(one) for one in told["ingredients"]), default=0)


def kinds(told: dict[str, Any]) -> set[str]:
    found = {str(one["title"]).split(" ", 1)[1] for one in told["ingredients"] if one["title"]}
    return found.union(*(kinds(one) for one in told["ingredients"]))


def test_a_film_is_signed_with_everything_it_was_made_from_down_to_the_sheets(film: Path) -> None:
    code, told = followed(film)
    assert (code, told["doubts"]) == (0, [])
    assert (told["state"], told["worst"]) == ("Valid", "Valid")
    assert told["digital_source_types"] == ["algorithmicMedia"]
    assert told["metadata_source_type"] == "algorithmicMedia"
    assert depth(told) >= 4
    assert {"clip", "board", "sheet", "plate-front"} <= kinds(told)
    assert told["ledger"]["broken"] is None
    assert told["ledger_head"]
    assert (film / "out" / "film.c2pa").stat().st_size > 1000


def test_what_lies_in_out_is_signed_and_the_store_keeps_what_was_drawn(film: Path) -> None:
    out = film / "out"
    pictures = [*sorted(out.glob("*/*.png")), *sorted(out.glob("clips/*.mp4"))]
    assert {"C01.mp4", "title.mp4", "credits.mp4"} <= {path.name for path in pictures}
    said = stillreel("trail", *pictures, "--json")
    results = json.loads(said.out)["results"]
    assert len(results) == len(pictures) >= 4
    assert {one["state"] for one in results} == {"Valid"}
    with sqlite3.connect(film / ".stillreel" / "ledger.db") as db:
        rows = db.execute("SELECT digest, media_type FROM take_files WHERE role = 'main'")
        digests = [digest for digest, kind in rows if kind.startswith("image/")]
    db.close()
    files = film / ".stillreel" / "files"
    drawn = [next(files.rglob(f"{digest}.*")) for digest in digests]
    told = json.loads(stillreel("trail", *drawn, "--json").out)["results"]
    assert {one["state"] for one in told} == {"NoManifest"}


def test_running_again_signs_nothing_again(film: Path) -> None:
    before = (film / "out" / "film.mp4").read_bytes()
    assert stillreel("run", film).code == 0
    assert (film / "out" / "film.mp4").read_bytes() == before


def test_a_changed_byte_of_the_film_is_told_with_another_exit_code(film: Path) -> None:
    path = film / "out" / "film.mp4"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    code, told = followed(film)
    assert (code, told["worst"]) == (3, "Invalid")
    assert any("not the one that the ledger recorded" in doubt for doubt in told["doubts"])


def test_a_changed_ledger_is_told_by_its_first_broken_event(film: Path) -> None:
    with sqlite3.connect(film / ".stillreel" / "ledger.db") as db:
        db.execute("UPDATE events SET message = 'nothing happened' WHERE seq = 3")
    db.close()
    code, told = followed(film)
    assert (code, told["ledger"]["broken"]) == (3, 3)
    assert any("event 3" in doubt for doubt in told["doubts"])
    assert "event 3" in (film / "out" / "trail.html").read_text()


def test_events_that_were_cut_off_are_missed_by_the_film_itself(film: Path) -> None:
    with sqlite3.connect(film / ".stillreel" / "ledger.db") as db:
        db.execute("DELETE FROM events WHERE seq > 2")
        db.execute("DELETE FROM takes WHERE id NOT IN (SELECT take_id FROM events)")
    db.close()
    code, told = followed(film)
    assert code == 3
    assert any("events were cut off" in doubt for doubt in told["doubts"])


def test_the_disclosure_of_a_drawn_film_says_that_no_model_made_its_pictures(film: Path) -> None:
    told = json.loads((film / "out" / "disclosure.json").read_text())
    assert told["format"] == 1
    assert told["film"]["digital_source_type"] == "algorithmicMedia"
    assert told["counts"]["by_origin"] == {"drawn-by-rules": len(told["shots"])}
    assert told["signature"]["home_made"] is True
    assert "drawn by rules" in (film / "out" / "credits.txt").read_text()
    hints = json.loads((film / "out" / "upload-hints.json").read_text())
    assert {"youtube", "tiktok"} <= {key.lower() for key in json.dumps(hints).lower().split('"')}


def test_a_film_that_is_not_to_be_signed_is_left_as_it_is(film: Path) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("sign = true", "sign = false"))
    assert stillreel("run", film).code == 0
    said = stillreel("trail", film / "out" / "film.mp4", "--json")
    assert said.json()["state"] == "NoManifest"
    assert not (film / "out" / "film.c2pa").exists()


def test_marks_and_labels_are_laid_before_the_credentials(film: Path) -> None:
    from stillreel.trail.mark.nouns import STRENGTH
    from stillreel.trail.mark.read import read

    toml = film / "film.toml"
    text = toml.read_text().replace("mark = false", "mark = true")
    text = text.replace('label = ""', 'label = "AI-generated"')
    toml.write_text(text.replace('aigc_producer = ""', 'aigc_producer = "studio-7"'))
    assert stillreel("run", film).code == 0
    code, told = followed(film)
    assert (code, told["worst"]) == (0, "Valid")
    assert told["aigc_label"]["ContentProducer"] == "studio-7"
    disclosed = json.loads((film / "out" / "disclosure.json").read_text())
    assert disclosed["marks"]["visible_label"]["text"] == "AI-generated"
    number = disclosed["marks"]["pixel_mark"]
    found = read(film / "out" / "film.mp4")
    assert found.id == int(number, 16)
    said = stillreel("events", film)
    assert f"pixel mark {number}, strength {STRENGTH}" in said.out


def test_a_chain_without_its_key_is_a_sentence_before_anything_is_signed(film: Path) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("prompts = false", "prompts = true"))
    said = stillreel("run", film, STILLREEL_SIGN_CHAIN=str(film / "film.toml"))
    assert said.code == 2
    assert "STILLREEL_SIGN_KEY" in said.err
    both = {"STILLREEL_SIGN_CHAIN": str(toml), "STILLREEL_SIGN_KEY": str(toml)}
    said = stillreel("run", film, **both)
    assert said.code == 6
    assert "film.toml" in said.err


def test_plates_and_panels_leave_signed_as_cut_from_their_sheet_and_board(film: Path) -> None:
    said = stillreel("export", film, "--as", "stills", "--json")
    files = said.json()["files"]
    assert isinstance(files, list)
    names = {str(one).rpartition("/")[2] for one in files}
    assert {f"C01-panel-{at}.png" for at in range(1, 10)} <= names
    panel = film / "out" / "stills" / "C01-panel-3.png"
    told = stillreel("trail", panel, "--json").json()
    assert told["actions"] == ["c2pa.opened", "c2pa.cropped"]
    assert (told["worst"], depth(told)) == ("Valid", 4)


def test_a_key_that_cannot_be_kept_is_told_with_the_ways_out(film: Path, tmp_path: Path) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("prompts = false", "prompts = true"))
    (tmp_path / "taken").write_text("a file where a folder should be")
    said = stillreel("run", film, XDG_CONFIG_HOME=str(tmp_path / "taken"))
    assert said.code == 3
    assert "sign = false" in said.err
    assert (film / "out" / "film.mp4").is_file()


def test_the_first_key_of_a_machine_is_told_once(film: Path, tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path / "home")}
    words = f"A signing key of this machine was made in {tmp_path}/home/stillreel/signing"
    assert words in stillreel("export", film, "--as", "stills", **home).err
    assert "signing key" not in stillreel("export", film, "--as", "stills", **home).err


def test_a_run_that_is_killed_while_it_signs_is_mended_by_the_next(film: Path) -> None:
    toml = film / "film.toml"
    toml.write_text(toml.read_text().replace("prompts = false", "prompts = true"))
    before = (film / "out" / "film.mp4").read_bytes()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(120)
        stamps = f"http://127.0.0.1:{silent.getsockname()[1]}"
        words = [sys.executable, "-m", "stillreel", "run", str(film)]
        surroundings = {**os.environ, "CI": "true", "STILLREEL_TIME_STAMPS": stamps}
        run = subprocess.Popen(words, env=surroundings, stderr=-3, start_new_session=True)
        # It asks for a time-stamp in the middle of signing, and none is ever given.
        with silent.accept()[0]:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
    assert list(film.rglob(".part-*"))
    assert (film / "out" / "film.mp4").read_bytes() == before
    assert stillreel("run", film).code == 0
    code, told = followed(film)
    assert (code, told["worst"], told["doubts"]) == (0, "Valid", [])
    assert not list(film.rglob(".part-*"))
