"""Every way of a draft is tried; what nobody can ever come to is named."""

import pytest

from bpmn.procedure import procedure_from_sources
from engine.trial.ways import explore
from tests import diagrams
from tests.diagrams import decide, decision_table, end, flow, gateway, task, way
from tests.samples import shipped
from tests.unit.bpmn.asking import Sources, small


@pytest.mark.parametrize("folder", ["1_001193", "1_001612", "1_013978"])
def test_shipped_procedures_have_no_dead_branch(folder: str) -> None:
    found = explore(shipped(folder))
    assert (found.unreached, found.faults) == ((), ())


def parted(condition: str, *more: str) -> Sources:
    """After `a` one comes to `b` on a condition, else to the end."""
    return small(
        diagrams.START, task("a"), gateway("which", default="done"), task("b"), end("done"),
        way("start", "a", "which", "done"), flow("which", "b", condition), flow("b", "done"),
        *more, steps="a b",
    )  # fmt: skip


def test_a_branch_that_no_answer_opens() -> None:
    found = explore(procedure_from_sources(parted('a.decision == "approve" and a.fast == 3')))
    assert [(each.element, each.to) for each in found.unreached] == [("b", None), ("which", "b")]


def test_a_branch_that_some_answers_open() -> None:
    found = explore(procedure_from_sources(parted('a.decision == "approve" and a.fast')))
    assert found.unreached == ()


def test_a_table_without_a_row_for_some_case() -> None:
    drawn = small(
        diagrams.START, task("a"), decide("table", "table"), end("done"),
        way("start", "a", "table", "done"), steps="a",
    )  # fmt: skip
    table = decision_table("table", ["a.fast"], ["x"], [["True", "1"]])
    (fault,) = explore(procedure_from_sources({**drawn, "table.dmn": table})).faults
    assert "không dòng nào" in fault.message
    assert fault.after == ("a",)


def test_the_same_seed_tries_the_same_lives() -> None:
    procedure = shipped("1_001193")
    assert explore(procedure, seed=3) == explore(procedure, seed=3)
