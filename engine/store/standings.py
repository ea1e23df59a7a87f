"""What was decided of procedures, by the national catalogue or the office, and from which day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from bpmn.catalogue.entry import Standing
from engine.deadlines.calendar import VIETNAM
from engine.model.plain_text import plain
from engine.model.procedure_life import Decided, Holding, Origin, holding
from engine.store import report_catalogue
from engine.store.catalogue_state import change_state
from engine.store.procedure_tables import standing as table
from engine.store.tables import procedure

_MADE = select(table.c.version).where(
    table.c.procedure == procedure.c.code,
    table.c.version == procedure.c.version,
    table.c.origin == Origin.CATALOGUE,
)
_DRAWN = select(procedure.c.code, procedure.c.version).where(~_MADE.exists())
_CHANGE = update(procedure).where(procedure.c.code == bindparam("named"))
_END = _CHANGE.values(repealed_on=bindparam("day"), replaced_by=bindparam("instead"))
_COLUMNS = [column for column in table.c if column.name not in ("row", "row_digest")]
_ORDER = (table.c.procedure, table.c.effective_from, table.c.id)
"""Of one procedure after the other, the last decision at the end."""


@dataclass(frozen=True)
class Announced:
    """Something to be recorded of a procedure; `levels` has its main one first."""

    procedure: str
    standing: Standing
    source: str
    decision: str
    name: str
    field: str
    levels: tuple[str, ...]
    row: Mapping[str, Any]
    row_digest: str
    version: str | None
    origin: Origin = Origin.CATALOGUE
    agency: str | None = None
    replaced_by: str | None = None


def newest(tx: Connection) -> int:
    """Number of what was recorded last; 0 before anything was."""
    return int(tx.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())


def drawn(tx: Connection) -> dict[str, str]:
    """Procedures whose version in force somebody has drawn, with that version."""
    return {row.code: row.version for row in tx.execute(_DRAWN)}


def record(
    tx: Connection, announced: Iterable[Announced], day: date, by: str, now: datetime
) -> None:
    """Write down what holds from a day on."""
    rows = [
        {
            **vars(each),
            "standing": each.standing.value,
            "origin": each.origin.value,
            "levels": " ".join(each.levels),
            "effective_from": day,
            "recorded_at": now,
            "recorded_by": by,
            "applied_at": now if each.agency else None,
        }
        for each in announced
    ]
    if rows:
        tx.execute(insert(table), rows)


def decided(tx: Connection, code: str, day: date | None = None) -> list[Decided]:
    """What was decided of a procedure to hold by a day, or ever, in the order of the days."""
    query = select(*_COLUMNS).where(table.c.procedure == code)
    if day is not None:
        query = query.where(table.c.effective_from <= day)
    return [read(row) for row in tx.execute(query.order_by(table.c.effective_from, table.c.id))]


def held(tx: Connection, code: str, agency: str | None, day: date) -> Holding:
    """What holds on a day of a procedure in the catalogue, or of an agency's own process."""
    return held_among(decided(tx, code, day), agency)


def held_among(decisions: Iterable[Decided], agency: str | None) -> Holding:
    """What holds of decisions on one procedure, for everybody or for one agency's own process."""
    return holding(each for each in decisions if each.agency == agency)


def coming(tx: Connection, day: date) -> dict[str, date]:
    """Procedures of which something is decided for a later day, with the next such day."""
    first = func.min(table.c.effective_from)
    query = select(table.c.procedure, first).where(table.c.effective_from > day)
    return {row[0]: row[1] for row in tx.execute(query.group_by(table.c.procedure))}


def own_processes(tx: Connection, agency: str | None, day: date) -> frozenset[str]:
    """Procedures for which an agency has a process of its own on a day."""
    if agency is None:
        return frozenset()
    ours = table.c.agency == agency, table.c.effective_from <= day
    rows = tx.execute(select(*_COLUMNS).where(*ours).order_by(*_ORDER)).all()
    each = [holding(map(read, rows)) for _, rows in groupby(rows, attrgetter("procedure"))]
    return frozenset(h.given.procedure for h in each if h.given and not h.ended)


def read(row: Row[Any]) -> Decided:
    """A decision as its row has it."""
    return Decided(
        row.id,
        row.procedure,
        row.agency,
        Origin(row.origin),
        Standing(row.standing),
        row.effective_from,
        row.version,
        row.replaced_by,
        row.decision,
    )


def is_due(tx: Connection, now: datetime) -> bool:
    """Whether something holds by now that was not yet put in force."""
    return tx.execute(_pending(day_of(now)).limit(1)).first() is not None


def bring_into_force(tx: Connection, now: datetime, code: str | None = None) -> int:
    """Let everything hold whose day has come, or what concerns one procedure; returns of how many.

    Procedures that somebody has drawn keep their drawing; when repealed they end like any other.
    """
    day = day_of(now)
    due = table.c.applied_at.is_(None) & (table.c.effective_from <= day)
    ours = table.c.procedure.in_(_pending(day)) if code is None else table.c.procedure == code
    rows = tx.execute(_in_order(day).where(ours, table.c.agency.is_(None))).all()
    changed = [list(each) for _, each in groupby(rows, attrgetter("procedure"))]
    _apply(tx, changed, now)
    tx.execute(update(table).where(due, ours).values(applied_at=now))
    return len(changed)


def day_of(now: datetime) -> date:
    """The day in Vietnam."""
    return now.astimezone(VIETNAM).date()


def _in_order(day: date) -> Select[Any]:
    """What was decided to hold by a day, of one procedure after the other, the last at the end."""
    return select(*_COLUMNS).where(table.c.effective_from <= day).order_by(*_ORDER)


def _pending(day: date) -> Select[Any]:
    due = table.c.applied_at.is_(None), table.c.effective_from <= day
    return select(table.c.procedure).where(*due)


def _apply(tx: Connection, changed: Sequence[Sequence[Row[Any]]], now: datetime) -> None:
    """Put in force what holds now: each is everything decided of another procedure."""
    known = set(tx.execute(select(procedure.c.code)).scalars())
    states = [(rows, holding(map(read, rows))) for rows in changed]
    given = [row for rows, held_ in states for row in rows if _gives(row, held_)]
    report_catalogue.keep_procedures(tx, {r.procedure: r.effective_from for r in given})
    for statement, values in (
        (insert(procedure), [_in_force(r, now) for r in given if r.procedure not in known]),
        (_CHANGE, [_named(_in_force(r, now)) for r in given if r.procedure in known]),
        (_END, list(_ended(states))),
    ):
        if values:
            tx.execute(statement, values)
    change_state(
        tx, [(rows[-1].procedure, f"{rows[-1].standing} {rows[-1].id}") for rows in changed]
    )


def _gives(row: Row[Any], held_: Holding) -> bool:
    """Whether a decision gives the version that holds, and has not done so before."""
    return held_.given is not None and row.id == held_.given.id and row.applied_at is None


def _in_force(row: Row[Any], now: datetime) -> dict[str, Any]:
    level, *others = row.levels.split()
    return {
        "code": row.procedure,
        "version": row.version,
        "name": row.name,
        "plain_name": plain(row.name),
        "field": row.field,
        "level": level,
        "also_at": " ".join(others),
        "since": now,
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"named": row.pop("code"), **row}


def _ended(states: Iterable[tuple[Sequence[Row[Any]], Holding]]) -> Iterator[dict[str, Any]]:
    for rows, held_ in states:
        ended = held_.ended
        yield {
            "named": rows[0].procedure,
            "day": ended and ended.effective_from,
            "instead": ended and ended.replaced_by,
        }
