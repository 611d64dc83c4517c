"""What is heard, and when."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from stillreel.draw.motion.performance import rhythm
from stillreel.film.ask import cut_list
from stillreel.film.sound import beds, effects, words
from stillreel.film.sound.ambience import kinds_in
from stillreel.film.sound.mood import mood_of
from stillreel.film.sound.nouns import RATE, Hit
from stillreel.film.sound.score import write_score
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from stillreel.film.nouns import ClipFile, CutList, CutSettings, Span
    from stillreel.plan.nouns import Plan


@pytest.fixture
def cut(plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings) -> CutList:
    return cut_list(plan, clips, settings)


def test_every_sound_a_word_can_call_exists() -> None:
    assert set(words.EFFECT_OF.values()) - {"footsteps"} <= set(effects.kinds())
    assert set(words.BED_OF.values()) <= set(beds.kinds())
    assert set(words.HIT_GAIN) == set(effects.kinds())
    assert set(words.BED_GAIN) == set(beds.kinds())


def test_plurals_and_compounds_find_their_sound() -> None:
    assert [words.noun_of(word) for word in ("Footsteps", "church-bells", "waves", "branches")] == [
        "footstep",
        "bell",
        "wave",
        "branch",
    ]


def test_effects_begin_inside_their_panel(plan: Plan, cut: CutList, settings: CutSettings) -> None:
    score = write_score(plan, cut, settings)
    span = next(span for span in cut.panels if "door" in span.panel.sound)
    door = next(hit for hit in score.hits if hit.kind == "door")
    assert span.start * 2000 <= door.at < span.end * 2000


def test_a_giant_walks_with_heavy_feet_in_step_with_his_drawing(
    plan: Plan, cut: CutList, settings: CutSettings
) -> None:
    score = write_score(plan, cut, settings)
    span = next(span for span in cut.panels if span.panel.who[0].does == "walk")
    feet = [
        hit.at
        for hit in score.hits
        if hit.kind == "step-heavy" and span.start * 2000 <= hit.at < span.end * 2000
    ]
    assert len(feet) >= 2
    gaps = {two - one for one, two in itertools.pairwise(feet)}
    assert gaps == {int(rhythm("walk").seconds / 2 * RATE)}


def test_spring_has_birds_and_snow_has_none(
    plan: Plan, cut: CutList, settings: CutSettings
) -> None:
    score = write_score(plan, cut, settings)
    spring, winter = cut.spans[1], cut.spans[3]

    def birds(span: Span) -> list[Hit]:
        return [
            hit
            for hit in score.hits
            if hit.kind in {"bird", "song"} and span.start * 2000 <= hit.at < span.end * 2000
        ]

    assert birds(spring)
    assert not birds(winter)


def test_beds_follow_the_place_and_give_way_over_the_join(
    plan: Plan, cut: CutList, settings: CutSettings
) -> None:
    score = write_score(plan, cut, settings)
    leaves = next(bed for bed in score.beds if bed.kind == "leaves")
    hall = next(bed for bed in score.beds if bed.kind == "hall")
    join = cut.spans[2].start * 2000
    assert leaves.end < join < leaves.end + leaves.fade_out
    assert hall.start < join < hall.start + hall.fade_in
    assert all(0 <= bed.start <= bed.start + bed.fade_in <= bed.end for bed in score.beds)
    assert all(bed.end + bed.fade_out <= score.samples for bed in score.beds)


def test_rain_is_muffled_indoors(plan: Plan, cut: CutList) -> None:
    rainy = cut.panels[0].panel.model_copy(update={"weather": "rain"})
    span = replace(cut.panels[0], panel=rainy)
    garden, castle = plan.places
    assert "rain" in kinds_in(garden, span)
    assert "rain-roof" in kinds_in(castle, span)
    assert "rain" not in kinds_in(castle, span)


def test_joy_and_sorrow_get_other_harmonies(cut: CutList) -> None:
    happy = mood_of([span for span in cut.panels if span.clip == "C01"])
    sad = mood_of([span for span in cut.panels if span.clip == "C03"])
    assert happy.mode == "bright"
    assert sad.mode in {"wistful", "dark"}
    assert happy.energy > sad.energy


def test_chords_begin_on_every_join_and_the_melody_rests_under_speech(
    plan: Plan, cut: CutList, settings: CutSettings
) -> None:
    score = write_score(plan, cut, settings)
    starts = {chord.start for chord in score.chords}
    assert {span.start * 2000 for span in cut.spans} <= starts
    spoken = [span for span in cut.panels if span.panel.line]
    lead = [tone for tone in score.tones if tone.instrument in {"piano", "reed", "celesta"}]
    for span in spoken:
        assert not [tone for tone in lead if span.start * 2000 <= tone.at < span.end * 2000]


def test_everything_ends_with_the_film(plan: Plan, cut: CutList, settings: CutSettings) -> None:
    score = write_score(plan, cut, settings)
    assert score.samples == cut.frames * 2000
    assert all(hit.at < score.samples for hit in score.hits)
    assert all(tone.at < score.samples for tone in score.tones)


def test_the_same_plan_gives_the_same_score_and_another_seed_another(
    plan: Plan, cut: CutList, settings: CutSettings
) -> None:
    first = write_score(plan, cut, settings)
    assert of_value(first) == of_value(write_score(plan, cut, settings))
    assert of_value(first) != of_value(write_score(plan, cut, replace(settings, seed=1)))


def test_each_layer_can_be_left_out(plan: Plan, cut: CutList, settings: CutSettings) -> None:
    bare = write_score(plan, cut, replace(settings, sound=False, music=False))
    assert not (bare.beds)
    assert not (bare.hits)
    assert not (bare.tones)
    assert not (bare.chords)
    assert not (bare.speech)
    spoken = write_score(plan, cut, replace(settings, voice=True))
    assert {line.who for line in spoken.speech} == {"giant"}
    assert spoken.speech[0].pitch < 30
