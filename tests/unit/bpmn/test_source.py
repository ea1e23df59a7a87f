"""Diagrams are untrusted XML: bounded, without entities, of known elements only."""

import pytest

from bpmn.source import MAX_BYTES
from tests.diagrams import simple
from tests.unit.bpmn.asking import DIAGRAM, changed, refused, remarks, with_more

SIMPLE = simple()
TEXT = SIMPLE[DIAGRAM]
LAUGHS = "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)  # each entity is ten of the one before
BILLION = f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>'
MESSAGE = '<bpmn:messageEventDefinition messageRef="m_supplement_received" />'


def drawn(text: str) -> dict[str, str]:
    return SIMPLE | {DIAGRAM: text}


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE x>" + TEXT,
        '<!DOCTYPE x [<!ENTITY a "b">]>' + TEXT.replace("Việc appraise", "&a;"),
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + TEXT.replace(
            "</bpmn:process>", "<bpmn:documentation>&a;</bpmn:documentation></bpmn:process>"
        ),
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">' + TEXT,
        BILLION + TEXT.replace("Việc appraise", "&m;"),
        BILLION
        + TEXT.replace(
            "</bpmn:process>", "<bpmn:documentation>&m;</bpmn:documentation></bpmn:process>"
        ),
        TEXT + f"<!-- {'x' * MAX_BYTES} -->",
        "",
        "xin chào",
        "<a>" * 5_000 + "</a>" * 5_000,
        TEXT + "\0",
        TEXT.replace("Việc appraise", "\ud800"),
        TEXT.replace("Việc appraise", "&chưa-khai-báo;"),
        TEXT[:-20],
        "\x00\x01\x02",
    ],
    ids=lambda text: repr(text[:30]),
)
def test_unsafe_or_no_xml_is_refused(text: str) -> None:
    (finding,) = refused(drawn(text))
    assert (finding.file, finding.element) == (DIAGRAM, "xml")


@pytest.mark.parametrize("text", ["<!DOCTYPE x><definitions/>", "", BILLION + "<a>&m;</a>"])
def test_decision_tables_are_read_as_carefully(text: str) -> None:
    (finding,) = refused(SIMPLE | {"fee.dmn": text})
    assert finding.file == "fee.dmn"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("</bpmn:process>", "<!-- ghi chú --></bpmn:process>"),
        TEXT.replace("</bpmn:process>", '<?php echo "x" ?></bpmn:process>'),
        '<?xml version="1.0" encoding="ISO-8859-1"?>' + TEXT,
        '<?xml version="1.0" encoding="UTF-16"?>' + TEXT,
    ],
)
def test_remarks_and_a_wrong_declaration_of_the_encoding_do_no_harm(text: str) -> None:
    assert remarks(drawn(text)) == []


@pytest.mark.parametrize(
    "kind",
    [
        "scriptTask",
        "sendTask",
        "manualTask",
        "task",
        "intermediateThrowEvent",
        "complexGateway",
        "adHocSubProcess",
        "transaction",
    ],
)
def test_an_element_that_the_engine_does_not_run_is_refused(kind: str) -> None:
    (finding,) = refused(with_more(SIMPLE, f'<bpmn:{kind} id="odd" name="Lạ" />'))
    assert (finding.file, finding.element) == (DIAGRAM, "odd")


@pytest.mark.parametrize(
    "inside",
    [
        "<bpmn:multiInstanceLoopCharacteristics />",
        "<bpmn:standardLoopCharacteristics />",
        "<bpmn:ioSpecification />",
        "<bpmn:extensionElements><spiffworkflow:preScript>x = 1</spiffworkflow:preScript>"
        "</bpmn:extensionElements>",
        "<bpmn:extensionElements><spiffworkflow:postScript>x = 1</spiffworkflow:postScript>"
        "</bpmn:extensionElements>",
    ],
)
def test_what_a_task_may_not_carry_is_refused(inside: str) -> None:
    (finding,) = refused(changed(SIMPLE, 'name="Việc appraise">', f'name="Việc">{inside}'))
    assert (finding.file, finding.element) == (DIAGRAM, "appraise")


@pytest.mark.parametrize(
    "definition",
    [
        "signalEventDefinition",
        "conditionalEventDefinition",
        "errorEventDefinition",
        "escalationEventDefinition",
        "cancelEventDefinition",
        "compensateEventDefinition",
        'linkEventDefinition name="x"',
    ],
)
def test_an_event_that_never_comes_is_refused(definition: str) -> None:
    (finding, *_) = refused(changed(SIMPLE, MESSAGE, f"<bpmn:{definition} />"))
    assert (finding.file, finding.element) == (DIAGRAM, "await_supplement")


@pytest.mark.parametrize("kind", ["timeDate", "timeCycle"])
def test_a_timer_is_a_duration(kind: str) -> None:
    timer = f"<bpmn:timerEventDefinition><bpmn:{kind}>x</bpmn:{kind}></bpmn:timerEventDefinition>"
    (finding,) = refused(changed(SIMPLE, MESSAGE, timer))
    assert (finding.file, finding.element) == (DIAGRAM, "await_supplement")


def test_every_fault_is_named_at_once() -> None:
    odd = '<bpmn:scriptTask id="one" /><bpmn:sendTask id="two" /><bpmn:signal id="ok" />'
    assert [f.element for f in refused(with_more(SIMPLE, odd))] == ["one", "two"]


def test_what_other_programs_add_is_left_alone() -> None:
    foreign = (
        '<bpmn:extensionElements><script xmlns="urn:other">x</script></bpmn:extensionElements>'
    )
    assert remarks(changed(SIMPLE, 'isExecutable="true">', f'isExecutable="true">{foreign}')) == []
