"""A scheduler writes down that it ticks; whoever asks learns when none does."""

import time
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from engine.queries.timers import Punctuality, punctuality
from engine.store import heartbeats
from engine.store.database import Database
from engine.store.tables import scheduler
from engine.store.timers import MAX_ATTEMPTS
from notifications import scheduler as scheduling
from notifications.metrics import SchedulerMetrics
from notifications.nightly import SCHEDULERS_KEPT, nightly
from notifications.scheduler import Scheduler
from tests.api.lives import fail_timer
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit
from tests.integration.scheduler.test_failures import Break, break_
from tests.office import Office

__all__ = ["break_"]


def asked(database: Database, clock: FakeClock) -> Punctuality:
    """How the schedulers are doing."""
    with database.reading() as tx:
        return punctuality(tx, clock())


def test_each_scheduler_has_a_row_of_its_own(database: Database, clock: FakeClock) -> None:
    assert asked(database, clock) == Punctuality(0, 0.0, 0, 0, None)
    for _ in range(2):
        Scheduler(database, clock).tick()
        clock.advance(seconds=7)
    assert asked(database, clock).silence == 7.0
    with database.reading() as tx:
        assert len(tx.execute(select(scheduler)).all()) == 2


def test_it_is_written_now_and_then_only(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Scheduler(database, clock)
    ours.tick()
    clock.advance(seconds=3)
    ours.tick()
    assert asked(database, clock).silence == 3.0
    later = time.monotonic() + scheduling.BEAT_SECONDS
    monkeypatch.setattr(scheduling, "monotonic", lambda: later)
    ours.tick()
    assert asked(database, clock).silence == 0.0


def test_a_sign_from_a_clock_that_was_ahead_tells_nothing(
    database: Database, clock: FakeClock
) -> None:
    with database.transaction() as tx:
        heartbeats.beat(tx, "right", clock(), clock())
        heartbeats.beat(tx, "wrong", clock(), clock() + timedelta(hours=1))
    clock.advance(minutes=5)
    assert asked(database, clock).silence == 300.0


def test_rows_of_processes_long_gone_are_dropped(database: Database, clock: FakeClock) -> None:
    with database.transaction() as tx:
        heartbeats.beat(tx, "gone", clock(), clock() - SCHEDULERS_KEPT - timedelta(seconds=1))
        heartbeats.beat(tx, "alive", clock(), clock())
    nightly(database, clock())
    with database.reading() as tx:
        assert tx.execute(select(scheduler.c.name)).scalars().all() == ["alive"]


def test_the_queue(office: Office, database: Database, clock: FakeClock) -> None:
    dead, waiting, *_ = submit(office, 4)
    fail_timer(database, dead.code, MAX_ATTEMPTS)
    fail_timer(database, waiting.code, 1)
    clock.set("2026-07-06 09:02")
    found = asked(database, clock)
    assert (found.dead, found.waiting_retry) == (1, 1)
    assert found.due >= 2
    assert found.oldest_due >= 120.0


def figure(registry: CollectorRegistry, name: str, **labels: str) -> float:
    """The value of a metric, summed over the labels not given."""
    return sum(
        sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_figures(office: Office, database: Database, clock: FakeClock, break_: Break) -> None:
    bad, *_ = submit(office, 3)
    break_(bad.code, RuntimeError("hỏng"))
    clock.set("2026-07-06 09:00:03")
    metrics = SchedulerMetrics()
    Scheduler(database, clock, metrics=metrics).tick()
    assert figure(metrics.registry, "motcua_timers_total", outcome="failed") == 1
    fired = figure(metrics.registry, "motcua_timers_total", outcome="fired")
    assert fired >= 2
    assert figure(metrics.registry, "motcua_timer_lateness_seconds_count") == fired
    assert figure(metrics.registry, "motcua_timer_lateness_seconds_sum") >= 6.0
    assert figure(metrics.registry, "motcua_tick_seconds_count") == 1
    assert figure(metrics.registry, "motcua_ticks_failed_total") == 0


def test_a_tick_that_failed(database: Database, clock: FakeClock) -> None:
    metrics = SchedulerMetrics()
    ours = Scheduler(database, clock, metrics=metrics)
    with database.transaction() as tx:
        tx.exec_driver_sql("ALTER TABLE timer RENAME TO gone")
    with pytest.raises(Exception, match="timer"):
        ours.tick()
    assert figure(metrics.registry, "motcua_ticks_failed_total") == 1
    assert asked_silence(database, clock) is None


def asked_silence(database: Database, clock: FakeClock) -> object:
    """When any ticked, where there are no timers to ask about."""
    with database.reading() as tx:
        return heartbeats.last_tick(tx, clock())
