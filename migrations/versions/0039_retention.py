"""Retention

How long personal data are kept is laid down by field; a dossier says when it was masked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_KEPT = sa.text("finished_at IS NOT NULL AND masked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("years", sa.SmallInteger()),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention"),
    )
    op.create_index("ix_retention_field", "retention", ["field", "effective_from", "id"])
    op.add_column("dossier", sa.Column("masked_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_dossier_kept",
        "dossier",
        ["procedure", "finished_at"],
        postgresql_where=_KEPT,
        sqlite_where=_KEPT,
    )
