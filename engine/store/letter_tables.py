"""Tables of letters and of the books that documents are numbered in."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from engine.store.schema import Code, metadata

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
