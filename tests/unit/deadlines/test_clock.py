"""The clock of a dossier or step: starts, pauses, resumes, extensions, stops."""

from collections.abc import Callable

import pytest

from bpmn.time_limit import StartRule
from engine.deadlines.clock import Clock, ClockError
from engine.deadlines.clock_policy import ClockPolicy
from tests.unit.deadlines.moments import CALENDAR, HOUR, at, limit

INSTANT, NEXT_DAY = StartRule.INSTANT, StartRule.NEXT_DAY
PAUSE, RESET, STOP = ClockPolicy.PAUSE, ClockPolicy.RESET, ClockPolicy.STOP
RUNNING_ON = [ClockPolicy.NONE, ClockPolicy.EXTEND, ClockPolicy.DEEMED]


def started(text: str = "8 hours", rule: StartRule | None = None) -> Clock:
    return Clock.start(CALENDAR, at("2026-07-06 09:00"), limit(text), rule)


def paused(clock: Clock, since: str, policy: ClockPolicy, until: str) -> Clock:
    return clock.pause(CALENDAR, at(since), policy).resume(CALENDAR, at(until))


def test_a_clock_starts_with_its_due_date() -> None:
    clock = started("3 working_days", NEXT_DAY)
    assert clock.due_at == clock.first_due_at == at("2026-07-09 17:00")
    assert clock.remaining(CALENDAR, at("2026-07-08 17:00")) == 8 * HOUR
    assert clock.consumed(CALENDAR, at("2026-07-07 09:00")) == 8 * HOUR


def test_the_time_of_a_pause_is_not_counted() -> None:
    clock = paused(started(), "2026-07-06 10:00", PAUSE, "2026-07-08 10:00")
    assert clock.due_at == at("2026-07-09 09:00")
    assert clock.first_due_at == at("2026-07-07 09:00")
    assert clock.consumed(CALENDAR, at("2026-07-08 11:00")) == 2 * HOUR
    assert clock.remaining(CALENDAR, at("2026-07-08 11:00")) == 6 * HOUR


def test_a_paused_clock_stands_still() -> None:
    clock = started().pause(CALENDAR, at("2026-07-06 10:00"), PAUSE)
    for now in (at("2026-07-06 10:00"), at("2026-09-06 10:00")):
        assert clock.consumed(CALENDAR, now) == HOUR
        assert clock.remaining(CALENDAR, now) == 7 * HOUR
        assert not clock.is_overdue(now)


@pytest.mark.parametrize(
    ("resumed", "end"),
    [
        ("2026-07-08 09:00", "2026-07-13 17:00"),
        ("2026-07-08 10:00", "2026-07-13 17:00"),
        ("2026-07-08 15:00", "2026-07-14 17:00"),
        ("2026-07-11 08:00", "2026-07-16 17:00"),
    ],
)
def test_a_limit_by_the_day_ends_at_closing_after_a_pause_too(resumed: str, end: str) -> None:
    clock = started("3 working_days", NEXT_DAY)
    assert paused(clock, "2026-07-06 10:00", PAUSE, resumed).due_at == at(end)


@pytest.mark.parametrize("text", ["10 days", "1 months", "same_day", "4 working_days"])
def test_a_pause_within_one_moment_changes_nothing_but_the_start_of_the_run(text: str) -> None:
    clock = started(text)
    assert paused(clock, "2026-07-06 10:00", PAUSE, "2026-07-06 10:00").due_at == clock.due_at


def test_an_instant_limit_keeps_its_clock_time_after_a_pause_of_whole_days() -> None:
    clock = started("2 working_days", INSTANT)
    assert paused(clock, "2026-07-07 08:00", PAUSE, "2026-07-10 08:00").due_at == at(
        "2026-07-13 09:00"
    )


@pytest.mark.parametrize("policy", [PAUSE, STOP])
def test_a_clock_paused_overdue_resumes_overdue(policy: ClockPolicy) -> None:
    clock = started().pause(CALENDAR, at("2026-07-08 10:00"), policy)
    assert clock.remaining(CALENDAR, at("2026-07-20 10:00")) == -9 * HOUR
    resumed = clock.resume(CALENDAR, at("2026-07-20 10:00"))
    assert resumed.due_at == at("2026-07-07 09:00")
    assert resumed.is_overdue(at("2026-07-20 10:00"))


