"""Reception

Dossiers carry the number of the queue machine, whether an officer filled them in, and why they
go before others; their tasks are ordered by that before anything else. The state of the
catalogue names what is in force, so that processes know when to index it again.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ticket", sa.String(length=16), nullable=True))
        batch_op.add_column(
            sa.Column("assisted", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("priority", sa.String(length=32), nullable=True))
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rank", sa.Integer(), server_default="1", nullable=False))
    _index_again("ix_task_inbox", ["agency", "role", "rank", "due_at", "dossier_id", "place"])
    _index_again("ix_task_mine", ["assignee", "rank", "due_at", "dossier_id", "place"])
    _catalogue()


def _index_again(name: str, columns: list[str]) -> None:
    op.drop_index(name, table_name="task")
    op.create_index(name, "task", columns, unique=False, postgresql_where=_OPEN, sqlite_where=_OPEN)


def _catalogue() -> None:
    catalogue = op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue")),
    )
    query = sa.text("SELECT code, version FROM procedure ORDER BY code")
    rows = [f"{row.code}|{row.version}" for row in op.get_bind().execute(query)]
    state = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    op.bulk_insert(catalogue, [{"id": 1, "state": state}])
