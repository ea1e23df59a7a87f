"""Tables of gateways and banks: attempts to pay, refunds by the gateway, accounts, statements."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

_TO_ASK = text("ask_at IS NOT NULL")
_UNDER_WAY = text("state IN ('asked', 'unknown')")
_OPEN = text("closed_at IS NULL")

payment_order = Table(
    "payment_order",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("obligation", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reference", String(32), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(8), nullable=False),
    Column("status", String(8), nullable=False),
    Column("number", String(32), nullable=False),
    Column("bank", String(32), nullable=False),
    Column("bank_number", String(255), nullable=False),
    Column("paid_at", Moment),
    Column("asked_at", Moment),
    Column("asks", Integer, nullable=False),
    Column("ask_at", Moment),
    Index("ix_payment_order_dossier", "dossier_id", "obligation"),
    Index("ix_payment_order_to_ask", "ask_at", postgresql_where=_TO_ASK, sqlite_where=_TO_ASK),
)
"""One attempt to pay an obligation through the gateway. `number` and `bank_number` are those of
the gateway and of the payer's bank; at `ask_at` the gateway is asked what became of it."""

gateway_refund = Table(
    "gateway_refund",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", Id, ForeignKey("payment_order.id"), nullable=False),
    Column("payment", Integer, nullable=False),
    Column("refund", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("request", String(32), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("code", String(8), nullable=False),
    Column("asked_by", Id, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("asks", Integer, nullable=False),
    Column("ask_at", Moment),
    Column("ended_at", Moment),
    Index(
        "uq_gateway_refund_under_way",
        "order_id",
        unique=True,
        postgresql_where=_UNDER_WAY,
        sqlite_where=_UNDER_WAY,
    ),
    Index("ix_gateway_refund_order", "order_id"),
    Index("ix_gateway_refund_to_ask", "ask_at", postgresql_where=_TO_ASK, sqlite_where=_TO_ASK),
)
"""What the gateway was asked to send back: refund `refund` of payment `payment` of the dossier."""

bank_account = Table(
    "bank_account",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), primary_key=True),
    Column("bank", String(6), nullable=False),
    Column("bank_name", Text, nullable=False),
    Column("number", String(19), nullable=False),
    Column("holder", Text, nullable=False),
)
"""The account into which people transfer what they owe an agency, and those below it that have
none of their own."""

statement = Table(
    "statement",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(100), nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("format", String(32), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("repeated", Integer, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("imported_by", Id, nullable=False),
    Index("ix_statement_agency", "agency", "id"),
)
"""A statement that was taken in; `repeated` of its `lines` were known from one before."""

statement_line = Table(
    "statement_line",
    metadata,
    Column("id", Id, primary_key=True),
    Column("statement_id", Id, ForeignKey("statement.id"), nullable=False, index=True),
    Column("source", String(100), nullable=False),
    Column("digest", Digest, nullable=False),
    Column("number", Integer, nullable=False),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("reference", String(100), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("order_reference", String(100), nullable=False),
    Column("place", String(16), nullable=False),
    Column("dossier_id", Id, ForeignKey("dossier.id")),
    Column("payment", Integer),
    UniqueConstraint("source", "digest"),
    Index("ix_statement_line_day", "agency", "at"),
    Index("ix_statement_line_payment", "dossier_id", "payment"),
)
"""One movement of money: `place` says where it ended, with the payment of ours that it is."""

payment_difference = Table(
    "payment_difference",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("expected", BigInteger),
    Column("means", String(16), nullable=False),
    Column("reference", String(128), nullable=False),
    Column("line_id", Id, ForeignKey("statement_line.id"), index=True),
    Column("order_id", Id, ForeignKey("payment_order.id")),
    Column("refund_id", Id, ForeignKey("gateway_refund.id")),
    Column("dossier_id", Id, ForeignKey("dossier.id")),
    Column("obligation", Integer),
    Column("payment", Integer),
    Column("text", Text, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", Id),
    Column("act", String(16)),
    Column("note", Text),
    Index("ix_payment_difference_open", "agency", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
    Index("ix_payment_difference_agency", "agency", "id"),
)
"""What a statement and the books do not agree on, until someone settles it (`act`). `key` makes
sure that the same thing is told once."""
