"""The house format of a clip."""

from __future__ import annotations

import io
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.draw.motion.encode import Encoder
from stillreel.errors import MediaError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _grey(level: int, width: int = 64, height: int = 48) -> NDArray[np.uint8]:
    frame = np.full((height * 3 // 2, width), 128, np.uint8)
    frame[:height] = level
    return frame


def _clip(levels: list[int], keys: set[int], fps: int = 24) -> bytes:
    encoder = Encoder(64, 48, fps)
    for index, level in enumerate(levels):
        encoder.add(_grey(level), key=index in keys)
    return encoder.finish()


def test_a_clip_has_a_key_frame_on_every_cut_and_none_further_apart_than_two_seconds() -> None:
    data = _clip([40 + i % 100 for i in range(120)], {0, 31, 77})
    with av.open(io.BytesIO(data)) as box:
        keys = [packet.pts // 512 for packet in box.demux(video=0) if packet.is_keyframe]
    assert {0, 31, 77} <= set(keys)
    assert max(later - earlier for earlier, later in itertools.pairwise(keys)) <= 48


@pytest.mark.parametrize("fps", [24, 25, 30])
def test_frames_are_uniform_on_a_clock_of_512_ticks_a_frame(fps: int) -> None:
    data = _clip([60] * 30, {0}, fps)
    with av.open(io.BytesIO(data)) as box:
        stream = box.streams.video[0]
        assert stream.time_base == Fraction(1, fps * 512)
        assert stream.average_rate == fps
        assert stream.frames == 30
        times = [packet.pts for packet in box.demux(stream) if packet.size]
    assert times == [i * 512 for i in range(30)]


def test_a_clip_is_tagged_bt709_and_has_no_sound() -> None:
    with av.open(io.BytesIO(_clip([60] * 3, {0}))) as box:
        assert [stream.type for stream in box.streams] == ["video"]
        context = box.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert context.color_range == 1
        assert context.pix_fmt == "yuv420p"


def test_the_same_frames_give_the_same_bytes() -> None:
    levels = [30 + 3 * i for i in range(40)]
    assert _clip(levels, {0, 20}) == _clip(levels, {0, 20})


def test_a_frame_may_be_overwritten_as_soon_as_it_was_handed_over() -> None:
    encoder = Encoder(64, 48, 24, "publish")
    frame = _grey(0)
    for level in (50, 120, 200):
        frame[:48] = level
        encoder.add(frame, key=True)
    frame[:] = 0
    with av.open(io.BytesIO(encoder.finish())) as box:
        seen = [int(f.to_ndarray()[:48].mean().round()) for f in box.decode(video=0)]
    assert seen == pytest.approx([50, 120, 200], abs=2)


def test_an_odd_size_is_refused_with_advice() -> None:
    with pytest.raises(MediaError, match="even") as caught:
        Encoder(65, 48, 24)
    assert caught.value.next_step


def test_a_frame_of_another_size_is_refused() -> None:
    with pytest.raises(MediaError):
        Encoder(64, 48, 24).add(_grey(10, 32, 32))
