"""What a tier will not say: people where only a place is seen, and a likeness to nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pages import figure

from stillreel.measure import tiers
from stillreel.measure.nouns import IdentityScore, NotMeasurable


def person() -> np.ndarray:
    image = np.full((420, 240, 3), 235, np.uint8)
    figure(image, 120, 400, 370)
    return image


def test_shapes_without_a_face_are_no_headcount_of_a_panel() -> None:
    # On a sheet they are the views of one figure; in a panel they may as well be trees and lamps.
    grey = cv2.cvtColor(np.hstack([person()] * 3), cv2.COLOR_BGR2GRAY)
    shapes = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    assert tiers.headcount(shapes).count == 3
    assert tiers.sure_headcount(shapes) is None


def test_people_with_faces_are_counted_in_a_panel() -> None:
    pair = np.hstack([person(), person()])
    assert tiers.sure_headcount(pair) == 2
    assert tiers.sure_headcount(pair, like=person()) == 2


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (20, 20, 200)])
def test_a_picture_of_one_colour_is_like_nobody(colour: tuple[int, int, int]) -> None:
    flat = np.full((90, 60, 3), colour, np.uint8)
    for pair in ((person(), flat), (flat, person()), (flat, flat)):
        found = tiers.likeness(*pair)
        assert isinstance(found, NotMeasurable)
        assert found.tier == "embedded"
    assert isinstance(tiers.likeness(person(), person()), IdentityScore)
