"""Two schedulers on one database, their steps in the order that the test wants."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.model.event import EventType
from engine.store import timers
from engine.store.database import Database
from engine.store.timers import LEASE
from notifications.tick import Shot, TickReport, claim, fire, tick
from tests.clock import FakeClock
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.office import Office

THREADS = 2
MANY = 40


@pytest.fixture
def due(office: Office, clock: FakeClock) -> None:
    """Two timers are due now."""
    submit(office, 2)
    clock.set("2026-07-06 09:00")


pytestmark = pytest.mark.usefixtures("due")


def test_what_one_has_claimed_the_other_leaves_alone(database: Database, clock: FakeClock) -> None:
    ours = claim(database, clock(), batch=1)
    theirs = claim(database, clock())
    assert len(ours) == len(theirs) == 1
    assert ours[0].code != theirs[0].code
    assert claim(database, clock()) == []


def test_whoever_lost_the_lease_cannot_fire(database: Database, clock: FakeClock) -> None:
    ours = claim(database, clock())
    clock.advance(LEASE)
    theirs = claim(database, clock())
    assert {each.code for each in ours} == {each.code for each in theirs}
    assert [fire(database, each, clock()) for each in ours] == [Shot.LOST] * 2
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == []
    assert [fire(database, each, clock()) for each in theirs] == [Shot.FIRED] * 2
    assert [fire(database, each, clock()) for each in ours] == [Shot.LOST] * 2
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * 2


def test_a_lease_that_ran_out_unnoticed_may_still_be_used(
    database: Database, clock: FakeClock
) -> None:
    ours = claim(database, clock())
    clock.advance(2 * LEASE)
    assert [fire(database, each, clock()) for each in ours] == [Shot.FIRED] * 2
    assert claim(database, clock()) == []


def test_whoever_lost_the_lease_cannot_put_it_back(database: Database, clock: FakeClock) -> None:
    ours = claim(database, clock())
    clock.advance(LEASE)
    theirs = claim(database, clock())
    with database.transaction() as tx:
        timers.fail(tx, ours[0], "quá chậm", clock())
    assert [fire(database, each, clock()) for each in theirs] == [Shot.FIRED] * 2


def test_both_at_once_fire_everything_once(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, MANY)
    clock.set("2026-07-06 09:00")
    together = Barrier(THREADS)

    def scheduler(_: int) -> TickReport:
        together.wait()
        return tick(database, clock, batch=3)

    with ThreadPoolExecutor(THREADS) as threads:
        reports = list(threads.map(scheduler, range(THREADS)))
    assert sum(report.fired for report in reports) == MANY + 2
    assert sum(report.lost + report.failed for report in reports) == 0
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * (MANY + 2)
