"""The measuring verbs as a person calls them: tiers, orders, and what is refused."""

from __future__ import annotations

import json
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

sys.path.insert(0, str(Path(__file__).parents[1] / "measure" / "model"))

import tiny

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
