"""Tokens: everything is reached, nothing ends nowhere, nothing turns for ever without resting."""

from collections.abc import Iterable, Iterator

from bpmn.findings import Finding, Severity
from bpmn.graph import Graph, Node, ends_dossiers
from bpmn.procedure import DIAGRAM_FILE, Procedure
from bpmn.steps import INTERRUPTIONS, Outcome

RESTS = frozenset({"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"})
"""Where a token stays until something from outside happens."""
CHOICES = ("exclusiveGateway", "inclusiveGateway")


def flow(drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    """Findings about the ways through the diagrams."""
    for graph in drawn:
        yield from _reachable(graph)
        yield from _defaults(graph)
        yield from _restless_loops(graph, drawn)
        yield from _conditions(graph)
        yield from _ends(graph, ends_dossiers(graph, procedure))
    yield from _calls(drawn)
    yield from _interruptions(drawn, procedure)


def reach(graph: Graph, starts: Iterable[str], forward: bool = True) -> set[str]:
    """All nodes on ways from (or backward: to) the nodes given, these included."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph.after(node) if forward else graph.before(node)
    return found


def _reachable(graph: Graph) -> Iterator[Finding]:
    triggered = {node.id for node in graph.nodes.values() if node.triggered}
    starts = [node.id for node in graph.of_kind("startEvent")]
    if len(starts) != 1:
        yield Finding(graph.file, graph.id, "Phải có đúng một sự kiện bắt đầu.")
    reached = reach(graph, starts) | triggered
    completing = reach(graph, [n.id for n in graph.of_kind("endEvent")], forward=False) | triggered
    for node in graph.nodes:
        if node not in reached:
            yield Finding(graph.file, node, "Không có đường nào dẫn tới phần tử này.")
        elif node not in completing:
            yield Finding(graph.file, node, "Từ phần tử này không có đường nào tới kết thúc.")


def _defaults(graph: Graph) -> Iterator[Finding]:
    for node in graph.of_kind(*CHOICES):
        flows = [flow for flow in graph.flows if flow.source == node.id]
        if len(flows) > 1 and node.default not in {flow.id for flow in flows}:
            yield Finding(graph.file, node.id, "Cổng rẽ nhánh phải có một nhánh mặc định.")


def _conditions(graph: Graph) -> Iterator[Finding]:
    """The engine asks only where ways part; any other condition would be passed over, or stop."""
    for flow_ in graph.flows:
        node = graph.nodes.get(flow_.source)
        parts = node is not None and node.kind in CHOICES and len(graph.after(node.id)) > 1
        if flow_.condition and not parts:
            message = "Điều kiện chỉ đặt trên nhánh ra của cổng loại trừ hoặc cổng bao gồm."
            yield Finding(graph.file, flow_.id, message)


def _restless_loops(graph: Graph, drawn: list[Graph]) -> Iterator[Finding]:
    moving = {id_ for id_, node in graph.nodes.items() if not _rests(node, drawn)}
    for node in sorted(moving):
        if node in _within(graph, moving, node):
            yield Finding(graph.file, node, "Vòng lặp này không có việc nào của người; hãy sửa.")


def _within(graph: Graph, allowed: set[str], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [node for node in graph.after(start) if node in allowed]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [after for after in graph.after(node) if after in allowed]
    return found


def _rests(node: Node, drawn: list[Graph], callers: frozenset[str] = frozenset()) -> bool:
    """Whether a token surely rests here: in the node, or on every way through what it calls."""
    if node.kind in RESTS:
        return True
    called = next((g for g in drawn if g.id == node.process), None)
    if called is None or called.id in callers:
        return False
    inside = callers | {called.id}
    moving = {id_ for id_, inner in called.nodes.items() if not _rests(inner, drawn, inside)}
    passed = {end for s in called.of_kind("startEvent") for end in _within(called, moving, s.id)}
    return not any(end.id in passed for end in called.of_kind("endEvent"))


def _ends(graph: Graph, final: bool) -> Iterator[Finding]:
    for node in graph.of_kind("endEvent"):
        if final and not node.outcome:
            message = f"Sự kiện kết thúc phải có outcome là một trong: {', '.join(Outcome)}."
            yield Finding(graph.file, node.id, message)
        if node.outcome and not final:
            message = "Công đoạn dùng chung, quy trình con không tự kết thúc hồ sơ; hãy bỏ outcome."
            yield Finding(graph.file, node.id, message)


def _calls(drawn: list[Graph]) -> Iterator[Finding]:
    known = {graph.id: graph for graph in drawn}
    for graph in drawn:
        for node in graph.of_kind("callActivity"):
            if node.called not in known:
                yield Finding(graph.file, node.id, f"Không có công đoạn «{node.called}» để gọi.")
            elif graph.id in _called_from(node.called, known):
                yield Finding(graph.file, node.id, "Công đoạn gọi vòng lại chính nó; hãy bỏ.")


def _called_from(name: str, known: dict[str, Graph]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in known and current not in found:
            found.add(current)
            waiting += [n.called or "" for n in known[current].of_kind("callActivity")]
    return found


def _interruptions(drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    for graph in drawn:
        if graph.triggered and graph.file != DIAGRAM_FILE:
            message = "Quy trình con theo sự kiện phải vẽ trong quy trình chính."
            yield Finding(graph.file, graph.id, message)
    for message in sorted(INTERRUPTIONS - set(procedure.places.interruptions)):
        text = f"Chưa vẽ cách xử lý khi có «{message}» (quy trình con theo sự kiện)."
        yield Finding(DIAGRAM_FILE, message, text, Severity.WARNING)
