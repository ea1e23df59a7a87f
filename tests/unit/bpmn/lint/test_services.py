"""Service tasks: what lint says of them, by element."""

import json

import pytest

from bpmn.connectors import CATALOGUE, Connector
from bpmn.findings import Severity
from bpmn.graph import graphs
from bpmn.lint import lint
from bpmn.procedure import procedure_from_sources
from bpmn.ways import Ways
from tests.diagrams import ANSWER_FORM, boundary_timer, end, flow, gateway, service, task, way
from tests.unit.bpmn.asking import Sources, changed, remarks
from tests.unit.bpmn.lint.linting import flowing, named

GOOD = flowing(
    *(service("ask"), boundary_timer("late", "ask", "1 hours"), task("by_hand")),
    *(gateway("registered", default="by_hand"), service("tell", "tell")),
    *(way("start", "ask", "registered", "by_hand", "tell", "ended"), way("late", "by_hand")),
    flow("registered", "tell", 'ask.outcome == "done" and ask.personal_id != None'),
    steps="by_hand",
)
PROCEDURE = "procedure.bpmn"


def form(**changes: object) -> dict[str, str]:
    return {"forms/answer.json": json.dumps(ANSWER_FORM | changes)}


def test_a_service_with_a_way_to_go_on_without_an_answer_is_well_drawn() -> None:
    assert remarks(GOOD) == []


@pytest.mark.parametrize(
    ("broken", "element"),
    [
        (changed(GOOD, 'value="civil_status"', 'value="civil_states"'), "ask"),
        (changed(GOOD, 'value="register_birth"', 'value="register_berth"'), "ask"),
        (changed(GOOD, 'value="application.note"', 'value="application.nothing"'), "ask"),
        (changed(GOOD, 'value="application.note"', 'value="tell.note"'), "ask"),
        (changed(GOOD, "ask.personal_id", "ask.personal_ids"), "registered_tell"),
        (GOOD | form(additionalProperties=True), "ask"),
        (GOOD | form(type="array"), "ask"),
        (changed(GOOD, 'attachedToRef="ask"', 'attachedToRef="by_hand"'), "ask"),
    ],
)
def test_what_is_wrong_is_said_of_the_element(broken: Sources, element: str) -> None:
    assert (PROCEDURE, element) in named(broken)


def test_an_answer_has_no_field_that_every_answer_has() -> None:
    properties = {"outcome": {"type": "string"}}
    broken = changed(GOOD, "ask.personal_id", "ask.outcome") | form(properties=properties)
    assert named(broken) == {(PROCEDURE, "ask")}


def test_what_is_only_told_is_not_waited_for() -> None:
    late = (boundary_timer("never", "tell", "1 hours"), end("other"), way("never", "other"))
    elements = (service("tell", "tell"), way("start", "tell", "ended"), *late)
    assert (PROCEDURE, "tell") in named(flowing(*elements))


def test_a_refusal_that_nothing_reads_is_warned_of() -> None:
    deaf = changed(GOOD, 'ask.outcome == "done" and ', "")
    if deaf == GOOD:
        raise AssertionError
    (finding,) = remarks(deaf)
    assert (finding.element, finding.severity) == ("ask", Severity.WARNING)


def test_asking_again_by_itself_without_end_is_refused() -> None:
    sources = flowing(
        *(
            service("ask"),
            boundary_timer("late", "ask", "1 hours"),
            gateway("again", default="ask"),
        ),
        *(way("start", "ask", "again", "ask"), way("late", "ask")),
        flow("again", "ended", 'ask.outcome == "done"'),
    )
    assert (PROCEDURE, "ask") in named(sources)


def test_what_an_office_registered_may_be_named_too() -> None:
    ours = changed(GOOD, 'value="civil_status"', 'value="ours"')
    registered = {"ours": Connector("ours", "Phần mềm của tỉnh", {"register_birth": "Khai sinh"})}
    assert lint(procedure_from_sources(ours), {**CATALOGUE, **registered}) == []


def test_the_time_for_an_answer_and_for_doing_without_is_counted() -> None:
    procedure = procedure_from_sources(GOOD)
    assert Ways(graphs(procedure), procedure).longest() == 2
