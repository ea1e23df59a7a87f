"""Dossier codes: one sequence a day and agency, without doubles or gaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import update

from engine.errors import AgencyUnknown
from engine.store.codes import next_code
from engine.store.database import Database
from engine.store.tables import agency
from tests.office import COMMUNE_1, COMMUNE_2, Office

MONDAY = date(2026, 7, 6)
TUESDAY = date(2026, 7, 7)


def take(database: Database, of: str = COMMUNE_1, day: date = MONDAY) -> str:
    """One code, in a transaction of its own."""
    with database.transaction() as tx:
        return next_code(tx, of, day)


def test_codes_follow_the_pattern_and_each_other(office: Office) -> None:
    assert [take(office.database) for _ in range(2)] == [
        "H40.30.01-260706-0001",
        "H40.30.01-260706-0002",
    ]


def test_every_agency_has_a_sequence_of_its_own(office: Office) -> None:
    take(office.database, COMMUNE_1)
    assert take(office.database, COMMUNE_2) == "H40.30.02-260706-0001"


def test_the_sequence_begins_anew_every_day(office: Office) -> None:
    take(office.database, day=MONDAY)
    assert take(office.database, day=TUESDAY) == "H40.30.01-260707-0001"
    assert take(office.database, day=MONDAY) == "H40.30.01-260706-0002"


def test_a_sequence_may_outgrow_its_four_digits(office: Office) -> None:
    for _ in range(3):
        take(office.database)
    with office.database.transaction() as tx:
        short = "{prefix}-{sequence:01}"
        tx.execute(update(agency).where(agency.c.code == COMMUNE_1).values(code_pattern=short))
    codes = [take(office.database) for _ in range(8)]
    assert codes[-1] == "H40.30.01-11"


def test_an_agency_chooses_its_pattern(office: Office) -> None:
    with office.database.transaction() as tx:
        pattern = "{date:%Y}/{prefix}/{sequence:06}"
        tx.execute(update(agency).where(agency.c.code == COMMUNE_1).values(code_pattern=pattern))
    assert take(office.database) == "2026/H40.30.01/000001"


def test_an_unknown_agency_is_refused(office: Office) -> None:
    with pytest.raises(AgencyUnknown) as refused:
        take(office.database, "H99")
    assert refused.value.details == {"agency": "H99"}


def test_a_code_of_a_transaction_that_failed_is_given_again(office: Office) -> None:
    def fail() -> None:
        with office.database.transaction() as tx:
            next_code(tx, COMMUNE_1, MONDAY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert take(office.database) == "H40.30.01-260706-0001"


def test_eight_threads_never_take_one_code_twice(office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: take(office.database), range(160)))
    assert sorted(codes) == [f"H40.30.01-260706-{n:04}" for n in range(1, 161)]
