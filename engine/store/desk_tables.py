"""Tables of what lies on people's desks: forms begun and not yet handed in."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, PrimaryKeyConstraint, Table

from engine.store.schema import Id, Moment, metadata

draft = Table(
    "draft",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("texts", JSON, nullable=False),
    Column("saved_at", Moment, nullable=False),
    PrimaryKeyConstraint("dossier_id", "place", "user_id"),
)
