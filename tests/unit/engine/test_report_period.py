"""Periods run from the 15th to the 14th."""

from datetime import date

import pytest

from engine.errors.reports import ReportPeriodInvalid
from engine.model.report import Period
from engine.model.report_period import last_month, period_named


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2023-Q1", "2022-12-15", "2023-03-14"),  # as a commune reported it
        ("2024-05", "2024-04-15", "2024-05-14"),  # as a province did
        ("2024-01", "2023-12-15", "2024-01-14"),
        ("2024-Q4", "2024-09-15", "2024-12-14"),
        ("2024-H2", "2024-06-15", "2024-12-14"),
        ("2024", "2023-12-15", "2024-12-14"),
    ],
)
def test_a_period_by_its_name(written: str, start: str, end: str) -> None:
    assert period_named(written) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("written", ["", "2024-13", "2024-Q5", "2024-H0", "0001-1", "24-1"])
def test_what_is_no_period(written: str) -> None:
    with pytest.raises(ReportPeriodInvalid):
        period_named(written)


@pytest.mark.parametrize(
    ("today", "end"),
    [("2024-05-14", "2024-04-14"), ("2024-05-15", "2024-05-14"), ("2024-01-02", "2023-12-14")],
)
def test_the_month_that_ended_last(today: str, end: str) -> None:
    assert last_month(date.fromisoformat(today)).end == date.fromisoformat(end)
