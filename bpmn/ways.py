"""How much of the legal limit the steps of a diagram take on the longest way to the result."""

from collections.abc import Mapping
from decimal import Decimal

from bpmn.graph import Graph, Node, graphs
from bpmn.kept import Kept
from bpmn.procedure import Procedure, process_id
from bpmn.steps import Outcome, Stage

_NOTHING = Decimal(0)


class Ways:
    """Sums of step limits, in working hours, along the ways through a procedure's graphs.

    Loops count once. Ways that end without the result the citizen asked for count for none.
    """

    def __init__(self, drawn: list[Graph], procedure: Procedure) -> None:
        self._graphs = {graph.id: graph for graph in drawn}
        self._procedure = procedure
        self._main = process_id(procedure.facts.code)

    def longest(self) -> Decimal:
        """From the beginning to the result."""
        return self._through(self._main, frozenset())

    def after(self) -> dict[str, Decimal]:
        """By step: from its end to the result; of a shared stage the longest way counts."""
        found: dict[str, Decimal] = {}
        self._note_after(self._main, _NOTHING, frozenset(), found)
        return found

    def _through(self, name: str, callers: frozenset[str]) -> Decimal:
        """Along the heaviest way through a process; one that calls itself counts once."""
        if name not in self._graphs or name in callers:
            return _NOTHING
        heaviest = self._heaviest(name, callers)
        starts = self._graphs[name].of_kind("startEvent")
        ways = [heaviest[node.id] for node in starts]
        return max((way for way in ways if way is not None), default=_NOTHING)

    def _heaviest(self, name: str, callers: frozenset[str]) -> dict[str, Decimal | None]:
        """By node: from its beginning to the end of its process; None where no way leads there."""
        graph, inside = self._graphs[name], callers | {name}
        heaviest: dict[str, Decimal | None] = {}
        for id_ in _last_first(graph):
            node = graph.nodes[id_]
            onward = _heaviest_onward(graph, node, heaviest)
            heaviest[id_] = None if onward is None else self._weight(node, inside) + onward
        return heaviest

    def _note_after(
        self, name: str, rest: Decimal, callers: frozenset[str], found: dict[str, Decimal]
    ) -> None:
        """Note the steps of a process after whose end `rest` is still to come."""
        if name not in self._graphs or name in callers:
            return
        graph, heaviest = self._graphs[name], self._heaviest(name, callers)
        for id_ in heaviest:
            node = graph.nodes[id_]
            onward = (_heaviest_onward(graph, node, heaviest) or _NOTHING) + rest
            if _is_process(node):
                self._note_after(node.process, onward, callers | {name}, found)
            elif id_ in self._procedure.places.steps:
                found[id_] = max(found.get(id_, _NOTHING), onward)

    def _weight(self, node: Node, callers: frozenset[str]) -> Decimal:
        if _is_process(node):
            return self._through(node.process, callers)
        return counted_hours(node.id, self._procedure)


def counted_hours(node: str, procedure: Procedure) -> Decimal:
    """Working hours that a step takes of the legal limit: none in receipt and where it rests.

    An answer from outside may take as long as the timer beside it lets it.
    """
    wait = procedure.places.waits.get(node)
    if wait and wait.asks and wait.asks.limit and not wait.pauses:
        return wait.asks.limit.working_hours()
    step = procedure.places.steps.get(node)
    if step is None or step.stage is Stage.RECEIPT or step.pauses:
        return _NOTHING
    return step.limit.working_hours()


def hours_after(procedure: Procedure) -> Mapping[str, Decimal]:
    """By step: the limits of what comes after it on the longest way to the result, in working
    hours. Steps that nothing drawn leads to, as those of withdrawals, are missing."""
    return _after.of(procedure)


def _worked_out(procedure: Procedure) -> Mapping[str, Decimal]:
    return Ways(graphs(procedure), procedure).after()


_after = Kept(_worked_out)


def _is_process(node: Node) -> bool:
    return node.kind in ("callActivity", "subProcess")


def _heaviest_onward(
    graph: Graph, node: Node, heaviest: Mapping[str, Decimal | None]
) -> Decimal | None:
    ways = [heaviest.get(after) for after in _onward(graph, node.id)]
    if node.kind == "endEvent" and _gives_result(node):
        ways.append(_NOTHING)
    return max((way for way in ways if way is not None), default=None)


def _last_first(graph: Graph) -> list[str]:
    """Nodes after all those that ways from them lead on to; flows that turn back left aside."""
    order: list[str] = []
    entered: set[str] = set()
    waiting = [(node.id, False) for node in graph.of_kind("startEvent")]
    while waiting:
        node, left = waiting.pop()
        if left:
            order.append(node)
        elif node not in entered:
            entered.add(node)
            waiting.append((node, True))
            waiting += [(after, False) for after in _onward(graph, node)]
    return order


def _onward(graph: Graph, node: str) -> list[str]:
    """Where a token goes on; that other software does not answer is nothing out of the way."""
    asking = graph.nodes[node].kind == "serviceTask"
    return [each for each in graph.after(node) if asking or not graph.nodes[each].attached_to]


def _gives_result(end: Node) -> bool:
    return end.outcome in (None, Outcome.DELIVERED)
