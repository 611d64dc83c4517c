"""Calibration from recorded vectors, and published figures of the model for drawn characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tiny

from stillreel.errors import ProjectError
from stillreel.measure.model.calibrate import (
    Recorded,
    Scale,
    calibrate,
    keep,
    maker,
    pairs,
    recorded,
    scale_of,
)
from stillreel.measure.model.card import catalogue
from stillreel.measure.model.embed import score
from stillreel.measure.model.weights import here

if TYPE_CHECKING:
    from pathlib import Path

PUBLISHED = np.array(
    [
        [0.0, 0.1658310, 0.4294704, 0.4037521],
        [0.1658310, 0.0, 0.4371533, 0.4074811],
        [0.4294704, 0.4371533, 0.0, 0.3922947],
        [0.4037521, 0.4074811, 0.3922947, 0.0],
    ]
)
"""Differences of four pictures, from the documentation of `ccip_batch_differences` in imgutils;
the first two show one character, the others one each."""


def crowd(spread: float, seed: int = 4) -> Recorded:
    """Six characters with six crops each, in two pictures."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(6, 32))
    vectors = np.repeat(middles, 6, axis=0) + spread * rng.normal(size=(36, 32))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    who = tuple(f"c{one}" for one in range(6) for _ in range(6))
    source = tuple(f"p{one // 3}" for one in range(6) for _ in range(6))
    return Recorded(vectors.astype(np.float32), who, source, "made by a test")


def test_published_differences_of_drawn_characters_are_read_as_published() -> None:
    card = catalogue().card("drawn")
    assert card.threshold == pytest.approx(1 - 2 * 0.17847511429108218)
    scale = Scale(card.threshold, card.low, card.high, measured=False)
    scores = [[score(1 - 2 * one, scale) for one in row] for row in PUBLISHED.tolist()]
    same = np.array(scores) >= 0.5
    assert same.tolist() == [
        [True, True, False, False],
        [True, True, False, False],
        [False, False, True, False],
        [False, False, False, True],
    ]


def test_the_score_is_half_at_the_threshold_and_never_falls() -> None:
    scale = Scale(0.6, 0.2, 0.9, measured=True)
    assert [score(one, scale) for one in (-1, 0.2, 0.6, 0.9, 1)] == pytest.approx([0, 0, 0.5, 1, 1])
    ladder = [score(float(one), scale) for one in np.linspace(-1, 1, 101)]
    assert ladder == sorted(ladder)


def test_recorded_vectors_are_read_back_as_they_were(tmp_path: Path) -> None:
    made = crowd(0.5)
    made.save(tmp_path / "vectors.npz")
    again = recorded(tmp_path / "vectors.npz")
    assert np.array_equal(again.vectors, made.vectors)
    assert (again.who, again.source, again.made_by) == (made.who, made.source, made.made_by)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", b"no archive"])
def test_a_file_that_holds_no_vectors_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "vectors.npz").write_bytes(data)
    with pytest.raises(ProjectError, match="no recorded vectors"):
        recorded(tmp_path / "vectors.npz")


def test_different_characters_are_paired_within_one_picture_only() -> None:
    same, different = pairs(crowd(0.5))
    assert same.size == 6 * 15
    assert different.size == 2 * 3 * 36
    assert pairs(crowd(0.5), within=False)[1].size == 15 * 36


def test_characters_that_lie_apart_are_told_apart() -> None:
    found = calibrate(*pairs(crowd(0.5)))
    assert found.auc > 0.99
    assert max(found.false_accept, found.false_reject) < 0.05
    assert found.low < found.threshold < found.high


def test_the_area_under_the_curve_counts_ties_half() -> None:
    same = [0.9] * 10 + [0.5] * 10
    different = [0.5] * 10 + [0.1] * 10
    assert calibrate(same, different).auc == pytest.approx(0.875)


def test_a_model_that_tells_nobody_apart_sets_no_threshold() -> None:
    with pytest.raises(ProjectError, match="does not tell"):
        calibrate([0.3, 0.4] * 20, [0.5, 0.6] * 20)


def test_a_few_pairs_set_no_threshold() -> None:
    with pytest.raises(ProjectError, match="too few"):
        calibrate([0.9] * 19, [0.1] * 100)


def test_a_calibration_counts_for_its_own_weights_only(tmp_path: Path) -> None:
    card = tiny.card()
    tiny.lay(tmp_path, card, tiny.mean_colour())
    weights = here(card, tmp_path)
    assert weights is not None
    assert scale_of(weights) is None
    found = calibrate(*pairs(crowd(0.5)))
    keep(found, weights)
    scale = scale_of(weights)
    assert scale == Scale(found.threshold, found.low, found.high, measured=True)
    weights.path.write_bytes(tiny.row_means())
    other = here(card, tmp_path)
    assert other is not None
    assert maker(other.used) != maker(weights.used)
    assert scale_of(other) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"made_by": 3}'])
def test_a_calibration_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    tiny.lay(tmp_path, tiny.card(), tiny.mean_colour())
    weights = here(tiny.card(), tmp_path)
    assert weights is not None
    (weights.path.parent / "calibration.json").write_text(text)
    if text == '{"made_by": 3}':
        assert scale_of(weights) is None
        return
    with pytest.raises(ProjectError, match="no calibration"):
        scale_of(weights)
