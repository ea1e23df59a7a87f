"""The table of webhooks: who subscribed to what happens to dossiers."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, text

from engine.store.schema import Code, Id, Moment, metadata

IN_USE = text("ended_at IS NULL")

subscription = Table(
    "subscription",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("url", String(2000), nullable=False),
    Column("events", JSON, nullable=False),
    Column("secret_number", Integer, nullable=False),
    Column("secret_changed_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Id, ForeignKey("user_account.id"), nullable=False),
    Column("paused_at", Moment),
    Column("ended_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("retry_at", Moment),
    Column("said", Text),
    Column("said_at", Moment),
    Index("ix_subscription_agency", "agency", postgresql_where=IN_USE, sqlite_where=IN_USE),
)
