"""One outbox for all channels

Messages name their channel, their addressee, whose they are, and the lane in which they leave one
after another; those for citizens and for other software have no account. Beside them, which
channels are open.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _columns()
    op.execute(
        "UPDATE message SET name ="
        " (SELECT full_name FROM user_account WHERE user_account.id = message.user_id)"
    )
    _indexes()
    op.create_table(
        "breaker",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("trips", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.Column("trial_until", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.Text()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_breaker")),
    )


def _columns() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("message") as batch:
        batch.drop_index("ix_message_next_attempt_at")
        batch.drop_index("ix_message_failed")
        batch.alter_column("user_id", existing_type=id_, nullable=True)
        batch.add_column(sa.Column("channel", sa.String(16), nullable=False, server_default="mail"))
        batch.add_column(sa.Column("lane", sa.String(128)))
        batch.add_column(sa.Column("dossier_id", id_))
        batch.add_column(sa.Column("agency", sa.String(64)))
        batch.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")))
        batch.add_column(sa.Column("not_before", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
        batch.create_foreign_key(op.f("fk_message_dossier_id"), "dossier", ["dossier_id"], ["id"])
        batch.create_foreign_key(op.f("fk_message_agency"), "agency", ["agency"], ["code"])


def _indexes() -> None:
    waiting = sa.text("next_attempt_at IS NOT NULL")
    failed = sa.text("next_attempt_at IS NULL AND sent_at IS NULL AND withdrawn_at IS NULL")
    open_ = sa.text("lane IS NOT NULL AND sent_at IS NULL AND withdrawn_at IS NULL")
    for name, columns, where in (
        ("ix_message_due", ["channel", "next_attempt_at", "id"], waiting),
        ("ix_message_lane", ["channel", "lane", "id"], open_),
        ("ix_message_failed", ["id"], failed),
    ):
        op.create_index(name, "message", columns, postgresql_where=where, sqlite_where=where)
    op.create_index("ix_message_dossier", "message", ["dossier_id", "channel", "id"])
    op.create_index("ix_message_agency", "message", ["agency", "id"])
