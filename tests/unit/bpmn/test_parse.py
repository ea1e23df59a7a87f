"""What a diagram must say of its steps, waits and tables, and how an author is told."""

from decimal import Decimal

import pytest

from bpmn.procedure import Procedure, procedure_from_sources
from bpmn.roles import Role
from bpmn.steps import Message, Outcome, PauseCode, Stage
from bpmn.time_limit import TimeLimit, Unit
from tests.diagrams import (
    START,
    boundary_timer,
    call,
    decide,
    end,
    flow,
    gateway,
    message_wait,
    simple,
    start,
    task,
    timer_wait,
    way,
)
from tests.unit.bpmn.asking import BIRTH, DIAGRAM, changed, refused, small, stage, with_more

SIMPLE = simple()
ENDED = end("ended")


def parsed(sources: dict[str, str]) -> Procedure:
    return procedure_from_sources(sources)


def test_steps_as_the_diagram_tells_of_them() -> None:
    step = parsed(BIRTH).places.steps["sign"]
    assert (step.name, step.role, step.stage) == ("Ký số kết quả", Role.LEADER, Stage.SIGNING)
    assert step.limit == TimeLimit(Decimal(1), Unit.HOURS)
    assert (step.four_eyes, step.returns_to, step.batchable) == (("appraise",), "appraise", True)
    assert step.pauses is None


def test_waits_as_the_diagram_tells_of_them() -> None:
    waits = parsed(BIRTH).places.waits
    supplement = waits["await_supplement"]
    assert supplement.message is Message.SUPPLEMENT_RECEIVED
    assert supplement.pauses is PauseCode.SUPPLEMENT
    overdue = waits["supplement_overdue"]
    assert overdue.timer == TimeLimit(Decimal(30), Unit.DAYS)
    assert overdue.boundary
    assert overdue.message is None


def test_ends_and_interruptions() -> None:
    places = parsed(BIRTH).places
    assert places.outcomes["end_delivered"] is Outcome.DELIVERED
    assert places.outcomes["withdrawal_end"] is Outcome.WITHDRAWN
    assert places.interruptions == {
        Message.WITHDRAWAL_REQUESTED: "withdrawal",
        Message.DISCONTINUATION_DECIDED: "discontinuation",
    }


def test_lists_in_properties() -> None:
    text = changed(SIMPLE, 'value="appraise"', 'value="appraise, check_papers ,"')
    assert parsed(text).places.steps["sign"].four_eyes == ("appraise", "check_papers")


def test_a_receive_task_waits_too() -> None:
    wait = '<bpmn:receiveTask id="news" name="Nhận" messageRef="m_obligation_fulfilled" />'
    places = parsed(small(START, wait, ENDED, way("start", "news", "ended"))).places
    assert places.waits["news"].message is Message.OBLIGATION_FULFILLED


def test_waits_after_an_event_based_gateway_keep_what_they_wait_for() -> None:
    sources = small(
        START,
        '<bpmn:eventBasedGateway id="which" name="Việc gì trước?" />',
        message_wait("news", "supplement_received"),
        timer_wait("late", "3 days"),
        ENDED,
        way("start", "which", "news", "ended"),
        way("which", "late", "ended"),
    )
    waits = parsed(sources).places.waits
    assert waits.keys() == {"news", "late"}
    assert waits["news"].message is Message.SUPPLEMENT_RECEIVED
    assert waits["late"].timer == TimeLimit(Decimal(3), Unit.DAYS)


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ('name="Chuyên viên"', 'name="Ông hàng xóm"', "appraise"),
        ("<bpmn:flowNodeRef>appraise</bpmn:flowNodeRef>", "", "appraise"),
        ('name="stage" value="signing"', 'name="stage" value="ký"', "sign"),
        ('name="stage" value="signing"', 'name="stage" value=""', "sign"),
        ('name="limit" value="0 hours"', 'name="limit" value="0 giờ"', "deliver"),
        ('name="limit" value="0 hours"', 'name="limit" value=""', "deliver"),
        ('name="limit" value="0 hours"', 'name="limit" value="0 days"', "deliver"),
        ('value="returning.json"', 'value=""', "sign"),
        ('value="returning.json"', 'value="nothing.json"', "sign"),
        ('value="bo_sung_ho_so"', 'value="nghi_trua"', "await_supplement"),
        ('value="withdrawn"', 'value="xong"', "withdrawal_end"),
        ('name="Việc sign"', 'name=""', "sign"),
        ('name="Chờ await_supplement"', "", "await_supplement"),
        ('name="supplement_received"', 'name="hello"', "await_supplement"),
        (' name="supplement_received"', "", "await_supplement"),
        ('isExecutable="true"', 'isExecutable="false"', "p_9_000001"),
        ('default="accepted_refused_intake"', "", "accepted_refused_intake"),
    ],
)
def test_a_diagram_that_says_too_little_is_refused(old: str, new: str, element: str) -> None:
    findings = refused(changed(SIMPLE, old, new))
    assert (DIAGRAM, element) in [(finding.file, finding.element) for finding in findings]


