"""Files are real: of the asked size, length and rate, told apart by job, and quickly made."""

from __future__ import annotations

import io
import time

import av
import pytest

from stillreel.rehearsal import pictures
from stillreel.rehearsal.attic import Attic


@pytest.mark.parametrize(
    ("width", "height", "seconds", "fps"),
    [(864, 496, 4, 24), (1470, 630, 5, 24), (640, 640, 15, 25), (720, 1280, 2, 50)],
)
def test_a_clip_is_exactly_what_was_asked(width: int, height: int, seconds: int, fps: int) -> None:
    data = pictures.marked(pictures.clip(width, height, seconds, fps), "cgt-1")
    with av.open(io.BytesIO(data)) as box:
        stream = box.streams.video[0]
        shown = [frame.to_ndarray(format="gray") for frame in box.decode(stream)]
        assert (stream.width, stream.height) == (width, height)
        assert stream.average_rate == fps
        assert float((stream.duration or 0) * (stream.time_base or 0)) == seconds
    assert len(shown) == seconds * fps
    assert abs(shown[0].astype(int) - shown[fps // 2]).mean() > 1, "it moves"


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_a_picture_is_of_the_asked_size_and_form(form: str) -> None:
    import cv2
    import numpy as np

    data = pictures.marked(pictures.still(752, 560, form), "job-7")
    shown = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    assert shown.shape == (560, 752, 3)
    if form != "webp":
        assert pictures.size_of(data) == (752, 560)
        assert pictures.job_of(data) == "job-7"


def test_no_two_jobs_deliver_the_same_bytes() -> None:
    clip = pictures.clip(640, 640, 4)
    assert pictures.marked(clip, "a") != pictures.marked(clip, "b")
    assert pictures.job_of(pictures.marked(clip, "cgt-2026-00001")) == "cgt-2026-00001"
    assert pictures.job_of(clip) == ""


def test_a_clip_seen_before_costs_nothing() -> None:
    pictures.clip(640, 640, 4)
    began = time.process_time()
    for number in range(100):
        pictures.marked(pictures.clip(640, 640, 4), str(number))
    assert (time.process_time() - began) / 100 < 0.003


def test_long_texts_are_kept_once_and_not_without_end() -> None:
    attic = Attic(room=20_000)
    long = "data:image/png;base64," + "A" * 10_000
    first = attic.keep({"image": long, "seed": 1, "list": [long]})
    second = attic.keep({"image": "".join(["data:image/png;base64,", "A" * 10_000])})
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert first["image"] is second["image"] is first["list"][0]
    told = attic.keep("B" * 12_000)
    assert isinstance(told, str)
    assert len(told) < 200
    assert "sha256:" in told
