"""Tables of signing in: who tried how often, and who stands in for whom."""

from sqlalchemy import Column, Integer, Table

from engine.store.schema import Digest, Moment, metadata

rate_limit = Table(
    "rate_limit",
    metadata,
    Column("key", Digest, primary_key=True),
    Column("hits", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)
