"""The rehearse verb: the same production against stand-in vendors, for nothing."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from stillreel.errors import NotConfigured
from stillreel.production.folder import HIDDEN, Folder
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from stillreel.errors import StillreelError
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.production.progress import Step

_GROUP = "stillreel.rehearsal"
_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what conditions a rehearsal is held."""

    pace: float = 60.0
    """How many times faster than a real one the vendors' clock runs."""
    seed: int = 0
    """Another seed is another day at the vendors."""
    failing: float = 0.0
    """Share of jobs that fail at the vendor's own fault."""
    moderated: float = 0.0
    """Share of jobs whose output is refused after the work."""
    faults: tuple[str, ...] = ()
    """Faults that fire once each: `drop-after`, `ark/busy`, `ark/drop-after/3` for three times."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How a rehearsal went."""

    clips: int
    submits: int
    """Create calls that the vendors saw."""
    billed: int
    """Jobs that were charged."""
    duplicates: int
    """Jobs that were charged beyond one for the same thing."""
    lost: int
    """Jobs that were charged and whose file nobody took."""
    unknown: int
    """Jobs of which nobody knows how they ended."""
    spent: Money
    """What the film's own ledger says."""
    billed_usd: Money
    """What the stand-ins' meter says."""
    withheld: tuple[str, ...]
    """Clips that were not moved because their stills failed their checks."""
    finish_s: float
    """From the first create call to the last file, in seconds on the vendors' clock."""
    failed: tuple[StillreelError, ...] = ()


class Bill(Protocol):
    """What the vendors' meter says."""

    posts: int
    billed: int
    duplicates: int
    lost: int
    micros: int


class Room(Protocol):
    """The door of the stand-ins."""

    def house_for(self, pace: float, seed: int, failing: float, moderated: float) -> object:
        """Return the stand-ins of one rehearsal."""
        ...

    def set_fault(self, house: object, told: str) -> None:
        """Set a fault."""
        ...

    def surroundings(self, port: int) -> Mapping[str, str]:
        """Return the environment in which every provider reaches its stand-in."""
        ...

    def bill(self, house: object) -> Bill:
        """Return what the meter says of all vendors together."""
        ...

    async def serve(
        self, port: int, house: object, *, ready: Callable[[int], None] | None = None
    ) -> None:
        """Serve the stand-ins until cancelled."""
        ...


@contextmanager
def stand_ins(conditions: Conditions) -> Generator[tuple[object, int]]:
    """Serve the stand-in vendors on this machine; yields them and their port."""
    room, house = _room(), _house(conditions)
    loop, ready, ports = asyncio.new_event_loop(), threading.Event(), list[int]()

    def met(port: int) -> None:
        ports.append(port)
        ready.set()

    task = loop.create_task(room.serve(0, house, ready=met))
    thread = threading.Thread(target=lambda: _until_done(loop, task), daemon=True)
    thread.start()
    ready.wait(_WAIT)
    try:
        yield house, ports[0]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(_WAIT)
        loop.close()


def surroundings(port: int) -> Mapping[str, str]:
    """Return the environment in which every provider reaches its stand-in."""
    return _room().surroundings(port)


def serve(port: int, conditions: Conditions, tell: Callable[[str], None]) -> None:
    """Serve the stand-ins until interrupted; tells how a client reaches them."""
    room = _room()
    house = _house(conditions)

    def ready(bound: int) -> None:
        for name, value in surroundings(bound).items():
            tell(f"export {name}={value}")

    asyncio.run(room.serve(port, house, ready=ready))


def rehearse(
    folder: Folder, conditions: Conditions, house: object, tell: Callable[[Step], None]
) -> Rehearsal:
    """Carry a copy of a film from the beginning against the stand-ins.

    Args:
        folder: the project; nothing in it changes.
        conditions: under what conditions.
        house: the stand-ins, as `stand_ins` gave them; the environment must lead to them.
        tell: told about every step.

    Raises:
        ProjectError: files have problems.
    """
    from stillreel.production.orders import Orders
    from stillreel.production.run import run

    with tempfile.TemporaryDirectory(prefix="stillreel-rehearsal-") as place:
        copy = Folder(Path(place) / folder.root.resolve().name)
        left_out = shutil.ignore_patterns(HIDDEN, "out", ".git")
        shutil.copytree(folder.root, copy.root, ignore=left_out)
        _let_cards_pass(copy)
        outcome = run(copy, Orders(until="clip", pace=conditions.pace), tell)
        jobs = _jobs(copy)
    bill = _room().bill(house)
    return Rehearsal(
        clips=outcome.clips,
        submits=bill.posts,
        billed=bill.billed,
        duplicates=bill.duplicates,
        lost=bill.lost,
        unknown=sum(1 for job in jobs if job.state == "unknown"),
        spent=outcome.spent,
        billed_usd=Money(bill.micros),
        withheld=outcome.waiting,
        finish_s=round(_lasted(jobs) * conditions.pace, 1),
        failed=outcome.failed,
    )


def _house(conditions: Conditions) -> object:
    from stillreel.errors import UsageError

    room = _room()
    house = room.house_for(
        conditions.pace, conditions.seed, conditions.failing, conditions.moderated
    )
    for told in conditions.faults:
        try:
            room.set_fault(house, told)
        except ValueError as error:
            raise UsageError(
                f"{error}.", next_step="Name faults like drop-after or ark/busy/3."
            ) from error
    return house


def _let_cards_pass(folder: Folder) -> None:
    """Take no measurements of stills that stand-ins draw: their cards show nobody."""
    import tomlkit

    from stillreel.production.open import settings_of
    from stillreel.providers import registry

    make = settings_of(folder).make
    drawn = {*make.sheets, *(() if make.boards == "winner" else (make.boards,))}
    if all(registry.offer(name).local for name in drawn):
        return
    path = folder.root / "film.toml"
    held = tomlkit.parse(path.read_text("utf-8"))
    held.setdefault("gates", tomlkit.table())["measure"] = "none"
    path.write_text(tomlkit.dumps(held), "utf-8")


def _jobs(folder: Folder) -> Sequence[PaidJob]:
    from stillreel.production.buying import film_id, spend_book
    from stillreel.production.open import ledger_of

    with ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, "")
        try:
            return spend.all(film_id(ledger))
        finally:
            spend.close()


def _lasted(jobs: Sequence[PaidJob]) -> float:
    """Return the wall seconds from the first create call to the last step."""
    from datetime import datetime

    sent = [datetime.fromisoformat(job.sent_at) for job in jobs if job.sent_at]
    last = [datetime.fromisoformat(job.updated_at) for job in jobs if job.sent_at]
    return (max(last) - min(sent)).total_seconds() if sent else 0.0


def _until_done(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    loop.run_until_complete(asyncio.wait({task}))


@cache
def _room() -> Room:
    """Return the module of the stand-ins, found through its entry point."""
    found = [point for point in entry_points(group=_GROUP) if point.name == "house"]
    if not found:
        raise NotConfigured(
            "There are no stand-in vendors here.",
            next_step="Install stillreel again: its own entry points are missing.",
        )
    return cast("Room", found[0].load())
