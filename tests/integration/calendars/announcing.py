"""Short ways to announce things and to see what came of it."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from engine.commands.calendars import Announce, announce
from engine.deadlines.announcement import Announced, AnnouncedDay, DayKind, swap
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.hours import Hours, Season, read_sessions
from engine.queries.calendars import AnnouncementItem, announcement, calendar_of
from engine.store import editions
from engine.store.database import Database
from engine.store.time_tables import announcement as table
from engine.store.time_tables import edition
from tests.clock import START
from tests.office import COMMUNE_1, Office

SOURCE = "Quyết định số 15/QĐ-UBND ngày 05/07/2026"


def off(day: date, why: str = "Nghỉ tránh bão") -> Announced:
    """A single day off."""
    return Announced((AnnouncedDay(day, DayKind.OFF, why),))


def made_up(day: date) -> Announced:
    """A single day worked."""
    return Announced((AnnouncedDay(day, DayKind.MADE_UP, "Làm thêm"),))


def normal(day: date) -> Announced:
    """A day as usual again."""
    return Announced((AnnouncedDay(day, DayKind.NORMAL, "Bão đổi hướng"),))


def swapped(day_off: date, makeup_day: date) -> Announced:
    """A swap."""
    return Announced(swap(day_off, makeup_day))


def hours(sessions: str, since: date | None = None, season: Season | None = None) -> Announced:
    """Working hours."""
    return Announced(hours=(Hours(read_sessions(sessions), since, season),))


def say(
    office: Office,
    announced: Announced,
    agency: str | None = COMMUNE_1,
    by: str = "administrator",
    at: datetime = START,
    source: str = SOURCE,
) -> int:
    """Announce."""
    actor = office.actor(by)
    with office.database.transaction() as tx:
        return announce(tx, Announce(agency, source, announced), actor, at)


def calendar(database: Database, agency: str | None = COMMUNE_1) -> WorkingCalendar:
    """The calendar in force."""
    with database.reading() as tx:
        return calendar_of(tx, agency)


def digests(database: Database, agencies: Iterable[str]) -> list[str]:
    """The editions in force."""
    with database.reading() as tx:
        return [editions.in_force(tx, agency).calendar for agency in agencies]


def kept(database: Database, id_: int) -> AnnouncementItem:
    """An announcement as it is shown."""
    with database.reading() as tx:
        return announcement(tx, id_)


def counts(database: Database) -> tuple[int, int]:
    """How many announcements and editions there are."""
    with database.reading() as tx:
        one, other = (
            tx.execute(select(func.count()).select_from(each)).scalar_one()
            for each in (table, edition)
        )
    return one, other
