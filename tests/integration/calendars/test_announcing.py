"""Who may announce what, and the calendars that come of it."""

from datetime import date, timedelta

import pytest

from engine.commands.calendars import Announce, preview
from engine.deadlines.announcement import Announced
from engine.deadlines.hours import Season
from engine.errors import AgencyUnknown, EngineError, NotPermitted
from engine.errors.calendars import AnnouncementInvalid, AnnouncementUnknown
from engine.queries.calendars import days_of, list_announcements
from engine.queries.paging import Slice
from engine.store import agencies, announcements
from engine.store.database import Database
from tests.clock import START
from tests.integration.calendars.announcing import (
    SOURCE,
    calendar,
    counts,
    digests,
    hours,
    kept,
    made_up,
    normal,
    off,
    say,
    swapped,
)
from tests.office import COMMUNE_1, COMMUNE_2, PROVINCE, Office

STORM = date(2026, 9, 23)
"""A Wednesday."""
SATURDAY = date(2026, 9, 26)


def test_a_storm_closes_one_commune_only(office: Office, database: Database) -> None:
    say(office, off(STORM))
    assert calendar(database, COMMUNE_1).why(STORM) == "Nghỉ tránh bão"
    assert calendar(database, COMMUNE_2).is_working_day(STORM)
    assert calendar(database, PROVINCE).is_working_day(STORM)
    assert calendar(database, None).is_working_day(STORM)


def test_what_a_province_announces_holds_for_all_below_it(
    office: Office, database: Database
) -> None:
    say(office, swapped(STORM, SATURDAY), PROVINCE)
    one, *others = digests(database, (PROVINCE, COMMUNE_1, COMMUNE_2))
    assert others == [one, one]
    assert calendar(database, COMMUNE_2).why(STORM) == "Nghỉ hoán đổi, làm bù ngày 26/09/2026"
    assert calendar(database, COMMUNE_2).why(SATURDAY) == "Làm bù thay ngày 23/09/2026"


def test_what_is_announced_nationally_holds_everywhere(office: Office, database: Database) -> None:
    say(office, off(STORM, "Quốc tang"), None)
    for agency in (None, PROVINCE, COMMUNE_1, COMMUNE_2):
        assert calendar(database, agency).why(STORM) == "Quốc tang"


def test_the_later_announcement_wins_whoever_made_it(office: Office, database: Database) -> None:
    say(office, off(STORM), COMMUNE_1)
    say(office, hours("8:00-12:00"), COMMUNE_1)
    say(office, swapped(STORM, SATURDAY), PROVINCE)
    say(office, hours("7:00-13:00"), None)
    first, second = calendar(database, COMMUNE_1), calendar(database, COMMUNE_2)
    assert first.why(STORM) == "Nghỉ hoán đổi, làm bù ngày 26/09/2026"
    assert first.closing(SATURDAY).hour == second.closing(SATURDAY).hour == 13
    say(office, normal(SATURDAY), COMMUNE_2)
    assert calendar(database, COMMUNE_1).is_working_day(SATURDAY)
    assert not calendar(database, COMMUNE_2).is_working_day(SATURDAY)


def test_a_day_may_become_normal_again(office: Office, database: Database) -> None:
    before = calendar(database)
    say(office, off(STORM))
    say(office, normal(STORM))
    assert calendar(database) == before
    quoc_khanh = date(2026, 9, 2)
    say(office, normal(quoc_khanh))
    assert calendar(database).why(quoc_khanh) == "Ngày làm việc"


def test_hours_hold_from_today_or_from_the_day_named(office: Office, database: Database) -> None:
    say(office, hours("8:00-12:00"), COMMUNE_1)
    say(office, hours("9:00-12:00", date(2026, 8, 1), Season((8, 1), (8, 31))), COMMUNE_1)
    office_hours = calendar(database)
    opening = [
        office_hours.hours_on(day).sessions[0].start.hour
        for day in (
            START.date() - timedelta(days=1),
            START.date(),
            date(2026, 8, 1),
            date(2026, 9, 1),
            date(2027, 8, 31),
        )
    ]
    assert opening == [7, 8, 9, 8, 9]


def test_an_agency_added_later_is_like_its_parent(office: Office, database: Database) -> None:
    say(office, hours("8:00-12:00"), PROVINCE)
    say(office, off(STORM), None)
    say(office, off(STORM + timedelta(days=1)), COMMUNE_1)
    with database.transaction() as tx:
        agencies.add(tx, "H40.30.01.1", "Điểm tiếp nhận", "commune", "A", COMMUNE_1)
        agencies.add(tx, "H99", "Tỉnh khác", "province", "H99")
    parent, child = digests(database, (COMMUNE_1, "H40.30.01.1"))
    assert child == parent
    elsewhere = calendar(database, "H99")
    assert elsewhere == calendar(database, None)
    assert not elsewhere.is_working_day(STORM)
    assert elsewhere.closing(date(2026, 9, 22)).hour == 17
    say(office, off(date(2026, 9, 28)), PROVINCE)
    parent, child = digests(database, (COMMUNE_1, "H40.30.01.1"))
    assert child == parent
    assert not calendar(database, "H40.30.01.1").is_working_day(date(2026, 9, 28))


def test_what_was_announced_is_kept(office: Office, database: Database) -> None:
    id_ = say(office, swapped(STORM, SATURDAY), by="administrator1")
    item = kept(database, id_)
    assert (item.agency, item.source, item.first_day) == (COMMUNE_1, SOURCE, STORM)
    assert item.announced_by == "Người dùng administrator1"
    assert item.announced_at == START
    assert item.settled_at is None
    assert item.moved == 0
    assert [day["date"] for day in item.days] == ["2026-09-23", "2026-09-26"]
    with pytest.raises(AnnouncementUnknown):
        kept(database, id_ + 1)


