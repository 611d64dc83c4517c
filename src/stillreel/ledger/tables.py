"""The tables of the ledger, the same on every database."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, Table, Text

FORMAT = 2
"""Version of this layout; a ledger with a higher one was written by a newer stillreel."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    comment="Bytes in the store; size and mtime let a healthy file be trusted without reading it.",
)

takes = Table(
    "takes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stage", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("provider", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("parents", Text, nullable=False),
    Column("micros", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("made_at", Text, nullable=False),
)

take_files = Table(
    "take_files",
    metadata,
    Column("take_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
)

pieces = Table(
    "pieces",
    metadata,
    Column("key", Text, primary_key=True),
    Column("take_id", Text, nullable=False),
    Column("first", Integer, nullable=False),
    comment="Which take's clip holds a piece, and on which frame it begins there.",
)

current = Table(
    "current",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("take_id", Text, nullable=False),
    Column("why", Text, nullable=False),
    comment="The take that is in the film now, and why it was made or picked.",
)

wanted = Table(
    "wanted",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("total", Integer, nullable=False),
    comment="How many subjects each stage of the present plan has.",
)

choices = Table(
    "choices",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("take_id", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
    comment="A person's pick; it wins over any measurement while the same thing is asked.",
)

redos = Table(
    "redos",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    comment="The take number asked for next; absent means 1.",
)

approvals = Table(
    "approvals",
    metadata,
    Column("what", Text, primary_key=True),
    Column("basis", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
)

scores = Table(
    "scores",
    metadata,
    Column("take_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Float, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("tier", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

written = Table(
    "written",
    metadata,
    Column("path", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    comment="Project files as the program last wrote them: any other bytes are a person's edit.",
)

signed = Table(
    "signed",
    metadata,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("kind", Text, nullable=False),
    comment="Signed copies in the store, by everything that their manifests say.",
)

credentials = Table(
    "credentials",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("told", Text, nullable=False),
    Column("at", Text, nullable=False),
    comment="What the files of vendors said of themselves when they came in.",
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("summary", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("take_id", Text, nullable=False),
    Column("micros", BigInteger, nullable=False),
    Column("message", Text, nullable=False),
    Column("facts", Text, nullable=False, server_default=""),
    Column("link", Text, nullable=False, server_default=""),
    comment="A chain: `link` is the hash of the event and of the link before it.",
)
