"""The order of the film."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from stillreel.errors import ProjectError
from stillreel.film.ask import credit_card, cut_list, panel_frames, title_card
from stillreel.film.nouns import ClipFile, CutSettings

if TYPE_CHECKING:
    from stillreel.plan.nouns import Plan


def test_spans_follow_each_other_without_a_gap(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    cut = cut_list(plan, clips, settings)
    assert [span.id for span in cut.spans] == ["title", "C01", "C02", "C03", "credits"]
    assert all(one.end == two.start for one, two in zip(cut.spans, cut.spans[1:], strict=False))
    assert cut.frames == 4 * 24 + 3 * 240 + 5 * 24


def test_panels_fill_their_clips_exactly(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    cut = cut_list(plan, clips, settings)
    for span in cut.spans[1:-1]:
        inside = [panel for panel in cut.panels if panel.clip == span.id]
        assert inside[0].start == span.start
        assert inside[-1].end == span.end
        assert sum(panel.frames for panel in inside) == span.frames


def test_measured_panel_lengths_win_over_planned_ones(
    plan: Plan, clips: tuple[ClipFile, ...]
) -> None:
    lengths = (20, 30, 20, 30, 20, 30, 20, 30, 40)
    clip = replace(clips[0], panels=lengths)
    assert panel_frames(plan.clips[0], clip) == lengths


def test_a_clip_the_plan_does_not_know_is_refused_by_name(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    with pytest.raises(ProjectError, match="C44 is not in the plan"):
        cut_list(plan, [*clips, ClipFile("C44", clips[0].path, 240)], settings)


def test_nothing_to_cut_says_what_to_do(plan: Plan, settings: CutSettings) -> None:
    with pytest.raises(ProjectError, match="no clips") as caught:
        cut_list(plan, [], settings)
    assert caught.value.next_step


def test_cards_name_the_story_its_author_and_its_people(plan: Plan) -> None:
    title = title_card(plan, 96)
    assert title.heading == "The Selfish Giant"
    assert title.lines == ("after the story by Oscar Wilde",)
    assert title.place is not None
    assert title.place.season == "spring"
    assert "With The Giant" in credit_card(plan, 120, ()).lines
    assert credit_card(plan, 120, ("Only this",)).lines == ("Only this",)
