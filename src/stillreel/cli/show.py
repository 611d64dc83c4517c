"""How answers and failures look, for people and for machines."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stillreel.errors import StillreelError
    from stillreel.values.problem import Problem

FORMAT = 1


def document(answer: Mapping[str, object]) -> None:
    """Print one JSON document to stdout."""
    sys.stdout.write(compact(answer) + "\n")


def compact(answer: Mapping[str, object]) -> str:
    """Return one JSON document as a line."""
    return json.dumps({"format": FORMAT, **answer}, ensure_ascii=False, default=str)


def lines(rows: Iterable[str]) -> None:
    """Print the answer, line by line, to stdout."""
    for row in rows:
        sys.stdout.write(row + "\n")


def again(rows: Sequence[str], before: int) -> None:
    """Print rows in place of the `before` rows printed last, where the output is a terminal."""
    if before and sys.stdout.isatty():
        sys.stdout.write(f"\x1b[{before}A\x1b[J")
    lines(rows)
    sys.stdout.flush()


def story(text: str) -> None:
    """Print a line about what is happening to stderr."""
    sys.stderr.write(text + "\n")


def problems(found: Sequence[Problem]) -> None:
    """Print problems to stderr, in the form editors can jump to."""
    for problem in sorted(found):
        mark = "" if problem.severity == "error" else "warning: "
        story(f"{mark}{problem}")


def problem_rows(found: Sequence[Problem]) -> list[dict[str, object]]:
    """Return problems as JSON rows."""
    return [asdict(problem) for problem in sorted(found)]


def failure(error: StillreelError, *, as_json: bool) -> None:
    """Print what went wrong, where, what to do next, and whether money moved."""
    found = error.problems if isinstance(error, ProjectError) else ()
    if as_json:
        document({"event": "error", **failure_row(error), "problems": problem_rows(found)})
        return
    problems(found)
    story(str(error))


def failure_row(error: StillreelError) -> dict[str, object]:
    """Return a failure as plain values."""
    return {
        "error": type(error).__name__,
        "what": error.what,
        "where": error.where,
        "next_step": error.next_step,
        "charged": error.charged,
    }


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as aligned columns under a head."""
    every = [list(head), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in every) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in every
    ]


def duration(seconds: float) -> str:
    """Return a length of time as people say it: `42 s`, `3 min 05 s`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02} s"
