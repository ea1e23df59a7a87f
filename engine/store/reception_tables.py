"""Tables of the counter."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table

from engine.store.schema import Code, Digest, Id, Moment, metadata

catalogue = Table(
    "catalogue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", Digest, nullable=False),
)
"""One row: a digest of everything that was put in force, one thing after the other."""

reception_draft = Table(
    "reception_draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("procedure", Code, ForeignKey("procedure.code"), nullable=False),
    Column("texts", JSON, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("dossier", Code),
    Index("ix_reception_draft_user_id", "user_id", "saved_at"),
)
"""What an officer has typed for somebody at the counter; `dossier` is what became of it."""
