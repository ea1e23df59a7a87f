"""What must hold of every dossier after every act, asked of the tables themselves."""

from typing import Any

from sqlalchemy import Connection, select

from engine.life.groups import standing
from engine.life.timers import timers
from engine.model import snapshot
from engine.model.dossier import Dossier, Task, Waiting
from engine.model.event import EventType
from engine.model.standing import Standing
from engine.model.status import ENDED, Status
from engine.store import editions
from engine.store.events import log_of
from engine.store.tables import dossier, dossier_life, task, timer
from engine.store.time_tables import alert
from engine.verification import verify_dossier
from tests.unit.deadlines.moments import is_within_working_time


def check(tx: Connection, code: str) -> Dossier:
    """Raise `AssertionError` unless everything about a dossier fits together; gives it."""
    assert verify_dossier(tx, code) is None
    row = tx.execute(select(dossier).where(dossier.c.code == code)).one()
    query = select(dossier_life.c.life).where(dossier_life.c.dossier_id == row.id)
    kept = snapshot.from_json(tx.execute(query).scalar_one())
    _check_row(row, kept)
    _check_tasks(tx, row.id, kept)
    _check_timers(tx, row.id, kept)
    _check_log(tx, row.id, kept)
    _check_alerts(tx, row.id, kept)
    _check_clocks(tx, kept)
    _check_status(kept)
    return kept


def _check_row(row: Any, kept: Dossier) -> None:
    assert (row.seq, row.status, row.overdue) == (kept.seq, kept.status, kept.overdue)
    assert (row.due_at, row.received_at) == (kept.due_at, kept.received_at)
    assert (row.outcome, row.finished_at) == (kept.outcome, kept.finished_at)
    assert (row.calendar, row.processed_at) == (kept.calendar, kept.processed_at)
    assert row.standing == standing(kept)
    assert row.standing != Standing.PAUSED or kept.pauses


def _check_tasks(tx: Connection, dossier_id: int, kept: Dossier) -> None:
    rows = tx.execute(select(task).where(task.c.dossier_id == dossier_id)).all()
    opened = {row.place: row for row in rows if row.state == "open"}
    assert opened.keys() == kept.tasks.keys()
    for place, row in opened.items():
        held = kept.tasks[place]
        assert (row.step, row.role, row.stage) == (held.step, held.role, held.stage)
        assert (row.agency, row.unit, row.assignee) == (held.agency, held.unit, held.assignee)
        assert (row.due_at, row.overdue) == (held.clock.due_at, held.overdue)
        assert row.rank == (0 if kept.priority else 1)
        assert row.closed_at is None
    for row in rows:
        assert row.state == "open" or row.closed_at >= row.opened_at


def _check_timers(tx: Connection, dossier_id: int, kept: Dossier) -> None:
    rows = tx.execute(select(timer).where(timer.c.dossier_id == dossier_id)).all()
    assert {(row.kind, row.place): row.due_at for row in rows} == timers(kept)


def _check_alerts(tx: Connection, dossier_id: int, kept: Dossier) -> None:
    rows = tx.execute(select(alert).where(alert.c.dossier_id == dossier_id)).all()
    assert {row.seq for row in rows if row.live} == {a.seq for a in kept.alerts if a.live}
    live = [(row.subject, row.place) for row in rows if row.live]
    assert len(live) == len(set(live))


def _check_clocks(tx: Connection, kept: Dossier) -> None:
    calendar = editions.calendar(tx, kept.calendar)
    places: list[Task | Waiting] = [*kept.tasks.values(), *kept.waits.values()]
    clocks = [place.clock for place in places if place.clock]
    clocks += [kept.clock] if kept.clock else []
    now = kept.last_at or kept.submitted_at
    for clock in clocks:
        consumed, remaining = clock.consumed(calendar, now), clock.remaining(calendar, now)
        assert consumed + remaining == clock.budget
        assert is_within_working_time(clock.due_at, calendar)


def _check_log(tx: Connection, dossier_id: int, kept: Dossier) -> None:
    events = [logged.event for logged in log_of(tx, dossier_id)]
    assert [event.seq for event in events] == list(range(1, kept.seq + 1))
    assert events[0].type is EventType.DOSSIER_SUBMITTED
    assert [event.at for event in events] == sorted(event.at for event in events)
    act = 0
    for event in events:
        act = event.seq if event.caused_by is None else act
        assert event.caused_by in (None, act)


def _check_status(kept: Dossier) -> None:
    if kept.outcome is not None:
        assert kept.status is ENDED[kept.outcome]
        assert (kept.tasks, kept.waits, kept.pauses, timers(kept)) == ({}, {}, [], {})
        assert kept.finished_at is not None
        assert kept.finished_at <= (kept.last_at or kept.finished_at)
    else:
        assert kept.status not in ENDED.values()
        assert kept.tasks or kept.waits
        assert kept.finished_at is None
    if kept.status in (Status.SUBMITTED, Status.REFUSED_INTAKE):
        assert kept.received_at is None
    assert (kept.received_at is None) == (kept.clock is None)
    for pause in kept.pauses:
        assert pause.place is None or pause.place in kept.tasks | kept.waits
