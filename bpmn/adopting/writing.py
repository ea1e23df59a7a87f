"""The diagram written anew: only what is known here gets in, in the order that BPMN wants."""

from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from bpmn.adopting.extensions import (
    drop,
    note_attributes,
    text_of,
    write_documentation,
    write_extensions,
)
from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, NODES, kind_of, local, nodes_in

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_FORMAL = f"{{{_XSI}}}type"
_Flows = dict[str, list[str]]
_ALL = ("id", "name")
_ATTRIBUTES = {
    "startEvent": ("isInterrupting",),
    "boundaryEvent": ("attachedToRef", "cancelActivity"),
    "exclusiveGateway": ("default",),
    "inclusiveGateway": ("default",),
    "callActivity": ("calledElement",),
    "subProcess": ("triggeredByEvent",),
    "receiveTask": ("messageRef",),
    "messageEventDefinition": ("messageRef",),
    "sequenceFlow": ("sourceRef", "targetRef"),
    "association": ("sourceRef", "targetRef", "associationDirection"),
    "dataObject": ("isCollection",),
    "dataObjectReference": ("dataObjectRef",),
    "group": ("categoryValueRef",),
}
_NAMELESS = frozenset({
    "association", "group", "textAnnotation", "messageEventDefinition", "timerEventDefinition",
    "terminateEventDefinition", "laneSet",
})  # fmt: skip
_DATA = ("dataObject", "dataObjectReference", "dataStoreReference")
_ARTIFACTS = ("association", "group", "textAnnotation")
_DEFINITIONS = ("messageEventDefinition", "timerEventDefinition", "terminateEventDefinition")
_OF_COURSE = frozenset({"incoming", "outgoing", "laneSet", "extensionElements", "documentation"})
_TEXTS = {"timerEventDefinition": "timeDuration", "textAnnotation": "text"}


def write_process(root: etree._Element, process: etree._Element, remarks: Remarks) -> None:
    """Write a process into a new file."""
    written = etree.SubElement(root, f"{BPMN}process", id=str(process.get("id")))
    if process.get("name"):
        written.set("name", str(process.get("name")))
    written.set("isExecutable", "true")
    note_attributes(process, (*_ALL, "isExecutable", "processType", "isClosed"), remarks)
    write_documentation(written, process)
    write_extensions(written, process, remarks)
    _lanes(written, process, remarks)
    _fill(written, process, remarks)


def _fill(written: etree._Element, container: etree._Element, remarks: Remarks) -> None:
    """What is drawn in a process or subprocess: nodes and flows, then what only explains."""
    into, out = _flows(container)
    for child in container:
        kind, name = kind_of(child), str(child.get("id"))
        if kind in NODES:
            node = _node(written, child, remarks)
            _ways(node, into[name], out[name])
            _inside(node, child, remarks)
        elif kind == "sequenceFlow":
            _flow(written, child, remarks)
        elif kind in _DATA:
            _copied(written, child, remarks)
        elif kind not in (*_ARTIFACTS, *_OF_COURSE):
            drop(child, remarks)
    _explain(written, container, remarks)


def _flows(container: etree._Element) -> tuple[_Flows, _Flows]:
    into: _Flows = defaultdict(list)
    out: _Flows = defaultdict(list)
    for flow in container.iterchildren(f"{BPMN}sequenceFlow"):
        into[str(flow.get("targetRef"))].append(str(flow.get("id")))
        out[str(flow.get("sourceRef"))].append(str(flow.get("id")))
    return into, out


def _explain(written: etree._Element, container: etree._Element, remarks: Remarks) -> None:
    """Notes, groups and lines to them come last."""
    kinds = (*NODES, *_DATA, *_ARTIFACTS)
    shown = {str(each.get("id")) for each in container if kind_of(each) in kinds}
    for child in container:
        if kind_of(child) in _ARTIFACTS:
            _artifact(written, child, shown, remarks)


def _node(written: etree._Element, node: etree._Element, remarks: Remarks) -> etree._Element:
    copy = _copied(written, node, remarks)
    write_documentation(copy, node)
    write_extensions(copy, node, remarks)
    return copy


def _ways(node: etree._Element, into: Iterable[str], out: Iterable[str]) -> None:
    for kind, flows in (("incoming", into), ("outgoing", out)):
        for flow in flows:
            etree.SubElement(node, f"{BPMN}{kind}").text = flow


def _inside(copy: etree._Element, node: etree._Element, remarks: Remarks) -> None:
    if kind_of(node) == "subProcess":
        _fill(copy, node, remarks)
        return
    for child in node:
        kind = kind_of(child)
        if kind in _DEFINITIONS:
            _with_text(_copied(copy, child, remarks), child)
        elif kind not in _OF_COURSE:
            drop(child, remarks)


def _flow(written: etree._Element, flow: etree._Element, remarks: Remarks) -> None:
    copy = _node(written, flow, remarks)
    condition = flow.find(f"{BPMN}conditionExpression")
    if condition is not None:
        said = etree.SubElement(copy, f"{BPMN}conditionExpression")
        said.set(_FORMAL, "bpmn:tFormalExpression")
        said.text = condition.text


def _artifact(
    written: etree._Element, artifact: etree._Element, shown: set[str], remarks: Remarks
) -> None:
    ends = [artifact.get(end) for end in ("sourceRef", "targetRef")]
    if kind_of(artifact) == "association" and not set(map(local, ends)) <= shown:
        remarks.dropped(artifact, "đường nối (association) không nối hai phần tử được lấy")
        return
    _with_text(_copied(written, artifact, remarks), artifact)


def _copied(written: etree._Element, element: etree._Element, remarks: Remarks) -> etree._Element:
    kind = kind_of(element)
    copy = etree.SubElement(written, f"{BPMN}{kind}")
    known = ("id",) if kind in _NAMELESS else _ALL
    for name in (*known, *_ATTRIBUTES.get(kind, ())):
        said = element.get(name)
        if said:
            copy.set(name, local(said) if name.endswith("Ref") or name == "default" else said)
    note_attributes(element, (*_ALL, *_ATTRIBUTES.get(kind, ())), remarks)
    return copy


def _with_text(copy: etree._Element, element: etree._Element) -> None:
    name = _TEXTS.get(kind_of(element))
    if name:
        said = element.find(f"{BPMN}{name}")
        etree.SubElement(copy, f"{BPMN}{name}").text = "" if said is None else text_of(said)


def _lanes(written: etree._Element, process: etree._Element, remarks: Remarks) -> None:
    nodes = {str(node.get("id")) for node in nodes_in(process)}
    for lanes in process.iterchildren(f"{BPMN}laneSet"):
        copy = _copied(written, lanes, remarks)
        for lane in lanes.iterchildren(f"{BPMN}lane"):
            one = _copied(copy, lane, remarks)
            for reference in lane.iterchildren(f"{BPMN}flowNodeRef"):
                if reference.text in nodes:
                    etree.SubElement(one, f"{BPMN}flowNodeRef").text = reference.text
