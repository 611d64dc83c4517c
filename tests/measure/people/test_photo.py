"""Drawn people have lines or flat colour; a photograph has neither."""

from __future__ import annotations

import cv2
import numpy as np

from stillreel.measure.people.photo import unlined


def _shaded() -> np.ndarray:
    """Return a ball under soft light with the grain of a sensor."""
    down, across = np.mgrid[0:400, 0:400] / 200.0 - 1
    light = np.clip(1.2 - (across + 0.4) ** 2 - (down + 0.4) ** 2, 0, 1)
    grain = np.random.default_rng(7).normal(0, 4, (400, 400))
    grey = np.clip(40 + 170 * light + grain, 0, 255)
    return np.stack([grey * 0.7, grey * 0.85, grey], axis=2).astype(np.uint8)


def test_soft_light_and_grain_may_pass_for_a_photograph() -> None:
    assert unlined(_shaded())


def test_ink_lines_and_flat_colours_are_drawn() -> None:
    inked = _shaded()
    for radius in range(40, 200, 24):
        cv2.circle(inked, (200, 200), radius, (10, 10, 10), 4, cv2.LINE_AA)
    assert not unlined(inked)
    flat = np.full((400, 400, 3), 200, np.uint8)
    cv2.circle(flat, (200, 200), 120, (60, 90, 180), -1)
    assert not unlined(flat)
