"""Tables of anchors: what they say, over which logs, and their seals. All are only appended to.

What stands in the way of one, and which were written outside, is noted beside them.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

anchor = Table(
    "anchor",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("taken_at", Moment, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("leaves", Integer, nullable=False),
    Column("statement", Text, nullable=False),
    Column("sealed_until", Id, nullable=False),
)

anchor_leaf = Table(
    "anchor_leaf",
    metadata,
    Column("anchor", Integer, ForeignKey("anchor.number"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Code, nullable=False),
    Column("length", Integer, nullable=False),
    Column("head", Digest, nullable=False),
    Column("since", Integer, nullable=False),
    PrimaryKeyConstraint("anchor", "place"),
    Index("ix_anchor_leaf_chain", "kind", "name", "anchor"),
)

anchor_seal = Table(
    "anchor_seal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("anchor", Integer, ForeignKey("anchor.number"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("anchor", "kind"),
)

anchor_copy = Table(
    "anchor_copy",
    metadata,
    Column("anchor", Integer, ForeignKey("anchor.number"), nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("anchor", "sealed"),
)

anchor_trouble = Table(
    "anchor_trouble",
    metadata,
    Column("what", String(16), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
