"""Week by week: what came in, what was finished and how late, and what stood badly at the end.

What it costs depends on what happened in these weeks, not on what lies in the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, or_, select, union_all

from engine.deadlines.calendar import VIETNAM, local
from engine.model.actor import Actor
from engine.model.standing import Standing
from engine.queries.supervised import at_agency, heaps, narrowed, supervised_agencies
from engine.queries.supervision import FINISHED
from engine.store.board_tables import spell
from engine.store.tables import dossier

WEEKS = 12
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Week:
    """A week from its Monday on; the running one ends now.

    `overdue` and `paused` (within and over the limit) are how many stood so at its end.
    """

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
    asked = agency if agency is not None and agencies != {agency} else None
    spans = _spans(now, weeks)
    figures = zip(
        _received(tx, spans, agencies, asked),
        _finished(tx, spans, agencies, asked, FINISHED),
        _finished(tx, spans, agencies, asked, (Standing.DONE_LATE,)),
        _stood(tx, spans, agencies, asked, (Standing.OVERDUE,)),
        _stood(tx, spans, agencies, asked, (Standing.PAUSED, Standing.PAUSED_OVERDUE)),
        strict=True,
    )
    shown = zip(spans, figures, strict=True)
    return [Week(local(span.start).date(), span.end, *numbers) for span, numbers in shown]


def _spans(now: datetime, weeks: int) -> list[_Span]:
    """Half open; what happens this very second belongs to the running week."""
    today = local(now).date()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), VIETNAM)
    starts = [monday - _WEEK * back for back in reversed(range(weeks))]
    return [_Span(start, min(start + _WEEK, now + timedelta(seconds=1))) for start in starts]


def _received(
    tx: Connection, spans: Sequence[_Span], agencies: frozenset[str], asked: str | None
) -> list[int]:
    at = dossier.c.received_at
    within = and_(at.is_not(None), at >= spans[0].start, at < spans[-1].end)
    marks = [and_(at >= span.start, at < span.end) for span in spans]
    return _counted(tx, dossier, marks, [within], agencies, asked)


def _finished(
    tx: Connection,
    spans: Sequence[_Span],
    agencies: frozenset[str],
    asked: str | None,
    standings: Iterable[Standing],
) -> list[int]:
    at, standing = dossier.c.processed_at, dossier.c.standing
    within = and_(at.is_not(None), at >= spans[0].start, at < spans[-1].end)
    marks = [and_(at >= span.start, at < span.end) for span in spans]
    return _counted(tx, dossier, marks, [within & standing.in_(standings)], agencies, asked)


def _stood(
    tx: Connection,
    spans: Sequence[_Span],
    agencies: frozenset[str],
    asked: str | None,
    standings: Iterable[Standing],
) -> list[int]:
    since, until = spell.c.since, spell.c.until
    such = spell.c.standing.in_(standings)
    marks = [and_(since < span.end, or_(until.is_(None), until >= span.end)) for span in spans]
    parts = [such & until.is_(None), such & (until >= spans[0].end)]
    return _counted(tx, spell, marks, parts, agencies, asked)


def _counted(
    tx: Connection,
    table: Table,
    marks: Sequence[ColumnElement[bool]],
    parts: Iterable[ColumnElement[bool]],
    agencies: frozenset[str],
    asked: str | None,
) -> list[int]:
    """For each mark how many rows of the parts bear it; each part walks an index."""
    numbers = [func.sum(case((mark, 1), else_=0)).label(f"n{i}") for i, mark in enumerate(marks)]
    further = [at_agency(asked, table)] if asked is not None else []
    walked: list[Any] = [
        select(*numbers).where(heap, part, *further)
        for heap in heaps(agencies, table)
        for part in parts
    ]
    rows = tx.execute(union_all(*walked)).all()
    return [sum(row[i] or 0 for row in rows) for i in range(len(marks))]
