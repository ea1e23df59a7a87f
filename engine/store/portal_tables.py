"""Tables of the national portal: what it was told of each dossier, and how it was compared."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

PENDING = text("state <> 'synchronised'")
UNFINISHED = text("finished_at IS NULL")
ASKED = text("asked")

portal_link = Table(
    "portal_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("walks", Integer, nullable=False, server_default="0"),
    Column("walked_to", Id, nullable=False, server_default="0"),
    Column("walked_at", Moment),
    CheckConstraint("id = 1", name="one"),
)
"""There while dossiers are told to the portal. Those from before are brought over on walks through
all ids: so many `walks` were finished, the last at `walked_at`; this one came to `walked_to`."""

portal_sync = Table(
    "portal_sync",
    metadata,
    Column("dossier_id", Id, ForeignKey("dossier.id"), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("code", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("written_at", Moment, nullable=False, index=True),
    Column("finished_at", Moment),
    Column("waiting_since", Moment),
    Column("taken_number", Integer),
    Column("taken_code", Integer),
    Column("taken_at", Moment, index=True),
    Column("last_error", Text),
    Column("asked", Boolean, nullable=False, server_default=false()),
    Index(
        "ix_portal_sync_pending",
        "state",
        "dossier_id",
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    ),
    Index(
        "ix_portal_sync_waiting_since",
        "waiting_since",
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    ),
    Index(
        "ix_portal_sync_unfinished",
        "dossier_id",
        postgresql_where=UNFINISHED,
        sqlite_where=UNFINISHED,
    ),
    Index("ix_portal_sync_asked", "dossier_id", postgresql_where=ASKED, sqlite_where=ASKED),
)
"""One row for each dossier that the portal was told of: the last message written (`number`, with
the `revision` and the status `code` that it shows, so many `steps` told in all, and the `digest` of
the dossier's part), and the last one that the portal took. `asked`: somebody wants it told again as
a whole."""

portal_round = Table(
    "portal_round",
    metadata,
    Column("id", Id, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("compared", Integer, nullable=False, server_default="0"),
    Column("healed", Integer, nullable=False, server_default="0"),
    Column("failed", Text),
)

portal_difference = Table(
    "portal_difference",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey("portal_round.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("dossier", Code, nullable=False),
    Column("our_number", Integer),
    Column("our_code", Integer),
    Column("their_number", Integer),
    Column("their_code", String(16)),
    Column("healed", Boolean, nullable=False),
    Index("ix_portal_difference_round", "round_id", "id"),
)
