"""What `motcua migrate` does when a release knows more of the calendar or ships newer rules."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.commands.calendars import UPGRADE, renew
from engine.deadlines.edition import standard_document
from engine.life.rulebook import standard_rulebook
from engine.store import composing, editions
from engine.store.database import Database
from engine.store.editions import EditionKind
from engine.store.tables import agency
from engine.store.time_tables import announcement
from notifications.recalendar import recalendar
from tests.clock import START, FakeClock
from tests.integration.calendars.announcing import calendar, counts, digests, kept, off, say
from tests.integration.scheduler.lives import submit
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office

ALL = (PROVINCE, COMMUNE_1, COMMUNE_2)
NEW_DAY = date(2026, 7, 8)


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that knows of one more day off, and has another rulebook."""
    known = standard_document()
    newer = {**known, "days_off": {**known["days_off"], NEW_DAY.isoformat(): "Nghỉ lễ mới"}}
    for module in (composing, editions):
        monkeypatch.setattr(module, "standard_document", lambda: newer)
    rules = {**standard_rulebook(), "edition": "newer"}
    monkeypatch.setattr(editions, "standard_rulebook", lambda: rules)


def run(database: Database) -> int | None:
    """Renew."""
    with database.transaction() as tx:
        return renew(tx, START)


def rulebooks(database: Database) -> list[str]:
    """Rulebooks in force."""
    with database.reading() as tx:
        return [editions.in_force(tx, code).rulebook for code in ALL]


def test_the_same_release_changes_nothing(office: Office, database: Database) -> None:
    say(office, off(date(2026, 9, 23)), COMMUNE_1)
    before = counts(database), digests(database, ALL), rulebooks(database)
    assert run(database) is None
    assert (counts(database), digests(database, ALL), rulebooks(database)) == before


@pytest.mark.usefixtures("release")
def test_newer_national_days_are_announced(
    office: Office, database: Database, clock: FakeClock
) -> None:
    submit(office, 2)
    own = date(2026, 9, 23)
    say(office, off(own), COMMUNE_1)
    recalendar(database, clock)
    id_ = run(database)
    assert id_ is not None
    item = kept(database, id_)
    assert (item.agency, item.source, item.first_day) == (None, UPGRADE, NEW_DAY)
    assert item.announced_by is None
    for code in ALL:
        assert calendar(database, code).why(NEW_DAY) == "Nghỉ lễ mới"
    assert not calendar(database, COMMUNE_1).is_working_day(own)
    assert calendar(database, COMMUNE_2).is_working_day(own)
    assert recalendar(database, clock).moved == 2
    assert run(database) is None


@pytest.mark.usefixtures("release")
def test_shipped_rulebooks_are_replaced_and_own_ones_are_not(
    office: Office, database: Database
) -> None:
    with database.transaction() as tx:
        own = editions.put(tx, EditionKind.RULEBOOK, {**standard_rulebook(), "edition": "own"})
        editions.point(tx, COMMUNE_2, EditionKind.RULEBOOK, own)
        tx.execute(update(agency).where(agency.c.code == COMMUNE_1).values(rulebook=None))
    run(database)
    with database.transaction() as tx:
        newest = editions.shipped_rulebook(tx)
    assert rulebooks(database) == [newest, newest, own]


def test_an_agency_without_a_calendar_gets_one(office: Office, database: Database) -> None:
    before = digests(database, ALL)
    with database.transaction() as tx:
        tx.execute(update(agency).values(calendar=None, rulebook=None))
    assert run(database) is None
    assert digests(database, ALL) == before
    with database.reading() as tx:
        assert tx.execute(select(announcement)).all() == []


def test_an_edition_shipped_later_counts_as_shipped(office: Office, database: Database) -> None:
    document: dict[str, Any] = {**standard_rulebook(), "edition": "found elsewhere first"}
    with database.transaction() as tx:
        digest = editions.put(tx, EditionKind.RULEBOOK, document)
        assert editions.put(tx, EditionKind.RULEBOOK, document, shipped=True) == digest
        editions.put(tx, EditionKind.RULEBOOK, document)
        editions.point(tx, COMMUNE_1, EditionKind.RULEBOOK, digest)
        assert editions.outdated(tx) == [COMMUNE_1]
