"""Announced days and working hours: what they may say, and the calendar they make of another.

Announcements are laid over the national calendar one after the other; the later wins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.edition import YEARS, Document, hours_document, read_calendar
from engine.deadlines.holidays_vn import made_up_for, swapped_off
from engine.deadlines.hours import Hours

LONGEST_CLOSURE = 31
"""No office may shut for more days on end: nothing received there would ever be due."""

Fault = tuple[str, str]
"""A field and what is wrong with it, in Vietnamese."""


class DayKind(StrEnum):
    """What an announcement makes of a day; NORMAL takes back what was said of it before."""

    OFF = "off"
    MADE_UP = "made_up"
    NORMAL = "normal"


@dataclass(frozen=True)
class AnnouncedDay:
    """One day and why, as people will read it in the explanation of a due date.

    `field` is where it stands in the announcement, for telling what is wrong with it.
    """

    day: date
    kind: DayKind
    why: str
    field: str = "days"


@dataclass(frozen=True)
class Announced:
    """Days and hours that are announced together."""

    days: tuple[AnnouncedDay, ...] = ()
    hours: tuple[Hours, ...] = ()

    @property
    def first_day(self) -> date:
        """The first date that it touches; ValueError when it announces nothing."""
        return min(chain((d.day for d in self.days), (h.since or date.min for h in self.hours)))

    def document(self) -> dict[str, Any]:
        """What is kept of it."""
        days = [{"date": d.day.isoformat(), "kind": d.kind, "why": d.why} for d in self.days]
        return {"days": days, "hours": list(map(hours_document, self.hours))}


def swap(
    day_off: date, makeup_day: date, field: str = "swaps"
) -> tuple[AnnouncedDay, AnnouncedDay]:
    """The two days of a swap, each with the reason that names the other."""
    return (
        AnnouncedDay(day_off, DayKind.OFF, swapped_off(makeup_day), f"{field}.day_off"),
        AnnouncedDay(makeup_day, DayKind.MADE_UP, made_up_for(day_off), f"{field}.makeup_day"),
    )


def compose(calendar: Document, announced: Iterable[Document]) -> dict[str, Any]:
    """The calendar with announcements laid over it, the earliest first."""
    days_off, makeup_days = dict(calendar["days_off"]), dict(calendar["makeup_days"])
    hours = list(calendar["hours"])
    for announcement in announced:
        for day in announcement["days"]:
            days_off.pop(day["date"], None)
            makeup_days.pop(day["date"], None)
            if day["kind"] != DayKind.NORMAL:
                days = days_off if day["kind"] == DayKind.OFF else makeup_days
                days[day["date"]] = day["why"]
        hours += announcement["hours"]
    return {**calendar, "days_off": days_off, "makeup_days": makeup_days, "hours": hours}


def faults(announced: Announced, calendar: WorkingCalendar) -> Iterator[Fault]:
    """What speaks against laying an announcement over this calendar."""
    if not announced.days and not announced.hours:
        yield "days", "Hãy công bố ít nhất một ngày hoặc một giờ làm việc."
    seen: set[date] = set()
    for one in announced.days:
        if one.day in seen:
            yield one.field, f"Ngày {one.day:%d/%m/%Y} được nêu hai lần; mỗi ngày chỉ nêu một lần."
        elif fault := _outside(one.day) or _needless(one, calendar):
            yield one.field, fault
        seen.add(one.day)
    for number, hours in enumerate(announced.hours):
        if hours.since is not None and (fault := _outside(hours.since)):
            yield f"hours.{number}.from", fault


def _outside(day: date) -> str | None:
    if YEARS[0] <= day.year <= YEARS[1]:
        return None
    return f"Ngày {day:%d/%m/%Y} ngoài các năm {YEARS[0]}–{YEARS[1]} của lịch; hãy kiểm tra năm."


def _needless(announced: AnnouncedDay, calendar: WorkingCalendar) -> str | None:
    day = announced.day
    why, working = calendar.why(day), calendar.is_working_day(day)
    if announced.kind is DayKind.OFF and not working:
        return (
            f"Ngày {day:%d/%m/%Y} vốn không làm việc ({why}); hãy bỏ ngày này hoặc chọn ngày khác."
        )
    if announced.kind is DayKind.MADE_UP and working:
        return f"Ngày {day:%d/%m/%Y} vốn đã làm việc ({why}); hãy chọn một ngày nghỉ để làm bù."
    special = day in calendar.days_off or day in calendar.makeup_days
    if announced.kind is DayKind.NORMAL and not special:
        return (
            f"Ngày {day:%d/%m/%Y} vốn là ngày thường ({why}), không có gì để bỏ; hãy xem lại ngày."
        )
    return None


def closed_too_long(calendar: Document, announced: Announced) -> date | None:
    """The first announced day off in a closure that is too long in the composed calendar."""
    composed = read_calendar(calendar)
    for one in announced.days:
        if one.kind is not DayKind.MADE_UP and not composed.is_working_day(one.day):
            first, last = _closure(composed, one.day)
            if (last - first).days >= LONGEST_CLOSURE:
                return one.day
    return None


def _closure(calendar: WorkingCalendar, day: date) -> tuple[date, date]:
    before = after = day
    while not calendar.is_working_day(before) and (day - before).days <= LONGEST_CLOSURE:
        before -= timedelta(days=1)
    while not calendar.is_working_day(after) and (after - day).days <= LONGEST_CLOSURE:
        after += timedelta(days=1)
    return before + timedelta(days=1), after - timedelta(days=1)
