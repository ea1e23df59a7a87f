"""The inbox: open tasks read from their projection, never from a workflow.

Each grant is asked on its own, so that each walks its part of an index in order; the first
tasks of all of them together are the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_, union

from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.actor import Actor
from engine.model.status import STATUS_NAMES, Status
from engine.queries.paging import Page, Slice, page
from engine.store.editions import priority_name
from engine.store.tables import dossier
from engine.store.tables import task as table
from engine.store.visibility import workable_tasks


class View(StrEnum):
    """Whose tasks: those one holds, all of one's role and unit, or those nobody holds yet."""

    MINE = "mine"
    UNIT = "unit"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True)
class InboxFilter:
    """Which of the tasks that are meant for the actor are wanted."""

    view: View = View.UNIT
    role: Role | None = None
    stage: Stage | None = None
    overdue: bool | None = None
    procedure: str | None = None


@dataclass(frozen=True)
class InboxItem:
    """An open task with what one needs to know of its dossier."""

    dossier: str
    place: int
    step: str
    name: str
    stage: Stage
    role: Role
    agency: str
    unit: str | None
    assignee: int | None
    opened_at: datetime
    due_at: datetime
    overdue: bool
    procedure: str
    owner_name: str
    status: Status
    status_name: str
    priority: str | None
    priority_name: str | None
    ticket: str | None


_ORDER = [table.c.rank, table.c.due_at, table.c.dossier_id, table.c.place]
_COLUMNS = [
    *_ORDER, table.c.step, table.c.name, table.c.stage, table.c.role, table.c.agency,
    table.c.unit, table.c.assignee, table.c.opened_at, table.c.overdue,
    dossier.c.code, dossier.c.procedure, dossier.c.owner_name, dossier.c.status,
    dossier.c.priority, dossier.c.rulebook, dossier.c.ticket,
]  # fmt: skip


def list_inbox(tx: Connection, wanted: Slice, chosen: InboxFilter, actor: Actor) -> Page[InboxItem]:
    """Open tasks that the actor may work on: prioritised ones, then the most urgent."""
    parts = [_part(wanted, chosen, one).subquery() for one in _single_grants(actor)]
    if not parts:
        return Page([], None)
    tasks = union(*(select(part) for part in parts)).subquery()
    order = (tasks.c[column.name] for column in _ORDER)
    query = select(tasks).order_by(*order).limit(wanted.limit + 1)
    return page(tx.execute(query).all(), wanted, lambda row: _item(tx, row), _key)


def _key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in _ORDER)


def _single_grants(actor: Actor) -> Iterator[Actor]:
    return (replace(actor, grants=(grant,)) for grant in actor.grants)


def _part(wanted: Slice, chosen: InboxFilter, actor: Actor) -> Select[Any]:
    query: Select[Any] = (
        select(*_COLUMNS)
        .join(dossier, dossier.c.id == table.c.dossier_id)
        .where(table.c.state == "open", workable_tasks(actor), *_conditions(chosen, actor))
        .order_by(*_ORDER)
        .limit(wanted.limit + 1)
    )  # fmt: skip
    return query.where(tuple_(*_ORDER) > wanted.after) if wanted.after else query


def _conditions(chosen: InboxFilter, actor: Actor) -> Iterator[ColumnElement[bool]]:
    if chosen.view is View.MINE:
        yield table.c.assignee == actor.id
    elif chosen.view is View.UNASSIGNED:
        yield table.c.assignee.is_(None)
    for name in ("role", "stage", "overdue"):
        value = getattr(chosen, name)
        if value is not None:
            yield table.c[name] == value
    if chosen.procedure is not None:
        yield dossier.c.procedure == chosen.procedure


def _item(tx: Connection, row: Any) -> InboxItem:
    status = Status(row.status)
    return InboxItem(
        dossier=row.code,
        place=row.place,
        step=row.step,
        name=row.name,
        stage=Stage(row.stage),
        role=Role(row.role),
        agency=row.agency,
        unit=row.unit,
        assignee=row.assignee,
        opened_at=row.opened_at,
        due_at=row.due_at,
        overdue=row.overdue,
        procedure=row.procedure,
        owner_name=row.owner_name,
        status=status,
        status_name=STATUS_NAMES[status],
        priority=row.priority,
        priority_name=priority_name(tx, row),
        ticket=row.ticket,
    )
