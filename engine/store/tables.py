"""All tables. `migrations/` builds them; a test proves that both say the same."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_Id = BigInteger().with_variant(Integer, "sqlite")
_Code = String(64)

agency = Table(
    "agency",
    metadata,
    Column("code", _Code, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("parent", _Code, ForeignKey("agency.code"), index=True),
    Column("code_prefix", String(32), nullable=False),
    Column("code_pattern", String(128), nullable=False),
)

unit = Table(
    "unit",
    metadata,
    Column("agency", _Code, ForeignKey("agency.code"), nullable=False),
    Column("code", _Code, nullable=False),
    Column("name", Text, nullable=False),
    PrimaryKeyConstraint("agency", "code"),
)

user = Table(
    "user_account",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("full_name", Text, nullable=False),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

grant = Table(
    "role_grant",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("user_id", _Id, ForeignKey("user_account.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False),
    Column("agency", _Code, ForeignKey("agency.code"), nullable=False),
    Column("unit", _Code),
    ForeignKeyConstraint(["agency", "unit"], ["unit.agency", "unit.code"]),
    UniqueConstraint("user_id", "role", "agency", "unit"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", _Id, ForeignKey("user_account.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

definition = Table(
    "definition",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("procedure", _Code, nullable=False, index=True),
    Column("sources", JSON, nullable=False),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", _Id, ForeignKey("user_account.id")),
)

procedure = Table(
    "procedure",
    metadata,
    Column("code", _Code, primary_key=True),
    Column("version", String(64), ForeignKey("definition.digest"), nullable=False),
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("since", Moment, nullable=False),
)

dossier = Table(
    "dossier",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", _Code, nullable=False, unique=True),
    Column("procedure", _Code, nullable=False),
    Column("version", String(64), ForeignKey("definition.digest"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("receiving_agency", _Code, ForeignKey("agency.code"), nullable=False),
    Column("competent_agency", _Code, ForeignKey("agency.code"), nullable=False),
    Column("submitted_by", _Id, ForeignKey("user_account.id"), nullable=False),
    Column("owner_name", Text, nullable=False),
    Column("status", String(32), nullable=False),
    Column("outcome", String(32)),
    Column("overdue", Boolean, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("received_at", Moment),
    Column("due_at", Moment),
    Column("first_due_at", Moment),
    Column("finished_at", Moment),
    Column("seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Index("ix_dossier_receiving", "receiving_agency", "id"),
    Index("ix_dossier_competent", "competent_agency", "id"),
    Index("ix_dossier_submitted_by", "submitted_by", "id"),
)

dossier_life = Table(
    "dossier_life",
    metadata,
    Column("dossier_id", _Id, ForeignKey("dossier.id"), primary_key=True),
    Column("life", JSON, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("dossier_id", _Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("agency", _Code, nullable=False),
    Column("type", String(48), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("caused_by", Integer),
    Column("data", JSON, nullable=False),
    Column("payload_digest", String(64)),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("dossier_id", "seq"),
)

event_payload = Table(
    "event_payload",
    metadata,
    Column("dossier_id", _Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("dossier_id", "seq"),
    ForeignKeyConstraint(["dossier_id", "seq"], ["event.dossier_id", "event.seq"]),
)

OPEN = text("state = 'open'")

task = Table(
    "task",
    metadata,
    Column("dossier_id", _Id, ForeignKey("dossier.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("agency", _Code, nullable=False),
    Column("unit", _Code),
    Column("role", String(32), nullable=False),
    Column("step", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("assignee", _Id, ForeignKey("user_account.id")),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(32)),
    PrimaryKeyConstraint("dossier_id", "place"),
    CheckConstraint("state IN ('open', 'completed', 'cancelled')", name="state"),
    Index(
        "ix_task_inbox",
        "agency",
        "role",
        "due_at",
        "dossier_id",
        "place",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(
        "ix_task_mine",
        "assignee",
        "due_at",
        "dossier_id",
        "place",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
)

timer = Table(
    "timer",
    metadata,
    Column("dossier_id", _Id, ForeignKey("dossier.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Column("agency", _Code, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_attempt_at", Moment),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    PrimaryKeyConstraint("dossier_id", "kind", "place"),
    Index("ix_timer_next_attempt_at", "next_attempt_at"),
)

code_counter = Table(
    "code_counter",
    metadata,
    Column("agency", _Code, ForeignKey("agency.code"), nullable=False),
    Column("day", Date, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("agency", "day"),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("user_id", _Id, ForeignKey("user_account.id"), nullable=False),
    Column("key", String(128), nullable=False),
    Column("request", String(64), nullable=False),
    Column("status", Integer),
    Column("body", JSON),
    Column("headers", JSON),
    Column("created_at", Moment, nullable=False, index=True),
    PrimaryKeyConstraint("user_id", "key"),
)
