"""What comes from outside, and what comes when time has run out."""

import pytest

from engine.errors import (
    DossierFinished,
    DossierSuspended,
    NothingAwaited,
    TimerOutdated,
)
from engine.life.timers import TimerKind, timers
from engine.model.event import Event, EventType
from engine.model.status import Status
from tests.diagrams import (
    boundary_timer,
    end,
    flow,
    gateway,
    message_wait,
    task,
    timer_wait,
    way,
)
from tests.unit.engine.living import OWN_DELAY, Life
from tests.unit.engine.living import drawn_from_check as drawn

SUPPLEMENTED, FULFILLED = EventType.SUPPLEMENT_RECEIVED, EventType.OBLIGATION_FULFILLED
WITHDRAWN, DISCONTINUED = EventType.WITHDRAWAL_REQUESTED, EventType.DISCONTINUATION_DECIDED


class TestTime:
    """A time limit has run out."""

    def test_a_wait_ends_and_the_way_goes_on(self) -> None:
        procedure = drawn(
            *(
                timer_wait("posting", "15 days"),
                task("work"),
                way("start", "check", "posting", "work", "e"),
            ),
            steps="work",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        started = next(event for event in life.log if event.type is EventType.WAIT_STARTED)
        assert started.data["due_at"] == "2026-07-21T10:00:00+00:00"
        place = started.data["place"]
        events = life.fire(TimerKind.LAPSE, "posting")
        assert events[0].actor == "system"
        assert life.task().step == "work"
        with pytest.raises(TimerOutdated):
            life.act(EventType.TIMER_FIRED, "system", kind="lapse", place=place)

    def test_a_step_and_a_dossier_become_overdue_once(self) -> None:
        life = Life().accepted()
        place = life.task().place
        assert _without_alerts(life.becomes_overdue("appraise")) == [EventType.TASK_OVERDUE]
        assert life.task().overdue
        assert _without_alerts(life.becomes_overdue()) == [EventType.DOSSIER_OVERDUE]
        assert life.dossier.overdue
        life.lives_until("2026-08-31 08:00")
        assert timers(life.dossier) == {}
        for once in (EventType.TASK_OVERDUE, EventType.DOSSIER_OVERDUE):
            assert life.types.count(once) == 1
        life.complete("appraise", 3, because=OWN_DELAY, decision="approve")
        with pytest.raises(TimerOutdated):
            life.act(EventType.TIMER_FIRED, "system", kind="step", place=place)

    def test_a_step_that_takes_no_time_is_never_late(self) -> None:
        life = Life().issued()
        assert life.task().clock.limit.amount == 0
        assert timers(life.dossier) == {}

    def test_a_finished_dossier_waits_for_nothing(self) -> None:
        life = Life()
        life.complete("check_papers", decision="refuse")
        assert timers(life.dossier) == {}
        with pytest.raises(DossierFinished):
            life.act(EventType.TIMER_FIRED, "system", kind="dossier", place=0)

    def test_time_runs_out_while_a_fault_of_the_system_stops_work(self) -> None:
        procedure = drawn(
            *(timer_wait("posting", "15 days", pauses="niem_yet_cong_khai"), task("work")),
            way("start", "check", "posting", "work", "e"),
            steps="work",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        life.pause("loi_he_thong")
        life.fire(TimerKind.LAPSE, "posting")
        assert life.status() is Status.SUSPENDED
        with pytest.raises(DossierSuspended):
            life.complete("work")
        life.passes(days=1)
        life.resume()
        life.complete("work", because=OWN_DELAY)
        assert life.status() is Status.DELIVERED

    def test_time_runs_out_to_the_end_while_work_is_stopped(self) -> None:
        procedure = drawn(
            *(
                task("work"),
                boundary_timer("late", "work", "3 days"),
                way("start", "check", "work", "e"),
            ),
            *(end("given_up", "discontinued"), flow("late", "given_up")),
            steps="work",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        life.pause("loi_he_thong")
        life.fire(TimerKind.LAPSE, "late")
        dossier = life.dossier
        assert (dossier.status, dossier.pauses, dossier.tasks) == (Status.DISCONTINUED, [], {})

    def test_in_time_the_timer_on_the_edge_is_gone(self) -> None:
        procedure = drawn(
            *(
                task("work"),
                boundary_timer("late", "work", "3 days"),
                way("start", "check", "work", "e"),
            ),
            *(end("given_up", "discontinued"), flow("late", "given_up")),
            steps="work",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        assert {kind for kind, _ in timers(life.dossier)} == {
            TimerKind.LAPSE,
            TimerKind.DOSSIER,
            TimerKind.STEP,
            TimerKind.UNASSIGNED,
        }
        events = life.complete("work")
        assert EventType.WAIT_ENDED in [event.type for event in events]
        assert life.status() is Status.DELIVERED


class TestNews:
    """What nobody waits for is refused."""

    def test_nothing_is_awaited(self) -> None:
        life = Life().accepted()
        with pytest.raises(NothingAwaited, match="bổ sung giấy tờ"):
            life.act(SUPPLEMENTED, 2)
        with pytest.raises(NothingAwaited, match="nghĩa vụ tài chính"):
            life.act(FULFILLED, 2)

    def test_something_else_is_awaited(self) -> None:
        life = Life().accepted()
        life.complete("appraise", 3, decision="supplement")
        with pytest.raises(NothingAwaited):
            life.act(FULFILLED, 2)

    def test_nothing_comes_after_the_end(self) -> None:
        life = Life()
        life.complete("check_papers", decision="refuse")
        with pytest.raises(DossierFinished):
            life.act(SUPPLEMENTED, 2)

    @pytest.mark.parametrize("in_time", [True, False])
    def test_of_two_events_that_exclude_each_other_one_happens(self, in_time: bool) -> None:
        procedure = drawn(
            '<bpmn:eventBasedGateway id="which" name="Việc gì trước?" />',
            *(message_wait("news", "supplement_received"), timer_wait("late", "3 days")),
            *(task("thank"), task("remind"), way("which", "late", "remind", "e")),
            way("start", "check", "which", "news", "thank", "e"),
            steps="thank remind",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        assert {kind for kind, _ in timers(life.dossier)} == {
            TimerKind.LAPSE,
            TimerKind.DOSSIER,
        }
        events = life.act(SUPPLEMENTED, 2) if in_time else life.fire(TimerKind.LAPSE, "late")
        assert [event.type for event in events].count(EventType.WAIT_ENDED) == 2
        assert life.task().step == ("thank" if in_time else "remind")
        assert life.dossier.waits == {}
        with pytest.raises(NothingAwaited):
            life.act(SUPPLEMENTED, 2)

    def test_one_supplement_answers_one_wait(self) -> None:
        procedure = drawn(
            *(
                gateway("split", "parallel"),
                gateway("join", "parallel"),
                way("split", "two", "join"),
            ),
            *(
                message_wait("one", "supplement_received"),
                message_wait("two", "supplement_received"),
            ),
            way("start", "check", "split", "one", "join", "e"),
            steps="",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        life.act(SUPPLEMENTED, 2, {"papers": 1})
        assert len(life.dossier.waits) == 1
        life.act(SUPPLEMENTED, 2, {"papers": 2})
        assert life.status() is Status.DELIVERED

    def test_a_message_on_the_edge_of_a_task(self) -> None:
        edge = boundary_timer("news", "work", "x").replace(
            "<bpmn:timerEventDefinition><bpmn:timeDuration>x</bpmn:timeDuration>"
            "</bpmn:timerEventDefinition>",
            '<bpmn:messageEventDefinition messageRef="m_supplement_received" />',
        )
        procedure = drawn(
            *(
                task("work"),
                edge,
                task("again"),
                way("start", "check", "work", "e"),
                way("news", "again", "e"),
            ),
            steps="work again",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        events = life.act(SUPPLEMENTED, 2)
        assert EventType.TASK_CANCELLED in [event.type for event in events]
        assert life.task().step == "again"


def _without_alerts(events: list[Event]) -> list[EventType]:
    """What a timer left, beside the alerts: these have tests of their own."""
    assert events[0].type is EventType.TIMER_FIRED
    return [event.type for event in events[1:] if not event.type.startswith("ALERT")]
