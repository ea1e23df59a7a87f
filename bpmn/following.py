"""Which steps can come right after which, over all drawings of a procedure together.

Gateways and waits are passed through: only steps are stops. Where a shared stage is called from
several places, the way on from its end is the way on from any of them.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property

from bpmn.graph import Graph, Node, graphs
from bpmn.procedure import Procedure, process_id
from bpmn.steps import Message, Paper, Stage, Step

_Place = tuple[str, str]
"""A graph and a node in it."""


class Following:
    """The order that a procedure's drawings allow."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._graphs = {graph.id: graph for graph in graphs(procedure)}
        self._steps = procedure.places.steps

    def first(self) -> frozenset[str]:
        """The steps that a dossier can begin with."""
        main = self._graphs[process_id(self._procedure.facts.code)]
        return self._reached(_starts(main))

    def after(self, ids: Iterable[str]) -> frozenset[str]:
        """The steps that can come next when steps, or waits, with these ids are done."""
        wanted = set(ids)
        places = (place for place in self._places if place[1] in wanted)
        return self._reached(each for place in places for each in self._on(place))

    def interrupted_by(self, message: Message) -> frozenset[str]:
        """The steps that can come first when a message from outside takes the dossier out of its
        course."""
        owner = self._graphs.get(self._procedure.places.interruptions.get(message, ""))
        return self._reached(_starts(owner)) if owner else frozenset()

    @cached_property
    def _places(self) -> list[_Place]:
        return [(graph.id, node) for graph in self._graphs.values() for node in graph.nodes]

    @cached_property
    def _callers(self) -> dict[str, list[_Place]]:
        callers: dict[str, list[_Place]] = {}
        for id_, node in self._places:
            within = self._inside(self._graphs[id_].nodes[node])
            if within is not None:
                callers.setdefault(within.id, []).append((id_, node))
        return callers

    def _reached(self, places: Iterable[_Place]) -> frozenset[str]:
        seen: set[_Place] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                if place[1] not in self._steps:
                    waiting.extend(self._into(place))
        return frozenset(node for _, node in seen if node in self._steps)

    def _into(self, place: _Place) -> Iterator[_Place]:
        """Where a token goes that comes to a place which is no step."""
        within = self._inside(self._graphs[place[0]].nodes[place[1]])
        yield from self._on(place) if within is None else _starts(within)

    def _on(self, place: _Place) -> Iterator[_Place]:
        """Where a token goes that leaves a place: along its flows, or up and on at an end."""
        graph = self._graphs[place[0]]
        targets = [graph.nodes[id_] for id_ in graph.after(place[1])]
        yield from ((graph.id, node.id) for node in targets if not node.attached_to)
        if not targets:
            for caller in self._callers.get(graph.id, ()):
                yield from self._on(caller)

    def _inside(self, node: Node) -> Graph | None:
        called = node.kind in ("callActivity", "subProcess") and not node.triggered
        return self._graphs.get(node.process) if called else None


def _starts(graph: Graph) -> Iterator[_Place]:
    return ((graph.id, node.id) for node in graph.of_kind("startEvent"))


def usual_way(procedure: Procedure) -> list[Step]:
    """The shortest way to a delivered result, step by step; empty where there is none.

    Where somebody signs and seals the result, that is on the way, so that a refusal is not taken
    for one.
    """
    following, steps = Following(procedure), procedure.places.steps
    signing = {id_ for id_, step in steps.items() if step.signs is Paper.RESULT}
    sealing = {id_ for id_, step in steps.items() if step.seals is Paper.RESULT}
    ways = deque([id_] for id_ in sorted(following.first()))
    seen: set[tuple[str, bool, bool]] = set()
    while ways:
        way = ways.popleft()
        issued = _on_it(signing, way), _on_it(sealing, way)
        if all(issued) and steps[way[-1]].stage is Stage.DELIVERY:
            return [steps[id_] for id_ in way]
        if (way[-1], *issued) not in seen:
            seen.add((way[-1], *issued))
            ways.extend([*way, id_] for id_ in sorted(following.after(way[-1:])))
    return []


def _on_it(wanted: set[str], way: list[str]) -> bool:
    return not wanted or not wanted.isdisjoint(way)
