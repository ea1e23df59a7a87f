"""What a person's daily digest tells: own tasks, what nobody took, and what one watches over.

Everything is streamed from the database in pages and without a cap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    false,
    func,
    or_,
    select,
)

from bpmn.roles import Role
from engine.deadlines.calendar import local
from engine.letters.digest import Group, Item
from engine.model.actor import Actor, Grant
from engine.model.alert import Subject
from engine.model.standing import Standing
from engine.store import editions
from engine.store.tables import dossier, grant, procedure, task, unit, user
from engine.store.time_tables import alert
from engine.store.visibility import tasks_at_hand, workable_tasks

ROWS_AT_ONCE = 500

SUPERVISORS = frozenset(
    {Role.LEADER, Role.UNIT_HEAD, Role.CENTRE_DIRECTOR, Role.PROCEDURE_CONTROL_OFFICER}
)
_WRITTEN_TO = frozenset(Role) - {Role.AUDITOR, Role.ADMINISTRATOR, Role.PORTAL}
NOBODY = "chưa có người giữ"


@dataclass(frozen=True)
class Reader:
    """Someone who gets a digest when there is something to tell."""

    id: int
    full_name: str
    email: str


def readers(tx: Connection, after: int, limit: int) -> list[Reader]:
    """Active people with an address and work to do or to watch over, by id after one."""
    having = select(grant.c.user_id).where(grant.c.role.in_(_WRITTEN_TO))
    query = (
        select(user.c.id, user.c.full_name, user.c.email)
        .where(user.c.active, user.c.email.is_not(None), user.c.id > after, user.c.id.in_(having))
        .order_by(user.c.id)
        .limit(limit)
    )
    return [Reader(row.id, row.full_name, row.email) for row in tx.execute(query)]


def own(tx: Connection, actor: Actor, now: datetime) -> Iterator[Item]:
    """Tasks that the actor holds and that are pressing, and those that wait for someone."""
    for row in _stream(tx, _TASKS.where(tasks_at_hand(actor))):
        if group := _group(row, now):
            yield _item(tx, row, group, now)
    free = _TASKS.where(task.c.assignee.is_(None), workable_tasks(actor), ~_RESTING)
    for row in _stream(tx, free):
        yield _item(tx, row, Group.UNASSIGNED, now)
    for row in _stream(tx, _MOVED.where(alert.c.holder == actor.id)):
        yield _item(tx, row, Group.CALENDAR, now)


def watched(tx: Connection, actor: Actor, now: datetime) -> Iterator[Item]:
    """Dossiers that the actor answers for as a supervisor, by group, with who holds each."""
    scope = or_(false(), *(_scope(g) for g in actor.grants if g.role in SUPERVISORS))
    tomorrow = local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    running = dossier.c.standing.in_((Standing.ON_TRACK, Standing.NEAR_DUE))
    groups = {
        Group.OVERDUE: _DOSSIERS.where(_in(Standing.OVERDUE)),
        Group.DUE_TODAY: _DOSSIERS.where(running, dossier.c.due_at < tomorrow),
        Group.NEAR_DUE: _DOSSIERS.where(_in(Standing.NEAR_DUE), dossier.c.due_at >= tomorrow),
        Group.PAUSED_OVERDUE: _PAUSED.where(_in(Standing.PAUSED_OVERDUE)),
        Group.INTAKE: _INTAKE,
        Group.UNASSIGNED: _TASKS.where(task.c.assignee.is_(None), ~_RESTING),
        Group.PAUSED: _PAUSED.where(_in(Standing.PAUSED)),
    }
    for group, query in groups.items():
        for row in _stream(tx, query.where(scope)):
            yield _item(tx, row, group, now, _holder(row))


def _scope(given: Grant) -> ColumnElement[bool]:
    """The dossiers that a supervisor answers for."""
    if given.role is Role.CENTRE_DIRECTOR:
        return dossier.c.receiving_agency == given.agency
    if given.role is Role.PROCEDURE_CONTROL_OFFICER:
        return dossier.c.competent_agency.in_(sorted(given.agencies))
    theirs = dossier.c.competent_agency == given.agency
    if given.role is Role.UNIT_HEAD and given.unit is not None:
        return and_(theirs, dossier.c.unit == given.unit)
    return theirs


def _in(standing: Standing) -> ColumnElement[bool]:
    return dossier.c.standing == standing


_STEP_ALERT = exists().where(
    alert.c.dossier_id == task.c.dossier_id,
    alert.c.place == task.c.place,
    alert.c.subject == Subject.STEP,
    alert.c.live,
)
_INTAKE_DUE = (
    select(func.min(alert.c.due_at))
    .where(
        alert.c.dossier_id == dossier.c.id,
        alert.c.subject == Subject.INTAKE,
        alert.c.live,
    )
    .scalar_subquery()
)
# Of these nothing can be done now, or nothing is pressing any more.
_RESTING = dossier.c.standing.in_(
    (Standing.PAUSED, Standing.PAUSED_OVERDUE, Standing.DONE, Standing.DONE_LATE)
)
_COMMON = (
    dossier.c.code,
    dossier.c.standing,
    dossier.c.calendar,
    dossier.c.rulebook,
    dossier.c.pause_reason,
    dossier.c.pause_until,
    procedure.c.name.label("procedure_name"),
)
_TASKS: Select[Any] = (
    select(
        *_COMMON,
        task.c.name.label("step_name"),
        task.c.due_at,
        task.c.overdue,
        dossier.c.due_at.label("dossier_due_at"),
        _STEP_ALERT.label("warned"),
    )
    .join(dossier, dossier.c.id == task.c.dossier_id)
    .join(procedure, procedure.c.code == dossier.c.procedure)
    .where(task.c.state == "open")
    .order_by(task.c.due_at, task.c.dossier_id, task.c.place)
)
_MOVED: Select[Any] = (
    select(*_COMMON, alert.c.due_at)
    .join(dossier, dossier.c.id == alert.c.dossier_id)
    .join(procedure, procedure.c.code == dossier.c.procedure)
    .where(alert.c.live, alert.c.subject == Subject.CALENDAR, alert.c.acknowledged_at.is_(None))
    .order_by(alert.c.due_at, alert.c.dossier_id, alert.c.seq)
)


def _dossiers(due_at: Any) -> Select[Any]:
    return (
        select(
            *_COMMON,
            due_at.label("due_at"),
            user.c.full_name.label("holder_name"),
            unit.c.name.label("unit_name"),
        )
        .join(procedure, procedure.c.code == dossier.c.procedure)
        .outerjoin(user, user.c.id == dossier.c.holder)
        .outerjoin(
            unit, and_(unit.c.agency == dossier.c.competent_agency, unit.c.code == dossier.c.unit)
        )
        .order_by(due_at, dossier.c.id)
    )


_DOSSIERS = _dossiers(dossier.c.due_at)
_PAUSED = _dossiers(dossier.c.pause_until)
_INTAKE = _dossiers(_INTAKE_DUE).where(_in(Standing.INTAKE), _INTAKE_DUE.is_not(None))


def _stream(tx: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from tx.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})


def _group(row: Any, now: datetime) -> Group | None:
    """Where an officer's own task is listed, None if it presses nowhere."""
    if row.standing == Standing.PAUSED_OVERDUE:
        return Group.PAUSED_OVERDUE
    if row.standing in (Standing.PAUSED, Standing.DONE, Standing.DONE_LATE):
        return None
    if row.overdue or row.standing == Standing.OVERDUE:
        return Group.OVERDUE
    if local(_pressing(row)).date() <= local(now).date():
        return Group.DUE_TODAY
    return Group.NEAR_DUE if row.warned or row.standing == Standing.NEAR_DUE else None


