"""Judgements over figures, without a film: cadence, pauses, light."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.measure.clip.faults import blur, flicker, frozen, runs
from stillreel.measure.nouns import Span


def table(steps: list[float], stirred: float) -> np.ndarray:
    """Return the figures of a shot whose parts move on by `steps`, never back."""
    at = np.cumsum(steps)
    rows = [
        [step, *(at[i] - at[i - lag] if i >= lag else np.inf for lag in (4, 7)), stirred]
        for i, step in enumerate(steps)
    ]
    return np.array(rows, np.float32)


@pytest.mark.parametrize("cadence", [1, 2, 3])
def test_a_stop_is_longer_than_the_cadence(cadence: int) -> None:
    steps = [0.0 if at % cadence else 9.0 for at in range(60)]
    assert frozen(table(steps, 0.1)) == []
    (span,) = frozen(table([*steps[:30], *[0.0] * 8, *steps[:30]], 0.1))
    assert abs(span.first - 29) <= cadence
    assert abs(span.last - 39) <= cadence


def test_a_speaker_who_pauses_twice_is_not_frozen() -> None:
    speaks, pauses = [6.0, 0.0] * 12, [0.0] * 9
    assert frozen(table(speaks + pauses + speaks + pauses + speaks, 0.1)) == []


def test_a_body_that_comes_to_rest_is_not_frozen_but_a_camera_is() -> None:
    steps = [5.0] * 30 + [0.0] * 12
    assert frozen(table(steps, 0.1)) == []
    assert frozen(table(steps, 0.9)) == [Span(29, 42)]


def test_light_that_only_grows_does_not_flicker() -> None:
    assert flicker(np.full(60, 0.01, np.float32)) == []
    assert flicker(np.tile([0.01, 0.0], 30).astype(np.float32)) == []
    assert flicker(np.tile([0.01, -0.01], 30).astype(np.float32))
    assert flicker(np.tile([0.01, 0.0, -0.01, 0.0], 20).astype(np.float32))


def test_a_shot_without_a_sharp_edge_is_blurred_all_through() -> None:
    dark, rich = np.zeros(30, np.bool_), np.full(30, 200, np.float32)
    assert blur(np.full(30, 0.26, np.float32), rich, dark) == [Span(0, 30)]
    assert blur(np.full(30, 0.4, np.float32), rich, dark) == []
    assert blur(np.zeros(30, np.float32), rich, dark) == []


def test_an_empty_sky_is_not_blurred() -> None:
    dark, rich = np.zeros(30, np.bool_), np.full(30, 10, np.float32)
    assert blur(np.full(30, 0.26, np.float32), rich, dark) == []


def test_runs_are_told_with_their_ends() -> None:
    assert runs(np.array([True, True, False, True]), 2) == [(0, 2)]
    assert runs(np.zeros(3, np.bool_)) == []
