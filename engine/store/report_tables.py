"""Tables of reports: how dossiers stood from one day to another, what catalogue and organisation
were before they changed, and the reports that were sent."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

GOING = text("ended_on IS NULL")
ENDED = text("ended_on IS NOT NULL")

report_state = Table(
    "report_state",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("since_on", Date, nullable=False),
    Column("until_on", Date),
    Column("span", SmallInteger, nullable=False),
    Column("procedure", Code, nullable=False),
    Column("competent_agency", Code, nullable=False),
    Column("receiving_agency", Code, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("first_due_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("ending", String(16)),
    Column("halted_on", Date),
    Column("pause", String(32)),
    Column("pause_until_on", Date),
    PrimaryKeyConstraint("dossier_id", "since_on"),
    Index(
        "ix_report_state_going",
        "competent_agency",
        "span",
        "since_on",
        postgresql_where=GOING,
        sqlite_where=GOING,
    ),
    Index(
        "ix_report_state_ended",
        "competent_agency",
        "ended_on",
        postgresql_where=ENDED,
        sqlite_where=ENDED,
    ),
)
"""A dossier as reports count it at the end of every day from `since_on` to the day before
`until_on` (None: until now). `span` is the length of that in days, as its number of binary digits;
0 while it lasts. By it the states that held on a day are found without looking at all before."""

agency_before = Table(
    "agency_before",
    metadata,
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("until_on", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("parent", Code),
    PrimaryKeyConstraint("agency", "until_on"),
)
"""What an agency was until the day before `until_on`."""

procedure_before = Table(
    "procedure_before",
    metadata,
    Column("procedure", Code, ForeignKey("procedure.code"), nullable=False),
    Column("until_on", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("field", Text, nullable=False),
    PrimaryKeyConstraint("procedure", "until_on"),
)
"""What a procedure was called, and its field, until the day before `until_on`."""

sent_report = Table(
    "sent_report",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date, nullable=False),
    Column("level", Code),
    Column("field", Text),
    Column("report", JSON, nullable=False),
    Column("counted", LargeBinary, nullable=False),
    Column("dossiers", Integer, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("sent_by", Id, ForeignKey("user_account.id"), nullable=False),
    UniqueConstraint("agency", "year", "number"),
    Index("ix_sent_report_agency", "agency", "id"),
)
"""A report as it was sent, never changed: `report` as machines read it, `counted` the dossiers
behind each figure (`engine.reports.frozen`), and the digest of both that the log of administration
has too."""
