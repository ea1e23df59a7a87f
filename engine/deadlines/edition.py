"""A working calendar as a document: what an office keeps, and what its dossiers are pinned to.

The document holds every day off and make-up day of its years, and the working hours, so that
a due date can be computed again for ever, whatever later releases know of the calendar:

    {"years": [2015, 2045], "days_off": {"2026-01-01": "Nghỉ Tết Dương lịch", …},
     "makeup_days": {…}, "hours": [{"sessions": ["07:00-11:30", "13:30-17:00"]}]}
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from engine.deadlines.calendar import Session, WorkingCalendar
from engine.deadlines.holidays_vn import DEFAULT_SESSIONS, days_of_year

YEARS = (2015, 2045)
"""First and last year of an edition; no administrative time limit reaches beyond."""


def standard_document() -> dict[str, Any]:
    """The national calendar with the usual working hours."""
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
        "hours": [{"sessions": [_text(session) for session in DEFAULT_SESSIONS]}],
    }


def read_calendar(document: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar that a document describes; KeyError or ValueError where it is none."""
    sessions = tuple(_session(text) for text in document["hours"][0]["sessions"])
    return WorkingCalendar(sessions, _days(document["days_off"]), _days(document["makeup_days"]))


def _days(raw: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): why for day, why in raw.items()}


def _text(session: Session) -> str:
    return f"{session.start:%H:%M}-{session.end:%H:%M}"


def _session(text: str) -> Session:
    start, end = text.split("-")
    return Session(time.fromisoformat(start), time.fromisoformat(end))
