"""Schedulers on PostgreSQL do not wait for each other."""

from engine.commands.course import fire_timer
from engine.store.timers import LEASE
from notifications.tick import TickReport, claim, tick
from tests.clock import FakeClock
from tests.databases import FURNISHED, PostgresSource
from tests.integration.scheduler.lives import submit
from tests.office import Office


def test_what_is_being_fired_is_not_claimed_again(
    postgres_source: PostgresSource, clock: FakeClock
) -> None:
    with postgres_source.fresh(FURNISHED) as database:
        submit(Office(database), 1)
        clock.set("2026-07-06 09:00")
        [ours] = claim(database, clock())
        clock.advance(LEASE)
        with database.transaction() as tx:
            assert fire_timer(tx, ours, clock()) is not None
            assert claim(database, clock()) == []
        assert tick(database, clock) == TickReport()
