"""Files that are wrong or mean harm: refused with a sentence, and at once."""

from collections.abc import Iterator

import pytest

from bpmn.adopting import adopt
from bpmn.adopting.adoption import MOST_FINDINGS, Adoption
from bpmn.findings import Finding, ProcedureError
from bpmn.source import BPMN_NS, MAX_BYTES
from tests.diagrams import CODE
from tests.unit.bpmn.asking import is_vietnamese

HEAD = f'<definitions xmlns="{BPMN_NS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
NODES = (
    '<startEvent id="s"/><task id="t" name="Việc"/><endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>'
    '<sequenceFlow id="f2" sourceRef="t" targetRef="e"/>'
)


def file(inside: str = NODES, around: str = "") -> str:
    return f'{HEAD}<process id="p">{inside}</process>{around}</definitions>'


def taken(text: str | bytes) -> Adoption | tuple[Finding, ...]:
    content = text if isinstance(text, bytes) else text.encode()
    try:
        return adopt("lạ.bpmn", content, CODE)
    except ProcedureError as refused:
        for finding in refused.findings:
            assert is_vietnamese(finding.message), finding
            assert finding.file == "lạ.bpmn"
        return refused.findings


def why(text: str | bytes) -> tuple[str, ...]:
    findings = taken(text)
    assert isinstance(findings, tuple), "it was taken"
    return tuple(finding.element for finding in findings)


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"PK\x03\x04" + b"\0" * 100,
        f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>{file("&m;")}'.encode(),
        f"{ENTITY}{file('<documentation>&a;</documentation>')}".encode(),
        f'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">{file()}'.encode(),
        b"<a>" * 100_000,
        f"{HEAD}{'<process>' * 5_000}".encode(),
        file().encode() + b"x" * MAX_BYTES,
        b"<definitions " + b" ".join(b'a%d="x"' % n for n in range(1_000_000)) + b"/>",
        file().encode().replace(b"t", b"\0", 1),
        file().encode("utf-16")[:-3],
        b'<?xml version="1.0" encoding="UTF-16"?>' + file().encode(),
        b'<?xml version="1.0" encoding="klingon"?>' + file().encode(),
        file().replace(BPMN_NS, "http://www.omg.org/spec/BPMN/20080501/MODEL").encode(),
        b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>',
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        b"<html/>",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_what_is_no_bpmn_is_refused_for_what_it_is(content: bytes) -> None:
    assert why(content) == ("xml",)


