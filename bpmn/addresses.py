"""Where in a procedure a step lies: through which calls and subprocesses a token gets to it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bpmn.graph import Graph, graphs
from bpmn.kept import Kept
from bpmn.markings import Marking, TooManyMarkings, markings
from bpmn.procedure import Procedure, process_id

Path = tuple[str, ...]
"""Ids from the outermost call activity or subprocess to the step or wait itself."""


@dataclass
class Addresses:
    """The places of one version of a procedure, by the ways that lead into them."""

    procedure: Procedure
    _markings: dict[str, frozenset[Marking] | None] = field(default_factory=dict)

    @cached_property
    def paths(self) -> frozenset[Path]:
        """Of every step and every wait."""
        main = process_id(self.procedure.facts.code)
        return frozenset(self._within(main, (), frozenset()))

    def ending_with(self, id_: str) -> list[Path]:
        """The paths to a step or wait: several where its stage is called at several places."""
        return self._by_end.get(id_, [])

    def graph_within(self, path: Path) -> Graph:
        """The process that runs within a call or subprocess; the procedure's own for ()."""
        graph = self._graphs[process_id(self.procedure.facts.code)]
        for id_ in path:
            graph = self._graphs[graph.nodes[id_].process]
        return graph

    def can_come_to(self, graph: Graph, marking: Marking) -> bool:
        """Whether the tokens of a process can ever lie so; False where nobody can tell."""
        if graph.id not in self._markings:
            try:
                self._markings[graph.id] = markings(graph, self.procedure.places.waits)
            except TooManyMarkings:
                self._markings[graph.id] = None
        return marking in (self._markings[graph.id] or ())

    @cached_property
    def _graphs(self) -> Mapping[str, Graph]:
        return {graph.id: graph for graph in graphs(self.procedure)}

    @cached_property
    def _by_end(self) -> Mapping[str, list[Path]]:
        found: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(self.paths):
            found[path[-1]].append(path)
        return found

    def _within(self, process: str, prefix: Path, callers: frozenset[str]) -> Iterator[Path]:
        places = self.procedure.places
        for node in self._graphs[process].nodes.values() if process in self._graphs else ():
            if node.id in places.steps or node.id in places.waits:
                yield (*prefix, node.id)
            inside = node.process
            if inside in self._graphs and inside not in callers | {process}:
                yield from self._within(inside, (*prefix, node.id), callers | {process})


_known = Kept(Addresses, most=200)


def addresses(procedure: Procedure) -> Addresses:
    """The places of a version, read once per process."""
    return _known.of(procedure)
