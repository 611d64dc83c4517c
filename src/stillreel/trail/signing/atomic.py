"""A file appears under its name whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.values import sniff

if TYPE_CHECKING:
    from collections.abc import Generator


def media_type_of(path: Path) -> str:
    """Return what a file is by its first bytes.

    Raises:
        MediaError: it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return sniff.media_type(stream.read(16))
    except OSError as error:
        raise MediaError(
            f"The file cannot be read: {error.strerror or error}.",
            where=str(path),
            next_step="Check the path and the permissions.",
        ) from error


@contextmanager
def whole(target: Path) -> Generator[Path]:
    """Yield an empty file beside `target`, which takes its name only if all goes well.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
