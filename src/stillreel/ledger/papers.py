"""The papers of files: which were signed here, and what those of vendors said when they came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from stillreel.ledger import tables as t
from stillreel.ledger.decisions import Decisions
from stillreel.values.take import StoredFile

if TYPE_CHECKING:
    from sqlalchemy import Row


class Signed(NamedTuple):
    """A signed copy in the store."""

    file: StoredFile
    manifest: str
    """Label of its manifest."""
    kind: str = ""
    """sheet, plate, board, panel or clip."""


class Papers(Decisions):
    """What is known of where files come from."""

    def signed(self, key: str) -> Signed | None:
        """Return the copy that was signed with exactly these words before, or None."""
        with self._engine.connect() as db:
            row = db.execute(select(t.signed).where(t.signed.c.key == key)).one_or_none()
        if row is None:
            return None
        return _copy(row)

    def signed_copies(self) -> dict[str, Signed]:
        """Return every signed copy by the label of its manifest."""
        with self._engine.connect() as db:
            return {row.manifest: _copy(row) for row in db.execute(select(t.signed))}

    def sign(self, key: str, copy: Signed) -> None:
        """Remember a signed copy by the digest of all that its manifest says."""
        file = copy.file
        values = {"digest": file.digest, "media_type": file.media_type, "size": file.size}
        self._put(t.signed, {"key": key}, {**values, "manifest": copy.manifest, "kind": copy.kind})

    def credential(self, digest: str) -> str | None:
        """Return what a vendor's file said of itself when it came in, as JSON, or None."""
        query = select(t.credentials.c.told).where(t.credentials.c.digest == digest)
        with self._engine.connect() as db:
            return db.execute(query).scalar()

    def note_credential(self, digest: str, told: str) -> None:
        """Keep what a vendor's file says of itself, as it was found today."""
        self._put(t.credentials, {"digest": digest}, {"told": told, "at": self._clock()})


def _copy(row: Row[Any]) -> Signed:
    file = StoredFile(row.digest, row.media_type, row.size, "signed")
    return Signed(file, row.manifest, row.kind)
