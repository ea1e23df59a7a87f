"""Numbers of documents: one sequence a year, book and agency, without doubles or gaps."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from engine.store.books import next_number
from engine.store.database import Database
from tests.office import COMMUNE_1, COMMUNE_2, Office


def take(database: Database, of: str = COMMUNE_1, book: str = "TNHS", year: int = 2026) -> int:
    """One number, in a transaction of its own."""
    with database.transaction() as tx:
        return next_number(tx, of, book, year)


def test_numbers_follow_each_other_in_a_book(office: Office) -> None:
    assert [take(office.database) for _ in range(3)] == [1, 2, 3]


def test_every_agency_book_and_year_begins_with_one(office: Office) -> None:
    take(office.database)
    assert take(office.database, of=COMMUNE_2) == 1
    assert take(office.database, book="PXL") == 1
    assert take(office.database, year=2027) == 1
    assert take(office.database) == 2


def test_a_number_of_a_transaction_that_failed_is_given_again(office: Office) -> None:
    def fail() -> None:
        with office.database.transaction() as tx:
            next_number(tx, COMMUNE_1, "TNHS", 2026)
            raise RuntimeError

    take(office.database)
    with pytest.raises(RuntimeError):
        fail()
    assert take(office.database) == 2


def test_eight_threads_leave_neither_gap_nor_double_though_some_fail(office: Office) -> None:
    def one(turn: int) -> int | None:
        with suppress(_Failed), office.database.transaction() as tx:
            return _fail_sometimes(next_number(tx, COMMUNE_1, "TNHS", 2026), turn)
        return None

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for number in pool.map(one, range(160)) if number]
    assert sorted(numbers) == list(range(1, 129))


class _Failed(Exception):
    pass


def _fail_sometimes(number: int, turn: int) -> int:
    if turn % 5 == 0:
        raise _Failed
    return number
