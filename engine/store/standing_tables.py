"""Tables of what the national catalogue announces."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text, text

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
    Index("ix_procedure_standing_procedure", "procedure", "effective_from", "id"),
    Index(
        "ix_procedure_standing_pending",
        "effective_from",
        "id",
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    ),
)
"""What was announced of a procedure and from which day it holds, one after the other. `version` is
the standard process made of it; None where the office has drawn its own, or it is repealed."""
