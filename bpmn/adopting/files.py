"""One process of a diagram as a file of its own."""

from lxml import etree

from bpmn.adopting.drawing import draw
from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, local
from bpmn.adopting.writing import write_process
from bpmn.source import BPMN_NS, NAMESPACES, SPIFF_NS

STAGE_PREFIX = "stage_"
"""Begins the names of files with processes that the main one calls."""
_NAMESPACES = {
    "bpmn": BPMN_NS,
    "bpmndi": NAMESPACES["bpmndi"],
    "dc": NAMESPACES["dc"],
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "spiffworkflow": SPIFF_NS,
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def write(root: etree._Element, process: etree._Element, remarks: Remarks) -> str:
    """The text of a new file with a process, its pool, what it refers to, and its picture."""
    written = etree.Element(f"{BPMN}definitions", nsmap=_NAMESPACES)
    written.set("id", f"definitions_{process.get('id')}")
    written.set("targetNamespace", "urn:motcua:bpmn")
    canvas = _pool(written, root, process)
    write_process(written, process, remarks)
    _messages(written, root)
    _categories(written, root)
    names = {str(each.get("id")) for each in written.iter(f"{BPMN}*") if each.get("id")}
    draw(written, root, canvas, names)
    etree.indent(written)
    return etree.tostring(written, encoding="UTF-8", xml_declaration=True).decode()


def _pool(written: etree._Element, root: etree._Element, process: etree._Element) -> str:
    """Write the pool of the process, if it has one; what its picture is of."""
    name = str(process.get("id"))
    pools = (p for p in root.iter(f"{BPMN}participant") if local(p.get("processRef")) == name)
    pool = next((pool for pool in pools if pool.get("id")), None)
    if pool is None:
        return name
    collaboration = etree.SubElement(written, f"{BPMN}collaboration", id=f"collaboration_{name}")
    one = etree.SubElement(collaboration, f"{BPMN}participant", id=str(pool.get("id")))
    if pool.get("name"):
        one.set("name", str(pool.get("name")))
    one.set("processRef", name)
    return str(collaboration.get("id"))


def _messages(written: etree._Element, root: etree._Element) -> None:
    wanted = {each.get("messageRef") for each in written.iter(f"{BPMN}*") if each.get("messageRef")}
    known = {str(each.get("id")): each for each in root.iter(f"{BPMN}message")}
    for name in sorted(filter(None, wanted)):
        message = etree.SubElement(written, f"{BPMN}message", id=name)
        found = known.get(name)
        message.set("name", name if found is None else found.get("name") or name)


def _categories(written: etree._Element, root: etree._Element) -> None:
    """The words on groups."""
    wanted = {each.get("categoryValueRef") for each in written.iter(f"{BPMN}group")}
    for value in root.iter(f"{BPMN}categoryValue"):
        if value.get("id") in wanted and value.get("value"):
            category = etree.SubElement(written, f"{BPMN}category")
            category.set("id", f"category_{value.get('id')}")
            copy = etree.SubElement(category, f"{BPMN}categoryValue", id=str(value.get("id")))
            copy.set("value", str(value.get("value")))
