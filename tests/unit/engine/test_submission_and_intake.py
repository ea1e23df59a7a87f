"""A dossier comes in, and is accepted, refused, or asked to be completed."""

import pytest

from bpmn.procedure import procedure_from_sources
from bpmn.roles import Role
from bpmn.steps import Stage
from engine.errors import FormInvalid, UnknownComponent
from engine.model.event import EventType
from engine.model.status import Status
from tests.diagrams import START as START_EVENT
from tests.diagrams import end, message_wait, task, way
from tests.samples import answer, application, shipped
from tests.unit.bpmn.asking import changed, small
from tests.unit.engine.living import COMMUNE, OWN_DELAY, Life


def test_a_dossier_comes_in() -> None:
    life = Life(channel="postal", competent_agency="H40.30.02")
    dossier = life.dossier
    assert (dossier.status, dossier.channel, dossier.submitted_by) == (
        Status.SUBMITTED,
        "postal",
        1,
    )
    assert (dossier.received_at, dossier.due_at, dossier.outcome) == (None, None, None)
    assert dossier.facts == {"application": {}, "dossier": {"channel": "postal"}}
    assert life.types == [EventType.DOSSIER_SUBMITTED, EventType.TASK_OPENED]
    assert life.log[0].caused_by is None
    assert life.log[1].caused_by == 1


def test_the_counter_checks_where_it_was_received_others_work_where_it_is_decided() -> None:
    life = Life(competent_agency="H40.30.02")
    check = life.task("check_papers")
    assert (check.agency, check.role, check.unit) == (COMMUNE, Role.RECEPTION_OFFICER, None)
    life.accepted()
    appraise = life.task("appraise")
    assert (appraise.agency, appraise.unit) == ("H40.30.02", "OFFICE")
    life.complete("appraise", 3, decision="approve")
    assert (life.task("sign").agency, life.task("sign").unit) == ("H40.30.02", None)
    life.complete("sign", 4, decision="approve")
    assert (life.task("deliver").agency, life.task("deliver").stage) == (COMMUNE, Stage.DELIVERY)


def test_a_step_may_lie_with_another_unit() -> None:
    sources = small(
        START_EVENT, task("work", unit="ECONOMY"), end("e"), way("start", "work", "e"), steps="work"
    )
    assert Life(procedure_from_sources(sources)).task("work").unit == "ECONOMY"


def test_an_application_that_does_not_fit_its_form_is_refused_by_field() -> None:
    with pytest.raises(FormInvalid) as refused:
        Life(application={"colour": "red", "note": 5})
    assert set(refused.value.details["fields"]) == {"application.colour", "application.note"}
    assert "2 trường" in refused.value.message


def test_a_paper_that_the_procedure_does_not_know_is_refused() -> None:
    Life(components=[{"code": "A", "originals": 1}])
    with pytest.raises(UnknownComponent):
        Life(components=[{"code": "A"}, {"code": "X"}])


def test_a_submission_needs_no_step_of_a_person() -> None:
    wait = message_wait("news", "supplement_received")
    life = Life(
        procedure_from_sources(small(START_EVENT, wait, end("e"), way("start", "news", "e")))
    )
    assert life.dossier.tasks == {}
    assert [wait.step for wait in life.dossier.waits.values()] == ["news"]


def test_acceptance_starts_the_clock_and_promises_a_date() -> None:
    life = Life()
    life.until("2026-07-07 15:30")
    events = life.complete("check_papers", because=OWN_DELAY, decision="accept")
    assert [event.type for event in events] == [
        EventType.TASK_COMPLETED,
        EventType.OVERDUE_CAUSE_RECORDED,
        EventType.TASK_HELD,
        EventType.DOSSIER_RECEIVED,
        EventType.TASK_OPENED,
        EventType.DOSSIER_STATUS_CHANGED,
    ]
    assert {event.caused_by for event in events[1:]} == {events[0].seq}
    assert events[3].data == {"limit": "3 working_days", "due_at": "2026-07-10T10:00:00+00:00"}
    assert (life.dossier.received_at, life.dossier.status) == (life.now, Status.PROCESSING)


@pytest.mark.parametrize(
    ("moment", "due"),
    [("2026-07-07 14:59", "2026-07-07 17:00"), ("2026-07-07 15:01", "2026-07-08 17:00")],
)
def test_same_day_after_three_o_clock_is_the_next_day(moment: str, due: str) -> None:
    sources = small(
        *(START_EVENT, task("check_papers", stage="receipt"), task("work"), end("e")),
        way("start", "check_papers", "work", "e"),
        steps="check_papers work",
    )
    same_day = changed(sources, '"3 working_days"', '"same_day"', "facts.toml")
    same_day = changed(same_day, '"NEXT_DAY"', '"INSTANT"', "facts.toml")
    life = Life(procedure_from_sources(same_day))
    life.until(moment)
    life.accepted(because=OWN_DELAY)
    due_at = life.dossier.due_at
    assert due_at == life.until(due)


def test_acceptance_counts_once() -> None:
    sources = small(
        *(START_EVENT, task("first", stage="receipt"), task("second", stage="receipt"), end("e")),
        way("start", "first", "second", "e"),
        steps="first second",
    )
    life = Life(procedure_from_sources(sources))
    life.complete("first", decision="accept")
    received = life.now
    life.passes(days=1)
    life.complete("second", because=OWN_DELAY, decision="accept")
    assert life.dossier.received_at == received
    assert life.types.count(EventType.DOSSIER_RECEIVED) == 1


def test_refusal_at_the_counter_ends_the_dossier_without_a_clock() -> None:
    life = Life()
    events = life.complete("check_papers", decision="refuse")
    assert [event.type for event in events[1:]] == [
        EventType.DOSSIER_FINISHED,
        EventType.DOSSIER_STATUS_CHANGED,
    ]
    dossier = life.dossier
    assert (dossier.status, dossier.clock, dossier.tasks) == (Status.REFUSED_INTAKE, None, {})


def test_a_supplement_before_acceptance() -> None:
    birth = shipped("1_001193")
    life = Life(birth, application=application(birth))
    life.complete("check_papers", **answer(birth, "check_papers", decision="supplement"))
    assert life.status() is Status.SUPPLEMENT_REQUESTED_INTAKE
    assert EventType.SUPPLEMENT_REQUESTED in life.types
    life.act(EventType.SUPPLEMENT_RECEIVED, 2, {"note": "đủ"})
    assert life.status() is Status.SUBMITTED
    assert life.dossier.facts["await_intake_supplement"] == {"note": "đủ"}
    assert life.dossier.clock is None
