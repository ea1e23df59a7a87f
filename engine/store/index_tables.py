"""Table of index 766, day by day."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, PrimaryKeyConstraint, Table

from engine.store.schema import Code, Moment, metadata

index_day = Table(
    "index_day",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("day", Date, nullable=False),
    Column("since", Date, nullable=False),
    Column("points", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("counted_at", Moment, nullable=False),
    PrimaryKeyConstraint("agency", "day"),
)
"""The points of an agency at the end of a day (`engine.model.service_index.IndexDay`)."""
