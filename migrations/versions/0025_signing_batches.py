"""Signing batches

Results that someone signs in one act, and what became of each.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "signing_batch",
        sa.Column("id", id_, nullable=False),
        sa.Column("user_id", id_, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=True),
        sa.Column("certificate_id", id_, nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alive_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_signing_batch_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_signing_batch_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_batch")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_signing_batch_user_id_key")),
    )
    op.create_table(
        "signing_line",
        sa.Column("batch_id", id_, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False, server_default="waiting"),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'already', 'refused')", name=op.f("ck_signing_line_state")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["signing_batch.id"], name=op.f("fk_signing_line_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_signing_line")),
    )
