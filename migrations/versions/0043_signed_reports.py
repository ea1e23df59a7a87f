"""Signed reports

The paper of a sent report, and the signatures under it. All of it is new.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "report_paper",
        sa.Column("report", _id(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", _MOMENT, nullable=False),
        sa.Column("drawn_by", _id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["sent_report.id"], name=op.f("fk_report_paper_report")
        ),
        sa.ForeignKeyConstraint(
            ["drawn_by"], ["user_account.id"], name=op.f("fk_report_paper_drawn_by")
        ),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_report_paper")),
    )
    op.create_index("ix_report_paper_file", "report_paper", ["file"])
    op.create_table(
        "report_signature",
        sa.Column("report", _id(), nullable=False),
        sa.Column("capacity", sa.String(length=16), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("certificate", sa.String(length=64), nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=False),
        sa.Column("signed_by", _id(), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('leader', 'agency')", name=op.f("ck_report_signature_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["report"], ["report_paper.report"], name=op.f("fk_report_signature_report")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["user_account.id"], name=op.f("fk_report_signature_signed_by")
        ),
        sa.PrimaryKeyConstraint("report", "capacity", name=op.f("pk_report_signature")),
    )
    op.create_index("ix_report_signature_file", "report_signature", ["file"])


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
