"""Dossier migrations

Which running dossiers are to go on under another version of their procedure, and which do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "dossier_migration",
        sa.Column("id", id_, nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("limits", sa.String(length=8), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", id_, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", id_, nullable=False),
        sa.CheckConstraint("limits IN ('kept', 'new')", name=op.f("ck_dossier_migration_limits")),
        sa.CheckConstraint(
            "state IN ('trying', 'tried', 'running', 'stopped', 'ended')",
            name=op.f("ck_dossier_migration_state"),
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["definition.digest"], name=op.f("fk_dossier_migration_version")
        ),
        sa.ForeignKeyConstraint(
            ["agency"], ["agency.code"], name=op.f("fk_dossier_migration_agency")
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["user_account.id"], name=op.f("fk_dossier_migration_planned_by")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["user_account.id"], name=op.f("fk_dossier_migration_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_migration")),
    )
    op.create_index("ix_dossier_migration_agency", "dossier_migration", ["agency"])
    op.create_index("ix_dossier_migration_state", "dossier_migration", ["state", "id"])
    op.create_table(
        "migrated_dossier",
        sa.Column("migration_id", id_, nullable=False),
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('unknown', 'possible', 'impossible', 'done', 'refused')",
            name=op.f("ck_migrated_dossier_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["migration_id"],
            ["dossier_migration.id"],
            name=op.f("fk_migrated_dossier_migration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_migrated_dossier_dossier_id")
        ),
        sa.PrimaryKeyConstraint("migration_id", "dossier_id", name=op.f("pk_migrated_dossier")),
    )
    op.create_index(
        "ix_migrated_dossier_verdict",
        "migrated_dossier",
        ["migration_id", "verdict", "dossier_id"],
    )
