"""From plan and clips to the order of the film: pure, values in, values out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError
from stillreel.film.media import Reel, Shot
from stillreel.film.nouns import ClipFile, CutList, CutSettings, PanelSpan, Span, TakeFile
from stillreel.film.titles import Card
from stillreel.values.timecode import split_frames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.plan.nouns import ClipPlan, Place, Plan

TITLE_SECONDS = Fraction(4)
CREDIT_SECONDS = Fraction(5)
_CREDITED = 5


def cut_list(plan: Plan, clips: Sequence[ClipFile], settings: CutSettings) -> CutList:
    """Return the order of the film: title, the clips as given, end credit.

    Raises:
        ProjectError: a clip is not in the plan, or there are none.
    """
    if not clips:
        raise ProjectError(
            "There are no clips to cut.", where=plan.title, next_step="Run the clip stage first."
        )
    written = {clip.id: clip for clip in plan.clips}
    spans: list[Span] = []
    panels: list[PanelSpan] = []
    at = 0
    if settings.title or settings.label:
        spans.append(Span("title", "title", 0, int(TITLE_SECONDS * plan.fps)))
        at = spans[-1].end
    for clip in clips:
        if clip.id not in written:
            raise ProjectError(
                f"Clip {clip.id} is not in the plan.",
                where=clip.id,
                next_step="Cut only clips that have a file in board/.",
            )
        spans.append(Span("clip", clip.id, at, clip.frames))
        for panel, frames in zip(
            written[clip.id].panel, panel_frames(written[clip.id], clip), strict=True
        ):
            panels.append(PanelSpan(clip.id, panel, at, frames))
            at += frames
        at = spans[-1].end
    if settings.credits:
        spans.append(Span("credits", "credits", at, int(CREDIT_SECONDS * plan.fps)))
    return CutList(plan.fps, tuple(spans), tuple(panels))


def panel_frames(written: ClipPlan, clip: ClipFile) -> tuple[int, ...]:
    """Return the frames of each panel of a clip; they add up to the clip's own length."""
    if len(clip.panels) == len(written.panel) and sum(clip.panels) == clip.frames:
        return clip.panels
    weights = tuple(max(1, int(Fraction(panel.seconds) * 1000)) for panel in written.panel)
    return split_frames(clip.frames, weights)


def reel(plan: Plan, clips: Sequence[ClipFile], settings: CutSettings, cut: CutList) -> Reel:
    """Return the cut with the files an editor opens: takes, cards and the sound beside the film."""
    by_id = {clip.id: clip for clip in clips}
    shots: list[Shot] = []
    for span in cut.spans:
        clip = by_id.get(span.id)
        if span.kind != "clip" or clip is None:
            card = TakeFile(span.id, card_path(settings, span.id))
            shots.append(Shot(span.id, span.kind, span.start, span.frames, (card,), card.id))
            continue
        takes = clip.takes or (TakeFile(clip.chosen or clip.id, clip.path),)
        inside = tuple(panel for panel in cut.panels if panel.clip == span.id)
        shots.append(
            Shot(span.id, span.kind, span.start, span.frames, takes, clip.chosen or clip.id, inside)
        )
    heard = sound_path(settings) if settings.sound or settings.music or settings.voice else None
    return Reel(plan.title, plan.fps, settings.width, settings.height, tuple(shots), heard)


def card_path(settings: CutSettings, name: str) -> Path:
    """Return where the title card or the end credit lies beside the film."""
    return settings.out / "clips" / f"{name}.mp4"


def sound_path(settings: CutSettings) -> Path:
    """Return where the sound track lies beside the film."""
    return settings.out / f"{settings.name}-sound.m4a"


def title_card(plan: Plan, frames: int, label: str = "") -> Card:
    """Return the title card: the title, whose story it is, the first place as emblem, a label."""
    lines = (f"after the story by {plan.author}",) if plan.author else ()
    place, time = _place(plan, 0)
    return Card(plan.title, lines, place, frames, night=time == "night", label=label)


def credit_card(plan: Plan, frames: int, lines: tuple[str, ...]) -> Card:
    """Return the end credit: the given lines, or the author and who was in it."""
    if not lines:
        seen = {one.id: _panels_of(plan, one.id) for one in plan.cast}
        leads = sorted((one for one in plan.cast if seen[one.id]), key=lambda one: -seen[one.id])
        cast = [one.name for one in leads[:_CREDITED]]
        lines = (
            *((f"After the story by {plan.author}",) if plan.author else ()),
            *((f"With {_listed(cast)}",) if cast else ()),
            "Drawn, moved and cut with stillreel",
        )
    return Card("The End", lines, None, frames, night=True)


def _place(plan: Plan, index: int) -> tuple[Place | None, str]:
    if not plan.clips:
        return None, "day"
    panel = plan.clips[index].panel[0]
    place = next((one for one in plan.places if one.id == panel.place), None)
    if place is None:
        return None, panel.time
    seen = {"time": panel.time, "season": panel.season, "weather": panel.weather}
    return place.model_copy(update=seen), panel.time


def _panels_of(plan: Plan, who: str) -> int:
    panels = (panel for clip in plan.clips for panel in clip.panel)
    return sum(any(one.id == who for one in panel.who) for panel in panels)


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
