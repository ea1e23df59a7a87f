"""Periods of reports as circular 02/2017/TT-VPCP counts them: from the 15th to the 14th.

A month runs from the 15th of the month before, a quarter, half a year and a year from the 15th of
the last month before it. They are written `2026-03`, `2023-Q1`, `2023-H1`, `2023`.
"""

import re
from datetime import date

from engine.errors.reports import ReportPeriodInvalid
from engine.model.report import Period

_FIRST, _LAST = 15, 14
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?P<kind>[QH]?)(?P<number>\d{1,2}))?", re.ASCII)
_MONTHS = {"": 1, "Q": 3, "H": 6}


def period_named(text: str) -> Period:
    """The period that is written so; raises `ReportPeriodInvalid`."""
    found = _WRITTEN.fullmatch(text)
    months = 12 if not found or found["number"] is None else _MONTHS[found["kind"]]
    number = int(found["number"] or 1) if found else 0
    if not found or not 1 <= number <= 12 // months or not int(found["year"]) > 1:
        why = "kỳ viết như 2026-03, 2026-Q1, 2026-H1 hoặc 2026"
        raise ReportPeriodInvalid(start=text, end=text, why=why)
    return _ending(int(found["year"]), number * months, months)


def last_month(today: date) -> Period:
    """The month of reports that ended last."""
    before = today.month - 1 if today.day <= _LAST else today.month
    return _ending(today.year, before, 1)


def month_of(day: date) -> Period:
    """The month of reports that a day is in."""
    return _ending(day.year, day.month + (day.day > _LAST), 1)


def _ending(year: int, month: int, months: int) -> Period:
    """The period of so many months that ends in a month, counted on from January of the year."""
    return Period(_day(year, month - months, _FIRST), _day(year, month, _LAST))


def _day(year: int, month: int, day: int) -> date:
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, day)
