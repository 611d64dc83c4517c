"""Joining clips by copying packets."""

from __future__ import annotations

import errno
import itertools
import os
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.draw.motion.encode import TICKS
from stillreel.errors import MediaError, StorageError
from stillreel.film.assemble import assemble, form_of, frames_in, storing

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from stillreel.film.nouns import ClipFile


def _frames(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as box:
        return [frame.to_ndarray() for frame in box.decode(video=0)]


def _stamps(path: Path) -> list[int]:
    with av.open(str(path)) as box:
        return [packet.pts for packet in box.demux(video=0) if packet.pts is not None]


def test_joined_clips_keep_every_frame_bit_for_bit(
    clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    files = [clip.path for clip in clips]
    out = tmp_path / "film.mp4"
    assert assemble(files, None, out, ticks=TICKS) == 720
    sources = [frame for file in files for frame in _frames(file)]
    joined = _frames(out)
    assert len(joined) == len(sources) == 720
    assert all(np.array_equal(one, two) for one, two in zip(joined, sources, strict=True))


def test_timestamps_are_uniform_across_the_joins(
    clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    out = tmp_path / "film.mp4"
    assemble([clip.path for clip in clips], None, out, ticks=TICKS)
    stamps = _stamps(out)
    assert stamps[0] == 0
    assert {two - one for one, two in itertools.pairwise(stamps)} == {TICKS}
    assert form_of(out).timebase == Fraction(1, 12288)


def test_the_index_stands_in_front_and_the_colours_stay_tagged(
    clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    out = tmp_path / "film.mp4"
    assemble([clip.path for clip in clips], None, out, ticks=TICKS, title="A <film>")
    data = out.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")
    with av.open(str(out)) as box:
        context = box.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert box.metadata["title"] == "A <film>"


def test_the_same_clips_give_the_same_bytes(clips: tuple[ClipFile, ...], tmp_path: Path) -> None:
    files = [clip.path for clip in clips]
    assemble(files, None, tmp_path / "one.mp4", ticks=TICKS)
    assemble(files, None, tmp_path / "two.mp4", ticks=TICKS)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_clip_of_another_form_is_refused_by_name_and_nothing_is_left(
    clips: tuple[ClipFile, ...], tmp_path: Path, make_clip: Callable[..., Path]
) -> None:
    other = make_clip(tmp_path / "other.mp4", 1, 24, (64, 36))
    out = tmp_path / "film.mp4"
    with pytest.raises(MediaError, match="another form") as caught:
        assemble([clips[0].path, other], None, out, ticks=TICKS)
    assert caught.value.where == str(other)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.mp4"]


def test_a_failed_join_leaves_the_old_film_as_it_was(
    clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    out = tmp_path / "film.mp4"
    assemble([clips[0].path], None, out, ticks=TICKS)
    before = out.read_bytes()
    (tmp_path / "broken.mp4").write_bytes(b"not a clip")
    with pytest.raises(MediaError, match="cannot be opened"):
        assemble([clips[0].path, tmp_path / "broken.mp4"], None, out, ticks=TICKS)
    assert out.read_bytes() == before


def test_frames_are_counted_from_the_file(clips: tuple[ClipFile, ...]) -> None:
    assert frames_in(clips[0].path) == 240


def test_a_full_disk_is_told_with_the_file_and_the_next_step(tmp_path: Path) -> None:
    def write() -> None:
        with storing(tmp_path / "film.mp4"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StorageError, match="disk is full") as caught:
        write()
    assert caught.value.where.endswith("film.mp4")
    assert "space" in caught.value.next_step


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_real_full_device_is_a_storage_error(clips: tuple[ClipFile, ...], tmp_path: Path) -> None:
    (tmp_path / ".film.mp4.part").symlink_to("/dev/full")
    with pytest.raises(StorageError):
        assemble([clips[0].path], None, tmp_path / "film.mp4", ticks=TICKS)
