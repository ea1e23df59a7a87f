"""Tables of dossiers' documents."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

document = Table(
    "document",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("component", Code),
    Column("origin", String(16), nullable=False),
    Column("file", Digest, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("added_by", String(32), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("signed_reception", Boolean, nullable=False),
    Column("signed_leader", Boolean, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("book", String(32)),
    Column("book_year", Integer),
    Column("book_number", Integer),
    Column("symbol", String(64)),
    Column("issued_on", Date),
    PrimaryKeyConstraint("dossier_id", "number"),
    Index(
        "ix_document_book",
        "agency",
        "book",
        "book_year",
        "book_number",
        postgresql_where=text("book IS NOT NULL"),
        sqlite_where=text("book IS NOT NULL"),
    ),
    Index(
        "ix_document_unsealed",
        "agency",
        "dossier_id",
        postgresql_where=text("kind IN ('result', 'refusal') AND NOT sealed"),
        sqlite_where=text("kind IN ('result', 'refusal') AND NOT sealed"),
    ),
)
"""Documents that dossiers have now, as their lives say."""

dossier_file = Table(
    "dossier_file",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("file", Digest, nullable=False),
    PrimaryKeyConstraint("dossier_id", "seq"),
    Index("ix_dossier_file_file", "file"),
)
"""Every file that the log of a dossier ever named, by the event that did, also of documents
replaced or taken out."""
