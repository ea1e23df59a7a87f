"""A channel that cannot be reached is left alone, and tried with one message at a time."""

from datetime import timedelta

from engine.model.channel import Channel
from engine.model.circuit import LONGEST_PAUSE, SPREAD, CircuitState, pause
from engine.store import breakers
from engine.store.database import Database
from notifications.dispatcher import DispatchReport, claim, dispatch
from tests.clock import FakeClock
from tests.integration.messages.outbox import fill, post
from tests.integration.messages.people import rows
from tests.smtp import Mailroom, serving

DOWN = DispatchReport(unreachable=1)


def state(database: Database, clock: FakeClock) -> CircuitState:
    with database.reading() as tx:
        return breakers.circuit(tx, Channel.MAIL).state(clock())


def test_open_then_tried_with_one_then_closed(
    database: Database, clock: FakeClock, port: int
) -> None:
    fill(database, 4, clock())
    assert dispatch(database, clock, post(port), batch=1) == DOWN
    assert state(database, clock) is CircuitState.OPEN
    assert dispatch(database, clock, post(port)) == DispatchReport()
    for number in range(2, 4):
        clock.advance(minutes=number / 2)
        assert state(database, clock) is CircuitState.HALF_OPEN
        assert dispatch(database, clock, post(port)) == DOWN
    with database.reading() as tx:
        assert breakers.circuits(tx)[Channel.MAIL].trips == 3
        assert breakers.circuits(tx)[Channel.SMS].state(clock()) is CircuitState.CLOSED
    clock.advance(minutes=5)
    with serving(Mailroom(), port):
        assert dispatch(database, clock, post(port)) == DispatchReport(sent=4)
    assert state(database, clock) is CircuitState.CLOSED


def test_of_several_processes_one_tries(database: Database, clock: FakeClock, port: int) -> None:
    fill(database, 3, clock())
    dispatch(database, clock, post(port), batch=1)
    clock.advance(minutes=1)
    assert len(claim(database, clock, Channel.MAIL)) == 1
    assert claim(database, clock, Channel.MAIL) == []
    # It was killed while it tried.
    clock.advance(minutes=5)
    assert len(claim(database, clock, Channel.MAIL)) == 1


def test_a_trial_without_a_message_is_no_trial(
    database: Database, clock: FakeClock, port: int
) -> None:
    fill(database, 1, clock())
    dispatch(database, clock, post(port))
    clock.advance(seconds=30)
    assert claim(database, clock, Channel.MAIL) == []
    clock.advance(minutes=1)
    assert len(claim(database, clock, Channel.MAIL)) == 1


def test_a_server_that_takes_none_of_many_is_down(
    database: Database, clock: FakeClock, mailroom: Mailroom, port: int
) -> None:
    fill(database, 9, clock())
    mailroom.answer = "451 4.3.0 Try later"
    report = dispatch(database, clock, post(port))
    assert report == DispatchReport(postponed=4, unreachable=1, returned=4)
    assert state(database, clock) is CircuitState.OPEN
    assert [row["attempts"] for row in rows(database)] == [1] * 5 + [0] * 4
    clock.advance(minutes=2)
    mailroom.answer = "550 5.7.1 Never"
    assert dispatch(database, clock, post(port)).refused == 9
    assert state(database, clock) is CircuitState.CLOSED


def test_pauses(clock: FakeClock) -> None:
    now, none = clock(), timedelta(0)
    assert timedelta(seconds=10) <= pause(Channel.SMS, 1, none, now) <= timedelta(seconds=14)
    assert LONGEST_PAUSE <= pause(Channel.SMS, 99, none, now) <= LONGEST_PAUSE * SPREAD
    asked = timedelta(minutes=20)
    assert pause(Channel.SMS, 1, asked, now) == asked
    assert pause(Channel.SMS, 1, timedelta(days=9), now) == timedelta(hours=1)
