"""Who holds a task, who may complete it, and what stands in the way."""

import pytest

from engine.errors import (
    DossierFinished,
    DossierSuspended,
    FormInvalid,
    FourEyesForbids,
    ReturnNotOffered,
    TaskNotOpen,
    TaskTaken,
    TaskUnclaimed,
)
from engine.model.event import EventType
from engine.model.status import Status
from tests.samples import answer, application, shipped
from tests.unit.engine.living import Life

CLAIMED, RELEASED = EventType.TASK_CLAIMED, EventType.TASK_RELEASED
ASSIGNED, DELEGATED = EventType.TASK_ASSIGNED, EventType.TASK_DELEGATED


@pytest.fixture
def life() -> Life:
    """With the appraisal open."""
    return Life().accepted()


def test_a_claimed_task_is_its_holders(life: Life) -> None:
    (event,) = life.on_task(CLAIMED, 3, "appraise")
    assert (event.actor, event.caused_by, life.task().assignee) == ("3", None, 3)
    for type_ in (CLAIMED, RELEASED):
        with pytest.raises(TaskTaken, match="Việc appraise"):
            life.on_task(type_, 5, "appraise")
    with pytest.raises(TaskTaken):
        life.complete("appraise", 5, decision="approve")
    with pytest.raises(TaskTaken):
        life.on_task(DELEGATED, 5, "appraise", assignee=6)
    life.complete("appraise", 3, decision="approve")
    assert life.dossier.done_by["appraise"] == "3"


def test_claiming_what_one_holds_changes_nothing(life: Life) -> None:
    life.on_task(CLAIMED, 3, "appraise")
    before = life.dossier
    life.on_task(CLAIMED, 3, "appraise")
    assert life.dossier.tasks == before.tasks


def test_a_released_task_is_free_again(life: Life) -> None:
    life.on_task(CLAIMED, 3, "appraise")
    life.on_task(RELEASED, 3, "appraise")
    assert life.task().assignee is None
    life.on_task(CLAIMED, 5, "appraise")


def test_what_nobody_holds_is_not_released_or_handed_on(life: Life) -> None:
    with pytest.raises(TaskUnclaimed):
        life.on_task(RELEASED, 3, "appraise")
    with pytest.raises(TaskUnclaimed):
        life.on_task(DELEGATED, 3, "appraise", assignee=5)


def test_a_task_is_given_to_someone_whoever_holds_it(life: Life) -> None:
    life.on_task(CLAIMED, 3, "appraise")
    life.on_task(ASSIGNED, 9, "appraise", assignee=5)
    assert life.task().assignee == 5
    life.on_task(DELEGATED, 5, "appraise", assignee=6)
    assert life.task().assignee == 6


def test_a_free_task_may_be_completed_without_claim(life: Life) -> None:
    life.complete("appraise", 7, decision="approve")
    assert life.dossier.done_by["appraise"] == "7"


class TestFourEyes:
    """Two steps that must be done by two people."""

    @pytest.fixture
    def life(self) -> Life:
        """With the leader to sign what person 3 has appraised."""
        return Life().signing()

    @pytest.mark.parametrize("type_", [CLAIMED, ASSIGNED])
    def test_one_person_takes_or_gets_only_one(self, life: Life, type_: EventType) -> None:
        with pytest.raises(FourEyesForbids, match="Việc appraise") as refused:
            life.on_task(type_, 3, "sign", assignee=3)
        assert refused.value.details["name"] == "Việc sign"

    def test_nor_completes_it(self, life: Life) -> None:
        with pytest.raises(FourEyesForbids):
            life.complete("sign", 3, decision="approve")

    def test_nor_is_handed_it(self, life: Life) -> None:
        life.on_task(CLAIMED, 4, "sign")
        with pytest.raises(FourEyesForbids):
            life.on_task(DELEGATED, 4, "sign", assignee=3)

    def test_who_did_it_last_counts(self, life: Life) -> None:
        life.complete("sign", 4, decision="return")
        life.complete("appraise", 5, decision="approve")
        life.complete("sign", 3, decision="approve")
        assert life.status() is Status.PROCESSED

    def test_everyone_else_may(self, life: Life) -> None:
        life.complete("sign", 2, decision="approve")


def test_returning_leads_back_and_is_told(life: Life) -> None:
    life.complete("appraise", 3, decision="approve")
    place = life.task("sign").place
    events = life.complete("sign", 4, decision="return", reason="Thiếu chữ ký")
    returned = next(event for event in events if event.type is EventType.DOSSIER_RETURNED)
    assert returned.data == {"place": place, "step": "sign", "to": "appraise"}
    assert life.task().step == "appraise"
    assert life.dossier.facts["sign"] == {"decision": "return", "reason": "Thiếu chữ ký"}


def test_returning_where_the_diagram_offers_no_way_back(life: Life) -> None:
    with pytest.raises(ReturnNotOffered, match="Việc appraise"):
        life.complete("appraise", 3, decision="return")


def test_a_form_that_does_not_fit_is_refused_by_field(life: Life) -> None:
    before = life.dossier
    with pytest.raises(FormInvalid) as refused:
        life.complete("appraise", 3, decision="maybe", colour="red")
    assert set(refused.value.details["fields"]) == {"decision", "colour"}
    assert life.dossier == before


def test_a_task_that_is_done_is_not_open(life: Life) -> None:
    place = life.task().place
    life.complete("appraise", 3, decision="approve")
    for type_ in (CLAIMED, RELEASED, ASSIGNED, DELEGATED):
        with pytest.raises(TaskNotOpen):
            life.act(type_, 3, place=place, assignee=5)
    with pytest.raises(TaskNotOpen, match=f"Việc số {place}"):
        life.act(EventType.TASK_COMPLETED, 3, {"form": {}}, place=place, decision=None)


def test_nobody_works_on_a_paused_dossier(life: Life) -> None:
    life.pause("yeu_cau_cua_cong_dan")
    for type_ in (CLAIMED, RELEASED, ASSIGNED, DELEGATED):
        with pytest.raises(DossierSuspended, match="Theo yêu cầu của công dân"):
            life.on_task(type_, 3, "appraise", assignee=5)
    with pytest.raises(DossierSuspended):
        life.complete("appraise", 3, decision="approve")


def test_nobody_works_on_a_finished_dossier() -> None:
    life = Life()
    place = life.task().place
    life.complete("check_papers", decision="refuse")
    for type_ in (CLAIMED, RELEASED, ASSIGNED, DELEGATED, EventType.TASK_COMPLETED):
        with pytest.raises(DossierFinished):
            life.act(type_, 3, {"form": {}}, place=place, assignee=5, decision=None)


def test_answers_become_facts_and_later_ones_take_their_place() -> None:
    birth = shipped("1_001193")
    life = Life(birth, application=application(birth))
    for step, changes in (
        ("check_papers", {}),
        ("digitise", {}),
        ("appraise", {"decision": "supplement", "supplement_items": "Giấy chứng sinh"}),
        ("send_supplement_request", {}),
    ):
        life.complete(step, 3, **answer(birth, step, **changes))
    life.act(EventType.SUPPLEMENT_RECEIVED, 2, {"papers": 2})
    life.complete("appraise", 3, **answer(birth, "appraise"))
    facts = life.dossier.facts
    assert facts["appraise"] == answer(birth, "appraise")
    assert facts["await_supplement"] == {"papers": 2}
    assert facts["fee"]["charge"] == 0
