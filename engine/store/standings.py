"""What was announced of procedures, and from which day each of it holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from bpmn.catalogue.entry import Standing
from bpmn.facts import Facts
from engine.deadlines.calendar import VIETNAM
from engine.errors.catalogue import ProcedureRepealed
from engine.store import definitions, report_catalogue
from engine.store.standing_tables import standing as table
from engine.store.tables import procedure

_MADE = select(table.c.version).where(
    table.c.procedure == procedure.c.code, table.c.version == procedure.c.version
)
_DRAWN = select(procedure.c.code, procedure.c.version).where(~_MADE.exists())
_CHANGE = update(procedure).where(procedure.c.code == bindparam("named"))
_END = _CHANGE.values(repealed_on=bindparam("day"))


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


@dataclass(frozen=True)
class Catalogue:
    """What holds of procedures on a day, by code; `drawn` are the facts of those that somebody has
    drawn. `seen` is the number of what was recorded last."""

    held: Mapping[str, Announced]
    drawn: Mapping[str, Facts]
    seen: int


def catalogue_on(tx: Connection, day: date) -> Catalogue:
    """What holds on a day, as far as it is known now; rows are left out."""
    facts = {code: definitions.version(tx, version).facts for code, version in drawn(tx).items()}
    columns = [column for column in table.c if column.name != "row"]
    held = tx.execute(_holding(day).with_only_columns(*columns))
    return Catalogue(
        {row.procedure: _announced(row) for row in reversed(held.all())}, facts, newest(tx)
    )


def _announced(row: Row[Any]) -> Announced:
    return Announced(
        procedure=row.procedure,
        standing=Standing(row.standing),
        source=row.source,
        decision=row.decision,
        name=row.name,
        field=row.field,
        levels=tuple(row.levels.split()),
        row={},
        row_digest=row.row_digest,
        version=row.version,
    )


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
            "levels": " ".join(each.levels),
            "effective_from": day,
            "recorded_at": now,
            "recorded_by": by,
        }
        for each in announced
    ]
    if rows:
        tx.execute(insert(table), rows)


def open_version(tx: Connection, code: str, now: datetime) -> str:
    """The version on which dossiers that are handed in now start, even where nobody has yet put
    it in force whose day has come.

    Raises `ProcedureUnknown`, or `ProcedureRepealed`.
    """
    held = tx.execute(_holding(_day(now)).where(table.c.procedure == code).limit(1)).one_or_none()
    if held and held.standing == Standing.REPEALED:
        raise ProcedureRepealed(procedure=code, day=f"{held.effective_from:%d/%m/%Y}")
    if held and held.version and held.applied_at is None and not _is_drawn(tx, code):
        return str(held.version)
    return definitions.current_version(tx, code)


def is_due(tx: Connection, now: datetime) -> bool:
    """Whether something holds by now that was not yet put in force."""
    return (
        tx.execute(_pending(_day(now)).with_only_columns(table.c.id).limit(1)).first() is not None
    )


def bring_into_force(tx: Connection, now: datetime) -> int:
    """Let everything hold whose day has come; returns of how many procedures.

    Procedures that somebody has drawn keep their drawing; when repealed they end like any other.
    """
    day = _day(now)
    pending = _pending(day).with_only_columns(table.c.procedure)
    rows = tx.execute(_holding(day).where(table.c.procedure.in_(pending)))
    last: dict[str, Row[Any]] = {}
    for row in rows:
        last.setdefault(row.procedure, row)
    _apply(tx, [row for row in last.values() if row.applied_at is None], now)
    due = table.c.applied_at.is_(None) & (table.c.effective_from <= day)
    tx.execute(update(table).where(due).values(applied_at=now))
    return len(last)


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


def _holding(day: date) -> Select[Any]:
    """What was announced to hold by a day, the last first."""
    order = (table.c.effective_from.desc(), table.c.id.desc())
    return select(table).where(table.c.effective_from <= day).order_by(*order)


def _pending(day: date) -> Select[Any]:
    return select(table).where(table.c.applied_at.is_(None), table.c.effective_from <= day)


def _is_drawn(tx: Connection, code: str) -> bool:
    """Whether the version in force is none that the catalogue made."""
    return tx.execute(_DRAWN.where(procedure.c.code == code)).first() is not None


def _apply(tx: Connection, rows: Sequence[Row[Any]], now: datetime) -> None:
    """Put in force what holds now, each of another procedure."""
    own = drawn(tx)
    known = set(tx.execute(select(procedure.c.code)).scalars())
    ended = [_ended(row) for row in rows if row.standing == Standing.REPEALED]
    held = [row for row in rows if row.standing != Standing.REPEALED]
    days = {row.procedure: row.effective_from for row in held if row.procedure not in own}
    report_catalogue.keep_procedures(tx, days)
    for statement, values in (
        (insert(procedure), [_in_force(r, now) for r in held if r.procedure not in known]),
        (_CHANGE, [_named(_in_force(r, now)) for r in held if r.procedure in known - own.keys()]),
        (_END, [*ended, *({"named": r.procedure, "day": None} for r in held)]),
    ):
        if values:
            tx.execute(statement, values)
    definitions.change_state(tx, [(row.procedure, f"{row.standing} {row.id}") for row in rows])


def _in_force(row: Row[Any], now: datetime) -> dict[str, Any]:
    level, *others = row.levels.split()
    return {
        "code": row.procedure,
        "version": row.version,
        "name": row.name,
        "field": row.field,
        "level": level,
        "also_at": " ".join(others),
        "since": now,
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"named": row.pop("code"), **row}


def _ended(row: Row[Any]) -> dict[str, Any]:
    return {"named": row.procedure, "day": row.effective_from}
