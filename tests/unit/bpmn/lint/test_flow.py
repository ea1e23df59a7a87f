"""Ways through diagrams: everything is reached, ends, and rests on its way."""

import pytest

from bpmn.findings import Severity
from tests.diagrams import (
    START,
    call,
    end,
    event_subprocess,
    flow,
    gateway,
    start,
    task,
    way,
)
from tests.unit.bpmn.asking import (
    DIAGRAM,
    changed,
    remarks,
    small,
    stage,
)
from tests.unit.bpmn.lint.linting import ENDED, flowing, named


def test_what_is_not_reached_and_what_does_not_end() -> None:
    sources = flowing(
        *(task("work"), task("lost"), task("turn"), gateway("which", default="turn")),
        *(way("start", "work", "which", "turn", "turn"), flow("which", "ended", "work.fast")),
        way("lost", "ended"),
        steps="work lost turn",
    )
    assert named(sources) == {(DIAGRAM, "lost"), (DIAGRAM, "turn")}


def test_a_subprocess_that_nothing_leads_to_is_not_reached() -> None:
    inside = start("a") + end("b", None) + way("a", "b")
    lost = f'<bpmn:subProcess id="lost" name="Con">{inside}</bpmn:subProcess>'
    sources = flowing(lost, way("start", "ended"))
    assert named(sources) == {(DIAGRAM, "lost")}


def test_a_process_has_one_start() -> None:
    sources = flowing(
        start("again"),
        task("work"),
        way("start", "work", "ended"),
        way("again", "work"),
        steps="work",
    )
    assert (DIAGRAM, "p_9_000001") in named(sources)


def test_where_ways_part_one_is_the_default() -> None:
    sources = flowing(
        *(task("work"), gateway("which"), end("other"), way("start", "work", "which")),
        *(flow("which", "ended", "work.fast"), flow("which", "other", "not work.fast")),
        steps="work",
    )
    assert named(sources) == {(DIAGRAM, "which")}


@pytest.mark.parametrize("source", ["work", "both", "one"])
def test_a_condition_that_nobody_would_ask_is_refused(source: str) -> None:
    after = {"work": "both", "both": "one", "one": "join"}[source]
    sources = flowing(
        *(task("work"), task("other"), gateway("both", "parallel"), gateway("join", "parallel")),
        *(
            gateway("one"),
            way("start", "work", "both", "one", "join", "ended"),
            way("both", "other", "join"),
        ),
        steps="work other",
    )
    plain = flow(source, after)
    asked = changed(sources, plain, flow(source, after, "work.fast"))
    assert named(sources) == set()
    assert named(asked) == {(DIAGRAM, f"{source}_{after}")}


def test_a_loop_without_rest_is_refused() -> None:
    sources = flowing(
        *(task("work"), gateway("in"), gateway("out", default="ended")),
        *(way("start", "work", "in", "out", "ended"), flow("out", "in", "work.fast")),
        steps="work",
    )
    assert named(sources) == {(DIAGRAM, "in"), (DIAGRAM, "out")}


def test_a_loop_in_which_somebody_works_is_allowed() -> None:
    once = stage(
        "again", start("s"), task("inner"), end("e", None), way("s", "inner", "e"), steps="inner"
    )
    sources = flowing(
        *(call("in", "again"), gateway("out", default="ended")),
        *(way("start", "in", "out", "ended"), flow("out", "in", "inner.fast")),
        again=once,
    )
    assert named(sources) == set()


def test_a_loop_through_a_stage_in_which_nobody_need_work_is_refused() -> None:
    maybe = stage(
        "again",
        *(start("s"), gateway("g", default="e"), task("inner"), end("e", None)),
        *(way("s", "g", "e"), flow("g", "inner", "application.fast"), way("inner", "e")),
        steps="inner",
    )
    sources = flowing(
        *(call("in", "again"), gateway("out", default="ended")),
        *(way("start", "in", "out", "ended"), flow("out", "in", "application.fast")),
        again=maybe,
    )
    assert (DIAGRAM, "out") in named(sources)


def test_ends_say_how_the_dossier_ends_and_stages_do_not() -> None:
    wrong = stage(
        "again", start("s"), task("inner"), end("e"), way("s", "inner", "e"), steps="inner"
    )
    silent = end("ended", None)
    sources = flowing(call("in", "again"), way("start", "in", "ended"), again=wrong)
    assert named(sources) == {("shared/again.bpmn", "e")}
    assert named(changed(sources, ENDED, silent)) == {
        ("shared/again.bpmn", "e"),
        (DIAGRAM, "ended"),
    }


def test_the_end_of_a_subprocess_does_not_end_the_dossier() -> None:
    inside = start("a") + task("work") + end("b", None) + way("a", "work", "b")
    sub = f'<bpmn:subProcess id="sub" name="Con">{inside}</bpmn:subProcess>'
    sources = flowing(sub, way("start", "sub", "ended"), steps="sub")
    assert named(sources) == set()
    assert named(changed(sources, end("b", None), end("b"))) == {(DIAGRAM, "b")}


def test_a_stage_that_calls_itself_is_refused() -> None:
    again = stage("again", start("s"), call("c", "again"), end("e", None), way("s", "c", "e"))
    sources = flowing(call("in", "again"), way("start", "in", "ended"), again=again)
    assert ("shared/again.bpmn", "c") in named(sources)


def test_two_stages_that_call_each_other_are_refused() -> None:
    one = stage("one", start("s"), call("c", "two"), end("e", None), way("s", "c", "e"))
    two = stage("two", start("s2"), call("c2", "one"), end("e2", None), way("s2", "c2", "e2"))
    sources = flowing(call("in", "one"), way("start", "in", "ended"), one=one, two=two)
    assert {("shared/one.bpmn", "c"), ("shared/two.bpmn", "c2")} <= named(sources)


def test_an_event_subprocess_belongs_into_the_procedure_itself() -> None:
    inside = event_subprocess("stop", "withdrawal_requested", "hand_back", "withdrawn")
    odd = stage(
        "again", start("s"), task("w"), end("e", None), inside, way("s", "w", "e"), steps="w stop"
    )
    sources = flowing(call("in", "again"), way("start", "in", "ended"), again=odd)
    assert ("shared/again.bpmn", "stop") in named(sources)


def test_ways_out_that_are_not_drawn_are_remarked_on() -> None:
    sources = small(START, task("work"), ENDED, way("start", "work", "ended"), steps="work")
    found = remarks(sources)
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert {f.element for f in found} == {"withdrawal_requested", "discontinuation_decided"}
