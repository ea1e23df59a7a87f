"""Tables of digitising: documents in the making, and papers that databases have."""

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
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

scan_job = Table(
    "scan_job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("component", Code, nullable=False),
    Column("replaces", Integer),
    Column("before", Digest),
    Column("sources", JSON, nullable=False),
    Column("arrangement", JSON, nullable=False),
    Column("ordered_by", Id, ForeignKey("user_account.id"), nullable=False),
    Column("ordered_at", Moment, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("pages_done", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", Moment),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False, server_default=text("0")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("reason", Text),
    Column("document", Integer),
    Column("text_layer", Boolean),
    Column("resolution", Integer),
    Column("ended_at", Moment),
    Index("ix_scan_job_dossier_id", "dossier_id", "id"),
    Index(
        "ix_scan_job_next_attempt_at",
        "next_attempt_at",
        postgresql_where=text("next_attempt_at IS NOT NULL"),
        sqlite_where=text("next_attempt_at IS NOT NULL"),
    ),
)
"""`next_attempt_at` is there while it waits or is worked on, `lease_until` while someone is at it,
`document` when it is done; `reason` says why it failed."""

obtained_component = Table(
    "obtained_component",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("component", Code, nullable=False),
    Column("agency", Code, nullable=False),
    Column("source", Text, nullable=False),
    Column("obtained_by", String(32), nullable=False),
    Column("obtained_at", Moment, nullable=False),
    PrimaryKeyConstraint("dossier_id", "component"),
    Index("ix_obtained_component_agency", "agency", "obtained_at"),
)
"""Components that were taken from databases, as the lives of dossiers say. `agency` is the one
that received the dossier."""
