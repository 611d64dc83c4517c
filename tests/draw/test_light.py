from __future__ import annotations

import math
from itertools import product

import pytest

from stillreel.draw import lumen
from stillreel.draw.lens import Camera
from stillreel.draw.light import light_of, moonlit
from stillreel.draw.marks import Stack
from stillreel.draw.set import layers
from stillreel.values.scene import Setting, TimeOfDay, Weather, words_of


def place(**changes: object) -> Setting:
    return Setting.model_validate({"id": "garden", "name": "Garden", "kind": "garden", **changes})


def brightness(colour: tuple[int, int, int]) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def test_every_hour_and_weather_gives_a_unit_key_and_real_colours() -> None:
    for time, weather in product(words_of(TimeOfDay), words_of(Weather)):
        light = light_of(place(time=time, weather=weather))
        assert math.hypot(*light.key) == pytest.approx(1.0, abs=0.03)
        for colour in (light.key_colour, light.shade_colour, light.rim, light.fog):
            assert all(0 <= part <= 255 for part in colour)
        assert 0.3 < light.exposure <= 1.1


def test_the_key_stands_on_the_side_the_setting_names() -> None:
    assert light_of(place(key="left")).key[0] < -0.4
    assert light_of(place(key="right")).key[0] > 0.4
    assert light_of(place(key="back")).key[2] < 0 < light_of(place(key="front")).key[2]
    assert light_of(place(key="top")).key[1] > 0.9


def test_night_is_darker_and_bluer_than_day() -> None:
    day, night = light_of(place(time="day")), light_of(place(time="night"))
    assert night.exposure < day.exposure
    assert brightness(night.key_colour) < brightness(day.key_colour)
    assert night.shade_colour[2] > night.shade_colour[0]


def test_dusk_has_an_orange_key_over_violet_shade() -> None:
    dusk = light_of(place(time="dusk"))
    assert dusk.key_colour[0] > dusk.key_colour[1] > dusk.key_colour[2]
    assert dusk.shade_colour[2] > dusk.shade_colour[1]


def test_fog_closes_the_distance_and_clear_air_opens_it() -> None:
    reach = {w: light_of(place(weather=w)).fog_distance for w in words_of(Weather)}
    assert reach["fog"] < reach["rain"] < reach["clear"]
    assert reach["fog"] < reach["snow"] < reach["clear"]


def test_moods_pull_the_light_their_way() -> None:
    plain = light_of(place())
    warm, cool, dim = (light_of(place(mood=mood)) for mood in ("warm", "cool", "dim"))
    assert warm.key_colour[2] < plain.key_colour[2]
    assert cool.key_colour[0] < plain.key_colour[0]
    assert dim.exposure < plain.exposure


def test_a_room_at_night_is_lit_by_lamps_not_by_the_moon() -> None:
    room = light_of(place(kind="room", time="night"))
    assert room.key_colour[0] > room.key_colour[2]


def test_a_bedroom_at_night_without_a_lamp_is_lit_by_the_moon() -> None:
    bedroom = place(kind="room", time="night", features=("bed", "window"))
    assert moonlit(bedroom)
    assert light_of(bedroom).key_colour[2] > light_of(bedroom).key_colour[0]
    assert not moonlit(place(kind="room", time="night", features=("bed", "candle")))
    assert not moonlit(place(kind="room", time="day", features=("bed", "window")))


def luma(setting: Setting, height: float, target: tuple[float, float, float]) -> float:
    light = light_of(setting)
    camera = Camera((0.0, height, 5.7), target, 32.0, 320, 180)
    plates = layers(setting, camera, light, width=320, height=180, seed=7, wide=True)
    stack = Stack(320, 180, (0, 0, 320, 180), plates, light, 90.0, 7)
    blue, green, red = lumen.flatten(stack).reshape(-1, 3).mean(axis=0)
    return float(0.0722 * blue + 0.7152 * green + 0.2126 * red)


@pytest.mark.parametrize("mood", ["neutral", "warm", "dim"])
@pytest.mark.parametrize(
    ("kind", "features"),
    [
        ("room", ("bed", "window")),
        ("room", ("window", "table", "chair")),
        ("garden", ("tree", "grass")),
        ("street", ("house", "lamp")),
        ("field", ("grass", "tree")),
    ],
)
def test_night_is_day_for_night_dark_but_readable(
    kind: str, features: tuple[str, ...], mood: str
) -> None:
    night = luma(place(kind=kind, features=features, time="night", mood=mood), 1.6, (0, 1.4, 0))
    day = luma(place(kind=kind, features=features, time="day", mood=mood), 1.6, (0, 1.4, 0))
    assert 38 < night < 95
    assert night < 0.85 * day


def test_the_ground_of_a_night_street_reads_from_above() -> None:
    street = place(kind="street", features=("house", "lamp"), time="night")
    assert luma(street, 6.0, (0.0, 0.0, 0.5)) > 40


def test_the_deck_of_a_ship_has_the_light_of_the_open_air() -> None:
    ship, sea = place(name="the ship", kind="vehicle"), place(kind="sea")
    assert light_of(ship) == light_of(sea)


def test_the_palette_of_the_setting_is_felt_in_the_distance() -> None:
    green = light_of(place(palette=("#00ff00",)))
    assert green.fog[1] - green.fog[0] > light_of(place()).fog[1] - light_of(place()).fog[0]
