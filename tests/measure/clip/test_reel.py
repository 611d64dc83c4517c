"""Files that are no whole film: one sentence each."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from pages import film, picture

from stillreel.errors import MediaError
from stillreel.measure.clip.facts import facts

FRAMES = [np.roll(picture(96, 64, 1), at, axis=1) for at in range(48)]


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(bytes(8000))
    return out.getvalue()


def matroska(path: Path) -> bytes:
    with av.open(str(path), "w", format="matroska") as target:
        stream = target.add_stream("libx264", rate=24)
        stream.height, stream.width, stream.pix_fmt = 64, 96, "yuv420p"
        for frame in FRAMES:
            target.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="bgr24")))
        target.mux(stream.encode(None))
    return path.read_bytes()


def refused(data: bytes) -> str:
    with pytest.raises(MediaError) as caught:
        facts(data, where="a.mp4")
    assert caught.value.where == "a.mp4"
    assert caught.value.next_step
    return caught.value.what


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"not a film", "no film"),
        (b"\0\0\0\x18ftypmp42" + bytes(40), "cut short"),
        (b"#EXTM3U\n#EXTINF:10,\n/etc/hostname\n#EXT-X-ENDLIST\n", "no film"),
        (b"YUV4MPEG2 W600000 H2 F24:1\nFRAME\n" + bytes(999), "no frames"),
        (b"YUV4MPEG2 W30000 H30000 F24:1\nFRAME\n" + bytes(999), "no film"),
        (b"YUV4MPEG2 W12000 H12000 F24:1\nFRAME\n" + bytes(999), "frames of 12000x12000 pixels"),
        (film([frame[:2, :2] for frame in FRAMES]), "2 x 2 pixels, too small"),
    ],
)
def test_what_is_no_film_is_one_sentence(data: bytes, told: str) -> None:
    assert told in refused(data)


def test_a_sound_has_no_picture() -> None:
    assert "no moving picture" in refused(sound())


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp"])
def test_a_picture_under_the_name_of_a_film_is_told(ending: str) -> None:
    data = cv2.imencode(ending, FRAMES[0])[1].tobytes()
    assert "a picture, not a film" in refused(data)


def test_a_film_that_was_cut_off_is_not_measured(tmp_path: Path) -> None:
    whole = film(FRAMES)
    assert "cut short" in refused(whole[: len(whole) // 2])
    part = matroska(tmp_path / "a.mkv")
    assert facts(part).frames == len(FRAMES)
    assert "cut short" in refused(part[: len(part) * 4 // 5])


def test_a_colon_in_the_name_of_a_film_is_no_protocol(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("take:2.mp4", "good.mp4"):
        Path(name).write_bytes(film(FRAMES[:12]))
    assert facts(Path("take:2.mp4")).frames == 12
    with pytest.raises(MediaError, match="no such file"):
        facts(Path("concat:good.mp4"))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.mp4", tmp_path):
        with pytest.raises(MediaError):
            facts(path)
