"""Asking a judge: one submit for each ask, and its JSON read strictly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast, get_args

from stillreel.errors import BadOutput, GateError, Lost, Refused
from stillreel.providers.ask import JudgeAnswer, Seen
from stillreel.values.digest import of_value
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from stillreel.providers.ask import JudgeAsk
    from stillreel.providers.seam import Delivered, Job, Judge

    Pause = Callable[[float], Awaitable[None]]

_MOST_BYTES = 65_536
_PHRASE = 400
"""Most letters that are kept of a phrase."""
_PAUSE_S = 2.0
_POLLS = 300


def read_answer(files: Sequence[Delivered], where: str = "") -> JudgeAnswer:
    """Return what a judge's delivered JSON says: `seen`, and perhaps `how` and `evidence`.

    Raises:
        BadOutput: it is not that; nothing is guessed from prose.
    """
    data = next((one.data for one in files if one.media_type == "application/json"), None)
    try:
        held: object = json.loads(data) if data is not None and len(data) <= _MOST_BYTES else None
    except ValueError:
        held = None
    answer = cast("dict[str, object]", held) if isinstance(held, dict) else {}
    seen = answer.get("seen")
    if seen not in get_args(Seen):
        raise BadOutput(
            "The judge did not answer with one of the four words.",
            where=where,
            next_step="Name another judge, or one that keeps to a JSON form.",
            charged="yes",
        )
    how, evidence = (_phrase(answer.get(key)) for key in ("how", "evidence"))
    return JudgeAnswer(cast("Seen", seen), how, evidence)


def price(judge: Judge, asks: Sequence[JudgeAsk]) -> Money:
    """Return the most a list of asks can cost."""
    return sum((judge.quote(ask).high for ask in asks), Money())


async def hear(
    judge: Judge,
    asks: Sequence[JudgeAsk],
    pause: Pause,
    most: Money | None = None,
) -> tuple[JudgeAnswer | None, ...]:
    """Ask a judge one ask after another, each submitted exactly once.

    Args:
        judge: who is asked.
        asks: in order.
        pause: waits so many seconds between polls.
        most: what a person agreed to spend; nothing unless told.

    Returns:
        An answer for each ask; None where the reply was lost, refused or unreadable: a missing
        answer is never made up, and never asked again here.

    Raises:
        GateError: it can cost more than was agreed to.
    """
    agree(judge, asks, Money() if most is None else most)
    return tuple([await _one(judge, ask, pause) for ask in asks])


def agree(judge: Judge, asks: Sequence[JudgeAsk], agreed: Money) -> None:
    """Let asks pass that cost no more than was agreed to.

    Raises:
        GateError: they can cost more; nothing was sent.
    """
    cost = price(judge, asks)
    if cost > agreed:
        raise GateError(
            f"{len(asks)} questions to {judge.id!r} can cost {cost} {cost.currency}; "
            f"{agreed} is agreed to.",
            next_step="Agree to that price, ask fewer questions, or name another judge.",
        )


async def _one(judge: Judge, ask: JudgeAsk, pause: Pause) -> JudgeAnswer | None:
    try:
        job = await judge.submit(ask, of_value(["judge", judge.id, ask]))
        job = await _finished(judge, job, pause)
        if job.state != "succeeded":
            return None
        return read_answer(await judge.fetch(job), ask.subject)
    except (Lost, Refused, BadOutput):
        return None


async def _finished(judge: Judge, job: Job, pause: Pause) -> Job:
    for _ in range(_POLLS):
        if job.state not in {"queued", "running"}:
            break
        await pause(_PAUSE_S)
        job = await judge.poll(job)
    return job


def _phrase(value: object) -> str:
    return " ".join(value.split())[:_PHRASE] if isinstance(value, str) else ""
