"""Everything that a dossier needs, and a log that cannot be rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")

ON_SQLITE = [
    """
    CREATE TRIGGER event_refuses_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only: DELETE refused'); END
    """,
    # REPLACE removes the old row without asking the trigger above.
    """
    CREATE TRIGGER event_refuses_replace BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE dossier_id = NEW.dossier_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'event is append-only: this event exists'); END
    """,
    """
    CREATE TRIGGER event_payload_refuses_update BEFORE UPDATE ON event_payload
    BEGIN SELECT RAISE(ABORT, 'event_payload is append-only: UPDATE refused'); END
    """,
]

ON_POSTGRESQL = [
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
    """,
    """
    CREATE TRIGGER event_refuses_update BEFORE UPDATE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER event_refuses_truncate BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER event_payload_refuses_update BEFORE UPDATE ON event_payload
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
]
"""Payloads may be deleted, which is lawful erasure, but not changed."""


def upgrade() -> None:
    create_tables()
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def create_tables() -> None:
    op.create_table(
        "agency",
        sa.Column("code", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("parent", CODE),
        sa.Column("code_prefix", sa.String(32), nullable=False),
        sa.Column("code_pattern", sa.String(128), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["agency.code"], name="fk_agency_parent"),
        sa.PrimaryKeyConstraint("code", name="pk_agency"),
    )
    op.create_index("ix_agency_parent", "agency", ["parent"])
    op.create_table(
        "user_account",
        sa.Column("id", ID, nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("username", name="uq_user_account_username"),
    )
    op.create_table(
        "api_token",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_api_token_user_id"),
        sa.PrimaryKeyConstraint("digest", name="pk_api_token"),
    )
    op.create_index("ix_api_token_user_id", "api_token", ["user_id"])
    op.create_table(
        "code_counter",
        sa.Column("agency", CODE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name="fk_code_counter_agency"),
        sa.PrimaryKeyConstraint("agency", "day", name="pk_code_counter"),
    )
    op.create_table(
        "definition",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("procedure", CODE, nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.Column("deployed_by", ID),
        sa.ForeignKeyConstraint(
            ["deployed_by"], ["user_account.id"], name="fk_definition_deployed_by"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_definition"),
    )
    op.create_index("ix_definition_procedure", "definition", ["procedure"])
    op.create_table(
        "idempotency_key",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("body", sa.JSON()),
        sa.Column("headers", sa.JSON()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_idempotency_key_user_id"
        ),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_idempotency_key"),
    )
    op.create_index("ix_idempotency_key_created_at", "idempotency_key", ["created_at"])
    op.create_table(
        "unit",
        sa.Column("agency", CODE, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name="fk_unit_agency"),
        sa.PrimaryKeyConstraint("agency", "code", name="pk_unit"),
    )
    op.create_table(
        "dossier",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("procedure", CODE, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("receiving_agency", CODE, nullable=False),
        sa.Column("competent_agency", CODE, nullable=False),
        sa.Column("submitted_by", ID, nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(32)),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("first_due_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["competent_agency"], ["agency.code"], name="fk_dossier_competent_agency"
        ),
        sa.ForeignKeyConstraint(
            ["receiving_agency"], ["agency.code"], name="fk_dossier_receiving_agency"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["user_account.id"], name="fk_dossier_submitted_by"
        ),
        sa.ForeignKeyConstraint(["version"], ["definition.digest"], name="fk_dossier_version"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sa.UniqueConstraint("code", name="uq_dossier_code"),
    )
    op.create_index("ix_dossier_competent", "dossier", ["competent_agency", "id"])
    op.create_index("ix_dossier_receiving", "dossier", ["receiving_agency", "id"])
    op.create_index("ix_dossier_submitted_by", "dossier", ["submitted_by", "id"])
    op.create_table(
        "procedure",
        sa.Column("code", CODE, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["version"], ["definition.digest"], name="fk_procedure_version"),
        sa.PrimaryKeyConstraint("code", name="pk_procedure"),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("agency", CODE, nullable=False),
        sa.Column("unit", CODE),
        sa.ForeignKeyConstraint(
            ["agency", "unit"], ["unit.agency", "unit.code"], name="fk_role_grant_agency_unit"
        ),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name="fk_role_grant_agency"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_role_grant_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.UniqueConstraint(
            "user_id", "role", "agency", "unit", name="uq_role_grant_user_id_role_agency_unit"
        ),
    )
    op.create_index("ix_role_grant_user_id", "role_grant", ["user_id"])
    op.create_table(
        "dossier_life",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("life", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_dossier_life_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_dossier_life"),
    )
    op.create_table(
        "event",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("agency", CODE, nullable=False),
        sa.Column("type", sa.String(48), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("caused_by", sa.Integer()),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("payload_digest", sa.String(64)),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_event_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name="pk_event"),
    )
    op.create_table(
        "task",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("agency", CODE, nullable=False),
        sa.Column("unit", CODE),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("assignee", ID),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.String(32)),
        sa.CheckConstraint(
            "state IN ('open', 'completed', 'cancelled')", name=op.f("ck_task_state")
        ),
        sa.ForeignKeyConstraint(["assignee"], ["user_account.id"], name="fk_task_assignee"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_task_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "place", name="pk_task"),
    )
    op.create_index(
        "ix_task_inbox",
        "task",
        ["agency", "role", "due_at", "dossier_id", "place"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    op.create_index(
        "ix_task_mine",
        "task",
        ["assignee", "due_at", "dossier_id", "place"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    op.create_table(
        "timer",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("agency", CODE, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_timer_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "kind", "place", name="pk_timer"),
    )
    op.create_index("ix_timer_next_attempt_at", "timer", ["next_attempt_at"])
    op.create_table(
        "event_payload",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id", "seq"],
            ["event.dossier_id", "event.seq"],
            name="fk_event_payload_dossier_id_seq",
        ),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name="pk_event_payload"),
    )
