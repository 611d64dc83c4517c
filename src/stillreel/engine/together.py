"""Doing many things at once without leaving any of them behind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Made = TypeVar("Made")


async def together(*chains: Coroutine[None, None, Made]) -> list[Made]:
    """Run all chains; when one fails, let go of the others before telling.

    `asyncio.gather` would let the others run on, to meet stores and engines that are closed.

    Returns:
        What each made, in the order given.
    """
    tasks = [asyncio.ensure_future(chain) for chain in chains]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
