"""Reception drafts

What officers type at the counter is kept until it becomes a dossier.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "reception_draft",
        sa.Column("id", id_, nullable=False),
        sa.Column("user_id", id_, nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dossier", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_reception_draft_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency"], ["agency.code"], name=op.f("fk_reception_draft_agency")
        ),
        sa.ForeignKeyConstraint(
            ["procedure"], ["procedure.code"], name=op.f("fk_reception_draft_procedure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_draft")),
    )
    op.create_index("ix_reception_draft_user_id", "reception_draft", ["user_id", "saved_at"])
