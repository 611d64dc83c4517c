"""Weather in motion."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.draw.motion.planar import Planar, frame_view
from stillreel.draw.motion.weather import Weather, _spans
from stillreel.values.scene import Setting


def _after(setting: Setting, index: int, level: int = 90) -> Planar:
    buffer = np.full((180 * 3 // 2, 320), level, np.uint8)
    frame = frame_view(buffer)
    Weather(setting, 320, 180, 24, seed=4).fall(frame, index)
    return frame


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "wind"])
def test_weather_is_seen_moves_and_leaves_colour_alone(weather: str) -> None:
    place = Setting.model_validate({"id": "g", "name": "G", "kind": "garden", "weather": weather})
    first, later = _after(place, 0), _after(place, 6)
    assert (first.y != 90).mean() > 0.001
    assert not np.array_equal(first.y, later.y)
    assert (first.u == 90).all()
    assert np.array_equal(first.y, _after(place, 0).y)


@pytest.mark.parametrize("kind", ["room", "hall", "vehicle"])
def test_it_does_not_rain_indoors(kind: str) -> None:
    place = Setting.model_validate({"id": "r", "name": "R", "kind": kind, "weather": "rain"})
    assert Weather(place, 320, 180, 24, seed=1).still
    assert (_after(place, 3).y == 90).all()


def test_it_rains_on_the_open_deck_of_a_ship() -> None:
    told = {"id": "d", "name": "the deck", "kind": "vehicle", "weather": "rain"}
    place = Setting.model_validate(told)
    assert (_after(place, 3).y != 90).any()


def test_a_clear_sky_costs_nothing() -> None:
    assert Weather(Setting(id="g", name="G"), 320, 180, 24, seed=1).still


def test_rain_falls() -> None:
    """Between two frames the streaks of one tile come lower, by as much as the tile says."""
    place = Setting(id="g", name="G", kind="street", weather="rain")
    heavy = _after(place, 0).y.astype(int) - 90
    later = _after(place, 1).y.astype(int) - 90
    down = [float((np.roll(heavy, (step, -1), (0, 1)) * later).sum()) for step in (-10, 0, 10)]
    assert down[2] > down[0]


@pytest.mark.parametrize("shift", [0, 1, 63, 99, 100, 163])
def test_a_tile_covers_the_frame_without_gaps(shift: int) -> None:
    spans = _spans(shift, 100, 180)
    assert sum(length for _, _, length in spans) == 180
    tile = np.arange(100)
    line = np.concatenate([tile[source : source + length] for _, source, length in spans])
    assert np.array_equal(line, (np.arange(180) - shift) % 100)
