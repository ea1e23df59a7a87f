"""Tables of sent reports on paper: the file that was drawn, and the signatures under it."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
)

from engine.store.schema import Digest, Id, Moment, metadata

report_paper = Table(
    "report_paper",
    metadata,
    Column("report", Id, ForeignKey("sent_report.id"), primary_key=True),
    Column("file", Digest, nullable=False),
    Column("drawn_at", Moment, nullable=False),
    Column("drawn_by", Id, ForeignKey("user_account.id"), nullable=False),
    Index("ix_report_paper_file", "file"),
)
"""The PDF of a sent report with empty fields for its signatures; drawn once."""

report_signature = Table(
    "report_signature",
    metadata,
    Column("report", Id, ForeignKey("report_paper.report"), nullable=False),
    Column("capacity", String(16), nullable=False),
    Column("file", Digest, nullable=False),
    Column("certificate", Digest, nullable=False),
    Column("signed_at", Moment, nullable=False),
    Column("signed_by", Id, ForeignKey("user_account.id"), nullable=False),
    PrimaryKeyConstraint("report", "capacity"),
    CheckConstraint("capacity IN ('leader', 'agency')", name="capacity"),
    Index("ix_report_signature_file", "file"),
)
"""Each signature with the file that it made; the one after goes on from there."""
