"""The elements of a diagram as people tell them apart: names, lanes, limits, conditions."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from bpmn.comparing.items import Item, Items
from bpmn.source import BPMN_NS, FLOW_NODES, SPIFF_NS, read_xml
from bpmn.steps import STAGE_NAMES

_KINDS = {
    "participant": "Cơ quan (pool)",
    "lane": "Làn",
    "sequenceFlow": "Mũi tên",
    "startEvent": "Bắt đầu",
    "endEvent": "Kết thúc",
    "userTask": "Bước có người làm",
    "businessRuleTask": "Bảng quyết định",
    "callActivity": "Giai đoạn dùng chung",
    "subProcess": "Quy trình con",
    "serviceTask": "Hỏi, gửi phần mềm khác",
    "receiveTask": "Chờ tin",
    "intermediateCatchEvent": "Chờ",
    "boundaryEvent": "Sự kiện trên biên",
    "exclusiveGateway": "Cổng loại trừ",
    "parallelGateway": "Cổng song song",
    "inclusiveGateway": "Cổng chọn nhiều",
    "eventBasedGateway": "Cổng theo sự kiện",
}
_ATTRIBUTES = {
    "sourceRef": "Từ",
    "targetRef": "Đến",
    "default": "Đường mặc định",
    "attachedToRef": "Gắn vào bước",
    "calledElement": "Gọi quy trình",
    "messageRef": "Thông điệp",
    "cancelActivity": "Ngắt bước",
    "triggeredByEvent": "Theo sự kiện",
}
_PROPERTIES = {
    "stage": "Giai đoạn",
    "limit": "Hạn bước",
    "formJsonSchemaFilename": "Biểu mẫu",
    "four_eyes": "Phải khác người làm bước",
    "candidate_unit": "Đơn vị làm",
    "batchable": "Làm hàng loạt được",
    "returns_to": "Trả về bước",
    "pauses": "Tạm dừng vì",
    "outcome": "Kết cục",
    "drafts": "Dự thảo",
    "signs": "Ký",
    "seals": "Vào số, đóng dấu",
    "digitises": "Số hóa",
}
_SHOWN = {*FLOW_NODES, "sequenceFlow", "lane", "participant"}


def elements(file: str, text: str) -> Items:
    """Everything drawn in a file, by id; raises `ProcedureError` where it cannot be read."""
    root = read_xml(file, text)
    lanes = {
        str(member.text): str(lane.get("name") or lane.get("id"))
        for lane in root.iter(_tag("lane"))
        for member in lane.iter(_tag("flowNodeRef"))
    }
    names = {e.get("id"): e.get("name") for e in root.iter(f"{{{BPMN_NS}}}*") if e.get("name")}
    found = (e for e in root.iter(f"{{{BPMN_NS}}}*") if _local(e) in _SHOWN and e.get("id"))
    return {str(e.get("id")): _item(e, lanes, names) for e in found}


def _item(element: Any, lanes: dict[str, str], names: dict[str | None, str | None]) -> Item:
    kind, id_ = _KINDS.get(_local(element), _local(element)), str(element.get("id"))
    said = {"Loại": kind, "Tên": element.get("name") or ""}
    if id_ in lanes:
        said["Làn"] = lanes[id_]
    for name, title in _ATTRIBUTES.items():
        if value := element.get(name):
            said[title] = value
    said |= dict(_inside(element))
    return Item(element.get("name") or _between(element, names) or id_, said)


def _inside(element: Any) -> Iterator[tuple[str, str]]:
    """What is said within an element, but not within another one in it."""
    for part in _own(element):
        local = _local(part)
        if local == "property":
            name, value = part.get("name") or "", part.get("value") or ""
            yield _PROPERTIES.get(name, name), _in_words(name, value)
        elif local == "conditionExpression":
            yield "Điều kiện", (part.text or "").strip()
        elif local == "timeDuration":
            yield "Thời hạn", (part.text or "").strip()
        elif local == "calledDecisionId":
            yield "Bảng", (part.text or "").strip()
        elif local == "messageEventDefinition":
            yield _ATTRIBUTES["messageRef"], part.get("messageRef") or ""
        elif local == "documentation":
            yield "Ghi chú", (part.text or "").strip()


def _own(element: Any) -> Iterator[Any]:
    for child in element:
        if _local(child) not in _SHOWN:
            yield child
            yield from _own(child)


def _in_words(name: str, value: str) -> str:
    if name == "stage":
        return next((title for stage, title in STAGE_NAMES.items() if stage == value), value)
    return value


def _between(element: Any, names: dict[str | None, str | None]) -> str:
    """What an arrow without a name is called: by what it joins."""
    ends = [element.get("sourceRef"), element.get("targetRef")]
    return " → ".join(names.get(end) or end for end in ends) if all(ends) else ""


def _local(element: Any) -> str:
    name = etree.QName(element)
    return name.localname if name.namespace in (BPMN_NS, SPIFF_NS) else ""


def _tag(local: str) -> str:
    return f"{{{BPMN_NS}}}{local}"
