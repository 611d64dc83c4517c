"""check, status, events, quote: look without changing anything."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.cli.env import database
from stillreel.ledger.spend.nouns import JobEvent
from stillreel.production.folder import Folder
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.ledger.nouns import Event
    from stillreel.production.glance import Glance
    from stillreel.production.nouns import QuoteReport

Json = Annotated[bool, Parameter(name="--json", negative="")]

_PROBLEMS = 3
_WAITING = 4
_GRAIN = 0.5
"""Seconds between two looks at a film that is being watched."""


def check(
    directory: Path,
    *,
    files: Annotated[bool, Parameter(negative="")] = False,
    as_json: Json = False,
) -> int:
    """Show every problem of a project as file:line.

    Args:
        directory: the project folder.
        files: also read every stored file and compare it with its digest.
        as_json: answer as JSON.
    """
    from stillreel.production.inspect import check as inspect

    found = inspect(Folder(directory), files=files)
    errors = [problem for problem in found if problem.severity == "error"]
    if as_json:
        show.document({"ok": not errors, "problems": show.problem_rows(found)})
    else:
        for problem in found:
            mark = "" if problem.severity == "error" else "warning: "
            show.lines([f"{mark}{problem}"])
        warnings = len(found) - len(errors)
        show.story(f"{len(errors)} errors, {warnings} warnings")
    return _PROBLEMS if errors else 0


def status(
    directory: Path,
    *,
    watch: Annotated[bool, Parameter(negative="")] = False,
    as_json: Json = False,
) -> int:
    """Show what is done, what was spent, and what waits for you.

    Args:
        directory: the project folder.
        watch: go on showing it, whenever it changes, until the run at work has ended.
        as_json: answer as JSON; with watch, one document for each change.
    """
    from stillreel.production.glance import glance

    before: list[str] = []
    while True:
        found = glance(Folder(directory), 0 if as_json else 5, database())
        told = [show.compact(_status(found))] if as_json else _rows(found)
        if told != before:
            show.again(told, len(before) if watch and not as_json else 0)
            before = told
        if not watch or found.last_run != "running":
            return 0
        time.sleep(_GRAIN)


def _status(found: Glance) -> dict[str, object]:
    return {
        "film": found.title,
        "stages": {one.stage: {"done": one.done, "total": one.total} for one in found.stages},
        "spent_usd": str(found.spent),
        "held_usd": str(found.held),
        "waiting": [{"what": one.what, "why": one.why} for one in found.waiting],
        "last_run": found.last_run,
        "file": str(found.film) if found.film else None,
    }


def _rows(found: Glance) -> list[str]:
    rows = [f"{found.title}"]
    rows += [f"  {one.stage:<6} {one.done:>3} of {one.total}" for one in found.stages]
    rows.append(f"  spent  {found.spent} USD, held {found.held} USD")
    rows += [f"  waits for you: {one.what} ({one.why})" for one in found.waiting]
    rows.append(f"  last run: {found.last_run or 'never'}")
    if found.film:
        rows.append(f"  {found.film}")
    rows += [f"  {at[11:19]} {kind} {subject}  {said}" for at, kind, subject, said in found.events]
    return rows


def events(
    directory: Path,
    *,
    after: int = 0,
    follow: Annotated[bool, Parameter(negative="")] = False,
    as_json: Json = False,
) -> int:
    """Show what happened to a film, in order, with time, take and money; paid jobs step by step.

    Args:
        directory: the project folder.
        after: show only events after this number; steps of paid jobs are numbered for themselves.
        follow: go on showing what happens until interrupted.
        as_json: one event per line.
    """
    from stillreel.production.spending import happened

    seen, step = after, after
    while True:
        found = happened(Folder(directory), database(), seen, step)
        for one in found:
            show.lines([show.compact(_event(one)) if as_json else _line(one)])
            if isinstance(one, JobEvent):
                step = one.seq
            else:
                seen = one.seq
        if not follow:
            return 0
        sys.stdout.flush()
        time.sleep(_GRAIN)


def _event(one: Event | JobEvent) -> dict[str, object]:
    both = {"seq": one.seq, "at": one.at, "stage": one.stage, "subject": one.subject}
    both |= {"micro_usd": one.micros, "message": one.message}
    if isinstance(one, JobEvent):
        more = {"state": one.state, "provider": one.provider, "attempt": one.attempt}
        return {"event": "job", **both, **more, "take": one.purchase}
    return {"event": one.kind, **both, "take": one.take_id}


def _line(one: Event | JobEvent) -> str:
    if isinstance(one, JobEvent):
        words = f"job   {one.at[:19]} {one.state:<10} {one.stage:<6} {one.subject}  {one.provider}"
        return f"{words}, {Money(one.micros)} USD  {one.message}".rstrip()
    words = f"{one.seq:>5} {one.at[:19]} {one.kind:<10} {one.stage:<6} {one.subject}"
    return f"{words}  {one.message}".rstrip()


def quote(
    directory: Path, *, prefer: Literal["fast", "cheap"] | None = None, as_json: Json = False
) -> int:
    """Show what finishing the film costs and how long it takes, without a single call.

    Args:
        directory: the project folder.
        prefer: look for the soonest finish, or the lowest price, instead of what film.toml says.
        as_json: answer as JSON.
    """
    from stillreel.production.quote import quote as price

    report = price(Folder(directory), database(), prefer)
    if as_json:
        show.document(_quoted(report))
    else:
        rows = [
            (
                line.stage,
                line.provider,
                f"{line.missing} of {line.total}",
                f"{line.low} to {line.high}",
                f"{show.duration(line.seconds_low)} to {show.duration(line.seconds_high)}",
                line.basis,
            )
            for line in report.lines
        ]
        show.lines(
            show.table(("stage", "provider", "missing", "USD", "machine time", "from"), rows)
        )
        show.lines(
            [
                (
                    f"in all {report.low} to {report.high} USD; spent {report.spent}, "
                    f"ceiling {report.ceiling}"
                )
            ]
        )
        show.lines(_finish(report))
        for clip, why in report.withheld:
            show.story(f"not priced: {clip}: {why}")
        if not report.fits:
            show.story("This does not fit under the ceiling in film.toml.")
    return 0 if report.fits else _WAITING


def _finish(report: QuoteReport) -> list[str]:
    """Return when the clips would be done, by platform, as a table."""
    rows = [
        (
            line.platform or "the mix",
            line.why_not or f"{line.low} to {line.high}",
            "" if line.why_not else show.duration(line.p50),
            "" if line.why_not else show.duration(line.p90),
            line.basis,
            line.unready,
        )
        for line in report.finish
    ]
    heads = ("clips by", "USD", "done in", "nine in ten", "from", "missing")
    return show.table(heads, rows) if rows else []


def _quoted(report: QuoteReport) -> dict[str, object]:
    return {
        "stages": [
            {
                "stage": line.stage,
                "provider": line.provider,
                "missing": line.missing,
                "total": line.total,
                "low_usd": str(line.low),
                "high_usd": str(line.high),
                "seconds": [line.seconds_low, line.seconds_high],
                "basis": line.basis,
            }
            for line in report.lines
        ],
        "low_usd": str(report.low),
        "high_usd": str(report.high),
        "spent_usd": str(report.spent),
        "ceiling_usd": str(report.ceiling),
        "fits": report.fits,
        "seconds": [report.seconds_low, report.seconds_high],
        "withheld": dict(report.withheld),
        "finish": [
            {
                "platform": line.platform or "mix",
                "p50_s": round(line.p50, 1),
                "p90_s": round(line.p90, 1),
                "low_usd": str(line.low),
                "high_usd": str(line.high),
                "basis": line.basis,
                "why_not": line.why_not,
                "unready": line.unready,
            }
            for line in report.finish
        ],
    }
