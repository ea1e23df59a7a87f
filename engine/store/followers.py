"""Open dossiers that an announcement of days or hours touches, and those still to follow it.

A dossier overdue before the first day announced keeps its due date whatever is announced; it
takes the new calendar with its next act. One that is paused has its due date still to come.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Connection, func, or_, select

from engine.deadlines.calendar import VIETNAM
from engine.store.tables import agency
from engine.store.tables import dossier as table

_BEHIND = table.c.outcome.is_(None) & table.c.calendar.is_distinct_from(agency.c.calendar)
_WITH_AGENCY = table.join(agency, agency.c.code == table.c.competent_agency)


@dataclass(frozen=True)
class Follower:
    """A dossier to be brought to `calendar`, the one in force for its agency."""

    code: str
    calendar: str
    due_at: datetime | None


def count(tx: Connection, agencies: Collection[str], first_day: date) -> int:
    """How many open dossiers of these agencies are touched by what holds from a day on."""
    here = table.c.competent_agency.in_(list(agencies))
    query = select(func.count()).select_from(table)
    touched = (table.c.outcome.is_(None), _touched(first_day))
    return tx.execute(query.where(here, *touched)).scalar_one()


def behind(tx: Connection, code: str, first_day: date, after: int, limit: int) -> list[int]:
    """Ids of touched dossiers of an agency that are not on its calendar, from `after` on."""
    query = (
        select(table.c.id)
        .select_from(_WITH_AGENCY)
        .where(table.c.competent_agency == code, table.c.id > after, _BEHIND, _touched(first_day))
        .order_by(table.c.id)
        .limit(limit)
    )
    return list(tx.execute(query).scalars())


def take(tx: Connection, id_: int) -> Follower | None:
    """Lock a dossier that is to follow; None where someone else has brought it there."""
    query = (
        select(table.c.code, agency.c.calendar, table.c.due_at)
        .select_from(_WITH_AGENCY)
        .where(table.c.id == id_, _BEHIND)
        .with_for_update(of=table)
    )
    row = tx.execute(query).one_or_none()
    return Follower(row.code, row.calendar, row.due_at) if row else None


def _touched(first_day: date) -> ColumnElement[bool]:
    return or_(
        table.c.due_at.is_(None),
        table.c.due_at >= datetime.combine(first_day, time(), VIETNAM),
        table.c.pause_reason.is_not(None),
    )
