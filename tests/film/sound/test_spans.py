"""Tracks in spans: each played on its own, all of them one track."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from stillreel.film.sound import effects, instruments
from stillreel.film.sound.mix import RING, play
from stillreel.film.sound.nouns import RATE, Bed, Chord, Hit, Score, Tone
from stillreel.film.sound.spans import SPAN, spans_of
from stillreel.film.sound.track import FRAME, Mastering, record

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def _score(seconds: int = 40) -> Score:
    return Score(
        seconds * RATE,
        7,
        beds=(Bed("sea", 0, seconds * RATE, 0.05, 100, RATE),),
        hits=tuple(Hit("knock", RATE * at, 0.7, 0.2, at, "hall") for at in range(1, seconds, 3)),
        tones=tuple(Tone("harp", 60 + at % 12, RATE * at, 0.2, 0.0) for at in range(0, seconds, 2)),
        chords=(Chord((48, 55, 60), 0, seconds * RATE, 0.1, 0.5),),
    )


def _run(mastering: Mastering) -> int:
    made = 0
    while errands := mastering.missing():
        for errand in errands:
            errand.run()
            made += 1
    return made


def _decoded(path: Path) -> NDArray[np.float32]:
    with av.open(str(path)) as box:
        return np.concatenate([frame.to_ndarray() for frame in box.decode(audio=0)], axis=1)


def test_a_span_sounds_as_that_part_of_the_whole_track() -> None:
    whole = np.concatenate(list(play(_score())), axis=1)
    for span in spans_of(_score()):
        piece = np.concatenate(list(play(span.part, span.low)), axis=1)
        assert np.array_equal(piece, whole[:, span.low : span.high])
    assert [span.stop for span in spans_of(_score())] == [SPAN, 2 * SPAN, 40 * RATE]


def test_spans_meet_on_whole_frames_of_the_coder() -> None:
    assert SPAN % FRAME == 0


@pytest.mark.parametrize("kind", effects.kinds())
def test_no_effect_rings_longer_than_a_span_looks_back(kind: str) -> None:
    assert effects.effect(kind, 0, "hall").shape[1] < RING


@pytest.mark.parametrize("instrument", ["piano", "celesta", "harp", "reed", "bass"])
def test_no_note_rings_longer_than_a_span_looks_back(instrument: str) -> None:
    assert instruments.note(instrument, 30).shape[1] < RING


def test_one_more_knock_is_one_span_to_make_again(tmp_path: Path) -> None:
    score = _score()
    assert _run(Mastering(score, tmp_path)) == 6
    assert _run(Mastering(score, tmp_path)) == 0
    # far from the borders of the second span, and soft enough to leave the gain as it is
    more = replace(score, hits=(*score.hits, Hit("knock", 24 * RATE, 0.01, 0.0, 0, "hall")))
    assert _run(Mastering(more, tmp_path)) == 2


def test_what_was_kept_gives_the_same_bytes_as_making_all_of_it(tmp_path: Path) -> None:
    score = _score()
    record(replace(score, hits=score.hits[:-4]), tmp_path / "first.m4a", tmp_path)
    record(score, tmp_path / "mended.m4a", tmp_path)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    record(score, fresh / "whole.m4a", fresh)
    assert (tmp_path / "mended.m4a").read_bytes() == (fresh / "whole.m4a").read_bytes()


def test_no_seam_is_heard_where_spans_meet(tmp_path: Path) -> None:
    tone = Score(40 * RATE, 1, chords=(Chord((57, 64), 0, 40 * RATE, 0.2, 0.3),))
    record(tone, tmp_path / "tone.m4a", tmp_path)
    heard = _decoded(tmp_path / "tone.m4a")
    raw = np.concatenate(list(play(tone)), axis=1)
    level = float(np.sqrt(np.mean(heard[:, RATE:-RATE] ** 2) / np.mean(raw[:, RATE:-RATE] ** 2)))
    off = heard[:, : raw.shape[1]] - level * raw[:, : heard.shape[1]]
    steady = np.sqrt(np.mean(off[:, 6 * RATE : 12 * RATE] ** 2))
    for seam in (SPAN, 2 * SPAN):
        assert np.sqrt(np.mean(off[:, seam - 2 * FRAME : seam + 2 * FRAME] ** 2)) < 2 * steady
