"""A file appears under its name whole, or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

_UNFINISHED = ".part-"


@contextmanager
def whole(target: Path, mode: int = 0o644) -> Generator[Path]:
    """Yield an empty file beside `target`, which takes its name only if all goes well.

    What a killed process left unfinished in the same folder is removed first.

    Args:
        target: name of the whole file; one that is there is replaced.
        mode: permissions of the whole file.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    handle, part = _begun(target.parent)
    try:
        yield part
        os.fsync(handle)
        part.chmod(mode)
        part.replace(target)
    finally:
        os.close(handle)
        part.unlink(missing_ok=True)


def _begun(folder: Path) -> tuple[int, Path]:
    """Return a new file, open and locked: the kernel lets go of it when the process ends."""
    while True:
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
        part = Path(name)
        if part.exists():
            return handle, part
        # Somebody swept it away before it was locked.
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove unfinished files that nobody writes any more."""
    for part in folder.glob(f"{_UNFINISHED}*"):
        with suppress(FileNotFoundError, BlockingIOError), part.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
