"""The measuring verbs as a person calls them: tiers, orders, and what is refused."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
import pytest

from stillreel.cli.door import run
from stillreel.measure.model.calibrate import Calibration, keep
from stillreel.measure.model.card import catalogue
from stillreel.measure.model.weights import here
from stillreel.measure.people.instances import instances

sys.path.insert(0, str(Path(__file__).parents[1] / "measure" / "model"))
sys.path.insert(0, str(Path(__file__).parents[1] / "measure" / "people"))

import tiny
from papers import blank, put

if TYPE_CHECKING:
    from collections.abc import Sequence

RED, BLUE = (20, 20, 200), (200, 20, 20)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home folder, with pictures of one colour in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, colour in (("red", RED), ("other-red", RED), ("blue", BLUE)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((90, 60, 3), colour, np.uint8))
    return tmp_path


def lay(home: Path, name: str, data: bytes) -> None:
    """Put weights where the shipped card looks for them."""
    card = catalogue().card(name)
    folder = home / ".stillreel" / "models" / name
    folder.mkdir(parents=True)
    (folder / Path(card.file).name).write_bytes(data)


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, object]]:
    code = run(["measure", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def only(answer: dict[str, object]) -> dict[str, object]:
    results = answer["results"]
    assert isinstance(results, list)
    assert len(results) == 1
    return results[0]


def calibrated(home: Path) -> None:
    """Lay an embedder of mean colours as the general model, with a threshold."""
    lay(home, "general", tiny.mean_colour())
    weights = here(catalogue().card("general"), home / ".stillreel" / "models")
    assert weights is not None
    keep(Calibration(0.9, 0.2, 1.0, 1.0, 0.0, 0.0, 30, 30), weights)


def test_the_model_tier_answers_with_the_weights_that_are_there(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calibrated(home)
    words = ("identity", home / "red.png", home / "other-red.png", home / "blue.png")
    code, answer = said(capsys, *words, "--tier", "model")
    assert code == 0
    same, other = answer["results"]
    assert (same["tier"], same["same"], other["same"]) == ("model", True, False)
    assert same["score"] > 0.9 > other["score"]
    assert same["weights"][0]["model"] == "general"
    assert same["attributes"]["hair"] == "not_measurable"


def test_weights_that_are_not_the_file_on_their_card_are_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(home, "drawn", tiny.mean_colour())
    code, answer = said(capsys, "identity", home / "red.png", home / "red.png", "--tier", "model")
    assert (code, answer["error"]) == (3, "Damaged")


def test_the_embedded_tier_is_the_default_and_needs_no_weights(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = said(capsys, "identity", home / "red.png", home / "blue.png")
    assert code == 0
    assert only(answer)["tier"] == "embedded"
    code, answer = said(capsys, "instances", home / "red.png")
    assert code == 0
    assert only(answer)["tier"] == "embedded"


@pytest.mark.parametrize("what", ["identity", "instances"])
def test_without_weights_one_sentence_names_extra_weights_and_licence(
    home: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    code = run(["measure", what, str(home / "red.png"), str(home / "blue.png"), "--tier", "model"])
    told = capsys.readouterr()
    assert code == 6
    assert told.out == ""
    assert "stillreel[model]" in told.err
    card = catalogue().card("person" if what == "instances" else "drawn")
    assert card.repo in told.err
    assert card.licence in told.err
    assert "Traceback" not in told.err


def test_without_the_extra_it_is_named_even_where_weights_lie(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calibrated(home)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    code = run(
        ["measure", "identity", str(home / "red.png"), str(home / "blue.png"), "--tier", "model"]
    )
    assert code == 6
    assert "the extra 'model' (onnxruntime is not installed)" in capsys.readouterr().err


def test_a_model_that_is_missing_is_not_measurable_and_no_other_answers(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calibrated(home)
    words = ("identity", home / "red.png", home / "red.png")
    code, answer = said(capsys, *words, "--tier", "model", "--style", "photoreal")
    row = only(answer)
    assert code == 0
    assert row["score"] is None
    assert "face models are not here" in str(row["not_measurable"])


def test_people_are_counted_by_the_model_tier(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = np.array([[(320.0, 320.0, 200.0, 500.0, 0.9), (90.0, 320.0, 80.0, 500.0, 0.8)]])
    boxes = tiny.always({"output0": rows.astype(np.float32).transpose(0, 2, 1)}, 640)
    lay(home, "person", boxes)
    code, answer = said(capsys, "instances", home / "red.png", "--tier", "model")
    row = only(answer)
    assert code == 0
    assert (row["count"], row["tier"], row["page"]) == (2, "model", None)
    assert row["weights"][0]["licence"]


def film(path: Path, colours: Sequence[int], each: int = 24) -> Path:
    """Write a clip of textured shots, 64 x 48 at 24 frames a second."""
    noise = np.random.default_rng(1).integers(0, 60, (48, 64, 3))
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number, colour in enumerate(colours):
            for at in range(each):
                turned = np.roll(noise, (at + number * 7, number * 11), (1, 0))
                pixels = np.clip(turned + colour, 0, 255).astype(np.uint8)
                box.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="bgr24")))
        box.mux(stream.encode())
    return path


def test_a_clip_is_held_against_what_was_ordered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = film(tmp_path / "clip.mp4", (20, 180))
    right = ("--size", "64x48", "--fps", "24", "--seconds", "2", "--cuts", "1")
    code, answer = said(capsys, "clip", clip, *right)
    assert code == 0
    assert only(answer)["wrong"] == []
    wrong = ("--size", "640x480", "--fps", "25", "--seconds", "3", "--cuts", "none")
    code, answer = said(capsys, "clip", clip, *wrong)
    assert code == 0
    assert [one["what"] for one in only(answer)["wrong"]] == ["size", "fps", "length", "jump"]
    assert run(["measure", "clip", str(clip), "--size", "640x480"]) == 0
    assert "size: 640x480 ordered, 64x48 found" in capsys.readouterr().out


def test_every_shot_says_how_its_colours_drift(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = film(tmp_path / "clip.mp4", (20, 180))
    _, answer = said(capsys, "clip", clip)
    shots = only(answer)["drift_by_shot"]
    assert [one["shot"] for one in shots] == [[0.0, 1.0], [1.0, 2.0]]
    assert all(len(one["slope"]) == 3 for one in shots)
    assert [gap for gap, _ in shots[0]["shift"]] == [1, 2, 5, 10, 20]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--size", "wide"), "is no size"),
        (("--fps", "0"), "is no number"),
        (("--fps", "24/0"), "is no number"),
        (("--seconds", "2"), "Add --fps"),
        (("--fps", "24", "--cuts", "1,,2"), "is no number"),
    ],
)
def test_an_order_that_cannot_be_read_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert run(["measure", "clip", str(tmp_path / "none.mp4"), *words]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("words", [("fps", "1e999999999"), ("size", "³x³"), ("size", "9" * 5000)])
def test_no_number_is_too_odd_to_be_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    assert run(["measure", "clip", str(tmp_path / "none.mp4"), f"--{words[0]}", words[1]]) == 2
    assert "is no" in capsys.readouterr().err


@pytest.mark.parametrize("layout", ["³x3", "3x", "x", "three", "3x" + "9" * 5000])
def test_a_layout_that_cannot_be_read_is_a_usage_error(
    home: Path, capsys: pytest.CaptureFixture[str], layout: str
) -> None:
    assert run(["measure", "panels", str(home / "red.png"), "--layout", layout]) == 2
    assert "is no layout" in capsys.readouterr().err


VERBS = ["panels", "instances", "identity", "clip"]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_to_measure_is_a_usage_error(
    home: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    words = [str(home / "red.png")] if verb == "identity" else []
    assert run(["measure", verb, *words]) == 2
    told = capsys.readouterr()
    assert (told.out, "nothing to measure" in told.err) == ("", True)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", ["none", "folder", "pipe", "/dev/zero"])
def test_what_is_no_file_is_told_alike_by_every_verb(
    home: Path, capsys: pytest.CaptureFixture[str], verb: str, name: str
) -> None:
    (home / "folder").mkdir()
    os.mkfifo(home / "pipe")
    words = [str(home / "red.png")] if verb == "identity" else []
    assert run(["measure", verb, *words, str(home / name)]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count(str(home / name)) == 1
    assert "Traceback" not in told.err


def test_a_picture_file_of_more_than_512_megabytes_is_not_read(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = home / "large.png"
    large.write_bytes((home / "red.png").read_bytes())
    os.truncate(large, 512 * 1024 * 1024 + 1)
    assert run(["measure", "panels", str(large)]) == 3
    assert "more than 512 MB" in capsys.readouterr().err
    assert run(["measure", "identity", str(large), str(home / "red.png")]) == 3


@pytest.mark.parametrize("verb", VERBS)
def test_one_bad_file_of_several_keeps_back_none_of_the_others(
    home: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    good = film(home / "good.mp4", (20,)) if verb == "clip" else home / "blue.png"
    (home / "text.png").write_text("no picture at all")
    words = [home / "red.png"] if verb == "identity" else []
    files = (home / "none.png", good, home / "text.png", good)
    code, answer = said(capsys, verb, *words, *files)
    assert code == 3
    assert [one["file"] for one in answer["results"]] == [str(good)] * 2
    assert [one["where"] for one in answer["errors"]] == [str(files[0]), str(files[2])]
    assert run(["measure", verb, *map(str, (*words, *files))]) == 3
    told = capsys.readouterr()
    assert told.out.count(f"{good}: ") == 2
    assert [told.err.count(str(one)) for one in files] == [1, 0, 1, 0]


def test_a_cut_says_whether_its_neighbours_were_painted_out(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, beside in (("apart", 600), ("near", 460)):
        sheet = blank()
        for middle in (300, beside):
            put(sheet, middle, 560, 480)
        cv2.imwrite(str(home / f"{name}.png"), sheet)
    files = (home / "apart.png", home / "near.png")
    _, answer = said(capsys, "instances", *files, "--cut", home / "cuts")
    assert [one["clean"] for one in answer["results"]] == [True, False]
    assert all(Path(one["single"]).is_file() for one in answer["results"])
    assert run(["measure", "instances", *map(str, files), "--cut", str(home / "cuts")]) == 0
    told = capsys.readouterr().out
    assert "apart-single.png\n" in told
    assert "near-single.png (not clean: others were painted out)\n" in told
    _, answer = said(capsys, "instances", home / "red.png", "--cut", home / "cuts")
    assert (only(answer)["single"], only(answer)["clean"]) == ("", None)
    _, answer = said(capsys, "instances", home / "apart.png")
    assert "clean" not in only(answer)


def test_two_trees_in_a_clip_are_not_said_to_be_two_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snow = np.full((360, 640, 3), 245, np.uint8)
    for middle in (160, 420):
        cv2.ellipse(snow, (middle, 120), (60, 80), 0, 0, 360, (60, 120, 50), -1)
        cv2.rectangle(snow, (middle - 12, 190), (middle + 12, 330), (40, 60, 90), -1)
    assert instances(snow).count == 2
    with av.open(str(tmp_path / "snow.mp4"), "w") as box:
        stream = box.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for _ in range(12):
            box.mux(stream.encode(av.VideoFrame.from_ndarray(snow, format="bgr24")))
        box.mux(stream.encode())
    _, answer = said(capsys, "clip", tmp_path / "snow.mp4")
    assert {one["count"] for one in only(answer)["heads"]} == {"not_measurable"}
