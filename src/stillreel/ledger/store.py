"""Files by digest: written once, never changed, checked before use."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from stillreel.errors import StorageError
from stillreel.ledger.atomic import whole
from stillreel.values import digest as digests
from stillreel.values.take import StoredFile

if TYPE_CHECKING:
    from pathlib import Path

_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "audio/wav": ".wav",
    "text/plain": ".txt",
    "application/json": ".json",
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SEALED = {errno.EROFS, errno.EACCES, errno.EPERM}


def storage_error(error: OSError, path: Path) -> StorageError:
    """Say in one sentence why a file could not be written, and what to do."""
    if error.errno in _FULL:
        return StorageError(
            "The disk is full; what was finished before is kept.",
            where=str(path),
            next_step="Free some space and run the same command again.",
        )
    if error.errno in _SEALED:
        return StorageError(
            "This place cannot be written.",
            where=str(path),
            next_step="Give yourself write permission, or choose another folder with --out.",
        )
    return StorageError(
        f"The file cannot be written: {error.strerror or error}.",
        where=str(path),
        next_step="Mend that and run the same command again; finished work is kept.",
    )


def write_atomic(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a whole file or nothing: temp file beside it, flushed to disk, then renamed.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    try:
        with whole(path, mode) as part:
            part.write_bytes(data)
    except OSError as error:
        raise storage_error(error, path) from error


class FileStore:
    """A folder of files named by the SHA-256 of their bytes."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which need not exist yet."""
        self.folder = folder

    def path(self, digest: str, media_type: str) -> Path:
        """Return where the bytes of a digest belong."""
        ending = _ENDINGS.get(media_type, ".bin")
        return self.folder / digest[:2] / f"{digest}{ending}"

    def keep(self, data: bytes, media_type: str, role: str = "main") -> StoredFile:
        """Store bytes and return what they are known by; the same bytes are stored once.

        Raises:
            StorageError: the disk is full or the folder cannot be written.
        """
        digest = digests.of_bytes(data)
        path = self.path(digest, media_type)
        if not self._whole(path, len(data)):
            # Read-only, so that a program that opens an exported link cannot change the original.
            write_atomic(path, data, mode=0o444)
        return StoredFile(digest, media_type, len(data), role)

    def sound(self, file: StoredFile) -> bool:
        """Say whether the bytes are there and still match their digest; reads the whole file."""
        path = self.path(file.digest, file.media_type)
        return self._whole(path, file.size) and digests.of_file(path) == file.digest

    def set_aside(self, file: StoredFile) -> Path:
        """Move damaged bytes out of the way, keeping them for whoever wants to look."""
        path = self.path(file.digest, file.media_type)
        aside = self.folder.parent / "damaged" / path.name
        if path.exists():
            aside.parent.mkdir(parents=True, exist_ok=True)
            path.replace(aside)
        return aside

    @staticmethod
    def _whole(path: Path, size: int) -> bool:
        try:
            return path.stat().st_size == size
        except FileNotFoundError:
            return False
