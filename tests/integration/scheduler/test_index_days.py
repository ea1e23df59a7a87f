"""The points of index 766 are kept once a day for each agency, whatever happens to another."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from engine.model.report import Period
from engine.reports.asked import Asked
from engine.reports.service_index import index_day
from engine.store.database import Database
from engine.store.index_tables import index_day as table
from notifications import index_days
from notifications.index_days import keep_index
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import COMMUNE_1, COMMUNE_2, Office

EVENING = date(2026, 7, 6)


@pytest.fixture
def lives(office: Office, clock: FakeClock) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock)


def kept(database: Database) -> dict[str, Any]:
    """What was kept last, by agency."""
    with database.reading() as tx:
        return {row.agency: row for row in tx.execute(select(table).order_by(table.c.day))}


def test_once_a_day_at_night(database: Database, lives: Lives, clock: FakeClock) -> None:
    lives.accepted()
    clock.set("2026-07-07 01:59")
    assert keep_index(database, clock) is None
    clock.set("2026-07-07 02:00")
    number = keep_index(database, clock)
    assert number == len(kept(database)) > 2
    assert keep_index(database, clock) is None
    here = kept(database)[COMMUNE_1]
    assert (here.day, here.since, here.counted_at) == (EVENING, date(2026, 6, 15), clock())
    with database.reading() as tx:
        asked = Asked(COMMUNE_1, Period(here.since, here.day), clock())
        assert index_day(tx, asked).groups == here.groups
    assert here.points == sum(here.groups.values())
    clock.set("2026-07-15 23:00")
    keep_index(database, clock)
    assert kept(database)[COMMUNE_1].since == date(2026, 6, 15)
    clock.set("2026-07-16 02:00")
    keep_index(database, clock)
    assert kept(database)[COMMUNE_1].since == date(2026, 7, 15)


def test_one_that_fails_and_one_that_is_told_to_stop(
    database: Database, lives: Lives, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who goes on counts those that are lacking, and leaves the others as they are."""
    lives.accepted()

    def broken(tx: Connection, asked: Asked) -> Any:
        if asked.agency == COMMUNE_1:
            raise RuntimeError("broken")
        return index_day(tx, asked)

    monkeypatch.setattr(index_days, "index_day", broken)
    clock.set("2026-07-07 03:00")
    assert keep_index(database, clock, go_on=lambda: False) == 0
    assert keep_index(database, clock) == len(kept(database))
    assert COMMUNE_2 in kept(database)
    assert COMMUNE_1 not in kept(database)
