"""Money

What dossiers have to pay, what was paid, and what goes back.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _obligations()
    _payments()
    _refunds()


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def _obligations() -> None:
    op.create_table(
        "obligation",
        sa.Column("dossier_id", _id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_obligation_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_obligation")),
    )
    columns = ["agency", "set_at", "dossier_id", "number"]
    op.create_index("ix_obligation_owed", "obligation", columns, **_where("outstanding > 0"))


def _payments() -> None:
    op.create_table(
        "payment",
        sa.Column("dossier_id", _id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("means", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("applied", sa.BigInteger(), nullable=False),
        sa.Column("to_refund", sa.BigInteger(), nullable=False),
        sa.Column("owed_back", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(length=32), nullable=False),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("receipt_series", sa.String(length=32), nullable=True),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_payment_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_payment")),
        sa.UniqueConstraint("means", "reference", name=op.f("uq_payment_means_reference")),
    )
    op.create_index("ix_payment_agency", "payment", ["agency", "settled_at"])
    columns = ["agency", "settled_at", "dossier_id", "number"]
    op.create_index("ix_payment_to_refund", "payment", columns, **_where("to_refund > 0"))
    reversed_ = _where("reversed_at IS NOT NULL")
    op.create_index("ix_payment_reversed", "payment", ["agency", "reversed_at"], **reversed_)
    op.create_index(
        "ix_payment_receipt",
        "payment",
        ["agency", "receipt_series", "receipt_number"],
        unique=True,
        **_where("receipt_number IS NOT NULL"),
    )


def _refunds() -> None:
    op.create_table(
        "refund",
        sa.Column("dossier_id", _id(), nullable=False),
        sa.Column("payment", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(length=32), nullable=True),
        sa.Column("means", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_refund_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "payment", "number", name=op.f("pk_refund")),
    )
    op.create_index("ix_refund_agency", "refund", ["agency", "made_at"])
    columns = ["agency", "decided_at", "dossier_id", "payment", "number"]
    op.create_index("ix_refund_not_made", "refund", columns, **_where("made_at IS NULL"))
