"""The tables of the spend ledger, the same on every database."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, Table, Text, func

from stillreel.ledger.spend.nouns import JobEvent, PaidJob

metadata = MetaData()

_INTEGER = {"attempt", "reserved", "charged", "number", "turn"}
_FLOAT = {"queue_seconds", "run_seconds"}
_OPTIONAL = {"charged", "queue_seconds", "run_seconds"}
_KEY = ("film", "purchase", "attempt")


def _column(field: Field[Any]) -> Column[Any]:
    """Return the column of a field; with its default, other versions may use the ledger too."""
    name, default = field.name, field.default
    return Column(
        name,
        BigInteger if name in _INTEGER else Float if name in _FLOAT else Text,
        primary_key=name in _KEY,
        autoincrement=False,
        nullable=name in _OPTIONAL,
        unique=name == "tag",
        server_default=None if default is MISSING or default is None else str(default),
    )


jobs = Table("jobs", metadata, *(_column(field) for field in fields(PaidJob)))
job_events = Table(
    "job_events",
    metadata,
    Column("seq", Integer, primary_key=True),
    *(
        Column(name, BigInteger if name in {"attempt", "micros"} else Text, nullable=False)
        for name in (field.name for field in fields(JobEvent)[1:])
    ),
)
asks = Table(
    "asks",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("text", Text, nullable=False),
    comment="What was asked, once for all attempts that ask the same.",
)
films = Table(
    "films",
    metadata,
    Column("film", Text, primary_key=True),
    Column("folder", Text, nullable=False),
    comment="Where a film lies, so that a worker that shares the database can carry its jobs.",
)

COMMITTED = func.coalesce(jobs.c.charged, jobs.c.reserved)
"""What a job takes out of the budget: the settled price, or the worst one while none is known."""
