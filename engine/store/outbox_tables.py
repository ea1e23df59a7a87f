"""Tables of the outbox: what is to leave the house, and which channels are open."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from engine.store.schema import Code, Id, Moment, metadata

WAITING = text("next_attempt_at IS NOT NULL")
FAILED = text("next_attempt_at IS NULL AND sent_at IS NULL AND withdrawn_at IS NULL")
OPEN_IN_LANE = text("lane IS NOT NULL AND sent_at IS NULL AND withdrawn_at IS NULL")

message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(128), nullable=False, unique=True),
    Column("user_id", Id, ForeignKey("user_account.id"), index=True),
    Column("address", String(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_attempt_at", Moment),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("sent_at", Moment),
    Column("last_error", Text),
    Column("channel", String(16), nullable=False, server_default="mail"),
    Column("lane", String(128)),
    Column("dossier_id", Id, ForeignKey("dossier.id")),
    Column("agency", Code, ForeignKey("agency.code")),
    Column("name", Text, nullable=False, server_default=text("''")),
    Column("not_before", Moment),
    Column("withdrawn_at", Moment),
    Index(
        "ix_message_due",
        "channel",
        "next_attempt_at",
        "id",
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    ),
    Index(
        "ix_message_lane",
        "channel",
        "lane",
        "id",
        postgresql_where=OPEN_IN_LANE,
        sqlite_where=OPEN_IN_LANE,
    ),
    Index("ix_message_failed", "id", postgresql_where=FAILED, sqlite_where=FAILED),
    Index("ix_message_dossier", "dossier_id", "channel", "id"),
    Index("ix_message_agency", "agency", "id"),
)

breaker = Table(
    "breaker",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("trips", Integer, nullable=False),
    Column("retry_at", Moment),
    Column("trial_until", Moment),
    Column("last_error", Text),
    Column("changed_at", Moment, nullable=False),
)
