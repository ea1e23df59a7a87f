"""Webhooks

Other software that subscribed to what happens to dossiers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "subscription",
        sa.Column("id", id_, nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("secret_number", sa.Integer(), nullable=False),
        sa.Column("secret_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", id_, nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.Column("said", sa.Text()),
        sa.Column("said_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_subscription_agency")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name=op.f("fk_subscription_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    in_use = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_subscription_agency",
        "subscription",
        ["agency"],
        postgresql_where=in_use,
        sqlite_where=in_use,
    )
