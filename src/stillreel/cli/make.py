"""make, new, plan, probe, run: from a story to a film."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.cli.env import database, dollars, new_key_told, signs
from stillreel.cli.feed import Feed
from stillreel.production.folder import Folder
from stillreel.values.take import STAGES

if TYPE_CHECKING:
    from stillreel.engine.hands import Hands
    from stillreel.production.nouns import Outcome, PlanOutcome
    from stillreel.production.orders import Orders
    from stillreel.values.money import Money

Json = Annotated[bool, Parameter(name="--json", negative="")]
Flag = Parameter(negative="")
Until = Literal["sheet", "grid", "clip", "film"]
Ratio = Literal["16:9", "9:16", "1:1", "4:3", "21:9"]

_WAITING = 4


def make(
    story: Path,
    *,
    out: Path | None = None,
    clips: int | None = None,
    height: int = 1080,
    ratio: Ratio = "16:9",
    style: str = "storybook, warm light",
    quality: Literal["draft", "publish"] = "draft",
    subtitles: Literal["sidecar", "burned", "none"] = "sidecar",
    max_spend: str | None = None,
    workers: int | None = None,
    wait: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> int:
    """Carry a story to a finished film in one command.

    Running it again goes on where it stopped, and does nothing when nothing has changed.

    Args:
        story: the story: .md, .txt, .fountain or .fdx.
        out: project folder to make; the story's name in this folder when left out.
        clips: exact number of clips; the story's length decides when left out.
        height: lines of the film, for a new project.
        ratio: width to height, for a new project.
        style: the look in a few words, for a new project.
        quality: draft encodes fast, publish encodes small and clean; for a new project.
        subtitles: sidecar files, burned into the picture, or none; for a new project.
        max_spend: most the film may cost in US dollars; nothing is spent without it.
        workers: processes that draw at the same time; all cores when left out.
        wait: queue behind another run on the same folder.
        as_json: one event per line on stdout.
    """
    from stillreel.production import folder as folders
    from stillreel.production.run import roll_up

    words = folders.film_toml(
        title=_title_of(story),
        ratio=ratio,
        style=style,
        height=height,
        quality=quality,
        subtitles=subtitles,
    )
    folder = folders.begin(story, out or Path(story.stem), words)
    orders = _orders("film", max_spend, workers, wait=wait)
    if any((folder.root / "board").glob("*.toml")):
        return _run(folder, orders, as_json=as_json)
    hands = roll_up(folder, orders.workers)
    try:
        _write_plan(folder, orders.max_spend, clips=clips, force=False, as_json=as_json)
        return _run(folder, orders, as_json=as_json, hands=hands)
    finally:
        hands.close()


def new(
    story: Path,
    directory: Path | None = None,
    *,
    ratio: Ratio = "16:9",
    height: int = 1080,
    style: str = "storybook, warm light",
    as_json: Json = False,
) -> int:
    """Make a project folder with a copy of the story and a film.toml to edit.

    Args:
        story: the story: .md, .txt, .fountain or .fdx.
        directory: folder to make; the story's name in this folder when left out.
        ratio: width to height of the picture.
        height: lines of the film.
        style: the look in a few words.
        as_json: answer as JSON.
    """
    from stillreel.production import folder as folders

    text = folders.film_toml(title=_title_of(story), ratio=ratio, style=style, height=height)
    folder = folders.begin(story, directory or Path(story.stem), text)
    if as_json:
        show.document({"folder": str(folder.root), "story": folder.story().name})
    else:
        show.lines([f"{folder.root}: edit film.toml, then `stillreel plan {folder.root}`"])
    return 0


def plan(
    directory: Path,
    *,
    clips: int | None = None,
    force: Annotated[bool, Flag] = False,
    again: Annotated[bool, Flag] = False,
    max_spend: str | None = None,
    as_json: Json = False,
) -> int:
    """Write cast/, places/, props/, board/ and prompts/ from the story, for you to edit.

    Args:
        directory: the project folder.
        clips: exact number of clips; the story's length decides when left out.
        force: overwrite files that were edited by hand, too.
        again: ask a language model for everything anew, and pay anew.
        max_spend: most the film may cost in US dollars, where a language model writes.
        as_json: answer as JSON.
    """
    folder, most = Folder(directory), dollars(max_spend)
    outcome = _write_plan(folder, most, clips=clips, force=force, again=again)
    if as_json:
        told = {**asdict(outcome), "problems": show.problem_rows(outcome.problems)}
        show.document(told)
        return 0
    show.lines(
        [
            f"{outcome.clips} clips, {outcome.clips * 9} panels",
            f"cast: {', '.join(outcome.cast) or 'nobody'}",
            f"places: {', '.join(outcome.places)}",
            f"props: {', '.join(outcome.props) or 'none'}",
        ]
    )
    return 0


def probe(
    directory: Path,
    *,
    max_spend: str | None = None,
    workers: int | None = None,
    wait: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> int:
    """Try the smallest chain end to end: the sheets, board and clip of the first clip only.

    Args:
        directory: the project folder.
        max_spend: most the film may cost in US dollars.
        workers: processes that draw at the same time; all cores when left out.
        wait: queue behind another run on the same folder.
        as_json: one event per line on stdout.
    """
    from stillreel.production.open import open_film

    first = open_film(directory).plan.clips[0].id
    orders = _orders("film", max_spend, workers, wait=wait, only=(first,))
    return _run(Folder(directory), orders, as_json=as_json)


def run(
    directory: Path,
    *,
    until: Until = "film",
    max_spend: str | None = None,
    prefer: Literal["fast", "cheap"] | None = None,
    workers: int | None = None,
    wait: Annotated[bool, Flag] = False,
    as_json: Json = False,
) -> int:
    """Make everything that is missing, up to the film; say why something is made again.

    Args:
        directory: the project folder.
        until: stage to stop after: sheet, grid, clip or film.
        max_spend: most the film may cost in US dollars.
        prefer: look for the soonest finish, or the lowest price, instead of what film.toml says.
        workers: processes that draw at the same time; all cores when left out.
        wait: queue behind another run on the same folder.
        as_json: one event per line on stdout.
    """
    orders = replace(_orders(until, max_spend, workers, wait=wait), prefer=prefer)
    return _run(Folder(directory), orders, as_json=as_json)


def _title_of(story: Path) -> str:
    from stillreel.brief.read import read

    return read(story).title


def _orders(
    until: str,
    max_spend: str | None,
    workers: int | None,
    *,
    wait: bool,
    only: tuple[str, ...] | None = None,
) -> Orders:
    from stillreel.production.orders import Orders

    money = dollars(max_spend)
    many = workers or os.cpu_count() or 1
    return Orders(until, only, many, money, wait, database(), signs=signs())


def _write_plan(
    folder: Folder,
    max_spend: Money | None,
    *,
    clips: int | None,
    force: bool,
    again: bool = False,
    as_json: bool = False,
) -> PlanOutcome:
    from stillreel.production import writing
    from stillreel.production.buying import Terms
    from stillreel.production.write import write_plan

    if max_spend is None:
        _agree(folder, writing.may_cost(folder, clips), as_json=as_json)
    if again:
        writing.ask_anew(folder)
    terms = Terms(database(), max_spend)
    outcome = write_plan(folder, clips=clips, force=force, terms=terms)
    show.problems(outcome.problems)
    if as_json:
        show.document({"event": "plan", "clips": outcome.clips, "cast": outcome.cast})
    else:
        show.story(f"plan  {outcome.clips} clips, {len(outcome.cast)} characters")
    for path in outcome.kept:
        show.story(f"kept your edits in {path} (--force overwrites them)")
    return outcome


def _run(folder: Folder, orders: Orders, *, as_json: bool, hands: Hands | None = None) -> int:
    from stillreel.production.orders import nothing_to_do
    from stillreel.production.run import run

    outcome = nothing_to_do(folder, orders)
    if outcome is None:
        _consent(folder, orders, as_json=as_json)
        with new_key_told(orders.signs), Feed(as_json=as_json) as feed:
            outcome = run(folder, orders, feed, hands)
    _tell(folder, outcome, as_json=as_json)
    if outcome.state == "waiting":
        return _WAITING
    # Somebody must decide before anything else can be mended.
    return min((error.exit_code for error in outcome.failed), default=0)


def _consent(folder: Folder, orders: Orders, *, as_json: bool) -> None:
    """See that a person agrees to what the run may cost, before anything is bought."""
    from stillreel.production.quote import may_cost

    if orders.max_spend is None:
        _agree(folder, may_cost(folder, orders.until), as_json=as_json)


def _agree(folder: Folder, most: Money, *, as_json: bool) -> None:
    """See that a person agrees to what may be spent.

    Raises:
        GateError: it may be something and nobody said yes.
    """
    from stillreel.errors import GateError

    if not most.micros:
        return
    show.story(f"This may cost up to {most} USD: `stillreel quote {folder.root}` says what.")
    if not as_json and sys.stdin.isatty() and sys.stderr.isatty():
        sys.stderr.write("Spend it? [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() in {"y", "yes"}:
            return
    raise GateError(
        f"Nobody agreed to spend up to {most} USD.",
        where=str(folder.root),
        next_step=f"Say how much it may be: --max-spend {most}.",
    )


def _tell(folder: Folder, outcome: Outcome, *, as_json: bool) -> None:
    film = str(outcome.film.relative_to(folder.root)) if outcome.film else None
    if as_json:
        show.document(
            {
                "event": outcome.state if outcome.state in {"waiting", "failed"} else "done",
                "film": film,
                "clips": outcome.clips,
                "seconds": float(outcome.seconds),
                "spent_usd": str(outcome.spent),
                "state": outcome.state,
                "made": outcome.made,
                "waiting": outcome.waiting,
                "notes": outcome.notes,
                "warnings": outcome.warnings,
                "failed": [show.failure_row(error) for error in outcome.failed],
                "problems": show.problem_rows(outcome.problems),
            }
        )
        return
    show.problems(outcome.problems)
    for note in outcome.notes:
        show.story(f"made again  {note}")
    for warning in outcome.warnings:
        show.story(f"warning  {warning}")
    for error in outcome.failed:
        show.failure(error, as_json=False)
    for gate in outcome.waiting:
        note = ' --note "..."' if gate not in STAGES else ""
        verb = f"stillreel approve {folder.root} {gate}{note}"
        show.story(f"Waiting for you: look at out/, then `{verb}`.")
    if outcome.state == "nothing to do":
        show.story("Nothing has changed; nothing was made.")
    if outcome.film is not None:
        show.lines(
            [
                (
                    f"{outcome.film}  {float(outcome.seconds):.1f} s, {outcome.clips} clips, "
                    f"{outcome.spent} USD spent"
                )
            ]
        )
