"""A year of working days, as a page draws it."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.deadlines.calendar import WorkingCalendar


@dataclass(frozen=True)
class YearDay:
    """A day: its look (`work`, `rest`, `off`, `made-up`) and why, where it is out of the way."""

    day: date
    look: str
    why: str


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday; None where a week is part of another month."""

    number: int
    weeks: tuple[tuple[YearDay | None, ...], ...]


def months(calendar: WorkingCalendar, year: int) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def exceptions(calendar: WorkingCalendar, year: int) -> Iterator[YearDay]:
    """The days off and made up of a year, in order."""
    for month in months(calendar, year):
        for week in month.weeks:
            yield from (one for one in week if one and one.why)


def _month(calendar: WorkingCalendar, year: int, number: int) -> Month:
    weeks = Calendar().monthdatescalendar(year, number)
    return Month(
        number,
        tuple(
            tuple(_day(calendar, day) if day.month == number else None for day in week)
            for week in weeks
        ),
    )


def _day(calendar: WorkingCalendar, day: date) -> YearDay:
    if why := calendar.makeup_days.get(day):
        return YearDay(day, "made-up", why)
    if why := calendar.days_off.get(day):
        return YearDay(day, "off", why)
    return YearDay(day, "rest" if day.weekday() >= 5 else "work", "")
