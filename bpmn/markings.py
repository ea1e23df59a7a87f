"""Where the tokens of one process can lie together: every state that its drawing can come to.

A dossier may be taken to another drawing only into such a state. Otherwise two branches might run
where the drawing has one, or a gateway wait for a branch that nobody is on.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from bpmn.graph import Flow, Graph, Node
from bpmn.lint.flow import RESTS

Marking = frozenset[str]
"""Ids of nodes at which a token rests, and of flows on which one waits for a gateway to join."""

MOST = 20_000
"""So many states are looked at; a drawing with more is too tangled to be sure of anything."""

_WITHIN = frozenset({"callActivity", "subProcess"})
_JOINING = frozenset({"parallelGateway", "inclusiveGateway"})


class TooManyMarkings(Exception):
    """The drawing can come to more states than anyone wants to look at."""


def markings(graph: Graph, asking: Collection[str] = ()) -> frozenset[Marking]:
    """Every state that a process can come to from its start; raises `TooManyMarkings`.

    `asking` are ids of service tasks that wait for an answer. No two tokens are counted on one
    node. What an inclusive gateway waits for is not looked into: it may go on with any of its
    branches.
    """
    return _Tokens(graph, asking).reached()


class _Tokens:
    """Plays the token game of one graph in every way that it can be played."""

    def __init__(self, graph: Graph, asking: Collection[str]) -> None:
        self._graph = graph
        self._asking = asking
        self._out: dict[str, list[Flow]] = {node: [] for node in graph.nodes}
        self._in: dict[str, list[Flow]] = {node: [] for node in graph.nodes}
        self._beside: dict[str, list[str]] = {node: [] for node in graph.nodes}
        for flow in graph.flows:
            node = graph.nodes.get(flow.target)
            if node is not None and node.attached_to:
                self._beside[flow.source].append(flow.target)
            elif flow.source in self._out and node is not None:
                self._out[flow.source].append(flow)
                self._in[flow.target].append(flow)

    def reached(self) -> frozenset[Marking]:
        starts = [node.id for node in self._graph.of_kind("startEvent")]
        begun = (m for start in starts for m in self._sent(frozenset(), self._out[start]))
        found: set[Marking] = set()
        waiting = list(begun)
        while waiting:
            marking = waiting.pop()
            if marking not in found:
                found.add(marking)
                if len(found) > MOST:
                    raise TooManyMarkings(self._graph.id)
                waiting.extend(self._next(marking))
        return frozenset(found)

    def _rests(self, node: Node) -> bool:
        """Whether a token stays here until something from outside happens, or within."""
        return node.kind in RESTS or node.kind in _WITHIN or node.id in self._asking

    def _next(self, marking: Marking) -> Iterator[Marking]:
        for id_ in marking:
            node = self._graph.nodes.get(id_)
            if node is not None and self._rests(node):
                rest = marking - {id_}
                yield from self._left(node, rest)
                for event in self._beside[id_]:
                    yield from self._sent(rest, self._out[event])
                    yield from self._sent(marking, self._out[event])
            yield from self._joined(marking, id_)

    def _left(self, node: Node, rest: Marking) -> Iterator[Marking]:
        """A token leaves where it rested, by all flows at once; of awaited events one happens."""
        if node.kind == "eventBasedGateway":
            for flow in self._out[node.id]:
                yield from self._sent(rest, self._out[flow.target])
        else:
            yield from self._sent(rest, self._out[node.id])

    def _joined(self, marking: Marking, flow_id: str) -> Iterator[Marking]:
        """An inclusive gateway goes on with the branches that have come."""
        flow = next((flow for flow in self._graph.flows if flow.id == flow_id), None)
        if flow is not None and self._graph.nodes[flow.target].kind == "inclusiveGateway":
            rest = marking - {other.id for other in self._in[flow.target]}
            yield from self._through(rest, self._graph.nodes[flow.target])

    def _sent(self, marking: Marking, flows: Iterable[Flow]) -> Iterator[Marking]:
        """Tokens go along all of these flows, one after the other."""
        flows = list(flows)
        if not flows:
            yield marking
            return
        for arrived in self._arrived(marking, flows[0], frozenset()):
            yield from self._sent(arrived, flows[1:])

    def _arrived(self, marking: Marking, flow: Flow, seen: frozenset[str]) -> Iterator[Marking]:
        node = self._graph.nodes[flow.target]
        if self._rests(node):
            if node.id not in marking:
                yield marking | {node.id}
        elif node.kind in _JOINING and len(self._in[node.id]) > 1:
            yield from self._at_join(marking, flow, node)
        elif flow.id not in seen:
            yield from self._through(marking, node, seen | {flow.id})

    def _at_join(self, marking: Marking, flow: Flow, node: Node) -> Iterator[Marking]:
        if flow.id in marking:
            return
        come = marking | {flow.id}
        incoming = {other.id for other in self._in[node.id]}
        if node.kind == "parallelGateway" and incoming <= come:
            yield from self._through(come - incoming, node)
        else:
            yield come

    def _through(
        self, marking: Marking, node: Node, seen: frozenset[str] = frozenset()
    ) -> Iterator[Marking]:
        """A token goes on at once from a node: by one flow, by some, or by all."""
        for flows in self._ways(node):
            found = [marking]
            for flow in flows:
                found = [m for before in found for m in self._arrived(before, flow, seen)]
            yield from found

    def _ways(self, node: Node) -> Iterator[tuple[Flow, ...]]:
        out = self._out[node.id]
        if node.kind == "exclusiveGateway":
            yield from ((flow,) for flow in out)
        elif node.kind == "inclusiveGateway":
            sizes = range(1, len(out) + 1)
            yield from (some for size in sizes for some in combinations(out, size))
        else:
            yield tuple(out)
