"""Elements taken out of a flow without cutting it: what led in now leads on."""

from collections import defaultdict
from copy import deepcopy

from lxml import etree

from bpmn.adopting.remarks import Remarks
from bpmn.adopting.trees import BPMN, definitions_in, flows_in, kind_of, local, nodes_in
from bpmn.source import NAMESPACES

_EDGE = f"{{{NAMESPACES['bpmndi']}}}BPMNEdge"
_WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
Drawn = dict[str, etree._Element]
"""Edges of the drawing by the id of the flow that each shows."""


def drawn_edges(root: etree._Element) -> Drawn:
    """The edges of a file's drawing."""
    return {local(edge.get("bpmnElement")): edge for edge in root.iter(_EDGE)}


class Flows:
    """The sequence flows of one process or subprocess, by the nodes that they lead to and from."""

    def __init__(self, container: etree._Element) -> None:
        self.container = container
        self.into: dict[str | None, list[etree._Element]] = defaultdict(list)
        self.out: dict[str | None, list[etree._Element]] = defaultdict(list)
        for flow in flows_in(container):
            self.into[flow.get("targetRef")].append(flow)
            self.out[flow.get("sourceRef")].append(flow)

    def lead(self, node: etree._Element, target: str) -> list[etree._Element]:
        """Let every flow into a node lead to the target instead, and give those flows."""
        led = self.into.pop(node.get("id"), [])
        for flow in led:
            flow.set("targetRef", target)
        self.into[target] += led
        return led


def bridge(node: etree._Element, flows: Flows, drawn: Drawn) -> bool:
    """Take a node out and let every flow into it lead to where its only flow out leads; False
    where it has no only one."""
    out = flows.out[node.get("id")]
    if len(out) != 1 or out[0].get("targetRef") == node.get("id"):
        return False
    (gone,), target = out, str(out[0].get("targetRef"))
    for flow in flows.lead(node, target):
        _draw_on(flow, gone, drawn)
    flows.into[target].remove(gone)
    flows.container.remove(gone)
    flows.container.remove(node)
    return True


def join_links(flows: Flows, drawn: Drawn, remarks: Remarks) -> None:
    """Let flows lead straight from each thrown link to where it is caught."""
    caught: dict[str, list[etree._Element]] = defaultdict(list)
    nodes = [node for node in nodes_in(flows.container) if definitions_in(node) == ["link"]]
    for event in nodes:
        if kind_of(event) == "intermediateCatchEvent":
            caught[_link(event)].append(event)
    for event in nodes:
        if kind_of(event) == "intermediateThrowEvent":
            _join(event, caught.get(_link(event), []), flows, remarks)
    for event in (each for same in caught.values() for each in same):
        if not bridge(event, flows, drawn):
            remarks.open(event, "Chỗ nhận của liên kết (link) chưa có đúng một mũi tên ra.")


def _join(
    thrown: etree._Element, caught: list[etree._Element], flows: Flows, remarks: Remarks
) -> None:
    if len(caught) != 1:
        remarks.open(thrown, "Liên kết (link) này không có đúng một chỗ nhận; hãy nối mũi tên.")
        return
    flows.lead(thrown, str(caught[0].get("id")))
    flows.container.remove(thrown)
    remarks.changed(thrown, "Liên kết (link) được thay bằng mũi tên nối thẳng.")


def _link(event: etree._Element) -> str:
    definition = event.find(f"{BPMN}linkEventDefinition")
    return "" if definition is None else (definition.get("name") or event.get("name") or "")


def _draw_on(flow: etree._Element, beyond: etree._Element, drawn: Drawn) -> None:
    """Show a flow as leading on along another, with that one's name where it has none."""
    if not flow.get("name") and beyond.get("name"):
        flow.set("name", str(beyond.get("name")))
    edges = [drawn.get(str(each.get("id"))) for each in (flow, beyond)]
    if edges[0] is not None and edges[1] is not None:
        edges[0].extend(deepcopy(point) for point in edges[1].iterchildren(_WAYPOINT))
