"""Sums over working time."""

from collections import ChainMap
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.hours import Hours, Session
from tests.unit.deadlines.moments import CALENDAR, HOUR, at, day, is_within_working_time, moments

durations = st.integers(0, 60 * 8 * 3600).map(lambda seconds: timedelta(seconds=seconds))


def test_a_day_has_eight_working_hours() -> None:
    assert CALENDAR.day_length(day("06/07/2026")) == 8 * HOUR


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-07-06 09:32", "2026-07-06 09:32"),
        ("2026-07-06 07:00", "2026-07-06 07:00"),
        ("2026-07-06 06:00", "2026-07-06 07:00"),
        ("2026-07-06 11:30", "2026-07-06 13:30"),
        ("2026-07-06 12:15", "2026-07-06 13:30"),
        ("2026-07-06 17:00", "2026-07-07 07:00"),
        ("2026-07-03 19:00", "2026-07-06 07:00"),
        ("2026-02-13 17:30", "2026-02-23 07:00"),
        ("2026-01-09 18:00", "2026-01-10 07:00"),
    ],
)
def test_the_next_opening_is_the_moment_itself_while_open(moment: str, opening: str) -> None:
    assert CALENDAR.next_opening(at(moment)) == at(opening)


def test_lunch_nights_and_weekends_are_not_working_time() -> None:
    assert CALENDAR.working_time(at("2026-07-03 11:00"), at("2026-07-06 08:00")) == 5 * HOUR
    assert CALENDAR.working_time(at("2026-07-04 08:00"), at("2026-07-05 20:00")) == 0 * HOUR


def test_working_time_backwards_is_negative() -> None:
    assert CALENDAR.working_time(at("2026-07-06 09:00"), at("2026-07-06 07:30")) == -1.5 * HOUR


def test_a_full_day_of_work_ends_at_closing_and_not_at_the_next_opening() -> None:
    assert CALENDAR.add_working_time(at("2026-07-06 07:00"), 8 * HOUR) == at("2026-07-06 17:00")


def test_nothing_added_gives_the_next_opening() -> None:
    assert CALENDAR.add_working_time(at("2026-07-06 12:00"), 0 * HOUR) == at("2026-07-06 13:30")


def test_negative_time_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="âm"):
        CALENDAR.add_working_time(at("2026-07-06 12:00"), -HOUR)


@pytest.mark.parametrize(
    ("start", "n", "result"),
    [
        ("13/02/2026", 1, "23/02/2026"),
        ("23/02/2026", -1, "13/02/2026"),
        ("04/07/2026", 0, "06/07/2026"),
        ("06/07/2026", 0, "06/07/2026"),
        ("05/07/2026", 2, "07/07/2026"),
        ("05/07/2026", -2, "02/07/2026"),
    ],
)
def test_working_days_are_counted_forwards_and_backwards(start: str, n: int, result: str) -> None:
    assert CALENDAR.plus_working_days(day(start), n) == day(result)


def test_moments_of_other_zones_are_understood() -> None:
    utc = datetime(2026, 7, 6, 2, 32, tzinfo=UTC)
    opening = CALENDAR.next_opening(utc)
    assert opening.isoformat() == "2026-07-06T09:32:00+07:00"


def test_naive_moments_are_refused() -> None:
    naive = datetime(2026, 7, 6, 9)  # noqa: DTZ001 - that is what is refused
    aware = at("2026-07-06 09:00")
    with pytest.raises(ValueError, match="múi giờ"):
        CALENDAR.next_opening(naive)
    with pytest.raises(ValueError, match="múi giờ"):
        CALENDAR.add_working_time(naive, HOUR)
    with pytest.raises(ValueError, match="múi giờ"):
        CALENDAR.working_time(aware, naive)


def test_a_day_off_has_no_closing() -> None:
    with pytest.raises(ValueError, match="Thứ Bảy"):
        CALENDAR.closing(day("04/07/2026"))


def test_an_office_may_add_a_day_off_of_its_own() -> None:
    flood = {day("06/07/2026"): "Nghỉ do lũ lụt"}
    local_days_off = ChainMap(flood, dict(CALENDAR.days_off))
    office = WorkingCalendar(CALENDAR.hours, local_days_off, CALENDAR.makeup_days)
    assert office.why(day("06/07/2026")) == "Nghỉ do lũ lụt"
    assert office.plus_working_days(day("03/07/2026"), 1) == day("07/07/2026")


def test_a_day_off_that_is_made_up_for_is_worked() -> None:
    quoc_khanh = day("02/09/2026")
    office = WorkingCalendar(CALENDAR.hours, CALENDAR.days_off, {quoc_khanh: "Trực Quốc khánh"})
    assert office.is_working_day(quoc_khanh)
    assert office.why(quoc_khanh) == "Trực Quốc khánh"


def test_a_calendar_that_never_works_is_an_error_and_not_an_endless_search() -> None:
    every_day = {date(2026, 1, 1) + timedelta(days=n): "Nghỉ" for n in range(800)}
    closed = WorkingCalendar(CALENDAR.hours, every_day, {})
    with pytest.raises(ValueError, match="hãy kiểm tra các ngày nghỉ"):
        closed.next_opening(at("2026-01-01 08:00"))


MORNING, AFTERNOON = Session(time(7), time(11)), Session(time(13), time(17))


@pytest.mark.parametrize(
    "sessions",
    [(), (AFTERNOON, MORNING), (MORNING, Session(time(10), time(12)))],
    ids=["none", "out of order", "overlapping"],
)
def test_sessions_follow_one_another(sessions: tuple[Session, ...]) -> None:
    with pytest.raises(ValueError, match="buổi"):
        Hours(sessions)


@pytest.mark.parametrize(
    ("start", "end"), [(time(8), time(8)), (time(9), time(8)), (time(8, tzinfo=UTC), time(9))]
)
def test_a_session_begins_before_it_ends_and_knows_no_zone(start: time, end: time) -> None:
    with pytest.raises(ValueError, match="Buổi"):
        Session(start, end)


@given(moments, durations)
def test_adding_then_measuring_gives_back_the_same_time(start: datetime, amount: timedelta) -> None:
    assert CALENDAR.working_time(start, CALENDAR.add_working_time(start, amount)) == amount


@given(moments, durations)
def test_a_sum_never_ends_outside_working_time(start: datetime, amount: timedelta) -> None:
    assert is_within_working_time(CALENDAR.add_working_time(start, amount))


@given(moments, moments, moments)
def test_working_time_is_additive(a: datetime, b: datetime, c: datetime) -> None:
    whole = CALENDAR.working_time(a, b) + CALENDAR.working_time(b, c)
    assert CALENDAR.working_time(a, c) == whole


@given(moments, st.integers(1, 300))
def test_going_back_as_many_working_days_returns_to_a_working_day(start: datetime, n: int) -> None:
    there = CALENDAR.plus_working_days(start.date(), n)
    assert CALENDAR.plus_working_days(there, -n) <= start.date()
    assert CALENDAR.plus_working_days(CALENDAR.plus_working_days(there, -n), n) == there
