"""What is asked of a platform for a clip: pure, values in, one ask out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.clip.nouns import ClipSettings
from stillreel.plan.scenes import board_scene
from stillreel.providers.ask import MotionAsk
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.providers.ask import Reference


def picture_size(ratio: str, height: int) -> tuple[int, int]:
    """Return width and height in pixels, both even, for a ratio such as `16:9`.

    Args:
        ratio: width to height, as the film writes it.
        height: pixels of the shorter side; 1080 gives 1920x1080, and 1080x1920 for `9:16`. Ratios
            wider than 16:9 keep the width of 16:9 instead, as a letterboxed picture does.
    """
    across, down = (int(part) for part in ratio.split(":"))
    if across * 9 > down * 16:
        width = _even(height * 16 / 9)
        return width, _even(width * down / across)
    if across >= down:
        return _even(height * across / down), _even(height)
    return _even(height), _even(height * down / across)


def ask_for(
    plan: Plan,
    clip: ClipPlan,
    prompt: str,
    number: int,
    *,
    panels: tuple[Reference, ...],
    drawn_by: str,
    panel_seeds: tuple[int, ...] = (),
    settings: ClipSettings | None = None,
    references: tuple[Reference, ...] = (),
) -> MotionAsk:
    """Return the ask for one clip.

    Args:
        plan: the whole plan, for its ratio, rate, cast and places.
        clip: the clip to be moved.
        prompt: the written prompt for a platform that reads words.
        number: of the take; 1 for the first.
        panels: the nine panel pictures in reading order.
        drawn_by: id of the front-end that drew the board.
        panel_seeds: seed each panel was drawn with.
        settings: size, quality and how stills are read.
        references: identity plates, in the order the prompt counts them.
    """
    wanted = settings or ClipSettings()
    width, height = picture_size(plan.ratio, wanted.height)
    return MotionAsk(
        subject=clip.id,
        prompt=prompt,
        width=width,
        height=height,
        fps=plan.fps,
        read=wanted.read,
        seed=seed_of("clip", clip.id, number),
        take=number,
        board=board_scene(plan, clip),
        panels=panels,
        drawn_by=drawn_by,
        panel_seeds=panel_seeds,
        references=references,
        caption=wanted.caption,
        quality=wanted.quality,
    )


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
