"""Transactions: whole or not at all, one writer after the other, readers undisturbed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from engine.store import agencies
from engine.store.database import Database
from engine.store.tables import code_counter, definition, user
from tests.clock import START

DAY = date(2026, 7, 6)


@pytest.fixture
def counter(database: Database) -> Database:
    """A database with a number to count up."""
    with database.transaction() as tx:
        agencies.add(tx, "H40", "Tỉnh", "province", "H40")
        tx.execute(insert(code_counter).values(agency="H40", day=DAY, last=0))
    return database


def number(database: Database) -> int:
    with database.reading() as tx:
        return int(tx.execute(select(code_counter.c.last)).scalar_one())


def count_up(database: Database) -> None:
    """Read the number, lock it, and write one more."""
    with database.transaction() as tx:
        last = tx.execute(select(code_counter.c.last).with_for_update()).scalar_one()
        tx.execute(update(code_counter).values(last=last + 1))


def test_four_threads_lose_no_update(counter: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: count_up(counter), range(200)))
    assert number(counter) == 200


def test_an_exception_undoes_the_whole_transaction(counter: Database) -> None:
    def fail() -> None:
        with counter.transaction() as tx:
            tx.execute(update(code_counter).values(last=7))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert number(counter) == 0


def test_a_reader_neither_waits_for_a_writer_nor_sees_what_is_unfinished(
    counter: Database,
) -> None:
    with counter.transaction() as tx:
        tx.execute(update(code_counter).values(last=7))
        assert number(counter) == 0
    assert number(counter) == 7


def test_a_reader_keeps_no_writer_waiting(counter: Database) -> None:
    with counter.reading() as tx:
        tx.execute(select(code_counter)).all()
        count_up(counter)
    assert number(counter) == 1


def test_references_are_checked(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as tx:
        agencies.add_unit(tx, "H99", "OFFICE", "Văn phòng")


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(user).values(_user(created_at=START)))
        moment = tx.execute(select(user.c.created_at)).scalar_one()
    assert moment == START
    assert moment.tzinfo is UTC


def test_moments_are_compared_whatever_their_zone(database: Database) -> None:
    later = (START + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-5)))
    with database.transaction() as tx:
        tx.execute(insert(user).values(_user(created_at=START)))
        assert tx.execute(select(user.c.id).where(user.c.created_at < later)).all()
        assert not tx.execute(select(user.c.id).where(user.c.created_at >= later)).all()


def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"), database.transaction() as tx:
        tx.execute(insert(user).values(_user(created_at=datetime(2026, 7, 6, 8))))  # noqa: DTZ001


def _user(**changes: Any) -> dict[str, Any]:
    return {
        "username": "reception1",
        "full_name": "Nguyễn Thị Mười Ư",
        "active": True,
        "created_at": START,
    } | changes


def test_json_keeps_vietnamese_numbers_and_order(database: Database) -> None:
    sources = {"tờ khai": "Đặng Ỷ Vũ ₫", "b": 1, "a": [0.1, None, True, -(2**53)]}
    with database.transaction() as tx:
        tx.execute(
            insert(definition).values(
                digest="d", procedure="9.000001", sources=sources, deployed_at=START
            )
        )
        read = tx.execute(select(definition.c.sources)).scalar_one()
    assert read == sources
    assert list(read) == list(sources)


def test_sqlite_keeps_what_it_acknowledged(sqlite_database: Database) -> None:
    url = sqlite_database.engine.url
    as_in_production = Database(url)
    with as_in_production.reading() as tx:
        assert tx.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert tx.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    as_in_production.close()


def test_a_plain_postgresql_url_means_our_driver() -> None:
    assert Database("postgresql://localhost/x").engine.driver == "psycopg"
