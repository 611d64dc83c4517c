"""DBOS as it is run here: one workflow, a queue for each platform and model, its own version."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stillreel.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

WALK = "stillreel-walk-1"
"""Version of the workflow; work begun under another is taken up from the spend ledger."""


@dataclass(frozen=True, slots=True)
class Lane:
    """The queue of one platform and model."""

    provider: str
    """Name as in film.toml: `ark`, `ark:fast`."""
    concurrency: int
    """Jobs under way at once, over all workers."""

    @property
    def queue(self) -> str:
        """Name of the queue."""
        return queue_of(self.provider)


async def launch(
    url: str,
    worker: str,
    lanes: Iterable[Lane],
    heard: Iterable[Lane],
    work: Callable[[str], Awaitable[str]],
    grain: float,
) -> Any:  # noqa: ANN401 - what DBOS makes of the workflow
    """Start DBOS in the loop that is running, and go on with what this worker had under way.

    Args:
        url: SQLAlchemy address of its database.
        worker: name of this worker; whoever comes after it under the same name goes on.
        lanes: queues there shall be.
        heard: queues whose jobs are carried here.
        work: the workflow.
        grain: seconds between two looks at a queue.

    Raises:
        LedgerError: its database cannot be used.
    """
    from dbos import DBOS

    try:
        # Launched here, not in a thread: workflows run in the loop that launches.
        made = _launched(url, worker, heard, work)
        for lane in lanes:
            await DBOS.register_queue_async(
                lane.queue,
                global_concurrency=lane.concurrency,
                worker_concurrency=lane.concurrency,
                polling_interval_sec=grain,
                on_conflict="always_update",
            )
    except Exception as error:
        # The driver's own words, without the statement around them.
        told = str(getattr(error, "orig", error)).strip()
        raise LedgerError(
            f"The engine's store cannot be used: {told}.",
            where=url.rpartition("@")[2],
            next_step="Mend the database, or move it aside: the ledger knows every job.",
        ) from error
    return made


async def halt() -> None:
    """Stop DBOS, so that it may be launched again in the loop that is running."""
    from dbos import DBOS
    from dbos._dbos import _get_dbos_instance as running  # pyright: ignore[reportPrivateUsage] - see below
    from dbos._error import DBOSException

    with suppress(DBOSException):
        # What waits for a database that is gone would wait for ever, and hold up the end of the
        # process; DBOS 3.4 has no setting for that.
        running()._sys_db._retry_connection_errors = False  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    await asyncio.to_thread(DBOS.destroy)
    # It had put its own threads under the loop, and they are gone.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())


def queue_of(provider: str) -> str:
    """Return the name of a provider's queue."""
    return f"lane-{provider}"


def _launched(
    url: str, worker: str, heard: Iterable[Lane], work: Callable[[str], Awaitable[str]]
) -> object:
    from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

    if url.startswith("sqlite"):
        _write_ahead(url)
    config: DBOSConfig = {
        "name": "stillreel",
        "system_database_url": url,
        "application_version": WALK,
        "executor_id": worker,
        "serializer": DBOSPortableJSONSerializer(),
        "enable_otlp": False,
    }
    # What matters is raised or in the ledger; its own handler holds on to the first stderr there
    # was, which may be closed by now.
    logging.getLogger("dbos").handlers[:] = [logging.NullHandler()]
    DBOS(config=config)
    # Registered before the launch, which goes on with what was under way.
    made = DBOS.workflow(name="carry", max_recovery_attempts=None)(work)
    DBOS.listen_queues([lane.queue for lane in heard])
    DBOS.launch()
    return made


def _write_ahead(url: str) -> None:
    """Turn on SQLite's write-ahead log, which DBOS leaves off: steps are six times faster."""
    import sqlite3

    with sqlite3.connect(url.removeprefix("sqlite:///")) as db:
        db.execute("PRAGMA journal_mode=WAL")
    db.close()
