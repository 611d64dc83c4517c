"""A person's word: approve, choose, redo, and takes side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stillreel.errors import UsageError
from stillreel.production import gates
from stillreel.production.nouns import Comparison, Contest, Rival
from stillreel.production.open import ledger_of, open_film
from stillreel.values.money import Money
from stillreel.values.take import STAGES

if TYPE_CHECKING:
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore
    from stillreel.production.folder import Folder
    from stillreel.values.take import Stage, Take


def approve(folder: Folder, what: str, note: str) -> str:
    """Approve a stage as it is now, or a clip whose stills fail their checks; return its name.

    Raises:
        UsageError: there is no such stage, it has nothing to approve yet, or a clip is let through
            without a note.
    """
    if what not in STAGES and "." not in what and _let_through(folder, what, note):
        return what
    if what not in STAGES[:3]:
        raise UsageError(
            f"{what!r} cannot be approved.",
            next_step="Approve one of: sheet, grid, clip, or a clip that is withheld.",
        )
    with ledger_of(folder) as (ledger, _):
        if not ledger.current(what):
            raise UsageError(
                f"The stage {what!r} has made nothing yet, so there is nothing to approve.",
                next_step=f"Make it first: stillreel run {folder.root} --until {what}",
            )
        ledger.approve(what, gates.basis(ledger, what), note)
    return what


def _let_through(folder: Folder, clip: str, note: str) -> bool:
    from stillreel.production import checks

    with ledger_of(folder) as (ledger, _):
        basis = checks.basis(ledger, clip)
        if basis and not note:
            reasons = "; ".join(checks.withheld(ledger)[clip])
            verb = f'stillreel approve {folder.root} {clip} --note "..."'
            raise UsageError(
                f"{clip} is withheld: {reasons}.", next_step=f"Say why it may pass: {verb}"
            )
        if basis:
            ledger.approve(clip, basis, note)
    return bool(basis)


def choose(folder: Folder, what: str, take: str, note: str = "", stage: str = "") -> Take:
    """Use another take of a subject and return it.

    Args:
        folder: the project.
        what: a character, place, prop or clip.
        take: the first digits of a take's id, its number, or the provider that made it.
        note: the person's reason.
        stage: needed only where a clip has both boards and clips of that name.

    Raises:
        UsageError: nothing is called that, or several takes fit.
    """
    from stillreel.grid.make import panel_key

    with ledger_of(folder) as (ledger, _):
        at = stage_of(folder, what, stage)
        picked = _pick(ledger.takes(at, what), what, take)
        now = next((one for one in ledger.current(at) if one.subject == what), None)
        present = ledger.take(now.take_id) if now else None
        ledger.choose(at, what, picked.id, _basis(present or picked), note or "chosen")
        if at == "grid":
            # Whoever goes back to a board wants it as it was, not with panels asked again since.
            ledger.withdraw(at, panel_key(picked, ""))
        if at == "sheet":
            ledger.set_number(at, what, picked.number)
    return picked


def prefer(folder: Folder, front_end: str, note: str) -> str:
    """Let a front-end draw the boards whatever the bake-off says, and return its id.

    Raises:
        UsageError: it does not compete in this film, or there is no note.
    """
    from stillreel.production import bakeoff

    rivals = open_film(folder.root).settings.make.sheets
    if front_end not in rivals:
        raise UsageError(
            f"{front_end!r} does not compete in this film.",
            where="film.toml",
            next_step=f"Front-ends that do: {', '.join(rivals)}.",
        )
    if not note:
        raise UsageError(
            "The bake-off is overruled only with a reason.", next_step='Add --note "...".'
        )
    with ledger_of(folder) as (ledger, _):
        ledger.choose(bakeoff.STAGE, bakeoff.SUBJECT, front_end, "", note)
    return front_end


def contest(folder: Folder) -> Contest:
    """Return the bake-off as it stands, and draw what was compared side by side.

    Raises:
        UsageError: none has been held yet.
    """
    from stillreel.production import bakeoff
    from stillreel.production.contact import contest_sheet

    with ledger_of(folder) as (ledger, store):
        held = bakeoff.held(ledger)
        if held is None:
            raise UsageError(
                ledger.meta("front-end") or "No bake-off has been held in this film yet.",
                where="bake-off",
                next_step="`stillreel compare` shows the rivals' sheets of anybody of the cast.",
            )
        person = ledger.chosen(bakeoff.STAGE, bakeoff.SUBJECT)
        spent = tuple(
            sum((take.spent for take in ledger.takes() if take.provider == name), Money())
            for name in held.rivals
        )
        pages = contest_sheet(folder, open_film(folder.root).plan, ledger, store, held)
    return Contest(held, spent, person[0] if person else "", pages)


def redo(folder: Folder, what: str, note: str = "", stage: str = "") -> tuple[str, int]:
    """Ask for one more take of a subject; return its stage and number.

    Raises:
        UsageError: nothing is called that.
    """
    clip, _, panel = what.partition(".")
    if panel:
        return "grid", _redo_panel(folder, clip, panel, note)
    at = stage_of(folder, what, stage)
    with ledger_of(folder) as (ledger, _):
        return at, ledger.ask_again(at, what, note)


def _redo_panel(folder: Folder, name: str, panel: str, note: str) -> int:
    from stillreel.grid.make import panel_key

    plan = open_film(folder.root).plan
    clip = next((one for one in plan.clips if one.id == name), None)
    names = [one.id for one in clip.panel] if clip else []
    if panel not in names:
        raise UsageError(
            f"There is no panel {name}.{panel} in this film.",
            where=str(folder.root),
            next_step="Panels are called C01.P1 to C01.P9.",
        )
    with ledger_of(folder) as (ledger, _):
        now = next((one for one in ledger.current("grid") if one.subject == name), None)
        board = ledger.take(now.take_id) if now else None
        if board is None:
            raise UsageError(
                f"The board of {name} has not been drawn yet.",
                where=str(folder.root),
                next_step=f"Draw it first: stillreel run {folder.root} --until grid",
            )
        key = panel_key(board, names.index(panel) + 1)
        return ledger.ask_again("grid", key, note, drawn_as=f"{name}.{panel}")


def compare(folder: Folder, what: str, stage: str = "") -> Comparison:
    """Return every take of a subject with its figures, and draw them side by side.

    Raises:
        UsageError: nothing is called that, or nothing of it has been made.
    """
    from stillreel.production.contact import rivals_sheet

    at = stage_of(folder, what, stage)
    with ledger_of(folder) as (ledger, store):
        takes = ledger.takes(at, what)
        if not takes:
            raise UsageError(
                f"Nothing of {what!r} has been made yet.",
                next_step=f"Make it first: stillreel run {folder.root} --until {at}",
            )
        current = {one.take_id: one.why for one in ledger.current(at) if one.subject == what}
        rivals = tuple(_rival(ledger, store, take, current) for take in takes)
    sheet = rivals_sheet(folder, what, at, rivals)
    return Comparison(what, at, rivals, sheet)


def stage_of(folder: Folder, what: str, stage: str = "") -> Stage:
    """Return the stage a name belongs to: clips are moved, everything else is a sheet.

    Raises:
        UsageError: nothing in the plan is called that.
    """
    from stillreel.sheet.ask import subjects

    plan = open_film(folder.root).plan
    if what in {clip.id for clip in plan.clips}:
        if stage in {"", "clip"}:
            return "clip"
        if stage == "grid":
            return "grid"
    elif what in subjects(plan) and stage in {"", "sheet"}:
        return "sheet"
    known = ", ".join((*subjects(plan), *(clip.id for clip in plan.clips)))
    raise UsageError(
        f"There is no {f'{stage} of ' if stage else ''}{what!r} in this film.",
        where=str(folder.root),
        next_step=f"Names: {known}.",
    )


def _pick(takes: tuple[Take, ...], what: str, asked: str) -> Take:
    fits = [take for take in takes if take.id.startswith(asked)] if len(asked) > 3 else []
    fits = fits or [take for take in takes if asked in {take.provider, str(take.number)}]
    if asked and len(fits) == 1:
        return fits[0]
    told = ", ".join(f"{take.short} ({take.provider}, take {take.number})" for take in takes)
    raise UsageError(
        f"{len(fits) or 'No'} takes of {what} fit {asked!r}.",
        where=what,
        next_step=f"Takes: {told or 'none yet'}.",
    )


def _basis(take: Take) -> str:
    return str(json.loads(take.parameters)["basis"])


def _rival(ledger: Ledger, store: FileStore, take: Take, current: dict[str, str]) -> Rival:
    return Rival(
        take=take.short,
        number=take.number,
        provider=take.provider,
        file=store.path(take.main.digest, take.main.media_type),
        current=take.id in current,
        seconds=take.seconds,
        spent=take.spent,
        scores=tuple(one for one in ledger.scores(take.id) if one.kind != "probe"),
        why=current.get(take.id, ""),
    )
