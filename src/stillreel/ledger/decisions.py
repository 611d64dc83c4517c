"""What people decided: picks, redos, approvals, and the files they edited by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from stillreel.ledger import tables as t
from stillreel.ledger.nouns import CUT
from stillreel.ledger.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.values.take import Take


_BY_A_PERSON = frozenset({"chosen", "redo", "approved"})
"""Kinds of event that a person's word brings."""


class Decisions(Pages):
    """A person's word, which wins over any measurement."""

    def decided(self) -> bool:
        """Say whether a person picked, redid or approved anything of the film."""
        return any(event.kind in _BY_A_PERSON for event in self.events())

    def reopen(self) -> None:
        """Say that the film is no longer what was last decided: the next run must look again."""
        with self._engine.begin() as db:
            db.execute(update(t.runs).values(fingerprint=""))

    def choose(self, stage: str, subject: str, take_id: str, basis: str, note: str) -> None:
        """Record a person's pick of a take, for the plan as it is now.

        Args:
            stage: `sheet`, `grid` or `clip`.
            subject: what the take shows.
            take_id: the take picked.
            basis: digest of what is asked now; the pick lapses when something else is asked.
            note: the person's words.
        """
        values = {"take_id": take_id, "basis": basis, "note": note, "at": self._clock()}
        self._put(t.choices, {"stage": stage, "subject": subject}, values)
        self.reopen()
        self.say("chosen", stage=stage, subject=subject, take_id=take_id, message=note)

    def chosen(self, stage: str, subject: str) -> tuple[str, str] | None:
        """Return a person's pick as (take id, basis), or None."""
        query = select(t.choices.c.take_id, t.choices.c.basis).where(
            t.choices.c.stage == stage, t.choices.c.subject == subject
        )
        with self._engine.connect() as db:
            row = db.execute(query).one_or_none()
        return (row[0], row[1]) if row else None

    def lapse(self, stage: str, subject: str, take_id: str) -> None:
        """Let a pick go because the plan asks for something else by now; the take stays."""
        where = (t.choices.c.stage == stage, t.choices.c.subject == subject)
        with self._engine.begin() as db:
            db.execute(delete(t.choices).where(*where))
        self.say(
            "lapsed",
            stage=stage,
            subject=subject,
            take_id=take_id,
            message="the plan has changed since this take was chosen; it is kept, not used",
        )

    def set_number(self, stage: str, subject: str, number: int) -> None:
        """Say which take number of a subject is in force."""
        self._put(t.redos, {"stage": stage, "subject": subject}, {"number": number})
        self.reopen()

    def ask_again(self, stage: str, subject: str, note: str, drawn_as: str = "") -> int:
        """Ask for one more take of a subject and return its number.

        Args:
            stage: of the take.
            subject: what is asked for again.
            note: why, in a person's words.
            drawn_as: subject that its takes have, where that is another.
        """
        taken = select(func.max(t.takes.c.number)).where(
            t.takes.c.stage == stage, t.takes.c.subject == (drawn_as or subject)
        )
        with self._engine.connect() as db:
            number = max(db.execute(taken).scalar() or 0, self.number_of(stage, subject)) + 1
        self.set_number(stage, subject, number)
        with self._engine.begin() as db:
            # A redo must be seen in the film, so an older pick no longer holds.
            db.execute(
                delete(t.choices).where(t.choices.c.stage == stage, t.choices.c.subject == subject)
            )
        self.say("redo", stage=stage, subject=subject, message=note or f"take {number}")
        return number

    def number_of(self, stage: str, subject: str) -> int:
        """Return the take number in force for a subject."""
        query = select(t.redos.c.number).where(
            t.redos.c.stage == stage, t.redos.c.subject == subject
        )
        with self._engine.connect() as db:
            return db.execute(query).scalar() or 1

    def redone(self, stage: str, prefix: str) -> dict[str, int]:
        """Return the take number in force of every subject that begins with `prefix`."""
        query = select(t.redos.c.subject, t.redos.c.number).where(
            t.redos.c.stage == stage, t.redos.c.subject.startswith(prefix, autoescape=True)
        )
        with self._engine.connect() as db:
            return {subject: number for subject, number in db.execute(query) if number > 1}

    def withdraw(self, stage: str, prefix: str) -> None:
        """Forget what was asked again of every subject that begins with `prefix`."""
        begins = t.redos.c.subject.startswith(prefix, autoescape=True)
        with self._engine.begin() as db:
            db.execute(delete(t.redos).where(t.redos.c.stage == stage, begins))

    def approve(self, what: str, basis: str, note: str) -> None:
        """Record a person's approval of a stage as it is now, known by the digest `basis`."""
        self._put(t.approvals, {"what": what}, {"basis": basis, "note": note, "at": self._clock()})
        self.reopen()
        self.say("approved", subject=what, message=note)

    def approvals(self) -> dict[str, str]:
        """Return what has been approved: stage -> basis."""
        with self._engine.connect() as db:
            rows = db.execute(select(t.approvals.c.what, t.approvals.c.basis))
            return {row[0]: row[1] for row in rows}

    def cut_by_hand(self, take: Take, role: str, box: Sequence[int], note: str) -> None:
        """Record where a person cuts a view out of a sheet; it holds while the picture is the same.

        What was cut and measured of the take before goes, so that both are done again with it.

        Args:
            take: whose main picture is cut.
            role: of the view: `front`, `face`, `three-quarter`, `side` or `back`.
            box: left, top, right and bottom in pixels of that picture.
            note: the person's words.
        """
        # Filed under the picture, not the take: it outlives a take that has to be made again.
        key = {"take_id": take.main.digest, "kind": f"{CUT}{role}"}
        figures = {"value": 1.0, "low": 1.0, "high": 1.0, "tier": "hand"}
        self._put(t.scores, key, {**figures, "detail": json.dumps(list(box))})
        files = t.take_files.c
        with self._engine.begin() as db:
            cut = files.role.startswith("plate-")
            db.execute(delete(t.take_files).where(files.take_id == take.id, cut))
            db.execute(delete(t.scores).where(t.scores.c.take_id == take.id))
        self.reopen()
        where = ", ".join(str(edge) for edge in box)
        self.say(
            "cut",
            stage=take.stage,
            subject=take.subject,
            take_id=take.id,
            message=f"{role} view cut by hand at {where}" + (f": {note}" if note else ""),
        )

    def set_written(self, path: str, digest: str) -> None:
        """Remember the digest of a project file as the program wrote it."""
        self._put(t.written, {"path": path}, {"digest": digest})

    def written(self) -> dict[str, str]:
        """Return path -> digest of project files as the program last wrote them."""
        with self._engine.connect() as db:
            return {path: digest for path, digest in db.execute(select(t.written))}  # noqa: C416 - a row is no pair to the type checker
