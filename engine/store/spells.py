"""How long dossiers stood in the groups that supervisors look back at: one row for each spell.

By it the figures of weeks gone by are what the board showed at their ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from engine.life.groups import standing
from engine.model.dossier import Dossier
from engine.model.standing import Standing
from engine.store.board_tables import spell as table

KEPT = frozenset({Standing.OVERDUE, Standing.PAUSED, Standing.PAUSED_OVERDUE})
_INSERT = insert(table)
_END = update(table).where(table.c.dossier_id == bindparam("the_dossier"), table.c.until.is_(None))


@dataclass(frozen=True)
class Stood:
    """Where a dossier stood after an act: in which group, since which event, since when."""

    standing: Standing
    seq: int
    at: datetime


def stood(dossier: Dossier) -> Stood:
    """Where a dossier stands now."""
    return Stood(standing(dossier), dossier.seq, dossier.last_at or dossier.submitted_at)


def save(tx: Connection, dossier_id: int, before: Standing | None, dossier: Dossier) -> Standing:
    """Write that a spell has ended or begun; returns where the dossier stands now."""
    now = stood(dossier)
    if now.standing is before:
        return now.standing
    if before in KEPT:
        tx.execute(_END, {"the_dossier": dossier_id, "until": now.at})
    if now.standing in KEPT:
        tx.execute(_INSERT, {"dossier_id": dossier_id, **_row(dossier, now, None)})
    return now.standing


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
        "since": begun.at,
        "until": until,
        "competent_agency": dossier.competent_agency,
        "receiving_agency": dossier.receiving_agency,
    }
