"""Digitising

Documents in the making from scans and photographs, and papers that were taken from databases.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _create_scan_job(id_)
    op.create_table(
        "obtained_component",
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("component", sa.String(length=64), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("obtained_by", sa.String(length=32), nullable=False),
        sa.Column("obtained_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_obtained_component_dossier_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "component", name=op.f("pk_obtained_component")),
    )
    op.create_index("ix_obtained_component_agency", "obtained_component", ["agency", "obtained_at"])


def _create_scan_job(id_: sa.BigInteger) -> None:
    op.create_table(
        "scan_job",
        sa.Column("id", id_, nullable=False),
        sa.Column("dossier_id", id_, nullable=False),
        sa.Column("component", sa.String(length=64), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(length=64), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("arrangement", sa.JSON(), nullable=False),
        sa.Column("ordered_by", id_, nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pages_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("document", sa.Integer(), nullable=True),
        sa.Column("text_layer", sa.Boolean(), nullable=True),
        sa.Column("resolution", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_scan_job_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by"], ["user_account.id"], name=op.f("fk_scan_job_ordered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_job")),
    )
    op.create_index("ix_scan_job_dossier_id", "scan_job", ["dossier_id", "id"])
    op.create_index(
        "ix_scan_job_next_attempt_at",
        "scan_job",
        ["next_attempt_at"],
        postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
        sqlite_where=sa.text("next_attempt_at IS NOT NULL"),
    )
