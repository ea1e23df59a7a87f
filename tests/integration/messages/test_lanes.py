"""In a lane one message leaves after another, whatever happens to any of them."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, text

from engine.model.channel import Channel
from engine.store import messages, sending
from engine.store.database import Database
from engine.store.messages import Draft
from engine.store.outbox_tables import message as table
from engine.store.sending import BEHIND, LEASE, Claimed
from tests.clock import FakeClock
from tests.integration.messages.outbox import LETTER
from tests.integration.messages.people import rows


def write(database: Database, clock: FakeClock, channel: Channel, *keys: str) -> None:
    """Messages `a1`, `a2`, `b1` …, of lanes `a`, `b` …."""
    drafts = [Draft(key, channel, "x", LETTER, lane=key[0]) for key in keys]
    with database.transaction() as tx:
        messages.enqueue(tx, drafts, clock())


def claim(database: Database, clock: FakeClock, channel: Channel, batch: int = 9) -> list[Claimed]:
    with database.transaction() as tx:
        return sending.claim(tx, channel, clock(), batch)


def send(database: Database, clock: FakeClock, claimed: list[Claimed]) -> list[str]:
    with database.transaction() as tx:
        assert len(sending.sent(tx, claimed, clock())) == len(claimed)
    return [message.key for message in claimed]


@pytest.mark.parametrize("batch", [1, 2, 9])
def test_one_after_another(database: Database, clock: FakeClock, batch: int) -> None:
    write(database, clock, Channel.PORTAL, "a1", "a2", "b1", "a3")
    write(database, clock, Channel.WEBHOOK, "a4")
    order = []
    while claimed := claim(database, clock, Channel.PORTAL, batch):
        assert len({message.lane for message in claimed}) == len(claimed)
        order += send(database, clock, claimed)
    assert [key for key in order if key[0] == "a"] == ["a1", "a2", "a3"]
    assert len(order) == 4


def test_one_that_waits_keeps_the_rest_waiting(database: Database, clock: FakeClock) -> None:
    write(database, clock, Channel.PORTAL, "a1", "a2", "b1")
    first, _ = claim(database, clock, Channel.PORTAL)
    with database.transaction() as tx:
        sending.fail(tx, first, "503", clock(), timedelta(minutes=30))
    clock.advance(minutes=29)
    assert [message.key for message in claim(database, clock, Channel.PORTAL)] == ["b1"]
    clock.advance(minutes=1)
    assert [message.key for message in claim(database, clock, Channel.PORTAL)] == ["a1"]


def test_a_dead_one_stops_software_but_not_people(database: Database, clock: FakeClock) -> None:
    for channel, after in ((Channel.PORTAL, []), (Channel.SMS, ["s2"])):
        lane = channel.value[0]
        write(database, clock, channel, f"{lane}1", f"{lane}2")
        (first,) = claim(database, clock, channel)
        with database.transaction() as tx:
            sending.give_up(tx, first, "400", clock())
        assert [message.key for message in claim(database, clock, channel)] == after
    with database.transaction() as tx:
        assert sending.withdraw(tx, [rows(database)[0]["id"]], clock()) == 1
    assert [message.key for message in claim(database, clock, Channel.PORTAL)] == ["p2"]


def test_one_that_was_given_up_and_stops_others_is_not_forgotten(
    database: Database, clock: FakeClock
) -> None:
    write(database, clock, Channel.PORTAL, "a1", "a2")
    (first,) = claim(database, clock, Channel.PORTAL)
    with database.transaction() as tx:
        sending.give_up(tx, first, "400", clock())
    clock.advance(days=400)
    with database.transaction() as tx:
        assert messages.forget(tx, clock()) == 0
    assert claim(database, clock, Channel.PORTAL) == []


def test_not_before_its_time(database: Database, clock: FakeClock) -> None:
    late = clock() + timedelta(hours=9)
    draft = Draft("a1", Channel.ZALO, "84912", LETTER, not_before=late, lane="a")
    with database.transaction() as tx:
        messages.enqueue(tx, [draft], clock())
        assert sending.tidy(tx, Channel.ZALO, clock(), "") == 0
    assert claim(database, clock, Channel.ZALO) == []
    clock.set(late)
    assert [message.key for message in claim(database, clock, Channel.ZALO)] == ["a1"]


def test_a_locked_one_is_not_passed(postgres_database: Database, clock: FakeClock) -> None:
    write(postgres_database, clock, Channel.PORTAL, "a1", "b1", "a2", "b2")
    with postgres_database.transaction() as tx:
        (first,) = sending.claim(tx, Channel.PORTAL, clock(), 1)
        others = claim(postgres_database, clock, Channel.PORTAL)
        assert (first.key, [message.key for message in others]) == ("a1", ["b1"])
    send(postgres_database, clock, [first])
    assert [message.key for message in claim(postgres_database, clock, Channel.PORTAL)] == ["a2"]


def test_whoever_is_behind_is_looked_at_once(database: Database, clock: FakeClock) -> None:
    write(database, clock, Channel.PORTAL, *(f"a{number}" for number in range(1, 31)), "b1")
    assert [message.key for message in claim(database, clock, Channel.PORTAL, 2)] == ["a1"]
    assert [message.key for message in claim(database, clock, Channel.PORTAL, 2)] == ["b1"]
    attempts = {row["next_attempt_at"] for row in rows(database)}
    assert attempts == {clock(), clock() + BEHIND}


def test_what_lies_there_costs_nothing(database: Database, clock: FakeClock) -> None:
    settled = [_row(clock, number, sent_at=clock()) for number in range(3000)]
    waiting = [_row(clock, number, next_attempt_at=clock() + LEASE) for number in range(3000, 6000)]
    with database.transaction() as tx:
        tx.execute(insert(table), settled)
        tx.execute(insert(table), waiting)
        tx.execute(text("ANALYZE"))
        for query in (
            sending._due(Channel.PORTAL, clock(), 100),
            sending._behind(Channel.PORTAL, [1, 2]),
        ):
            assert not _reads_all(tx, query)


def _row(clock: FakeClock, number: int, **values: object) -> dict[str, object]:
    said = {"address": "x", "subject": "", "body": "", "path": ""}
    key = {"key": f"k:{number}", "channel": Channel.PORTAL, "lane": f"{number % 100}"}
    return key | said | {"created_at": clock()} | values


def _reads_all(tx: Connection, query: object) -> bool:
    """Whether the database goes through the table, or has to sort what it found there."""
    explain = "EXPLAIN QUERY PLAN " if tx.dialect.name == "sqlite" else "EXPLAIN "
    compiled = query.compile(tx, compile_kwargs={"literal_binds": True})  # type: ignore[attr-defined]
    plan = "\n".join(str(row) for row in tx.execute(text(explain + str(compiled))))
    return any(word in plan for word in ("Seq Scan", "SCAN message", "Sort", "TEMP B-TREE"))
