"""The national days off and make-up days, against the yearly notices."""

from datetime import date, timedelta

import pytest

from engine.deadlines.holidays_vn import days_of_year, overrides, standard_calendar
from tests.unit.deadlines.moments import CALENDAR, day


def week_days_off(year: int) -> set[date]:
    return {d for d in days_of_year(year).days_off if d.weekday() < 5}


def stretch(first: str, last: str) -> set[date]:
    start, end = day(first), day(last)
    days = {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return {d for d in days if d.weekday() < 5}


DAYS_OFF = {
    2024: stretch("01/01/2024", "01/01/2024")
    | stretch("08/02/2024", "14/02/2024")
    | stretch("18/04/2024", "18/04/2024")
    | stretch("29/04/2024", "01/05/2024")
    | stretch("02/09/2024", "03/09/2024"),
    2025: stretch("01/01/2025", "01/01/2025")
    | stretch("25/01/2025", "02/02/2025")
    | stretch("07/04/2025", "07/04/2025")
    | stretch("30/04/2025", "02/05/2025")
    | stretch("01/09/2025", "02/09/2025"),
    2026: stretch("01/01/2026", "02/01/2026")
    | stretch("16/02/2026", "20/02/2026")
    | stretch("27/04/2026", "27/04/2026")
    | stretch("30/04/2026", "01/05/2026")
    | stretch("31/08/2026", "02/09/2026")
    | stretch("24/11/2026", "24/11/2026"),
    2027: stretch("01/01/2027", "01/01/2027")
    | stretch("04/02/2027", "10/02/2027")
    | stretch("16/04/2027", "16/04/2027")
    | stretch("30/04/2027", "30/04/2027")
    | stretch("03/05/2027", "03/05/2027")
    | stretch("02/09/2027", "03/09/2027")
    | stretch("24/11/2027", "24/11/2027"),
}
MAKEUP_DAYS = {
    2024: {day("04/05/2024")},
    2025: {day("26/04/2025")},
    2026: {day("10/01/2026"), day("22/08/2026")},
    2027: set[date](),
}


@pytest.mark.parametrize("year", DAYS_OFF)
def test_the_days_off_are_those_of_the_notice(year: int) -> None:
    assert week_days_off(year) == DAYS_OFF[year]


@pytest.mark.parametrize("year", MAKEUP_DAYS)
def test_the_makeup_days_are_those_of_the_notice(year: int) -> None:
    assert set(days_of_year(year).makeup_days) == MAKEUP_DAYS[year]


@pytest.mark.parametrize(
    ("date_text", "reason"),
    [
        ("03/07/2026", "Ngày làm việc"),
        ("04/07/2026", "Thứ Bảy"),
        ("05/07/2026", "Chủ Nhật"),
        ("27/01/2025", "Nghỉ Tết Nguyên đán"),
        ("17/02/2026", "Nghỉ Tết Nguyên đán"),
        ("02/01/2026", "Nghỉ hoán đổi, làm bù ngày 10/01/2026"),
        ("10/01/2026", "Làm bù thay ngày 02/01/2026"),
        ("31/08/2026", "Nghỉ hoán đổi, làm bù ngày 22/08/2026"),
        ("22/08/2026", "Làm bù thay ngày 31/08/2026"),
        ("27/04/2026", "Nghỉ bù Ngày Giỗ Tổ Hùng Vương"),
        ("24/11/2026", "Nghỉ Ngày Văn hóa Việt Nam"),
    ],
)
def test_each_day_says_why_it_is_worked_or_not(date_text: str, reason: str) -> None:
    assert CALENDAR.why(day(date_text)) == reason


def test_a_day_off_may_be_made_up_for_in_the_year_before() -> None:
    assert CALENDAR.why(day("27/12/2014")) == "Làm bù thay ngày 02/01/2015"
    assert CALENDAR.is_working_day(day("27/12/2014"))


def test_every_override_swaps_a_day_off_with_a_working_day_and_names_its_source() -> None:
    for swap in overrides():
        assert swap.makeup_day.weekday() >= 5
        assert swap.day_off.weekday() < 5
        assert (
            CALENDAR.why(swap.day_off) == f"Nghỉ hoán đổi, làm bù ngày {swap.makeup_day:%d/%m/%Y}"
        )
        assert swap.source


def test_years_far_away_are_computed_when_asked_for() -> None:
    assert CALENDAR.why(date(2060, 9, 2)) == "Nghỉ Quốc khánh"
    assert CALENDAR.plus_working_days(date(2150, 1, 1), 1) == date(2150, 1, 2)


def test_the_standard_calendar_is_made_once() -> None:
    assert standard_calendar() is CALENDAR


def test_all_days_off_can_be_listed() -> None:
    listed = {d for d in CALENDAR.days_off if d.year == 2026}
    assert listed == set(days_of_year(2026).days_off)
    assert len(CALENDAR.makeup_days) == len(list(CALENDAR.makeup_days))