def test_a_clock_paused_at_its_very_due_date_keeps_it() -> None:
    clock = paused(started(), "2026-07-07 09:00", PAUSE, "2026-07-10 09:00")
    assert clock.due_at == at("2026-07-07 09:00")


def test_a_clock_paused_in_the_night_before_its_due_date_is_not_late_at_the_resume() -> None:
    clock = Clock.start(CALENDAR, at("2026-07-06 07:00"), limit("1 working_days"), INSTANT)
    resumed = paused(clock, "2026-07-06 18:00", PAUSE, "2026-07-09 10:00")
    assert not resumed.is_overdue(at("2026-07-09 10:00"))


def test_a_reset_counts_the_limit_from_the_start_again() -> None:
    clock = paused(
        started("3 working_days", NEXT_DAY), "2026-07-08 10:00", RESET, "2026-08-28 09:00"
    )
    assert clock.due_at == at("2026-09-07 17:00")
    assert clock.first_due_at == at("2026-07-09 17:00")
    assert clock.consumed(CALENDAR, at("2026-08-28 10:00")) == HOUR


def test_a_reset_forgives_lateness_but_the_first_due_date_stays() -> None:
    clock = paused(started(), "2026-07-10 10:00", RESET, "2026-07-13 09:00")
    assert clock.due_at == at("2026-07-14 09:00")
    assert clock.first_due_at == at("2026-07-07 09:00")


@pytest.mark.parametrize("policy", RUNNING_ON)
def test_a_pause_that_lets_the_clock_run_on_does_not_touch_it(policy: ClockPolicy) -> None:
    assert not policy.halts
    with pytest.raises(ValueError, match="để thời hạn chạy tiếp"):
        started().pause(CALENDAR, at("2026-07-06 10:00"), policy)


@pytest.mark.parametrize("policy", [PAUSE, STOP])
def test_of_pauses_at_once_a_reset_outweighs_the_others(policy: ClockPolicy) -> None:
    clock = started().pause(CALENDAR, at("2026-07-06 10:00"), policy)
    both = clock.pause(CALENDAR, at("2026-07-08 10:00"), RESET)
    assert (both.paused_at, both.policy, both.due_at) == (clock.paused_at, RESET, clock.due_at)
    resumed = both.resume(CALENDAR, at("2026-07-09 10:00"))
    assert resumed.due_at == at("2026-07-10 10:00")
    assert resumed.consumed(CALENDAR, at("2026-07-09 11:00")) == HOUR


@pytest.mark.parametrize(
    ("text", "rule", "by", "end"),
    [
        ("3 working_days", NEXT_DAY, "2 working_days", "2026-07-13 17:00"),
        ("2 working_days", INSTANT, "2 working_days", "2026-07-10 09:00"),
        ("8 hours", None, "4 hours", "2026-07-07 15:00"),
        ("8 hours", NEXT_DAY, "4 hours", "2026-07-08 11:00"),
        ("10 days", None, "10 days", "2026-07-27 17:00"),
    ],
)
def test_an_extension_counts_on_from_the_due_date(
    text: str, rule: StartRule | None, by: str, end: str
) -> None:
    clock = started(text, rule)
    extended = clock.extend(CALENDAR, at("2026-07-06 10:00"), limit(by))
    assert extended.due_at == at(end)
    assert extended.first_due_at == clock.due_at


def test_an_extension_may_be_granted_while_the_clock_is_halted() -> None:
    halted = started().pause(CALENDAR, at("2026-07-06 10:00"), PAUSE)
    extended = halted.extend(CALENDAR, at("2026-07-06 11:00"), limit("4 hours"))
    assert extended.due_at == at("2026-07-07 15:00")
    assert extended.remaining(CALENDAR, at("2026-07-06 12:00")) == 11 * HOUR
    resumed = extended.resume(CALENDAR, at("2026-07-08 10:00"))
    assert resumed.due_at == at("2026-07-09 15:00")


