"""File signatures

What was found of the signatures in files that were sent. Files of before are not examined again:
their page does that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_signatures",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("examined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('VALID', 'INVALID', 'UNKNOWN')", name=op.f("ck_file_signatures_verdict")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_file_signatures")),
    )
