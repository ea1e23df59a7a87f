"""What one tick does, step by step under a clock that the test moves."""

from datetime import timedelta

from engine.model.event import EventType
from engine.model.status import Status
from engine.store.database import Database
from notifications.tick import TickReport, tick
from tests.clock import FakeClock
from tests.integration.scheduler.lives import (
    count_timers,
    current,
    deploy,
    submit,
    times_per_dossier,
    waiting_procedure,
)
from tests.office import Office

NOTHING = TickReport()


def test_nothing_is_due(office: Office, database: Database, clock: FakeClock) -> None:
    submit(office, 3)
    clock.set("2026-07-06 08:59")
    assert tick(database, clock) == NOTHING


def test_every_due_timer_fires_once(office: Office, database: Database, clock: FakeClock) -> None:
    submit(office, 5)
    clock.set("2026-07-06 09:00:02")
    assert tick(database, clock, batch=2) == TickReport(5, 5, 0, 0, timedelta(seconds=2))
    assert tick(database, clock) == NOTHING
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * 5


def test_a_step_and_then_the_dossier_become_overdue_once_each(
    office: Office, database: Database, clock: FakeClock
) -> None:
    [dossier] = submit(office)
    clock.set("2026-07-06 10:00")
    tick(database, clock)
    assert current(database, dossier.code).overdue is False
    clock.set("2026-07-09 17:00")
    tick(database, clock)
    clock.advance(days=30)
    assert tick(database, clock) == NOTHING
    now = current(database, dossier.code)
    assert now.overdue is True
    assert [task.overdue for task in now.tasks.values()] == [True]
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1]
    assert times_per_dossier(database, EventType.DOSSIER_OVERDUE) == [1]
    assert count_timers(database) == 0


def test_a_clock_that_jumps_forward_and_back_doubles_nothing(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 3)
    clock.set("2026-07-06 09:30")
    assert tick(database, clock).fired == 3
    clock.advance(hours=-1)
    assert tick(database, clock) == NOTHING
    [later] = submit(office, at=clock())
    assert tick(database, clock) == NOTHING
    clock.advance(hours=1)
    assert tick(database, clock).fired == 1
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * 4
    assert current(database, later.code).last_at == clock()


def test_a_wait_lapses_and_the_dossier_goes_on(
    office: Office, database: Database, clock: FakeClock
) -> None:
    deploy(database, waiting_procedure())
    [dossier] = submit(office)
    assert dossier.status is Status.SUSPENDED
    assert dossier.due_at is not None
    clock.set("2026-07-21 16:59")
    assert tick(database, clock) == NOTHING
    clock.set("2026-07-21 17:00")
    assert tick(database, clock).fired == 1
    now = current(database, dossier.code)
    assert now.status is Status.PROCESSING
    assert [task.step for task in now.tasks.values()] == ["appraise"]
    assert now.waits == {}
    assert now.due_at is not None
    assert now.due_at > dossier.due_at
    assert times_per_dossier(database, EventType.TIMER_FIRED) == [1]


def test_it_stops_after_a_batch_when_told_to(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 5)
    clock.set("2026-07-06 09:30")
    assert tick(database, clock, batch=2, go_on=lambda: False).fired == 2
    assert tick(database, clock, batch=2).fired == 3
