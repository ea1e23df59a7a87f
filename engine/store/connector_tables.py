"""Tables of connectors to other software, and of what dossiers asked and told by them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Id, Moment, metadata

TO_POLL = text("next_poll_at IS NOT NULL")

connector = Table(
    "connector",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("name", String(22), nullable=False),
    Column("title", Text, nullable=False),
    Column("base_url", Text, nullable=False),
    Column("operations", JSON, nullable=False),
    Column("replies", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("renewed_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("agency", "name"),
)

request = Table(
    "connector_request",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("connector", String(22), nullable=False),
    Column("operation", String(64), nullable=False),
    Column("step", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("made_at", Moment, nullable=False),
    Column("answer_by", Moment),
    Column("ended_at", Moment),
    Column("late", Boolean, nullable=False),
    Column("contradicted", Boolean, nullable=False),
    Column("sent_at", Moment),
    Column("next_poll_at", Moment),
    Column("polls", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    PrimaryKeyConstraint("dossier_id", "number"),
    Index("ix_connector_request_state", "state", "made_at", "dossier_id", "number"),
    Index("ix_connector_request_made", "made_at", "dossier_id", "number"),
    Index(
        "ix_connector_request_poll",
        "next_poll_at",
        postgresql_where=TO_POLL,
        sqlite_where=TO_POLL,
    ),
)
"""`sent_at`, `next_poll_at`, `polls` and `last_error` are of the exchange itself; the rest is a
projection."""
