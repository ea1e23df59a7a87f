"""Service tasks name a connector and what is sent; nothing in them runs."""

import pytest

from bpmn.procedure import procedure_from_sources
from bpmn.steps import Mode, PauseCode, Service
from bpmn.time_limit import TimeLimit
from tests.diagrams import START, boundary_timer, end, service, task, way
from tests.unit.bpmn.asking import DIAGRAM, Sources, changed, refused, small

ASKS = small(
    *(START, service("ask", pauses="lay_y_kien_phoi_hop"), boundary_timer("late", "ask", "2 days")),
    *(task("by_hand"), service("tell", "tell"), end("ended")),
    *(way("start", "ask", "tell", "ended"), way("late", "by_hand", "tell")),
    steps="by_hand",
)
OPERATION = '<spiffworkflow:property name="operation" value="register_birth" />'
SENDS = '<spiffworkflow:property name="sends.note" value="application.note" />'
SUCH = "".join(f'<spiffworkflow:property name="sends.x{n}" value="1" />' for n in range(50))


def test_a_service_task_says_what_is_asked_of_whom_and_what_is_sent() -> None:
    places = procedure_from_sources(ASKS).places
    sends = {"note": "application.note"}
    asked = Service(
        *("ask", "Gửi ask", "civil_status", "register_birth", Mode.ASK, sends),
        *("answer.json", TimeLimit.parse("2 days")),
    )
    told = Service("tell", "Gửi tell", "tax", "send_tax_information", Mode.TELL, sends)
    assert places.services == {"ask": asked, "tell": told}
    assert places.waits["ask"].asks == asked
    assert places.waits["ask"].pauses is PauseCode.OPINION_REQUEST
    assert "tell" not in places.waits


@pytest.mark.parametrize(
    "broken",
    [
        changed(ASKS, 'name="mode" value="ask"', 'name="mode" value="beg"'),
        changed(ASKS, 'name="mode" value="ask"', 'name="moody" value="ask"'),
        changed(ASKS, OPERATION, ""),
        changed(ASKS, 'value="civil_status"', 'value="https://x.vn/"'),
        changed(ASKS, SENDS, ""),
        changed(ASKS, SENDS, SENDS + SUCH),
        changed(ASKS, 'name="sends.note"', 'name="sends.Ghi chú"'),
        changed(ASKS, 'value="application.note"', 'value="__import__(1)"'),
        changed(ASKS, 'value="application.note"', f'value="{"1+" * 1_000}1"'),
        changed(ASKS, 'value="answer.json"', 'value=""'),
        changed(ASKS, 'value="answer.json"', 'value="other.json"'),
    ],
)
def test_one_that_says_nothing_or_too_much_is_refused(broken: Sources) -> None:
    (finding,) = refused(broken)
    assert (finding.file, finding.element) == (DIAGRAM, "ask")


def test_what_is_only_told_has_no_answer() -> None:
    told = 'name="operation" value="send_tax_information" />'
    answered = f'{told}<spiffworkflow:property name="answer" value="answer.json" />'
    (finding,) = refused(changed(ASKS, told, answered))
    assert finding.element == "tell"


def test_nothing_is_called_from_a_diagram() -> None:
    operator = "<spiffworkflow:serviceTaskOperator />"
    (finding,) = refused(
        changed(ASKS, "<spiffworkflow:properties>", operator + "<spiffworkflow:properties>")
    )
    assert (finding.file, finding.element) == (DIAGRAM, "ask")
