"""The plan on disk: written for a person to edit, never over a person's edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.ledger.store import write_atomic
from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.ledger.book import Ledger
    from stillreel.plan.files import TextFile
    from stillreel.production.folder import Folder


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a set of files."""

    written: tuple[str, ...]
    """Paths written or brought up to date."""
    kept: tuple[str, ...]
    """Paths left alone because a person edited them."""
    removed: tuple[str, ...]
    """Paths the program had written and the plan no longer has."""


def write(
    folder: Folder,
    ledger: Ledger,
    files: Sequence[TextFile],
    *,
    rooms: tuple[str, ...],
    force: bool = False,
) -> Written:
    """Bring the files of some rooms up to date.

    A file whose bytes are not those the program last wrote was edited by a person, and stays.

    Args:
        folder: the project.
        ledger: remembers what the program wrote.
        files: every file the rooms should hold.
        rooms: top folders these files live in; files there that are no longer wanted are removed
            if the program wrote them and nobody edited them.
        force: overwrite edits too.

    Raises:
        StorageError: the folder cannot be written.
    """
    before = ledger.written()
    written: list[str] = []
    kept: list[str] = []
    for file in files:
        path = folder.root / file.path
        data = file.text.encode()
        there = path.read_bytes() if path.is_file() else None
        if there == data:
            ledger.set_written(file.path, digests.of_bytes(data))
        elif there is None or force or before.get(file.path) == digests.of_bytes(there):
            write_atomic(path, data)
            ledger.set_written(file.path, digests.of_bytes(data))
            written.append(file.path)
        else:
            kept.append(file.path)
    removed = _remove_unwanted(folder, before, {file.path for file in files}, rooms)
    return Written(tuple(written), tuple(kept), removed)


def _remove_unwanted(
    folder: Folder, before: dict[str, str], wanted: set[str], rooms: tuple[str, ...]
) -> tuple[str, ...]:
    removed: list[str] = []
    for name, digest in before.items():
        path = folder.root / name
        if name.split("/")[0] not in rooms or name in wanted or not path.is_file():
            continue
        if digests.of_file(path) == digest:
            path.unlink()
            removed.append(name)
    return tuple(removed)
