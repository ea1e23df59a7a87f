"""Tasks whose clock stands still

The inbox says of a task how much time is left; of one whose clock was halted by an order it says
why instead. The previous release does not know the column: what it writes has the default, and
is put right the next time the dossier changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BATCH = 500

_dossier = sa.table("dossier", *map(sa.column, ("id", "pause_reason")))
_life = sa.table("dossier_life", sa.column("dossier_id"), sa.column("life", sa.JSON))
_task = sa.table("task", *map(sa.column, ("dossier_id", "place", "halted")))


def upgrade() -> None:
    op.add_column(
        "task", sa.Column("halted", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    _carry_over(op.get_bind())


def _carry_over(tx: sa.Connection) -> None:
    last = 0
    query = (
        sa.select(_life)
        .join(_dossier, _dossier.c.id == _life.c.dossier_id)
        .where(_dossier.c.pause_reason.is_not(None))
        .order_by(_life.c.dossier_id)
        .limit(BATCH)
    )
    while rows := tx.execute(query.where(_life.c.dossier_id > last)).all():
        for row in rows:
            halted = [t["place"] for t in row.life["tasks"] if t["clock"]["paused_at"]]
            here = (_task.c.dossier_id == row.dossier_id) & _task.c.place.in_(halted)
            tx.execute(sa.update(_task).where(here).values(halted=sa.true()))
        last = rows[-1].dossier_id
