"""What a diagram still lacks before it can be checked and put in force, said all at once.

The checks that stop a deployment (`bpmn.parse`, `bpmn.lint`) end where they can go no further.
Here everything that a person has to say is listed, element by element, also of a diagram that is
far from finished.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass

from lxml import etree

from bpmn.adopting.adoption import Kind, Remark, remark
from bpmn.adopting.flow_points import flow_points
from bpmn.adopting.trees import (
    BPMN,
    DECISION,
    containers,
    is_triggered,
    kind_of,
    local,
    nodes_in,
)
from bpmn.roles import LANES
from bpmn.source import NAMESPACES, SPIFF_NS
from bpmn.steps import INTERRUPTIONS, Message, Outcome, Stage
from bpmn.time_limit import TimeLimit, TimeLimitError

_PROPERTY = f"{{{SPIFF_NS}}}property"
_SHAPE = f"{{{NAMESPACES['bpmndi']}}}BPMNShape"
_JOINS = frozenset({"parallelGateway", "inclusiveGateway", "exclusiveGateway"})
_LANES = ", ".join(LANES)


@dataclass(frozen=True)
class Known:
    """What a diagram may refer to: ids of processes to call, of decision tables, and of steps that
    other files draw."""

    stages: Set[str]
    tables: Set[str] = frozenset()
    steps: Set[str] = frozenset()


def open_points(
    root: etree._Element, process: etree._Element, known: Known, *, final: bool = True
) -> Iterator[Remark]:
    """What is missing in one process; `final` says that dossiers end with it."""
    for element, message in _points(root, process, known, final):
        yield remark(Kind.OPEN, element, message)


def _points(
    root: etree._Element, process: etree._Element, known: Known, final: bool
) -> Iterator[tuple[etree._Element, str]]:
    lanes, shapes = _lanes(process), _shapes(root)
    messages = {m.get("id"): m.get("name") or "" for m in root.iter(f"{BPMN}message")}
    yield from _of_lanes(process)
    for container in containers(process):
        ends_dossiers = final and (container is process or is_triggered(container))
        for node in nodes_in(container):
            yield from ((node, message) for message in _missing(node, messages, known))
            yield from ((node, message) for message in _placed(node, lanes, shapes, bool(shapes)))
            if ends_dossiers and kind_of(node) == "endEvent":
                yield from ((node, message) for message in _outcome(node))
        yield from flow_points(container, known.steps)
    if not shapes:
        yield process, "Tệp không có hình vẽ (BPMN DI); hãy xuất lại cùng hình vẽ hoặc vẽ lại."


def _missing(
    node: etree._Element, messages: Mapping[str | None, str], known: Known
) -> Iterator[str]:
    kind = kind_of(node)
    if not (node.get("name") or "").strip() and kind not in _JOINS:
        yield "Phần tử chưa có tên; hãy đặt tên tiếng Việt."
    if kind in ("intermediateCatchEvent", "boundaryEvent", "receiveTask", "startEvent"):
        yield from _awaited(node, messages)
    elif kind in _LACKS:
        yield from _LACKS[kind](node, known)


def _service(node: etree._Element, known: Known) -> Iterator[str]:
    said = properties_of(node)
    lacking = [each for each in ("connector", "operation", "mode") if not said.get(each)]
    if lacking:
        yield (
            f"Tác vụ dịch vụ còn thiếu {', '.join(lacking)}: hãy chọn bộ kết nối và thao tác,"
            " hoặc đổi thành tác vụ người dùng."
        )


def _decision(node: etree._Element, known: Known) -> Iterator[str]:
    table = node.findtext(f".//{DECISION}")
    if table not in known.tables:
        yield f"Hãy chọn bảng quyết định và thêm tệp DMN của bảng ({table or 'chưa chọn'})."


def _call(node: etree._Element, known: Known) -> Iterator[str]:
    if local(node.get("calledElement")) not in known.stages:
        yield f"Hãy chọn công đoạn để gọi: {', '.join(sorted(known.stages))}."


def _step(node: etree._Element, known: Known) -> Iterator[str]:
    said, lacking = properties_of(node), []
    if said.get("stage") not in list(Stage):
        lacking.append(f"giai đoạn (stage: {', '.join(Stage)})")
    if not _is_limit(said.get("limit")):
        lacking.append("hạn bước (limit, ví dụ 4 hours, 1 working_days)")
    if not said.get("formJsonSchemaFilename"):
        lacking.append("biểu mẫu (formJsonSchemaFilename)")
    if lacking:
        yield f"Hãy điền {'; '.join(lacking)}."


def _awaited(node: etree._Element, messages: Mapping[str | None, str]) -> Iterator[str]:
    begins = kind_of(node) == "startEvent"
    expected = INTERRUPTIONS if begins else set(Message) - INTERRUPTIONS
    for event in (node, *node):
        if kind_of(event) in ("messageEventDefinition", "receiveTask"):
            name = messages.get(local(event.get("messageRef")), "")
            if name not in expected:
                now = f" (đang là «{name[:60]}»)" if name else ""
                yield f"Hãy chọn thông điệp được chờ{now}: {', '.join(sorted(expected))}."
        elif kind_of(event) == "timerEventDefinition" and not _is_limit(
            event.findtext(f"{BPMN}timeDuration")
        ):
            yield "Hãy ghi thời hạn của hẹn giờ, ví dụ: 3 working_days, 30 days."


def _outcome(node: etree._Element) -> Iterator[str]:
    if properties_of(node).get("outcome") not in list(Outcome):
        yield f"Hãy chọn kết cục hồ sơ (outcome) của điểm kết thúc: {', '.join(Outcome)}."


def _of_lanes(process: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for lane in process.iter(f"{BPMN}lane"):
        if lane.get("name") not in LANES:
            yield lane, f"Hãy đổi tên làn thành vai trò làm các bước trong đó: {_LANES}."


def _placed(node: etree._Element, lanes: Set[str], shapes: Set[str], drawn: bool) -> Iterator[str]:
    within = {str(each.get("id")) for each in (node, *node.iterancestors(f"{BPMN}subProcess"))}
    if kind_of(node) == "userTask" and not lanes & within:
        yield f"Bước chưa nằm trong làn nào; hãy đặt vào làn của vai trò: {_LANES}."
    if drawn and str(node.get("id")) not in shapes:
        yield "Phần tử chưa được vẽ trên sơ đồ (thiếu hình)."


def _lanes(process: etree._Element) -> Set[str]:
    return {(each.text or "").strip() for each in process.iter(f"{BPMN}flowNodeRef")}


def _shapes(root: etree._Element) -> Set[str]:
    return {local(shape.get("bpmnElement")) for shape in root.iter(_SHAPE)}


def properties_of(node: etree._Element) -> dict[str, str]:
    """Our own properties of a node."""
    return {
        str(each.get("name")): str(each.get("value") or "")
        for extension in node.iterchildren(f"{BPMN}extensionElements")
        for each in extension.iter(_PROPERTY)
    }


def _is_limit(text: str | None) -> bool:
    try:
        return bool(text) and TimeLimit.parse(text or "") is not None
    except TimeLimitError:
        return False


_LACKS: dict[str, Callable[[etree._Element, Known], Iterator[str]]] = {
    "userTask": _step,
    "serviceTask": _service,
    "businessRuleTask": _decision,
    "callActivity": _call,
}
