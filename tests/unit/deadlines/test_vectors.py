"""Due dates worked out by hand, with the calendar of 2026 and hours 7:00-11:30, 13:30-17:00.

Off in 2026: 1 and 2 January (10 January worked), 16-20 February, 27 and 30 April, 1 May,
31 August (22 August worked), 1 and 2 September, 24 November.
"""

import pytest

from bpmn.time_limit import StartRule
from engine.deadlines.due import due
from tests.unit.deadlines.moments import CALENDAR, at, limit

INSTANT, NEXT_DAY = StartRule.INSTANT, StartRule.NEXT_DAY


def check(start: str, text: str, rule: StartRule | None, end: str) -> None:
    assert due(CALENDAR, at(start), limit(text), rule).due_at == at(end)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-07-03 16:00", "2 hours", "2026-07-06 08:00"),
        ("2026-07-06 10:30", "2 hours", "2026-07-06 14:30"),
        ("2026-07-06 11:30", "1 hours", "2026-07-06 14:30"),
        ("2026-07-06 11:29:30", "0.01 hours", "2026-07-06 13:30:06"),
        ("2026-07-06 06:00", "4.5 hours", "2026-07-06 11:30"),
        ("2026-07-06 17:00", "8 hours", "2026-07-07 17:00"),
        ("2026-07-06 16:59:59", "8 hours", "2026-07-07 16:59:59"),
        ("2026-02-13 16:00", "8 hours", "2026-02-23 16:00"),
        ("2026-02-18 10:00", "1 hours", "2026-02-23 08:00"),
        ("2025-12-31 16:30", "1 hours", "2026-01-05 07:30"),
        ("2026-01-09 16:30", "8 hours", "2026-01-10 16:30"),
        ("2026-01-10 09:00", "8 hours", "2026-01-12 09:00"),
        ("2026-08-21 13:30", "4 hours", "2026-08-22 07:30"),
        ("2026-08-23 10:00", "0.5 hours", "2026-08-24 07:30"),
        ("2026-11-23 17:00", "1 hours", "2026-11-25 08:00"),
        ("2028-02-28 16:00", "2 hours", "2028-02-29 08:00"),
        ("2026-07-06 07:00", "40 hours", "2026-07-10 17:00"),
    ],
)
def test_hours_from_the_moment(start: str, text: str, end: str) -> None:
    check(start, text, None, end)
    check(start, text, INSTANT, end)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-08-28 09:00", "4 hours", "2026-09-03 11:00"),
        ("2026-07-06 06:00", "8 hours", "2026-07-07 17:00"),
        ("2026-07-04 10:00", "1 hours", "2026-07-06 08:00"),
        ("2026-01-09 16:00", "5 hours", "2026-01-10 14:00"),
    ],
)
def test_hours_from_the_next_working_day(start: str, text: str, end: str) -> None:
    check(start, text, NEXT_DAY, end)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-04-29 16:59", 1, "2026-05-04"),
        ("2026-01-09 09:00", 1, "2026-01-10"),
        ("2026-01-10 09:00", 1, "2026-01-12"),
        ("2026-08-21 09:00", 1, "2026-08-22"),
        ("2026-08-21 09:00", 2, "2026-08-24"),
        ("2025-12-31 09:00", 1, "2026-01-05"),
        ("2026-05-02 09:00", 1, "2026-05-04"),
        ("2026-02-20 09:00", 1, "2026-02-23"),
        ("2026-02-27 23:59:59", 1, "2026-03-02"),
        ("2026-02-27 00:00", 1, "2026-03-02"),
        ("2026-07-31 09:00", 22, "2026-09-03"),
        ("2028-02-28 09:00", 2, "2028-03-01"),
    ],
)
def test_working_days_from_the_next_day(start: str, number: int, end: str) -> None:
    check(start, f"{number} working_days", NEXT_DAY, f"{end} 17:00")
    check(start, f"{number} working_days", None, f"{end} 17:00")


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-02-13 16:59:59", 1, "2026-02-23 16:59:59"),
        ("2026-02-13 17:00", 1, "2026-02-24 07:00"),
        ("2026-08-22 11:45", 1, "2026-08-24 13:30"),
        ("2026-01-09 09:15", 1, "2026-01-10 09:15"),
        ("2026-04-29 11:30", 1, "2026-05-04 13:30"),
        ("2026-09-02 12:00", 3, "2026-09-08 07:00"),
    ],
)
def test_working_days_from_the_moment(start: str, number: int, end: str) -> None:
    check(start, f"{number} working_days", INSTANT, end)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-01-25 09:00", "20 days", "2026-02-23"),
        ("2026-08-03 09:00", "29 days", "2026-09-03"),
        ("2026-08-07 09:00", "15 days", "2026-08-22"),
        ("2026-10-23 20:00", "32 days", "2026-11-25"),
        ("2025-12-28 09:00", "5 days", "2026-01-05"),
        ("2028-02-14 09:00", "15 days", "2028-02-29"),
        ("2027-02-14 09:00", "15 days", "2027-03-01"),
        ("2026-08-31 09:00", "6 months", "2027-03-01"),
        ("2026-12-31 09:00", "2 months", "2027-03-01"),
        ("2026-01-30 09:00", "1 months", "2026-03-02"),
        ("2026-10-24 09:00", "1 months", "2026-11-25"),
        ("2028-02-29 09:00", "12 months", "2029-02-28"),
        ("2026-01-17 09:00", "1 months", "2026-02-23"),
        ("2026-08-02 09:00", "1 months", "2026-09-03"),
        ("2026-12-10 09:00", "1 months", "2027-01-11"),
    ],
)
@pytest.mark.parametrize("rule", [None, INSTANT, NEXT_DAY])
def test_days_and_months(start: str, text: str, rule: StartRule | None, end: str) -> None:
    check(start, text, rule, f"{end} 17:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-07-07 14:59:59", "2026-07-07"),
        ("2026-07-07 15:00:00", "2026-07-07"),
        ("2026-07-07 15:00:01", "2026-07-08"),
        ("2026-07-07 17:00:00", "2026-07-08"),
        ("2026-07-07 00:00:00", "2026-07-07"),
        ("2026-07-07 23:59:59", "2026-07-08"),
        ("2026-07-10 15:00:01", "2026-07-13"),
        ("2026-07-11 09:00:00", "2026-07-13"),
        ("2026-08-22 10:00:00", "2026-08-22"),
        ("2026-08-22 15:00:01", "2026-08-24"),
        ("2026-09-02 10:00:00", "2026-09-03"),
        ("2026-09-02 16:00:00", "2026-09-03"),
        ("2026-02-13 15:00:01", "2026-02-23"),
        ("2026-11-23 15:30:00", "2026-11-25"),
        ("2025-12-31 16:00:00", "2026-01-05"),
    ],
)
def test_same_day(start: str, end: str) -> None:
    check(start, "same_day", None, f"{end} 17:00")