def _pressing(row: Any) -> datetime:
    """The due moment of a task that comes first: its own or the dossier's."""
    moments: list[datetime] = [row.due_at, row.dossier_due_at]
    return min(moment for moment in moments if moment)


def _item(
    tx: Connection, row: Any, group: Group, now: datetime, held_by: str | None = None
) -> Item:
    calendar = editions.calendar(tx, row.calendar)
    step_name = getattr(row, "step_name", None)
    due_at = _due_at(row, group)
    return Item(
        group=group,
        code=row.code,
        procedure_name=row.procedure_name,
        due_at=due_at,
        remaining=calendar.working_time(now, due_at) if due_at else None,
        day_length=calendar.day_length(local(now).date()),
        step_name=step_name,
        held_by=held_by,
        pause=_pause(tx, row) if group in (Group.PAUSED, Group.PAUSED_OVERDUE) else None,
    )


def _due_at(row: Any, group: Group) -> datetime | None:
    due_at: datetime | None = row.due_at
    if group is Group.PAUSED_OVERDUE:
        due_at = row.pause_until
    elif group in (Group.OVERDUE, Group.DUE_TODAY, Group.NEAR_DUE) and hasattr(row, "warned"):
        due_at = _pressing(row)
    return due_at


def _pause(tx: Connection, row: Any) -> str | None:
    code: str | None = row.pause_reason
    reason = editions.rulebook(tx, row.rulebook).pauses.get(code or "")
    return reason.name if reason else code


def _holder(row: Any) -> str | None:
    """Who has it; for a task that nobody took that goes without saying."""
    if not hasattr(row, "holder_name"):
        return None
    return row.holder_name or (f"{NOBODY}, {row.unit_name}" if row.unit_name else NOBODY)
