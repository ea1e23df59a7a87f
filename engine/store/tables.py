"""Tables of the office, its procedures and its dossiers.

`migrations/` builds them and those of the other `…_tables`; a test proves that both say the same.
"""

from collections.abc import Iterator

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

agency = Table(
    "agency",
    metadata,
    Column("code", Code, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("parent", Code, ForeignKey("agency.code"), index=True),
    Column("code_prefix", String(32), nullable=False),
    Column("code_pattern", String(128), nullable=False),
    Column("calendar", Digest, ForeignKey("edition.digest")),
    Column("rulebook", Digest, ForeignKey("edition.digest")),
    Column("revision", Integer, nullable=False, server_default="1"),
)

unit = Table(
    "unit",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("code", Code, nullable=False),
    Column("name", Text, nullable=False),
    Column("closed_at", Moment),
    PrimaryKeyConstraint("agency", "code"),
)

user = Table(
    "user_account",
    metadata,
    Column("id", Id, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("full_name", Text, nullable=False),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("email", String(254)),
    Column("plain_name", Text, nullable=False, server_default=text("''")),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("sign_in_id", String(255), unique=True),
    Index("ix_user_account_plain_name", "plain_name", "id"),
)

grant = Table(
    "role_grant",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("unit", Code),
    ForeignKeyConstraint(["agency", "unit"], ["unit.agency", "unit.code"]),
    UniqueConstraint("user_id", "role", "agency", "unit"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

definition = Table(
    "definition",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("procedure", Code, nullable=False, index=True),
    Column("sources", JSON, nullable=False),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", Id, ForeignKey("user_account.id")),
    Column("files", JSON),
)

source_text = Table(
    "source_text",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("text", Text, nullable=False),
)
"""Files that definitions have in common, each kept once; `definition.files` says by which name."""

procedure = Table(
    "procedure",
    metadata,
    Column("code", Code, primary_key=True),
    Column("version", String(64), ForeignKey("definition.digest"), nullable=False),
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("also_at", String(64), nullable=False, server_default=text("''")),
    Column("repealed_on", Date),
    Column("replaced_by", Code),
    Column("plain_name", Text, nullable=False, server_default=text("''")),
)
"""What new dossiers start on: the outcome of everything decided (`procedure_tables.standing`)."""


def _dossiers_where(name: str, condition: str, *columns: str) -> Index:
    return Index(
        name, *columns, postgresql_where=text(condition), sqlite_where=text(condition)
    )  # fmt: skip


def _dossiers_apart(group: str, order: str, condition: str) -> Iterator[Index]:
    """What supervisors walk: by who decides, by who received for others, and everywhere."""
    walked, name = ("standing", order, "id"), f"ix_dossier_{group}"
    elsewhere = f"{condition} AND receiving_agency <> competent_agency"
    yield _dossiers_where(name, condition, "competent_agency", *walked)
    yield _dossiers_where(f"{name}_elsewhere", elsewhere, "receiving_agency", *walked)
    yield _dossiers_where(f"{name}_everywhere", condition, *walked)


dossier = Table(
    "dossier",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Code, nullable=False, unique=True),
    Column("procedure", Code, nullable=False),
    Column("version", String(64), ForeignKey("definition.digest"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("receiving_agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("competent_agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("submitted_by", Id, ForeignKey("user_account.id"), nullable=False),
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
    Column("standing", String(16), nullable=False),
    Column("stage", String(16)),
    Column("unit", Code),
    Column("holder", Id, ForeignKey("user_account.id")),
    Column("pause_reason", String(32)),
    Column("paused_since", Moment),
    Column("pause_until", Moment),
    Column("overdue_cause", String(32)),
    Column("outage", Id, ForeignKey("outage.id")),
    Column("calendar", Digest, ForeignKey("edition.digest"), nullable=False),
    Column("rulebook", Digest, ForeignKey("edition.digest"), nullable=False),
    Column("processed_at", Moment),
    Column("budget", Integer),
    Column("used", Integer),
    Column("ticket", String(16)),
    Column("assisted", Boolean, nullable=False, server_default=false()),
    Column("priority", String(32)),
    Column("components_due", Integer, nullable=False, server_default="0"),
    Column("components_digitised", Integer, nullable=False, server_default="0"),
    Column("components_reused", Integer, nullable=False, server_default="0"),
    Column("result_signed", Boolean, nullable=False, server_default=false()),
    Column("masked_at", Moment),
    Column("unanchored", Boolean, nullable=False, server_default=true()),
    Index("ix_dossier_receiving", "receiving_agency", "id"),
    Index("ix_dossier_competent", "competent_agency", "id"),
    Index("ix_dossier_submitted_by", "submitted_by", "id"),
    *(_dossiers_apart("open", "due_at", "processed_at IS NULL")),
    *(_dossiers_apart("done", "processed_at", "processed_at IS NOT NULL")),
    _dossiers_where(
        "ix_dossier_received", "received_at IS NOT NULL", "competent_agency", "received_at"
    ),
    _dossiers_where(
        "ix_dossier_received_elsewhere",
        "received_at IS NOT NULL AND receiving_agency <> competent_agency",
        "receiving_agency",
        "received_at",
    ),
    _dossiers_where("ix_dossier_used", "used IS NOT NULL", "procedure", "processed_at"),
    _dossiers_where("ix_dossier_running", "outcome IS NULL", "version"),
    _dossiers_where(
        "ix_dossier_kept",
        "finished_at IS NOT NULL AND masked_at IS NULL",
        "procedure",
        "finished_at",
    ),
    _dossiers_where("ix_dossier_outage", "outage IS NOT NULL", "outage", "id"),
    _dossiers_where("ix_dossier_unanchored", "unanchored", "id"),
)

dossier_life = Table(
    "dossier_life",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), primary_key=True),
    Column("life", JSON, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("agency", Code, nullable=False),
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
    Column("dossier_id", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("dossier_id", "seq"),
    ForeignKeyConstraint(["dossier_id", "seq"], ["event.dossier_id", "event.seq"]),
)

OPEN = text("state = 'open'")
CLOSED = text("state <> 'open'")

task = Table(
    "task",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("unit", Code),
    Column("role", String(32), nullable=False),
    Column("step", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("assignee", Id, ForeignKey("user_account.id")),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(32)),
    Column("procedure", Code, nullable=False),
    Column("used_at_open", Integer),
    Column("rank", Integer, nullable=False, server_default="1"),
    Column("halted", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("dossier_id", "place"),
    CheckConstraint("state IN ('open', 'completed', 'cancelled')", name="state"),
    Index(
        "ix_task_inbox",
        "agency",
        "role",
        "rank",
        "due_at",
        "dossier_id",
        "place",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(
        "ix_task_procedure",
        "procedure",
        "agency",
        "step",
        "due_at",
        "dossier_id",
        "place",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
    Index(
        "ix_task_closed",
        "agency",
        "closed_at",
        "opened_at",
        "dossier_id",
        postgresql_where=CLOSED,
        sqlite_where=CLOSED,
    ),
    Index(
        "ix_task_mine",
        "assignee",
        "rank",
        "due_at",
        "dossier_id",
        "place",
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    ),
)

FAILED = text("attempts > 0")

timer = Table(
    "timer",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_attempt_at", Moment),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("failed_at", Moment),
    PrimaryKeyConstraint("dossier_id", "kind", "place"),
    Index("ix_timer_next_attempt_at", "next_attempt_at"),
    Index("ix_timer_failed_at", "failed_at", postgresql_where=FAILED, sqlite_where=FAILED),
)

scheduler = Table(
    "scheduler",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ticked_at", Moment, nullable=False, index=True),
)

code_counter = Table(
    "code_counter",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("day", Date, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("agency", "day"),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("key", String(128), nullable=False),
    Column("request", String(64), nullable=False),
    Column("status", Integer),
    Column("body", JSON),
    Column("headers", JSON),
    Column("created_at", Moment, nullable=False, index=True),
    PrimaryKeyConstraint("user_id", "key"),
)
