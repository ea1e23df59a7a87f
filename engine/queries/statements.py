"""Statements that were taken in, and the figures of each day: banks against books."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from engine.deadlines.calendar import VIETNAM, local
from engine.errors import NotPermitted
from engine.model.actor import Actor, Permission, granted
from engine.model.gateway import LinePlace
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store.gateway_tables import payment_difference, statement_line
from engine.store.gateway_tables import statement as table

MOST_DAYS = 62
_READERS = (Permission.PAYMENT_RECONCILE, Permission.STATEMENT_IMPORT)


@dataclass(frozen=True)
class StatementItem:
    """A statement; `repeated` of its `lines` were known from one before."""

    id: int
    agency: str
    format: str
    file_name: str
    first_day: date
    last_day: date
    lines: int
    repeated: int
    imported_at: datetime
    imported_by: str | None


@dataclass
class DayFigures:
    """The lines of a day by where they ended, in number and đồng, and the differences of that day
    that nobody has settled."""

    day: date
    lines: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LinePlace, 0))
    amounts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LinePlace, 0))
    open: int = 0


def reconciled_agencies(actor: Actor) -> frozenset[str]:
    """Agencies of which the actor may see statements; raises `NotPermitted` where there is none."""
    reached = (
        code
        for permission in _READERS
        for grant, reach in granted(actor, permission)
        for code in grant.reached(reach)
    )
    found = frozenset(reached)
    if not found:
        raise NotPermitted(what="xem sao kê và đối soát")
    return found


def list_statements(tx: Connection, wanted: Slice, actor: Actor) -> Page[StatementItem]:
    """Statements that the actor may see, the last first; raises `NotPermitted`."""
    query = select(table).where(table.c.agency.in_(reconciled_agencies(actor)))
    if wanted.after:
        query = query.where(table.c.id < wanted.after[0])
    rows = tx.execute(query.order_by(table.c.id.desc()).limit(wanted.limit + 1)).all()
    names = names_of(tx, [row.imported_by for row in rows])
    return page(rows, wanted, lambda row: _item(row, names), lambda row: (row.id,))


def day_figures(
    tx: Connection, agency: str, first: date, last: date, actor: Actor
) -> list[DayFigures]:
    """The figures of an agency's days, the last first; of at most so many as `MOST_DAYS`.

    Raises `NotPermitted`.
    """
    if agency not in reconciled_agencies(actor):
        raise NotPermitted(what="xem sao kê và đối soát")
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    since, until = _midnight(first), _midnight(last + timedelta(days=1))
    found: dict[date, DayFigures] = {}
    _count_lines(tx, found, agency, since, until)
    _count_open(tx, found, agency, since, until)
    return sorted(found.values(), key=lambda figures: figures.day, reverse=True)


def _count_lines(
    tx: Connection, found: dict[date, DayFigures], agency: str, since: datetime, until: datetime
) -> None:
    of = statement_line.c
    query = select(of.at, of.place, of.amount).where(
        of.agency == agency, of.at >= since, of.at < until
    )
    for row in tx.execute(query):
        figures = _of_day(found, row.at)
        figures.lines[row.place] += 1
        figures.amounts[row.place] += row.amount


def _count_open(
    tx: Connection, found: dict[date, DayFigures], agency: str, since: datetime, until: datetime
) -> None:
    of = payment_difference.c
    query = select(of.at, func.count().label("open")).where(
        of.agency == agency, of.closed_at.is_(None), of.at >= since, of.at < until
    )
    for row in tx.execute(query.group_by(of.at)):
        _of_day(found, row.at).open += row.open


def _of_day(found: dict[date, DayFigures], at: datetime) -> DayFigures:
    day = local(at).date()
    return found.setdefault(day, DayFigures(day))


def _item(row: Any, names: dict[int, str]) -> StatementItem:
    values = {name: row._mapping[name] for name in StatementItem.__dataclass_fields__}
    return StatementItem(**{**values, "imported_by": names.get(row.imported_by)})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
