"""Loudness and peaks, against known answers of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.film.sound.loudness import LIMIT_DBTP, Limiter, Meter, glided, integrated
from stillreel.film.sound.nouns import RATE, Bed, Hit, Score
from stillreel.film.sound.track import record

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def _tone(
    hertz: float, level_db: float, seconds: int = 5, phase: float = 0.0
) -> NDArray[np.float32]:
    at = np.arange(seconds * RATE) / RATE
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * at + phase)
    return np.stack([wave, wave]).astype(np.float32)


def test_the_meter_reads_the_reference_tone_of_ebu_tech_3341() -> None:
    meter = Meter(peaks=False)
    meter.feed(_tone(1000, -23))
    assert meter.integrated() == pytest.approx(-23, abs=0.1)


def test_the_meter_finds_peaks_between_samples() -> None:
    meter = Meter(peaks=True)
    ramp = np.minimum(1, np.arange(5 * RATE) / RATE)
    meter.feed(_tone(RATE / 4, -6, phase=np.pi / 4) * ramp)
    assert meter.true_peak() == pytest.approx(-6, abs=0.3)


def test_the_loudness_of_blocks_is_gated_as_the_meter_gates_it() -> None:
    rng = np.random.default_rng(3)
    sound = np.concatenate(
        [_tone(997, -40, 3), rng.standard_normal((2, 6 * RATE)) * 0.1, np.zeros((2, 3 * RATE))],
        axis=1,
    ).astype(np.float32)
    meter = Meter(peaks=False)
    meter.feed(sound)
    assert integrated(meter.momentary()) == pytest.approx(meter.integrated(), abs=0.02)
    assert integrated([-90.0] * 9) == -70


def test_the_limiter_keeps_true_peaks_down_and_leaves_quiet_sound_alone() -> None:
    limiter = Limiter()
    loud = np.concatenate(
        [_tone(RATE / 4, -12, 1), _tone(RATE / 4, 3, 1, np.pi / 4), _tone(440, -12, 1)], axis=1
    )
    gains = limiter.glide(limiter.wanted(loud, 1.0))
    level = glided(gains, 0, loud.shape[1])
    meter = Meter(peaks=True)
    meter.feed(loud * level)
    assert meter.true_peak() <= LIMIT_DBTP + 0.3
    assert np.all(level[: RATE // 2] == 1)
    assert np.all(level[-RATE // 2 :] == 1)


def test_the_gain_of_a_sample_never_exceeds_what_its_chunk_allows() -> None:
    rng = np.random.default_rng(0)
    noise = (rng.standard_normal((2, RATE)) * 0.8).astype(np.float32)
    limiter = Limiter()
    wanted = limiter.wanted(noise, 1.5)
    level = glided(limiter.glide(wanted), 0, RATE)
    assert np.all(level <= np.repeat(wanted, 96)[:RATE] + 1e-6)
    assert np.abs(noise * 1.5 * level).max() <= 10 ** (LIMIT_DBTP / 20) + 1e-4


def _score() -> Score:
    knocks = tuple(Hit("knock", RATE * second, 0.9, 0.0, second, "room") for second in range(1, 9))
    return Score(10 * RATE, 0, beds=(Bed("sea", 0, 9 * RATE, 0.03, 100, RATE),), hits=knocks)


def test_a_track_is_brought_to_minus_14_lufs_whatever_its_raw_level(tmp_path: Path) -> None:
    told = record(_score(), tmp_path / "track.m4a", tmp_path)
    assert told.integrated == pytest.approx(-14, abs=0.5)
    assert told.true_peak <= -1


def test_the_same_score_gives_the_same_bytes_and_its_exact_length(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        record(_score(), tmp_path / f"{name}.m4a", tmp_path / name)
    assert (tmp_path / "one.m4a").read_bytes() == (tmp_path / "two.m4a").read_bytes()
    with av.open(str(tmp_path / "one.m4a")) as box:
        assert box.streams.audio[0].duration * box.streams.audio[0].time_base == 10
    assert not list(tmp_path.rglob("*.part"))


def test_silence_is_not_lifted_into_noise(tmp_path: Path) -> None:
    assert record(Score(2 * RATE, 0), tmp_path / "none.m4a", tmp_path) is None
    with av.open(str(tmp_path / "none.m4a")) as box:
        assert max(np.abs(frame.to_ndarray()).max() for frame in box.decode(audio=0)) < 1e-4
