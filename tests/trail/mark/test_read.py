"""The mark comes back from what is done to films, and never from a film that has none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
import pytest

from stillreel.errors import MediaError
from stillreel.trail.mark.nouns import Mark
from stillreel.trail.mark.read import read
from stillreel.trail.mark.write import writer

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT, FRAMES = 960, 540, 24
MARK = Mark(0xBADA55)


def moving(seed: int = 1) -> list[np.ndarray]:
    """Clouds and grain that drift, with a bright ball that crosses them."""
    draw = np.random.default_rng(seed)
    cloth = np.zeros((HEIGHT + 64, WIDTH + 256))
    for cells, height in ((4, 40), (12, 25), (40, 12), (120, 6)):
        small = draw.normal(size=(cells, cells * 2)).astype(np.float32)
        cloth += height * cv2.resize(small, cloth.shape[::-1], interpolation=cv2.INTER_CUBIC)
    frames = []
    for number in range(FRAMES):
        top, left = number, number * 5
        frame = 120 + cloth[top : top + HEIGHT, left : left + WIDTH]
        frame = np.clip(frame, 16, 235).astype(np.uint8)
        cv2.circle(frame, (60 + 35 * number, 200), 50, 210, -1, cv2.LINE_AA)
        frames.append(frame)
    return frames


@pytest.fixture(scope="module")
def marked() -> list[np.ndarray]:
    write = writer(MARK, WIDTH, HEIGHT)
    frames = moving()
    for frame in frames:
        write(frame)
    return frames


def coded(frames: list[np.ndarray], codec: str = "libx264", **options: str) -> list[np.ndarray]:
    """Encode and decode again."""
    height, width = frames[0].shape
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as box:
        stream = box.add_stream(codec, rate=24, options={"threads": "1", **options})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in frames:
            planes = np.full((height * 3 // 2, width), 128, dtype=np.uint8)
            planes[:height] = frame
            box.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        box.mux(stream.encode(None))
    file.seek(0)
    with av.open(file) as box:
        return [frame.to_ndarray()[:height] for frame in box.decode(video=0)]


def sized(frames: list[np.ndarray], width: int, height: int) -> list[np.ndarray]:
    return [cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA) for frame in frames]


def test_it_is_read_from_the_frames_as_they_were_written(marked: list[np.ndarray]) -> None:
    reading = read(marked)
    assert reading.id == MARK.id
    assert reading.bits == MARK.bits
    assert reading.scale == pytest.approx(3.0, rel=0.005)
    assert reading.angle == pytest.approx(0.0, abs=0.3)
    assert not reading.mirrored
    assert reading.frames == FRAMES


def test_it_survives_an_encoder(marked: list[np.ndarray]) -> None:
    assert read(coded(marked, crf="28", preset="veryfast")).id == MARK.id


def test_it_survives_another_encoder(marked: list[np.ndarray]) -> None:
    options = {"crf": "36", "b": "0", "deadline": "realtime", "cpu-used": "8"}
    assert read(coded(marked, "libvpx-vp9", **options)).id == MARK.id


def test_it_survives_scaling_and_an_encoder(marked: list[np.ndarray]) -> None:
    reading = read(coded(sized(marked, 800, 450), crf="28", preset="veryfast"))
    assert reading.id == MARK.id
    assert reading.scale == pytest.approx(2.5, rel=0.01)


def test_it_survives_a_crop_and_an_encoder(marked: list[np.ndarray]) -> None:
    cropped = [frame[30:516, 50:914] for frame in marked]
    assert read(coded(cropped, crf="28", preset="veryfast")).id == MARK.id


def test_it_survives_an_upright_crop(marked: list[np.ndarray]) -> None:
    assert read([frame[:, 328:632] for frame in marked]).id == MARK.id


def test_it_survives_bars(marked: list[np.ndarray]) -> None:
    barred = [cv2.copyMakeBorder(frame, 90, 90, 0, 0, 0, value=16) for frame in marked]
    assert read(barred).id == MARK.id


def test_it_survives_other_contrast_and_brightness(marked: list[np.ndarray]) -> None:
    assert read([cv2.convertScaleAbs(frame, None, 0.8, 30) for frame in marked]).id == MARK.id


def test_it_survives_a_mirror(marked: list[np.ndarray]) -> None:
    reading = read([np.ascontiguousarray(frame[:, ::-1]) for frame in marked])
    assert reading.id == MARK.id
    assert reading.mirrored


@pytest.mark.parametrize("angle", [-2.0, 1.3])
def test_it_survives_a_small_turn(marked: list[np.ndarray], angle: float) -> None:
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), angle, 1.0)
    reading = read([cv2.warpAffine(frame, turn, (WIDTH, HEIGHT)) for frame in marked])
    assert reading.id == MARK.id
    assert reading.angle == pytest.approx(angle, abs=0.2)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_film_without_a_mark_has_no_id(seed: int) -> None:
    reading = read(moving(seed))
    assert reading.id is None
    assert reading.margin < 1.5


def test_flat_frames_and_no_frames_have_no_id() -> None:
    assert read([np.full((90, 160), 128, dtype=np.uint8)] * 3).id is None
    nothing = read([])
    assert (nothing.id, nothing.frames) == (None, 0)


def test_a_file_that_is_no_film_is_told(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0\0\0\x20ftypisom" + b"\xff" * 4000)
    with pytest.raises(MediaError, match="decoded"):
        read(path)
