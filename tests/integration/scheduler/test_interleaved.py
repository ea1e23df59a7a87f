"""Two schedulers on PostgreSQL, their steps in every order, while the clock jumps."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import func, select

from engine.model.event import EventType
from engine.store.database import Database
from engine.store.tables import timer
from engine.store.timers import LEASE, SKEW
from engine.verification import all_codes, verify_dossier
from notifications.tick import tick
from tests.clock import FakeClock
from tests.databases import FURNISHED, PostgresSource
from tests.integration.scheduler.lives import submit, times_per_dossier
from tests.integration.scheduler.stepping import Step, Stepped, finish, steps
from tests.office import Office

HOUR = timedelta(hours=1)
MOVES = 4
"""What matters of a shot: claimed, firing, locked, applied. After that, all is committed."""

ORDERS = [
    "".join("a" if number in first else "b" for number in range(2 * MOVES))
    for first in combinations(range(2 * MOVES), MOVES)
]


@pytest.fixture
def database(postgres_source: PostgresSource) -> Iterator[Database]:
    """Of the kind that several schedulers may share; its schedulers stop at every step."""
    with postgres_source.fresh(FURNISHED) as database, steps():
        yield database


@pytest.fixture
def clock() -> FakeClock:
    """It is ten o'clock; what was handed in at eight has been due since nine."""
    clock = FakeClock()
    clock.set("2026-07-06 10:00")
    return clock


def assert_each_fired_once(database: Database, clock: FakeClock, count: int) -> None:
    """Whatever happened: a while later all is done, once, and the logs hold."""
    clock.set("2026-07-06 11:00")
    clock.advance(LEASE + SKEW)
    tick(database, clock)
    assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1] * count
    with database.reading() as tx:
        due = select(func.count()).where(timer.c.due_at <= clock())
        assert tx.execute(due).scalar_one() == 0
        assert [verify_dossier(tx, code) for code in all_codes(database)] == [None] * count


@pytest.mark.parametrize("ahead", [timedelta(0), HOUR, -HOUR], ids=["same", "ahead", "behind"])
def test_every_order_of_two_schedulers(
    database: Database, clock: FakeClock, ahead: timedelta
) -> None:
    for order in ORDERS:
        submit(Office(database))
        schedulers = {
            "a": Stepped(database, clock),
            "b": Stepped(database, lambda: clock() + ahead),
        }
        for name in order:
            schedulers[name].advance()
        finish(*schedulers.values())
    assert_each_fired_once(database, clock, len(ORDERS))


Jump = Callable[[FakeClock], None]


def forward(clock: FakeClock) -> None:
    """An hour ahead."""
    clock.advance(HOUR)


def back(clock: FakeClock) -> None:
    """An hour behind."""
    clock.advance(-HOUR)


def unmoved(clock: FakeClock) -> None:
    """Right."""


@pytest.mark.parametrize("second", [back, forward, unmoved], ids=lambda jump: jump.__name__)
@pytest.mark.parametrize("first", [forward, back], ids=lambda jump: jump.__name__)
@pytest.mark.parametrize("place", [Step.CLAIMED, Step.FIRING, Step.LOCKED, Step.APPLIED])
def test_the_clock_jumps_at_each_step(
    database: Database, clock: FakeClock, place: Step, first: Jump, second: Jump
) -> None:
    """One stops in mid-batch; the clock jumps, another ticks, the clock jumps, the one goes on."""
    submit(Office(database), 3)
    one, other = Stepped(database, clock, batch=3), Stepped(database, clock, batch=2)
    one.advance_to(Step.CLAIMED)
    if place is not Step.CLAIMED:
        one.advance_to(Step.COMMITTED)
        one.advance_to(place)
    first(clock)
    while other.advance():
        pass
    second(clock)
    finish(one, other)
    assert_each_fired_once(database, clock, 3)


@pytest.mark.parametrize("place", list(Step))
def test_it_claimed_while_its_clock_was_ahead(
    database: Database, clock: FakeClock, place: Step
) -> None:
    """A lease from the future keeps nobody waiting once the clock is right again."""
    submit(Office(database), 2)
    wrong = FakeClock()
    wrong.set("2026-07-06 11:00")
    one, other = Stepped(database, wrong), Stepped(database, clock)
    one.advance_to(place)
    wrong.set("2026-07-06 10:00")
    if place in {Step.CLAIMED, Step.FIRING}:
        finish(other)
        assert times_per_dossier(database, EventType.TASK_OVERDUE) == [1, 1]
    finish(one, other)
    assert_each_fired_once(database, clock, 2)
