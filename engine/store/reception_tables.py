"""Tables of the counter."""

from sqlalchemy import Column, Integer, Table

from engine.store.schema import Digest, metadata

catalogue = Table(
    "catalogue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Digest, nullable=False),
)
"""One row: a digest of everything that was put in force, one thing after the other."""
