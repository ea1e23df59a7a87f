"""Petitions

Nobody of the previous release knows these tables. The head of the log lies in a row of its own, as
that of the log of administration does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

APPEND_ONLY = (("petition_event", "seq"), ("petition_access", "id"))

ON_SQLITE = [
    statement
    for table, key in APPEND_ONLY
    for statement in (
        f"""
        CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END
        """,
        f"""
        CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only: DELETE refused'); END
        """,
        # REPLACE removes the old row without asking the trigger above.
        f"""
        CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
        BEGIN SELECT RAISE(ABORT, '{table} is append-only: this row exists'); END
        """,  # noqa: S608 - names of ours
    )
]
ON_SQLITE.append(
    """
    CREATE TRIGGER petition_payload_refuses_update BEFORE UPDATE ON petition_payload
    BEGIN SELECT RAISE(ABORT, 'petition_payload is append-only: UPDATE refused'); END
    """
)

ON_POSTGRESQL = [
    f"""
    CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table}
    FOR EACH {"STATEMENT" if act == "TRUNCATE" else "ROW"} EXECUTE FUNCTION refuse_change()
    """
    for table, _ in APPEND_ONLY
    for act in ("UPDATE", "DELETE", "TRUNCATE")
]
ON_POSTGRESQL.append(
    """
    CREATE TRIGGER petition_payload_refuses_update BEFORE UPDATE ON petition_payload
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """
)
"""Payloads may be deleted, which is lawful erasure, but not changed."""


def upgrade() -> None:
    op.create_table(
        "petition_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("petition", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=48), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("payload_digest", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_petition_event")),
    )
    op.create_index("ix_petition_event_petition", "petition_event", ["petition", "seq"])

    op.create_table(
        "petition_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("petitions", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_petition_log_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_log")),
    )
    op.create_table(
        "petition_payload",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"], ["petition_event.seq"], name=op.f("fk_petition_payload_seq")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_petition_payload")),
    )
    op.create_table(
        "petition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("opened_seq", sa.Integer(), nullable=False),
        sa.Column("published_seq", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("dossier", sa.String(length=64), nullable=True),
        sa.Column("officer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("handler", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("external", sa.String(length=64), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("stars", sa.SmallInteger(), nullable=True),
        sa.Column("watched", sa.DateTime(timezone=True), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=True),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_petition_agency")),
        sa.ForeignKeyConstraint(["handler"], ["user_account.id"], name=op.f("fk_petition_handler")),
        sa.ForeignKeyConstraint(["officer"], ["user_account.id"], name=op.f("fk_petition_officer")),
        sa.ForeignKeyConstraint(
            ["opened_seq"], ["petition_event.seq"], name=op.f("fk_petition_opened_seq")
        ),
        sa.ForeignKeyConstraint(
            ["published_seq"], ["petition_event.seq"], name=op.f("fk_petition_published_seq")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("code", name=op.f("uq_petition_code")),
        sa.UniqueConstraint("external", name=op.f("uq_petition_external")),
    )
    op.create_index("ix_petition_agency", "petition", ["agency", "received_at", "id"])
    op.create_index(
        "ix_petition_alerted",
        "petition",
        ["agency", "step_due_at"],
        postgresql_where=sa.text("level IS NOT NULL"),
        sqlite_where=sa.text("level IS NOT NULL"),
    )
    op.create_index("ix_petition_dossier", "petition", ["dossier", "id"])
    op.create_index("ix_petition_list", "petition", ["agency", "state", "received_at", "id"])
    op.create_index(
        "ix_petition_public",
        "petition",
        ["published_at", "id"],
        postgresql_where=sa.text("published_at IS NOT NULL"),
        sqlite_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_index(
        "ix_petition_watched",
        "petition",
        ["watched"],
        postgresql_where=sa.text("watched IS NOT NULL"),
        sqlite_where=sa.text("watched IS NOT NULL"),
    )

    op.create_table(
        "petition_access",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "petition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_access_petition_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_petition_access_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_access")),
    )
    op.create_index(
        "ix_petition_access_latest", "petition_access", ["petition_id", "user_id", "at"]
    )
    log = sa.table("petition_log", *map(sa.column, ("id", "seq", "head", "petitions")))
    op.bulk_insert(log, [{"id": 1, "seq": 0, "head": "0" * 64, "petitions": 0}])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
