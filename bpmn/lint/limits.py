"""Time: the steps on the longest way to the result fit into what the law allows.

Official processes give each step its limit (R13 of the reports behind this product: steps with
too little time go overdue by themselves), so very short ones are remarked on.
"""

from collections.abc import Iterator
from decimal import Decimal

from bpmn.findings import Finding, Severity
from bpmn.lint.graph import Graph
from bpmn.procedure import DIAGRAM_FILE, Procedure, process_id
from bpmn.steps import Outcome, Stage
from bpmn.time_limit import TimeLimit, TimeLimitError

TABLE = "time_limit"
ONE_HOUR = Decimal(1)


def limits(drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    """Findings about step limits and the legal limit."""
    yield from _short_steps(drawn, procedure)
    try:
        legal = min(limit.working_hours() for limit in _legal_limits(procedure))
    except TimeLimitError as error:
        yield Finding(f"{TABLE}.dmn", TABLE, f"Thời hạn trong bảng không đúng: {error}")
        return
    needed = _longest(process_id(procedure.facts.code), drawn, procedure)
    if needed > legal:
        message = (
            f"Tổng hạn các bước là {needed.normalize():f} giờ làm việc,"
            f" vượt thời hạn giải quyết {legal.normalize():f} giờ."
        )
        yield Finding(DIAGRAM_FILE, process_id(procedure.facts.code), message)


def _short_steps(drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    for step in procedure.places.steps.values():
        hours = step.limit.working_hours()
        if Decimal(0) < hours < ONE_HOUR:
            file = next((g.file for g in drawn if step.id in g.nodes), DIAGRAM_FILE)
            message = "Hạn bước dưới một giờ làm việc; dễ quá hạn khi chuyển bước."
            yield Finding(file, step.id, message, Severity.WARNING)


def _legal_limits(procedure: Procedure) -> list[TimeLimit]:
    table = procedure.diagram.decisions.get(TABLE)
    if table is None:
        return [procedure.facts.time_limit]
    column = table.outputs.index("limit") if "limit" in table.outputs else 0
    return [TimeLimit.parse(row.outputs[column].strip().strip("\"'")) for row in table.rows]


def _longest(name: str, drawn: list[Graph], procedure: Procedure) -> Decimal:
    graph = next((g for g in drawn if g.id == name), None)
    if graph is None:
        return Decimal(0)
    starts = [node.id for node in graph.of_kind("startEvent")]
    ends = {n.id for n in graph.of_kind("endEvent") if n.outcome in (None, Outcome.DELIVERED)}
    weight = {node: _weight(graph, node, drawn, procedure) for node in graph.nodes}
    ways = [_longest_from(graph, start, ends, weight, set()) for start in starts]
    return max((way for way in ways if way is not None), default=Decimal(0))


def _longest_from(
    graph: Graph, node: str, ends: set[str], weight: dict[str, Decimal], on_way: set[str]
) -> Decimal | None:
    """The heaviest way without loops from a node to an end; None if there is none."""
    if node in ends:
        return weight[node]
    onward = on_way | {node}
    ways = [
        _longest_from(graph, after, ends, weight, onward)
        for after in graph.after(node)
        if after not in onward and graph.nodes[after].attached_to is None
    ]
    found = [way for way in ways if way is not None]
    return weight[node] + max(found) if found else None


def _weight(graph: Graph, node_id: str, drawn: list[Graph], procedure: Procedure) -> Decimal:
    node = graph.nodes[node_id]
    if node.kind == "callActivity":
        return _longest(node.called or "", drawn, procedure)
    step = procedure.places.steps.get(node_id)
    if step is None or step.stage is Stage.RECEIPT or step.pauses:
        return Decimal(0)
    return step.limit.working_hours()
