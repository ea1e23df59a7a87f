"""Lint: nothing to remark on what we ship; each broken variant is refused, the element named."""

import json
import re
from pathlib import Path

import pytest

from bpmn.findings import Severity
from bpmn.lint import lint
from bpmn.procedure import PROCESSES, procedure_folders, procedure_from_sources, read_folder
from tests.diagrams import (
    START,
    boundary_timer,
    call,
    end,
    event_subprocess,
    flow,
    gateway,
    message_wait,
    simple,
    start,
    task,
    way,
)
from tests.unit.bpmn.asking import (
    BIRTH,
    DIAGRAM,
    Sources,
    changed,
    remarks,
    small,
    stage,
    with_more,
)

SIMPLE = simple()
LAND = read_folder(PROCESSES / "1_013978")
ENDED = end("ended")
INTERRUPTED = (
    event_subprocess("withdrawal", "withdrawal_requested", "return_papers", "withdrawn"),
    event_subprocess("discontinuation", "discontinuation_decided", "notify", "discontinued"),
)


def named(sources: Sources) -> set[tuple[str, str]]:
    """Files and elements of the errors."""
    found = [finding for finding in remarks(sources) if finding.severity is Severity.ERROR]
    return {(finding.file, finding.element) for finding in found}


def flowing(*elements: str, steps: str = "", **shared: str) -> Sources:
    """A small procedure with nothing to remark but what the elements give cause for."""
    specialists = f"withdrawal discontinuation {steps}"
    return small(START, ENDED, *INTERRUPTED, *elements, steps=specialists, **shared)


@pytest.mark.parametrize("folder", procedure_folders(), ids=lambda folder: folder.name)
def test_there_is_nothing_to_remark_on_a_shipped_procedure(folder: Path) -> None:
    assert lint(procedure_from_sources(read_folder(folder))) == []


def test_there_is_nothing_to_remark_on_the_small_procedures_of_the_tests() -> None:
    assert remarks(SIMPLE) == []
    assert remarks(flowing(task("work"), way("start", "work", "ended"), steps="work")) == []


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ('targetRef="enter_register"', 'targetRef="fee_due"', "enter_register"),
        ('name="Kết quả thẩm định?"', "", "appraisal_result"),
        ('name="Số hóa hồ sơ"', "", "call_digitisation"),
        ('bpmnElement="appraise"', 'bpmnElement="apprise"', "appraise"),
        ('calledElement="payment"', 'calledElement="receipt"', "refusal_confirmed"),
        ("appraise.decision ==", "apprase.decision ==", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "appraise.decison ==", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "appraise.decision =", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "__import__('os') ==", "flow_appraisal_result_enter_register"),
        ("fee.amount", "fee.price", "flow_fee_due_call_payment"),
        ("fee.amount", "dossier.amount", "flow_fee_due_call_payment"),
        ("fee.amount", "application.colour", "flow_fee_due_call_payment"),
        ('name="limit" value="2 hours"', 'name="limit" value="5 hours"', "p_1_001193"),
        ('name="outcome" value="delivered"', 'name="outcome" value=""', "end_delivered"),
        ('name="outcome" value="withdrawn"', 'name="outcome" value=""', "withdrawal_end"),
        (' default="flow_leader_decision_appraise"', "", None),
        (' targetRef="end_delivered"', ' targetRef="appraise"', "end_delivered"),
    ],
)
def test_a_broken_birth_registration_is_refused(old: str, new: str, element: str | None) -> None:
    if element is None:
        new, element = ' default="flow_fee_call_digitisation"', "leader_decision"
        condition = 'condition">sign.decision == "return"'
        assert condition
    broken = changed(BIRTH, old, new)
    if element == "leader_decision":
        loose = 'sourceRef="leader_decision" targetRef="appraise" />'
        always = (
            loose.removesuffix(" />")
            + '><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">True'
            "</bpmn:conditionExpression></bpmn:sequenceFlow>"
        )
        broken = changed(broken, loose, always)
    if element == "refusal_confirmed":
        assert named(broken) == set()
    else:
        assert (DIAGRAM, element) in named(broken)
