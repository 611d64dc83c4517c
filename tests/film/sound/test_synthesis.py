"""The raw sounds: levels, loops, spectra."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from stillreel.errors import NotConfigured
from stillreel.film.sound import beds, effects
from stillreel.film.sound.instruments import PAD_LOOP, hertz, note, pad
from stillreel.film.sound.mix import play
from stillreel.film.sound.noise import generator, shaped, swell
from stillreel.film.sound.nouns import RATE, Bed, Chord, Hit, Instrument, Score, Speech, Tone
from stillreel.film.sound.voice import speak

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _peak_hertz(sound: NDArray[np.floating[Any]]) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(sound.size)))
    return np.fft.rfftfreq(sound.size, 1 / RATE)[int(np.argmax(spectrum))]


def test_shaped_noise_follows_its_curve_and_loops_without_a_seam() -> None:
    noise = shaped(
        RATE, [(100, -60), (900, -60), (1000, 0), (1100, -60), (9000, -60)], generator("t")
    )
    assert abs(_peak_hertz(noise) - 1000) < 30
    inside = np.abs(np.diff(noise)).max()
    assert abs(noise[0] - noise[-1]) <= inside
    assert np.sqrt(np.mean(noise**2)) == pytest.approx(1, abs=1e-3)


def test_a_swell_moves_between_its_bounds_and_loops() -> None:
    level = swell(RATE, 3, generator("s"), 0.4)
    assert level.min() == pytest.approx(0.6, abs=1e-3)
    assert level.max() == pytest.approx(1, abs=1e-3)
    assert abs(level[0] - level[-1]) < 0.01


@pytest.mark.parametrize("kind", beds.kinds())
def test_every_bed_is_a_stereo_loop_at_unit_level(kind: str) -> None:
    sound = beds.loop(kind, 0)
    assert sound.shape == (2, beds.LOOP)
    assert sound.dtype == np.float32
    assert np.sqrt(np.mean(sound**2, axis=1)).max() == pytest.approx(1, abs=1e-3)
    assert abs(float(sound.mean())) < 0.05


@pytest.mark.parametrize("kind", effects.kinds())
def test_every_effect_peaks_at_one_and_ends_in_silence(kind: str) -> None:
    sound = effects.effect(kind, 2, "room")
    assert np.abs(sound).max() == pytest.approx(1, abs=1e-3)
    assert np.abs(sound[:, -1]).max() < 1e-3
    assert sound.shape[1] < 6 * RATE


def test_performances_of_an_effect_differ_and_a_hall_rings_longer() -> None:
    assert not np.array_equal(
        effects.effect("thud", 0, "room")[:, :4000], effects.effect("thud", 1, "room")[:, :4000]
    )
    assert effects.effect("thud", 0, "hall").shape[1] > effects.effect("thud", 0, "open").shape[1]


@pytest.mark.parametrize("instrument", ["piano", "celesta", "harp", "reed"])
def test_instruments_are_in_tune(instrument: Instrument) -> None:
    heard = _peak_hertz(note(instrument, 69)[0][:RATE]) / 440
    assert heard == pytest.approx(round(heard), abs=0.007)
    assert round(heard) in {1, 2}


def test_a_pad_sounds_its_chord_and_nothing_between() -> None:
    sound = pad((57, 64, 69), 0.5, 0)[0]
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    bins = np.fft.rfftfreq(PAD_LOOP, 1 / RATE)

    def energy(pitch: int) -> float:
        near = np.abs(bins - hertz(pitch)) < hertz(pitch) * 0.01
        return spectrum[near].sum()

    assert min(energy(57), energy(64)) > 100 * energy(60)


def _score(**parts: Any) -> Score:
    return Score(samples=3 * RATE, seed=0, **parts)


def _sound(score: Score) -> NDArray[np.floating[Any]]:
    return np.concatenate(list(play(score)), axis=1)


def test_a_hit_is_heard_at_its_sample_and_on_its_side() -> None:
    sound = _sound(_score(hits=(Hit("knock", RATE + 123, 0.5, -1.0, 0, "open"),)))
    assert sound.shape == (2, 3 * RATE)
    assert np.abs(sound[:, : RATE + 123]).max() == 0
    assert np.abs(sound[0]).max() > 0.4
    assert np.abs(sound[1]).max() < 1e-6


def test_a_bed_fades_in_and_out_where_it_is_told() -> None:
    sound = _sound(_score(beds=(Bed("room", 0, 2 * RATE, 0.1, RATE // 2, RATE // 2),)))
    level = [
        float(np.sqrt(np.mean(sound[:, at : at + 2400] ** 2))) for at in (0, RATE, int(2.4 * RATE))
    ]
    assert level[0] < level[1] / 4
    assert level[2] < level[1] / 4
    assert np.abs(sound[:, int(2.5 * RATE) + 1 :]).max() == 0


def test_notes_and_chords_ring_across_blocks_without_a_step() -> None:
    sound = _sound(
        _score(
            tones=(Tone("bass", 45, RATE // 2, 0.3, 0.0),),
            chords=(Chord((45, 57, 61, 64), 0, 2 * RATE, 0.1, 0.5),),
        )
    )
    steps = np.abs(np.diff(sound, axis=1)).max(axis=0)
    assert steps[RATE - 4 : RATE + 4].max() <= np.quantile(steps, 0.9999) * 1.5


def test_the_mix_is_the_same_every_time() -> None:
    score = _score(
        hits=(Hit("door", 100, 0.5, 0.2, 1, "hall"),), beds=(Bed("wind", 0, RATE, 0.1, 10, 10),)
    )
    assert np.array_equal(_sound(score), _sound(score))


def _line(text: str = "My own garden.", room: int = 4 * RATE, pitch: int = 40) -> Speech:
    return Speech("giant", text, "en", 1000, room, pitch, 160, 0.0)


def test_a_line_is_spoken_the_same_whatever_was_said_before() -> None:
    pytest.importorskip("espeakng_loader")
    first = speak(_line())
    speak(_line("What are you doing here?", pitch=80))
    assert np.array_equal(speak(_line()), first)
    assert 0.4 * RATE < first.size < 3 * RATE


def test_a_long_line_in_a_short_panel_is_hurried_but_not_beyond_measure() -> None:
    pytest.importorskip("espeakng_loader")
    text = "Any one can understand that, and I will allow nobody to play in it but myself."
    easy, hasty = speak(_line(text, 20 * RATE)), speak(_line(text, RATE))
    assert 0.6 * easy.size < hasty.size < 0.9 * easy.size


def test_music_steps_back_under_speech() -> None:
    pytest.importorskip("espeakng_loader")
    bed = (Bed("engine", 0, 3 * RATE, 0.1, 0, 0),)
    alone, under = _sound(_score(beds=bed)), _sound(_score(beds=bed, speech=(_line(),)))
    spoken = _sound(_score(speech=(_line(),)))
    rest = under - spoken
    where = slice(6000, 20000)
    assert np.sqrt(np.mean(rest[:, where] ** 2)) < 0.6 * np.sqrt(np.mean(alone[:, where] ** 2))
    assert np.allclose(rest[:, -2000:], alone[:, -2000:], atol=1e-5)


def test_without_the_voice_extra_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(NotConfigured, match="voice extra") as caught:
        speak(_line())
    assert "pip install" in caught.value.next_step
