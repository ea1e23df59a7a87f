"""Table of what agencies have posted at their counters."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table

from engine.store.schema import Code, Id, Moment, metadata

posting = Table(
    "posting",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("standing", Id, ForeignKey("procedure_standing.id"), nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("posted_by", Id, ForeignKey("user_account.id"), nullable=False),
    PrimaryKeyConstraint("agency", "standing"),
)
"""What was decided of a procedure (`procedure_standing`) hangs on the wall of an agency since."""
