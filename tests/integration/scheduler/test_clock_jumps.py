"""What a clock leaves behind that was wrong, and a clock that is put back under a scheduler."""

import threading
import time
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval
from sqlalchemy import select, update

from engine.model.event import EventType
from engine.store import timers
from engine.store.database import Database
from engine.store.tables import event, timer
from engine.store.timers import FIRST_BACK_OFF, LEASE, SKEW
from engine.wallclock import wall_clock
from notifications import steady
from notifications.steady import Every, SteadyJobs
from notifications.tick import Shot, claim, fire, tick
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.office import Office

HOUR = timedelta(hours=1)


@pytest.fixture
def clock(office: Office) -> FakeClock:
    """It is ten; one timer has been due since nine."""
    clock = FakeClock()
    submit(office)
    clock.set("2026-07-06 10:00")
    return clock


def test_a_lease_from_a_clock_that_was_ahead(database: Database, clock: FakeClock) -> None:
    [theirs] = claim(database, clock() + HOUR)
    [ours] = claim(database, clock())
    assert fire(database, theirs, clock()) is Shot.LOST
    assert fire(database, ours, clock()) is Shot.FIRED
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1]


def test_clocks_that_nearly_agree_respect_leases(database: Database, clock: FakeClock) -> None:
    assert len(claim(database, clock() + SKEW)) == 1
    assert claim(database, clock()) == []
    assert claim(database, clock() + LEASE) == []
    assert len(claim(database, clock() + SKEW + LEASE)) == 1


def test_a_back_off_from_a_clock_that_was_ahead(database: Database, clock: FakeClock) -> None:
    [theirs] = claim(database, clock() + HOUR)
    with database.transaction() as tx:
        timers.fail(tx, theirs, "hỏng", clock() + HOUR)
    tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1]


def test_a_back_off_of_the_right_time_is_kept(database: Database, clock: FakeClock) -> None:
    [ours] = claim(database, clock())
    with database.transaction() as tx:
        timers.fail(tx, ours, "hỏng", clock())
    assert claim(database, clock()) == []
    assert claim(database, clock() - SKEW) == []
    assert len(claim(database, clock() + FIRST_BACK_OFF)) == 1


def test_put_back_between_claim_and_firing(database: Database, clock: FakeClock) -> None:
    [ours] = claim(database, clock())
    assert fire(database, ours, clock() - 2 * HOUR) is Shot.FIRED
    with database.reading() as tx:
        at = tx.execute(select(event.c.at).where(event.c.type == EventType.TIMER_FIRED))
        assert at.scalar_one() == ours.due_at


def test_a_timer_that_was_moved_is_claimed_anew(database: Database, clock: FakeClock) -> None:
    [ours] = claim(database, clock())
    later = ours.due_at + timedelta(minutes=30)
    with database.transaction() as tx:
        tx.execute(update(timer).where(timer.c.due_at == ours.due_at).values(due_at=later))
    assert fire(database, ours, clock()) is Shot.LOST
    with database.transaction() as tx:
        timers.fail(tx, ours, "quá chậm", clock())
        assert tx.execute(select(timer.c.attempts).distinct()).scalars().all() == [0]


class Wall(datetime):
    """A wall clock that a test may put forward and back, in the shape that APScheduler asks."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        """What it shows."""
        return (wall_clock() + cls.ahead).astimezone(tz)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> type[Wall]:
    """The clock that everybody here believes in."""
    monkeypatch.setattr(Wall, "ahead", timedelta(0))
    monkeypatch.setattr(steady, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(base, "datetime", Wall)
    monkeypatch.setattr(interval, "datetime", Wall)
    monkeypatch.setattr(steady, "wall_clock", Wall.now)
    return Wall


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
def test_ticks_go_on_when_the_wall_clock_is_put(wall: type[Wall], jump: timedelta) -> None:
    ticked = threading.Semaphore(0)
    jobs = SteadyJobs([Every("tick", ticked.release, 0.05)], [])
    jobs.start()
    try:
        assert ticked.acquire(timeout=10)
        wall.ahead = jump
        time.sleep(0.2)
        for _ in range(5):
            assert ticked.acquire(timeout=10)
    finally:
        jobs.stop()
