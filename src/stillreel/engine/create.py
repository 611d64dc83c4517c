"""The one create call, and what is written down of its answer or of its silence."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from stillreel.errors import Busy, Lost, ProviderError
from stillreel.providers.ask import StillAsk
from stillreel.providers.seam import Several

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.record import Record
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.providers.ask import Sold
    from stillreel.providers.seam import Job, Seller


def room(able: Seller, rate: int = 0) -> int:
    """Return how many takes one create call may order.

    Args:
        able: who is asked.
        rate: how many may be ordered in a minute; 0 for no limit.
    """
    most = able.offer.pictures_at_once if isinstance(able, Several) else 1
    return min(most, rate) if rate else most


async def create(
    able: Seller,
    jobs: Sequence[PaidJob],
    asked: Sequence[Sold],
    record: Record,
    *,
    patience: float,
) -> list[PaidJob]:
    """Make the create call of jobs that are `submitting`; return them as they are after it.

    Whatever is not answered is lost for every one of them, and so is a refusal theirs alike.

    Args:
        able: who is asked.
        jobs: what goes by this call, each already written as being sent.
        asked: what each asks, in the same order.
        record: writes down what becomes of them.
        patience: seconds after which the call is given up.

    Raises:
        Busy: the vendor takes no more for now; nothing is written down of that.
    """
    try:
        async with asyncio.timeout(patience):
            told = await _submitted(able, asked, [job.tag for job in jobs])
    except Busy:
        raise
    except (Lost, TimeoutError) as error:
        why = str(error) or "no answer in time"
        return [record.lost(job, why) for job in jobs]
    except ProviderError as error:
        return [record.refused(job, error) for job in jobs]
    except BaseException:
        # Stopped in the middle, or a slip of the adapter: nobody knows whether it was sent.
        for job in jobs:
            record.lost(job, "the call was broken off")
        raise
    return [record.learn(job, one) for job, one in zip(jobs, told, strict=True)]


async def _submitted(able: Seller, asked: Sequence[Sold], tags: Sequence[str]) -> tuple[Job, ...]:
    if len(asked) == 1:
        return (await able.submit(asked[0], tags[0]),)  # pyright: ignore[reportArgumentType] - the ask was made for this provider
    stills = [ask for ask in asked if isinstance(ask, StillAsk)]
    return await able.submit_several(stills, tags)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType] - only such as are `Several` have room
