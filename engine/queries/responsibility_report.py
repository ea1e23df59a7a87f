"""Who had how much, and how much of it too long: units, people, steps or procedures compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, case, func, select

from engine.errors import NotPermitted
from engine.model.actor import Actor
from engine.queries.people import names_of
from engine.queries.responsibility import QUEUE, hours, unit_names
from engine.queries.supervised import supervised_agencies
from engine.store import definitions
from engine.store.tables import procedure, task
from engine.store.time_tables import holding


class Dimension(StrEnum):
    """By what the report compares."""

    UNIT = "unit"
    PERSON = "person"
    STEP = "step"
    PROCEDURE = "procedure"


@dataclass(frozen=True)
class Period:
    """Holdings that ended from `start` on and before `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class ReportLine:
    """What one of them had in the period, and has open now.

    `agency` is None where the line is of several; `key` is None for what waited in a queue or is
    of no unit. Hours are working hours, pauses taken out; `late` ones lie beyond the limits of
    steps.
    """

    agency: str | None
    key: str | None
    name: str
    holdings: int
    hours: float
    late_holdings: int
    late: float
    open: int
    open_overdue: int


_KEYS: dict[Dimension, tuple[str, ...]] = {
    Dimension.UNIT: ("agency", "unit"),
    Dimension.PERSON: ("holder",),
    Dimension.STEP: ("procedure", "step"),
    Dimension.PROCEDURE: ("procedure",),
}
_IN_TASK = {"holder": "assignee"}
_Key = tuple[Any, ...]


def report(
    tx: Connection, period: Period, agency: str | None, by: Dimension, actor: Actor
) -> list[ReportLine]:
    """One line for each that had something in the period or has something now, the latest first:
    ordered by late hours. Raises `NotPermitted`."""
    agencies = supervised_agencies(actor)
    if agency is not None and agency not in agencies:
        raise NotPermitted(what=f"giám sát cơ quan {agency}")
    codes = [agency] if agency else sorted(agencies)
    held = _held(tx, period, codes, _KEYS[by])
    open_ = _open(tx, codes, _KEYS[by])
    keys = held.keys() | open_.keys()
    names = _NAMES[by](tx, keys)
    lines = [_line(by, key, names, held.get(key), open_.get(key)) for key in keys]
    return sorted(lines, key=lambda line: (-line.late, -line.hours, line.name, str(line.key)))


def _held(
    tx: Connection, period: Period, codes: list[str], names: tuple[str, ...]
) -> dict[_Key, Any]:
    columns = [holding.c[name] for name in names]
    query = (
        select(
            *columns,
            func.count().label("holdings"),
            func.sum(holding.c.worked).label("worked"),
            _number_where(holding.c.late > 0).label("late_holdings"),
            func.sum(holding.c.late).label("late"),
        )
        .where(
            holding.c.agency.in_(codes),
            holding.c.until >= period.start,
            holding.c.until < period.end,
        )
        .group_by(*columns)
    )
    return _by_key(tx, query, len(names))


def _open(tx: Connection, codes: list[str], names: tuple[str, ...]) -> dict[_Key, Any]:
    columns: list[Column[Any]] = [task.c[_IN_TASK.get(name, name)] for name in names]
    overdue = _number_where(task.c.overdue).label("overdue")
    query = (
        select(*columns, func.count().label("tasks"), overdue)
        .where(task.c.agency.in_(codes), task.c.state == "open")
        .group_by(*columns)
    )
    return _by_key(tx, query, len(names))


def _number_where(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _by_key(tx: Connection, query: Any, length: int) -> dict[_Key, Any]:
    return {tuple(row)[:length]: row for row in tx.execute(query)}


def _line(by: Dimension, key: _Key, names: Mapping[_Key, str], held: Any, open_: Any) -> ReportLine:
    last = key[-1]
    return ReportLine(
        agency=key[0] if by is Dimension.UNIT else None,
        key=None if last is None else "/".join(map(str, key[by is Dimension.UNIT :])),
        name=names.get(key, str(last)),
        holdings=held.holdings if held else 0,
        hours=hours(_span(held.worked)) if held else 0.0,
        late_holdings=held.late_holdings if held else 0,
        late=hours(_span(held.late)) if held else 0.0,
        open=open_.tasks if open_ else 0,
        open_overdue=open_.overdue if open_ else 0,
    )


def _span(seconds: int) -> timedelta:
    return timedelta(seconds=int(seconds))


Keys = set[_Key]


def _unit_names(tx: Connection, keys: Keys) -> Mapping[_Key, str]:
    return dict(unit_names(tx, {key[0] for key in keys}))


def _people(tx: Connection, keys: Keys) -> Mapping[_Key, str]:
    known = names_of(tx, (key[0] for key in keys))
    return {(None,): QUEUE, **{(id_,): name for id_, name in known.items()}}


def _procedures(tx: Connection, keys: Keys) -> Mapping[_Key, str]:
    query = select(procedure.c.code, procedure.c.name)
    found = tx.execute(query.where(procedure.c.code.in_({key[0] for key in keys})))
    return {(row.code,): row.name for row in found}


def _steps(tx: Connection, keys: Keys) -> Mapping[_Key, str]:
    """Steps as the versions in force name them, with their procedure."""
    names: dict[_Key, str] = {}
    for (code,), name in _procedures(tx, keys).items():
        steps = definitions.version(tx, definitions.current_version(tx, code)).places.steps
        names |= {(code, step.id): f"{step.name} ({name})" for step in steps.values()}
    return names


_NAMES: dict[Dimension, Callable[[Connection, Keys], Mapping[_Key, str]]] = {
    Dimension.UNIT: _unit_names,
    Dimension.PERSON: _people,
    Dimension.STEP: _steps,
    Dimension.PROCEDURE: _procedures,
}
