"""Reference pictures go as they are, are made to fit, or are refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.errors import Refused
from stillreel.providers.ask import Reference
from stillreel.providers.figures import Pictures
from stillreel.providers.picture import fitted, inline, size_of
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Pictures(sides=(300, 1000), ratio=(0.4, 2.5), bytes_max=400_000)


def drawn(width: int, height: int, form: str = ".png", *, noise: bool = False) -> bytes:
    rng = np.random.default_rng(3)
    flat = np.full((height, width, 3), (40, 90, 200), np.uint8)
    pixels = rng.integers(0, 255, flat.shape, np.uint8) if noise else flat
    return cv2.imencode(form, pixels)[1].tobytes()


@pytest.mark.parametrize("form", [".png", ".jpg"])
def test_a_picture_within_the_limits_goes_byte_for_byte(form: str) -> None:
    data = drawn(640, 360, form)
    assert fitted(data, LIMITS) is data
    assert size_of(data) == (640, 360)


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((3000, 1500), (1000, 500)),
        ((280, 400), (300, 429)),
        ((400, 1100), (370, 1000)),
    ],
    ids=["too large", "a little small", "a little narrow and too high"],
)
def test_a_picture_outside_the_limits_is_made_to_fit(
    size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    found = size_of(fitted(drawn(*size), LIMITS))
    assert found is not None
    assert all(abs(a - b) <= 40 for a, b in zip(found, wanted, strict=True))
    assert 300 <= min(found) <= max(found) <= 1000
    assert 0.4 <= found[0] / found[1] <= 2.5


def test_a_margin_has_the_colour_of_the_edge() -> None:
    data = fitted(drawn(350, 1000), LIMITS)
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture[500, 0].tolist() == [40, 90, 200]


def test_a_heavy_picture_is_packed_as_jpeg() -> None:
    data = drawn(600, 600, noise=True)
    assert len(data) > LIMITS.bytes_max
    packed = fitted(data, LIMITS)
    assert media_type(packed[:16]) == "image/jpeg"
    assert len(packed) <= LIMITS.bytes_max


def test_a_form_the_vendor_does_not_take_is_changed() -> None:
    assert media_type(fitted(drawn(400, 400, ".bmp"), LIMITS)[:16]) == "image/png"


def test_a_picture_that_is_gone_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    gone = Reference("identity-face", "mara", "d", tmp_path / "mara.png")
    with pytest.raises(Refused, match=r"No such file or directory: .*mara\.png") as told:
        inline(gone, Pictures(), "C01")
    assert (told.value.where, told.value.charged, told.value.failure) == (
        "C01 mara",
        "no",
        "invalid",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (drawn(60, 60), "60x60 pixels; sides of 300 to 1000"),
        (drawn(300, 1000)[:200], "no picture"),
        (b"", "no picture"),
        (drawn(100, 900), "width by height"),
        (drawn(990, 990, noise=True), "larger than"),
    ],
    ids=["tiny", "cut off", "empty", "a thread", "noise"],
)
def test_a_picture_far_outside_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as told:
        fitted(data, LIMITS, "C01 mara")
    assert (told.value.charged, told.value.failure) == ("no", "invalid")
    assert told.value.where == "C01 mara"
