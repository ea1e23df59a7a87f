"""Tables of petitions: their chained log, what people said beside it, and what follows from it."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

petition_log = Table(
    "petition_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("head", Digest, nullable=False),
    Column("petitions", Integer, nullable=False),
    CheckConstraint("id = 1", name="only"),
)

petition_event = Table(
    "petition_event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("petition", Code, nullable=False),
    Column("type", String(48), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    Column("payload_digest", Digest),
    Column("hash", Digest, nullable=False),
    Index("ix_petition_event_petition", "petition", "seq"),
)

petition_payload = Table(
    "petition_payload",
    metadata,
    Column("seq", Integer, ForeignKey("petition_event.seq"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("body", JSON, nullable=False),
)

WATCHED = text("watched IS NOT NULL")
ALERTED = text("level IS NOT NULL")
PUBLIC = text("published_at IS NOT NULL")

petition = Table(
    "petition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Code, nullable=False, unique=True),
    Column("opened_seq", Integer, ForeignKey("petition_event.seq"), nullable=False),
    Column("published_seq", Integer, ForeignKey("petition_event.seq")),
    Column("revision", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("state", String(24), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("field", Text),
    Column("dossier", Code),
    Column("officer", Id, ForeignKey("user_account.id")),
    Column("handler", Id, ForeignKey("user_account.id")),
    Column("anonymous", Boolean, nullable=False),
    Column("external", Code, unique=True),
    Column("received_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("step_due_at", Moment),
    Column("answered_at", Moment),
    Column("published_at", Moment),
    Column("ended_at", Moment),
    Column("on_time", Boolean),
    Column("stars", SmallInteger),
    Column("watched", Moment),
    Column("level", String(16)),
    Column("rung", SmallInteger, nullable=False),
    Column("alerted_at", Moment),
    Index("ix_petition_list", "agency", "state", "received_at", "id"),
    Index("ix_petition_agency", "agency", "received_at", "id"),
    Index("ix_petition_dossier", "dossier", "id"),
    Index(
        "ix_petition_alerted",
        "agency",
        "step_due_at",
        postgresql_where=ALERTED,
        sqlite_where=ALERTED,
    ),
    Index("ix_petition_watched", "watched", postgresql_where=WATCHED, sqlite_where=WATCHED),
    Index("ix_petition_public", "published_at", "id", postgresql_where=PUBLIC, sqlite_where=PUBLIC),
)

petition_access = Table(
    "petition_access",
    metadata,
    Column("id", Id, primary_key=True),
    Column("petition_id", Id, ForeignKey("petition.id"), nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_petition_access_latest", "petition_id", "user_id", "at"),
)
