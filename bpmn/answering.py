"""What answers make a difference to a procedure: the facts that it reads, and their values."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bpmn.decisions import ANY, condition
from bpmn.expressions import ExpressionError, check, names_in
from bpmn.graph import graphs
from bpmn.lint.values import values_of
from bpmn.procedure import Procedure

Choices = Mapping[str, Mapping[str, list[Any]]]
"""Values worth trying, by the step (or `application` and so on) and the field."""

_OUTCOMES = ["done", "refused"]


def choices(procedure: Procedure) -> Choices:
    """What conditions and decision tables tell apart; what nobody reads is left out."""
    found: dict[str, dict[str, list[Any]]] = {}
    for (owner, name), said in _read(procedure).items():
        if owner not in procedure.diagram.decisions:
            found.setdefault(owner, {})[name] = _values(procedure, owner, name, said)
    return found


def _read(procedure: Procedure) -> dict[tuple[str, str], list[str]]:
    """Fields that are read, each with the expressions that do."""
    read: dict[tuple[str, str], list[str]] = {}
    for asked, cell in _expressions(procedure):
        for owner, name in _names(asked):
            if name:
                read.setdefault((owner, name), []).append(cell)
    return read


def _expressions(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """What is asked, with what it is compared to."""
    for graph in graphs(procedure):
        for flow in graph.flows:
            if flow.condition:
                yield flow.condition, flow.condition
    for table in procedure.diagram.decisions.values():
        for row in table.rows:
            yield from zip(table.inputs, row.inputs, strict=True)
            yield from ((cell, cell) for cell in (*row.inputs, *row.outputs) if cell != ANY)


def _values(procedure: Procedure, owner: str, name: str, said: Iterable[str]) -> list[Any]:
    if owner in procedure.places.services and name == "outcome":
        return list(_OUTCOMES)
    found = values_of(f"{owner}.{name}", said, procedure)
    if found != [None]:
        return found
    return [None, *dict.fromkeys(value for cell in said for value in _constants(cell))]


def _constants(cell: str) -> Iterator[Any]:
    try:
        tree = check(condition(cell, "0")) if cell != ANY else None
    except ExpressionError:
        return
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Constant):
            yield node.value


def _names(expression: str) -> Iterator[tuple[str, str | None]]:
    try:
        yield from names_in(expression)
    except ExpressionError:
        return
