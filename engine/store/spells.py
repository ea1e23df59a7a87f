"""How long dossiers stood in the groups that supervisors look back at: one row for each spell.

By it the figures of weeks gone by are what the board showed at their ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from engine.life.groups import rest, standing
from engine.model.dossier import Dossier
from engine.model.standing import Standing
from engine.store.board_tables import spell as table

RESTING = frozenset({Standing.PAUSED, Standing.PAUSED_OVERDUE})
KEPT = RESTING | {Standing.OVERDUE}
_INSERT = insert(table)
_END = update(table).where(table.c.dossier_id == bindparam("the_dossier"), table.c.until.is_(None))


@dataclass(frozen=True)
class Stood:
    """Where a dossier stood after an act: in which group, since which event, since when, and for
    which reason where it rested."""

    standing: Standing
    seq: int
    at: datetime
    reason: str | None = None


def stood(dossier: Dossier) -> Stood:
    """Where a dossier stands now."""
    where, pause = standing(dossier), rest(dossier)
    reason = pause.reason if pause and where in RESTING else None
    return Stood(where, dossier.seq, dossier.last_at or dossier.submitted_at, reason)


def save(tx: Connection, dossier_id: int, before: Stood | None, dossier: Dossier) -> Stood:
    """Write that a spell has ended or begun; returns where the dossier stands now."""
    now = stood(dossier)
    if before and now.standing is before.standing:
        return now
    if before and before.standing in KEPT:
        tx.execute(_END, {"the_dossier": dossier_id, "until": now.at})
    if now.standing in KEPT:
        tx.execute(_INSERT, {"dossier_id": dossier_id, **_row(dossier, now, None)})
    return now


def rows_of(dossier: Dossier, course: Iterable[Stood]) -> list[dict[str, Any]]:
    """The rows that a dossier should have which stood so, act by act; without its id."""
    changes: list[Stood] = []
    for each in course:
        if not changes or changes[-1].standing is not each.standing:
            changes.append(each)
    ends = [each.at for each in changes[1:]]
    spells = zip(changes, [*ends, None], strict=True)
    return [_row(dossier, begun, until) for begun, until in spells if begun.standing in KEPT]


def _row(dossier: Dossier, begun: Stood, until: datetime | None) -> dict[str, Any]:
    return {
        "seq": begun.seq,
        "standing": begun.standing,
        "reason": begun.reason,
        "since": begun.at,
        "until": until,
        "competent_agency": dossier.competent_agency,
        "receiving_agency": dossier.receiving_agency,
    }
