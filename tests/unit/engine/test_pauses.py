"""Pauses stop clocks as their reasons say: ordered by people, or drawn in the diagram."""

from datetime import timedelta

import pytest

from engine.errors import (
    AlreadyPaused,
    DossierFinished,
    DossierSuspended,
    NotPaused,
    PauseNotAllowed,
    TooLate,
    UnknownPauseReason,
)
from engine.life.timers import TimerKind, timers
from engine.model.alert import ORDERED, WHOLE
from engine.model.event import EventType
from engine.model.status import Status
from tests.diagrams import (
    gateway,
    message_wait,
    task,
    timer_wait,
    way,
)
from tests.unit.engine.living import CALENDAR, OWN_DELAY, RULEBOOK, Life
from tests.unit.engine.living import drawn_from_check as drawn

HOUR = timedelta(hours=1)
SUPPLEMENTED, FULFILLED = EventType.SUPPLEMENT_RECEIVED, EventType.OBLIGATION_FULFILLED


class TestByOrder:
    """A person pauses and resumes."""

    @pytest.fixture
    def life(self) -> Life:
        """Received on Monday at eight, due on Thursday at five; the appraisal is due at nine."""
        return Life().accepted()

    def test_the_time_left_is_what_it_was(self, life: Life) -> None:
        life.until("2026-07-06 08:30")
        assert _left(life) == 30.5 * HOUR
        life.pause()
        assert life.status() is Status.SUSPENDED
        assert set(timers(life.dossier)) == {(TimerKind.PAUSE, ORDERED)}
        assert _left(life) == 30.5 * HOUR
        life.until("2026-07-08 10:00")
        events = life.resume()
        assert [event.type for event in events] == [
            EventType.DOSSIER_RESUMED,
            EventType.DUE_DATE_SET,
            EventType.DOSSIER_STATUS_CHANGED,
        ]
        # 30.5 working hours on is Tuesday at half past eight; a limit in days ends with the day
        assert life.task().clock.due_at == life.until("2026-07-08 10:30")
        assert life.dossier.due_at == life.until("2026-07-14 17:00")
        place = life.task().place
        assert set(timers(life.dossier)) == {
            (TimerKind.DOSSIER, WHOLE),
            (TimerKind.STEP, place),
            (TimerKind.UNASSIGNED, place),
        }

    def test_a_fault_of_the_system_stops_work_but_no_clock(self, life: Life) -> None:
        before = timers(life.dossier)
        due = life.dossier.due_at
        life.pause("loi_he_thong")
        during = timers(life.dossier)
        for running in ((TimerKind.DOSSIER, WHOLE), (TimerKind.STEP, life.task().place)):
            assert during[running] == before[running]
        life.passes(days=1)
        assert [event.type for event in life.resume()] == [
            EventType.DOSSIER_RESUMED,
            EventType.DOSSIER_STATUS_CHANGED,
        ]
        assert life.dossier.due_at == due

    @pytest.mark.parametrize("reason", [r.code for r in RULEBOOK.pauses.values() if r.manual])
    def test_every_reason_that_a_person_may_give(self, life: Life, reason: str) -> None:
        life.pause(reason, until="2026-07-10T09:00:00+00:00")
        assert life.status() is RULEBOOK.pauses[reason].status
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
        until = life.now + timedelta(days=5)
        life.pause("khac", until=until.isoformat())
        (pause,) = life.dossier.pauses
        assert (pause.reason, pause.until, pause.place) == ("khac", until, None)
        assert (pause.by, pause.evidence) == ("4", {"document": "12/CV"})

    def test_an_overdue_dossier_stays_overdue(self, life: Life) -> None:
        life.becomes_overdue()
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
        life.complete("appraise", 3, because=OWN_DELAY, decision="supplement")
        assert life.status() is Status.SUPPLEMENT_REQUESTED
        assert (TimerKind.DOSSIER, 0) not in timers(life.dossier)
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
        life.becomes_overdue()
        life.complete("appraise", 3, because=OWN_DELAY, decision="supplement")
        life.passes(days=10)
        life.act(SUPPLEMENTED, 2)
        assert not life.dossier.overdue
        life.becomes_overdue()
        assert life.types.count(EventType.DOSSIER_OVERDUE) == 2

    def test_a_person_may_pause_what_the_diagram_has_paused(self) -> None:
        life = Life().accepted()
        life.complete("appraise", 3, decision="supplement")
        life.pause()
        assert life.status() is Status.SUSPENDED
        with pytest.raises(DossierSuspended):
            life.act(SUPPLEMENTED, 2)
        life.passes(days=1)
        life.resume()
        assert life.status() is Status.SUPPLEMENT_REQUESTED
        assert (TimerKind.DOSSIER, 0) not in timers(life.dossier)
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
        tax, posting = life.dossier.pauses
        assert set(timers(life.dossier)) == {
            (TimerKind.LAPSE, posting.place),
            (TimerKind.PAUSE, tax.place),
            (TimerKind.PAUSE, posting.place),
        }
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
        life.complete("ask", because=OWN_DELAY)
        due = life.dossier.due_at
        life.passes(days=1)
        life.act(SUPPLEMENTED, 2)
        assert life.dossier.due_at == due
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
        place = life.task("survey").place
        assert set(timers(life.dossier)) == {
            (TimerKind.STEP, place),
            (TimerKind.UNASSIGNED, place),
            (TimerKind.PAUSE, place),
        }
        life.passes(days=3)
        life.complete("survey", because=OWN_DELAY)
        assert life.status() is Status.PROCESSING
        assert life.dossier.due_at == life.until("2026-07-14 17:00")


def _left(life: Life) -> timedelta | None:
    clock = life.dossier.clock
    return clock.remaining(CALENDAR, life.now) if clock else None
