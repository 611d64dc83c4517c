"""Subtitles."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pysubs2
import pytest

from stillreel.film.ask import cut_list
from stillreel.film.nouns import ClipFile, CutSettings, SubtitleCue
from stillreel.film.subtitles import cues, milliseconds, text_of, write_subtitles

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.plan.nouns import Plan


def test_a_line_begins_with_its_panel(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    cut = cut_list(plan, clips, settings)
    found = cues(plan, cut)
    starts = [panel.start for panel in cut.panels if panel.panel.line]
    assert found[0].start == starts[0]
    assert {cue.who for cue in found} == {"The Giant"}


def test_no_cue_has_more_than_two_lines_of_42_letters(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    long = "word " * 60 + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter"
    panel = plan.clips[0].panel[4]
    spoken = panel.model_copy(update={"line": panel.line.model_copy(update={"text": long})})
    clip = plan.clips[0].model_copy(
        update={"panel": (*plan.clips[0].panel[:4], spoken, *plan.clips[0].panel[5:])}
    )
    told = plan.model_copy(update={"clips": (clip, *plan.clips[1:])})
    found = cues(told, cut_list(told, clips, settings))
    assert all(1 <= len(cue.lines) <= 2 for cue in found)
    assert all(len(line) <= 42 for cue in found for line in cue.lines)
    said = " ".join(line for cue in found for line in cue.lines)
    assert said.count("word") == 60


def test_cues_never_overlap_and_stay_for_a_second(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    found = cues(plan, cut_list(plan, clips, settings))
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(cue.end - cue.start >= 22 for cue in found)


def test_two_lines_are_about_equally_long(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    first, second = cues(plan, cut_list(plan, clips, settings))[0].lines
    assert abs(len(first) - len(second)) < 12


def test_frames_become_milliseconds_that_never_show_a_frame_early() -> None:
    assert [milliseconds(frame, 24) for frame in (0, 1, 24, 25)] == [0, 42, 1000, 1042]


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_the_files_read_back_with_the_same_times_and_words(form: str) -> None:
    cue = SubtitleCue(24, 60, ("Wer reitet so spät", "durch <Nacht> & Wind?"))
    read = pysubs2.SSAFile.from_string(text_of([cue], 24, form))
    assert [(event.start, event.end) for event in read] == [(1000, 2500)]
    assert "durch" in read[0].plaintext


def test_a_film_in_which_nobody_speaks_has_no_sidecars(tmp_path: Path) -> None:
    assert write_subtitles((), 24, tmp_path / "film") == ()
    assert list(tmp_path.iterdir()) == []
