"""Working hours that change with the season and from a day on."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.time_limit import StartRule, TimeLimit, Unit
from engine.deadlines.calendar import NO_TIME, WorkingCalendar
from engine.deadlines.due import due
from engine.deadlines.edition import hours_document, read_hours
from engine.deadlines.hours import Hours, Season, Session, read_sessions
from tests.unit.deadlines.moments import (
    CALENDAR,
    HOUR,
    at,
    day,
    is_within_working_time,
    limit,
    limits,
    moments,
)

INSTANT, NEXT_DAY = StartRule.INSTANT, StartRule.NEXT_DAY
WINTER = Hours(read_sessions("7:30-11:30,13:00-17:00"), season=Season((10, 16), (4, 15)))
SHORT = Hours(read_sessions("8:00-11:30,13:30-16:00"), since=date(2026, 12, 1))
SEASONS = replace(CALENDAR, hours=(*CALENDAR.hours, WINTER))
OFFICE = replace(SEASONS, hours=(*SEASONS.hours, SHORT))
"""Summer 7:00-11:30, 13:30-17:00; winter as above; from 1 December 2026 six hours a day."""


@pytest.mark.parametrize(
    ("start", "text", "rule", "end"),
    [
        # From summer into winter and back: 1 hour on the day, the rest in the other hours.
        ("2026-10-15 16:00", "8 hours", None, "2026-10-16 16:00"),
        ("2026-04-15 16:00", "4 hours", None, "2026-04-16 10:00"),
        ("2025-12-31 16:00", "2 hours", None, "2026-01-05 08:30"),
        ("2026-10-15 07:10", "1 working_days", INSTANT, "2026-10-16 07:30"),
        ("2026-10-15 13:40", "1 working_days", INSTANT, "2026-10-16 13:40"),
        ("2026-04-15 13:10", "1 working_days", INSTANT, "2026-04-16 13:30"),
        ("2026-04-15 07:00", "1 working_days", INSTANT, "2026-04-16 07:30"),
        # Into the short day: six hours, closing at 16:00.
        ("2026-11-30 16:50", "1 working_days", INSTANT, "2026-12-01 16:00"),
        ("2026-11-30 16:50", "1 working_days", NEXT_DAY, "2026-12-01 16:00"),
        ("2026-11-30 16:00", "8 hours", None, "2026-12-02 09:00"),
        ("2026-11-30 09:00", "4 hours", NEXT_DAY, "2026-12-01 14:00"),
        ("2026-11-16 09:00", "15 days", None, "2026-12-01 16:00"),
        ("2026-11-16 09:00", "1 months", None, "2026-12-16 16:00"),
        ("2026-12-01 15:00", "same_day", None, "2026-12-01 16:00"),
        ("2026-12-01 15:00:01", "same_day", None, "2026-12-02 16:00"),
        # Parts of a day: a quarter of the long day is left, a quarter of the short one follows.
        ("2026-11-30 15:00", "0.5 working_days", INSTANT, "2026-12-01 09:30"),
        ("2026-11-30 15:00", "1.5 working_days", NEXT_DAY, "2026-12-02 11:00"),
        ("2026-12-01 08:00", "0.5 working_days", INSTANT, "2026-12-01 11:00"),
        ("2026-11-30 07:30", "1.25 working_days", INSTANT, "2026-12-01 09:30"),
    ],
)
def test_a_limit_follows_the_hours_of_each_day(
    start: str, text: str, rule: StartRule | None, end: str
) -> None:
    assert due(OFFICE, at(start), limit(text), rule).due_at == at(end)


def test_the_last_hours_that_hold_are_those_of_the_day() -> None:
    assert OFFICE.hours_on(day("15/10/2026")) == CALENDAR.hours[0]
    assert OFFICE.hours_on(day("16/10/2026")) == WINTER
    assert OFFICE.hours_on(day("30/11/2026")) == WINTER
    assert OFFICE.hours_on(day("01/12/2026")) == SHORT
    assert OFFICE.hours_on(day("01/07/2030")) == SHORT
    assert OFFICE.day_length(day("30/11/2026")) == 8 * HOUR
    assert OFFICE.day_length(day("01/12/2026")) == 6 * HOUR
    assert OFFICE.closing(day("01/12/2026")) == at("2026-12-01 16:00")


def test_a_season_may_end_on_29_february() -> None:
    season = Season((2, 1), (2, 29))
    assert season.holds(date(2028, 2, 29))
    assert season.holds(date(2026, 2, 28))
    assert not season.holds(date(2026, 3, 1))


def test_working_time_over_a_change_of_hours_is_the_sum_of_both() -> None:
    whole = OFFICE.working_time(at("2026-11-30 00:00"), at("2026-12-02 00:00"))
    assert whole == 14 * HOUR


@pytest.mark.parametrize("hours", [(), (WINTER,), (SHORT, *CALENDAR.hours)])
def test_the_first_hours_must_hold_always(hours: tuple[Hours, ...]) -> None:
    with pytest.raises(ValueError, match="mọi ngày"):
        WorkingCalendar(hours, {}, {})


@pytest.mark.parametrize(
    "text", ["", "7:00", "7:00-6:00", "25:00-26:00", "7:60-8:00", "7:00-8:00,7:30-9:00", "a-b"]
)
def test_sessions_that_are_none_are_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"[bB]uổi"):
        read_sessions(text)


@pytest.mark.parametrize(
    "season", [("13-01", "01-01"), ("02-30", "03-01"), ("1-1", "2-2"), ("", "")]
)
def test_seasons_that_no_year_has_are_refused_in_words(season: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="mùa"):
        Season.read(*season)


@pytest.mark.parametrize("hours", OFFICE.hours)
def test_hours_are_read_back_as_they_were_written(hours: Hours) -> None:
    assert read_hours(hours_document(hours)) == hours


def _sessions(minutes: list[int]) -> tuple[Session, ...]:
    clocks = [time(n // 60, n % 60) for n in sorted(minutes)]
    return tuple(map(Session, clocks[::2], clocks[1::2]))


sessions = (
    st.sampled_from([2, 4])
    .flatmap(lambda n: st.lists(st.integers(0, 1439), min_size=n, max_size=n, unique=True))
    .map(_sessions)
)
dates = st.dates(date(2024, 1, 1), date(2028, 12, 31))
season_days = dates.map(lambda d: (d.month, d.day))
seasonal = st.builds(
    Hours, sessions, st.none() | dates, st.none() | st.builds(Season, season_days, season_days)
)
calendars = st.builds(
    lambda first, more: replace(CALENDAR, hours=(Hours(first), *more)),
    sessions,
    st.lists(seasonal, max_size=3),
)
durations = st.integers(0, 30 * 8 * 3600).map(lambda seconds: timedelta(seconds=seconds))
rules = st.sampled_from([None, INSTANT, NEXT_DAY])


@given(calendars, moments, durations)
def test_adding_then_measuring_gives_back_the_same_time(
    calendar: WorkingCalendar, start: datetime, amount: timedelta
) -> None:
    short = amount / 10
    end = calendar.add_working_time(start, short)
    assert calendar.working_time(start, end) == short
    assert is_within_working_time(end, calendar)


@given(calendars, moments, moments, moments)
def test_working_time_is_additive(
    calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    whole = calendar.working_time(a, b) + calendar.working_time(b, c)
    assert calendar.working_time(a, c) == whole


@given(calendars, moments, limits, rules)
def test_a_due_date_never_falls_outside_working_time(
    calendar: WorkingCalendar, start: datetime, time_limit: TimeLimit, rule: StartRule | None
) -> None:
    small = _small(time_limit)
    end = due(calendar, start, small, rule).due_at
    assert end >= start
    assert is_within_working_time(end, calendar)


@given(calendars, moments, moments, limits, rules)
def test_who_starts_later_is_never_due_earlier(
    calendar: WorkingCalendar,
    a: datetime,
    b: datetime,
    time_limit: TimeLimit,
    rule: StartRule | None,
) -> None:
    small = _small(time_limit)
    first, second = sorted((a, b))
    earlier, later = (due(calendar, start, small, rule).due_at for start in (first, second))
    assert earlier <= later


@given(calendars, moments, limits, rules)
def test_the_explanation_counts_exactly_the_limit(
    calendar: WorkingCalendar, start: datetime, time_limit: TimeLimit, rule: StartRule | None
) -> None:
    start = start.replace(second=0)
    small = replace(_small(time_limit), amount=max(_small(time_limit).amount // 1, Decimal(1)))
    result = due(calendar, start, small, rule)
    counted = [one for one in result.days if one.counted]
    if small.unit is Unit.HOURS:
        assert sum((_worked(one.why) for one in counted), NO_TIME) == int(small.amount) * HOUR
    elif small.unit is not Unit.MONTHS:
        assert len(counted) == small.amount


def _small(time_limit: TimeLimit) -> TimeLimit:
    """Days may be a minute long here: of hours only a few, so that years do not go by."""
    most = Decimal(3 if time_limit.unit is Unit.HOURS else 60)
    return replace(time_limit, amount=min(time_limit.amount, most))


def _worked(why: str) -> timedelta:
    hours, minutes = re.search(r"(\d+) giờ", why), re.search(r"(\d+) phút", why)
    worked = timedelta(hours=int(hours[1]) if hours else 0)
    return worked + timedelta(minutes=int(minutes[1]) if minutes else 0)
