"""What goes wrong around one timer keeps no other waiting, and costs none its only time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from engine.model.event import EventType
from engine.store import dossiers, timers
from engine.store.database import Database
from engine.store.tables import timer
from engine.store.timers import FIRST_BACK_OFF, LEASE, MOST_ERROR
from notifications import tick as ticking
from notifications.tick import tick
from tests.clock import FakeClock
from tests.databases import FURNISHED, PostgresSource
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.integration.scheduler.stepping import Step, hooks
from tests.integration.scheduler.test_failures import Break, break_
from tests.office import Office

__all__ = ["break_"]


@pytest.fixture
def postgres(postgres_source: PostgresSource) -> Iterator[Database]:
    """A furnished database of the kind that several processes share."""
    with postgres_source.fresh(FURNISHED) as database:
        yield database


def last_errors(database: Database) -> list[str]:
    """What is noted about failures."""
    with database.reading() as tx:
        return list(tx.execute(select(timer.c.last_error).where(timer.c.attempts > 0)).scalars())


@pytest.mark.parametrize(
    ("said", "kept"),
    [("a\x00b", "RuntimeError: ab"), ("\ud800", "RuntimeError: ?"), ("a" * 9_999, None)],
    ids=["null", "surrogate", "long"],
)
def test_whatever_an_error_says_can_be_noted(
    office: Office, database: Database, clock: FakeClock, break_: Break, said: str, kept: str | None
) -> None:
    bad, *_ = submit(office, 3)
    break_(bad.code, RuntimeError(said))
    clock.set("2026-07-06 09:00")
    tick(database, clock)
    [noted] = last_errors(database)
    assert noted == kept or (kept is None and len(noted) == MOST_ERROR)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1, 1]


def test_a_failure_that_cannot_be_noted_keeps_nobody_waiting(
    office: Office,
    database: Database,
    clock: FakeClock,
    break_: Break,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, *_ = submit(office, 3)
    clock.set("2026-07-06 09:00")

    def failing(*args: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("đĩa đầy"))

    with monkeypatch.context() as patch:
        patch.setattr(timers, "fail", failing)
        break_(bad.code, RuntimeError("hỏng"))
        tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1, 1]
    monkeypatch.undo()
    clock.advance(LEASE)
    tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1, 1, 1]


def test_a_dossier_that_someone_holds_for_long_keeps_no_other_waiting(
    postgres: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "PATIENCE_MS", 100)
    held, *_ = submit(Office(postgres), 3)
    clock.set("2026-07-06 09:00")
    holding, enough = Event(), Event()

    def hold() -> None:
        with postgres.transaction() as tx:
            dossiers.lock(tx, held.code)
            holding.set()
            enough.wait(30)

    with ThreadPoolExecutor(1) as threads:
        threads.submit(hold)
        assert holding.wait(30)
        tick(postgres, clock)
        assert times_per_dossier(postgres, EventType.TASK_OVERDUE) == [1, 1]
        assert "lock timeout" in last_errors(postgres)[0]
        enough.set()
    clock.advance(FIRST_BACK_OFF)
    tick(postgres, clock)
    assert times_per_dossier(postgres, EventType.TASK_OVERDUE) == [1, 1, 1]


@pytest.mark.parametrize("where", [Step.FIRING, Step.LOCKED, Step.APPLIED])
def test_a_connection_is_lost_in_mid_tick(
    postgres: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, where: Step
) -> None:
    submit(Office(postgres), 5)
    clock.set("2026-07-06 09:00")
    reached = 0

    def reach(step: Step) -> None:
        nonlocal reached
        reached += step is where
        if step is where and reached == 3:
            _cut_all(postgres)

    with monkeypatch.context() as patch:
        for module, name, hook in hooks(reach):
            patch.setattr(module, name, hook)
        tick(postgres, clock)
    assert times_per_dossier(postgres, EventType.TASK_OVERDUE) == [1] * 4
    clock.advance(FIRST_BACK_OFF)
    tick(postgres, clock)
    assert times_per_dossier(postgres, EventType.TASK_OVERDUE) == [1] * 5


def _cut_all(database: Database) -> None:
    """End every connection but this one."""
    other = Database(database.engine.url)
    ending = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with other.transaction() as tx:
        tx.execute(text(ending))
    other.close()


def test_a_database_that_is_gone_ends_the_tick_and_nothing_else(
    office: Office, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(office, 3)
    clock.set("2026-07-06 09:00")

    def gone(*args: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    with monkeypatch.context() as patch:
        patch.setattr(timers, "fail", gone)
        patch.setattr(ticking, "fire_timer", gone)
        assert tick(database, clock).failed == 3
        patch.setattr(timers, "claim", gone)
        with pytest.raises(OperationalError):
            tick(database, clock)
    clock.advance(LEASE)
    tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * 3
