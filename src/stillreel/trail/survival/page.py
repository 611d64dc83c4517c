"""The survival matrix as Markdown: a page of its own, or the made part of a written one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import UsageError
from stillreel.ledger.store import write_atomic
from stillreel.trail.survival import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from stillreel.trail.survival.nouns import Subject

BEGIN = "<!-- Made by `stillreel bench survival`; what stands outside these two lines is kept. -->"
END = "<!-- End of what was made. -->"


def write(path: Path, subjects: Sequence[Subject], facts: Sequence[str]) -> None:
    """Write the page; of a page that was written by hand only the made part is replaced.

    Args:
        path: Markdown file.
        subjects: what was found.
        facts: date, command and machine, a sentence each.

    Raises:
        UsageError: there is a file that has no such part, or is no text.
        StorageError: it cannot be written.
    """
    made = "\n".join([BEGIN, "", *_lines(subjects, facts), END])
    if path.exists():
        before, after = _around(path)
        text = before + made + after
    else:
        text = f"# What survives\n\n{made}\n"
    write_atomic(path, text.encode())


def _around(path: Path) -> tuple[str, str]:
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise UsageError("This is no page that can be read.", where=str(path)) from error
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise UsageError(
            "This file was not made by the survival bench, so it is not written over.",
            where=str(path),
            next_step="Name a new file.",
        )
    return before, after


def _lines(subjects: Sequence[Subject], facts: Sequence[str]) -> Iterator[str]:
    yield from (f"- {fact}" for fact in facts)
    yield ""
    for part in telling.parts(subjects):
        yield _row(part.head)
        yield _row(["---"] * len(part.head))
        yield from (_row(row) for row in part.rows)
        yield ""
    yield f"{telling.HONESTY}\n"
    yield "Files:\n"
    yield from (f"- {line}" for line in telling.carried(subjects))
    noted = list(telling.notes(subjects))
    if noted:
        yield "\nNotes:\n"
        yield from (f"- {line}" for line in noted)
    yield "\nNot testable here:\n"
    yield from (f"- {what}: {why}" for what, why in telling.untested(subjects))
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
