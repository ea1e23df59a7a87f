"""Elements in wrong places, which would make a dossier stop for ever or pass a step over."""

import pytest

from tests.diagrams import START, call, flow, message_wait, simple, start, task, way
from tests.unit.bpmn.asking import DIAGRAM, changed, refused, remarks, small, with_more

SIMPLE = simple()
SUPPLEMENT = '<bpmn:messageEventDefinition messageRef="m_supplement_received" />'
WITHDRAWAL = '<bpmn:messageEventDefinition messageRef="m_withdrawal_requested" />'
DISCONTINUATION = '<bpmn:messageEventDefinition messageRef="m_discontinuation_decided" />'
TIMER = (
    "<bpmn:timerEventDefinition><bpmn:timeDuration>3 days</bpmn:timeDuration>"
    "</bpmn:timerEventDefinition>"
)


@pytest.mark.parametrize("inside", ["", SUPPLEMENT + TIMER, "<bpmn:terminateEventDefinition />"])
def test_a_wait_waits_for_one_message_or_one_time_limit(inside: str) -> None:
    (finding,) = refused(changed(SIMPLE, SUPPLEMENT, inside))
    assert (finding.file, finding.element) == (DIAGRAM, "await_supplement")


def test_a_wait_waits_for_a_message_that_there_is() -> None:
    (finding,) = refused(changed(SIMPLE, "m_supplement_received", "m_nothing"))
    assert finding.element == "await_supplement"


def test_an_end_sends_no_message() -> None:
    text = changed(SIMPLE, "</bpmn:endEvent>", f"{SUPPLEMENT}</bpmn:endEvent>")
    (finding,) = refused(text)
    assert finding.element == "delivered"


def test_an_end_may_end_everything() -> None:
    inside = "<bpmn:terminateEventDefinition /></bpmn:endEvent>"
    assert remarks(changed(SIMPLE, "</bpmn:endEvent>", inside)) == []


@pytest.mark.parametrize("definition", [SUPPLEMENT, WITHDRAWAL, TIMER])
def test_a_process_starts_when_a_dossier_comes_in_and_never_else(definition: str) -> None:
    odd = START.replace(" />", f">{definition}</bpmn:startEvent>")
    (finding,) = refused(changed(SIMPLE, START, odd))
    assert finding.element == "start"


@pytest.mark.parametrize("definition", ["", TIMER, WITHDRAWAL + DISCONTINUATION])
def test_an_event_subprocess_starts_with_a_message(definition: str) -> None:
    (finding,) = refused(changed(SIMPLE, WITHDRAWAL, definition))
    assert finding.element == "withdrawal_start"


def test_an_event_subprocess_interrupts() -> None:
    odd = '<bpmn:startEvent isInterrupting="false" id="withdrawal_start"'
    (finding,) = refused(changed(SIMPLE, '<bpmn:startEvent id="withdrawal_start"', odd))
    assert finding.element == "withdrawal_start"


def test_an_event_subprocess_waits_for_what_takes_a_dossier_out_of_its_way() -> None:
    (finding,) = refused(changed(SIMPLE, WITHDRAWAL, SUPPLEMENT))
    assert finding.element == "withdrawal_start"


def test_one_message_starts_one_event_subprocess() -> None:
    (finding,) = refused(changed(SIMPLE, DISCONTINUATION, WITHDRAWAL))
    assert finding.element == "discontinuation"


@pytest.mark.parametrize("definition", [WITHDRAWAL, DISCONTINUATION])
def test_nothing_else_waits_for_those_messages(definition: str) -> None:
    (finding,) = refused(changed(SIMPLE, SUPPLEMENT, definition))
    assert finding.element == "await_supplement"


def test_an_event_subprocess_inside_another_subprocess_is_refused() -> None:
    inner = (
        '<bpmn:subProcess id="inner" name="Con" triggeredByEvent="true">'
        f'<bpmn:startEvent id="inner_start" name="x">{WITHDRAWAL}</bpmn:startEvent>'
        '<bpmn:endEvent id="inner_end" name="y" /></bpmn:subProcess>'
    )
    outer = (
        f'<bpmn:subProcess id="outer" name="Ngoài">{start("outer_start")}{inner}</bpmn:subProcess>'
    )
    assert {finding.element for finding in refused(with_more(SIMPLE, outer))} == {"inner"}


@pytest.mark.parametrize("end", ['targetRef="deliver"', 'sourceRef="deliver"'])
def test_a_flow_that_leads_nowhere_is_refused(end: str) -> None:
    (finding,) = refused(changed(SIMPLE, end, end.replace("deliver", "nowhere")))
    assert finding.element in {"signed_deliver", "deliver_delivered"}
    assert "nowhere" in finding.message


def test_a_flow_does_not_lead_into_a_subprocess() -> None:
    (finding,) = refused(with_more(SIMPLE, flow("deliver", "return_papers")))
    assert finding.element == "deliver_return_papers"


@pytest.mark.parametrize("name", ["Start", "End", "application", "dossier"])
def test_names_that_mean_something_else_are_reserved(name: str) -> None:
    (finding,) = refused(with_more(SIMPLE, task(name)))
    assert finding.element == name


def test_an_id_is_not_too_long_for_the_tables() -> None:
    assert refused(with_more(SIMPLE, task("a" * 65)))[0].element == "a" * 65
    assert "a" * 64 in {
        finding.element for finding in remarks(with_more(SIMPLE, call("a" * 64, "x")))
    }


def test_an_element_without_id_is_refused() -> None:
    odd = '<bpmn:userTask name="Vô danh" />'
    (finding,) = refused(with_more(SIMPLE, odd))
    assert finding.element == "p_9_000001"


def test_only_events_follow_an_event_based_gateway() -> None:
    gate = '<bpmn:eventBasedGateway id="which" name="Việc gì trước?" />'
    wait = message_wait("news", "supplement_received")
    sources = small(
        START,
        gate,
        wait,
        task("work"),
        way("start", "which", "news"),
        way("which", "work"),
        steps="work",
    )
    (finding,) = refused(sources)
    assert finding.element == "which"
