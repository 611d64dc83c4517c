"""Cutting a whole film."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import opentimelineio as otio
import pytest

from stillreel.errors import StorageError
from stillreel.film.ask import cut_list
from stillreel.film.check import check_cut, check_film
from stillreel.film.export import export
from stillreel.film.make import cut, lay_sound
from stillreel.film.nouns import ClipFile, CutSettings, Film, Loudness
from stillreel.values.digest import of_file

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.plan.nouns import Plan


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan, clips: tuple[ClipFile, ...]
) -> tuple[CutSettings, Film]:
    folder = tmp_path_factory.mktemp("film")
    settings = CutSettings(folder / "out", folder / "cache", 96, 54)
    return settings, cut(plan, clips, settings)


def test_the_film_has_title_clips_credit_and_exact_length(made: tuple[CutSettings, Film]) -> None:
    _, film = made
    assert film.frames == film.cut.frames == 936
    assert film.seconds == Fraction(39)
    assert film.conformed == ()
    with av.open(str(film.path)) as box:
        assert box.streams.video[0].frames == 936
        sound = box.streams.audio[0]
        assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 48000, "stereo")


def test_picture_and_sound_end_together(made: tuple[CutSettings, Film]) -> None:
    _, film = made
    with av.open(str(film.path)) as box:
        decoded = sum(frame.samples for frame in box.decode(audio=0))
    assert 0 <= decoded - 39 * 48000 < 2048


def test_the_film_is_as_loud_as_promised_and_its_coded_peaks_stay_under_the_ceiling(
    made: tuple[CutSettings, Film],
) -> None:
    from stillreel.film.sound.loudness import Meter

    _, film = made
    assert abs(film.loudness.integrated + 14) <= 0.5
    assert film.loudness.true_peak <= -1
    assert check_film(film) == []
    meter = Meter(peaks=True)
    with av.open(str(film.path)) as box:
        for frame in box.decode(audio=0):
            meter.feed(frame.to_ndarray())
    assert abs(meter.integrated() + 14) <= 0.5
    assert meter.true_peak() <= -1


def test_clips_are_in_the_film_as_they_were(
    made: tuple[CutSettings, Film], clips: tuple[ClipFile, ...]
) -> None:
    _, film = made
    with av.open(str(film.path)) as box, av.open(str(clips[0].path)) as source:
        shown = [frame.to_ndarray() for frame in box.decode(video=0)]
        own = [frame.to_ndarray() for frame in source.decode(video=0)]
    assert all(np.array_equal(one, two) for one, two in zip(shown[96:336], own, strict=True))
    assert shown[0][:54].mean() < 40
    assert shown[60][:54].mean() > 120
    assert shown[-1][:54].mean() < 20


def test_cutting_again_gives_the_same_bytes_and_uses_the_cache(
    made: tuple[CutSettings, Film], plan: Plan, clips: tuple[ClipFile, ...]
) -> None:
    settings, film = made
    before = of_file(film.path)
    kept = {path: path.stat().st_mtime_ns for path in settings.cache.iterdir()}
    assert of_file(cut(plan, clips, settings).path) == before
    assert {path: path.stat().st_mtime_ns for path in settings.cache.iterdir()} == kept


def test_another_folder_gives_the_same_bytes(
    made: tuple[CutSettings, Film], plan: Plan, clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    _, film = made
    settings = CutSettings(tmp_path / "o", tmp_path / "c", 96, 54)
    assert of_file(cut(plan, clips, settings).path) == of_file(film.path)


def test_the_timeline_and_everything_it_names_are_there(made: tuple[CutSettings, Film]) -> None:
    settings, film = made
    read = otio.adapters.read_from_file(str(film.timeline))
    for track in read.tracks:
        for clip in track:
            assert (settings.out / clip.media_reference.target_url).is_file()


def test_otioz_carries_the_media(
    made: tuple[CutSettings, Film], plan: Plan, clips: tuple[ClipFile, ...]
) -> None:
    settings, _ = made
    path = export(plan, clips, settings, "otioz")
    assert path.stat().st_size > sum(clip.path.stat().st_size for clip in clips)


def test_sound_can_be_laid_before_the_clips_exist(plan: Plan, settings: CutSettings) -> None:
    order = cut_list(plan, [ClipFile(clip.id, settings.out, 240) for clip in plan.clips], settings)
    told = lay_sound(plan, order, settings)
    stamp = (settings.out / "film-sound.m4a").read_bytes()
    assert lay_sound(plan, order, settings) == told
    assert (settings.out / "film-sound.m4a").read_bytes() == stamp


def test_a_silent_film_has_no_sound_and_no_loudness(
    plan: Plan, clips: tuple[ClipFile, ...], silent: CutSettings
) -> None:
    film = cut(plan, clips, replace(silent, title=False, credits=False))
    assert film.loudness is None
    assert film.sound is None
    with av.open(str(film.path)) as box:
        assert not box.streams.audio
        assert box.streams.video[0].frames == 720


def test_steps_are_reported_in_order(
    plan: Plan, clips: tuple[ClipFile, ...], silent: CutSettings
) -> None:
    seen: list[str] = []
    cut(plan, clips, silent, report=lambda step, _done, _total: seen.append(step))
    assert list(dict.fromkeys(seen)) == ["sound", "titles", "clips", "film", "timeline", "done"]


def test_a_folder_that_cannot_be_written_is_told(
    plan: Plan, clips: tuple[ClipFile, ...], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = CutSettings(tmp_path / "file" / "out", tmp_path / "cache", 96, 54)
    with pytest.raises(StorageError, match="cannot be written"):
        cut(plan, clips, settings)


def test_a_missing_clip_a_wrong_length_and_an_unknown_sound_are_problems(
    plan: Plan, clips: tuple[ClipFile, ...]
) -> None:
    panel = plan.clips[0].panel[0].model_copy(update={"sound": ("footstaps", "door")})
    clip = plan.clips[0].model_copy(update={"panel": (panel, *plan.clips[0].panel[1:])})
    told = plan.model_copy(update={"clips": (clip, *plan.clips[1:])})
    found = check_cut(told, [replace(clips[0], frames=200), clips[1]])
    words = [str(problem) for problem in found]
    assert any("C03 is not in the film" in text for text in words)
    assert any("200 frames; 240 are planned" in text for text in words)
    assert any("'footstaps'" in text and "Did you mean" in text for text in words)
    assert not any("'door'" in text for text in words)


def test_a_film_that_is_too_quiet_is_a_problem(made: tuple[CutSettings, Film]) -> None:
    _, film = made
    quiet = replace(film, loudness=Loudness(-20.0, -0.5))
    assert [problem.key for problem in check_film(quiet)] == ["loudness", "peak"]
