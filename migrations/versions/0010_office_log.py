"""The log of administration

And revisions of accounts and agencies, units that are closed, reasons of rulebooks, and names
without diacritics, by which people are found.
"""

from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ON_SQLITE = [
    """
    CREATE TRIGGER office_event_refuses_update BEFORE UPDATE ON office_event
    BEGIN SELECT RAISE(ABORT, 'office_event is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER office_event_refuses_delete BEFORE DELETE ON office_event
    BEGIN SELECT RAISE(ABORT, 'office_event is append-only: DELETE refused'); END
    """,
    # REPLACE removes the old row without asking the trigger above.
    """
    CREATE TRIGGER office_event_refuses_replace BEFORE INSERT ON office_event
    WHEN EXISTS (SELECT 1 FROM office_event WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'office_event is append-only: this entry exists'); END
    """,
]

ON_POSTGRESQL = [
    """
    CREATE TRIGGER office_event_refuses_update BEFORE UPDATE ON office_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER office_event_refuses_delete BEFORE DELETE ON office_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER office_event_refuses_truncate BEFORE TRUNCATE ON office_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def upgrade() -> None:
    _log()
    _columns()
    _fill_plain_names()


def _log() -> None:
    op.create_table(
        "office_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_log_only")),
        sa.PrimaryKeyConstraint("id", name="pk_office_log"),
    )
    log = sa.table("office_log", sa.column("id"), sa.column("seq"), sa.column("head"))
    op.bulk_insert(log, [{"id": 1, "seq": 0, "head": "0" * 64}])
    op.create_table(
        "office_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency", sa.String(64)),
        sa.Column("type", sa.String(48), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_office_event"),
    )
    op.create_index("ix_office_event_agency", "office_event", ["agency", "seq"])
    op.create_index("ix_office_event_subject", "office_event", ["subject", "seq"])
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def _columns() -> None:
    op.add_column("agency", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("unit", sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.add_column("publication", sa.Column("reason", sa.Text()))
    for column in (
        sa.Column("plain_name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("user_account", column)
    op.create_index("ix_user_account_plain_name", "user_account", ["plain_name", "id"])


def _fill_plain_names() -> None:
    user = sa.table(
        "user_account", sa.column("id"), sa.column("full_name"), sa.column("plain_name")
    )
    bind = op.get_bind()
    for id_, name in bind.execute(sa.select(user.c.id, user.c.full_name)).all():
        bind.execute(sa.update(user).where(user.c.id == id_).values(plain_name=_plain(name)))


def _plain(text: str) -> str:
    letters = normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if not combining(letter))
    return " ".join(normalize("NFC", bare).replace("đ", "d").split())
