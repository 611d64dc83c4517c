"""Drawn hard cases know their truth, and the report counts against it."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.errors import UsageError
from stillreel.measure.calibration.families import DOSES, families
from stillreel.measure.calibration.people import APART, PARTS, changed, person, somebody_else
from stillreel.measure.calibration.report import auc, calibrate, order, table
from stillreel.measure.calibration.shots import PLAIN, take
from stillreel.measure.likeness.identity import identity
from stillreel.measure.people.figure import lab_of


def lab(colour: str) -> np.ndarray:
    pixel = [int(colour[at : at + 2], 16) for at in (5, 3, 1)]
    return lab_of(np.array([[pixel]], np.uint8))[0, 0]


def test_the_same_seed_draws_the_same_family() -> None:
    one, two = (next(families("lumen", 1, seed=3, parts=())) for _ in range(2))
    assert np.array_equal(one.reference, two.reference)
    assert all(np.array_equal(a, b) for a, b in zip(one.alike, two.alike, strict=True))


@pytest.mark.parametrize("part", ["hair", "skin"])
@pytest.mark.parametrize("dose", [5, 20])
def test_a_dose_moves_one_colour_by_that_many_lab_units(part: str, dose: int) -> None:
    who = person(np.random.default_rng(8))
    moved = changed(who, part, dose, 2.0)
    before, after = (lab(one.hair.colour if part == "hair" else one.skin) for one in (who, moved))
    assert float(np.linalg.norm(after - before)) == pytest.approx(dose, abs=1.5)
    assert moved.outfit == who.outfit


def test_somebody_else_differs_in_hair_or_skin() -> None:
    rng = np.random.default_rng(1)
    who = person(rng)
    for _ in range(10):
        other = somebody_else(rng, who)
        gaps = (
            np.linalg.norm(lab(other.hair.colour) - lab(who.hair.colour)),
            np.linalg.norm(lab(other.skin) - lab(who.skin)),
        )
        assert max(gaps) >= APART


def test_a_look_the_pencil_does_not_have_is_told() -> None:
    with pytest.raises(UsageError, match="no look"):
        take(person(np.random.default_rng(0)), PLAIN, "oil")


def test_separation_and_order_are_the_textbook_ones() -> None:
    assert auc([3, 4], [1, 2]) == 1.0
    assert auc([1, 2], [1, 2]) == 0.5
    assert order([0, 1, 2, 3], [9, 7, 4, 1]) == pytest.approx(1.0)
    assert order([0, 1, 2, 3], [1, 1, 1, 1]) == 0.0


def test_the_embedded_tier_tells_people_apart_and_its_table_says_so() -> None:
    cases = families("lumen", 4, seed=40, parts=("upper",))
    report = calibrate(identity, cases, tier="embedded", look="lumen")
    assert report.other > 0.9
    assert report.doses[0].means[0] > report.doses[0].means[-1]
    written = table([report])
    assert f"dose {DOSES[-1]}" in written
    assert "| embedded | lumen | 4 |" in written


def test_no_cases_calibrate_nothing() -> None:
    with pytest.raises(ValueError, match="no cases"):
        calibrate(identity, (), tier="embedded", look="ink")


def test_every_part_can_be_changed() -> None:
    who = person(np.random.default_rng(2))
    assert all(changed(who, part, 20, 1.0) != who for part in PARTS)
