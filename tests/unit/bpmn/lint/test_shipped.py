"""Nothing to remark on what we ship; each broken variant of it is refused, the element named."""

from pathlib import Path

import pytest

from bpmn.lint import lint
from bpmn.procedure import procedure_folders, procedure_from_sources, read_folder
from tests.diagrams import (
    simple,
    task,
    way,
)
from tests.unit.bpmn.asking import (
    BIRTH,
    DIAGRAM,
    changed,
    remarks,
)
from tests.unit.bpmn.lint.linting import flowing, named

SIMPLE = simple()


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
        (' targetRef="end_delivered"', ' targetRef="appraise"', "end_delivered"),
        ('name="Kết quả thẩm định?"', "", "appraisal_result"),
        ('name="Số hóa hồ sơ"', "", "call_digitisation"),
        ('bpmnElement="appraise"', 'bpmnElement="apprise"', "appraise"),
        ("appraise.decision ==", "apprase.decision ==", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "appraise.decison ==", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "appraise.decision =", "flow_appraisal_result_enter_register"),
        ("appraise.decision ==", "open('x') ==", "flow_appraisal_result_enter_register"),
        ("fee.charge", "fee.price", "flow_fee_due_call_payment"),
        ("fee.charge", "dossier.amount", "flow_fee_due_call_payment"),
        ("fee.charge", "application.colour", "flow_fee_due_call_payment"),
        ('name="limit" value="2 hours"', 'name="limit" value="5 hours"', "p_1_001193"),
        ('name="outcome" value="delivered"', 'name="outcome" value=""', "end_delivered"),
        ('name="outcome" value="withdrawn"', 'name="outcome" value=""', "withdrawal_end"),
    ],
)
def test_a_broken_birth_registration_is_refused(old: str, new: str, element: str) -> None:
    assert (DIAGRAM, element) in named(changed(BIRTH, old, new))


@pytest.mark.parametrize(
    ("stage_", "old", "new", "element"),
    [
        ("signing", 'value="appraise"', 'value="aprase"', "sign"),
        ("signing", 'name="returns_to" value="appraise"', 'name="returns_to" value="x"', "sign"),
        ("signing", 'name="returns_to" value="appraise"', 'name="returns_to" value=""', "sign"),
        (
            "signing",
            'name="returns_to" value="appraise"',
            'name="returns_to" value="deliver"',
            "sign",
        ),
        ("signing", "sign.decision", "sgin.decision", "flow_signature_given_seal"),
        ("signing", 'bpmnElement="seal"', 'bpmnElement="seal_shape"', "seal"),
        ("receipt", ' name="Hồ sơ đủ điều kiện tiếp nhận?"', "", "papers_accepted"),
        (
            "digitisation",
            'targetRef="digitisation_end"',
            'targetRef="digitise"',
            "digitisation_end",
        ),
        ("digitisation", 'targetRef="digitisation_end"', 'targetRef="digitise"', "digitise"),
    ],
)
def test_a_broken_shared_stage_is_refused_with_its_file(
    stage_: str, old: str, new: str, element: str
) -> None:
    file = f"shared/{stage_}.bpmn"
    broken = changed(BIRTH, old, new, file)
    assert (file, element) in named(broken)
