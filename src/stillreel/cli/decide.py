"""approve, choose, redo: a person's word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.production import decide, recut
from stillreel.production.folder import Folder

Json = Annotated[bool, Parameter(name="--json", negative="")]


def approve(directory: Path, what: str, *, note: str = "", as_json: Json = False) -> int:
    """Approve a stage as it is now, or let a clip pass whose stills fail their checks.

    Args:
        directory: the project folder.
        what: sheet, grid or clip; or the id of a clip that is withheld, with a note.
        note: why, for the record.
        as_json: answer as JSON.
    """
    stage = decide.approve(Folder(directory), what, note)
    if as_json:
        show.document({"approved": stage, "note": note})
    else:
        show.lines([f"{stage} approved; go on with `stillreel run {directory}`"])
    return 0


def choose(
    directory: Path,
    what: str,
    take: str,
    *,
    stage: str = "",
    note: str = "",
    as_json: Json = False,
) -> int:
    """Use another take of a character, place, prop or clip, or overrule the bake-off.

    Args:
        directory: the project folder.
        what: an id: mara, garden, C07; or bakeoff, to name the front-end of all boards.
        take: a take's first digits, its number, or the provider that made it.
        stage: grid chooses a board of a clip instead of the clip itself.
        note: why, for the record.
        as_json: answer as JSON.
    """
    if what == "bakeoff":
        name = decide.prefer(Folder(directory), take, note)
        if as_json:
            show.document({"subject": what, "provider": name, "note": note})
        else:
            show.lines([f"{name} draws the boards; `stillreel run {directory}` brings them in"])
        return 0
    picked = decide.choose(Folder(directory), what, take, note, stage)
    if as_json:
        show.document({"subject": what, "take": picked.short, "provider": picked.provider})
    else:
        show.lines(
            [
                (
                    f"{what} uses take {picked.short} by {picked.provider}; "
                    f"`stillreel run {directory}` brings it into the film"
                )
            ]
        )
    return 0


def redo(
    directory: Path,
    what: str,
    *,
    stage: str = "",
    crop: str = "",
    note: str = "",
    as_json: Json = False,
) -> int:
    """Ask for one more take; the takes there are stay, and can be chosen again.

    With a crop nothing is drawn: a view is cut out of the sheet by hand, which wins over the
    measured cut for as long as the sheet is the same picture.

    Args:
        directory: the project folder.
        what: an id: mara, garden, C07; C07.P3 asks for one panel and sets it back.
        stage: grid asks for a new board of a clip instead of a new clip.
        crop: view and edges in pixels of the sheet of a character, e.g. front=40,60,420,880.
        note: what should be different, for the record.
        as_json: answer as JSON.
    """
    if crop:
        role, sheet = recut.recut(Folder(directory), what, crop, note)
        if as_json:
            show.document({"subject": what, "stage": "sheet", "take": sheet.short, "view": role})
        else:
            show.lines([f"the {role} view of {what} is cut by hand; `stillreel run {directory}`"])
        return 0
    at, number = decide.redo(Folder(directory), what, note, stage)
    if as_json:
        show.document({"subject": what, "stage": at, "take": number})
    else:
        show.lines([f"take {number} of {what} is asked for; `stillreel run {directory}` makes it"])
    return 0
