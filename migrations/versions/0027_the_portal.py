"""The portal

What the national portal was told of each dossier, whether it is told at all, and how it was
compared. Nothing is told until a scheduler is given the portal's address.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "portal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("walks", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("walked_to", ID, nullable=False, server_default="0"),
        sa.Column("walked_at", MOMENT),
        sa.CheckConstraint("id = 1", name=op.f("ck_portal_link_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_link")),
    )
    _syncs()
    _rounds()


def _syncs() -> None:
    op.create_table(
        "portal_sync",
        sa.Column("dossier_id", ID, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("waiting_since", MOMENT),
        sa.Column("taken_number", sa.Integer()),
        sa.Column("taken_code", sa.Integer()),
        sa.Column("taken_at", MOMENT),
        sa.Column("last_error", sa.Text()),
        sa.Column("asked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_portal_sync_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_portal_sync")),
    )
    op.create_index("ix_portal_sync_written_at", "portal_sync", ["written_at"])
    for name, columns, where in (
        ("pending", ["state", "dossier_id"], "state <> 'synchronised'"),
        ("waiting_since", ["waiting_since"], "state <> 'synchronised'"),
        ("unfinished", ["dossier_id"], "finished_at IS NULL"),
        ("asked", ["dossier_id"], "asked"),
    ):
        only = sa.text(where)
        op.create_index(
            f"ix_portal_sync_{name}",
            "portal_sync",
            columns,
            postgresql_where=only,
            sqlite_where=only,
        )


def _rounds() -> None:
    op.create_table(
        "portal_round",
        sa.Column("id", ID, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("compared", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("healed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failed", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_round")),
    )
    op.create_table(
        "portal_difference",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("dossier", sa.String(64), nullable=False),
        sa.Column("our_number", sa.Integer()),
        sa.Column("our_code", sa.Integer()),
        sa.Column("their_number", sa.Integer()),
        sa.Column("their_code", sa.String(16)),
        sa.Column("healed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["portal_round.id"], name=op.f("fk_portal_difference_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_difference")),
    )
    op.create_index("ix_portal_difference_round", "portal_difference", ["round_id", "id"])