@pytest.mark.parametrize("text", ["P3D", "", "3", "3 ngày", "-1 days", "99999 days", "1.5 days"])
def test_a_time_limit_is_written_as_we_write_them(text: str) -> None:
    alone = (timer_wait("late", text), way("start", "late", "ended"))
    beside = (task("work"), boundary_timer("late", "work", text), way("start", "work", "ended"))
    for elements in (alone, (*beside, flow("late", "ended"))):
        (finding,) = refused(small(START, *elements, ENDED, steps="work"))
        assert (finding.file, finding.element) == (DIAGRAM, "late")
        assert "hời hạn" in finding.message or "Số lẻ" in finding.message


@pytest.mark.parametrize("name", ["appraise", "9 bước", "a:b"])
def test_ids_are_single_and_plain(name: str) -> None:
    (finding,) = refused(with_more(SIMPLE, task(name)))
    assert finding.element == name


def test_a_called_stage_must_exist() -> None:
    (finding,) = refused(
        small(START, call("away", "nowhere"), ENDED, way("start", "away", "ended"))
    )
    assert finding.element == "nowhere"
    odd = '<bpmn:callActivity id="away" name="Gọi" />'
    (finding,) = refused(small(START, odd, ENDED, way("start", "away", "ended")))
    assert finding.element == "away"


@pytest.mark.parametrize("table", ["nothing", None])
def test_a_decision_table_must_exist(table: str | None) -> None:
    (finding,) = refused(small(START, decide("fee", table), ENDED, way("start", "fee", "ended")))
    assert finding.element in {"fee", "nothing"}


def test_the_file_of_a_wrong_shared_stage_is_named() -> None:
    odd = stage("again", start("s"), task("work", limit="x"), end("e", None), way("s", "work", "e"))
    sources = small(START, call("c", "again"), ENDED, way("start", "c", "ended"), again=odd)
    (finding,) = refused(sources)
    assert finding.file == "shared/again.bpmn"


def test_two_files_may_not_hold_one_process() -> None:
    again = stage("p_9_000001", start("s"), end("e"), way("s", "e"))
    (finding,) = refused(SIMPLE | {"shared/again.bpmn": again})
    assert finding.element == "p_9_000001"


def test_two_ways_out_of_a_step_need_a_gateway() -> None:
    (finding,) = refused(with_more(SIMPLE, flow("appraise", "sign")))
    assert finding.element == "appraise"


def test_a_subprocess_has_one_start_and_an_end() -> None:
    for inside in ("", start("a") + start("b"), start("a")):
        sub = f'<bpmn:subProcess id="sub" name="Con">{inside}</bpmn:subProcess>'
        (finding,) = refused(small(START, sub, ENDED, way("start", "sub", "ended")))
        assert finding.element == "sub"


def test_a_conditional_flow_needs_its_condition() -> None:
    sources = small(
        START,
        gateway("which"),
        ENDED,
        end("other"),
        way("start", "which", "ended"),
        way("which", "other"),
    )
    (finding,) = refused(sources)
    assert finding.element == "which_ended"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<inputEntry", "<input_Entry"),
        ("<text>5000</text>", "<text>5000 + </text>"),
        ('<decision id="fee"', '<decision id="fie"'),
        ("<decisionTable", "<literalExpression"),
        ("</decision>", '</decision><decision id="two" name="Hai" />'),
        ('hitPolicy="FIRST"', 'hitPolicy="BEST"'),
    ],
)
def test_a_wrong_decision_file_is_refused(old: str, new: str) -> None:
    findings = refused(changed(BIRTH, old, new, "fee.dmn"))
    assert {finding.file for finding in findings} <= {"fee.dmn", DIAGRAM}


def test_a_row_with_a_missing_cell_is_refused() -> None:
    lines = BIRTH["fee.dmn"].splitlines()
    first = next(n for n, line in enumerate(lines) if "<inputEntry" in line)
    short = "\n".join(lines[:first] + lines[first + 3 :])
    (finding,) = refused(BIRTH | {"fee.dmn": short})
    assert finding.element in {"fee", "xml"} or finding.element.startswith("dòng")
