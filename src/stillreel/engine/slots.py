"""Places of the workers that share a Postgres database: who is alive, and whose work is left.

A worker holds its place by a session lock, which the database lets go when the process or its
connection dies; whoever takes the place next, or notices that it is free, goes on with the work.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from stillreel.errors import LedgerError
from stillreel.ledger.spend.pages import SPACE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from psycopg import Connection

_MOST = 256
_NAME = "worker-"
_TRIES = 600
"""How often a database that has let go of a worker is looked for."""
_BETWEEN = 0.5
"""Seconds between two tries."""


class Slot:
    """One worker's place."""

    def __init__(self, url: str) -> None:
        """Take the first free place.

        Args:
            url: address of the database, `postgresql://...`.

        Raises:
            LedgerError: the database cannot be reached, or all places are taken.
        """
        self._url = url.replace("postgresql+psycopg://", "postgresql://")
        self.take()

    def take(self) -> None:
        """Take the first free place, in place of one that was lost.

        Raises:
            LedgerError: the database cannot be reached, or all places are taken.
        """
        import psycopg

        try:
            self._db: Connection[Any] = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=10,
                keepalives=1,
                keepalives_idle=2,
                keepalives_interval=1,
                keepalives_count=3,
            )
        except psycopg.Error as error:
            raise LedgerError(
                f"The database cannot be reached: {error}".strip(),
                where="STILLREEL_DATABASE_URL",
                next_step="Start it, or mend the address, and run again.",
            ) from error
        for number in range(1, _MOST + 1):
            if self._lock(number):
                self.name = f"{_NAME}{number}"
                return
        self._db.close()
        raise LedgerError(f"All {_MOST} places for workers are taken.")

    def hold(self) -> None:
        """See that the place is still ours.

        Raises:
            LedgerError: the connection is lost, so that another may have taken the place.
        """
        import psycopg

        try:
            self._db.execute("SELECT 1")
        except psycopg.Error as error:
            raise LedgerError(
                "This worker has lost its place: the database let go of it.",
                where="STILLREEL_DATABASE_URL",
                next_step="Start it again; what it carried is taken up from the ledger.",
            ) from error

    def is_free(self, name: str) -> bool:
        """Say whether nobody holds the place `name`."""
        number = name.removeprefix(_NAME)
        if name == self.name or not number.isdigit():
            return False
        if not self._lock(int(number)):
            return False
        self._db.execute("SELECT pg_advisory_unlock(%s, %s)", (SPACE, int(number)))
        return True

    def close(self) -> None:
        """Give the place up."""
        self._db.close()

    def _lock(self, number: int) -> bool:
        found = self._db.execute("SELECT pg_try_advisory_lock(%s, %s)", (SPACE, number)).fetchone()
        return bool(found and found[0])


async def regain(
    slot: Slot, begin: Callable[[], Awaitable[None]], undo: Callable[[], Awaitable[None]]
) -> None:
    """Take a place once the database is back, and begin there.

    Args:
        slot: the place that was lost.
        begin: starts the engine under the name of the new place.
        undo: takes away what has begun of it when the database is lost again.

    Raises:
        LedgerError: the database did not come back.
    """
    for left in reversed(range(_TRIES)):
        slot.close()
        try:
            slot.take()
            await begin()
        except LedgerError:
            await undo()
            if not left:
                raise
        else:
            return
        await asyncio.sleep(_BETWEEN)


async def take_over(slot: Slot, queues: Sequence[str]) -> None:
    """Put the work of dead workers back into its queues."""
    from dbos import DBOS

    pending = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
    owners = {one.executor_id or "" for one in pending} - {slot.name}
    dead = {owner for owner in owners if slot.is_free(owner)}
    for queue in queues:
        left = [
            one.workflow_id
            for one in pending
            if one.executor_id in dead and one.queue_name == queue
        ]
        if left:
            await DBOS.resume_workflows_async(left, queue_name=queue)
