"""trail: where a picture, clip or film came from, and whether that still holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.errors import UsageError

Json = Annotated[bool, Parameter(name="--json", negative="")]

_PROBLEMS = 3
_BAD = {"Invalid", "Unreadable"}


def trail(*files: Path, anchors: Path | None = None, as_json: Json = False) -> int:
    """Show and verify where files came from: who made them, is it intact, what they declare.

    Every ingredient is looked at, and the worst finding is the answer: the command ends with 3
    when anything in the chain is Invalid or Unreadable, and names it.

    Args:
        files: pictures, clips or films (no project is needed), or one project: its film and its
            ledger are verified, and out/trail.html draws the chain. Nothing is fetched.
        anchors: PEM file of further certificates to trust, as a studio's own root.
        as_json: answer as JSON; with several files, one document with a list of results.
    """
    from stillreel.trail import telling
    from stillreel.trail.read import credentials_of

    if not files:
        raise UsageError("No file is given.", next_step="Write `stillreel trail FILE`, or a DIR.")
    folder = next((path for path in files if path.is_dir()), None)
    if folder is not None:
        if len(files) > 1:
            raise UsageError(
                "A project is followed by itself.", next_step="Write `stillreel trail DIR`."
            )
        return _project(folder, anchors, as_json=as_json)
    found = list(credentials_of(files, anchors=anchors))
    if as_json:
        rows = [telling.as_json(one) for one in found]
        show.document(rows[0] if len(rows) == 1 else {"results": rows})
    else:
        for one in found:
            show.lines(telling.lines(one))
    bad = [one for one in found if one.worst in _BAD]
    for one in bad:
        show.story(telling.blame(one))
    return _PROBLEMS if bad else 0


def _project(folder: Path, anchors: Path | None, *, as_json: bool) -> int:
    from stillreel.production.folder import Folder
    from stillreel.production.trail import follow
    from stillreel.trail import telling

    found = follow(Folder(folder), anchors)
    chain = found.chain
    if as_json:
        ledger = {"events": chain.length, "head": chain.head, "broken": chain.broken or None}
        told = telling.as_json(found.credential)
        told |= {"ledger": ledger, "doubts": list(found.doubts), "page": str(found.page)}
        show.document(told)
    else:
        show.lines(telling.lines(found.credential))
        at = f" at event {chain.broken}" if chain.broken else ""
        whole = "whole" if chain.holds() else f"broken{at}"
        show.lines([f"  ledger       {chain.length} events, {whole}", str(found.page)])
    for doubt in found.doubts:
        show.story(doubt)
    return _PROBLEMS if found.doubts else 0
