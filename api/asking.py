"""What a query asks of a report."""

from datetime import date, datetime
from typing import Any

from engine.deadlines.calendar import local
from engine.errors.reports import ReportPeriodInvalid, ReportUnknown
from engine.model.report import Kind, Period
from engine.model.report_period import last_month, period_named
from engine.reports.asked import Asked


def kind_named(text: str) -> Kind:
    """The kind of report with this name; raises `ReportUnknown`."""
    if text not in {each.value for each in Kind}:
        raise ReportUnknown(kind=text, known=", ".join(each.value for each in Kind))
    return Kind(text)


def asked(query: dict[str, Any], now: datetime) -> Asked:
    """What is asked for (`AskedIn`); takes its parts out of the query.

    Raises `ReportPeriodInvalid`.
    """
    period = _period(query.pop("first", None), query.pop("last", None), query.pop("period", None))
    narrowed = query.pop("level", None), query.pop("field", None)
    return Asked(query.pop("agency"), period or last_month(local(now).date()), now, *narrowed)


def _period(first: date | None, last: date | None, named: str | None) -> Period | None:
    """None where none was named."""
    if named and not (first or last):
        return period_named(named)
    if first and last and not named:
        return Period(first, last)
    if first or last or named:
        given = {"start": first or named or "…", "end": last or named or "…"}
        raise ReportPeriodInvalid(**given, why="hãy nêu cả ngày đầu và ngày cuối, hoặc tên kỳ")
    return None
