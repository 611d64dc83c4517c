"""Sub-pixel sampling with whole-pixel tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from stillreel.draw.motion.sampling import FINE, Scratch, fit, sample

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _ramp(height: int = 80, width: int = 400) -> NDArray[np.uint8]:
    """A slope of half a level per pixel across: a picture that tells where it is."""
    return np.tile((np.arange(width) * 0.5 + 20).astype(np.float32), (height, 1)).astype(np.uint8)


def _smooth(height: int, width: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width]
    return (127 + 60 * np.sin(x / 17.0) + 50 * np.cos(y / 13.0)).round().astype(np.uint8)


def _truth(
    height: int, width: int, scale: float, shift: tuple[float, float]
) -> NDArray[np.float64]:
    y, x = np.mgrid[0:height, 0:width] + 0.5
    x, y = (x - shift[0]) / scale - 0.5, (y - shift[1]) / scale - 0.5
    return 127 + 60 * np.sin(x / 17.0) + 50 * np.cos(y / 13.0)


@pytest.mark.parametrize("scale", [1.0, 1.01, 1.043, 1.08, 1.2])
@pytest.mark.parametrize("shift", [(-20.0, -10.0), (-20.37, -10.61), (-31.5, -17.25)])
def test_a_picture_lands_where_it_was_sent_to_a_fraction_of_a_pixel(
    scale: float, shift: tuple[float, float]
) -> None:
    out = np.zeros((120, 200), np.uint8)
    sample(_smooth(200, 300), (scale, scale), shift, out, Scratch())
    # slopes reach 3.5 levels a pixel, and levels are rounded up to three times
    assert np.abs(out - _truth(120, 200, scale, shift)).max() < 2.0
    assert np.abs(out - _truth(120, 200, scale, shift)).mean() < 0.7


def test_a_slow_slide_moves_evenly() -> None:
    source, out = _ramp(), np.zeros((40, 200), np.uint8)
    places: list[float] = []
    for step in range(12):
        sample(source, (1.0, 1.0), (-10 - 0.5 * step, -4.0), out, Scratch())
        places.append(float(out.mean()))
    steps = np.diff(places)
    assert steps == pytest.approx([steps.mean()] * len(steps), abs=0.3)
    assert steps.mean() == pytest.approx(0.25, abs=0.03)


@settings(max_examples=200, deadline=None)
@given(
    scale=some.floats(1.035, 1.3),
    shift=some.floats(-90, 0),
    wanted=some.integers(200, 900),
)
def test_a_fit_is_exact_or_says_so(scale: float, shift: float, wanted: int) -> None:
    axis = fit(scale, shift, 1000, wanted)
    if axis is None or axis.error > FINE:
        return
    assert axis.start >= 0
    assert axis.start + axis.size <= 1000
    assert axis.made >= axis.drop + wanted
    for place in (0, wanted):
        source = axis.start + (axis.drop + place) * axis.size / axis.made
        assert source * scale + shift == pytest.approx(place, abs=2 * FINE)


def test_what_is_out_of_reach_is_not_fitted() -> None:
    assert fit(1.0, 5.0, 100, 50) is None
    assert fit(1.0, -60.0, 100, 50) is None


def test_beyond_the_source_its_edge_is_repeated() -> None:
    source = np.full((10, 10), 77, np.uint8)
    out = np.zeros((30, 30), np.uint8)
    sample(source, (1.1, 1.1), (9.0, 9.0), out, Scratch())
    assert (out == 77).all()
