"""Marking a whole film: the picture is written again, everything else stays what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
import pytest

from stillreel.draw.motion.encode import Encoder
from stillreel.errors import MediaError
from stillreel.trail.mark.film import mark_film
from stillreel.trail.mark.nouns import Mark
from stillreel.trail.mark.read import read
from stillreel.trail.mark.sample import spread

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT, FRAMES, CUTS = 640, 360, 130, (0, 50, 100)
MARK = Mark(0x00F17E)


def picture(number: int) -> np.ndarray:
    scene = max(index for index, cut in enumerate(CUTS) if cut <= number)
    across, down = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    frame = np.full((HEIGHT * 3 // 2, WIDTH), 128, dtype=np.uint8)
    frame[:HEIGHT] = 110 + 40 * np.sin((across + 3 * number) / (30 + 9 * scene) + down / 70)
    cv2.circle(frame, (40 + 4 * number, 120 + 40 * scene), 30, 200, -1, cv2.LINE_AA)
    return frame


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of three shots with a sound track and a title."""
    folder = tmp_path_factory.mktemp("film")
    encoder = Encoder(WIDTH, HEIGHT, 24)
    for number in range(FRAMES):
        encoder.add(picture(number), key=number in CUTS)
    silent, path = folder / "silent.mp4", folder / "film.mp4"
    silent.write_bytes(encoder.finish())
    with av.open(str(silent)) as box, av.open(str(path), "w") as out:
        out.metadata["title"] = "Three shots"
        track = out.add_stream_from_template(box.streams.video[0])
        sound = out.add_stream("aac", rate=48_000)
        for packet in box.demux(video=0):
            if packet.dts is not None:
                packet.stream = track
                out.mux(packet)
        tone = np.sin(np.arange(48_000 * 5) / 20).astype(np.float32)[None, :]
        heard = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        heard.sample_rate = 48_000
        out.mux(sound.encode(heard))
        out.mux(sound.encode(None))
    return path


@pytest.fixture(scope="module")
def marked(film: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("marked") / "film.mp4"
    assert mark_film(film, path, MARK) == FRAMES
    return path


def packets(path: Path, kind: str) -> list[tuple[int | None, int | None, bool, bytes]]:
    with av.open(str(path)) as box:
        stream = getattr(box.streams, kind)[0]
        return [
            (packet.pts, packet.duration, packet.is_keyframe, bytes(packet))
            for packet in box.demux(stream)
            if packet.dts is not None
        ]


def test_a_marked_film_tells_its_id(film: Path, marked: Path) -> None:
    assert read(marked).id == MARK.id
    assert read(film).id is None


def test_the_sound_is_copied_packet_by_packet(film: Path, marked: Path) -> None:
    assert len(packets(film, "audio")) > 100
    assert packets(marked, "audio") == packets(film, "audio")


def test_every_frame_keeps_its_time_and_every_cut_its_key_frame(film: Path, marked: Path) -> None:
    before, after = packets(film, "video"), packets(marked, "video")
    assert [one[0] for one in after] == [one[0] for one in before]
    assert {number for number, one in enumerate(after) if one[2]} >= set(CUTS)


def test_form_colour_and_title_stay(film: Path, marked: Path) -> None:
    for path in (film, marked):
        with av.open(str(path)) as box:
            context = box.streams.video[0].codec_context
            assert (context.width, context.height, context.pix_fmt) == (WIDTH, HEIGHT, "yuv420p")
            tags = context.colorspace, context.color_primaries, context.color_trc
            assert tags == (1, 1, 1)
            assert context.color_range == 1
            assert box.metadata["title"] == "Three shots"


def test_a_marked_clip_can_still_be_joined_with_others_by_copying(film: Path, marked: Path) -> None:
    with av.open(str(film)) as one, av.open(str(marked)) as other:
        headers = [bytes(box.streams.video[0].codec_context.extradata) for box in (one, other)]
    assert headers[0] == headers[1]


def test_the_same_film_and_mark_give_the_same_bytes(film: Path, marked: Path) -> None:
    again = marked.with_name("again.mp4")
    mark_film(film, again, MARK)
    assert again.read_bytes() == marked.read_bytes()


def test_progress_is_told_and_a_label_is_drawn_over_the_mark(film: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def label(planes: np.ndarray) -> None:
        planes[:40, :80] = 235

    path = tmp_path / "labelled.mp4"
    report = lambda done, whole: told.append((done, whole))  # noqa: E731
    mark_film(film, path, MARK, over=label, report=report)
    assert told == [(number + 1, FRAMES) for number in range(FRAMES)]
    assert next(spread(path))[5:35, 5:75].min() > 225


def test_a_film_can_be_marked_in_place(film: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(film.read_bytes())
    mark_film(path, path, MARK)
    assert read(path).id == MARK.id
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


def test_a_damaged_film_is_told_and_nothing_is_left(film: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "half.mp4", tmp_path / "out.mp4"
    data = film.read_bytes()
    source.write_bytes(data[: len(data) // 10])
    target.write_bytes(b"older")
    with pytest.raises(MediaError, match="cannot be decoded"):
        mark_film(source, target, MARK)
    assert target.read_bytes() == b"older"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["half.mp4", "out.mp4"]


def test_a_missing_film_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no such film"):
        mark_film(tmp_path / "none.mp4", tmp_path / "out.mp4", MARK)


def test_a_film_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv444p"
        box.mux(stream.encode(av.VideoFrame(64, 64, "yuv444p")))
        box.mux(stream.encode(None))
    with pytest.raises(MediaError, match="house format"):
        mark_film(path, tmp_path / "out.mp4", MARK)


def test_a_long_film_is_read_from_its_key_frames(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stillreel.trail.mark import sample

    monkeypatch.setattr(sample, "_SHORT", 10)
    monkeypatch.setattr(sample, "_ENOUGH", 3)
    assert 3 <= len(list(spread(marked))) <= 6
    monkeypatch.setattr(sample, "_ENOUGH", 30)
    assert len(list(spread(marked))) >= FRAMES
