"""Tables of letters and of the books that documents are numbered in."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

book = Table(
    "book",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("book", String(32), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("agency", "book", "year"),
)
"""The last number given in each book of a year."""

letter = Table(
    "letter",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("form", String(32), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("symbol", String(32), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("file", Digest),
    PrimaryKeyConstraint("dossier_id", "seq"),
    UniqueConstraint("agency", "symbol", "year", "number"),
    Index("ix_letter_period", "agency", "symbol", "year", "issued_at", "number"),
    Index("ix_letter_file", "file"),
)
"""Letters as the log says they were issued; `file` is what was drawn when first asked for."""

letter_template = Table(
    "letter_template",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("body", Text, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("shipped", Boolean, nullable=False),
)
"""Versions of templates, each kept for ever: letters are drawn with the one they were issued on."""

letter_template_choice = Table(
    "letter_template_choice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("form", String(32), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("template", Digest, ForeignKey("letter_template.digest")),
    Column("effective_from", Date, nullable=False),
    Column("chosen_at", Moment, nullable=False),
    Column("chosen_by", Id, ForeignKey("user_account.id")),
    Column("reason", Text, nullable=False),
    Index("ix_letter_template_choice_agency", "agency", "form", "effective_from", "id"),
)
"""Which template an agency wants from which day on: its own, the product's, or that of above."""
