"""Time: the steps on the longest way to the result fit into what the law allows.

Official processes give each step its limit (R13 of the reports behind this product: steps with
too little time go overdue by themselves), so very short ones are remarked on.
"""

from collections.abc import Iterator
from decimal import Decimal

from bpmn.facts import FILE as FACTS_FILE
from bpmn.findings import Finding, Severity
from bpmn.graph import Graph
from bpmn.procedure import DIAGRAM_FILE, Procedure, process_id
from bpmn.time_limit import TimeLimit, TimeLimitError
from bpmn.ways import Ways, counted_hours

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
    needed = Ways(drawn, procedure).longest()
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
            hours = counted_hours(node.id, procedure)
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
