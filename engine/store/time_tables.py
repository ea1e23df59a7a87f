"""Tables of what has to do with time: calendars and rulebooks, alerts, who held what, outages.

And what is done once a day.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

edition = Table(
    "edition",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("document", JSON, nullable=False),
    Column("shipped", Boolean, nullable=False),
    CheckConstraint("kind IN ('calendar', 'rulebook')", name="kind"),
)


publication = Table(
    "publication",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("rulebook", Digest, ForeignKey("edition.digest"), nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", Id, ForeignKey("user_account.id")),
    Column("reason", Text),
    Index("ix_publication_agency", "agency", "id"),
)

alert = Table(
    "alert",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("subject", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Column("level", String(16), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("agency", Code, nullable=False),
    Column("unit", Code),
    Column("role", String(32)),
    Column("holder", Id, ForeignKey("user_account.id")),
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", Id, ForeignKey("user_account.id")),
    PrimaryKeyConstraint("dossier_id", "seq"),
    UniqueConstraint("dossier_id", "subject", "place", "level", "due_at"),
    Index("ix_alert_holder", "live", "holder", "raised_at", "dossier_id", "seq"),
    Index("ix_alert_agency", "live", "agency", "raised_at", "dossier_id", "seq"),
    Index("ix_alert_everywhere", "live", "raised_at", "dossier_id", "seq"),
)

holding = Table(
    "holding",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    Column("procedure", Code, nullable=False),
    Column("agency", Code, nullable=False),
    Column("unit", Code),
    Column("holder", Id, ForeignKey("user_account.id")),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("worked", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    PrimaryKeyConstraint("dossier_id", "seq"),
    Index("ix_holding_period", "agency", "until"),
    # All that the heat of a procedure asks for, so that the rows themselves need not be read.
    Index(
        "ix_holding_procedure",
        "procedure",
        "agency",
        "until",
        "dossier_id",
        "place",
        "step",
        "worked",
        "late",
    ),
)

UNSETTLED = text("settled_at IS NULL")

announcement = Table(
    "announcement",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code")),
    Column("document", JSON, nullable=False),
    Column("source", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("announced_at", Moment, nullable=False),
    Column("announced_by", Id, ForeignKey("user_account.id")),
    Column("settled_at", Moment),
    Index(
        "ix_announcement_unsettled",
        "id",
        postgresql_where=UNSETTLED,
        sqlite_where=UNSETTLED,
    ),
)

announcement_effect = Table(
    "announcement_effect",
    metadata,
    Column("announcement_id", Id, ForeignKey("announcement.id"), nullable=False),
    Column("dossier_id", Id, ForeignKey("dossier.id"), nullable=False),
    Column("before", Moment, nullable=False),
    Column("after", Moment, nullable=False),
    PrimaryKeyConstraint("announcement_id", "dossier_id"),
)

outage = Table(
    "outage",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False, index=True),
    Column("system", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Id, ForeignKey("user_account.id"), nullable=False),
)

errand = Table(
    "errand",
    metadata,
    Column("name", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("done_at", Moment),
    PrimaryKeyConstraint("name", "day"),
)
