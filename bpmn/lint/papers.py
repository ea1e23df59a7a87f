"""Papers: drawn up before they are signed, signed before they are sealed, by those who may."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from bpmn.findings import Finding, Severity
from bpmn.graph import Graph
from bpmn.lint.references import file_of
from bpmn.procedure import TEMPLATE_SUFFIX, Procedure
from bpmn.roles import ROLE_NAMES, Role
from bpmn.steps import Paper, Step

_APPROVE = "approve"


def papers(drawn: list[Graph], procedure: Procedure) -> Iterator[Finding]:
    """Findings about steps that draw up, sign, seal or digitise, and about templates."""
    for step in procedure.places.steps.values():
        for message in (*_order(step, procedure), *_people(step), *_form(step, procedure)):
            yield Finding(file_of(step, drawn), step.id, message)
        if step.signs and not _sealed(step.signs, procedure):
            message = f"Bước này ký «{step.signs}» nhưng không bước nào đóng dấu (seals)."
            yield Finding(file_of(step, drawn), step.id, message, Severity.WARNING)
    for file in filter(_is_template, procedure.sources):
        yield from _template(file, procedure)


def _is_template(file: str) -> bool:
    return file.endswith(TEMPLATE_SUFFIX)


def _order(step: Step, procedure: Procedure) -> Iterator[str]:
    others = procedure.places.steps.values()
    if step.signs and not any(step.signs in other.drafts for other in others):
        yield f"Bước này ký «{step.signs}» nhưng không bước nào soạn (drafts)."
    if step.seals and not any(step.seals == other.signs for other in others):
        yield f"Bước này đóng dấu «{step.seals}» nhưng không bước nào ký (signs)."


def _sealed(paper: Paper, procedure: Procedure) -> bool:
    return any(other.seals == paper for other in procedure.places.steps.values())


def _people(step: Step) -> Iterator[str]:
    """Decree 30/2020/NĐ-CP, Art 32: the competent person signs, the clerk in person seals."""
    meant = (
        ("signs", step.signs, Role.LEADER),
        ("seals", step.seals, Role.REGISTRY_CLERK),
        ("digitises", step.digitises, Role.RECEPTION_OFFICER),
    )
    for name, set_, role in meant:
        if set_ and step.role is not role:
            yield f"Bước có {name} phải nằm trong làn «{ROLE_NAMES[role]}»."


def _form(step: Step, procedure: Procedure) -> Iterator[str]:
    if step.signs and _APPROVE not in procedure.form_of(step).decisions:
        yield f"Bước có signs phải có quyết định «{_APPROVE}» trong biểu mẫu."


def _template(file: str, procedure: Procedure) -> Iterator[Finding]:
    """Shared ones are there for every procedure, wanted or not."""
    name = Path(file).stem
    try:
        Environment(autoescape=True).parse(procedure.sources[file])
    except TemplateSyntaxError as error:
        message = f"Mẫu văn bản viết sai cú pháp ở dòng {error.lineno}: {error.message}"
        yield Finding(file, name, message)
    if not file.startswith("shared/") and name in list(Paper) and not _drafted(name, procedure):
        message = "Có mẫu văn bản nhưng không bước nào soạn (drafts)."
        yield Finding(file, name, message, Severity.WARNING)


def _drafted(name: str, procedure: Procedure) -> bool:
    return any(name in step.drafts for step in procedure.places.steps.values())
