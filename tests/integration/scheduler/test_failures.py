"""A timer that cannot be fired is tried again, less and less often, and then waits for a person."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from engine.commands.course import fire_timer
from engine.errors import TimerOutdated
from engine.model.dossier import Dossier
from engine.model.event import EventType
from engine.store import timers
from engine.store.database import Database
from engine.store.tables import timer
from engine.store.timers import FIRST_BACK_OFF, MAX_ATTEMPTS, DueTimer
from notifications import tick as ticking
from notifications.tick import TickReport, tick
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.office import Office

Break = Callable[[str, Exception], None]


@pytest.fixture
def break_(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Makes the timers of one dossier fail, in the middle of their transaction."""

    def break_one(code: str, error: Exception) -> None:
        def failing(tx: Connection, due: DueTimer, now: datetime) -> Dossier | None:
            dossier = fire_timer(tx, due, now)
            if due.code == code:
                raise error
            return dossier

        monkeypatch.setattr(ticking, "fire_timer", failing)

    return break_one


def test_one_failure_leaves_no_trace_and_holds_up_nobody(
    office: Office, database: Database, clock: FakeClock, break_: Break
) -> None:
    bad, *_ = submit(office, 3)
    break_(bad.code, RuntimeError("hỏng"))
    clock.set("2026-07-06 09:00")
    report = tick(database, clock)
    assert (report.claimed, report.fired, report.failed) == (3, 2, 1)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1, 1]


def test_attempts_come_less_and_less_often_and_then_end(
    office: Office, database: Database, clock: FakeClock, break_: Break
) -> None:
    [bad] = submit(office)
    break_(bad.code, TimerOutdated(code=bad.code))
    clock.set("2026-07-06 09:00")
    for attempt in range(MAX_ATTEMPTS):
        wait = FIRST_BACK_OFF * 2 ** (attempt - 1) if attempt else timedelta(0)
        clock.advance(wait - timedelta(seconds=1))
        assert tick(database, clock) == TickReport()
        clock.advance(seconds=1)
        assert tick(database, clock).failed == 1
    clock.set("2026-07-08 09:00")
    assert tick(database, clock) == TickReport()
    with database.reading() as tx:
        assert timers.dead_letters(tx) == 1
        said = tx.execute(select(timer.c.last_error).where(timer.c.attempts > 0)).scalar_one()
    assert said == f"TimerOutdated: Hẹn giờ của hồ sơ {bad.code} không còn hiệu lực."


def test_a_later_attempt_may_succeed(
    office: Office,
    database: Database,
    clock: FakeClock,
    break_: Break,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [bad] = submit(office)
    break_(bad.code, RuntimeError("tạm thời"))
    clock.set("2026-07-06 09:00")
    assert tick(database, clock).failed == 1
    monkeypatch.undo()
    clock.advance(FIRST_BACK_OFF)
    assert tick(database, clock) == TickReport(1, 1, 0, 0, FIRST_BACK_OFF)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1]
