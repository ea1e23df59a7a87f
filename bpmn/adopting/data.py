"""Data of other tools: kept as drawing, without what a machine would read or write."""

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, containers, kind_of, parent_of

_ONLY_DRAWN = "việc máy đọc, ghi dữ liệu: đường nối với dữ liệu chỉ còn là hình vẽ"
_SHOWN = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})


def only_drawn(process: etree._Element, remarks: Remarks) -> None:
    """Draw data that goes into and out of tasks as plain lines between what is drawn."""
    shown = {each.get("id") for each in process.iter(f"{BPMN}*") if kind_of(each) in _SHOWN}
    for container in list(containers(process)):
        for node in list(container):
            for link in list(node):
                if kind_of(link) in ("dataInputAssociation", "dataOutputAssociation"):
                    _draw(link, node, shown, remarks)
    for reference in process.iter(f"{BPMN}dataStoreReference"):
        if reference.get("dataStoreRef"):
            del reference.attrib["dataStoreRef"]


def _draw(
    link: etree._Element, node: etree._Element, shown: set[str | None], remarks: Remarks
) -> None:
    inward = kind_of(link) == "dataInputAssociation"
    ends = (link.findtext(f"{BPMN}{end}Ref", "").strip() for end in ("source", "target"))
    data = next((end for end in ends if end in shown), None)
    node.remove(link)
    if data is None:
        remarks.dropped(node, "khai báo dữ liệu vào, ra của tác vụ")
        return
    here = str(node.get("id"))
    source, target = (data, here) if inward else (here, data)
    line = etree.SubElement(parent_of(node), f"{BPMN}association")
    line.set("associationDirection", "One")
    line.set("sourceRef", source)
    line.set("targetRef", target)
    if link.get("id"):
        line.set("id", str(link.get("id")))
    remarks.dropped(node, _ONLY_DRAWN)
