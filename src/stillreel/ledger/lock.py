"""One run at a time on one folder."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stillreel.errors import ProjectBusy
from stillreel.ledger.store import storage_error

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_PATIENCE = 0.2
_LOOKED_AT = 0.02
"""Seconds for which somebody who only asks whether a run is at work may hold the lock, at most."""


@contextmanager
def held(folder: Path, who: str, *, wait: bool = False) -> Generator[None]:
    """Hold the folder's lock while the block runs.

    The kernel lets go of the lock when the process ends, however it ends, so a killed run never
    leaves a folder locked.

    Args:
        folder: the `.stillreel` folder.
        who: what to tell others, e.g. `stillreel run, process 4711`.
        wait: wait for the other run instead of giving up.

    Raises:
        ProjectBusy: another run holds the folder.
        StorageError: the folder cannot be written.
    """
    path = folder / "lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise storage_error(error, path) from error
    try:
        looked = False
        while not _taken(handle):
            if not looked:
                looked = True
                time.sleep(_LOOKED_AT)
                continue
            if not wait:
                holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip()
                raise ProjectBusy(
                    f"Another run is at work on this film: {holder or 'unknown'}.",
                    where=str(folder.parent),
                    next_step="Wait for it to end, or add --wait to queue behind it.",
                )
            time.sleep(_PATIENCE)
        os.ftruncate(handle, 0)
        os.pwrite(handle, who.encode(), 0)
        yield
    finally:
        os.close(handle)


def is_held(folder: Path) -> bool:
    """Say whether a run holds the folder's lock just now; what cannot be read is held by nobody."""
    try:
        handle = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _taken(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _taken(handle: int, how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
