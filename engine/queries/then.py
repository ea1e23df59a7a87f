"""A dossier, an inbox and the board as they stood at a moment gone by.

Which dossiers come into question is found by indexes: those that had a task then, or that were not
processed by then. Only these are done again, up to the moment; so what is told is exact.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, union

from engine.errors import NotPermitted, UserUnknown
from engine.errors.accesses import MomentAhead, RecordUnreadable, TooManyThen
from engine.life.groups import standing
from engine.model.actor import Actor, Permission, may_at, may_work
from engine.model.dossier import Dossier, Task
from engine.model.standing import Standing
from engine.model.status import Status
from engine.queries.dossiers import locate, require
from engine.replay import Mismatch, turns
from engine.store import tasks, users
from engine.store.definitions import setting_of
from engine.store.events import log_of
from engine.store.tables import dossier as table
from engine.store.tables import task

MOST = 1_000
"""So many dossiers at most are done again for one answer."""
_DONE = (Standing.DONE, Standing.DONE_LATE)


@dataclass(frozen=True)
class TaskThen:
    """A task as it was open then; `seq` is the last event that its dossier had."""

    dossier: str
    seq: int
    place: int
    step: str
    name: str
    assignee: int | None
    due_at: datetime
    overdue: bool
    halted: bool
    rank: int


@dataclass(frozen=True)
class DossierThen:
    """A dossier after the last act until then."""

    code: str
    seq: int
    status: Status
    standing: Standing
    due_at: datetime | None
    tasks: tuple[TaskThen, ...]


@dataclass(frozen=True)
class BoardThen:
    """How many dossiers that an agency decides on stood in each group and were not done, and
    which; the first due first, those without a due date at the end."""

    total: int
    groups: dict[Standing, int]
    dossiers: tuple[DossierThen, ...]


def gone_by(at: datetime, now: datetime) -> datetime:
    """A moment that is over; raises `MomentAhead`."""
    if at > now:
        raise MomentAhead()
    return at


def dossier_then(tx: Connection, code: str, at: datetime, actor: Actor) -> DossierThen | None:
    """One dossier; None before it was handed in. Raises `DossierUnknown`, `NotPermitted` and
    `RecordUnreadable`."""
    row = locate(tx, code, actor)
    require(row, actor, Permission.DOSSIER_REPLAY, "chạy lại hồ sơ này")
    found = _done_again(tx, row, at)
    if found is None:
        return None
    return _as_it_stood(found)


def inbox_then(
    tx: Connection, agency: str, user: int, at: datetime, actor: Actor
) -> list[TaskThen]:
    """The tasks in an agency that someone had, or that were free for them by the roles which they
    have today; the most urgent first. Raises `NotPermitted`, `TooManyThen`, `RecordUnreadable`."""
    _require_supervisor(actor, agency)
    person = _person(tx, user, at)
    had = select(task.c.dossier_id).where(task.c.agency == agency, task.c.opened_at <= at)
    since = had.where(task.c.state != "open", task.c.closed_at > at)
    wanted = table.c.id.in_(union(had.where(task.c.state == "open"), since))
    found = [
        _task(dossier, each)
        for dossier in _all_done_again(tx, wanted, at)
        for each in dossier.tasks.values()
        if each.agency == agency and _is_theirs(person, user, each)
    ]
    return sorted(found, key=lambda each: (each.rank, each.due_at, each.dossier, each.place))


def board_then(tx: Connection, agency: str, at: datetime, actor: Actor) -> BoardThen:
    """The board of an agency; raises `NotPermitted`, `TooManyThen` and `RecordUnreadable`."""
    _require_supervisor(actor, agency)
    here = (table.c.competent_agency == agency, table.c.submitted_at <= at)
    waiting = select(table.c.id).where(*here, table.c.processed_at.is_(None))
    since = select(table.c.id).where(*here, table.c.standing.in_(_DONE), table.c.processed_at > at)
    found = _all_done_again(tx, table.c.id.in_(union(waiting, since)), at)
    stood = [each for each in map(_as_it_stood, found) if each.standing not in _DONE]
    stood.sort(key=lambda each: (each.due_at is None, each.due_at or at, each.code))
    return BoardThen(len(stood), dict(Counter(each.standing for each in stood)), tuple(stood))


def _require_supervisor(actor: Actor, agency: str) -> None:
    if not may_at(actor, Permission.DOSSIER_SUPERVISE, agency):
        raise NotPermitted(what="giám sát hồ sơ ở đây")


def _person(tx: Connection, user: int, at: datetime) -> Actor | None:
    """Someone with their roles; None where they have left."""
    with suppress(UserUnknown):
        return users.actor_by_id(tx, user, at)
    return None


def _is_theirs(person: Actor | None, user: int, each: Task) -> bool:
    if each.assignee is not None:
        return each.assignee == user
    return person is not None and may_work(person, each)


def _all_done_again(tx: Connection, wanted: ColumnElement[bool], at: datetime) -> Iterator[Dossier]:
    rows = tx.execute(select(table).where(wanted).order_by(table.c.id).limit(MOST + 1)).all()
    if len(rows) > MOST:
        raise TooManyThen(most=MOST)
    return _existing(_done_again(tx, row, at) for row in rows)


def _existing(found: Iterable[Dossier | None]) -> Iterator[Dossier]:
    return (each for each in found if each is not None)


def _done_again(tx: Connection, row: Any, at: datetime) -> Dossier | None:
    """A dossier after the last act until a moment; None before the first."""
    events = [logged.event for logged in log_of(tx, row.id) if logged.event.at <= at]
    try:
        last = deque(turns(events, setting_of(tx, row.version, row.rulebook)), maxlen=1)
    except Mismatch as mismatch:
        raise RecordUnreadable(code=row.code) from mismatch
    return last[0][1] if last else None


def _as_it_stood(found: Dossier) -> DossierThen:
    tasks_then = tuple(_task(found, each) for each in found.tasks.values())
    due_at, stood = found.due_at, standing(found)
    return DossierThen(found.code, found.seq, found.status, stood, due_at, tasks_then)


def _task(dossier: Dossier, each: Task) -> TaskThen:
    row = tasks.row_of(dossier, each)
    names = ("place", "step", "name", "assignee", "due_at", "overdue", "halted", "rank")
    return TaskThen(dossier.code, dossier.seq, **{name: row[name] for name in names})
