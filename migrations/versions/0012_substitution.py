"""Who stands in for whom while they are away

Substitutions get a table; nobody stands in for anybody yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    user = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "substitution",
        sa.Column("id", user, nullable=False),
        sa.Column("absent", user, nullable=False),
        sa.Column("substitute", user, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", user, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", user, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["user_account.id"], name=op.f(f"fk_substitution_{name}")
            )
            for name in ("absent", "substitute", "made_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        for name in ("absent", "substitute"):
            batch_op.create_index(f"ix_substitution_{name}", [name, "last_day"], unique=False)
