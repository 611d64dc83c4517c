"""settle, spend, worker: what was bought, what is in doubt, and who carries it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.cli.env import database
from stillreel.engine.states import AT_VENDOR
from stillreel.production.folder import Folder
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.engine.money import Line
    from stillreel.ledger.spend.nouns import JobEvent, PaidJob
    from stillreel.production.settle import Doubt

Json = Annotated[bool, Parameter(name="--json", negative="")]
Flag = Parameter(negative="")
_WAITING = 4


def settle(
    directory: Path,
    what: str = "",
    *,
    found: str = "",
    absent: Annotated[bool, Flag] = False,
    charged: Annotated[bool, Flag] = False,
    cancel: Annotated[bool, Flag] = False,
    note: str = "",
    as_json: Json = False,
) -> int:
    """Show the jobs whose answer was lost, or say what you found out about one.

    Nothing that is in doubt is ever sent again by itself: its price stays reserved until you know.

    Args:
        directory: the project folder.
        what: a clip, board or sheet that is in doubt, or the first characters of its tag.
        found: the vendor has it: its id there; the next run follows it and fetches the result.
        absent: the vendor never had it: nothing was paid, and the next run asks again.
        charged: it was paid for and is lost: the price stays in the bill.
        cancel: stop a job that is under way, if the vendor can still stop it.
        note: what you saw, for the record.
        as_json: answer as JSON.
    """
    from stillreel.production import settle as settling

    folder = Folder(directory)
    if not what:
        jobs = settling.unsettled(folder, database())
        if as_json:
            show.document({"unknown": [_doubt(one) for one in jobs]})
        else:
            show.lines([line for one in jobs for line in _facts(folder, one)])
            show.story("Nothing is in doubt." if not jobs else f"{len(jobs)} in doubt")
        return _WAITING if jobs else 0
    if cancel:
        job = settling.cancel(folder, what, database())
        if as_json:
            show.document({"subject": job.subject, "state": job.state, "usd": str(job.price)})
        else:
            show.lines([cancelled(job)])
        return 0
    verdict = "absent" if absent else "charged" if charged else None
    if absent and charged:
        found = found or "both"
    job = settling.settle(folder, what, database(), found=found, verdict=verdict, note=note)
    if as_json:
        show.document({"subject": job.subject, "state": job.state, "usd": str(job.price)})
    else:
        verb = "plan" if job.stage == "plan" else "run"
        show.lines([f"{job.subject} is {job.state}; go on with `stillreel {verb} {directory}`"])
    return 0


def spend(directory: Path, *, as_json: Json = False) -> int:
    """Show where the money went: by stage, model and take, and what of it was for nothing.

    Args:
        directory: the project folder.
        as_json: answer as JSON.
    """
    from stillreel.production.spending import spending

    found = spending(Folder(directory), database())
    parts = {"stage": found.by_stage, "model": found.by_model, "take": found.by_take}
    if as_json:
        show.document(
            {
                "spent_usd": str(found.charged),
                "held_usd": str(found.held),
                "wasted_usd": str(found.wasted),
                **{f"by_{name}": [_line(one) for one in lines] for name, lines in parts.items()},
            }
        )
        return 0
    for name, lines in parts.items():
        rows = [
            (one.name, str(one.jobs), str(one.charged), str(one.held), str(one.wasted))
            for one in lines
        ]
        if rows:
            show.lines(show.table((name, "jobs", "USD", "held", "wasted"), rows))
    show.lines([f"spent {found.charged} USD, held {found.held}, wasted {found.wasted}"])
    return 0


def worker(*, pace: float = 1.0) -> int:
    """Carry the paid jobs of every film that shares STILLREEL_DATABASE_URL, until interrupted.

    Args:
        pace: how many times faster than a real one the vendors' clock runs, in rehearsal.
    """
    from stillreel.production.worker import work

    work(database(), lambda event: show.story(step_words(event)), pace)
    return 0


def step_words(event: JobEvent) -> str:
    """Return one step of a paid job as a line."""
    money = f"{Money(event.micros)} USD"
    words = f"{event.at[:19]} {event.state:<10} {event.subject} at {event.provider}  {money}"
    return f"{words}  {event.message}".rstrip()


def cancelled(job: PaidJob) -> str:
    """Return how a job stands that was to be stopped, as a line."""
    told = f"{job.subject} is {job.state}, {job.price} USD"
    if job.state not in AT_VENDOR:
        return told
    return f"{told}: {job.provider} did not stop it, and it may have to be paid"


def _line(line: Line) -> dict[str, object]:
    return {
        "name": line.name,
        "jobs": line.jobs,
        "usd": str(line.charged),
        "held_usd": str(line.held),
        "wasted_usd": str(line.wasted),
    }


def _doubt(one: Doubt) -> dict[str, object]:
    job = one.job
    return {
        "subject": job.subject,
        "stage": job.stage,
        "provider": job.provider,
        "model": one.model,
        "tag": job.tag,
        "sent_at": job.sent_at,
        "prompt": " ... ".join(one.words),
        "seconds": float(one.seconds),
        "worst_usd": str(job.price),
        "why": job.stopped or job.message,
    }


def _facts(folder: Folder, one: Doubt) -> list[str]:
    job = one.job
    verb = f"stillreel settle {folder.root} {job.subject}"
    length = f", {float(one.seconds):g} s" if one.seconds else ""
    return [
        f"{job.subject} ({job.stage}) at {job.provider}, up to {job.price} USD, held",
        f"  sent {job.sent_at[:19] or 'at an unknown time'} UTC with the tag {job.tag}",
        f"  {one.model}{length}",
        *(f"  {words} ..." for words in one.words),
        f"  {job.stopped or job.message}",
        "  Look at the vendor's own list of jobs for that minute, then:",
        f"    {verb} --found ID   it is there: fetch it",
        f"    {verb} --absent     it is not there: ask again",
        f"    {verb} --charged    it was paid for and is lost",
    ]
