"""The task projection: what inboxes read, without ever touching a workflow."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bpmn.roles import Role
from bpmn.steps import Stage
from engine.model.dossier import Dossier, Task
from engine.model.event import Event, EventType
from engine.store import drafts
from engine.store.database import execute_each
from engine.store.tables import dossier as dossiers
from engine.store.tables import task as table

_INSERT = insert(table)
_UPDATE = update(table).where(
    table.c.dossier_id == bindparam("the_dossier"), table.c.place == bindparam("the_place")
)


@dataclass(frozen=True)
class Projection:
    """What of an open task can change while it is open; the step itself, in another version.

    `rank` comes before the due moment: 0 for tasks of prioritised dossiers, else 1.
    """

    step: str
    name: str
    stage: Stage
    role: Role
    agency: str
    unit: str | None
    assignee: int | None
    due_at: datetime
    overdue: bool
    rank: int
    halted: bool


def projections(dossier: Dossier) -> dict[int, Projection]:
    """The open tasks of a dossier as their rows should be."""
    return {place: _projection(dossier, task) for place, task in dossier.tasks.items()}


def save(
    tx: Connection, dossier_id: int, before: dict[int, Projection], dossier: Dossier
) -> dict[int, Projection]:
    """Write the difference between the rows as they were and the dossier; returns the rows now."""
    after = projections(dossier)
    new = [task for place, task in dossier.tasks.items() if place not in before]
    rows = ({"dossier_id": dossier_id, **row_of(dossier, task)} for task in new)
    execute_each(tx, _INSERT, rows)
    for place, projection in after.items():
        if place in before and before[place] != projection:
            _update(tx, dossier_id, place, vars(projection))
    for place in before.keys() - after.keys():
        _update(tx, dossier_id, place, _closing(dossier, place))
        drafts.drop_all(tx, dossier_id, place)
    return after


def _projection(dossier: Dossier, task: Task) -> Projection:
    rank = 0 if dossier.priority else 1
    return Projection(
        step=task.step,
        name=task.name,
        stage=task.stage,
        role=task.role,
        agency=task.agency,
        unit=task.unit,
        assignee=task.assignee,
        due_at=task.clock.due_at,
        overdue=task.overdue,
        rank=rank,
        halted=task.clock.is_halted,
    )


def row_of(dossier: Dossier, task: Task) -> dict[str, Any]:
    """The row that an open task should have, without the dossier's id."""
    return {
        "place": task.place,
        "state": "open",
        "opened_at": task.opened_at,
        "procedure": dossier.procedure,
        "used_at_open": _seconds(task.used_at_open),
        **vars(_projection(dossier, task)),
    }


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())


def _closing(dossier: Dossier, place: int) -> dict[str, Any]:
    closing = next(event for event in dossier.news if _closes(event, place))
    completed = closing.type is EventType.TASK_COMPLETED
    return {
        "state": "completed" if completed else "cancelled",
        "closed_at": closing.at,
        "closed_by": closing.actor,
    }


def _closes(event: Event, place: int) -> bool:
    closing = (EventType.TASK_COMPLETED, EventType.TASK_CANCELLED)
    return event.type in closing and event.data["place"] == place


def _update(tx: Connection, dossier_id: int, place: int, values: dict[str, Any]) -> None:
    tx.execute(_UPDATE, {"the_dossier": dossier_id, "the_place": place, **values})


@dataclass(frozen=True)
class HeldTask:
    """An open task that someone holds."""

    dossier: str
    place: int
    name: str
    agency: str
    unit: str | None
    role: Role
    due_at: datetime


def held_by(tx: Connection, user_id: int, limit: int) -> list[HeldTask]:
    """The open tasks that someone holds, the most urgent first."""
    query = (
        select(
            dossiers.c.code, table.c.place, table.c.name, table.c.agency, table.c.unit,
            table.c.role, table.c.due_at,
        )
        .join(dossiers, dossiers.c.id == table.c.dossier_id)
        .where(table.c.assignee == user_id, table.c.state == "open")
        .order_by(table.c.due_at, table.c.dossier_id, table.c.place)
        .limit(limit)
    )  # fmt: skip
    return [
        HeldTask(row.code, row.place, row.name, row.agency, row.unit, Role(row.role), row.due_at)
        for row in tx.execute(query)
    ]


def completed_by(tx: Connection, code: str, place: int, who: str) -> str | None:
    """The step of a dossier's task that somebody (a key of an actor) completed, if they did."""
    done = (table.c.place == place, table.c.state == "completed", table.c.closed_by == who)
    query = select(table.c.step).join(dossiers, dossiers.c.id == table.c.dossier_id)
    step: str | None = tx.execute(query.where(dossiers.c.code == code, *done)).scalar()
    return step
