"""What of a drawing cannot be taken: it would run otherwise than drawn, or not at all.

What is only missing, or could be said by a person in the editor, is no reason to refuse.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from bpmn.adopting.adoption import finding, require
from bpmn.adopting.trees import (
    BESIDE,
    BPMN,
    EVENTS,
    NODES,
    containers,
    definitions_in,
    flows_in,
    is_triggered,
    kind_of,
    nodes_in,
    parent_of,
)
from bpmn.findings import Finding
from bpmn.locating import line_of
from bpmn.source import MOST_FLOWS, MOST_NODES, SPIFF_NS, UNSUPPORTED

_KEPT = frozenset({
    "sendTask", "manualTask", "task", "intermediateThrowEvent", "linkEventDefinition",
    "timeDate", "timeCycle", "dataStoreReference", "dataStore", "ioSpecification",
    "dataInputAssociation", "dataOutputAssociation",
})  # fmt: skip
"""Refused where a drawing is to run as it is; adopting makes something else of them."""
_THROWN = {
    "signal": "Chưa hỗ trợ phát tín hiệu (signal)",
    "escalation": "Chưa hỗ trợ phát sự kiện leo thang (escalation)",
    "compensate": "Chưa hỗ trợ bù trừ (compensation)",
    "error": "Chưa hỗ trợ kết thúc bằng lỗi (error)",
    "cancel": "Chưa hỗ trợ hủy giao dịch (cancel)",
    "conditional": "Chưa hỗ trợ sự kiện điều kiện (conditional)",
}
_MOST = {
    "phần tử": (NODES, MOST_NODES),
    "mũi tên": ({"sequenceFlow"}, MOST_FLOWS),
    "làn": ({"lane"}, MOST_NODES),
}


def refuse_untakable(file: str, root: etree._Element, taken: Iterable[etree._Element]) -> None:
    """Raise `ProcedureError` naming every element of the processes taken that cannot be."""
    processes = list(taken)
    doubles = _doubles(file, root)
    require(file, [*doubles, *(found for each in processes for found in _process(file, each))])


def _doubles(file: str, root: etree._Element) -> Iterator[Finding]:
    """Elements that share an id: whoever refers to it may mean either."""
    named = [each for each in root.iter(f"{BPMN}*") if each.get("id")]
    times = Counter(each.get("id") for each in named)
    first: dict[str | None, etree._Element] = {}
    for element in named:
        name = element.get("id")
        if times[name] > 1 and name in first:
            line = line_of(first[name])
            yield finding(file, element, f"Mã (id) này đã dùng ở dòng {line}; hãy đặt mã khác.")
        first.setdefault(name, element)


def _process(file: str, process: etree._Element) -> Iterator[Finding]:
    times = Counter(kind_of(each) for each in process.iter(f"{BPMN}*"))
    for what, (kinds, most) in _MOST.items():
        if sum(times[kind] for kind in kinds) > most:
            yield finding(file, process, f"Quy trình có quá {most} {what}; hãy chia nhỏ.")
            return
    for element in process.iter("{*}*"):
        for message in _wrong(element):
            yield finding(file, element, message)
    for container in containers(process):
        for element, message in (*_loose(container), *_strange(container)):
            yield finding(file, element, message)


def _wrong(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element)
    if name.namespace == SPIFF_NS and name.localname in UNSUPPORTED:
        yield UNSUPPORTED[name.localname]
    kind = kind_of(element)
    if kind in UNSUPPORTED and kind not in _KEPT and kind_of(parent_of(element)) not in EVENTS:
        yield UNSUPPORTED[kind]
    check = _CHECKS.get(kind)
    if check is not None:
        yield from check(element)


def _start(event: etree._Element) -> Iterator[str]:
    kinds = definitions_in(event)
    if is_triggered(parent_of(event)):
        if kinds != ["message"]:
            yield "Quy trình con theo sự kiện chỉ bắt đầu được bằng một thông điệp (message)."
        elif event.get("isInterrupting") in ("false", "0"):
            yield "Quy trình con theo sự kiện phải ngắt mọi việc khác."
    elif kinds not in ([], ["message"]):
        yield (
            "Quy trình bắt đầu khi hồ sơ được nộp: sự kiện bắt đầu phải là loại thường hoặc nhận"
            " thông điệp."
        )


def _sent(event: etree._Element) -> Iterator[str]:
    yield from (f"{_THROWN[each]}." for each in definitions_in(event) if each in _THROWN)


def _catch(event: etree._Element) -> Iterator[str]:
    kinds = definitions_in(event)
    at_edge = kind_of(event) == "boundaryEvent"
    allowed = ["message", "timer"] if at_edge else ["message", "timer", "link"]
    strange = [UNSUPPORTED.get(f"{each}EventDefinition", "") for each in kinds]
    strange = [each for each, kind in zip(strange, kinds, strict=True) if kind not in allowed]
    if strange and strange[0]:
        yield strange[0]
    elif len(kinds) != 1 or strange:
        yield "Sự kiện chờ phải chờ đúng một thông điệp hoặc một thời hạn."


def _subprocess(element: etree._Element) -> Iterator[str]:
    if is_triggered(element) and kind_of(parent_of(element)) != "process":
        yield "Quy trình con theo sự kiện phải vẽ ngay trong quy trình, không trong quy trình con."


def _event_gateway(element: etree._Element) -> Iterator[str]:
    if element.get("instantiate") in ("true", "1"):
        yield "Chưa hỗ trợ cổng sự kiện bắt đầu quy trình; hồ sơ được nộp thì quy trình bắt đầu."


def _activity(element: etree._Element) -> Iterator[str]:
    if element.get("isForCompensation") in ("true", "1"):
        yield "Chưa hỗ trợ tác vụ bù trừ (compensation)."


def _loose(container: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Flows and edge events that hang on nothing within the same process or subprocess."""
    here = {node.get("id") for node in nodes_in(container)}
    for flow in flows_in(container):
        for end in (flow.get("sourceRef"), flow.get("targetRef")):
            if end and end not in here:
                yield flow, f"Mũi tên nối với «{end}», không có phần tử này trong cùng quy trình."
    for event in container.iterchildren(f"{BPMN}boundaryEvent"):
        if event.get("attachedToRef") not in here:
            yield (
                event,
                f"Sự kiện trên cạnh của «{event.get('attachedToRef')}», không có tác vụ này.",
            )


def _strange(container: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """What stands among the nodes of a process and is none that BPMN knows there."""
    for element in container.iterchildren(f"{BPMN}*"):
        kind = kind_of(element)
        if kind not in NODES and kind not in BESIDE:
            yield element, f"Phần tử «{kind[:60]}» không có trong quy trình của BPMN 2.0."


_CHECKS: dict[str, Callable[[etree._Element], Iterator[str]]] = {
    "startEvent": _start,
    "endEvent": _sent,
    "intermediateThrowEvent": _sent,
    "intermediateCatchEvent": _catch,
    "boundaryEvent": _catch,
    "subProcess": _subprocess,
    "eventBasedGateway": _event_gateway,
    **dict.fromkeys(("task", "userTask", "serviceTask", "callActivity"), _activity),
}
