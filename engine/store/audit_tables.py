"""Tables of oversight: who looked at which dossier."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from engine.store.schema import Code, Id, Moment, metadata

access = Table(
    "access",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("agency", Code, nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("looked", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_access_dossier", "dossier_id", "at", "id"),
    Index("ix_access_agency", "agency", "at", "id"),
    Index("ix_access_user", "user_id", "at", "id"),
    Index("ix_access_at", "at", "id"),
    Index("ix_access_latest", "dossier_id", "user_id", "looked", "at"),
)
