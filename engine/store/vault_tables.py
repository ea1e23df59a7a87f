"""Tables of the vault: papers kept for citizens and organisations."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

_OWNED = text("owner IS NOT NULL")

vault_item = Table(
    "vault_item",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier_id", Id, ForeignKey("dossier.id")),
    Column("document", Integer),
    Column("historic", Id, ForeignKey("historic_result.id"), unique=True),
    Column("owner", String(16)),
    Column("kind", String(16), nullable=False),
    Column("type", String(130), nullable=False),
    Column("name", Text, nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("number", String(100)),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date),
    Column("file", Digest, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("superseded_by", String(80)),
    UniqueConstraint("dossier_id", "document"),
    CheckConstraint("(dossier_id IS NULL) <> (historic IS NULL)", name="source"),
    Index(
        "ix_vault_item_owner",
        "owner",
        "type",
        "id",
        postgresql_where=_OWNED,
        sqlite_where=_OWNED,
    ),
    Index("ix_vault_item_file", "file"),
)
"""What is kept, as the logs of dossiers and the takings-in of historic results say.

`owner` is the number by which the vault knows whose it is. A trigger empties it together with
the payload that it was taken from.
"""

historic_result = Table(
    "historic_result",
    metadata,
    Column("id", Id, primary_key=True),
    Column("seq", Integer, ForeignKey("office_event.seq"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("type", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("number", String(100), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date),
    Column("file", Digest, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("owner_digest", Digest, nullable=False),
    UniqueConstraint("seq", "line"),
)
"""Results of before, taken in as files: never changed. `seq` is the entry of the log of
administration that covers them, `line` their line in it."""

historic_owner = Table(
    "historic_owner",
    metadata,
    Column("historic", Id, ForeignKey("historic_result.id"), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("historic"),
)
"""Whose a historic result is: name and number. Can be erased by law."""
