"""What comes after a step on the longest way."""

from bpmn.procedure import procedure_from_sources
from bpmn.ways import hours_after
from tests import diagrams
from tests.samples import shipped


def test_limits_that_are_still_to_come() -> None:
    after = hours_after(shipped("1_001193"))
    assert after["deliver"] == 0
    assert after["sign"] == 1
    assert after["appraise"] == after["enter_register"] + 1
    # The counter's own check is before the time limit begins; digitising is not.
    assert after["check_papers"] == after["digitise"] + 1


def test_steps_that_rest_cost_nothing_and_loops_count_once() -> None:
    after = hours_after(shipped("1_013978"))
    assert after["appraise"] == after["survey"]
    assert after["survey"] == after["confirm_status"] + 32
    assert after["send_supplement_request"] == after["digitise"]


def test_the_small_procedure() -> None:
    after = hours_after(procedure_from_sources(diagrams.simple()))
    assert after == {"check_papers": 2, "appraise": 1, "sign": 0, "deliver": 0}
