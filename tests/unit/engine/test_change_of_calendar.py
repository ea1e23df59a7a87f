"""A swap day is announced late: what is open is counted again, and it is said."""

from dataclasses import replace
from datetime import date

import pytest

from engine.deadlines.calendar import WorkingCalendar
from engine.errors import DossierFinished
from engine.life.timers import TimerKind, timers
from engine.model.alert import WHOLE, Level, Subject
from engine.model.event import Event, EventType
from tests.diagrams import gateway, task, timer_wait, way
from tests.unit.engine.living import CALENDAR, OWN_DELAY, Life, drawn_from_check

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (date(2026, 7, d) for d in range(6, 12))


def announced(*off: date, made_up: tuple[date, ...] = ()) -> WorkingCalendar:
    """The usual calendar with more days off and more days worked."""
    days_off = {**CALENDAR.days_off, **dict.fromkeys(off, "Nghỉ hoán đổi")}
    makeup_days = {**CALENDAR.makeup_days, **dict.fromkeys(made_up, "Làm bù")}
    return replace(CALENDAR, days_off=days_off, makeup_days=makeup_days)


@pytest.fixture
def life() -> Life:
    """Received on Monday at eight, due on Thursday at five."""
    return Life().accepted()


def data(events: list[Event], type_: EventType) -> dict[str, object]:
    return dict(next(event for event in events if event.type is type_).data)


def test_the_due_date_moves_and_it_is_said(life: Life) -> None:
    first = life.dossier.due_at
    events = life.learns(announced(WEDNESDAY))
    moved = data(events, EventType.DUE_DATE_SET)
    assert moved == {
        "before": "2026-07-09T10:00:00+00:00",
        "after": "2026-07-10T10:00:00+00:00",
        "why": "calendar",
    }
    clock = life.dossier.clock
    assert clock is not None
    assert clock.first_due_at == first
    assert (Subject.CALENDAR, WHOLE, Level.NOTICE) in life.warnings()
    assert timers(life.dossier)[TimerKind.DOSSIER, WHOLE] == life.until("2026-07-09 17:00")


def test_where_nothing_moves_nothing_is_said(life: Life) -> None:
    events = life.learns(announced(date(2026, 8, 3)))
    assert [event.type for event in events] == [EventType.CALENDAR_CHANGED]
    assert life.dossier.calendar == "edition 1"


def test_open_steps_and_timers_of_the_diagram_move_too() -> None:
    procedure = drawn_from_check(
        *(gateway("split", "parallel"), gateway("join", "parallel")),
        *(timer_wait("posting", "2 working_days"), task("work", limit="10 hours")),
        way("start", "check", "split", "posting", "join", "e"),
        way("split", "work", "join"),
        steps="work",
    )
    life = Life(procedure)
    life.complete("check", decision="accept")
    life.learns(announced(TUESDAY))
    place = life.task("work").place
    (posting,) = life.dossier.waits
    assert timers(life.dossier)[TimerKind.LAPSE, posting] == life.until("2026-07-09 17:00")
    assert life.dossier.tasks[place].clock.due_at == life.until("2026-07-08 10:00")


def test_before_receipt_only_the_step_is_counted_again() -> None:
    life = Life()
    life.until("2026-07-06 18:00")
    events = life.learns(announced(MONDAY))
    assert life.task("check_papers").clock.due_at == life.until("2026-07-07 08:00")
    assert EventType.DUE_DATE_SET not in [event.type for event in events]


def test_the_notice_holds_until_someone_took_note(life: Life) -> None:
    life.learns(announced(WEDNESDAY))
    seq = life.alert(Subject.CALENDAR).seq
    events = life.act(EventType.ALERT_ACKNOWLEDGED, 3, alert=seq)
    assert [event.type for event in events] == [
        EventType.ALERT_ACKNOWLEDGED,
        EventType.ALERT_WITHDRAWN,
    ]
    assert life.warnings() == []


def test_dates_that_go_to_and_fro_are_said_once_each(life: Life) -> None:
    editions = [announced(WEDNESDAY), CALENDAR] * 3
    for edition in editions:
        life.learns(edition)
        assert len([w for w in life.warnings() if w[0] is Subject.CALENDAR]) == 1
    raised = [
        event.data["against"]
        for event in life.log
        if event.type is EventType.ALERT_RAISED and event.data["subject"] == "calendar"
    ]
    assert raised == ["2026-07-10T10:00:00+00:00", "2026-07-09T10:00:00+00:00"]


def test_nothing_becomes_late_through_an_announcement(life: Life) -> None:
    life.learns(announced(WEDNESDAY))
    life.lives_until("2026-07-10 16:00")
    events = life.learns(CALENDAR)
    assert EventType.DUE_DATE_SET not in [event.type for event in events]
    life.lives_until("2026-07-10 16:59")
    assert not life.dossier.overdue
    life.lives_until("2026-07-10 17:00")
    assert life.dossier.overdue


def test_what_was_late_may_be_in_time_after_all(life: Life) -> None:
    life.becomes_overdue("appraise")
    life.becomes_overdue()
    assert (life.dossier.overdue, life.task().overdue) == (True, True)
    life.act(EventType.OVERDUE_CAUSE_RECORDED, 3, place=WHOLE, cause=OWN_DELAY, outage=None)
    life.learns(announced(MONDAY, WEDNESDAY, THURSDAY))
    assert (life.dossier.overdue, life.dossier.lateness) == (False, {})
    assert (Subject.DOSSIER, WHOLE, Level.OVERDUE) not in life.warnings()


def test_a_step_that_has_time_again_is_not_late() -> None:
    life = Life().accepted()
    life.becomes_overdue("appraise")
    life.until("2026-07-06 20:00")
    life.learns(announced(MONDAY))
    assert not life.task().overdue
    assert life.task().clock.due_at == life.until("2026-07-07 08:00")


def test_who_held_what_is_counted_by_the_calendar_as_it_is_known_in_the_end(life: Life) -> None:
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.until("2026-07-07 09:00")
    life.on_task(EventType.TASK_DELEGATED, 3, "appraise", assignee=5)
    life.learns(announced(MONDAY))
    life.until("2026-07-07 09:30")
    life.complete("appraise", 5, because=OWN_DELAY, decision="approve")
    held = [event.data for event in life.log if event.type is EventType.TASK_HELD]
    assert [(each["holder"], each["worked"] / 3600) for each in held] == [(3, 9), (5, 0.5)]
    assert held[1]["late"] == 1800


def test_a_halted_clock_learns_of_it_too(life: Life) -> None:
    life.until("2026-07-07 08:00")
    life.pause()
    life.learns(announced(THURSDAY))
    assert life.dossier.due_at == life.until("2026-07-10 17:00")
    life.until("2026-07-10 08:00")
    life.resume()
    assert life.dossier.due_at == life.until("2026-07-14 17:00")


def test_what_is_finished_stays_as_it_was(life: Life) -> None:
    life.complete("appraise", 3, decision="refuse")
    with pytest.raises(DossierFinished):
        life.learns(announced(WEDNESDAY))


def test_done_again_from_the_log_it_is_the_same_dossier(life: Life) -> None:
    life.learns(announced(WEDNESDAY))
    life.lives_until("2026-07-10 12:00")
    life.learns(CALENDAR)
    assert life.done_again() == life.dossier
