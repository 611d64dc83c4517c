from __future__ import annotations

import numpy as np
import pytest

from stillreel.draw.set.weather import particles, streaks


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "wind"])
def test_weather_is_the_same_for_the_same_seed_and_lies_on_the_sheet(weather: str) -> None:
    first, second = (particles(weather, "autumn", 3) for _ in range(2))  # type: ignore[arg-type]
    assert first
    for a, b in zip(first, second, strict=True):
        assert np.array_equal(a.positions, b.positions)
        assert a.positions.min() >= 0.0
        assert a.positions.max() <= 1.0


def test_rain_falls_faster_than_snow_and_near_faster_than_far() -> None:
    rain, snow = particles("rain", "summer", 1), particles("snow", "winter", 1)
    assert min(sheet.speed[1] for sheet in rain) > max(sheet.speed[1] for sheet in snow)
    for sheets in (rain, snow):
        falls = [sheet.speed[1] for sheet in sorted(sheets, key=lambda s: -s.depth)]
        assert falls == sorted(falls)


def test_clear_weather_has_nothing_in_the_air() -> None:
    assert particles("clear", "summer", 1) == ()
    assert streaks("clear", 640, 360, 1) == ()


def test_a_still_shows_every_particle_as_an_atmosphere_shape() -> None:
    layers = streaks("snow", 640, 360, 9, "winter")
    assert [len(layer.shapes) for layer in layers] == [
        len(sheet.positions) for sheet in particles("snow", "winter", 9)
    ]
    assert all(layer.kind == "atmosphere" for layer in layers)
