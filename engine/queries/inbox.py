"""The inbox: open tasks read from their projection, never from a workflow.

Each grant is asked on its own, so that each walks its part of an index in order; the first
tasks of all of them together are the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, tuple_, union

from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.actor import Actor
from engine.model.alert import NEAR_DUE, Level, Subject
from engine.queries.inbox_lines import InboxItem, Lines
from engine.queries.paging import Page, Slice, page
from engine.store.tables import dossier, procedure
from engine.store.tables import task as table
from engine.store.time_tables import alert
from engine.store.visibility import workable_tasks

MOST_COUNTED = 1_000
"""A tab that holds more says «more than so many»."""


class View(StrEnum):
    """Whose tasks: those one holds, all of one's role and unit, or those nobody holds yet."""

    MINE = "mine"
    UNIT = "unit"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True)
class InboxFilter:
    """Which of the tasks that are meant for the actor are wanted.

    `near_due`: the limit of the step is running out, as the rulebook warns of it. `paused`: the
    dossier rests.
    """

    view: View = View.UNIT
    role: Role | None = None
    stage: Stage | None = None
    unit: str | None = None
    overdue: bool | None = None
    near_due: bool | None = None
    paused: bool | None = None
    procedure: str | None = None


_ORDER = [table.c.rank, table.c.due_at, table.c.dossier_id, table.c.place]
_COLUMNS = [
    *_ORDER, table.c.step, table.c.name, table.c.stage, table.c.role, table.c.agency,
    table.c.unit, table.c.assignee, table.c.opened_at, table.c.overdue, table.c.halted,
    dossier.c.code, dossier.c.procedure, dossier.c.owner_name, dossier.c.status,
    dossier.c.standing, dossier.c.pause_reason, dossier.c.paused_since, dossier.c.pause_until,
    dossier.c.version, dossier.c.calendar, dossier.c.rulebook, dossier.c.seq, dossier.c.priority,
    dossier.c.ticket, procedure.c.name.label("procedure_name"),
]  # fmt: skip


def list_inbox(
    tx: Connection, wanted: Slice, chosen: InboxFilter, actor: Actor, now: datetime
) -> Page[InboxItem]:
    """Open tasks that the actor may work on: prioritised ones, then the most urgent."""
    parts = [_part(wanted, chosen, one).subquery() for one in _single_grants(actor)]
    if not parts:
        return Page([], None)
    tasks = union(*(select(part) for part in parts)).subquery()
    order = (tasks.c[column.name] for column in _ORDER)
    rows = tx.execute(select(tasks).order_by(*order).limit(wanted.limit + 1)).all()
    lines = Lines(tx, rows, now)
    return page(rows, wanted, lines.item, _key)


def _key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in _ORDER)


def count_inbox(tx: Connection, chosen: InboxFilter, actor: Actor) -> dict[View, int]:
    """How many tasks each view holds, counted to one more than `MOST_COUNTED`."""
    return {view: _count(tx, replace(chosen, view=view), actor) for view in View}


def _count(tx: Connection, chosen: InboxFilter, actor: Actor) -> int:
    keys = [table.c.dossier_id, table.c.place]
    most = MOST_COUNTED + 1
    parts = [
        select(_chosen(select(*keys), chosen, one).limit(most).subquery())
        for one in _single_grants(actor)
    ]
    if not parts:
        return 0
    counted = select(union(*parts).subquery()).limit(most).subquery()
    return int(tx.execute(select(func.count()).select_from(counted)).scalar_one())


def _single_grants(actor: Actor) -> Iterator[Actor]:
    """The actor in each role alone; in one that was lent, also the absent person."""
    for grant in actor.grants:
        yield replace(actor, grants=(grant,))
        if grant.lent_by is not None:
            yield replace(actor, id=grant.lent_by, grants=(grant,))


def _part(wanted: Slice, chosen: InboxFilter, actor: Actor) -> Select[Any]:
    query = _chosen(select(*_COLUMNS), chosen, actor)
    query = query.join_from(table, dossier, dossier.c.id == table.c.dossier_id)
    query = query.join(procedure, procedure.c.code == dossier.c.procedure)
    query = query.order_by(*_ORDER).limit(wanted.limit + 1)
    return query.where(tuple_(*_ORDER) > wanted.after) if wanted.after else query


def _chosen(query: Select[Any], chosen: InboxFilter, actor: Actor) -> Select[Any]:
    conditions = _conditions(chosen, actor)
    return query.where(table.c.state == "open", workable_tasks(actor), *conditions)


def _conditions(chosen: InboxFilter, actor: Actor) -> Iterator[ColumnElement[bool]]:
    if chosen.view is View.MINE:
        yield table.c.assignee == actor.id
    elif chosen.view is View.UNASSIGNED:
        yield table.c.assignee.is_(None)
    for name in ("role", "stage", "unit", "overdue", "procedure"):
        value = getattr(chosen, name)
        if value is not None:
            yield table.c[name] == value
    if chosen.near_due is not None:
        yield _is_near_due() if chosen.near_due else ~_is_near_due()
    if chosen.paused is not None:
        yield _is_paused() if chosen.paused else ~_is_paused()


def _is_paused() -> ColumnElement[bool]:
    resting = dossier.alias("resting")
    return exists().where(resting.c.id == table.c.dossier_id, resting.c.pause_reason.is_not(None))


def _is_near_due() -> ColumnElement[bool]:
    return ~table.c.overdue & exists().where(
        alert.c.dossier_id == table.c.dossier_id,
        alert.c.place == table.c.place,
        alert.c.live,
        alert.c.subject == Subject.STEP,
        alert.c.level.in_([*NEAR_DUE, Level.DUE]),
    )
