"""Small procedures drawn in a few words, for tests of what diagrams may do.

Each function gives the XML of one element; `diagram` makes a document of them, with a shape for
every node, and `sources` a procedure with its facts and forms.
"""

import json
import re
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

CODE = "9.000001"

FACTS = f"""
code = "{CODE}"
name = "Thủ tục thử"
field = "Thử"
field_code = "T"
level = "commune"
decision = "1/QĐ"
unit = "OFFICE"
time_limit = "3 working_days"
start_rule = "NEXT_DAY"
result_name = "Kết quả"
result_code = "KQ.T.000001"
[[components]]
code = "A"
name = "Tờ khai"
originals = 1
[[components]]
code = "B"
name = "Giấy chứng sinh"
required = false
obtainable_from = "Cơ sở dữ liệu giấy chứng sinh"
"""

_CHOICES = {
    "accept": "Tiếp nhận",
    "approve": "Đồng ý",
    "supplement": "Bổ sung",
    "refuse": "Từ chối",
}


def _form(choices: dict[str, str]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "decision": {
                "type": "string",
                "title": "Quyết định",
                "oneOf": [{"const": value, "title": title} for value, title in choices.items()],
            },
            "note": {"type": "string", "title": "Ghi chú", "maxLength": 200},
            "reason": {"type": "string", "title": "Lý do", "maxLength": 200},
            "fast": {"type": "boolean", "title": "Nhanh"},
        },
    }


ANY_FORM = _form(_CHOICES)
"""Accepts anything, but nobody can send a dossier back with it."""
ANSWER_FORM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["personal_id"],
    "properties": {
        "personal_id": {"type": "string", "title": "Số định danh", "pattern": "^[0-9]{12}$"}
    },
}
"""What other software answers with."""
RETURNING_FORM = _form(_CHOICES | {"return": "Trả lại"})
"""The form of steps that may send a dossier back."""
_LANES = ["Bộ phận Một cửa", "Chuyên viên", "Lãnh đạo", "Văn thư", "Thu ngân"]
_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    ' id="d" targetNamespace="http://motcua.vn/bpmn">'
)


def properties(**values: str) -> str:
    """Extension elements that carry the properties given."""
    inner = "".join(
        f"<spiffworkflow:property name={quoteattr(k)} value={quoteattr(v)} />"
        for k, v in values.items()
    )
    return (
        "<bpmn:extensionElements><spiffworkflow:properties>"
        f"{inner}</spiffworkflow:properties></bpmn:extensionElements>"
    )


def task(name: str, stage: str = "processing", limit: str = "1 hours", **more: str) -> str:
    """A user task with the form that accepts anything."""
    form = "returning.json" if "returns_to" in more else "any.json"
    details = properties(**{"stage": stage, "limit": limit, "formJsonSchemaFilename": form} | more)
    return f'<bpmn:userTask id="{name}" name="Việc {name}">{details}</bpmn:userTask>'


def message_wait(name: str, message: str, **more: str) -> str:
    """An intermediate event that waits for a message."""
    return (
        f'<bpmn:intermediateCatchEvent id="{name}" name="Chờ {name}">{properties(**more)}'
        f'<bpmn:messageEventDefinition messageRef="m_{message}" /></bpmn:intermediateCatchEvent>'
    )


