"""The files of a film as a run sees them: which are whole, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore
    from stillreel.values.take import StoredFile, Take


class Vault:
    """The store, with what the ledger knows of the health of its files."""

    def __init__(self, ledger: Ledger, store: FileStore) -> None:
        """Look at the files of `store` with the memory of `ledger`."""
        self._ledger = ledger
        self._store = store
        self._healthy = ledger.seen_files()
        self._known: dict[str, StoredFile] = {}

    def keep(self, data: bytes, media_type: str, role: str) -> StoredFile:
        """Put bytes into the store and return what they are known by."""
        file = self._store.keep(data, media_type, role)
        self.see(file)
        return file

    def see(self, file: StoredFile) -> None:
        """Remember how a file that is known to be whole looks on disk."""
        found = self._store.path(file.digest, file.media_type).stat()
        self._known[file.digest] = file
        self._healthy[file.digest] = (found.st_size, found.st_mtime_ns)
        self._ledger.seen(file, found.st_mtime_ns)

    def path(self, digest: str) -> Path:
        """Return where the bytes of a digest that was asked about lie."""
        return self._store.path(digest, self._known[digest].media_type)

    def sound(self, file: StoredFile) -> bool:
        """Say whether a stored file is whole, trusting one that looks as it did when last read."""
        path = self._store.path(file.digest, file.media_type)
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        self._known[file.digest] = file
        if self._healthy.get(file.digest) == (found.st_size, found.st_mtime_ns):
            return True
        if not self._store.sound(file):
            return False
        self.see(file)
        return True

    def whole(self, file: StoredFile) -> Path | None:
        """Return where a file lies, or None when it is damaged or gone."""
        return self.path(file.digest) if self.sound(file) else None

    def report_damage(self, take: Take) -> None:
        """Set the damaged files of a take aside, and say so."""
        for file in take.files:
            if not self.sound(file):
                self._store.set_aside(file)
                self._ledger.say(
                    "damaged",
                    stage=take.stage,
                    subject=take.subject,
                    take_id=take.id,
                    message=f"{file.role} {file.digest[:10]} no longer matches its digest; "
                    "it is made again",
                )
