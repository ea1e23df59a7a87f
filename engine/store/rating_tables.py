"""Table of what citizens say about how they were served."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from engine.store.schema import Code, Id, Moment, metadata

rating = Table(
    "rating",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("stars", SmallInteger, nullable=False),
    Column("comment", Text),
    Column("rated_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    PrimaryKeyConstraint("dossier_id"),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    Index("ix_rating_agency", "agency", "rated_at", "dossier_id"),
    Index("ix_rating_everywhere", "rated_at", "dossier_id"),
)