def timer_wait(name: str, limit: str, **more: str) -> str:
    """An intermediate event that waits for time to pass."""
    return (
        f'<bpmn:intermediateCatchEvent id="{name}" name="Chờ {name}">{properties(**more)}'
        f"<bpmn:timerEventDefinition><bpmn:timeDuration>{limit}</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )


def boundary_timer(name: str, attached_to: str, limit: str) -> str:
    """An interrupting timer on the edge of a task or call activity."""
    return (
        f'<bpmn:boundaryEvent id="{name}" name="Quá hạn {name}" attachedToRef="{attached_to}">'
        f"<bpmn:timerEventDefinition><bpmn:timeDuration>{limit}</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )


def service(name: str, mode: str = "ask", **more: str) -> str:
    """A service task: it asks civil status, or tells the tax office."""
    asked = {"connector": "civil_status", "operation": "register_birth", "answer": "answer.json"}
    told = {"connector": "tax", "operation": "send_tax_information"}
    said = {"mode": mode, "sends.note": "application.note"} | (asked if mode == "ask" else told)
    details = properties(**said | more)
    return f'<bpmn:serviceTask id="{name}" name="Gửi {name}">{details}</bpmn:serviceTask>'


def end(name: str, outcome: str | None = "delivered") -> str:
    """An end event."""
    details = properties(outcome=outcome) if outcome else ""
    return f'<bpmn:endEvent id="{name}" name="Kết thúc {name}">{details}</bpmn:endEvent>'


def gateway(name: str, kind: str = "exclusive", default: str | None = None) -> str:
    """A gateway; `default` is the id of the node its default flow leads to."""
    flow = f' default="{name}_{default}"' if default else ""
    return f'<bpmn:{kind}Gateway id="{name}" name="{name}?"{flow} />'


def call(name: str, called: str) -> str:
    """A call activity."""
    return f'<bpmn:callActivity id="{name}" name="Gọi {name}" calledElement="{called}" />'


def decide(name: str, table: str | None = None) -> str:
    """A business rule task that asks a decision table."""
    called = f"<spiffworkflow:calledDecisionId>{table}</spiffworkflow:calledDecisionId>"
    inside = f"<bpmn:extensionElements>{called}</bpmn:extensionElements>" if table else ""
    return f'<bpmn:businessRuleTask id="{name}" name="Bảng {name}">{inside}</bpmn:businessRuleTask>'


def decision_table(
    name: str, inputs: list[str], outputs: list[str], rows: list[list[str]], policy: str = "FIRST"
) -> str:
    """A DMN document; each row gives its input cells, then its output cells."""
    asked = "".join(
        f'<input id="i{n}"><inputExpression id="x{n}"><text>{escape(text)}</text>'
        "</inputExpression></input>"
        for n, text in enumerate(inputs)
    )
    given = "".join(f'<output id="o{n}" name="{text}" />' for n, text in enumerate(outputs))
    rules = "".join(
        f'<rule id="r{n}">{_cells(n, row, inputs)}</rule>' for n, row in enumerate(rows)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="B"'
        f' namespace="http://motcua.vn/dmn"><decision id="{name}" name="Bảng">'
        f'<decisionTable id="t" hitPolicy="{policy}">{asked}{given}{rules}</decisionTable>'
        "</decision></definitions>"
    )


def _cells(number: int, row: list[str], inputs: list[str]) -> str:
    kinds = ["inputEntry"] * len(inputs) + ["outputEntry"] * (len(row) - len(inputs))
    return "".join(
        f'<{kind} id="c{number}_{n}"><text>{escape(text)}</text></{kind}>'
        for n, (kind, text) in enumerate(zip(kinds, row, strict=True))
    )


def event_subprocess(name: str, message: str, step: str, outcome: str) -> str:
    """An interrupting event subprocess with one task and one end."""
    return (
        f'<bpmn:subProcess id="{name}" name="{name}" triggeredByEvent="true">'
        f'<bpmn:startEvent id="{name}_start" name="Bắt đầu {name}">'
        f'<bpmn:messageEventDefinition messageRef="m_{message}" /></bpmn:startEvent>'
        f"{task(step)}{end(f'{name}_end', outcome)}"
        f"{flow(f'{name}_start', step)}{flow(step, f'{name}_end')}</bpmn:subProcess>"
    )


def flow(source: str, target: str, condition: str | None = None) -> str:
    """A sequence flow, with a condition perhaps."""
    inner = (
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
        f"{escape(condition)}</bpmn:conditionExpression>"
        if condition
        else ""
    )
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inner}</bpmn:sequenceFlow>"
    )


def start(name: str) -> str:
    """A start event."""
    return f'<bpmn:startEvent id="{name}" name="Bắt đầu {name}" />'


