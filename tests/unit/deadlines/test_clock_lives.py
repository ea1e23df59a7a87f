"""What holds of a clock whatever happens to it: changes of every kind, at random moments."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bpmn.time_limit import StartRule, TimeLimit
from engine.deadlines.calendar import NO_TIME, WorkingCalendar
from engine.deadlines.clock import Clock, ClockError
from engine.deadlines.clock_policy import ClockPolicy
from engine.deadlines.hours import Hours, read_session
from tests.unit.deadlines.moments import CALENDAR, is_within_working_time, limits, moments

HALTING = [policy for policy in ClockPolicy if policy.halts]
OTHER_HOURS = (Hours((read_session("07:30-12:00"), read_session("13:00-16:30"))),)

seconds = st.integers(0, 400_000)
rules = st.sampled_from([None, *StartRule])
starts = st.builds(partial(Clock.start, CALENDAR), moments, limits, rules)
Step = Callable[["Told"], "Told"]


@dataclass(frozen=True)
class Told:
    """A clock, the calendar as it is known by then, and the moment."""

    clock: Clock
    calendar: WorkingCalendar
    now: datetime

    def after(self, span: int) -> "Told":
        """So many seconds later."""
        return replace(self, now=self.now + timedelta(seconds=span))


def paused(told: Told, policy: ClockPolicy) -> Told:
    return replace(told, clock=told.clock.pause(told.calendar, told.now, policy))


def resumed(told: Told) -> Told:
    return replace(told, clock=told.clock.resume(told.calendar, told.now))


def extended(told: Told, by: TimeLimit) -> Told:
    return replace(told, clock=told.clock.extend(told.calendar, told.now, by))


def promised(told: Told, days: int) -> Told:
    day = told.calendar.plus_working_days(told.clock.due_at.date(), days)
    until = told.calendar.closing(day)
    return replace(told, clock=told.clock.promise(told.calendar, told.now, until))


def announced(told: Told, off: int, made_up: int, hours: bool) -> Told:
    """Days not far from now turn out to be off and worked; perhaps the hours are others."""
    today = told.now.date()
    days_off = {**told.calendar.days_off, today + timedelta(days=off): "Nghỉ"}
    makeup_days = {**told.calendar.makeup_days, today + timedelta(days=made_up): "Làm bù"}
    working = OTHER_HOURS if hours else CALENDAR.hours
    calendar = replace(told.calendar, hours=working, days_off=days_off, makeup_days=makeup_days)
    return replace(told, calendar=calendar, clock=told.clock.on(calendar, told.now))


days = st.integers(-12, 12)
news: st.SearchStrategy[Step] = st.builds(
    lambda *news: lambda told: announced(told, *news), days, days, st.booleans()
)
changes: st.SearchStrategy[Step] = st.one_of(
    st.sampled_from(HALTING).map(lambda policy: lambda told: paused(told, policy)),
    st.just(resumed),
    st.sampled_from(["4 hours", "2 working_days", "0.5 working_days", "5 days", "same_day"])
    .map(TimeLimit.parse)
    .map(lambda by: lambda told: extended(told, by)),
    st.integers(1, 5).map(lambda number: lambda told: promised(told, number)),
    news,
)
lives = st.lists(st.tuples(seconds, changes), max_size=8)


def stored(clock: Clock) -> Clock:
    """The clock as it comes back from where it was kept."""
    return Clock.from_json(json.loads(json.dumps(clock.to_json())))


def lived(
    clock: Clock, life: list[tuple[int, Step]], between: Callable[[Clock], Clock] = lambda c: c
) -> list[Told]:
    """The clock before and after each of its changes; those that make no sense are refused."""
    told = [Told(clock, CALENDAR, clock.started_at)]
    for span, change in life:
        waited = told[-1].after(span)
        told.append(waited)
        try:
            told.append(change(replace(waited, clock=between(waited.clock))))
        except ClockError:
            assert waited.clock.is_halted or change is resumed
    return told


@given(starts, lives)
def test_consumed_and_remaining_time_make_up_the_budget_and_remaining_is_what_is_left(
    clock: Clock, life: list[tuple[int, Step]]
) -> None:
    for told in lived(clock, life):
        clock, calendar, now = told.clock, told.calendar, told.now
        consumed, remaining = clock.consumed(calendar, now), clock.remaining(calendar, now)
        assert consumed + remaining == clock.budget
        assert consumed >= NO_TIME
        if not clock.is_overdue(now):
            assert remaining == calendar.working_time(clock.paused_at or now, clock.due_at)
        else:
            assert remaining <= NO_TIME


@given(starts, lives)
def test_a_due_date_is_always_in_working_hours_and_the_first_one_never_changes(
    clock: Clock, life: list[tuple[int, Step]]
) -> None:
    for told in lived(clock, life):
        assert is_within_working_time(told.clock.due_at, told.calendar)
        assert told.clock.first_due_at == clock.first_due_at


@given(starts, lives)
def test_only_an_announcement_brings_a_due_date_forward(
    clock: Clock, life: list[tuple[int, Step]]
) -> None:
    told = lived(clock, life)
    for before, after in pairwise(told):
        if before.calendar is after.calendar and before.clock.policy is not ClockPolicy.RESET:
            assert after.clock.due_at >= before.clock.due_at


@given(starts, lives)
def test_the_same_changes_give_the_same_clock_stored_in_between_or_not(
    clock: Clock, life: list[tuple[int, Step]]
) -> None:
    told = lived(clock, life)
    assert told == lived(clock, life, between=stored)
    for each in told:
        assert stored(each.clock) == each.clock
        assert stored(each.clock).to_json() == each.clock.to_json()


@given(starts, lives)
def test_folding_on_the_same_calendar_gives_the_same_clock(
    clock: Clock, life: list[tuple[int, Step]]
) -> None:
    for told in lived(clock, life):
        assert told.clock.on(told.calendar, told.now) == told.clock


@given(starts, lives, news)
def test_nothing_becomes_late_through_an_announcement(
    clock: Clock, life: list[tuple[int, Step]], late_news: Step
) -> None:
    before = lived(clock, life)[-1]
    after = late_news(before)
    if not before.clock.is_overdue(before.now):
        assert not after.clock.is_overdue(before.now)
    assert after.clock.on(after.calendar, after.now) == after.clock


@given(moments, limits, rules, days, days)
def test_a_swapped_day_moves_a_due_date_as_computing_it_afresh_would(
    start: datetime, limit: TimeLimit, rule: StartRule | None, off: int, made_up: int
) -> None:
    told = Told(Clock.start(CALENDAR, start, limit, rule), CALENDAR, start)
    swapped = announced(told, off, made_up, hours=False)
    afresh = Clock.start(swapped.calendar, start, limit, rule)
    assert swapped.clock == replace(afresh, first_due_at=told.clock.first_due_at)


@given(starts, lives, seconds)
def test_a_stopped_clock_keeps_its_readings(
    clock: Clock, life: list[tuple[int, Step]], span: int
) -> None:
    told = lived(clock, life)[-1]
    stopped = told.clock.stop(told.calendar, told.now)
    later = told.now + timedelta(seconds=span)
    for reading in (Clock.consumed, Clock.remaining):
        before = reading(told.clock, told.calendar, told.now)
        assert reading(stopped, told.calendar, later) == before
    assert stopped.is_overdue(later) == told.clock.is_overdue(told.now)


@given(starts, lives, seconds)
def test_time_used_from_any_moment_on_is_part_of_what_was_used(
    clock: Clock, life: list[tuple[int, Step]], span: int
) -> None:
    told = lived(clock, life)[-1]
    since = min(clock.started_at + timedelta(seconds=span), told.now)
    whole = told.clock.consumed_since(told.calendar, clock.started_at, told.now)
    assert NO_TIME <= told.clock.consumed_since(told.calendar, since, told.now) <= whole
    if ClockPolicy.RESET.value not in {change.detail for change in told.clock.changes}:
        assert whole == told.clock.consumed(told.calendar, told.now)
