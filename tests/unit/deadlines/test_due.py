"""Due dates of every unit and rule, and their explanation."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.time_limit import StartRule, TimeLimit, Unit
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.due import Due, due, ends_at_closing
from engine.deadlines.hours import Hours, Session
from tests.unit.deadlines.moments import (
    CALENDAR,
    at,
    is_within_working_time,
    limit,
    limits,
    moments,
)

INSTANT, NEXT_DAY = StartRule.INSTANT, StartRule.NEXT_DAY
rules = st.sampled_from([None, INSTANT, NEXT_DAY])


def due_at(start: str, text: str, rule: StartRule | None = None) -> datetime:
    return due(CALENDAR, at(start), limit(text), rule).due_at


def lines(result: Due) -> list[str]:
    return [f"{d.date:%d/%m} {'+' if d.counted else '-'} {d.why}" for d in result.days]


# The vectors of the domain study, with the calendar of 2026. Clock times that the study
# leaves open: NEXT_DAY ends at closing.
@pytest.mark.parametrize(
    ("start", "text", "rule", "end"),
    [
        ("2026-02-13 09:00", "1 working_days", None, "2026-02-23 17:00"),
        ("2026-04-24 09:00", "1 working_days", None, "2026-04-28 17:00"),
        ("2026-04-24 09:00", "3 working_days", None, "2026-05-04 17:00"),
        ("2026-01-08 09:00", "3 working_days", None, "2026-01-12 17:00"),
        ("2026-08-28 09:00", "3 working_days", NEXT_DAY, "2026-09-07 17:00"),
        ("2026-11-20 09:00", "2 working_days", None, "2026-11-25 17:00"),
        ("2026-11-23 09:00", "1 working_days", None, "2026-11-25 17:00"),
        ("2026-04-10 09:00", "15 days", None, "2026-04-28 17:00"),
        ("2026-02-01 09:00", "15 days", None, "2026-02-23 17:00"),
        ("2026-07-06 09:32", "8 hours", INSTANT, "2026-07-07 09:32"),
        ("2026-07-06 16:30", "8 hours", None, "2026-07-07 16:30"),
        ("2026-07-04 10:00", "8 hours", None, "2026-07-06 17:00"),
        ("2023-10-27 09:32", "5 working_days", INSTANT, "2023-11-03 09:32"),
        ("2023-10-27 09:32", "5 working_days", NEXT_DAY, "2023-11-03 17:00"),
    ],
)
def test_the_vectors_of_the_domain_study_hold(
    start: str, text: str, rule: StartRule | None, end: str
) -> None:
    assert due_at(start, text, rule) == at(end)


@pytest.mark.parametrize("text", ["1 working_days", "2 working_days", "3 working_days"])
@pytest.mark.parametrize("start", ["2026-02-13 09:00", "2026-04-24 10:10", "2026-08-28 09:00"])
def test_both_rules_name_the_same_day_for_a_start_in_working_hours(start: str, text: str) -> None:
    assert due_at(start, text, INSTANT).date() == due_at(start, text, NEXT_DAY).date()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-07-06 17:30", "2026-07-09 07:00"),
        ("2026-07-06 12:00", "2026-07-08 13:30"),
        ("2026-07-06 05:00", "2026-07-08 07:00"),
        ("2026-07-04 10:00", "2026-07-08 07:00"),
    ],
)
def test_an_instant_start_outside_working_hours_waits_for_the_opening(start: str, end: str) -> None:
    assert due_at(start, "2 working_days", INSTANT) == at(end)


@pytest.mark.parametrize(
    ("start", "text", "rule", "end"),
    [
        ("2026-07-06 09:00", "0.5 working_days", INSTANT, "2026-07-06 15:00"),
        ("2026-07-06 09:00", "0.5 working_days", NEXT_DAY, "2026-07-07 11:00"),
        ("2026-07-06 09:00", "1.5 working_days", NEXT_DAY, "2026-07-08 11:00"),
        ("2026-07-06 09:00", "4 hours", NEXT_DAY, "2026-07-07 11:00"),
        ("2026-07-06 12:00", "0 hours", None, "2026-07-06 13:30"),
    ],
)
def test_parts_of_a_day_are_counted_as_working_time(
    start: str, text: str, rule: StartRule | None, end: str
) -> None:
    assert due_at(start, text, rule) == at(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-07-06 06:00", "2026-07-06 17:00"),
        ("2026-07-06 09:00", "2026-07-06 17:00"),
        ("2026-07-06 12:00", "2026-07-06 17:00"),
        ("2026-07-06 15:00", "2026-07-06 17:00"),
        ("2026-07-06 15:01", "2026-07-07 17:00"),
        ("2026-07-06 20:00", "2026-07-07 17:00"),
        ("2026-07-03 15:30", "2026-07-06 17:00"),
        ("2026-07-04 16:00", "2026-07-06 17:00"),
        ("2026-02-13 16:00", "2026-02-23 17:00"),
    ],
)
def test_same_day_results_are_due_at_closing_and_after_15_hours_on_the_next_working_day(
    start: str, end: str
) -> None:
    assert due_at(start, "same_day") == at(end)


def test_same_day_in_an_office_that_shuts_at_noon_is_the_next_day_after_noon() -> None:
    mornings = WorkingCalendar((Hours((Session(time(7), time(12)),)),), {}, {})
    assert due(mornings, at("2026-07-06 13:00"), limit("same_day")).due_at == at("2026-07-07 12:00")


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-07-06 09:00", "1 months", "2026-08-06 17:00"),
        ("2026-01-31 09:00", "1 months", "2026-03-02 17:00"),  # 28/02 is a Saturday
        ("2027-12-31 09:00", "2 months", "2028-02-29 17:00"),
        ("2026-11-30 09:00", "3 months", "2027-03-01 17:00"),  # 28/02 is a Sunday
        ("2026-07-24 09:00", "4 months", "2026-11-25 17:00"),  # 24/11 is off
        ("2026-07-10 09:00", "12 months", "2027-07-12 17:00"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    start: str, text: str, end: str
) -> None:
    assert due_at(start, text) == at(end)


@pytest.mark.parametrize("text", ["15 days", "2 months", "same_day"])
@pytest.mark.parametrize("rule", [INSTANT, NEXT_DAY])
def test_limits_by_date_heed_no_rule(text: str, rule: StartRule) -> None:
    assert due_at("2026-07-06 09:00", text, rule) == due_at("2026-07-06 09:00", text)
    assert ends_at_closing(limit(text), rule)


def test_calendar_days_end_on_a_makeup_saturday_since_it_is_worked() -> None:
    assert due_at("2026-01-05 09:00", "5 days") == at("2026-01-10 17:00")


def test_working_days_are_explained_day_by_day() -> None:
    result = due(CALENDAR, at("2026-08-28 09:00"), limit("3 working_days"), NEXT_DAY)
    assert lines(result) == [
        "28/08 - Ngày bắt đầu, không tính",
        "29/08 - Thứ Bảy",
        "30/08 - Chủ Nhật",
        "31/08 - Nghỉ hoán đổi, làm bù ngày 22/08/2026",
        "01/09 - Nghỉ Quốc khánh",
        "02/09 - Nghỉ Quốc khánh",
        "03/09 + Ngày làm việc",
        "04/09 + Ngày làm việc",
        "05/09 - Thứ Bảy",
        "06/09 - Chủ Nhật",
        "07/09 + Ngày làm việc",
    ]


def test_an_instant_start_says_from_when_it_counts() -> None:
    result = due(CALENDAR, at("2026-07-06 17:30"), limit("1 working_days"), INSTANT)
    assert lines(result) == [
        "06/07 - Ngoài giờ làm việc",
        "07/07 - Tính từ 07:00",
        "08/07 + Ngày làm việc",
    ]


def test_hours_are_explained_by_the_time_of_each_day() -> None:
    result = due(CALENDAR, at("2026-07-03 14:32"), limit("8 hours"))
    assert lines(result) == [
        "03/07 + Ngày làm việc, tính 2 giờ 28 phút",
        "04/07 - Thứ Bảy",
        "05/07 - Chủ Nhật",
        "06/07 + Ngày làm việc, tính 5 giờ 32 phút",
    ]


def test_hours_from_the_next_day_leave_the_first_one_out() -> None:
    result = due(CALENDAR, at("2026-07-03 14:32"), limit("4 hours"), NEXT_DAY)
    assert lines(result)[0] == "03/07 - Ngày bắt đầu, không tính"


def test_a_last_day_that_is_off_is_explained() -> None:
    assert lines(due(CALENDAR, at("2026-04-10 09:00"), limit("15 days")))[-4:] == [
        "25/04 + Thứ Bảy",
        "26/04 - Nghỉ Ngày Giỗ Tổ Hùng Vương, hạn chuyển sang ngày làm việc tiếp theo",
        "27/04 - Nghỉ bù Ngày Giỗ Tổ Hùng Vương, hạn chuyển sang ngày làm việc tiếp theo",
        "28/04 - Ngày làm việc tiếp theo, hết hạn",
    ]


def test_a_same_day_result_after_15_hours_is_explained() -> None:
    assert lines(due(CALENDAR, at("2026-07-03 15:30"), limit("same_day"))) == [
        "03/07 - Tiếp nhận sau 15:00, trả kết quả trong ngày làm việc tiếp theo",
        "04/07 - Thứ Bảy",
        "05/07 - Chủ Nhật",
        "06/07 + Trả kết quả trong ngày",
    ]
    late = due(CALENDAR, at("2026-07-06 20:00"), limit("same_day"))
    assert lines(late)[0].startswith("06/07 - Tiếp nhận ngoài giờ làm việc")


def test_a_start_without_a_zone_is_refused() -> None:
    naive = at("2026-07-06 09:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="múi giờ"):
        due(CALENDAR, naive, limit("1 days"))


def test_ten_years_are_counted_too() -> None:
    assert due_at("2026-07-06 09:00", "120 months") == at("2036-07-07 17:00")


@given(moments, limits, rules)
def test_a_due_date_never_falls_outside_working_time(
    start: datetime, time_limit: TimeLimit, rule: StartRule | None
) -> None:
    end = due(CALENDAR, start, time_limit, rule).due_at
    assert is_within_working_time(end)
    assert end >= start
    assert not ends_at_closing(time_limit, rule) or end.time() == time(17)


@given(moments, limits, rules)
def test_the_explanation_names_every_date_once_and_counts_the_limit(
    start: datetime, time_limit: TimeLimit, rule: StartRule | None
) -> None:
    result = due(CALENDAR, start, time_limit, rule)
    dates = [d.date for d in result.days]
    assert dates[0] == start.date()
    assert dates[-1] == result.due_at.date()
    assert [d.toordinal() for d in dates] == list(
        range(dates[0].toordinal(), dates[-1].toordinal() + 1)
    )
    whole = time_limit.amount % 1 == 0
    if time_limit.unit in (Unit.DAYS, Unit.SAME_DAY) or (
        time_limit.unit is Unit.WORKING_DAYS and whole
    ):
        assert sum(d.counted for d in result.days) == time_limit.amount


@given(moments, moments, limits, rules)
def test_who_starts_later_is_never_due_earlier(
    a: datetime, b: datetime, time_limit: TimeLimit, rule: StartRule | None
) -> None:
    first, second = sorted((a, b))
    assert (
        due(CALENDAR, first, time_limit, rule).due_at
        <= due(CALENDAR, second, time_limit, rule).due_at
    )
