"""Webhooks: a vendor tells an address on this machine that a job has ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.vendor import Vendor

_HERE = {"127.0.0.1", "localhost", "::1"}


async def tell(vendor: Vendor, job: Job) -> None:
    """Wait for a job's end and post the vendor's message; a fault posts it a second time.

    Only addresses on this machine are called: a rehearsal never leaves it.
    """
    clock = vendor.stage.clock
    await clock.sleep(job.ends_at - clock.now())
    if job.cancelled_at is not None or urlsplit(job.order.hook).hostname not in _HERE:
        return
    message = vendor.message(job)
    for _ in range(2 if "duplicate-webhook" in job.faults else 1):
        await vendor.stage.courier(job.order.hook, message)
        await asyncio.sleep(0)


async def post(address: str, message: dict[str, object]) -> None:
    """Post a message once; a client that is gone is not waited for."""
    import httpx2

    async with httpx2.AsyncClient(timeout=5.0) as client:
        try:
            await client.post(address, json=message)
        except httpx2.HTTPError:
            return
