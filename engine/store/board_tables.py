"""The table behind the supervisors' board: how long dossiers stood in which group."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, text

from engine.store.schema import Code, Id, Moment, metadata

ELSEWHERE = text("receiving_agency <> competent_agency")

spell = Table(
    "spell",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("competent_agency", Code, nullable=False),
    Column("receiving_agency", Code, nullable=False),
    Column("reason", String(32)),
    PrimaryKeyConstraint("dossier_id", "seq"),
    Index("ix_spell_competent_agency", "competent_agency", "standing", "until", "since"),
    Index(
        "ix_spell_receiving_agency",
        "receiving_agency",
        "standing",
        "until",
        "since",
        postgresql_where=ELSEWHERE,
        sqlite_where=ELSEWHERE,
    ),
)
