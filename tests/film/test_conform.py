"""Clips from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.errors import MediaError
from stillreel.film.assemble import form_of, frames_in
from stillreel.film.conform import conformed, house_form

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.nouns import ClipFile, CutSettings


def _foreign(
    path: Path,
    *,
    rate: int = 30,
    size: tuple[int, int] = (64, 64),
    frames: int = 60,
    colour: tuple[int, int, int] = (200, 40, 40),
) -> Path:
    with av.open(str(path), "w") as box:
        stream = box.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for _ in range(frames):
            pixels = np.full((size[1], size[0], 3), colour, np.uint8)
            box.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        box.mux(stream.encode())
    return path


def test_a_house_clip_is_taken_as_it_is(clips: tuple[ClipFile, ...], settings: CutSettings) -> None:
    house = house_form(settings, 24)
    assert form_of(clips[0].path) == house
    assert conformed(clips[0].path, 240, house, settings, 24) == (clips[0].path, False)


def test_a_foreign_clip_gets_the_house_form_rate_and_length(
    settings: CutSettings, tmp_path: Path
) -> None:
    clip = _foreign(tmp_path / "foreign.mp4")
    house = house_form(settings, 24)
    made, changed = conformed(clip, 48, house, settings, 24)
    assert changed
    assert form_of(made) == house
    assert frames_in(made) == 48


def test_a_square_picture_is_fitted_between_bars_and_keeps_its_colour(
    settings: CutSettings, tmp_path: Path
) -> None:
    clip = _foreign(tmp_path / "square.mp4")
    made, _ = conformed(clip, 24, house_form(settings, 24), settings, 24)
    with av.open(str(made)) as box:
        frame = next(box.decode(video=0))
    luma = frame.to_ndarray()[:54]
    assert luma[:, :18].max() < 24
    assert luma[:, -18:].max() < 24
    red, green, blue = frame.to_ndarray(format="rgb24")[27, 48]
    assert abs(int(red) - 200) < 12
    assert abs(int(green) - 40) < 14
    assert abs(int(blue) - 40) < 14


def test_a_short_clip_holds_its_last_frame_and_a_long_one_is_trimmed(
    settings: CutSettings, tmp_path: Path
) -> None:
    clip = _foreign(tmp_path / "short.mp4", frames=15)
    house = house_form(settings, 24)
    assert frames_in(conformed(clip, 40, house, settings, 24)[0]) == 40
    assert frames_in(conformed(clip, 6, house, settings, 24)[0]) == 6


def test_a_conformed_clip_is_made_once(settings: CutSettings, tmp_path: Path) -> None:
    clip = _foreign(tmp_path / "foreign.mp4")
    house = house_form(settings, 24)
    first, _ = conformed(clip, 24, house, settings, 24)
    stamp = first.stat().st_mtime_ns
    again, changed = conformed(clip, 24, house, settings, 24)
    assert again == first
    assert changed
    assert again.stat().st_mtime_ns == stamp


def test_a_file_that_is_no_clip_is_told(settings: CutSettings, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("hello")
    with pytest.raises(MediaError, match="cannot be opened"):
        conformed(tmp_path / "text.mp4", 24, house_form(settings, 24), settings, 24)
