"""Tables of migrations: which dossiers are to go on under another version, and which do."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

dossier_migration = Table(
    "dossier_migration",
    metadata,
    Column("id", Id, primary_key=True),
    Column("procedure", Code, nullable=False),
    Column("version", Digest, ForeignKey("definition.digest"), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False, index=True),
    Column("steps", JSON, nullable=False),
    Column("limits", String(8), nullable=False),
    Column("ground", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("planned_by", Id, ForeignKey("user_account.id"), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Id, ForeignKey("user_account.id"), nullable=False),
    CheckConstraint("limits IN ('kept', 'new')", name="limits"),
    CheckConstraint("state IN ('trying', 'tried', 'running', 'stopped', 'ended')", name="state"),
    Index("ix_dossier_migration_state", "state", "id"),
)

migrated_dossier = Table(
    "migrated_dossier",
    metadata,
    Column("migration_id", Id, ForeignKey("dossier_migration.id"), nullable=False),
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text),
    PrimaryKeyConstraint("migration_id", "dossier_id"),
    CheckConstraint(
        "verdict IN ('unknown', 'possible', 'impossible', 'done', 'refused')", name="verdict"
    ),
    Index("ix_migrated_dossier_verdict", "migration_id", "verdict", "dossier_id"),
)
