"""What the ledger answers: small frozen values."""

from __future__ import annotations

from dataclasses import dataclass

CUT = "cut "
"""Before the name of a view: how a cut by hand is filed, under the digest of the picture."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, in order."""

    seq: int
    at: str
    """UTC, ISO 8601."""
    kind: str
    """`made`, `kept`, `stale`, `damaged`, `picked`, `chosen`, `approved`, `redo`, `warning` ..."""
    stage: str
    subject: str
    take_id: str
    micros: int
    """Money that moved with it, in micro-dollars."""
    message: str
    facts: str = ""
    """Digest of what the take was recorded with, where one was."""
    link: str = ""
    """Hash of this event and of the link before it; empty before there was a chain."""


@dataclass(frozen=True, slots=True)
class Score:
    """One measured figure of a take."""

    take_id: str
    kind: str
    """`identity`, `attributes`, `plan match` ..."""
    value: float
    low: float
    high: float
    tier: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Current:
    """The take of a subject that is in the film now."""

    stage: str
    subject: str
    take_id: str
    why: str