def test_a_promised_moment_is_the_due_date_and_the_budget_grows_with_it() -> None:
    clock = started("3 working_days", NEXT_DAY)
    promised = clock.promise(CALENDAR, at("2026-07-08 10:00"), at("2026-07-14 17:00"))
    assert (promised.due_at, promised.first_due_at) == (at("2026-07-14 17:00"), clock.due_at)
    assert promised.budget == clock.budget + 24 * HOUR
    assert promised.remaining(CALENDAR, at("2026-07-14 16:00")) == HOUR


@pytest.mark.parametrize("until", ["2026-07-09 16:59", "2026-07-09 17:00"])
def test_what_is_promised_is_later(until: str) -> None:
    with pytest.raises(ValueError, match="phải sau hạn hiện tại"):
        started("3 working_days", NEXT_DAY).promise(CALENDAR, at("2026-07-07 10:00"), at(until))


def test_a_stopped_clock_keeps_its_readings() -> None:
    clock = started().stop(CALENDAR, at("2026-07-06 10:00"))
    later = at("2026-08-06 10:00")
    assert clock.consumed(CALENDAR, later) == HOUR
    assert clock.remaining(CALENDAR, later) == 7 * HOUR
    assert not clock.is_overdue(later)


def test_a_paused_clock_can_be_stopped_and_keeps_its_readings() -> None:
    clock = (
        started()
        .pause(CALENDAR, at("2026-07-06 10:00"), STOP)
        .stop(CALENDAR, at("2026-08-06 10:00"))
    )
    assert clock.consumed(CALENDAR, at("2026-09-06 10:00")) == HOUR
    assert not clock.is_overdue(at("2026-09-06 10:00"))


def test_overdue_begins_after_the_due_moment() -> None:
    clock = started("1 working_days")
    assert not clock.is_overdue(at("2026-07-07 17:00"))
    assert clock.is_overdue(at("2026-07-07 17:01"))
    assert clock.remaining(CALENDAR, at("2026-07-08 09:00")) == -2 * HOUR


LATER = at("2026-07-06 12:00")
RUNNING = started()
PAUSED = started().pause(CALENDAR, at("2026-07-06 10:00"), PAUSE)
RESETTING = started().pause(CALENDAR, at("2026-07-06 10:00"), RESET)
STOPPED = started().stop(CALENDAR, at("2026-07-06 10:00"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: PAUSED.pause(CALENDAR, LATER, PAUSE), "đang tạm dừng"),
        (lambda: PAUSED.promise(CALENDAR, LATER, at("2026-08-06 17:00")), "trước khi hẹn lại"),
        (lambda: RESETTING.pause(CALENDAR, LATER, RESET), "đang tạm dừng"),
        (lambda: RESETTING.pause(CALENDAR, LATER, PAUSE), "đang tạm dừng"),
        (lambda: RUNNING.resume(CALENDAR, LATER), "không có tạm dừng"),
        (lambda: STOPPED.pause(CALENDAR, LATER, PAUSE), "đã kết thúc"),
        (lambda: STOPPED.resume(CALENDAR, LATER), "đã kết thúc"),
        (lambda: STOPPED.extend(CALENDAR, LATER, limit("1 hours")), "đã kết thúc"),
        (lambda: STOPPED.promise(CALENDAR, LATER, at("2026-08-06 17:00")), "đã kết thúc"),
        (lambda: STOPPED.stop(CALENDAR, LATER), "đã kết thúc"),
        (lambda: RUNNING.stop(CALENDAR, at("2026-07-06 08:59")), "sớm hơn"),
        (lambda: PAUSED.resume(CALENDAR, at("2026-07-06 09:59")), "sớm hơn"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: Callable[[], Clock], message: str) -> None:
    with pytest.raises(ClockError, match=message):
        change()


def test_fractions_of_a_second_are_dropped() -> None:
    clock = Clock.start(CALENDAR, at("2026-07-06 09:00:00.750"), limit("1 hours"))
    assert clock.started_at == at("2026-07-06 09:00")
    assert clock.due_at == at("2026-07-06 10:00")
    assert clock.consumed(CALENDAR, at("2026-07-06 09:30:00.999")) == HOUR / 2
