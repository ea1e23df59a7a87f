"""Connectors to other software

Where agencies reach it, and what dossiers asked and told it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "connector",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("name", sa.String(22), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("replies", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("renewed_at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_connector_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connector")),
        sa.UniqueConstraint("agency", "name", name=op.f("uq_connector_agency_name")),
    )
    _requests()


def _requests() -> None:
    op.create_table(
        "connector_request",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("connector", sa.String(22), nullable=False),
        sa.Column("operation", sa.String(64), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("contradicted", sa.Boolean(), nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("next_poll_at", MOMENT),
        sa.Column("polls", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("last_error", sa.Text()),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_connector_request_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_connector_request")),
    )
    at = ["made_at", "dossier_id", "number"]
    op.create_index("ix_connector_request_state", "connector_request", ["state", *at])
    op.create_index("ix_connector_request_made", "connector_request", at)
    to_poll = sa.text("next_poll_at IS NOT NULL")
    op.create_index(
        "ix_connector_request_poll",
        "connector_request",
        ["next_poll_at"],
        postgresql_where=to_poll,
        sqlite_where=to_poll,
    )
