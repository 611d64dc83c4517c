"""How soon a dead worker's jobs are taken up: what it held, and when a vendor next hears of that.

The stand-ins note every request that names a job. Which jobs a worker holds is read in the database
that the workers share: the lock of its place says which worker it is, by its application name.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

NAME = "PGAPPNAME"
"""Variable by which a worker's connections carry a name of ours."""
_HELD = """
SELECT peer.application_name, jobs.vendor_id FROM dbos.workflow_status work
JOIN jobs ON work.workflow_uuid
    = concat_ws('/', jobs.film, jobs.purchase, jobs.attempt, jobs.turn)
JOIN pg_locks place ON place.locktype = 'advisory' AND place.classid = 5751
    AND work.executor_id = 'worker-' || place.objid
JOIN pg_stat_activity peer ON peer.pid = place.pid
WHERE work.status = 'PENDING' AND jobs.vendor_id <> ''
AND jobs.state IN ('submitted', 'queued', 'running') AND peer.application_name LIKE 'worker %'
"""
_OPEN = """
SELECT vendor_id FROM jobs WHERE vendor_id = ANY(%s) AND state IN ('submitted', 'queued', 'running')
"""
_LAST_WORDS = 0.05
"""Seconds in which a request that the dead worker still sent may arrive."""
_GIVEN_UP = 15.0
"""Seconds after which nobody is held to take the jobs up."""
_IDLE = 5.0
"""Seconds for which a worker that follows jobs is waited for."""


class Ear:
    """Stands before the stand-ins and remembers when which path was asked for."""

    def __init__(self, house: Callable[..., Awaitable[None]]) -> None:
        """Listen to what `house` is asked."""
        self._house = house
        self._heard: list[tuple[float, str]] = []

    async def __call__(self, scope: dict[str, Any], receive: object, send: object) -> None:
        """Note the path and let the house answer."""
        self._heard.append((time.monotonic(), str(scope.get("path", ""))))
        await self._house(scope, receive, send)

    def first(self, jobs: Collection[str], after: float) -> float | None:
        """Return when one of these jobs was first asked about after a moment."""
        found = [at for at, path in self._heard[:] if at > after and _names(path, jobs)]
        return found[0] if found else None


def until_held(url: str, usual: str) -> tuple[str, list[str]]:
    """Wait until a worker follows jobs; return its name and what the vendor calls them.

    When none does for a while, it is the `usual` one, and no jobs.
    """
    end = time.monotonic() + _IDLE
    while time.monotonic() < end:
        if found := _held(url):
            worker = found[0][0]
            return worker, [job for name, job in found if name == worker]
        time.sleep(0.1)
    return usual, []


def still_open(url: str, jobs: list[str]) -> list[str]:
    """Return those of a dead worker's jobs that it had not ended: of others nobody speaks again."""
    import psycopg

    with psycopg.connect(url) as db:
        return [str(job) for (job,) in db.execute(_OPEN, [jobs])]


def _held(url: str) -> list[tuple[str, str]]:
    import psycopg

    try:
        with psycopg.connect(url) as db:
            return [(str(name), str(job)) for name, job in db.execute(_HELD)]
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        # No worker has made the tables yet, or the database was killed a moment ago.
        return []


def adopted(ear: Ear, jobs: Collection[str], died: float) -> float:
    """Return after how many seconds another worker spoke of one of these jobs."""
    while time.monotonic() < died + _GIVEN_UP:
        heard = ear.first(jobs, died + _LAST_WORDS)
        if heard is not None:
            return heard - died
        time.sleep(0.02)
    return _GIVEN_UP


def _names(path: str, jobs: Collection[str]) -> bool:
    return any(job in path for job in jobs)
