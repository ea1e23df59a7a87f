"""Names in conditions and properties stand for something, and for one thing."""

import json

from tests.diagrams import (
    call,
    end,
    flow,
    gateway,
    message_wait,
    simple,
    start,
    task,
    way,
)
from tests.unit.bpmn.asking import (
    DIAGRAM,
    changed,
    stage,
)
from tests.unit.bpmn.lint.linting import flowing, named

SIMPLE = simple()


def test_an_id_stands_for_one_thing_in_the_procedure_and_its_stages() -> None:
    again = stage(
        "again", start("s"), task("work"), end("e", None), way("s", "work", "e"), steps="work"
    )
    elements = (task("work"), call("in", "again"), way("start", "work", "in", "ended"))
    sources = flowing(*elements, steps="work", again=again)
    assert named(sources) == {("shared/again.bpmn", "work")}


def test_a_form_with_nothing_in_it_offers_no_field() -> None:
    sources = flowing(
        *(task("work"), gateway("which", default="ended"), end("other")),
        *(way("start", "work", "which", "ended"), flow("which", "other", "work.fast")),
        steps="work",
    )
    assert named(sources) == set()
    assert named(sources | {"forms/any.json": "{}"}) == {(DIAGRAM, "which_other")}


def test_what_a_message_brings_may_have_any_field() -> None:
    sources = flowing(
        *(
            message_wait("news", "supplement_received"),
            gateway("which", default="ended"),
            end("other"),
        ),
        *(way("start", "news", "which", "ended"), flow("which", "other", "news.anything == 1")),
    )
    assert named(sources) == set()


def test_a_way_back_must_be_drawn() -> None:
    broken = changed(
        SIMPLE, 'sourceRef="signed" targetRef="appraise"', 'sourceRef="signed" targetRef="deliver"'
    )
    assert (DIAGRAM, "sign") in named(broken)


def test_a_step_that_leads_back_lets_people_choose_so() -> None:
    form = json.loads(SIMPLE["forms/any.json"])
    broken = SIMPLE | {"forms/returning.json": json.dumps(form)}
    assert named(broken) == {(DIAGRAM, "sign"), (DIAGRAM, "signed_appraise")}


def test_a_condition_asks_for_a_decision_that_the_form_offers() -> None:
    condition = 'appraise.decision == "approve"'
    asking = condition.replace('"', "&quot;")
    text = SIMPLE[DIAGRAM]
    written = condition if condition in text else asking
    broken = changed(SIMPLE, written, written.replace("approve", "aprove"))
    assert named(broken) == {(DIAGRAM, "complete_sign")}
