"""What the flows of a diagram still lack: defaults, conditions, one start, an end."""

from collections import defaultdict
from collections.abc import Iterator, Set

from lxml import etree

from bpmn.adopting.trees import (
    BPMN,
    GATEWAYS,
    flows_in,
    is_triggered,
    kind_of,
    nodes_in,
)
from bpmn.expressions import ExpressionError, names_in

_FACTS = frozenset({"application", "dossier", "applicant"})
_CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})
_AWAITED = frozenset({"intermediateCatchEvent", "receiveTask"})
_Point = tuple[etree._Element, str]


def flow_points(container: etree._Element, steps: Set[str]) -> Iterator[_Point]:
    """Elements of a process or subprocess with what is to be drawn or said there."""
    nodes = nodes_in(container)
    yield from _begins_and_ends(container, nodes)
    yield from _unknown_names(container, steps)
    out: dict[str | None, list[etree._Element]] = defaultdict(list)
    for flow in flows_in(container):
        out[flow.get("sourceRef")].append(flow)
    waits = {node.get("id") for node in nodes if kind_of(node) in _AWAITED}
    reached = {flow.get("targetRef") for flow in flows_in(container)}
    for node in nodes:
        flows = out[node.get("id")]
        yield from _ways_out(node, flows)
        if kind_of(node) == "eventBasedGateway":
            after = {flow.get("targetRef") for flow in flows}
            yield from ((node, _WAITS) for each in nodes if each.get("id") in after - waits)
        if not flows and kind_of(node) != "endEvent" and not is_triggered(node):
            yield node, "Từ phần tử này chưa có mũi tên nào đi tiếp."
        if node.get("id") not in reached and not _begins(node):
            yield node, "Chưa có mũi tên nào dẫn tới phần tử này."


def _begins_and_ends(container: etree._Element, nodes: list[etree._Element]) -> Iterator[_Point]:
    if not nodes:
        yield container, "Quy trình con chưa vẽ gì bên trong; hãy vẽ, hoặc đổi thành tác vụ."
        return
    kinds = [kind_of(node) for node in nodes]
    if kinds.count("startEvent") != 1:
        number = kinds.count("startEvent")
        yield container, f"Phải có đúng một sự kiện bắt đầu (đang có {number})."
    if "endEvent" not in kinds:
        yield container, "Chưa có sự kiện kết thúc."


def _ways_out(node: etree._Element, flows: list[etree._Element]) -> Iterator[_Point]:
    kind = kind_of(node)
    if len(flows) < 2:
        yield from ((flow, _NEEDLESS) for flow in flows if _has_condition(flow))
    elif kind in _CHOICES:
        default = node.get("default")
        if default not in {flow.get("id") for flow in flows}:
            yield node, "Cổng rẽ nhánh chưa có nhánh mặc định; hãy chọn một nhánh."
        for flow in flows:
            if not _has_condition(flow) and flow.get("id") != default:
                yield flow, f"Nhánh «{(flow.get('name') or '')[:60]}» chưa có điều kiện."
    else:
        if kind not in GATEWAYS:
            yield node, "Phần tử này có nhiều mũi tên ra; hãy dùng cổng để rẽ nhánh."
        yield from ((flow, _NEEDLESS) for flow in flows if _has_condition(flow))


def _unknown_names(container: etree._Element, steps: Set[str]) -> Iterator[_Point]:
    """Conditions that read what is no element of the file, none of `steps` and no fact of every
    dossier."""
    root = container.getroottree()
    known = {each.get("id") for each in root.iter(f"{BPMN}*")} | _FACTS | steps
    for flow in flows_in(container):
        text = flow.findtext(f"{BPMN}conditionExpression") or ""
        try:
            names = dict.fromkeys(owner for owner, _ in names_in(text)) if text else {}
        except ExpressionError as error:
            yield flow, str(error)
            continue
        for name in names:
            if name not in known:
                message = f"Điều kiện đọc «{name}», không có bước nào như vậy; hãy ghi bước.trường,"
                yield flow, f"{message} ví dụ appraise.decision."


def _begins(node: etree._Element) -> bool:
    return kind_of(node) in ("startEvent", "boundaryEvent") or is_triggered(node)


def _has_condition(flow: etree._Element) -> bool:
    return flow.find(f"{BPMN}conditionExpression") is not None


_WAITS = "Sau cổng sự kiện chỉ được vẽ sự kiện chờ (thông điệp hoặc thời hạn)."
_NEEDLESS = "Điều kiện chỉ đặt trên nhánh ra của cổng loại trừ hoặc cổng bao gồm; hãy bỏ."
