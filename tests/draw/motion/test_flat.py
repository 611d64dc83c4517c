"""Flat pictures: finding the subject, and filling in behind it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from stillreel.draw.motion.flat import opened, planned_box, split, subject
from stillreel.draw.motion.planar import lay
from stillreel.errors import MediaError
from stillreel.values.scene import PanelScene, Performer, Setting

PLACE = Setting(id="g", name="G")


def _portrait(
    width: int = 640, height: int = 360, at: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Return a soft blue ground with a red figure, and where the figure is."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.dstack([150 + x / width * 60, 110 + y / height * 40, 60 + 0 * x]).astype(np.uint8)
    truth = np.zeros((height, width), np.uint8)
    middle = round(at * width)
    cv2.circle(truth, (middle, 130), 70, 255, -1)
    cv2.ellipse(truth, (middle, 360), (130, 170), 0, 0, 360, 255, -1)
    picture[truth > 0] = (40, 50, 190)
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 3, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8), truth


def test_a_clear_subject_is_cut_out_along_its_outline() -> None:
    picture, truth = _portrait()
    mask = subject(picture, (0.25, 0.1, 0.75, 1.0))
    assert mask is not None
    found, wanted = mask > 127, truth > 0
    assert (found & wanted).sum() / (found | wanted).sum() > 0.93


def test_nothing_is_cut_out_of_a_picture_without_a_subject() -> None:
    rng = np.random.default_rng(2)
    noise = cv2.GaussianBlur(rng.integers(0, 255, (360, 640, 3), dtype=np.uint8), (0, 0), 9)
    assert subject(noise, (0.3, 0.1, 0.7, 1.0)) is None


def test_the_two_layers_together_are_the_picture_again() -> None:
    picture, truth = _portrait()
    mask = cv2.GaussianBlur(truth, (0, 0), 2)
    behind, cut = split(picture, mask)
    whole, _ = split(picture, None)
    assert cut is not None
    lay(behind, cut)
    inside = truth > 0
    assert np.abs(behind.y[inside].astype(int) - whole.y[inside]).mean() < 3
    assert np.abs(behind.y.astype(int) - whole.y).mean() < 4


def test_behind_the_subject_there_is_no_subject_left() -> None:
    picture, truth = _portrait()
    behind, _ = split(picture, truth)
    # red has a high second chroma; the blue ground has not
    assert behind.v.max() < 150


def test_pictures_are_cropped_to_the_ratio_and_never_stretched() -> None:
    square = np.zeros((200, 200, 3), np.uint8)
    cv2.circle(square, (100, 100), 50, (255, 255, 255), -1)
    data = cv2.imencode(".png", square)[1].tobytes()
    seen = opened(data, 320, 180, "C01 P1")
    assert seen.shape == (180, 320, 3)
    bright = seen[..., 0] > 127
    assert bright.any(axis=1).sum() == pytest.approx(bright.any(axis=0).sum(), abs=2)


@pytest.mark.parametrize("data", [b"", b"not a picture"])
def test_bytes_that_are_no_picture_are_named(data: bytes) -> None:
    with pytest.raises(MediaError) as caught:
        opened(data, 320, 180, "C01 P3")
    assert "C01 P3" in str(caught.value)


def test_the_planned_box_follows_place_and_size() -> None:
    left = PanelScene(
        id="P1", size="medium", setting=PLACE, performers=(Performer(id="a", at=-0.5),)
    )
    close = PanelScene(id="P1", size="close-up", setting=PLACE, performers=(Performer(id="a"),))
    assert (planned_box(left)[0] + planned_box(left)[2]) / 2 < 0.4
    assert (
        planned_box(close)[2] - planned_box(close)[0] > planned_box(left)[2] - planned_box(left)[0]
    )