def test_announcements_are_listed_the_newest_first(office: Office, database: Database) -> None:
    own = say(office, off(STORM), COMMUNE_1)
    other = say(office, off(STORM), COMMUNE_2)
    above = say(office, off(STORM + timedelta(days=1)), PROVINCE)
    everywhere = say(office, off(STORM + timedelta(days=2)), None)
    with database.reading() as tx:
        first = list_announcements(tx, Slice(2))
        second = list_announcements(tx, Slice(2, first.next))
        here = list_announcements(tx, Slice(9), COMMUNE_1)
        with pytest.raises(AgencyUnknown):
            list_announcements(tx, Slice(9), "H00")
    assert [item.id for item in first.items] == [everywhere, above]
    assert [item.id for item in second.items] == [other, own]
    assert [item.id for item in here.items] == [everywhere, above, own]


def test_the_last_announcement_that_holds_somewhere_is_known(
    office: Office, database: Database
) -> None:
    above = say(office, off(STORM), PROVINCE)
    own = say(office, off(STORM + timedelta(days=1)), COMMUNE_1)
    with database.reading() as tx:
        parents = agencies.parents(tx)
        found = [
            announcements.latest(tx, agencies.with_those_above(code, parents))
            for code in (PROVINCE, COMMUNE_1, COMMUNE_2)
        ]
    assert found == [above, own, above]


def test_days_of_a_year(office: Office, database: Database) -> None:
    with database.reading() as tx:
        plain = days_of(tx, 2026, None)
        assert days_of(tx, 2026, COMMUNE_1) == plain
    say(office, off(STORM))
    with database.reading() as tx:
        assert set(days_of(tx, 2026, COMMUNE_1).days_off) - set(plain.days_off) == {STORM}
        assert days_of(tx, 2026, None) == plain
        assert days_of(tx, 2060, None).days_off


def test_a_preview_changes_nothing(office: Office, database: Database) -> None:
    before = counts(database)
    actor = office.actor("administrator")
    with database.reading() as tx:
        seen = preview(tx, Announce(PROVINCE, SOURCE, off(STORM)), actor, START)
    assert (seen.agencies, seen.dossiers) == (3, 0)
    assert seen.calendar["days_off"][STORM.isoformat()] == "Nghỉ tránh bão"
    assert counts(database) == before


MONTH = tuple(date(2026, 10, 1) + timedelta(days=n) for n in range(60))
LONG = Announced(tuple(off(day).days[0] for day in MONTH if day.weekday() < 5 and day.day != 24))


@pytest.mark.parametrize(
    ("announced", "field", "said"),
    [
        (Announced(), "days", "ít nhất"),
        (off(SATURDAY), "days", "Thứ Bảy"),
        (off(date(2026, 9, 2)), "days", "Quốc khánh"),
        (off(date(2046, 1, 1)), "days", "2015–2045"),
        (off(date(2014, 12, 31)), "days", "2015–2045"),
        (off(date.max), "days", "2015–2045"),
        (made_up(STORM), "days", "vốn đã làm việc"),
        (made_up(date(2026, 8, 22)), "days", "vốn đã làm việc"),
        (normal(STORM), "days", "vốn là ngày thường"),
        (normal(SATURDAY), "days", "vốn là ngày thường"),
        (swapped(STORM, STORM), "swaps.makeup_day", "hai lần"),
        (swapped(SATURDAY, STORM), "swaps.day_off", "vốn không làm việc"),
        (swapped(STORM, STORM + timedelta(days=1)), "swaps.makeup_day", "vốn đã làm việc"),
        (Announced((*off(STORM).days, *off(STORM).days)), "days", "hai lần"),
        (hours("8:00-12:00", date(2050, 1, 1)), "hours.0.from", "2015–2045"),
        (LONG, "days", "liền quá 31 ngày"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    office: Office, database: Database, announced: Announced, field: str, said: str
) -> None:
    before = counts(database), digests(database, (PROVINCE, COMMUNE_1, COMMUNE_2))
    with pytest.raises(AnnouncementInvalid) as error:
        say(office, announced)
    assert said in error.value.details["fields"][field][0]
    assert said in error.value.message
    assert (counts(database), digests(database, (PROVINCE, COMMUNE_1, COMMUNE_2))) == before


def test_a_decision_must_be_named(office: Office) -> None:
    with pytest.raises(AnnouncementInvalid) as error:
        say(office, off(STORM), source="  ")
    assert set(error.value.details["fields"]) == {"source"}


@pytest.mark.parametrize(
    ("by", "agency", "expected"),
    [
        ("administrator1", COMMUNE_2, NotPermitted),
        ("administrator1", PROVINCE, NotPermitted),
        ("administrator1", None, NotPermitted),
        ("leader1", COMMUNE_1, NotPermitted),
        ("portal", COMMUNE_1, NotPermitted),
        ("control", None, NotPermitted),
        ("administrator", "H00", AgencyUnknown),
    ],
)
def test_those_who_may_not(
    office: Office, database: Database, by: str, agency: str | None, expected: type[EngineError]
) -> None:
    before = counts(database)
    with pytest.raises(expected):
        say(office, off(STORM), agency, by)
    assert counts(database) == before


def test_nationally_announces_only_who_reaches_every_province(
    office: Office, database: Database
) -> None:
    with database.transaction() as tx:
        agencies.add(tx, "H99", "Tỉnh khác", "province", "H99")
    with pytest.raises(NotPermitted):
        say(office, off(STORM), None)
