"""Tables of what dossiers owe, what was paid, and what goes back."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Id, Moment, metadata

_OWED = text("outstanding > 0")
_TO_REFUND = text("to_refund > 0")
_REVERSED = text("reversed_at IS NOT NULL")
_RECEIVED = text("receipt_number IS NOT NULL")
_NOT_MADE = text("made_at IS NULL")

obligation = Table(
    "obligation",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("outstanding", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("due_at", Moment),
    PrimaryKeyConstraint("dossier_id", "number"),
    Index(
        "ix_obligation_owed",
        *("agency", "set_at", "dossier_id", "number"),
        postgresql_where=_OWED,
        sqlite_where=_OWED,
    ),
)
"""What dossiers have to pay, as their lives say. `agency` is the one that received the dossier."""

payment = Table(
    "payment",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("obligation", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("means", String(16), nullable=False),
    Column("reference", String(100), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("applied", BigInteger, nullable=False),
    Column("to_refund", BigInteger, nullable=False),
    Column("owed_back", BigInteger, nullable=False),
    Column("paid_at", Moment, nullable=False),
    Column("settled_at", Moment, nullable=False),
    Column("settled_by", String(32), nullable=False),
    Column("document", Integer),
    Column("receipt_series", String(32)),
    Column("receipt_number", Integer),
    Column("reversed_at", Moment),
    PrimaryKeyConstraint("dossier_id", "number"),
    UniqueConstraint("means", "reference"),
    Index("ix_payment_agency", "agency", "settled_at"),
    Index(
        "ix_payment_to_refund",
        *("agency", "settled_at", "dossier_id", "number"),
        postgresql_where=_TO_REFUND,
        sqlite_where=_TO_REFUND,
    ),
    Index(
        "ix_payment_reversed",
        *("agency", "reversed_at"),
        postgresql_where=_REVERSED,
        sqlite_where=_REVERSED,
    ),
    Index(
        "ix_payment_receipt",
        *("agency", "receipt_series", "receipt_number"),
        unique=True,
        postgresql_where=_RECEIVED,
        sqlite_where=_RECEIVED,
    ),
)
"""Money received; nothing is received twice under the same means and reference."""

refund = Table(
    "refund",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("payment", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(32), nullable=False),
    Column("made_at", Moment),
    Column("made_by", String(32)),
    Column("means", String(16)),
    Column("reference", String(100)),
    PrimaryKeyConstraint("dossier_id", "payment", "number"),
    Index("ix_refund_agency", "agency", "made_at"),
    Index(
        "ix_refund_not_made",
        *("agency", "decided_at", "dossier_id", "payment", "number"),
        postgresql_where=_NOT_MADE,
        sqlite_where=_NOT_MADE,
    ),
)
"""Money that goes back by decision, and how it went."""
