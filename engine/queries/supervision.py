"""What supervisors look at: the dossiers of a group, the most urgent first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, not_, select, tuple_, union_all

from bpmn.steps import Stage
from engine.model.actor import Actor
from engine.model.standing import STANDING_NAMES, Standing
from engine.model.status import STATUS_NAMES, Status
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.queries.supervised import at_agency, narrowed, supervised_agencies, walks
from engine.store import editions
from engine.store.tables import dossier as table
from engine.store.tables import procedure

FINISHED = (Standing.DONE, Standing.DONE_LATE)
OPEN = tuple(standing for standing in Standing if standing not in FINISHED)
_WITHOUT_DUE_DATE = (Standing.INTAKE, Standing.PAUSED, Standing.PAUSED_OVERDUE)
"""Groups in which dossiers may be that were not received yet."""


class Lacking(StrEnum):
    """What a dossier may be without."""

    UNIT = "unit"
    STAGE = "stage"
    PAUSE_REASON = "pause_reason"
    OVERDUE_CAUSE = "overdue_cause"


@dataclass(frozen=True)
class SupervisionFilter:
    """Which of the dossiers in a group are wanted.

    `unassigned`: that nobody holds; `unexplained`: late, and nobody said why; `lacking`: without
    something. The periods are half open: from, and before.
    """

    agency: str | None = None
    procedure: str | None = None
    field: str | None = None
    stage: Stage | None = None
    unit: str | None = None
    holder: int | None = None
    unassigned: bool | None = None
    pause_reason: str | None = None
    overdue_cause: str | None = None
    unexplained: bool | None = None
    lacking: Lacking | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    processed_from: datetime | None = None
    processed_before: datetime | None = None


@dataclass(frozen=True)
class SupervisedDossier:
    """A line of the list: how it stands, since when and why, and who holds it.

    `holder` is who has its most urgent task, or did the last one while nothing is open.
    """

    code: str
    procedure: str
    procedure_name: str
    field: str
    receiving_agency: str
    competent_agency: str
    owner_name: str
    standing: Standing
    standing_name: str
    status: Status
    status_name: str
    stage: Stage | None
    unit: str | None
    holder: int | None
    holder_name: str | None
    received_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    overdue: bool
    pause_reason: str | None
    pause_reason_name: str | None
    paused_since: datetime | None
    pause_until: datetime | None
    overdue_cause: str | None
    overdue_cause_name: str | None
    outage: int | None
    processed_at: datetime | None


def list_supervised(
    tx: Connection, wanted: Slice, standing: Standing, chosen: SupervisionFilter, actor: Actor
) -> Page[SupervisedDossier]:
    """The dossiers of a group by due date, those without one last; finished ones by when they
    were, the last first. Raises `NotPermitted`."""
    agencies = narrowed(supervised_agencies(actor), chosen.agency)
    where = [*conditions(chosen, agencies), table.c.standing == standing]
    parts = [
        walk.where(part, *where).limit(wanted.limit + 1).subquery()
        for walk in _walks(standing, wanted)
        for part in walks(agencies)
    ]
    keys = union_all(*(select(part) for part in parts)).subquery()
    first = select(keys).order_by(*_order(standing, keys.c)).limit(wanted.limit + 1).subquery()
    query = lines().join(first, first.c.id == table.c.id).order_by(*_order(standing, first.c))
    rows = tx.execute(query).all()
    return page(
        rows, wanted, shown(tx, rows), lambda row: (getattr(row, _moment(standing)), row.id)
    )


def lines() -> Select[Any]:
    """The rows that lines of lists are made of, by `shown`."""
    columns = (table, procedure.c.name.label("procedure_name"), procedure.c.field)
    return select(*columns).join(procedure, procedure.c.code == table.c.procedure)


def shown(tx: Connection, rows: Iterable[Any]) -> Callable[[Any], SupervisedDossier]:
    """Makes lines of these rows of `lines`."""
    return _Shown(tx, names_of(tx, (row.holder for row in rows))).item


def conditions(
    chosen: SupervisionFilter, agencies: frozenset[str]
) -> Iterator[ColumnElement[bool]]:
    """What is asked of a dossier beside its group; `agencies` are those walked."""
    if chosen.agency is not None and agencies != {chosen.agency}:
        yield at_agency(chosen.agency)
    for name in ("procedure", "stage", "unit", "holder", "pause_reason", "overdue_cause"):
        value = getattr(chosen, name)
        if value is not None:
            yield table.c[name] == value
    if chosen.unassigned is not None:
        yield table.c.holder.is_(None) if chosen.unassigned else table.c.holder.is_not(None)
    if chosen.lacking is not None:
        yield table.c[chosen.lacking].is_(None)
    if chosen.unexplained is not None:
        silent = table.c.overdue & table.c.overdue_cause.is_(None)
        yield silent if chosen.unexplained else not_(silent)
    if chosen.field is not None:
        within = select(procedure.c.code).where(procedure.c.field == chosen.field)
        yield table.c.procedure.in_(within)
    yield from _within(table.c.due_at, chosen.due_from, chosen.due_before)
    yield from _within(table.c.processed_at, chosen.processed_from, chosen.processed_before)


def _within(
    column: Column[Any], start: datetime | None, end: datetime | None
) -> Iterator[ColumnElement[bool]]:
    if start is not None:
        yield column >= start
    if end is not None:
        yield column < end


def _moment(standing: Standing) -> str:
    """The column that orders a group."""
    return "processed_at" if standing in FINISHED else "due_at"


def _walks(standing: Standing, wanted: Slice) -> Iterator[Select[Any]]:
    """Queries for keys in order, each from where the page before ended.

    Dossiers without a due date have a walk of their own, for the databases do not agree on
    whether they come first or last.
    """
    moment, id_ = table.c[_moment(standing)], table.c.id
    after = wanted.after
    if standing in FINISHED:
        query = select(moment.label("moment"), id_).order_by(moment.desc(), id_.desc())
        done = query.where(moment.is_not(None))
        yield done.where(tuple_(moment, id_) < after) if after else done
        return
    still_open = table.c.processed_at.is_(None)
    if after is None or after[0] is not None:
        query = select(moment.label("moment"), id_).order_by(moment, id_)
        dated = query.where(still_open, moment.is_not(None))
        yield dated.where(tuple_(moment, id_) > after) if after else dated
    if standing in _WITHOUT_DUE_DATE:
        query = select(moment.label("moment"), id_).order_by(id_)
        undated = query.where(still_open, moment.is_(None))
        yield undated.where(id_ > after[1]) if after and after[0] is None else undated


def _order(standing: Standing, key: Any) -> list[ColumnElement[Any]]:
    if standing in FINISHED:
        return [key.moment.desc(), key.id.desc()]
    return [key.moment.is_(None), key.moment, key.id]


class _Shown:
    """Makes lines of rows, with names for codes."""

    def __init__(self, tx: Connection, people: dict[int, str]) -> None:
        self._tx = tx
        self._people = people

    def item(self, row: Any) -> SupervisedDossier:
        rules = editions.rulebook(self._tx, row.rulebook)
        standing, status, cause = Standing(row.standing), Status(row.status), row.overdue_cause
        same = ("code", "procedure", "procedure_name", "field", "receiving_agency",
                "competent_agency", "owner_name", "unit", "holder", "received_at", "due_at",
                "first_due_at", "overdue", "pause_reason", "paused_since", "pause_until",
                "overdue_cause", "outage", "processed_at")  # fmt: skip
        return SupervisedDossier(
            **{name: getattr(row, name) for name in same},
            standing=standing,
            standing_name=STANDING_NAMES[standing],
            status=status,
            status_name=STATUS_NAMES[status],
            stage=Stage(row.stage) if row.stage else None,
            holder_name=self._people.get(row.holder),
            pause_reason_name=row.pause_reason and rules.pause_reason(row.pause_reason).name,
            overdue_cause_name=cause and rules.cause(cause).name,
        )
