"""A calendar announced later: the clock is folded again, and nothing becomes late through it."""

from dataclasses import replace
from datetime import time

import pytest

from bpmn.time_limit import StartRule
from engine.deadlines.calendar import WorkingCalendar
from engine.deadlines.clock import Clock
from engine.deadlines.clock_policy import ClockPolicy
from engine.deadlines.hours import Hours, read_session
from tests.unit.deadlines.moments import (
    CALENDAR,
    HOUR,
    at,
    day,
    is_within_working_time,
    limit,
)

NEXT_DAY = StartRule.NEXT_DAY
START = at("2026-07-06 09:00")


def announced(off: str | None = None, made_up: str | None = None) -> WorkingCalendar:
    """The usual calendar with one more day off, or one more day worked."""
    days_off = {**CALENDAR.days_off, **({day(off): "Nghỉ"} if off else {})}
    makeup_days = {**CALENDAR.makeup_days, **({day(made_up): "Làm bù"} if made_up else {})}
    return replace(CALENDAR, days_off=days_off, makeup_days=makeup_days)


def three_days() -> Clock:
    """From Monday at nine: due on Thursday at five."""
    return Clock.start(CALENDAR, START, limit("3 working_days"), NEXT_DAY)


@pytest.mark.parametrize(
    ("calendar", "due"),
    [
        (announced(), "2026-07-09 17:00"),
        (announced(off="08/07/2026"), "2026-07-10 17:00"),
        (announced(off="09/07/2026"), "2026-07-10 17:00"),
        (announced(off="10/07/2026"), "2026-07-09 17:00"),
        (announced(off="08/07/2026", made_up="11/07/2026"), "2026-07-10 17:00"),
        (announced(off="09/07/2026", made_up="05/07/2026"), "2026-07-10 17:00"),
    ],
)
def test_a_day_that_is_off_or_made_up_moves_the_due_date_as_computing_it_afresh_would(
    calendar: WorkingCalendar, due: str
) -> None:
    clock = three_days().on(calendar, at("2026-07-07 10:00"))
    assert clock.due_at == at(due)
    assert clock == replace(
        Clock.start(calendar, START, limit("3 working_days"), NEXT_DAY),
        first_due_at=three_days().first_due_at,
    )


def test_a_day_made_up_may_bring_the_due_date_forward_but_not_into_the_past() -> None:
    friday = Clock.start(CALENDAR, at("2026-07-10 09:00"), limit("1 working_days"), NEXT_DAY)
    calendar = announced(made_up="11/07/2026")
    assert friday.on(calendar, at("2026-07-10 10:00")).due_at == at("2026-07-11 17:00")
    late_news = friday.on(calendar, at("2026-07-13 10:00"))
    assert late_news.due_at == friday.due_at == at("2026-07-13 17:00")
    assert not late_news.is_overdue(at("2026-07-13 17:00"))
    assert late_news.remaining(calendar, at("2026-07-13 16:00")) == HOUR


def test_a_kept_due_date_is_kept_by_later_announcements_too() -> None:
    friday = Clock.start(CALENDAR, at("2026-07-10 09:00"), limit("1 working_days"), NEXT_DAY)
    calendar = announced(made_up="11/07/2026")
    kept = friday.on(calendar, at("2026-07-13 10:00"))
    for later in ("2026-07-13 11:00", "2026-07-15 11:00"):
        assert kept.on(calendar, at(later)) == kept
    extended = kept.extend(calendar, at("2026-07-13 11:00"), limit("1 working_days"))
    assert extended.due_at == at("2026-07-14 17:00")
    assert extended.on(calendar, at("2026-07-13 12:00")) == extended


def test_a_halted_clock_does_not_become_late_either() -> None:
    clock = Clock.start(CALENDAR, at("2026-07-10 09:00"), limit("1 working_days"), NEXT_DAY)
    calendar = announced(made_up="11/07/2026")
    halted = clock.pause(CALENDAR, at("2026-07-13 10:00"), ClockPolicy.PAUSE)
    known = halted.on(calendar, at("2026-07-15 10:00"))
    assert not known.is_overdue(at("2026-07-15 10:00"))
    resumed = known.resume(calendar, at("2026-07-16 10:00"))
    assert resumed.due_at == at("2026-07-16 17:00")


