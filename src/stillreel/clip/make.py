"""Move the panels of a board: one ask, one take, looked at before it is believed."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.clip.ask import ask_for
from stillreel.clip.check import delivered
from stillreel.clip.nouns import ClipTake, Probe
from stillreel.ledger.nouns import Score

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.clip.nouns import ClipSettings
    from stillreel.engine.work import Work
    from stillreel.grid.nouns import Grid
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.providers.seam import Reference

_PROBE = "probe"
"""Kind of figure a clip's size, rate and length are noted as."""


async def move(
    plan: Plan,
    clip: ClipPlan,
    grid: Grid,
    work: Work,
    *,
    platform: str,
    prompt: str,
    number: int,
    settings: ClipSettings | None = None,
    references: tuple[Reference, ...] = (),
) -> ClipTake:
    """Return a take of a clip, with the problems found in it.

    Args:
        plan: the whole plan.
        clip: the clip to be moved.
        grid: its board and the nine panels cut from it.
        work: where asks go.
        platform: id of who moves it.
        prompt: the written prompt.
        number: of the take; 1 for the first.
        settings: size, quality and how stills are read.
        references: identity plates, in the order the prompt counts them.

    Raises:
        ProviderError: the platform failed, refused, or delivered no clip.
    """
    ask = ask_for(
        plan,
        clip,
        prompt,
        number,
        panels=_panels(grid, work),
        drawn_by=grid.take.provider,
        panel_seeds=grid.seeds,
        settings=settings,
        references=references,
    )
    take = await work.motion(ask, platform)
    known = work.noted(take).get(_PROBE)
    if known is None:
        found = await work.compute(probed, work.path(take.main.digest))
        told = json.dumps([found.width, found.height, str(found.fps), found.frames])
        known = Score(take.id, _PROBE, found.frames, found.frames, found.frames, "embedded", told)
        work.note(known)
    width, height, rate, count = json.loads(known.detail)
    facts = Probe(width, height, Fraction(rate), count)
    frames = tuple(panel.frames for panel in ask.board.panels)
    return ClipTake(clip.id, take, frames, delivered(ask, facts))


def _panels(grid: Grid, work: Work) -> tuple[Reference, ...]:
    from stillreel.providers.seam import Reference

    return tuple(
        Reference("board", f"panel-{index}", file.digest, work.path(file.digest))
        for index, file in enumerate(grid.panels, 1)
    )


def probed(path: Path) -> Probe:
    """Read size, rate and length of a clip from its packets, without decoding a frame.

    Raises:
        BadOutput: the file is no clip.
    """
    from typing import Any

    import av
    from av.error import FFmpegError

    from stillreel.errors import BadOutput

    try:
        with av.open(str(path)) as box:
            stream: Any = box.streams.video[0]
            frames = sum(1 for packet in box.demux(stream) if packet.size)
            rate = stream.average_rate or stream.guessed_rate
            context = stream.codec_context
            return Probe(context.width, context.height, Fraction(rate), frames)
    except (FFmpegError, IndexError) as error:
        raise BadOutput(
            f"What came back is no clip: {error}.",
            where=path.name,
            next_step="Redo the clip, or choose another platform.",
            charged="unknown",
        ) from error
