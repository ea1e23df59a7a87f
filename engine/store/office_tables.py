"""Tables of an office's own administration: the log of what was changed, by whom."""

from sqlalchemy import JSON, CheckConstraint, Column, Index, Integer, String, Table

from engine.store.schema import Code, Digest, Moment, metadata

office_log = Table(
    "office_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("head", Digest, nullable=False),
    CheckConstraint("id = 1", name="only"),
)

office_event = Table(
    "office_event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("agency", Code),
    Column("type", String(48), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("hash", Digest, nullable=False),
    Index("ix_office_event_agency", "agency", "seq"),
    Index("ix_office_event_subject", "subject", "seq"),
)
