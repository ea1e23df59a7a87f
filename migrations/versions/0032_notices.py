"""Notices to citizens

What citizens are told waits here until it leaves through the outbox, and is remembered for the
dossier's page. Dossiers of before have told nobody anything.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "notice",
        sa.Column("id", id_, nullable=False),
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=16), nullable=False),
        sa.Column("means", sa.String(length=8), nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True)),
        sa.Column("channel", sa.String(length=16)),
        sa.Column("message", sa.String(length=128)),
        sa.Column("failed", sa.String(length=32)),
        sa.Column("answer", sa.Text()),
        sa.Column("dropped", sa.String(length=32)),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_notice_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "dossier_id", "seq", "code", "days", "party", "means", "again",
            name=op.f("uq_notice_dossier_id_seq_code_days_party_means_again"),
        ),
    )  # fmt: skip
    waiting = sa.text("ready_at IS NOT NULL")
    op.create_index(
        "ix_notice_ready",
        "notice",
        ["ready_at", "id"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    unnoted = sa.text("answer IS NOT NULL")
    op.create_index(
        "ix_notice_unnoted", "notice", ["id"], postgresql_where=unnoted, sqlite_where=unnoted
    )
    op.create_index("ix_notice_message", "notice", ["message"])
    op.create_index("ix_notice_address", "notice", ["address", "id"])
    op.create_index("ix_notice_written", "notice", ["written_at"])
