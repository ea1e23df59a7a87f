"""Tables of signing in: browsers, who tried how often, and who stands in for whom."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from engine.store.schema import Digest, Id, Moment, metadata

rate_limit = Table(
    "rate_limit",
    metadata,
    Column("key", Digest, primary_key=True),
    Column("hits", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

substitution = Table(
    "substitution",
    metadata,
    Column("id", Id, primary_key=True),
    Column("absent", Id, ForeignKey("user_account.id"), nullable=False),
    Column("substitute", Id, ForeignKey("user_account.id"), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Id, ForeignKey("user_account.id"), nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Id, ForeignKey("user_account.id")),
    Index("ix_substitution_absent", "absent", "last_day"),
    Index("ix_substitution_substitute", "substitute", "last_day"),
)

web_session = Table(
    "web_session",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("address", String(64), nullable=False),
    Column("agent", Text, nullable=False),
)
