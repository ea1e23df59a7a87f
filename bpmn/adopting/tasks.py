"""Tasks and events of other tools that mean something we draw otherwise."""

import re
from collections.abc import Callable

from lxml import etree

from bpmn.adopting.bridging import Drawn, Flows, bridge, join_links
from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import (
    BPMN,
    DECISION,
    containers,
    definitions_in,
    flows_in,
    is_triggered,
    kind_of,
    nodes_in,
    parent_of,
)

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_EXTENSION = f"{BPMN}extensionElements"
_WORK = {
    "task": "Tác vụ chưa chọn loại được lấy là tác vụ người dùng (user task).",
    "manualTask": "Tác vụ thủ công được lấy là tác vụ người dùng, để việc này được ghi nhận.",
    "sendTask": "Tác vụ gửi được lấy là tác vụ người dùng: một người làm. Hệ thống tự gửi thông"
    " báo, nên bỏ tác vụ này nếu chỉ là thông báo.",
}


def redraw(process: etree._Element, drawn: Drawn, remarks: Remarks) -> None:
    """Draw the process as the engine runs it, where that is the same."""
    for container in list(containers(process)):
        _drop_loose(container, remarks)
        flows = Flows(container)
        join_links(flows, drawn, remarks)
        for node in nodes_in(container):
            kind = kind_of(node)
            if kind == "intermediateThrowEvent":
                _throw(node, flows, drawn, remarks)
            elif kind in _CHANGES:
                _CHANGES[kind](node, remarks)


def _drop_loose(container: etree._Element, remarks: Remarks) -> None:
    """Some tools draw arrows that hang on nothing at one end."""
    for flow in flows_in(container):
        if not (flow.get("sourceRef") and flow.get("targetRef")):
            remarks.open(flow, "Mũi tên chưa nối vào đâu ở một đầu nên đã được bỏ; hãy vẽ lại.")
            container.remove(flow)


def _to_work(node: etree._Element, remarks: Remarks) -> None:
    remarks.changed(node, _WORK[kind_of(node)])
    node.tag = f"{BPMN}userTask"


def _decide(node: etree._Element, remarks: Remarks) -> None:
    """The table that other tools name, named as we name it."""
    said = (
        str(value)
        for name, value in node.attrib.items()
        if etree.QName(name).localname == "decisionRef"
    )
    called = (each.get("decisionId") for each in node.iter("{*}calledDecision"))
    table = next(filter(None, (*said, *called)), None)
    if table is not None and _ID.fullmatch(table):
        extension = node.find(_EXTENSION)
        if extension is None:
            extension = etree.SubElement(node, _EXTENSION)
        etree.SubElement(extension, DECISION).text = table
        remarks.changed(node, f"Bảng quyết định «{table}» được lấy theo mã.")


def _start(event: etree._Element, remarks: Remarks) -> None:
    if not is_triggered(parent_of(event)) and definitions_in(event):
        remarks.changed(event, "Quy trình bắt đầu khi hồ sơ được nộp, không chờ thông điệp nào.")
        _plain(event)


def _end(event: etree._Element, remarks: Remarks) -> None:
    if "message" in definitions_in(event):
        remarks.changed(event, "Kết thúc không gửi thông điệp: hệ thống tự gửi thông báo.")
        _plain(event)


def _throw(event: etree._Element, flows: Flows, drawn: Drawn, remarks: Remarks) -> None:
    sends = "message" in definitions_in(event)
    if not bridge(event, flows, drawn):
        remarks.open(event, "Sự kiện giữa chừng này chưa có đúng một mũi tên ra; hãy bỏ nó.")
    elif sends:
        message = (
            "Sự kiện gửi thông điệp đã được bỏ: hệ thống tự gửi thông báo. Nếu phải có người gửi"
            " giấy tờ, hãy vẽ một việc của người đó ở đây."
        )
        remarks.changed(event, message)
    else:
        remarks.changed(event, "Sự kiện đánh dấu giữa chừng đã được bỏ: không có gì xảy ra ở đó.")


def _plain(event: etree._Element) -> None:
    for child in list(event):
        if kind_of(child).endswith(("EventDefinition", "eventDefinitionRef")):
            event.remove(child)


_CHANGES: dict[str, Callable[[etree._Element, Remarks], None]] = {
    **dict.fromkeys(_WORK, _to_work),
    "startEvent": _start,
    "endEvent": _end,
    "businessRuleTask": _decide,
}
