"""From plan and clips to the order of the film: pure, values in, values out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError
from stillreel.film.nouns import ClipFile, CutList, CutSettings, PanelSpan, Span
from stillreel.values.timecode import split_frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.nouns import ClipPlan, Plan

TITLE_SECONDS = Fraction(4)
CREDIT_SECONDS = Fraction(5)


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
    if settings.title:
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
