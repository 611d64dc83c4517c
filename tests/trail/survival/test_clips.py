"""What is done to clips has the size, length and codec that its name says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.errors import MediaError
from stillreel.trail.survival import clips
from trail.survival.conftest import write_clip

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = {
    "half size": (320, 180),
    "cropped by 10 %": (576, 324),
    "letterbox 4:3": (640, 480),
    "9:16 crop": (202, 360),
    "encoded again, CRF 28": (640, 360),
}


def made(name: str) -> Callable[[Path, Path], None]:
    return next(one.make for one in clips.changes() if one.name == name)


@pytest.mark.parametrize("name", SIZES)
def test_a_change_has_the_size_its_name_says(clip: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "made.mp4"
    made(name)(clip, target)
    with av.open(str(target)) as box:
        stream = box.streams.video[0]
        assert (stream.width, stream.height) == SIZES[name]
        assert sum(1 for _ in box.decode(stream)) == 30


def test_the_bars_of_a_letterbox_are_black(clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "made.mp4"
    made("letterbox 4:3")(clip, target)
    luma = clips.first_luma(target)
    assert luma[:50].max() <= 20
    assert luma[100:380].mean() > 80


def test_colours_keep_their_meaning(clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "made.mp4"
    made("encoded again, CRF 18")(clip, target)
    with av.open(str(target)) as box:
        assert int(box.streams.video[0].codec_context.colorspace) == 1


def test_vp9_is_vp9(clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "made.mp4"
    made("VP9")(clip, target)
    with av.open(str(target)) as box:
        assert box.streams.video[0].codec_context.name.endswith("vp9")


@pytest.mark.parametrize("name", ["encoded again, CRF 28", "packed again, stream copy"])
def test_no_more_than_twelve_seconds_are_used(tmp_path: Path, name: str) -> None:
    long, target = write_clip(tmp_path / "long.mp4", 20, fps=1), tmp_path / "made.mp4"
    made(name)(long, target)
    with av.open(str(target)) as box:
        assert sum(1 for _ in box.decode(video=0)) in {12, 13, 14}


def test_three_frames_are_the_first_the_middle_and_the_last(clip: Path) -> None:
    import cv2

    shown = [cv2.imdecode(np.frombuffer(one, np.uint8), 0) for one in clips.three_frames(clip)]
    assert len(shown) == 3
    assert np.abs(shown[0].astype(int) - clips.first_luma(clip)).mean() < 6
    assert np.abs(shown[0].astype(int) - shown[2]).mean() > 6


def test_a_broken_clip_is_a_sentence(clip: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(clip.read_bytes()[:900])
    with pytest.raises(MediaError, match="cannot be"):
        made("encoded again, CRF 28")(broken, tmp_path / "made.mp4")
