"""Alerts become messages in the transaction that raises them, once for each rung and person."""

from dataclasses import replace

import pytest

from engine.model.alert import Level, Rung, Subject
from engine.model.responsible import Recipient
from engine.store.database import Database, pipelined
from engine.store.telling import tell
from tests.clock import FakeClock
from tests.integration.messages.people import address_of, rows
from tests.office import Office
from tests.unit.letters.test_alerts import OVERDUE


@pytest.fixture
def told_to(office: Office) -> list[Recipient]:
    """Two people with an address and one without."""
    people = {name: office.actor(name).id for name in ("office1", "second_office1", "economy1")}
    return [
        Recipient(id_, f"Người dùng {name}", None if name == "economy1" else address_of(name))
        for name, id_ in people.items()
    ]


def test_those_with_an_address_are_written_to(
    database: Database, told_to: list[Recipient], clock: FakeClock
) -> None:
    with database.transaction() as tx:
        tell(tx, told_to, OVERDUE, clock())
    one, two = rows(database)
    assert one["key"] == f"alert:{OVERDUE.code}:9:0:{told_to[0].id}"
    assert one["address"] == address_of("office1")
    assert two["address"] == address_of("second_office1")
    assert one["subject"] == "Quá hạn: hồ sơ H40.30.01-260828-0007"
    assert "Kính gửi Người dùng second_office1,\n" in str(two["body"])
    assert one["next_attempt_at"] == one["created_at"] == clock()
    assert (one["sent_at"], one["attempts"], one["last_error"]) == (None, 0, None)


def test_nobody_twice(database: Database, told_to: list[Recipient], clock: FakeClock) -> None:
    for _ in range(2):
        with database.transaction() as tx:
            tell(tx, told_to, OVERDUE, clock())
            tell(tx, told_to, OVERDUE, clock())
    assert len(rows(database)) == 2
    with database.transaction() as tx:
        tell(tx, told_to, replace(OVERDUE, rung=Rung.UNIT_HEAD), clock())
        tell(tx, told_to, replace(OVERDUE, seq=12), clock())
    assert len(rows(database)) == 6


def test_nothing_without_the_act(
    database: Database, told_to: list[Recipient], clock: FakeClock
) -> None:
    def tell_and_fail() -> None:
        with database.transaction() as tx:
            tell(tx, told_to, OVERDUE, clock())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        tell_and_fail()
    assert rows(database) == []


def test_what_waits_for_the_digest(
    database: Database, told_to: list[Recipient], clock: FakeClock
) -> None:
    with database.transaction() as tx:
        tell(tx, told_to, replace(OVERDUE, level=Level.NEAR_DUE_2), clock())
        tell(tx, told_to, replace(OVERDUE, subject=Subject.CALENDAR, level=Level.NOTICE), clock())
    assert rows(database) == []


def test_among_writes_that_nobody_waits_for(
    database: Database, told_to: list[Recipient], clock: FakeClock
) -> None:
    with database.transaction() as tx, pipelined(tx):
        tell(tx, told_to, OVERDUE, clock())
        tell(tx, told_to, OVERDUE, clock())
    assert len(rows(database)) == 2
