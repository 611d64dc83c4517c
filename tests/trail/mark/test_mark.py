"""The mark as a number and as a pattern: what is written, before any film is made of it."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from stillreel.trail.mark.nouns import BITS, Mark, id_of
from stillreel.trail.mark.pattern import TILE, tile, waves
from stillreel.trail.mark.write import writer


def test_a_mark_carries_its_id() -> None:
    for number in (0, 1, 0xABCDEF, 2**24 - 1):
        assert id_of(Mark(number).bits) == number


def test_one_wrong_bit_anywhere_is_caught() -> None:
    for number in (0, 0x5A5A5A, 2**24 - 1):
        bits = Mark(number).bits
        for place in range(BITS):
            wrong = (*bits[:place], not bits[place], *bits[place + 1 :])
            assert id_of(wrong) is None


def test_random_bits_pass_the_checksum_once_in_256() -> None:
    drawn = np.random.default_rng(6).integers(0, 2, (20_000, BITS)).astype(bool)
    passed = sum(id_of(tuple(map(bool, bits))) is not None for bits in drawn)
    assert 50 < passed < 110  # 78 are expected, give or take 9


@pytest.mark.parametrize("number", [-1, 2**24])
def test_an_id_of_more_than_24_bits_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="24 bits"):
        Mark(number)


@pytest.mark.parametrize("strength", [0.0, -1.0, 4.1, float("nan")])
def test_a_mark_of_no_strength_or_too_much_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        Mark(1, strength)


def test_the_pattern_is_that_of_every_film_marked_before() -> None:
    found = waves()
    told = np.stack([found.rows, found.columns, found.owner]).astype("<i8").tobytes()
    assert hashlib.sha256(told).hexdigest()[:16] == "26986d2a3ed4acb7"
    np.testing.assert_allclose(
        found.turns[[0, 1, 2, -1]],
        [0.698942 - 0.715179j, 0.737806 + 0.675013j, -0.727120 - 0.686511j, 0.226014 - 0.974124j],
        atol=1e-5,
    )


def test_marks_differ_only_in_the_waves_of_their_bits() -> None:
    one, other = (np.fft.rfft2(tile(Mark(number).bits)) for number in (0x000001, 0xFFFFFE))
    found = waves()
    pilot = found.owner < 0
    np.testing.assert_allclose(
        one[found.rows[pilot], found.columns[pilot]],
        other[found.rows[pilot], found.columns[pilot]],
        rtol=1e-3,
    )
    assert np.mean(tile(Mark(1).bits) ** 2) == pytest.approx(1, abs=1e-4)
    assert tile(Mark(1).bits).shape == (TILE, TILE)


def busy(width: int, height: int) -> np.ndarray:
    drawn = np.random.default_rng(3).integers(16, 236, (height // 8, width // 8), dtype=np.uint8)
    return np.kron(drawn, np.ones((8, 8), dtype=np.uint8))


@pytest.mark.parametrize(("width", "height"), [(640, 360), (360, 640), (1920, 1080)])
def test_the_busiest_picture_keeps_42_decibels(width: int, height: int) -> None:
    luma = busy(width, height)
    marked = luma.copy()
    writer(Mark(0xC0FFEE), width, height)(marked)
    error = np.mean((marked.astype(float) - luma) ** 2)
    assert error > 0.5
    assert 10 * np.log10(255**2 / error) >= 42


def test_flat_places_get_less_than_busy_ones() -> None:
    luma = busy(640, 360)
    luma[:, :320] = 120
    marked = luma.copy()
    writer(Mark(7), 640, 360)(marked)
    change = np.abs(marked.astype(float) - luma)
    assert 0 < change[:, :280].mean() < change[:, 360:].mean() / 2


def test_black_stays_black() -> None:
    luma = np.full((360, 640), 16, dtype=np.uint8)
    writer(Mark(7), 640, 360)(luma)
    assert (luma == 16).all()


def test_the_same_mark_gives_the_same_bytes() -> None:
    planes = [busy(640, 360) for _ in range(3)]
    write = writer(Mark(5), 640, 360)
    write(planes[0])
    write(planes[1])
    writer(Mark(5), 640, 360)(planes[2])
    assert planes[0].tobytes() == planes[1].tobytes() == planes[2].tobytes()
