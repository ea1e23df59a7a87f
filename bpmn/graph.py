"""A diagram as a graph: nodes and flows of each process and of each subprocess in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from bpmn.procedure import Procedure, process_id
from bpmn.source import BPMN_NS, FLOW_NODES, NAMESPACES, read_xml

_SHAPE = f"{{{NAMESPACES['bpmndi']}}}BPMNShape"
_PROPERTY = f"{{{NAMESPACES['spiffworkflow']}}}property"


@dataclass(frozen=True)
class Node:
    """A flow node; `kind` is its BPMN tag, `called` the process that a call activity calls.

    `triggered` marks an event subprocess.
    """

    id: str
    kind: str
    name: str
    called: str | None = None
    default: str | None = None
    attached_to: str | None = None
    outcome: str | None = None
    triggered: bool = False

    @property
    def process(self) -> str:
        """The process that a call activity or subprocess stands for."""
        return self.called or self.id


@dataclass(frozen=True)
class Flow:
    """A sequence flow, or the step from an activity to an event on its boundary."""

    id: str
    source: str
    target: str
    condition: str | None = None


@dataclass
class Graph:
    """One process or subprocess of one file.

    `triggered` marks an event subprocess; `shapes` are the ids that the file's drawing shows.
    """

    file: str
    id: str
    triggered: bool
    shapes: frozenset[str]
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def after(self, node: str) -> list[str]:
        """Nodes that a token can go to from a node."""
        return self._after.get(node, [])

    def before(self, node: str) -> list[str]:
        """Nodes that a token can come from."""
        return self._before.get(node, [])

    @cached_property
    def _after(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for flow in self.flows:
            found.setdefault(flow.source, []).append(flow.target)
        return found

    @cached_property
    def _before(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for flow in self.flows:
            found.setdefault(flow.target, []).append(flow.source)
        return found

    def of_kind(self, *kinds: str) -> list[Node]:
        """Nodes with one of the BPMN tags given."""
        return [node for node in self.nodes.values() if node.kind in kinds]


def graphs(procedure: Procedure) -> list[Graph]:
    """The procedure's own graphs and those of the shared stages it calls, directly or not."""
    everything = [graph for file in sorted(procedure.sources) for graph in _read(procedure, file)]
    wanted = [process_id(procedure.facts.code)]
    used: dict[str, Graph] = {}
    for name in wanted:
        for graph in (g for g in everything if g.id == name and name not in used):
            used[name] = graph
            wanted += [n.process for n in graph.of_kind("callActivity", "subProcess")]
    return list(used.values())


def ends_dossiers(graph: Graph, procedure: Procedure) -> bool:
    """Whether a dossier ends with the graph: the process itself, or an event subprocess of it."""
    return graph.triggered or graph.id == process_id(procedure.facts.code)


def _read(procedure: Procedure, file: str) -> Iterator[Graph]:
    if not file.endswith(".bpmn"):
        return
    root = read_xml(file, procedure.sources[file])
    shapes = frozenset(str(shape.get("bpmnElement")) for shape in root.iter(_SHAPE))
    for element in root.iter(f"{{{BPMN_NS}}}process", f"{{{BPMN_NS}}}subProcess"):
        triggered = element.get("triggeredByEvent") == "true"
        graph = Graph(file, str(element.get("id")), triggered, shapes)
        for child in element:
            _add(graph, child)
        yield graph


def _add(graph: Graph, element: etree._Element) -> None:
    tag, id_ = etree.QName(element).localname, str(element.get("id"))
    if tag == "sequenceFlow":
        condition = element.find("{*}conditionExpression")
        text = condition.text if condition is not None else None
        source, target = str(element.get("sourceRef")), str(element.get("targetRef"))
        graph.flows.append(Flow(id_, source, target, text))
    elif tag in FLOW_NODES:
        node = _node(element, id_, tag)
        graph.nodes[id_] = node
        if node.attached_to:
            graph.flows.append(Flow(id_, node.attached_to, id_))


def _node(element: etree._Element, id_: str, tag: str) -> Node:
    outcomes = [p.get("value") for p in element.iter(_PROPERTY) if p.get("name") == "outcome"]
    return Node(
        id=id_,
        kind=tag,
        name=element.get("name") or "",
        called=element.get("calledElement"),
        default=element.get("default"),
        attached_to=element.get("attachedToRef"),
        outcome=outcomes[0] if tag == "endEvent" and outcomes else None,
        triggered=element.get("triggeredByEvent") == "true",
    )
