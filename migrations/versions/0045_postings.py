"""Postings

Which decisions on procedures hang on the wall of which agency.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "posting",
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("standing", _ID, nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name="fk_posting_agency"),
        sa.ForeignKeyConstraint(
            ["standing"], ["procedure_standing.id"], name="fk_posting_standing"
        ),
        sa.ForeignKeyConstraint(["posted_by"], ["user_account.id"], name="fk_posting_posted_by"),
        sa.PrimaryKeyConstraint("agency", "standing", name="pk_posting"),
    )
