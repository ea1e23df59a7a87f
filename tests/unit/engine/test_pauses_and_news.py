"""Pauses stop clocks as their reasons say; news and time lead a dossier on."""

from datetime import timedelta
from typing import Any

import pytest

from bpmn.procedure import Procedure, procedure_from_sources
from engine.errors import (
    AlreadyEnding,
    AlreadyPaused,
    DossierFinished,
    DossierSuspended,
    NothingAwaited,
    NotPaused,
    PauseNotAllowed,
    TimerOutdated,
    TooLate,
    UnknownPauseReason,
)
from engine.life.pause_reasons import pause_reasons
from engine.life.timers import TimerKind, timers
from engine.model.event import EventType
from engine.model.status import Status
from tests.diagrams import (
    START,
    boundary_timer,
    end,
    event_subprocess,
    flow,
    gateway,
    message_wait,
    task,
    timer_wait,
    way,
)
from tests.unit.bpmn.asking import small
from tests.unit.engine.living import CALENDAR, Life

HOUR = timedelta(hours=1)
SUPPLEMENTED, FULFILLED = EventType.SUPPLEMENT_RECEIVED, EventType.OBLIGATION_FULFILLED
WITHDRAWN, DISCONTINUED = EventType.WITHDRAWAL_REQUESTED, EventType.DISCONTINUATION_DECIDED


def drawn(*elements: str, steps: str) -> Procedure:
    """A procedure that begins with acceptance by the step `check`."""
    check = task("check", stage="receipt")
    return procedure_from_sources(small(START, check, end("e"), *elements, steps=f"check {steps}"))


def working_time(life: Life, since: Any, until: Any) -> timedelta:
    return CALENDAR.working_time(since, until)


class TestByOrder:
    """A person pauses and resumes."""

    @pytest.fixture
    def life(self) -> Life:
        """Received on Monday at eight, due on Thursday at five; the appraisal is due at nine."""
        return Life().accepted()

    def test_the_time_left_is_what_it_was(self, life: Life) -> None:
        due, step_due = life.dossier.due_at, life.task().clock.due_at
        life.until("2026-07-06 08:30")
        life.pause()
        assert (life.status(), timers(life.dossier)) == (Status.SUSPENDED, {})
        life.until("2026-07-08 10:00")
        events = life.resume()
        assert due is not None
        assert life.dossier.due_at is not None
        left = working_time(life, life.until("2026-07-06 08:30"), due)
        resumed = life.until("2026-07-08 10:00")
        # a limit in days ends when the office closes, so part of a day may be gained
        gained = working_time(life, resumed, life.dossier.due_at) - left
        assert timedelta(0) <= gained < 8 * HOUR
        assert life.task().clock.due_at == life.until("2026-07-08 10:30")
        assert life.task().clock.due_at - step_due == timedelta(days=2, hours=1.5)
        assert [event.type for event in events] == [
            EventType.DOSSIER_RESUMED,
            EventType.DUE_DATE_SET,
            EventType.DOSSIER_STATUS_CHANGED,
        ]
        assert set(timers(life.dossier)) == {
            (TimerKind.DOSSIER_DUE, 0),
            (TimerKind.STEP_DUE, life.task().place),
        }

    def test_a_fault_of_the_system_stops_work_but_no_clock(self, life: Life) -> None:
        before = timers(life.dossier)
        due = life.dossier.due_at
        life.pause("loi_he_thong")
        assert timers(life.dossier) == before
        life.passes(days=1)
        assert [event.type for event in life.resume()] == [
            EventType.DOSSIER_RESUMED,
            EventType.DOSSIER_STATUS_CHANGED,
        ]
        assert life.dossier.due_at == due

    @pytest.mark.parametrize("reason", [r.code for r in pause_reasons().values() if r.manual])
    def test_every_reason_that_a_person_may_give(self, life: Life, reason: str) -> None:
        life.pause(reason)
        assert life.status() is pause_reasons()[reason].status
        life.passes(days=3)
        life.resume()
        assert life.status() is Status.PROCESSING
        assert life.dossier.pauses == []

    def test_reasons_that_nobody_may_give(self, life: Life) -> None:
        with pytest.raises(PauseNotAllowed, match="Bổ sung hồ sơ"):
            life.pause("bo_sung_ho_so")
        with pytest.raises(UnknownPauseReason, match="nghi_trua"):
            life.pause("nghi_trua")

    def test_one_pause_at_a_time(self, life: Life) -> None:
        life.pause()
        with pytest.raises(AlreadyPaused):
            life.pause("loi_he_thong")
        life.resume()
        with pytest.raises(NotPaused):
            life.resume()

    def test_not_before_acceptance_nor_after_the_result_nor_after_the_end(self) -> None:
        with pytest.raises(PauseNotAllowed):
            Life().pause()
        life = Life().issued()
        with pytest.raises(TooLate, match="tạm dừng"):
            life.pause()
        life.complete("deliver")
        with pytest.raises(DossierFinished):
            life.pause()
        with pytest.raises(DossierFinished):
            life.resume()

    def test_until_when_is_remembered(self, life: Life) -> None:
        until = life.passes(days=5)
        life.now -= timedelta(days=5)
        life.act(EventType.DOSSIER_PAUSED, 4, reason="khac", until=until.isoformat())
        (pause,) = life.dossier.pauses
        assert (pause.reason, pause.until, pause.place) == ("khac", until, None)

    def test_an_overdue_dossier_stays_overdue(self, life: Life) -> None:
        life.fire(TimerKind.DOSSIER_DUE)
        life.passes(hours=1)
        life.pause()
        life.passes(days=2)
        events = life.resume()
        assert EventType.DUE_DATE_SET not in [event.type for event in events]
        assert life.dossier.overdue


