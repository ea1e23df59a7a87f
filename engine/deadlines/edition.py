"""A working calendar as a document: what an office keeps, and what its dossiers are pinned to.

The document holds every day off and make-up day of its years, and the working hours, so that
a due date can be computed again for ever, whatever later releases know of the calendar:

    {"years": [2015, 2045], "days_off": {"2026-01-01": "Nghỉ Tết Dương lịch", …},
     "makeup_days": {…},
     "hours": [{"sessions": ["07:00-11:30", "13:30-17:00"]},
               {"sessions": ["07:30-11:30", "13:00-17:00"], "from": "2026-10-16",
                "season": ["10-16", "04-15"]}]}

Of `hours` the last that apply to a day are those of the day.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.holidays_vn import DEFAULT_SESSIONS, days_of_year
from engine.deadlines.hours import Hours, Season, read_session

YEARS = (2015, 2045)
"""First and last year of an edition; no administrative time limit reaches beyond."""

Document = Mapping[str, Any]


@cache
def standard_document() -> Document:
    """The national calendar as this release knows it, with the usual working hours."""
    days_off: dict[str, str] = {}
    makeup_days: dict[str, str] = {}
    for year in range(YEARS[0], YEARS[1] + 1):
        days = days_of_year(year)
        days_off |= {day.isoformat(): why for day, why in days.days_off.items()}
        makeup_days |= {day.isoformat(): why for day, why in days.makeup_days.items()}
    return {
        "years": list(YEARS),
        "days_off": days_off,
        "makeup_days": makeup_days,
        "hours": [hours_document(Hours(DEFAULT_SESSIONS))],
    }


def read_calendar(document: Document) -> WorkingCalendar:
    """The calendar that a document describes; KeyError or ValueError where it is none."""
    hours = tuple(map(read_hours, document["hours"]))
    return WorkingCalendar(hours, _days(document["days_off"]), _days(document["makeup_days"]))


def hours_document(hours: Hours) -> dict[str, Any]:
    """Working hours as the document has them."""
    document: dict[str, Any] = {"sessions": [str(session) for session in hours.sessions]}
    if hours.since is not None:
        document["from"] = hours.since.isoformat()
    if hours.season is not None:
        document["season"] = [_month_day(hours.season.first), _month_day(hours.season.last)]
    return document


def read_hours(document: Document) -> Hours:
    """Working hours out of a document; KeyError or ValueError where they are none."""
    since, season = document.get("from"), document.get("season")
    return Hours(
        tuple(map(read_session, document["sessions"])),
        date.fromisoformat(since) if since else None,
        Season.read(*season) if season else None,
    )


def first_difference(before: Document, after: Document) -> date | None:
    """The first date about which two calendars say different things; None if there is none."""
    days = {
        day
        for kind in ("days_off", "makeup_days")
        for day, _ in before[kind].items() ^ after[kind].items()
    }
    changed = [hours for hours in before["hours"] if hours not in after["hours"]]
    changed += [hours for hours in after["hours"] if hours not in before["hours"]]
    days |= {hours.get("from", f"{before['years'][0]}-01-01") for hours in changed}
    return min(map(date.fromisoformat, days), default=None)


def _days(raw: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): why for day, why in raw.items()}


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"
