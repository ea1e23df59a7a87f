"""Gateways and statements

Attempts to pay through the gateway, refunds by it, bank accounts of agencies, statements and what
they do not agree on with the books. All of it is new.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _bank_account()
    _statement()
    _payment_order()
    _statement_line()
    _gateway_refund()
    _payment_difference()


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def _bank_account() -> None:
    op.create_table(
        "bank_account",
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("bank", sa.String(length=6), nullable=False),
        sa.Column("bank_name", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=19), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_bank_account_agency")),
        sa.PrimaryKeyConstraint("agency", name=op.f("pk_bank_account")),
    )


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("id", _id(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("imported_by", _id(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_statement_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_agency", "statement", ["agency", "id"])


def _payment_order() -> None:
    op.create_table(
        "payment_order",
        sa.Column("id", _id(), nullable=False),
        sa.Column("dossier_id", _id(), nullable=False),
        sa.Column("obligation", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("bank", sa.String(length=32), nullable=False),
        sa.Column("bank_number", sa.String(length=255), nullable=False),
        sa.Column("paid_at", _MOMENT),
        sa.Column("asked_at", _MOMENT),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("ask_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_payment_order_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_order")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_order_reference")),
    )
    op.create_index("ix_payment_order_dossier", "payment_order", ["dossier_id", "obligation"])
    op.create_index(
        "ix_payment_order_to_ask", "payment_order", ["ask_at"], **_where("ask_at IS NOT NULL")
    )


def _statement_line() -> None:
    op.create_table(
        "statement_line",
        sa.Column("id", _id(), nullable=False),
        sa.Column("statement_id", _id(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("order_reference", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("dossier_id", _id()),
        sa.Column("payment", sa.Integer()),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_statement_line_agency")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_statement_line_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_line_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_line")),
        sa.UniqueConstraint("source", "digest", name=op.f("uq_statement_line_source_digest")),
    )
    op.create_index("ix_statement_line_day", "statement_line", ["agency", "at"])
    op.create_index("ix_statement_line_payment", "statement_line", ["dossier_id", "payment"])
    op.create_index("ix_statement_line_statement_id", "statement_line", ["statement_id"])


def _gateway_refund() -> None:
    op.create_table(
        "gateway_refund",
        sa.Column("id", _id(), nullable=False),
        sa.Column("order_id", _id(), nullable=False),
        sa.Column("payment", sa.Integer(), nullable=False),
        sa.Column("refund", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("request", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("asked_by", _id(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("ask_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["order_id"], ["payment_order.id"], name=op.f("fk_gateway_refund_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_refund")),
        sa.UniqueConstraint("request", name=op.f("uq_gateway_refund_request")),
    )
    op.create_index("ix_gateway_refund_order", "gateway_refund", ["order_id"])
    op.create_index(
        "ix_gateway_refund_to_ask", "gateway_refund", ["ask_at"], **_where("ask_at IS NOT NULL")
    )
    op.create_index(
        "uq_gateway_refund_under_way",
        "gateway_refund",
        ["order_id"],
        unique=True,
        **_where("state IN ('asked', 'unknown')"),
    )


def _payment_difference() -> None:
    op.create_table(
        "payment_difference",
        sa.Column("id", _id(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger()),
        sa.Column("means", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=128), nullable=False),
        sa.Column("line_id", _id()),
        sa.Column("order_id", _id()),
        sa.Column("refund_id", _id()),
        sa.Column("dossier_id", _id()),
        sa.Column("obligation", sa.Integer()),
        sa.Column("payment", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("closed_by", _id()),
        sa.Column("act", sa.String(length=16)),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["agency"], ["agency.code"], name=op.f("fk_payment_difference_agency")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_payment_difference_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["statement_line.id"], name=op.f("fk_payment_difference_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["payment_order.id"], name=op.f("fk_payment_difference_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["gateway_refund.id"], name=op.f("fk_payment_difference_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_difference")),
        sa.UniqueConstraint("key", name=op.f("uq_payment_difference_key")),
    )
    op.create_index("ix_payment_difference_agency", "payment_difference", ["agency", "id"])
    op.create_index("ix_payment_difference_line_id", "payment_difference", ["line_id"])
    op.create_index(
        "ix_payment_difference_open",
        "payment_difference",
        ["agency", "id"],
        **_where("closed_at IS NULL"),
    )
