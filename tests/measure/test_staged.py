"""Panels against the plan: who is there, and whether they hold their look."""

from __future__ import annotations

import json
import sys
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from stillreel.draw import ink, lumen, page
from stillreel.measure import pictures
from stillreel.measure.model.calibrate import Calibration, keep
from stillreel.measure.model.card import catalogue
from stillreel.measure.model.weights import here
from stillreel.measure.people import plates
from stillreel.measure.staged import (
    Seen,
    Wanted,
    held,
    mean_likeness,
    plan_match,
    read_back,
    seen_in,
    seen_in_clip,
)
from stillreel.measure.staged import (
    seen as look,
)
from stillreel.values.scene import Hair, Identity, SheetScene, Worn

sys.path.insert(0, str(Path(__file__).parent / "model"))

import tiny

RED = Identity(id="red", name="Red", outfit=(Worn(garment="coat", colour="#b03030"),))
BLUE = Identity(
    id="blue",
    name="Blue",
    skin="#6b4530",
    hair=Hair(colour="#d8c070"),
    outfit=(Worn(garment="coat", colour="#2f4f9f"),),
)


def seen(score: float, others: float | None) -> Seen:
    return Seen(1, None, "red", score, score, score, (), others)


def test_what_is_noted_is_read_back() -> None:
    found = (Seen(3, 2, "red", 0.5, 0.4, 0.6, (("hair", 0.9), ("skin", None)), 0.2), Seen(4, None))
    assert read_back(json.dumps([astuple(one) for one in found])) == found


def test_a_look_that_everybody_shares_is_not_held() -> None:
    assert held([seen(0.9, 0.9)], {"red": 0.95}) == 0
    assert held([seen(0.4, 0.1)], {"red": 0.4}) == 1
    assert held([seen(0.6, 0.2)], {"red": 1.0}) == pytest.approx(0.5)
    assert held([Seen(1, None)], {}) is None


def test_the_plan_is_matched_only_where_people_can_be_counted() -> None:
    wanted = [Wanted(at, "medium", ("red",), count) for at, count in ((1, 1), (2, 1), (3, None))]
    assert plan_match([Seen(1, 1), Seen(2, 3), Seen(3, 9)], wanted) == 0.5
    assert plan_match([Seen(1, None), Seen(2, None), Seen(3, 1)], wanted) is None
    assert mean_likeness([Seen(1, None)]) is None


def test_a_bird_that_nobody_counted_beside_a_girl_is_no_difference_from_the_plan() -> None:
    both = [Wanted(1, "full", ("girl", "bird"), 2, alike=False)]
    assert plan_match([Seen(1, 1)], both) is None
    assert plan_match([Seen(1, 2)], both) == 1.0
    assert plan_match([Seen(1, 3)], both) == 0.0


def looked_at(look: object, folder: Path) -> tuple[Seen, ...]:
    """Return what two people's three-quarter views show beside both front views."""
    known: dict[str, Path] = {}
    sides: dict[str, Path] = {}
    for one in (RED, BLUE):
        sheet = page.drawn(SheetScene(character=one), look, 1600, 900, seed=3)
        for plate in plates.cut(sheet):
            if plate.role in {"front", "three-quarter"}:
                path = folder / f"{one.id}-{plate.role}.png"
                path.write_bytes(pictures.encode_png(plate.box.crop(sheet)))
                (known if plate.role == "front" else sides)[one.id] = path
    wanted = [Wanted(at, "full", (name,), 1, name) for at, name in enumerate(sides, 1)]
    return seen_in(list(sides.values()), wanted, known)


def test_somebody_is_more_like_their_own_plate_than_like_another_s(tmp_path: Path) -> None:
    found = looked_at(lumen, tmp_path)
    assert [one.who for one in found] == ["red", "blue"]
    assert all(one.score > one.others for one in found)


def test_nobody_is_told_apart_without_colour(tmp_path: Path) -> None:
    found = looked_at(ink, tmp_path)
    (blue,) = (one for one in found if one.who == "blue")
    assert blue.score is None
    assert held([blue], {}) is None


def test_a_clip_that_ends_early_is_told(tmp_path: Path) -> None:
    from stillreel.errors import MediaError

    path = tmp_path / "none.mp4"
    path.write_bytes(b"no film")
    with pytest.raises(MediaError, match="cannot be decoded"):
        seen_in_clip(path, [3], [Wanted(1, "full", (), 0)], {})


def test_with_models_the_one_person_a_detector_sees_is_compared(tmp_path: Path) -> None:
    rows = np.array([[(320.0, 320.0, 200.0, 400.0, 0.9)]], np.float32).transpose(0, 2, 1)
    folder = tmp_path / "models"
    for name, data in (
        ("person", tiny.always({"output0": rows}, 640)),
        ("general", tiny.mean_colour()),
    ):
        card = catalogue().card(name)
        (folder / name).mkdir(parents=True)
        (folder / name / Path(card.file).name).write_bytes(data)
    weights = here(catalogue().card("general"), folder)
    assert weights is not None
    keep(Calibration(0.9, 0.2, 1.0, 1.0, 0.0, 0.0, 30, 30), weights)
    plate, panel = np.full((90, 60, 3), (20, 20, 200), np.uint8), np.zeros((320, 320, 3), np.uint8)
    panel[50:270, 100:220] = (20, 20, 200)
    file = tmp_path / "plate.png"
    file.write_bytes(pictures.encode_png(plate))
    wanted = (Wanted(1, "full", ("red",), 1, "red"),)
    (found,) = look([panel], wanted, {"red": file}, folder)
    assert (found.count, found.who) == (1, "red")
    assert found.score is not None
    assert found.score > 0.9
    (found,) = look([np.ascontiguousarray(panel[:, :, ::-1])], wanted, {"red": file}, folder)
    assert found.score is not None
    assert found.score < 0.9