def test_an_included_file_is_not_read() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    adoption = taken(file(NODES + include))
    assert isinstance(adoption, Adoption)
    assert "passwd" not in adoption.files["procedure.bpmn"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1258"])
def test_a_file_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + file().replace("Việc", "Àé")
    adoption = taken(text.encode(encoding))
    assert isinstance(adoption, Adoption)
    assert 'name="Àé"' in adoption.files["procedure.bpmn"]


def _many(kind: str, number: int) -> str:
    return "".join(f'<{kind} id="n{each}"/>' for each in range(number))


def _crowds() -> Iterator[tuple[str, str]]:
    yield "nodes", file(NODES + _many("task", 40_000))
    yield "throwing", file(NODES + _many("intermediateThrowEvent", 1_900))
    flows = "".join(f'<sequenceFlow id="x{n}" sourceRef="s" targetRef="t"/>' for n in range(25_000))
    yield "flows", file(NODES + flows)
    yield "lanes", file(f'<laneSet id="l">{_many("lane", 60_000)}</laneSet>{NODES}')
    references = "<flowNodeRef>t</flowNodeRef>" * 30_000
    yield "references", file(f'<laneSet><lane id="l">{references}</lane></laneSet>{NODES}')
    odd = "".join(f'<dataObject id="{"-." * (n % 7 + 1)}a{n}"/>' for n in range(30_000))
    yield "odd ids", file(NODES + odd)
    yield "same ids", file(NODES + '<dataObject id="d"/>' * 50_000)
    yield "messages", file(NODES, "".join(f'<message id="m{n}"/>' for n in range(50_000)))
    yield "attributes", file(NODES.replace("<task", f"<task {_attributes(80_000)}"))
    yield "deep subprocesses", file(NODES + '<subProcess id="q">' * 200 + "</subProcess>" * 200)
    yield "processes", f"{HEAD}{'<process><task/></process>' * 40_000}</definitions>"
    yield "condition", file(NODES.replace('f1"', "f1\" name='x'") + _condition("(" * 90_000))


def _attributes(number: int) -> str:
    return " ".join(f'a{each}="x"' for each in range(number))


def _condition(text: str) -> str:
    said = f"<conditionExpression>{text}</conditionExpression>"
    return f'<sequenceFlow id="f9" sourceRef="s" targetRef="e">{said}</sequenceFlow>'


@pytest.mark.parametrize(("crowd", "text"), list(_crowds()), ids=lambda value: value[:20])
def test_a_crowd_is_answered_at_once(crowd: str, text: str) -> None:
    found = taken(text)
    if isinstance(found, Adoption):
        assert len(found.remarks) < 2_000
    else:
        assert len(found) <= MOST_FINDINGS + 1


@pytest.mark.parametrize(
    ("inside", "elements"),
    [
        ('<scriptTask id="x"><script>import os</script></scriptTask>', ("x",)),
        ('<transaction id="x"/>', ("x",)),
        ('<adHocSubProcess id="x"/>', ("x",)),
        ('<complexGateway id="x"/>', ("x",)),
        ('<robotTask id="x"/>', ("x",)),
        ('<task id="x"><multiInstanceLoopCharacteristics/></task>', ("x",)),
        ('<task id="x"><standardLoopCharacteristics/></task>', ("x",)),
        ('<task id="x" isForCompensation="true"/>', ("x",)),
        ('<endEvent id="x"><signalEventDefinition/></endEvent>', ("x",)),
        ('<intermediateThrowEvent id="x"><compensateEventDefinition/></intermediateThrowEvent>',
         ("x",)),
        ('<intermediateCatchEvent id="x"><conditionalEventDefinition/></intermediateCatchEvent>',
         ("x",)),
        ('<intermediateCatchEvent id="x"/>', ("x",)),
        ('<boundaryEvent id="x" attachedToRef="t"><errorEventDefinition/></boundaryEvent>', ("x",)),
        ('<boundaryEvent id="x" attachedToRef="nowhere"><messageEventDefinition/></boundaryEvent>',
         ("x",)),
        ('<startEvent id="x"><timerEventDefinition/></startEvent>', ("x",)),
        ('<sequenceFlow id="x" sourceRef="s" targetRef="nowhere"/>', ("x",)),
        ('<task id="t"/>', ("t",)),
        ('<subProcess id="x" triggeredByEvent="true"><startEvent id="y"><timerEventDefinition/>'
         "</startEvent></subProcess>", ("y",)),
        ('<scriptTask id="x"/><scriptTask id="y"/>', ("x", "y")),
    ],
)  # fmt: skip
def test_what_cannot_run_is_named_with_its_line(inside: str, elements: tuple[str, ...]) -> None:
    found = taken(file(NODES + "\n\n" + inside))
    assert isinstance(found, tuple)
    assert tuple(finding.element for finding in found) == elements
    assert {finding.line for finding in found} == {3}


def test_of_several_processes_one_has_to_be_named() -> None:
    others = NODES.replace('id="', 'id="q').replace('Ref="', 'Ref="q')
    text = file(NODES, f'<process id="q">{others}</process>')
    (finding,) = taken(text)  # type: ignore[misc]
    assert "p, q" in finding.message
    adoption = adopt("hai.bpmn", text.encode(), CODE, "q")
    assert 'id="qt"' in adoption.files["procedure.bpmn"]


def test_processes_that_call_each_other_in_a_circle_end() -> None:
    call = '<callActivity id="c{}" calledElement="{}"/>'
    text = file(NODES + call.format(1, "q"), f'<process id="q">{call.format(2, "p")}</process>')
    assert sorted(adopt("v.bpmn", text.encode(), CODE, "p").files) == [
        "procedure.bpmn",
        "stage_q.bpmn",
    ]


def test_a_called_process_cannot_take_the_place_of_another_file() -> None:
    call = '<callActivity id="{}" calledElement="procedure"/>'
    called = f'<process id="procedure">{call.format("d")}</process>'
    text = file(NODES + call.format("c"), called)
    files = adopt("v.bpmn", text.encode(), CODE, "p").files
    assert len(files) == 2
    assert 'id="t"' in files["procedure.bpmn"]
