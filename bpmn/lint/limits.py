"""Time: the steps on the longest way to the result fit into what the law allows.

Official processes give each step its limit (R13 of the reports behind this product: steps with
too little time go overdue by themselves), so very short ones are remarked on.
"""

from collections.abc import Iterator
from decimal import Decimal

from bpmn.facts import FILE as FACTS_FILE
from bpmn.findings import Finding, Severity
from bpmn.lint.graph import Graph, Node
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
    yield from _long_steps(drawn, procedure, legal)
    yield from _early_warnings(procedure, legal)
    needed = _longest(process_id(procedure.facts.code), drawn, procedure, frozenset())
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


def _long_steps(drawn: list[Graph], procedure: Procedure, legal: Decimal) -> Iterator[Finding]:
    """Steps that would by themselves break the law, also on ways to a refusal."""
    for graph in drawn:
        for node in graph.nodes.values():
            hours = _weight_of_step(node, procedure)
            if hours > legal:
                message = (
                    f"Hạn bước {hours.normalize():f} giờ làm việc dài hơn thời hạn giải quyết"
                    f" {legal.normalize():f} giờ."
                )
                yield Finding(graph.file, node.id, message)


def _early_warnings(procedure: Procedure, legal: Decimal) -> Iterator[Finding]:
    for threshold in procedure.facts.near_due or ():
        if threshold.left is not None and threshold.left.working_hours() >= legal:
            message = (
                f"Mức cảnh báo «{threshold}» không ngắn hơn thời hạn giải quyết; hồ sơ nào cũng bị"
                " cảnh báo ngay khi tiếp nhận."
            )
            yield Finding(FACTS_FILE, "near_due", message, Severity.WARNING)


def _legal_limits(procedure: Procedure) -> list[TimeLimit]:
    table = procedure.diagram.decisions.get(TABLE)
    if table is None:
        return [procedure.facts.time_limit]
    column = table.outputs.index("limit") if "limit" in table.outputs else 0
    return [TimeLimit.parse(row.outputs[column].strip().strip("\"'")) for row in table.rows]


def _longest(
    name: str, drawn: list[Graph], procedure: Procedure, callers: frozenset[str]
) -> Decimal:
    """Working hours on the heaviest way through a process; one that calls itself counts once."""
    graph = next((g for g in drawn if g.id == name), None)
    if graph is None or name in callers:
        return Decimal(0)
    inside = callers | {name}
    weight = {n.id: _weight(n, drawn, procedure, inside) for n in graph.nodes.values()}
    heaviest: dict[str, Decimal | None] = {}
    for node in _last_first(graph):
        final = graph.nodes[node].kind == "endEvent" and _gives_result(graph.nodes[node])
        ways = [heaviest.get(after) for after in _onward(graph, node)]
        found = [way for way in ways if way is not None] + ([Decimal(0)] if final else [])
        heaviest[node] = weight[node] + max(found) if found else None
    ways = [heaviest[node.id] for node in graph.of_kind("startEvent")]
    return max((way for way in ways if way is not None), default=Decimal(0))


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
    return [after for after in graph.after(node) if graph.nodes[after].attached_to is None]


def _gives_result(end: Node) -> bool:
    return end.outcome in (None, Outcome.DELIVERED)


def _weight(
    node: Node, drawn: list[Graph], procedure: Procedure, callers: frozenset[str]
) -> Decimal:
    if node.kind in ("callActivity", "subProcess"):
        return _longest(node.called or node.id, drawn, procedure, callers)
    return _weight_of_step(node, procedure)


def _weight_of_step(node: Node, procedure: Procedure) -> Decimal:
    """Working hours that a step takes of the legal limit: none in receipt and where it rests."""
    step = procedure.places.steps.get(node.id)
    if step is None or step.stage is Stage.RECEIPT or step.pauses:
        return Decimal(0)
    return step.limit.working_hours()
