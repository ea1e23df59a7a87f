"""Why dossiers rested

Spells of rest know for which reason, so that reports count pauses by it. Reasons of those that
were written before are those that the log has.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_RESTING = ("paused", "paused_overdue")
_SPELL = sa.table("spell", *map(sa.column, ("dossier_id", "seq", "standing", "reason")))
_EVENT = sa.table(
    "event",
    *map(sa.column, ("dossier_id", "seq", "type")),
    sa.column("data", sa.JSON()),
)


def upgrade() -> None:
    op.add_column("spell", sa.Column("reason", sa.String(length=32)))
    rows = list(_reasons())
    if rows:
        this = (_SPELL.c.dossier_id == sa.bindparam("d")) & (_SPELL.c.seq == sa.bindparam("s"))
        op.get_bind().execute(sa.update(_SPELL).where(this).values(reason=sa.bindparam("r")), rows)


def _reasons() -> Iterator[dict[str, Any]]:
    """Of each spell of rest: the reason of the pause by order that lasted when it began, else of
    the first of those that did."""
    query = (
        sa.select(_SPELL.c.dossier_id, _SPELL.c.seq, _EVENT.c.type, _EVENT.c.data)
        .join(_EVENT, (_EVENT.c.dossier_id == _SPELL.c.dossier_id) & (_EVENT.c.seq <= _SPELL.c.seq))
        .where(_SPELL.c.standing.in_(_RESTING))
        .where(_EVENT.c.type.in_(("DOSSIER_PAUSED", "DOSSIER_RESUMED")))
        .order_by(_SPELL.c.dossier_id, _SPELL.c.seq, _EVENT.c.seq)
    )
    open_: dict[tuple[int, int], dict[Any, str]] = {}
    for row in op.get_bind().execute(query):
        pauses = open_.setdefault((row.dossier_id, row.seq), {})
        place = row.data.get("place")
        if row.type == "DOSSIER_PAUSED":
            pauses[place] = row.data["reason"]
        else:
            pauses.pop(place, None)
    for (dossier, seq), pauses in open_.items():
        if pauses:
            reason = pauses.get(None) or next(iter(pauses.values()))
            yield {"d": dossier, "s": seq, "r": reason}
