"""Who had a task for how long: the ledger of responsibility, in working time."""

from datetime import timedelta

import pytest

from engine.life.timers import TimerKind
from engine.model.event import Event, EventType
from tests.unit.engine.living import COMMUNE, OWN_DELAY, Life, ruled

HELD = EventType.TASK_HELD
HOUR = 3600


@pytest.fixture
def life() -> Life:
    """The appraisal is open since Monday at eight, and is due at nine."""
    return Life().accepted()


def held(events: list[Event]) -> list[tuple[int | None, float, float]]:
    """Holder, hours worked and hours late of the holdings among events."""
    return [
        (event.data["holder"], event.data["worked"] / HOUR, event.data["late"] / HOUR)
        for event in events
        if event.type is HELD
    ]


def test_from_the_queue_to_its_holder_to_the_end(life: Life) -> None:
    life.until("2026-07-06 08:15")
    assert held(life.on_task(EventType.TASK_CLAIMED, 3, "appraise")) == [(None, 0.25, 0)]
    life.until("2026-07-06 08:45")
    events = life.complete("appraise", 3, decision="approve")
    assert held(events) == [(3, 0.5, 0)]
    holding = next(event for event in events if event.type is HELD)
    assert holding.data["since"] == "2026-07-06T01:15:00+00:00"
    assert (holding.data["agency"], holding.data["unit"]) == (COMMUNE, "OFFICE")
    assert holding.caused_by == events[0].seq


def test_a_queue_that_kept_nobody_waiting_is_not_worth_a_line(life: Life) -> None:
    assert held(life.on_task(EventType.TASK_CLAIMED, 3, "appraise")) == []


def test_one_after_the_other(life: Life) -> None:
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    hours = iter(["08:10", "08:20", "08:30", "08:40", "08:50"])

    def later() -> None:
        life.until(f"2026-07-06 {next(hours)}")

    later()
    life.on_task(EventType.TASK_DELEGATED, 3, "appraise", assignee=5)
    later()
    life.on_task(EventType.TASK_ASSIGNED, 4, "appraise", assignee=6)
    later()
    life.on_task(EventType.TASK_RELEASED, 6, "appraise")
    later()
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    later()
    life.complete("appraise", 3, decision="approve")
    assert [holder for holder, *_ in held(life.log)] == [3, 5, 6, None, 3]
    assert {round(worked * 60) for _, worked, _ in held(life.log)} == {10}


def test_who_claims_or_gets_what_they_hold_already_goes_on_holding_it(life: Life) -> None:
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.passes(hours=0.5)
    assert held(life.on_task(EventType.TASK_CLAIMED, 3, "appraise")) == []
    assert held(life.on_task(EventType.TASK_ASSIGNED, 4, "appraise", assignee=3)) == []


def test_each_answers_for_the_late_part_of_their_own_time(life: Life) -> None:
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.until("2026-07-06 09:30")
    life.on_task(EventType.TASK_DELEGATED, 3, "appraise", assignee=5)
    life.until("2026-07-06 10:30")
    life.complete("appraise", 5, because=OWN_DELAY, decision="approve")
    assert held(life.log) == [(3, 1.5, 0.5), (5, 1, 1)]


def test_whoever_completes_a_task_of_the_queue_it_was_the_queues(life: Life) -> None:
    life.passes(hours=0.5)
    assert held(life.complete("appraise", 3, decision="approve")) == [(None, 0.5, 0)]


def test_nights_and_pauses_are_nobodys_time(life: Life) -> None:
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.until("2026-07-06 08:30")
    life.pause()
    life.until("2026-07-10 18:00")
    life.resume()
    life.until("2026-07-13 07:15")
    assert held(life.complete("appraise", 3, decision="approve")) == [(3, 0.75, 0)]


def test_a_pause_that_begins_the_limit_anew_leaves_the_work_that_was_done() -> None:
    rulebook = ruled(pauses={"kiem_tra_thuc_te_do_dac": {"policy": "RESET"}})
    life = Life(rulebook=rulebook).accepted()
    life.until("2026-07-06 08:30")
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.until("2026-07-06 08:40")
    life.pause()
    life.passes(days=1)
    life.resume()
    life.passes(hours=0.25)
    life.complete("appraise", 3, decision="approve")
    assert [(holder, round(worked * 60)) for holder, worked, _ in held(life.log)] == [
        (None, 30),
        (3, 25),
    ]


def test_what_is_called_off_was_held_too(life: Life) -> None:
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.passes(hours=0.5)
    events = life.act(EventType.WITHDRAWAL_REQUESTED, 2)
    assert held(events) == [(3, 0.5, 0)]


def test_what_is_sent_back_is_held_anew() -> None:
    life = Life().signing()
    life.on_task(EventType.TASK_CLAIMED, 4, "sign")
    life.passes(hours=0.5)
    assert held(life.complete("sign", 4, decision="return")) == [(4, 0.5, 0)]
    life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
    life.passes(hours=0.25)
    assert held(life.complete("appraise", 3, decision="approve")) == [(3, 0.25, 0)]


def test_a_step_that_takes_no_time_is_held_but_never_late() -> None:
    life = Life().issued()
    life.on_task(EventType.TASK_CLAIMED, 2, "deliver")
    life.until("2026-07-07 08:00")
    assert held(life.complete("deliver")) == [(2, 8, 0)]


def test_all_holdings_of_a_step_make_up_what_its_clock_consumed(life: Life) -> None:
    for minutes in (7, 13, 29):
        life.now += timedelta(minutes=minutes, microseconds=500_001)
        life.on_task(EventType.TASK_CLAIMED, 3, "appraise")
        life.now += timedelta(minutes=minutes, microseconds=499_999)
        life.on_task(EventType.TASK_RELEASED, 3, "appraise")
    life.fire(TimerKind.UNASSIGNED, "appraise")
    life.complete("appraise", 3, because=OWN_DELAY, decision="approve")
    worked = sum(worked for _, worked, _ in held(life.log))
    assert round(worked * HOUR) == 2 * 49 * 60 + 3 + 4 * HOUR
