"""Ratings

How citizens were served, one row a dossier, beside its log. The previous release does not know
the table and does not need to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_rating_stars")),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_rating_agency")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_rating_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_rating")),
    )
    op.create_index("ix_rating_agency", "rating", ["agency", "rated_at", "dossier_id"])
    op.create_index("ix_rating_everywhere", "rating", ["rated_at", "dossier_id"])
