"""The ledger of one film: every write is one transaction, every reader sees whole facts."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from stillreel.ledger import tables as t
from stillreel.ledger.chain import facts_of, look_over
from stillreel.ledger.nouns import Current, Event, Score
from stillreel.ledger.papers import Papers
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Row

    from stillreel.ledger.chain import Chain


class Ledger(Papers):
    """Takes, choices, scores and events of one film."""

    def record(self, take: Take, message: str = "") -> None:
        """Record a finished take with its files and the event, all or nothing."""
        with self._engine.begin() as db:
            db.execute(upsert(t.takes).values(**_take_row(take)).on_conflict_do_nothing())
            # A take made again may have other bytes: what was cut from and measured of it goes.
            db.execute(delete(t.take_files).where(t.take_files.c.take_id == take.id))
            db.execute(delete(t.scores).where(t.scores.c.take_id == take.id))
            db.execute(insert(t.take_files), list(_file_rows(take)))
            # What was known of a take that is made again stays as it was first written.
            row = db.execute(select(t.takes).where(t.takes.c.id == take.id)).one()
            stored = replace(_take_of(row, ()), files=take.files)
            self._enter(db, self._event(stored, message))

    def take(self, take_id: str) -> Take | None:
        """Return the take with this id, or None."""
        with self._engine.connect() as db:
            row = db.execute(select(t.takes).where(t.takes.c.id == take_id)).one_or_none()
            if row is None:
                return None
            files = db.execute(
                select(t.take_files)
                .where(t.take_files.c.take_id == take_id)
                .order_by(t.take_files.c.position)
            ).all()
        return _take_of(row, files)

    def takes(self, stage: str = "", subject: str = "") -> tuple[Take, ...]:
        """Return recorded takes in the order they were made, filtered by stage and subject."""
        query = select(t.takes).order_by(t.takes.c.made_at, t.takes.c.id)
        held = select(t.take_files).join(t.takes, t.takes.c.id == t.take_files.c.take_id)
        for column, wanted in ((t.takes.c.stage, stage), (t.takes.c.subject, subject)):
            if wanted:
                query, held = query.where(column == wanted), held.where(column == wanted)
        files: defaultdict[str, list[Row[Any]]] = defaultdict(list)
        with self._engine.connect() as db:
            for row in db.execute(held.order_by(t.take_files.c.position)):
                files[row.take_id].append(row)
            return tuple(_take_of(row, files[row.id]) for row in db.execute(query))

    def latest(self, stage: str, subject: str, provider: str) -> Take | None:
        """Return the newest take of a subject by one provider, or None."""
        query = (
            select(t.takes.c.id)
            .where(t.takes.c.stage == stage, t.takes.c.subject == subject)
            .where(t.takes.c.provider == provider)
            .order_by(t.takes.c.made_at.desc(), t.takes.c.id)
            .limit(1)
        )
        with self._engine.connect() as db:
            found = db.execute(query).scalar()
        return self.take(found) if found else None

    def fed(self, take: Take, digests: Iterable[str]) -> list[tuple[Take, StoredFile]]:
        """Return which takes, and which of their files, a take was made from, by their digests.

        Pictures that come from outside the film are left out.
        """
        found = (self._before(take, digest) for digest in digests)
        return [one for one in found if one is not None]

    def _before(self, take: Take, digest: str) -> tuple[Take, StoredFile] | None:
        """Return the take that a file is about, or was cut from, before `take` was made of it."""
        query = (
            select(t.take_files.c.take_id)
            .join(t.takes, t.takes.c.id == t.take_files.c.take_id)
            .where(t.take_files.c.digest == digest, t.takes.c.id != take.id)
            .where(t.takes.c.made_at <= take.made_at)
            .order_by(t.take_files.c.position > 0, t.takes.c.made_at.desc(), t.takes.c.id)
            .limit(1)
        )
        with self._engine.connect() as db:
            found = db.execute(query).scalar()
        owner = self.take(found) if found else None
        if owner is None:
            return None
        return owner, next(file for file in owner.files if file.digest == digest)

    def add_files(self, take_id: str, files: Iterable[StoredFile]) -> None:
        """Add files cut from a take (plates, panels) after those it already has."""
        with self._engine.begin() as db:
            known = db.execute(
                select(t.take_files.c.role).where(t.take_files.c.take_id == take_id)
            ).scalars()
            roles = set(known)
            rows = [
                {
                    "take_id": take_id,
                    "position": position,
                    "role": file.role,
                    "digest": file.digest,
                    "media_type": file.media_type,
                    "size": file.size,
                }
                for position, file in enumerate(files, len(roles))
                if file.role not in roles
            ]
            if rows:
                db.execute(insert(t.take_files), rows)

    def lay_pieces(self, take_id: str, firsts: Mapping[str, int]) -> None:
        """Say which pieces the clip of a take holds, each by its key with its first frame there."""
        rows = [{"key": key, "take_id": take_id, "first": at} for key, at in firsts.items()]
        query = upsert(t.pieces)
        newest = {name: query.excluded[name] for name in ("take_id", "first")}
        with self._engine.begin() as db:
            db.execute(query.on_conflict_do_update(index_elements=["key"], set_=newest), rows)

    def piece(self, key: str) -> tuple[str, int] | None:
        """Return the take that holds a piece and the frame it begins on there, or None."""
        query = select(t.pieces.c.take_id, t.pieces.c.first).where(t.pieces.c.key == key)
        with self._engine.connect() as db:
            row = db.execute(query).one_or_none()
        return (row[0], row[1]) if row else None

    def set_current(self, stage: str, subject: str, take_id: str, why: str) -> None:
        """Say which take of a subject is in the film."""
        self._put(t.current, {"stage": stage, "subject": subject}, {"take_id": take_id, "why": why})

    def current(self, stage: str = "") -> tuple[Current, ...]:
        """Return which takes are in the film, by stage and subject."""
        query = select(t.current).order_by(t.current.c.stage, t.current.c.subject)
        if stage:
            query = query.where(t.current.c.stage == stage)
        with self._engine.connect() as db:
            return tuple(Current(*row) for row in db.execute(query))

    def in_film(self, stage: str, subject: str) -> Take | None:
        """Return the take of a subject that is in the film now, or None."""
        query = select(t.current.c.take_id).where(
            t.current.c.stage == stage, t.current.c.subject == subject
        )
        with self._engine.connect() as db:
            found = db.execute(query).scalar()
        return self.take(found) if found else None

    def prune_current(self, stage: str, subjects: Iterable[str]) -> None:
        """Forget as current whatever the plan no longer has; the takes themselves stay."""
        gone = t.current.c.subject.not_in(list(subjects))
        with self._engine.begin() as db:
            db.execute(delete(t.current).where(t.current.c.stage == stage, gone))

    def set_wanted(self, stage: str, total: int) -> None:
        """Say how many subjects a stage has."""
        self._put(t.wanted, {"stage": stage}, {"total": total})

    def score(self, score: Score) -> None:
        """Record a measured figure of a take; measuring again replaces it."""
        values = {name: getattr(score, name) for name in ("value", "low", "high", "tier", "detail")}
        self._put(t.scores, {"take_id": score.take_id, "kind": score.kind}, values)

    def scores(self, take_id: str) -> tuple[Score, ...]:
        """Return the measured figures of a take."""
        query = select(t.scores).where(t.scores.c.take_id == take_id).order_by(t.scores.c.kind)
        with self._engine.connect() as db:
            return tuple(Score(*row) for row in db.execute(query))

    def seen(self, file: StoredFile, mtime_ns: int) -> None:
        """Remember how a healthy stored file looks on disk."""
        values = {"media_type": file.media_type, "size": file.size, "mtime_ns": mtime_ns}
        self._put(t.files, {"digest": file.digest}, values)

    def seen_files(self) -> dict[str, tuple[int, int]]:
        """Return digest -> (size, mtime in ns) of files known to be healthy."""
        query = select(t.files.c.digest, t.files.c.size, t.files.c.mtime_ns)
        with self._engine.connect() as db:
            return {digest: (size, mtime) for digest, size, mtime in db.execute(query)}

    def spent(self) -> Money:
        """Return what all takes cost together."""
        with self._engine.connect() as db:
            return Money(db.execute(select(func.sum(t.takes.c.micros))).scalar() or 0)

    def chain(self) -> Chain:
        """Look the chain of events over, and hold every take against it."""
        return look_over(self.events(), self.takes())

    def _event(self, take: Take, message: str) -> Event:
        return Event(
            0,
            self._clock(),
            "made",
            take.stage,
            take.subject,
            take.id,
            take.spent.micros,
            message,
            facts_of(take),
        )


def _take_row(take: Take) -> dict[str, Any]:
    return {
        "id": take.id,
        "stage": take.stage,
        "subject": take.subject,
        "provider": take.provider,
        "model": take.model,
        "number": take.number,
        "prompt": take.prompt,
        "seed": take.seed,
        "parameters": take.parameters,
        "parents": json.dumps(take.parents),
        "micros": take.spent.micros,
        "currency": take.spent.currency,
        "seconds": take.seconds,
        "made_at": take.made_at,
    }


def _file_rows(take: Take) -> Iterable[dict[str, Any]]:
    for position, file in enumerate(take.files):
        yield {
            "take_id": take.id,
            "position": position,
            "role": file.role,
            "digest": file.digest,
            "media_type": file.media_type,
            "size": file.size,
        }


def _take_of(row: Row[Any], files: Iterable[Row[Any]]) -> Take:
    return Take(
        id=row.id,
        stage=row.stage,
        subject=row.subject,
        provider=row.provider,
        model=row.model,
        number=row.number,
        files=tuple(StoredFile(f.digest, f.media_type, f.size, f.role) for f in files),
        prompt=row.prompt,
        seed=row.seed,
        parameters=row.parameters,
        parents=tuple(json.loads(row.parents)),
        spent=Money(row.micros, row.currency),
        seconds=row.seconds,
        made_at=row.made_at,
    )
