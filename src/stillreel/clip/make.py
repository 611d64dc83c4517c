"""Move the panels of a board: one ask, one take, looked at before it is believed."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from stillreel.clip.ask import ask_for
from stillreel.clip.check import delivered, watched
from stillreel.clip.nouns import ClipTake, Probe
from stillreel.ledger.nouns import Score
from stillreel.measure import staged
from stillreel.measure.clip.nouns import Ordered
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stillreel.clip.nouns import ClipSettings
    from stillreel.engine.work import Work
    from stillreel.grid.nouns import Grid
    from stillreel.measure.staged import Seen, Wanted
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.providers.ask import MotionAsk, Reference

_PROBE = "probe"
"""Kind of figure a clip's size, rate and length are noted as."""
_WATCHED = "faults"
"""Kind of figure that says how many faults were seen in a clip, and which."""
_SEEN = "people"
"""Kind of figure that says who was seen in the panels: the mean likeness, and each panel."""


def asked(
    plan: Plan,
    clip: ClipPlan,
    grid: Grid,
    work: Work,
    *,
    prompt: str,
    number: int,
    settings: ClipSettings | None = None,
    references: tuple[Reference, ...] = (),
) -> MotionAsk:
    """Return what a platform is asked for a clip.

    Args:
        plan: the whole plan.
        clip: the clip to be moved.
        grid: its board and the nine panels cut from it.
        work: knows where the bytes lie.
        prompt: the written prompt.
        number: of the take; 1 for the first.
        settings: size, quality and how stills are read.
        references: identity plates, in the order the prompt counts them.
    """
    return ask_for(
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


async def move(ask: MotionAsk, work: Work, *, platform: str, rival: bool = False) -> ClipTake:
    """Return the take of a clip, with the problems found in it.

    Args:
        ask: what is asked.
        work: where it goes.
        platform: name of who moves it.
        rival: whether it is moved for a contest, whatever clip a person chose.

    Raises:
        ProviderError: the platform failed, refused, or delivered no clip.
    """
    take = await work.motion(ask, platform, rival=rival)
    known = work.noted(take).get(_PROBE)
    if known is None:
        found = await work.compute(probed, work.path(take.main.digest))
        told = json.dumps([found.width, found.height, str(found.fps), found.frames])
        known = Score(take.id, _PROBE, found.frames, found.frames, found.frames, "embedded", told)
        work.note(known)
    width, height, rate, count = json.loads(known.detail)
    facts = Probe(width, height, Fraction(rate), count)
    frames = tuple(panel.frames for panel in ask.board.panels)
    return ClipTake(ask.subject, take, frames, delivered(ask, facts))


async def watch(
    moved: ClipTake, heads: Sequence[int], fps: int, work: Work, models: Path | None = None
) -> ClipTake:
    """Return a clip with what is wrong with it, frame by frame; watched once a tier.

    Args:
        moved: the clip.
        heads: most people planned in each panel.
        fps: rate that was ordered.
        work: where it is watched.
        models: folder of learned weights that count heads; None for the embedded tier.

    Raises:
        MediaError: the clip is no film, damaged, or too large.
    """
    known, tier = work.noted(moved.take).get(_WATCHED), staged.tier_of(models)
    if known is None or known.tier != tier:
        path = work.path(moved.take.main.digest)
        cuts = tuple(accumulate(moved.panels[:-1]))
        order = Ordered(fps=fps, frames=moved.frames, cuts=cuts, heads=tuple(heads))
        found = await work.compute(_watched, moved.clip, path, order, models)
        count = float(len(found))
        told = json.dumps([astuple(one) for one in found])
        known = Score(moved.take.id, _WATCHED, count, count, count, tier, told)
        work.note(known)
    problems = tuple(Problem(*row) for row in json.loads(known.detail))
    return replace(moved, problems=(*moved.problems, *problems))


def _watched(clip: str, path: Path, order: Ordered, models: Path | None) -> tuple[Problem, ...]:
    """Watch a clip; runs in a worker."""
    from stillreel.measure import tiers
    from stillreel.measure.clip.facts import facts
    from stillreel.measure.model.kit import kept_kit

    kit = None if models is None else kept_kit(models)
    return watched(clip, facts(path, order, count=lambda one: tiers.sure_headcount(one, kit)))


async def look_at(
    moved: ClipTake,
    wanted: Sequence[Wanted],
    plates: Mapping[str, Path],
    work: Work,
    models: Path | None = None,
) -> tuple[Seen, ...]:
    """Return what the middle frame of every panel shows of whom the plan has in it; once a tier.

    Raises:
        MediaError: the clip or a plate cannot be read.
    """
    known, tier = work.noted(moved.take).get(_SEEN), staged.tier_of(models)
    if known is None or known.tier != tier:
        moments = [sum(moved.panels[:at]) + frames // 2 for at, frames in enumerate(moved.panels)]
        path = work.path(moved.take.main.digest)
        found = await work.compute(staged.seen_in_clip, path, moments, wanted, plates, models)
        mean = staged.mean_likeness(found) or (0.0, 0.0, 1.0)
        told = json.dumps([astuple(one) for one in found])
        known = Score(moved.take.id, _SEEN, *mean, tier, told)
        work.note(known)
    return staged.read_back(known.detail)


def _panels(grid: Grid, work: Work) -> tuple[Reference, ...]:
    from stillreel.providers.ask import Reference

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
