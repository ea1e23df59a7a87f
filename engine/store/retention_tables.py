"""Table of how long personal data are kept."""

from sqlalchemy import Column, Date, Index, SmallInteger, Table, Text

from engine.store.schema import Id, Moment, metadata

retention = Table(
    "retention",
    metadata,
    Column("id", Id, primary_key=True),
    Column("field", Text, nullable=False),
    Column("years", SmallInteger),
    Column("ground", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_retention_field", "field", "effective_from", "id"),
)
"""What was laid down for dossiers of a field; `years` None is for ever. The last one counts whose
day has come; without any nothing is masked."""
