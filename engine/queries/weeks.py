"""Week by week: what came in, what was finished and how late, and what stood badly at the end.

What it costs depends on what happened in these weeks, not on what lies in the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, or_, select, union_all

from engine.deadlines.calendar import VIETNAM, local
from engine.model.actor import Actor
from engine.model.standing import Standing
from engine.queries.paging import Page, Slice, page
from engine.queries.supervised import at_agency, heaps, narrowed, supervised_agencies
from engine.queries.supervision import FINISHED, SupervisedDossier, lines, shown
from engine.store.board_tables import spell
from engine.store.tables import dossier

WEEKS = 12
_WEEK = timedelta(weeks=1)


class Figure(StrEnum):
    """What is counted of a week: what happened in it, or (OVERDUE, PAUSED within and over the
    limit) what stood so at its end."""

    RECEIVED = "received"
    FINISHED = "finished"
    FINISHED_LATE = "finished_late"
    OVERDUE = "overdue"
    PAUSED = "paused"


_STANDINGS: Mapping[Figure, tuple[Standing, ...]] = {
    Figure.FINISHED: FINISHED,
    Figure.FINISHED_LATE: (Standing.DONE_LATE,),
    Figure.OVERDUE: (Standing.OVERDUE,),
    Figure.PAUSED: (Standing.PAUSED, Standing.PAUSED_OVERDUE),
}


@dataclass(frozen=True)
class Week:
    """A week from its Monday on; the running one ends now. The rest are the figures."""

    monday: date
    end: datetime
    received: int
    finished: int
    finished_late: int
    overdue: int
    paused: int


@dataclass(frozen=True)
class _Span:
    start: datetime
    end: datetime


def weekly(
    tx: Connection, agency: str | None, actor: Actor, now: datetime, weeks: int = WEEKS
) -> list[Week]:
    """The last weeks of what the actor supervises, the running one last; raises `NotPermitted`."""
    agencies = narrowed(supervised_agencies(actor), agency)
    spans = _spans(now, weeks)
    found = {figure: _counted(tx, figure, spans, agencies, agency) for figure in Figure}
    return [
        Week(local(span.start).date(), span.end, **{f.value: found[f][i] for f in Figure})
        for i, span in enumerate(spans)
    ]


def list_week(
    tx: Connection,
    wanted: Slice,
    figure: Figure,
    monday: date,
    agency: str | None,
    viewer: tuple[Actor, datetime],
) -> Page[SupervisedDossier]:
    """The dossiers behind a figure of a week, as they stand now, the latest handed in first.

    Raises `NotPermitted`.
    """
    actor, now = viewer
    agencies = narrowed(supervised_agencies(actor), agency)
    start = datetime.combine(monday, time(), VIETNAM)
    span = _Span(start, min(start + _WEEK, now + timedelta(seconds=1)))
    table, mark = _table(figure), _mark(figure, span)
    id_ = table.c.id if table is dossier else table.c.dossier_id
    parts = [
        select(id_.label("id")).where(heap, part, mark, *_asked(agencies, agency, table))
        for heap in heaps(agencies, table)
        for part in _parts(figure, [span])
    ]
    keys = union_all(*parts).subquery()
    query = lines().where(dossier.c.id.in_(select(keys.c.id))).order_by(dossier.c.id.desc())
    query = query.where(dossier.c.id < wanted.after[0]) if wanted.after else query
    rows = tx.execute(query.limit(wanted.limit + 1)).all()
    return page(rows, wanted, shown(tx, rows), lambda row: (row.id,))


def _spans(now: datetime, weeks: int) -> list[_Span]:
    """Half open; what happens this very second belongs to the running week."""
    today = local(now).date()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), VIETNAM)
    starts = [monday - _WEEK * back for back in reversed(range(weeks))]
    return [_Span(start, min(start + _WEEK, now + timedelta(seconds=1))) for start in starts]


def _table(figure: Figure) -> Table:
    return spell if figure in (Figure.OVERDUE, Figure.PAUSED) else dossier


def _mark(figure: Figure, span: _Span) -> ColumnElement[bool]:
    """Whether a row counts for a week."""
    if _table(figure) is spell:
        stood_on = or_(spell.c.until.is_(None), spell.c.until >= span.end)
        return and_(spell.c.since < span.end, stood_on)
    moment = _moment(figure)
    return and_(moment >= span.start, moment < span.end)


def _moment(figure: Figure) -> ColumnElement[datetime]:
    return dossier.c.received_at if figure is Figure.RECEIVED else dossier.c.processed_at


def _parts(figure: Figure, spans: Sequence[_Span]) -> list[ColumnElement[bool]]:
    """Conditions that each walk an index over all that may count for some of the weeks."""
    if _table(figure) is spell:
        such = spell.c.standing.in_(_STANDINGS[figure])
        return [such & spell.c.until.is_(None), such & (spell.c.until >= spans[0].end)]
    moment = _moment(figure)
    within = and_(moment.is_not(None), moment >= spans[0].start, moment < spans[-1].end)
    standings = _STANDINGS.get(figure)
    return [within & dossier.c.standing.in_(standings) if standings else within]


def _asked(agencies: frozenset[str], agency: str | None, table: Table) -> list[ColumnElement[bool]]:
    """What is asked beside the agencies walked."""
    return [at_agency(agency, table)] if agency is not None and agencies != {agency} else []


def _counted(
    tx: Connection,
    figure: Figure,
    spans: Sequence[_Span],
    agencies: frozenset[str],
    agency: str | None,
) -> list[int]:
    marks = [_mark(figure, span) for span in spans]
    numbers = [func.sum(case((mark, 1), else_=0)).label(f"n{i}") for i, mark in enumerate(marks)]
    table = _table(figure)
    walked: list[Any] = [
        select(*numbers).where(heap, part, *_asked(agencies, agency, table))
        for heap in heaps(agencies, table)
        for part in _parts(figure, spans)
    ]
    rows = tx.execute(union_all(*walked)).all()
    return [sum(row[i] or 0 for row in rows) for i in range(len(spans))]
