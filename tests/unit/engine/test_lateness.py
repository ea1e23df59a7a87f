"""Why something ended late is said when it is known, and demanded when it ends."""

import pytest

from engine.errors import EngineError
from engine.errors.time import (
    NotOverdue,
    OutageNeeded,
    OverdueCauseNeeded,
    UnknownOverdueCause,
)
from engine.model.alert import WHOLE
from engine.model.dossier import Lateness
from engine.model.event import Event, EventType
from engine.model.status import Status
from tests.unit.engine.living import OWN_DELAY, Life, ruled

COMPLETED = EventType.TASK_COMPLETED
RECORDED = EventType.OVERDUE_CAUSE_RECORDED
FAULT = {"cause": "loi_he_thong", "outage": 7}


@pytest.fixture
def life() -> Life:
    """With the appraisal open, and late; the dossier is in time."""
    life = Life().accepted()
    life.becomes_overdue("appraise")
    return life


@pytest.fixture
def late() -> Life:
    """With the signature open, in time, of a dossier that is late."""
    life = Life().accepted()
    life.becomes_overdue()
    life.complete("appraise", 3, because=OWN_DELAY, decision="approve")
    return life


def complete(life: Life, **data: object) -> list[Event]:
    """Someone approves; it is another person who signs than who appraised."""
    task, form = life.task(), {"form": {"decision": "approve"}}
    who = 3 if task.step == "appraise" else 4
    return life.act(COMPLETED, who, form, place=task.place, decision="approve", **data)


def refused(life: Life, error: type[EngineError], **data: object) -> str:
    """What is refused and changes nothing; why, in words."""
    before = life.dossier
    with pytest.raises(error) as refusal:
        complete(life, **data)
    assert life.dossier == before
    return refusal.value.message


class TestOfStep:
    """A step that ends after its limit."""

    def test_is_demanded(self, life: Life) -> None:
        assert "bước «Việc appraise»" in refused(life, OverdueCauseNeeded)
        events = complete(life, overdue={"cause": OWN_DELAY})
        recorded = next(event for event in events if event.type is RECORDED)
        assert recorded.data == {"place": 6, "cause": OWN_DELAY, "outage": None}
        assert life.dossier.lateness == {}

    def test_even_before_the_scheduler_has_seen_it(self) -> None:
        life = Life().accepted()
        life.until("2026-07-06 09:00")
        complete(life)
        life = Life().accepted()
        life.until("2026-07-06 09:01")
        refused(life, OverdueCauseNeeded)

    def test_may_be_said_before(self, life: Life) -> None:
        place = life.task().place
        life.act(RECORDED, 3, place=place, cause="co_quan_phoi_hop", outage=None)
        assert life.dossier.lateness == {place: Lateness("co_quan_phoi_hop")}
        complete(life)

    def test_may_be_corrected(self, life: Life) -> None:
        place = life.task().place
        for cause in ("co_quan_phoi_hop", "cong_dan"):
            life.act(RECORDED, 3, place=place, cause=cause, outage=None)
        assert life.dossier.lateness[place].cause == "cong_dan"

    def test_is_one_of_the_rulebooks(self, life: Life) -> None:
        refused(life, UnknownOverdueCause, overdue={"cause": "tai_toi"})
        with pytest.raises(UnknownOverdueCause):
            life.act(RECORDED, 3, place=life.task().place, cause="tai_toi", outage=None)

    def test_a_fault_of_a_system_names_its_outage(self, life: Life) -> None:
        refused(life, OutageNeeded, overdue={"cause": "loi_he_thong"})
        with pytest.raises(OutageNeeded):
            life.act(RECORDED, 3, place=life.task().place, cause="loi_he_thong", outage=None)
        complete(life, overdue=FAULT)

    def test_not_asked_for_where_the_rulebook_does_not(self) -> None:
        life = Life(rulebook=ruled(overdue={"demanded": ["dossier"]})).accepted()
        life.becomes_overdue("appraise")
        complete(life)

    def test_called_off_nobody_asks_why(self, life: Life) -> None:
        life.act(EventType.WITHDRAWAL_REQUESTED, 2)
        assert life.dossier.lateness == {}

    def test_that_takes_no_time_is_never_late(self) -> None:
        life = Life().issued()
        life.passes(days=30)
        life.complete("deliver")
        assert life.status() is Status.DELIVERED


class TestOfDossier:
    """A dossier whose result is ready, or whose life ends, after its due date."""

    def test_is_demanded_when_the_result_is_ready(self, late: Life) -> None:
        assert "hồ sơ H40-1" in refused(late, OverdueCauseNeeded)
        complete(late, overdue=FAULT)
        assert late.dossier.lateness == {WHOLE: Lateness("loi_he_thong", 7)}
        assert late.dossier.overdue
        late.complete("deliver")
        assert late.dossier.lateness == {WHOLE: Lateness("loi_he_thong", 7)}

    def test_one_answer_serves_the_step_and_the_dossier(self, late: Life) -> None:
        late.becomes_overdue("sign")
        events = complete(late, overdue={"cause": OWN_DELAY})
        places = [event.data["place"] for event in events if event.type is RECORDED]
        assert places == [places[0], WHOLE]

    def test_may_be_said_before(self, late: Life) -> None:
        late.act(RECORDED, 4, place=WHOLE, cause="cong_dan", outage=None)
        complete(late)
        assert late.dossier.lateness[WHOLE].cause == "cong_dan"

    def test_may_be_said_of_a_result_that_was_ready_late(self, late: Life) -> None:
        complete(late, overdue={"cause": OWN_DELAY})
        late.act(RECORDED, 4, place=WHOLE, cause="vu_viec_phuc_tap", outage=None)
        assert late.dossier.lateness[WHOLE].cause == "vu_viec_phuc_tap"

    def test_is_demanded_when_it_is_refused_late(self) -> None:
        life = Life().accepted()
        life.becomes_overdue()
        life.act(RECORDED, 3, place=life.task().place, cause=OWN_DELAY, outage=None)
        with pytest.raises(OverdueCauseNeeded, match="hồ sơ"):
            life.complete("appraise", 3, decision="refuse")

    def test_is_forgotten_when_the_citizen_is_promised_another_date(self) -> None:
        life = Life().accepted()
        life.becomes_overdue()
        life.act(RECORDED, 3, place=WHOLE, cause="cong_dan", outage=None)
        life.complete("appraise", 3, because=OWN_DELAY, decision="supplement")
        life.act(EventType.SUPPLEMENT_RECEIVED, 2)
        assert (life.dossier.overdue, life.dossier.lateness) == (False, {})

    def test_delivery_takes_no_time_of_the_office(self, late: Life) -> None:
        life = Life().issued()
        assert life.dossier.processed_at == life.now
        life.passes(days=30)
        life.complete("deliver")
        assert not life.dossier.overdue


@pytest.mark.parametrize("place", [WHOLE, 6, 999])
def test_what_is_not_late_has_no_cause(place: int) -> None:
    life = Life().accepted()
    before = life.dossier
    with pytest.raises(NotOverdue):
        life.act(RECORDED, 3, place=place, cause=OWN_DELAY, outage=None)
    assert life.dossier == before
