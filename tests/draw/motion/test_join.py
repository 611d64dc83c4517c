"""Pieces of a clip put end to end."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.draw.motion.encode import Encoder
from stillreel.draw.motion.join import join
from stillreel.errors import MediaError
from stillreel.values.take import Footage, Quality

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTHS = (1, 30, 2, 60, 3)
QUALITIES: tuple[Quality, ...] = ("draft", "publish")


def _piece(number: int, frames: int, quality: Quality = "draft", width: int = 64) -> bytes:
    encoder = Encoder(width, 48, 24, quality)
    picture = np.random.default_rng(number).integers(0, 255, (72, width), dtype=np.uint8)
    for index in range(frames):
        encoder.add(np.roll(picture, index, 1).copy(), key=index == 0)
    return encoder.finish()


def _parts(quality: Quality = "draft") -> list[Footage]:
    return [Footage(_piece(i, frames, quality), frames) for i, frames in enumerate(LENGTHS)]


def _decoded(data: bytes) -> list[NDArray[np.uint8]]:
    with av.open(io.BytesIO(data)) as box:
        return [frame.to_ndarray() for frame in box.decode(video=0)]


@pytest.mark.parametrize("quality", QUALITIES)
def test_the_joined_clip_shows_every_frame_of_its_pieces(quality: Quality) -> None:
    parts = _parts(quality)
    wanted = [frame for part in parts for frame in _decoded(bytes(part.source))]
    found = _decoded(join(parts, 24, quality))
    assert len(found) == sum(LENGTHS)
    assert all(np.array_equal(*pair) for pair in zip(found, wanted, strict=True))


@pytest.mark.parametrize("quality", QUALITIES)
def test_stretches_of_a_clip_give_its_bytes_again(quality: Quality, tmp_path: Path) -> None:
    whole = join(_parts(quality), 24, quality)
    file = tmp_path / "whole.mp4"
    file.write_bytes(whole)
    firsts = np.cumsum((0, *LENGTHS[:-1]))
    stretches = [Footage(file, n, int(at)) for n, at in zip(LENGTHS, firsts, strict=True)]
    assert join(stretches, 24, quality) == whole


@pytest.mark.parametrize("quality", QUALITIES)
def test_frames_stay_uniform_across_the_joints(quality: Quality) -> None:
    with av.open(io.BytesIO(join(_parts(quality), 24, quality))) as box:
        stream = box.streams.video[0]
        packets = [packet for packet in box.demux(stream) if packet.size]
        assert (stream.time_base.denominator, stream.average_rate) == (12288, 24)
        assert (stream.start_time, stream.frames) == (0, sum(LENGTHS))
    assert sorted(packet.pts for packet in packets) == [512 * i for i in range(sum(LENGTHS))]
    lag = packets[0].dts
    assert [packet.dts for packet in packets] == [512 * i + lag for i in range(sum(LENGTHS))]


def test_the_tags_are_those_of_the_house() -> None:
    with av.open(io.BytesIO(join(_parts(), 24))) as box:
        context = box.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert (context.color_range, context.pix_fmt) == (1, "yuv420p")


def test_pieces_of_another_form_are_refused() -> None:
    with pytest.raises(MediaError, match="another form"):
        join([Footage(_piece(1, 3), 3), Footage(_piece(1, 3, width=128), 3)], 24)


def test_a_stretch_that_is_not_there_is_refused() -> None:
    piece = _piece(1, 9)
    with pytest.raises(MediaError, match="has 4 frames, 5 are wanted"):
        join([Footage(_piece(1, 4), 5)], 24)
    with pytest.raises(MediaError, match="does not begin"):
        join([Footage(piece, 3, 2)], 24)
    with pytest.raises(MediaError, match="cannot be read"):
        join([Footage(b"no clip at all", 3)], 24)
