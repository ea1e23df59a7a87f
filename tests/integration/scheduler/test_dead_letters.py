"""Timers that failed: who sees them, and who may have them tried again."""

from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.timers import RerunTimer, rerun_all_timers, rerun_timer
from engine.errors import EngineError, NotPermitted
from engine.errors.time import TimerUnknown
from engine.model.event import EventType
from engine.queries.paging import Slice
from engine.queries.timers import FailedState, FailedTimer, list_failed_timers
from engine.store.database import Database
from engine.store.tables import timer
from engine.store.timers import MAX_ATTEMPTS
from notifications.tick import tick
from tests.api.lives import fail_timer
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.integration.scheduler.test_failures import Break, break_
from tests.office import Office

__all__ = ["break_"]


def seen(
    office: Office, by: str, state: FailedState | None = None, limit: int = 50
) -> list[FailedTimer]:
    """The failed timers that someone sees on the first page."""
    with office.database.reading() as tx:
        return list_failed_timers(tx, Slice(limit), state, office.actor(by)).items


def rows(database: Database) -> list[dict[str, Any]]:
    """All timers."""
    with database.reading() as tx:
        query = select(timer).order_by(timer.c.dossier_id, timer.c.kind)
        return [dict(row._mapping) for row in tx.execute(query)]


def test_until_death_and_back(
    office: Office,
    database: Database,
    clock: FakeClock,
    break_: Break,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [bad] = submit(office)
    break_(bad.code, RuntimeError("bản vẽ hỏng"))
    clock.set("2026-07-06 09:00")
    for attempt in range(MAX_ATTEMPTS):
        tick(database, clock)
        [found] = seen(office, "administrator1")
        assert (found.attempts, found.failed_at) == (attempt + 1, clock())
        assert found.last_error == "RuntimeError: bản vẽ hỏng"
        dies = attempt + 1 == MAX_ATTEMPTS
        assert found.state is (FailedState.DEAD if dies else FailedState.WAITING_RETRY)
        clock.advance(hours=1)
    monkeypatch.undo()
    tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == []

    before = rows(database)
    command = RerunTimer(bad.code, found.kind, found.place)
    with database.transaction() as tx:
        rerun_timer(tx, command, office.actor("administrator1"), clock())
    changed = {"attempts": 0, "next_attempt_at": clock()}
    assert rows(database) == [row | changed if row["attempts"] else row for row in before]
    assert seen(office, "administrator1") == []
    tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1]


def test_pages_and_states(office: Office, database: Database, clock: FakeClock) -> None:
    dead, waiting, _ = submit(office, 3)
    fail_timer(database, dead.code)
    fail_timer(database, waiting.code, attempts=2)
    for state, codes in (
        (FailedState.DEAD, [dead.code]),
        (FailedState.WAITING_RETRY, [waiting.code]),
        (None, [dead.code, waiting.code]),
    ):
        assert [each.dossier for each in seen(office, "administrator", state)] == codes
    with database.reading() as tx:
        actor = office.actor("administrator")
        first = list_failed_timers(tx, Slice(1), None, actor)
        second = list_failed_timers(tx, Slice(1, first.next), None, actor)
    assert [each.dossier for each in first.items + second.items] == [dead.code, waiting.code]
    assert second.next is None


@pytest.mark.parametrize(
    ("by", "error"), [("leader1", NotPermitted), ("administrator2", TimerUnknown)]
)
def test_whoever_may_not(
    office: Office, database: Database, clock: FakeClock, by: str, error: type[EngineError]
) -> None:
    [bad] = submit(office)
    command = RerunTimer(*fail_timer(database, bad.code))
    before = rows(database)
    actor = office.actor(by)
    with pytest.raises(error), database.transaction() as tx:
        rerun_timer(tx, command, actor, clock())
    if error is TimerUnknown:
        assert seen(office, by) == []
        with database.transaction() as tx:
            assert rerun_all_timers(tx, actor, clock()) == 0
    else:
        with pytest.raises(error):
            seen(office, by)
        with pytest.raises(error), database.transaction() as tx:
            rerun_all_timers(tx, actor, clock())
    assert rows(database) == before


def test_a_timer_that_is_well_is_left_alone(
    office: Office, database: Database, clock: FakeClock
) -> None:
    well, bad = submit(office, 2)
    _, kind, place = fail_timer(database, bad.code)
    actor = office.actor("administrator1")
    for command in (
        RerunTimer(well.code, kind, place),
        RerunTimer(bad.code, "lapse", place),
        RerunTimer(bad.code, kind, 99),
        RerunTimer("H40-1", kind, place),
    ):
        with pytest.raises(TimerUnknown), database.transaction() as tx:
            rerun_timer(tx, command, actor, clock())
    with database.transaction() as tx:
        assert rerun_all_timers(tx, actor, clock()) == 1
        assert rerun_all_timers(tx, actor, clock()) == 0
