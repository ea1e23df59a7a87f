"""Notices to citizens, from the act that causes them until they are forgotten.

Waiting ones have `ready_at`; those that left have the `message` of the outbox that tells them,
and `failed`, where it did not arrive; those that were dropped say why. What was answered to one
that failed is kept until its dossier knows.
"""

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    or_,
)
from sqlalchemy import text as sql

from engine.store.schema import Id, Moment, metadata

WAITING = sql("ready_at IS NOT NULL")
UNNOTED = sql("answer IS NOT NULL")

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("code", String(32), nullable=False),
    Column("days", Integer, nullable=False),
    Column("party", String(16), nullable=False),
    Column("means", String(8), nullable=False),
    Column("again", Integer, nullable=False),
    Column("address", String(254), nullable=False),
    Column("said", JSON, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("ready_at", Moment),
    Column("channel", String(16)),
    Column("message", String(128), index=True),
    Column("failed", String(32)),
    Column("answer", Text),
    Column("dropped", String(32)),
    UniqueConstraint("dossier_id", "seq", "code", "days", "party", "means", "again"),
    Index("ix_notice_ready", "ready_at", "id", postgresql_where=WAITING, sqlite_where=WAITING),
    Index("ix_notice_unnoted", "id", postgresql_where=UNNOTED, sqlite_where=UNNOTED),
    Index("ix_notice_address", "address", "id"),
    Index("ix_notice_written", "written_at"),
)

OVERTAKEN, NO_CHANNEL, STALE, NO_ADDRESS = "overtaken", "no_channel", "stale", "no_address"
"""Why a notice was dropped."""


def unsettled() -> ColumnElement[bool]:
    """Notices that have reached nobody yet, and still may."""
    return or_(notice.c.ready_at.is_not(None), notice.c.failed.is_not(None))
