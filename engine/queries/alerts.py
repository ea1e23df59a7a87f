"""Alerts as bells and supervisors read them: those one is told of, or all of one's agencies."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_, union

from engine.model.actor import Actor
from engine.model.alert import Level, Rung, Subject
from engine.queries.alert_reach import told_to
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.queries.supervised import at_each, supervised_agencies
from engine.store.tables import dossier, event, event_payload, procedure, task
from engine.store.time_tables import alert as table


class AlertScope(StrEnum):
    """Whose alerts: those told to oneself, or all of the agencies that one supervises."""

    MINE = "mine"
    AGENCY = "agency"


class AlertState(StrEnum):
    """Those that hold now, or also those that were taken back or have ended."""

    LIVE = "live"
    ALL = "all"


@dataclass(frozen=True)
class AlertFilter:
    """Which alerts are wanted."""

    scope: AlertScope = AlertScope.MINE
    state: AlertState = AlertState.LIVE
    subject: Subject | None = None
    level: Level | None = None
    acknowledged: bool | None = None


@dataclass(frozen=True)
class AlertItem:
    """A line of the bell; `rung` is how far up the ladder somebody was told.

    `step` and `step_name` are of the task that it is about, None where it is about the whole
    dossier or a pause. Of a press, `by_name` is who pressed and `note` what they said, None once
    it was erased.
    """

    dossier: str
    alert: int
    subject: Subject
    level: Level
    against: datetime
    raised_at: datetime
    live: bool
    rung: str
    place: int
    step: str | None
    step_name: str | None
    procedure: str
    procedure_name: str
    owner_name: str
    agency: str
    unit: str | None
    holder: int | None
    holder_name: str | None
    acknowledged_at: datetime | None
    acknowledged_by: int | None
    acknowledged_by_name: str | None
    by_name: str | None
    note: str | None


@dataclass(frozen=True)
class AlertCount:
    """How many alerts that nobody took note of there are of one kind."""

    subject: Subject
    level: Level
    alerts: int


_ORDER = [table.c.raised_at, table.c.dossier_id, table.c.seq]


def list_alerts(
    tx: Connection, wanted: Slice, chosen: AlertFilter, actor: Actor
) -> Page[AlertItem]:
    """Alerts, the newest first; raises `NotPermitted` for the scope of supervisors only."""
    latest = [column.desc() for column in _ORDER]
    parts = []
    for part in _parts(chosen, actor):
        query = select(*_ORDER).where(part).order_by(*latest).limit(wanted.limit + 1)
        query = query.where(tuple_(*_ORDER) < wanted.after) if wanted.after else query
        parts.append(select(query.subquery()))
    keys = union(*parts).subquery()
    order = [keys.c[column.name].desc() for column in _ORDER]
    first = select(keys).order_by(*order).limit(wanted.limit + 1).subquery()
    rows = tx.execute(_shown(first)).all()
    names = names_of(tx, (id_ for row in rows for id_ in _people(row)))
    return page(
        rows, wanted, lambda row: _item(row, names), lambda r: (r.raised_at, r.dossier_id, r.seq)
    )


def count_alerts(tx: Connection, scope: AlertScope, actor: Actor) -> list[AlertCount]:
    """Live alerts that nobody took note of, by subject and level.

    Raises `NotPermitted` for the scope of supervisors only.
    """
    chosen = AlertFilter(scope, acknowledged=False)
    keys = _keys(chosen, actor, table.c.subject, table.c.level)
    kind = (keys.c.subject, keys.c.level)
    rows = tx.execute(select(*kind, func.count().label("alerts")).group_by(*kind)).all()
    counts = [AlertCount(Subject(row.subject), Level(row.level), row.alerts) for row in rows]
    return sorted(counts, key=_kind)


def mark_of(tx: Connection, chosen: AlertFilter, actor: Actor) -> str:
    """Something that differs whenever the list of live alerts would; costs those that are live.

    Raises `NotPermitted` for the scope of supervisors only.
    """
    changing = (table.c.told, table.c.holder, table.c.acknowledged_at)
    keys = _keys(replace(chosen, state=AlertState.LIVE), actor, *changing)
    figures = select(
        func.count(),
        func.max(keys.c.raised_at),
        func.count(keys.c.acknowledged_at),
        func.max(keys.c.acknowledged_at),
        *(func.sum(keys.c[name]) for name in ("dossier_id", "seq", "told", "holder")),
    )
    return "/".join(str(figure) for figure in tx.execute(figures).one())


def _keys(chosen: AlertFilter, actor: Actor, *more: ColumnElement[Any]) -> Any:
    """Each alert once, though somebody may be told of it for several reasons."""
    return union(*(select(*_ORDER, *more).where(p) for p in _parts(chosen, actor))).subquery()


def _parts(chosen: AlertFilter, actor: Actor) -> Iterator[ColumnElement[bool]]:
    """Conditions that each walk an index in order."""
    if chosen.scope is AlertScope.AGENCY:
        reached = at_each(table.c.agency, supervised_agencies(actor))
    else:
        reached = told_to(actor)
    states = [True] if chosen.state is AlertState.LIVE else [True, False]
    where = list(_conditions(chosen))
    for part in reached:
        yield from (and_(table.c.live == live, part, *where) for live in states)


def _conditions(chosen: AlertFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.subject is not None:
        yield table.c.subject == chosen.subject
    if chosen.level is not None:
        yield table.c.level == chosen.level
    if chosen.acknowledged is not None:
        noted = table.c.acknowledged_at
        yield noted.is_not(None) if chosen.acknowledged else noted.is_(None)


def _people(row: Any) -> Iterator[int | None]:
    yield from (row.holder, row.acknowledged_by)
    yield int(row.actor) if row.actor else None


def _shown(first: Any) -> Any:
    """The whole of some alerts, by their keys; of those that a person raised, what they said."""
    same = (first.c.dossier_id == table.c.dossier_id) & (first.c.seq == table.c.seq)
    about = (task.c.dossier_id == table.c.dossier_id) & (task.c.place == table.c.place)
    raised = and_(
        event.c.dossier_id == table.c.dossier_id,
        event.c.seq == table.c.seq,
        table.c.subject == Subject.PRESS,
    )
    act = event_payload.c.seq == event.c.caused_by
    said = (event_payload.c.dossier_id == event.c.dossier_id) & act
    return (
        select(
            table, task.c.step, task.c.name.label("step_name"), dossier.c.code,
            dossier.c.owner_name, dossier.c.procedure, procedure.c.name.label("procedure_name"),
            event.c.actor, event_payload.c.body,
        )
        .join(first, same)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .outerjoin(task, about)
        .outerjoin(event, raised)
        .outerjoin(event_payload, said)
        .order_by(*(first.c[column.name].desc() for column in _ORDER))
    )  # fmt: skip


def _item(row: Any, names: dict[int, str]) -> AlertItem:
    same = ("raised_at", "live", "place", "step", "step_name", "procedure", "procedure_name",
            "owner_name", "agency", "unit", "holder", "acknowledged_at",
            "acknowledged_by")  # fmt: skip
    return AlertItem(
        **{name: getattr(row, name) for name in same},
        dossier=row.code,
        alert=row.seq,
        subject=Subject(row.subject),
        level=Level(row.level),
        against=row.due_at,
        rung=Rung(row.told).name.lower(),
        holder_name=names.get(row.holder),
        acknowledged_by_name=names.get(row.acknowledged_by),
        by_name=names.get(int(row.actor)) if row.actor else None,
        note=(row.body or {}).get("note"),
    )


def _kind(count: AlertCount) -> tuple[int, int]:
    return list(Subject).index(count.subject), list(Level).index(count.level)
