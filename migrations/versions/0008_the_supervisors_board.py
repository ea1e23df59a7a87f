"""The supervisors' board

A table says how long dossiers stood in the groups that the board looks back at, and indexes make
its figures cheap. Of dossiers from before, only the spell that they stand in is known; verification
says so of them. A process of the previous release leaves no spells while it still runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ELSEWHERE = "receiving_agency <> competent_agency"
RECEIVED = "received_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "spell",
        sa.Column(
            "dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("competent_agency", sa.String(length=64), nullable=False),
        sa.Column("receiving_agency", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_spell_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "seq", name=op.f("pk_spell")),
    )
    op.execute(
        "INSERT INTO spell SELECT id, seq, standing,"
        " CASE WHEN standing = 'overdue' THEN due_at ELSE paused_since END, NULL,"
        " competent_agency, receiving_agency FROM dossier"
        " WHERE standing IN ('overdue', 'paused', 'paused_overdue')"
    )
    stood = ["standing", "until", "since"]
    _index("spell", "ix_spell_competent_agency", ["competent_agency", *stood])
    _index("spell", "ix_spell_receiving_agency", ["receiving_agency", *stood], ELSEWHERE)
    _index("dossier", "ix_dossier_received", ["competent_agency", "received_at"], RECEIVED)
    _index(
        "dossier",
        "ix_dossier_received_elsewhere",
        ["receiving_agency", "received_at"],
        f"{RECEIVED} AND {ELSEWHERE}",
    )
    heat = ["procedure", "agency", "until", "dossier_id", "place", "step", "worked", "late"]
    _index("holding", "ix_holding_procedure", heat)
    in_order = ["procedure", "agency", "step", "due_at", "dossier_id", "place"]
    _index("task", "ix_task_procedure", in_order, "state = 'open'")


def _index(table: str, name: str, columns: list[str], condition: str | None = None) -> None:
    where = sa.text(condition) if condition else None
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)
