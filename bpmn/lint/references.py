"""Names: what a condition reads someone enters, and what a step refers to exists."""

from collections.abc import Iterator, Mapping

from bpmn.expressions import ExpressionError, decisions_in, names_in
from bpmn.findings import Finding
from bpmn.graph import Graph
from bpmn.lint.flow import reach
from bpmn.procedure import DIAGRAM_FILE, Procedure
from bpmn.steps import ANSWERED, Service, Step

Fields = Mapping[str, frozenset[str] | None]
"""Facts that expressions may read: fields by step id; None where any field goes."""


def references(drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    """Findings about names in conditions and properties."""
    known = known_facts(procedure)
    for graph in drawn:
        for flow in graph.flows:
            if flow.condition:
                yield from unknown_names(graph.file, flow.id, flow.condition, known)
                yield from _unknown_decisions(graph.file, flow.id, flow.condition, procedure)
    for step in procedure.places.steps.values():
        yield from _step(step, drawn, procedure)


def known_facts(procedure: Procedure) -> Fields:
    """What the facts of a dossier can hold, by step id."""
    steps = {s.id: procedure.form_of(s).fields for s in procedure.places.steps.values()}
    waits: Fields = dict.fromkeys(procedure.places.waits, None)
    answers = {
        service.id: procedure.forms[service.answer].fields | ANSWERED
        for service in procedure.places.services.values()
        if service.answer is not None
    }
    decisions = {
        name: frozenset(table.outputs) for name, table in procedure.diagram.decisions.items()
    }
    return {
        "application": procedure.application_form.fields,
        "dossier": frozenset({"channel", "submitted_on"}),
        "applicant": frozenset({"category"}),
        **waits,
        **answers,
        **decisions,
        **steps,
    }


def unknown_names(file: str, element: str, expression: str, known: Fields) -> Iterator[Finding]:
    """Findings about an expression that is wrong or reads what nobody enters."""
    try:
        names = list(names_in(expression))
    except ExpressionError as error:
        yield Finding(file, element, str(error))
        return
    for owner, field in names:
        if owner not in known:
            yield Finding(file, element, f"Biểu thức dùng «{owner}»: không có bước nào như vậy.")
        elif field is not None and not _has(known[owner], field):
            yield Finding(file, element, f"Biểu thức dùng «{owner}.{field}»: không có trường này.")


def _unknown_decisions(
    file: str, element: str, expression: str, procedure: Procedure
) -> Iterator[Finding]:
    """Findings about conditions on a decision that no form offers."""
    for owner, value in decisions_in(expression):
        step = procedure.places.steps.get(owner)
        offered = procedure.form_of(step).decisions if step else ()
        if offered and value not in offered:
            message = f"Biểu mẫu của bước «{owner}» không có quyết định «{value}»."
            yield Finding(file, element, message)


def _has(fields: frozenset[str] | None, field: str) -> bool:
    return fields is None or field in fields


def _step(step: Step, drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    steps = procedure.places.steps
    file = file_of(step, drawn)
    for other in step.four_eyes:
        if other not in steps:
            yield Finding(file, step.id, f"four_eyes nêu bước «{other}» không có trong quy trình.")
    offers_return = "return" in procedure.form_of(step).decisions
    if step.returns_to is None and offers_return:
        yield Finding(file, step.id, "Biểu mẫu cho trả lại nhưng thiếu returns_to.")
    elif step.returns_to is not None:
        if step.returns_to not in steps:
            message = f"returns_to nêu bước «{step.returns_to}» không có trong quy trình."
            yield Finding(file, step.id, message)
        elif not offers_return:
            yield Finding(file, step.id, "Có returns_to nhưng biểu mẫu không cho trả lại.")
        elif not _leads_back(step, drawn):
            yield Finding(file, step.id, f"Không có đường trả lại tới bước «{step.returns_to}».")


def file_of(step: Step | Service, drawn: list[Graph]) -> str:
    """The file in which a step is drawn."""
    return next((graph.file for graph in drawn if step.id in graph.nodes), DIAGRAM_FILE)


def _leads_back(step: Step, drawn: list[Graph]) -> bool:
    """Whether a way leads from the step, or from a call of its stage, to where it returns."""
    here = [graph for graph in drawn if step.id in graph.nodes]
    callers = [
        (graph, node.id)
        for graph in drawn
        for node in graph.of_kind("callActivity")
        if any(node.called == stage.id for stage in here)
    ]
    ways = [(graph, step.id) for graph in here] + callers
    return any(step.returns_to in reach(graph, [node]) for graph, node in ways)
