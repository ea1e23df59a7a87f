"""Tables of what is decided of procedures, and of what is being drafted."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

PENDING = text("applied_at IS NULL")

standing = Table(
    "procedure_standing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("procedure", Code, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("source", String(128), nullable=False),
    Column("decision", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("levels", String(64), nullable=False),
    Column("row", JSON, nullable=False),
    Column("row_digest", Digest, nullable=False),
    Column("version", Digest, ForeignKey("definition.digest")),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String(32), nullable=False),
    Column("applied_at", Moment),
    Column("origin", String(16), nullable=False, server_default=text("'catalogue'")),
    Column("agency", Code, ForeignKey("agency.code")),
    Column("replaced_by", Code),
    Index("ix_procedure_standing_procedure", "procedure", "effective_from", "id"),
    Index("ix_procedure_standing_agency", "agency", "procedure"),
    Index(
        "ix_procedure_standing_pending",
        "effective_from",
        "id",
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    ),
)
"""What was decided of a procedure and from which day it holds, one after the other
(`engine.model.procedure_life`). `row` is what a file of the national catalogue said, empty where
the office decided. What is about an agency's own process needs no putting in force: `applied_at` is
there from the beginning."""

procedure_draft = Table(
    "procedure_draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("procedure", Code, nullable=False, index=True),
    Column("agency", Code, ForeignKey("agency.code")),
    Column("base_version", Digest, ForeignKey("definition.digest")),
    Column("version", Digest, ForeignKey("definition.digest")),
    Column("state", String(16), nullable=False),
    Column("files", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", Id, ForeignKey("user_account.id"), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Id, ForeignKey("user_account.id"), nullable=False),
    Column("checked_at", Moment),
    Column("checked_by", Id, ForeignKey("user_account.id")),
    CheckConstraint("state IN ('draft', 'checked', 'in_force', 'discarded')", name="state"),
    Index("ix_procedure_draft_state", "state", "id"),
)
"""Files of a version in the making; `agency` None is for the catalogue. `base_version` is what it
was made from, `version` what it became when it was put in force."""