def test_what_was_late_before_is_not_made_later_still() -> None:
    friday = Clock.start(CALENDAR, at("2026-07-10 09:00"), limit("1 working_days"), NEXT_DAY)
    known = friday.on(announced(made_up="11/07/2026"), at("2026-07-15 10:00"))
    assert known.due_at == at("2026-07-13 17:00")
    assert known.remaining(announced(made_up="11/07/2026"), at("2026-07-14 09:00")) == -2 * HOUR


def test_what_was_late_may_turn_out_to_be_in_time() -> None:
    clock = three_days().on(announced(off="10/07/2026"), at("2026-07-10 10:00"))
    assert clock.is_overdue(at("2026-07-10 10:00"))
    clock = three_days().on(announced(off="09/07/2026"), at("2026-07-10 10:00"))
    assert not clock.is_overdue(at("2026-07-10 10:00"))


def test_a_kept_due_date_moves_on_where_its_day_is_off_now() -> None:
    friday = Clock.start(CALENDAR, at("2026-07-08 09:00"), limit("2 working_days"), NEXT_DAY)
    assert friday.due_at == at("2026-07-10 17:00")
    calendar = announced(off="10/07/2026", made_up="05/07/2026")
    calendar = replace(calendar, makeup_days={**calendar.makeup_days, day("11/07/2026"): "Bù"})
    assert friday.on(calendar, at("2026-07-10 10:00")).due_at == at("2026-07-11 17:00")


def test_a_promised_day_that_is_off_now_is_the_next_working_day() -> None:
    promised = three_days().promise(CALENDAR, at("2026-07-07 10:00"), at("2026-07-14 17:00"))
    moved = promised.on(announced(off="14/07/2026"), at("2026-07-08 10:00"))
    assert moved.due_at == at("2026-07-15 17:00")


def test_where_the_office_shuts_earlier_now_the_limit_ends_earlier_on_its_day() -> None:
    summer = Hours((read_session("07:00-11:30"), read_session("13:00-16:30")))
    calendar = replace(CALENDAR, hours=(summer,))
    moved = three_days().on(calendar, at("2026-07-07 10:00"))
    assert moved.due_at == at("2026-07-09 16:30")
    promised = three_days().promise(CALENDAR, at("2026-07-07 10:00"), at("2026-07-14 17:00"))
    assert promised.on(calendar, at("2026-07-07 10:00")).due_at == at("2026-07-14 16:30")


def test_who_learns_of_it_between_the_new_closing_and_the_old_has_until_the_next_one() -> None:
    summer = Hours((read_session("07:00-11:30"), read_session("13:00-16:30")))
    calendar = replace(CALENDAR, hours=(summer,))
    moved = three_days().on(calendar, at("2026-07-09 16:45"))
    assert moved.due_at == at("2026-07-10 16:30")
    assert is_within_working_time(moved.due_at, calendar)
    assert summer.sessions[-1].end == time(16, 30)


def test_time_used_from_a_moment_on_leaves_pauses_out() -> None:
    clock = Clock.start(CALENDAR, START, limit("8 hours"))
    clock = clock.pause(CALENDAR, at("2026-07-06 10:00"), ClockPolicy.PAUSE)
    clock = clock.resume(CALENDAR, at("2026-07-08 10:00"))
    now = at("2026-07-08 11:00")
    assert clock.consumed_since(CALENDAR, START, now) == clock.consumed(CALENDAR, now) == 2 * HOUR
    assert clock.consumed_since(CALENDAR, at("2026-07-06 09:45"), now) == 1.25 * HOUR
    assert clock.consumed_since(CALENDAR, at("2026-07-07 09:45"), now) == HOUR
    assert clock.consumed_since(CALENDAR, at("2026-07-08 10:30"), now) == HOUR / 2
    assert clock.consumed_since(CALENDAR, now, now) == 0 * HOUR
