"""bench survival: which signals of origin are still there after what is done to pictures."""

from __future__ import annotations

import os
import platform
import shlex
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from stillreel.cli import show

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from stillreel.providers.checking import Checks
    from stillreel.trail.survival.nouns import Change, Subject

Json = Annotated[bool, Parameter(name="--json", negative="")]

_WAITING = 4
_PACE = 3600.0
"""How many times faster than a vendor the stand-in works."""


def survival(
    *files: Path,
    film: Path | None = None,
    out: Path | None = None,
    ask_vendor: Annotated[bool, Parameter(negative="")] = False,
    max_asks: int = 0,
    as_json: Json = False,
) -> int:
    """Find out which signals of origin survive image-to-video and editing: on your own files.

    Signals a file does not carry are given to a working copy. Files are changed in temporary
    folders only, at most 12 seconds of a clip are used, and nothing leaves this machine unless a
    vendor is asked.

    Args:
        files: stills and clips, at most 12; without any, a small set is drawn.
        film: project folder; its first sheet, board and clip and its film are tried too.
        out: Markdown file for the result; of one that was made so before, only the made part is
            replaced.
        ask_vendor: say what a vendor that has a check for its own marks would be sent; nothing is
            sent without --max-asks.
        max_asks: most pictures that may be sent to it.
        as_json: answer as JSON.
    """
    from datetime import UTC, datetime

    from stillreel.production import survival as bench
    from stillreel.production.folder import Folder
    from stillreel.trail.survival import page
    from stillreel.trail.survival.matrix import most_asked, survey
    from stillreel.trail.survival.nouns import Sample

    begun, now = time.monotonic(), datetime.now(UTC)
    who = bench.checker() if ask_vendor else None
    with _motions() as motions, TemporaryDirectory(prefix="stillreel-drawn-") as place:
        samples = [Sample(path.name, path) for path in files]
        samples += bench.of_film(Folder(film)) if film else ()
        if not samples:
            show.story("no file is given: a small set is drawn")
            samples += bench.drawn(Path(place))
        if who is not None and not _agreed(who, most_asked(samples, motions), max_asks):
            return _WAITING
        ask = bench.asking(who) if who else None
        found = list(survey(samples, motions, now, show.story, ask))
    if out is not None:
        words = _words(files, film, max_asks if ask_vendor else None)
        page.write(out, found, _facts(words, now.date().isoformat(), time.monotonic() - begun))
        show.story(f"written to {out}")
    _tell(found, as_json=as_json)
    return 0


def _agreed(who: Checks, count: int, most: int) -> bool:
    """Say what a vendor would be sent, and whether that is agreed to."""
    show.story(f"{who.vendor} would be sent up to {count} pictures. {who.check_terms}")
    if count <= most:
        return True
    show.story(f"Nothing was sent. To go on: --ask-vendor --max-asks {count}")
    return False


@contextmanager
def _motions() -> Generator[tuple[Change, ...]]:
    """Serve the stand-ins and yield the ways in which a still is moved here.

    The environment leads to the stand-ins only while a still is being moved, so that nobody else
    is kept from the vendors that a person has keys for.
    """
    from stillreel.production import rehearse
    from stillreel.production import survival as bench

    with rehearse.stand_ins(rehearse.Conditions(pace=_PACE)) as (_, port):
        surroundings = rehearse.surroundings(port)

        def within(make: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
            def made(source: Path, target: Path) -> None:
                with _environment(surroundings):
                    make(source, target)

            return made

        yield tuple(replace(one, make=within(one.make)) for one in bench.motions(surroundings))


@contextmanager
def _environment(values: Mapping[str, str]) -> Generator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _words(files: Sequence[Path], film: Path | None, asks: int | None) -> list[str]:
    """Return the command as it can be typed again, beside the files."""
    asked = ["--ask-vendor", "--max-asks", str(asks)] if asks is not None else []
    shown = [path.name for path in files]
    return [*shown, *(["--film", film.name] if film else []), *asked]


def _facts(words: Sequence[str], date: str, seconds: float) -> tuple[str, ...]:
    command = shlex.join(["stillreel", "bench", "survival", *words])
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count() or 1} cores"
    return (
        f"date: {date}",
        f"command: `{command}`",
        f"machine: {machine}, Python {platform.python_version()}; {show.duration(seconds)}",
    )


def _tell(found: Sequence[Subject], *, as_json: bool) -> None:
    from dataclasses import asdict

    from stillreel.trail.survival import telling

    if as_json:
        untested = [{"what": what, "why": why} for what, why in telling.untested(found)]
        show.document({"results": [asdict(one) for one in found], "not_testable": untested})
        return
    for part in telling.parts(found):
        show.lines([*show.table(part.head, part.rows), ""])
    show.lines(telling.carried(found))
    show.lines(["", *telling.notes(found), "", telling.HONESTY, "Not testable here:"])
    show.lines(f"  {what}: {why}" for what, why in telling.untested(found))
