"""Tables of the inbox: by what dossiers are found, and lists that people keep for themselves."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.model.searching import LENGTH
from engine.store.schema import Code, Id, Moment, metadata

Term = String(LENGTH).with_variant(String(LENGTH, collation="C"), "postgresql")
"""Ordered by its bytes on both databases, so that what begins alike lies together."""

search_term = Table(
    "search_term",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("term", Term, nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("rank", Id, nullable=False),
    PrimaryKeyConstraint("dossier_id", "agency", "term"),
    Index("ix_search_term_agency", "agency", "term", "rank"),
    Index("ix_search_term_everywhere", "term", "rank", "agency"),
)
"""One row for each agency that received or decides on a dossier, and each of its terms.

`rank` is the dossier's id with a minus: of those that are found alike the newest is the first.
A trigger removes the personal terms with the payload that they were made of.
"""

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("filter", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("user_id", "name"),
)