class TestByDiagram:
    """Where a token rests, the dossier may be paused."""

    def test_a_supplement_begins_the_clock_anew(self) -> None:
        life = Life().accepted()
        first = life.dossier.due_at
        life.passes(days=1)
        life.complete("appraise", 3, decision="supplement")
        assert life.status() is Status.SUPPLEMENT_REQUESTED
        assert (TimerKind.DOSSIER_DUE, 0) not in timers(life.dossier)
        life.until("2026-07-20 09:00")
        events = life.act(SUPPLEMENTED, 2, {"papers": 1})
        assert [event.type for event in events] == [
            SUPPLEMENTED,
            EventType.WAIT_ENDED,
            EventType.DOSSIER_RESUMED,
            EventType.DUE_DATE_SET,
            EventType.TASK_OPENED,
            EventType.DOSSIER_STATUS_CHANGED,
        ]
        clock = life.dossier.clock
        assert clock is not None
        assert (clock.first_due_at, clock.due_at) == (first, life.until("2026-07-23 17:00"))
        assert life.dossier.facts["await_supplement"] == {"papers": 1}

    def test_a_dossier_that_was_overdue_before_has_time_again(self) -> None:
        life = Life().accepted()
        life.fire(TimerKind.DOSSIER_DUE)
        life.complete("appraise", 3, decision="supplement")
        life.passes(days=10)
        life.act(SUPPLEMENTED, 2)
        assert not life.dossier.overdue
        assert (TimerKind.DOSSIER_DUE, 0) in timers(life.dossier)
        life.fire(TimerKind.DOSSIER_DUE)
        assert life.types.count(EventType.DOSSIER_OVERDUE) == 2

    def test_a_person_may_pause_what_the_diagram_has_paused(self) -> None:
        life = Life().accepted()
        life.complete("appraise", 3, decision="supplement")
        life.pause("khac")
        assert life.status() is Status.SUSPENDED
        with pytest.raises(DossierSuspended):
            life.act(SUPPLEMENTED, 2)
        life.passes(days=1)
        life.resume()
        assert life.status() is Status.SUPPLEMENT_REQUESTED
        assert (TimerKind.DOSSIER_DUE, 0) not in timers(life.dossier)
        life.act(SUPPLEMENTED, 2)
        assert life.status() is Status.PROCESSING

    def test_two_pauses_at_once_end_with_the_last(self) -> None:
        procedure = drawn(
            *(gateway("split", "parallel"), gateway("join", "parallel"), task("work")),
            *(message_wait("tax", "obligation_fulfilled", pauses="nghia_vu_tai_chinh"),),
            timer_wait("posting", "15 days", pauses="niem_yet_cong_khai"),
            way("start", "check", "split", "tax", "join", "work", "e"),
            way("split", "posting", "join"),
            steps="work",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        assert life.status() is Status.AWAITING_FINANCIAL_OBLIGATION
        assert set(timers(life.dossier)) == {(TimerKind.LAPSE, life.dossier.pauses[1].place)}
        due = life.dossier.due_at
        life.passes(days=2)
        life.act(FULFILLED, 2)
        assert life.status() is Status.SUSPENDED
        assert life.dossier.due_at == due
        life.fire(TimerKind.LAPSE, "posting")
        assert life.status() is Status.PROCESSING
        assert life.dossier.due_at is not None
        assert due is not None
        assert life.dossier.due_at > due

    def test_a_supplement_among_other_pauses_still_begins_the_clock_anew(self) -> None:
        procedure = drawn(
            *(gateway("split", "parallel"), gateway("join", "parallel"), task("work"), task("ask")),
            *(message_wait("tax", "obligation_fulfilled", pauses="nghia_vu_tai_chinh"),),
            *(message_wait("papers", "supplement_received", pauses="bo_sung_ho_so"),),
            *(
                way("split", "ask", "papers", "join"),
                way("start", "check", "split", "tax", "join", "work", "e"),
            ),
            steps="work ask",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        life.passes(days=1)
        life.complete("ask")
        life.passes(days=1)
        life.act(SUPPLEMENTED, 2)
        life.until("2026-07-20 09:00")
        life.act(FULFILLED, 2)
        assert life.dossier.due_at == life.until("2026-07-23 17:00")

    def test_a_step_may_pause_the_dossier_while_it_is_open(self) -> None:
        procedure = drawn(
            task("survey", pauses="kiem_tra_thuc_te_do_dac"),
            *(task("work"), way("start", "check", "survey", "work", "e")),
            steps="survey work",
        )
        life = Life(procedure)
        life.complete("check", decision="accept")
        assert life.status() is Status.SUSPENDED
        assert set(timers(life.dossier)) == {(TimerKind.STEP_DUE, life.task("survey").place)}
        life.passes(days=3)
        life.complete("survey")
        assert life.status() is Status.PROCESSING
        assert life.dossier.due_at == life.until("2026-07-14 17:00")


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
        events = life.fire(TimerKind.STEP_DUE, "appraise")
        assert [event.type for event in events] == [EventType.TIMER_FIRED, EventType.TASK_OVERDUE]
        assert life.task().overdue
        assert set(timers(life.dossier)) == {(TimerKind.DOSSIER_DUE, 0)}
        events = life.fire(TimerKind.DOSSIER_DUE)
        assert [event.type for event in events] == [
            EventType.TIMER_FIRED,
            EventType.DOSSIER_OVERDUE,
        ]
        assert life.dossier.overdue
        assert timers(life.dossier) == {}
        life.complete("appraise", 3, decision="approve")
        with pytest.raises(TimerOutdated):
            life.act(EventType.TIMER_FIRED, "system", kind="step_due", place=place)

    def test_a_step_that_takes_no_time_is_never_late(self) -> None:
        life = Life().issued()
        assert life.task().clock.limit.amount == 0
        assert timers(life.dossier) == {}

    def test_a_finished_dossier_waits_for_nothing(self) -> None:
        life = Life()
        life.complete("check_papers", decision="refuse")
        assert timers(life.dossier) == {}
        with pytest.raises(DossierFinished):
            life.act(EventType.TIMER_FIRED, "system", kind="dossier_due", place=0)

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
        life.complete("work")
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
        assert {kind for kind, _ in timers(life.dossier)} == set(TimerKind)
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


class TestWaysOut:
    """Withdrawal and discontinuation."""

    @pytest.mark.parametrize("type_", [WITHDRAWN, DISCONTINUED])
    def test_everything_else_is_called_off(self, type_: EventType) -> None:
        life = Life().accepted()
        events = life.act(type_, 2, {"reason": "Không cần nữa"})
        assert EventType.TASK_CANCELLED in [event.type for event in events]
        step = "return_papers" if type_ is WITHDRAWN else "issue_discontinuation"
        assert life.task().step == step
        for again in (WITHDRAWN, DISCONTINUED):
            with pytest.raises(AlreadyEnding):
                life.act(again, 2, {"reason": "Lại"})
        life.complete(step, 4)
        assert life.dossier.tasks == {}

    def test_the_status_tells_which(self) -> None:
        life = Life()
        life.act(WITHDRAWN, 2)
        assert life.status() is Status.WITHDRAWAL_REQUESTED
        life.complete("return_papers")
        assert life.status() is Status.WITHDRAWN
        life = Life().accepted()
        life.act(DISCONTINUED, 2)
        assert life.status() is Status.PROCESSING
        life.complete("issue_discontinuation", 4)
        assert life.status() is Status.DISCONTINUED

    @pytest.mark.parametrize("paused", [[], ["khac"], ["loi_he_thong"]])
    @pytest.mark.parametrize("decision", ["approve", "supplement"])
    def test_also_of_a_paused_dossier(self, paused: list[str], decision: str) -> None:
        life = Life().accepted()
        life.complete("appraise", 3, decision=decision)
        for reason in paused:
            life.pause(reason)
        life.passes(days=1)
        life.act(WITHDRAWN, 2)
        assert (life.dossier.pauses, life.dossier.waits) == ([], {})
        life.complete("return_papers")
        assert life.status() is Status.WITHDRAWN

    def test_not_when_there_is_a_result_or_an_end(self) -> None:
        life = Life().issued()
        for type_, what in ((WITHDRAWN, "rút hồ sơ"), (DISCONTINUED, "dừng xử lý")):
            with pytest.raises(TooLate, match=what):
                life.act(type_, 2)
        life.complete("deliver")
        with pytest.raises(DossierFinished):
            life.act(WITHDRAWN, 2)

    def test_not_when_the_diagram_draws_none(self) -> None:
        life = Life(drawn(way("start", "check", "e"), steps=""))
        with pytest.raises(TooLate):
            life.act(WITHDRAWN, 2)

    def test_a_way_out_may_have_its_own_timers(self) -> None:
        sub = event_subprocess("stop", "withdrawal_requested", "hand_back", "withdrawn")
        edge = (
            boundary_timer("late", "hand_back", "3 days")
            + end("kept", "withdrawn")
            + flow("late", "kept")
        )
        procedure = drawn(
            sub.replace("</bpmn:subProcess>", edge + "</bpmn:subProcess>"),
            *(task("work"), way("start", "check", "work", "e")),
            steps="stop work",
        )
        life = Life(procedure)
        life.act(WITHDRAWN, 2)
        life.fire(TimerKind.LAPSE, "late")
        assert life.status() is Status.WITHDRAWN