def way(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "".join(flow(one, other) for one, other in pairwise(nodes))


START = start("start")
_NODE = re.compile(r"<bpmn:(?:\w+Event|\w*Task|\w+Gateway|callActivity|subProcess) id=\"(\w+)\"")


def diagram(process: str, lanes: dict[str, list[str]], *elements: str) -> str:
    """A whole BPMN document of one process."""
    lane_xml = "".join(
        f'<bpmn:lane id="lane_{_LANES.index(name)}" name="{name}">'
        + "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes)
        + "</bpmn:lane>"
        for name, nodes in lanes.items()
    )
    messages = "".join(
        f'<bpmn:message id="m_{m}" name="{m}" />'
        for m in (
            "supplement_received",
            "obligation_fulfilled",
            "withdrawal_requested",
            "discontinuation_decided",
        )
    )
    return (
        f'{_HEAD}<bpmn:process id="{process}" name="Thử" isExecutable="true">'
        f'<bpmn:laneSet id="lanes_{process}">{lane_xml}</bpmn:laneSet>{"".join(elements)}'
        f"</bpmn:process>{messages}{_shapes(process, ''.join(elements))}</bpmn:definitions>"
    )


def _shapes(process: str, elements: str) -> str:
    """The drawing: every node in a row."""
    shapes = "".join(
        f'<bpmndi:BPMNShape id="shape_{node}" bpmnElement="{node}">'
        f'<dc:Bounds x="{number * 150}" y="100" width="100" height="80" /></bpmndi:BPMNShape>'
        for number, node in enumerate(dict.fromkeys(_NODE.findall(elements)))
    )
    return (
        f'<bpmndi:BPMNDiagram id="di_{process}">'
        f'<bpmndi:BPMNPlane id="plane_{process}" bpmnElement="{process}">{shapes}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )


def sources(procedure: str, **shared: str) -> dict[str, str]:
    """Everything a procedure needs: its diagram, shared stages by name, facts and forms."""
    return {
        "procedure.bpmn": procedure,
        "facts.toml": FACTS,
        "forms/any.json": json.dumps(ANY_FORM),
        "forms/returning.json": json.dumps(RETURNING_FORM),
        "forms/application.json": json.dumps(ANY_FORM),
        "forms/answer.json": json.dumps(ANSWER_FORM),
        **{f"shared/{name}.bpmn": text for name, text in shared.items()},
    }


def simple() -> dict[str, str]:
    """Receipt, appraisal with supplement and return, signature; withdrawal and discontinuation."""
    process = diagram(
        "p_9_000001",
        {
            "Bộ phận Một cửa": ["check_papers", "withdrawal", "deliver"],
            "Chuyên viên": ["appraise"],
            "Lãnh đạo": ["sign", "discontinuation"],
        },
        START,
        task("check_papers", stage="receipt"),
        gateway("accepted", default="refused_intake"),
        task("appraise"),
        gateway("complete", default="refused"),
        message_wait("await_supplement", "supplement_received", pauses="bo_sung_ho_so"),
        task(
            "sign", stage="signing", four_eyes="appraise", returns_to="appraise", batchable="true"
        ),
        gateway("signed", default="deliver"),
        task("deliver", stage="delivery", limit="0 hours"),
        end("delivered"),
        end("refused", "refused"),
        end("refused_intake", "refused_intake"),
        event_subprocess("withdrawal", "withdrawal_requested", "return_papers", "withdrawn"),
        event_subprocess(
            "discontinuation", "discontinuation_decided", "issue_discontinuation", "discontinued"
        ),
        flow("start", "check_papers"),
        flow("check_papers", "accepted"),
        flow("accepted", "appraise", 'check_papers.decision == "accept"'),
        flow("accepted", "refused_intake"),
        flow("appraise", "complete"),
        flow("complete", "sign", 'appraise.decision == "approve"'),
        flow("complete", "await_supplement", 'appraise.decision == "supplement"'),
        flow("complete", "refused"),
        flow("await_supplement", "appraise"),
        flow("sign", "signed"),
        flow("signed", "appraise", 'sign.decision == "return"'),
        flow("signed", "deliver"),
        flow("deliver", "delivered"),
    )
    return sources(process)
