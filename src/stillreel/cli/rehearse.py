"""rehearse: the same production against stand-in vendors, or the stand-ins alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.cli.feed import Feed
from stillreel.production.folder import Folder

if TYPE_CHECKING:
    from stillreel.production.rehearse import Rehearsal

Json = Annotated[bool, Parameter(name="--json", negative="")]


def rehearse(
    directory: Path | None = None,
    *,
    serve: int | None = None,
    pace: float = 60.0,
    seed: int = 0,
    failing: float = 0.0,
    moderated: float = 0.0,
    fault: tuple[str, ...] = (),
    as_json: Json = False,
) -> int:
    """Carry a copy of the film against stand-in vendors: cost, time and faults, for nothing.

    Args:
        directory: the project folder; nothing in it changes.
        serve: instead, serve the stand-ins on this port of this machine until interrupted.
        pace: how many times faster than a real one the vendors' clock runs.
        seed: another seed is another day at the vendors.
        failing: share of jobs that fail at the vendor's own fault.
        moderated: share of jobs whose output is refused after the work.
        fault: a fault that fires once: drop-after, ark/busy, ark/drop-after/3 for three times.
        as_json: one event per line on stdout.
    """
    from stillreel.errors import UsageError
    from stillreel.production import rehearse as rehearsing

    conditions = rehearsing.Conditions(pace, seed, failing, moderated, fault)
    if serve is not None:
        rehearsing.serve(serve, conditions, lambda line: show.lines([line]))
        return 0
    if directory is None:
        raise UsageError(
            "Say which film to rehearse, or --serve PORT.",
            next_step="stillreel rehearse DIR",
        )
    with rehearsing.stand_ins(conditions) as (house, port), Feed(as_json=as_json) as feed:
        os.environ.update(rehearsing.surroundings(port))
        found = rehearsing.rehearse(Folder(directory), conditions, house, feed)
    _tell(found, as_json=as_json)
    return min((error.exit_code for error in found.failed), default=4 if found.withheld else 0)


def _tell(found: Rehearsal, *, as_json: bool) -> None:
    if as_json:
        show.document(
            {
                "event": "done",
                "clips": found.clips,
                "submits": found.submits,
                "billed": found.billed,
                "duplicates": found.duplicates,
                "lost": found.lost,
                "unknown": found.unknown,
                "spent_usd": str(found.spent),
                "billed_usd": str(found.billed_usd),
                "withheld": found.withheld,
                "finish_s": found.finish_s,
                "failed": [show.failure_row(error) for error in found.failed],
            }
        )
        return
    for error in found.failed:
        show.failure(error, as_json=False)
    for clip in found.withheld:
        show.story(f"{clip} was withheld: its stills fail their checks")
    show.lines(
        [
            f"{found.clips} clips, {found.submits} create calls, {found.billed} jobs billed",
            f"paid twice {found.duplicates}, lost {found.lost}, unknown {found.unknown}",
            f"spent {found.spent} USD by the ledger, {found.billed_usd} USD by the vendors' meter",
            f"done {show.duration(found.finish_s)} after the first create call",
        ]
    )
