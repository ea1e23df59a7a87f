"""Elements in their places: what BPMN allows to draw and the engine would run wrongly, or never.

`bpmn.source` refuses elements for what they are; here it is for where they stand, what they
carry and what they are called.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from bpmn.findings import Finding, ProcedureError
from bpmn.source import BPMN_NS, FLOW_NODES, element_id

LONGEST_ID = 64
Siblings = dict[str | None, etree._Element]
RESERVED = frozenset({"Start", "End", "Root", "application", "dossier"})
_WAITS = frozenset({"intermediateCatchEvent", "receiveTask"})
_LASTING = frozenset({"messageEventDefinition", "timerEventDefinition"})


def refuse_misdrawn(name: str, root: etree._Element) -> None:
    """Raise `ProcedureError` naming every element of a BPMN file that stands wrong."""
    findings = [Finding(name, *remark) for remark in _misdrawn(root)]
    if findings:
        raise ProcedureError(findings)


def _misdrawn(root: etree._Element) -> Iterator[tuple[str, str]]:
    company = _Company()
    messages = {message.get("id") for message in root.iter(f"{{{BPMN_NS}}}message")}
    for element in root.iter(f"{{{BPMN_NS}}}*"):
        kind = etree.QName(element).localname
        for message in _wrong(element, kind):
            yield element_id(element), message
        if kind in _AMONG_OTHERS:
            for message in _AMONG_OTHERS[kind](element, company.of(element)):
                yield element_id(element), message
        if kind == "messageEventDefinition" and element.get("messageRef") not in messages:
            yield (
                element_id(element.getparent()),
                "Chưa chọn thông điệp, hoặc thông điệp đã chọn không có.",
            )


def _wrong(element: etree._Element, kind: str) -> Iterator[str]:
    if kind in FLOW_NODES:
        yield from _identity(element)
    check = _CHECKS.get(kind)
    if check is not None:
        yield from check(element)


def _identity(element: etree._Element) -> Iterator[str]:
    name = element.get("id") or ""
    if not name or len(name) > LONGEST_ID:
        yield f"Phần tử phải có mã (id) dài không quá {LONGEST_ID} ký tự."
    if name in RESERVED:
        yield f"Mã «{name}» được dành riêng; hãy đặt mã khác."


def _start(element: etree._Element) -> Iterator[str]:
    definitions = _definitions(element)
    parent = element.getparent()
    if parent is not None and parent.get("triggeredByEvent") == "true":
        interrupting = element.get("isInterrupting", "true") == "true"
        if definitions != ["messageEventDefinition"] or not interrupting:
            yield "Quy trình con theo sự kiện phải bắt đầu bằng thông điệp và ngắt mọi việc khác."
    elif definitions:
        yield "Sự kiện bắt đầu phải là loại thường: hồ sơ được nộp thì quy trình bắt đầu."


def _end(element: etree._Element) -> Iterator[str]:
    if set(_definitions(element)) - {"terminateEventDefinition"}:
        yield "Sự kiện kết thúc không được phát thông điệp; hãy dùng loại thường."


def _catch(element: etree._Element) -> Iterator[str]:
    definitions = _definitions(element)
    if len(definitions) != 1 or definitions[0] not in _LASTING:
        yield "Sự kiện chờ phải chờ đúng một thông điệp hoặc một thời hạn."


def _sequence_flow(element: etree._Element, beside: Siblings) -> Iterator[str]:
    for end in (element.get("sourceRef"), element.get("targetRef")):
        if end not in beside or etree.QName(beside[end]).localname not in FLOW_NODES:
            yield f"Mũi tên nối với «{end}», không có phần tử này trong cùng quy trình."


def _event_based_gateway(element: etree._Element, siblings: Siblings) -> Iterator[str]:
    flows = [flow for flow in siblings.values() if flow.get("sourceRef") == element.get("id")]
    targets = [
        siblings[flow.get("targetRef")] for flow in flows if flow.get("targetRef") in siblings
    ]
    if any(etree.QName(target).localname not in _WAITS for target in targets):
        yield "Sau cổng sự kiện chỉ được vẽ sự kiện chờ (thông điệp hoặc thời hạn)."


def _subprocess(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    inside = parent is None or etree.QName(parent).localname != "process"
    if element.get("triggeredByEvent") == "true" and inside:
        yield "Quy trình con theo sự kiện phải vẽ ngay trong quy trình, không trong quy trình con."


class _Company:
    """What stands beside an element, by id, read once for all that stand together."""

    def __init__(self) -> None:
        self._known: dict[etree._Element | None, Siblings] = {}

    def of(self, element: etree._Element) -> Siblings:
        parent = element.getparent()
        if parent not in self._known:
            beside = () if parent is None else parent
            self._known[parent] = {sibling.get("id"): sibling for sibling in beside}
        return self._known[parent]


def _definitions(element: etree._Element) -> list[str]:
    names = [etree.QName(child).localname for child in element]
    return [name for name in names if name.endswith(("EventDefinition", "EventDefinitionRef"))]


_CHECKS: dict[str, Callable[[etree._Element], Iterator[str]]] = {
    "startEvent": _start,
    "endEvent": _end,
    "intermediateCatchEvent": _catch,
    "boundaryEvent": _catch,
    "subProcess": _subprocess,
}
_AMONG_OTHERS = {"sequenceFlow": _sequence_flow, "eventBasedGateway": _event_based_gateway}
