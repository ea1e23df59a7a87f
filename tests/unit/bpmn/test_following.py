"""Which steps the drawings let follow each other."""

from bpmn.following import Following, usual_way
from bpmn.procedure import procedure_from_sources
from bpmn.steps import Message
from tests.diagrams import simple
from tests.samples import shipped


def test_a_dossier_begins_with_the_check_of_its_papers() -> None:
    following = Following(shipped("1_001193"))
    assert following.first() == {"check_papers"}


def test_the_way_goes_on_after_a_shared_stage() -> None:
    following = Following(shipped("1_001193"))
    assert "digitise" in following.after(["check_papers"])
    assert following.after(["digitise"]) == {"appraise"}
    assert "deliver" in following.after(["seal"])
    assert "digitise" not in following.after(["seal"])


def test_a_wait_leads_on_to_what_comes_after_it() -> None:
    following = Following(procedure_from_sources(simple()))
    assert following.after(["await_supplement"]) == {"appraise"}
    assert following.after(["appraise"]) == {"sign", "appraise"}
    assert following.after(["deliver"]) == frozenset()


def test_a_message_from_outside_leads_to_its_own_step() -> None:
    following = Following(procedure_from_sources(simple()))
    assert following.interrupted_by(Message.WITHDRAWAL_REQUESTED) == {"return_papers"}
    assert following.interrupted_by(Message.OBLIGATION_FULFILLED) == frozenset()


def test_the_usual_way_leads_to_a_signed_and_sealed_result() -> None:
    way = [step.id for step in usual_way(shipped("1_001193"))]
    assert way == [
        "check_papers", "digitise", "appraise", "enter_register", "sign", "seal", "deliver",
    ]  # fmt: skip
    assert [step.id for step in usual_way(procedure_from_sources(simple()))] == [
        "check_papers", "appraise", "sign", "deliver",
    ]  # fmt: skip
