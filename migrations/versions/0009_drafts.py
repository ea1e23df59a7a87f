"""Drafts of forms

The previous release knows nothing of this table: what it completes leaves drafts behind, which
nobody is offered again, for a place is never opened twice.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_draft_dossier_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_draft_user_id")),
        sa.PrimaryKeyConstraint("dossier_id", "place", "user_id", name=op.f("pk_draft")),
    )
