"""What had been entered into a dossier's forms by some moment, and what an act changed of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.answers import Answer, answers
from bpmn.forms import Form
from bpmn.procedure import Procedure

APPLICATION = "application"
_NAME_OF_APPLICATION = "Tờ khai"
_OURS = "dossier"
"""What the engine itself tells conditions of a dossier; nobody entered it."""

Facts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class FormThen:
    """What a step's form held, or what a decision table gave."""

    step: str
    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class FieldChange:
    """A field of a form that an act filled in, altered or emptied; None is not there."""

    step: str
    name: str
    field: str
    title: str
    before: str | None
    after: str | None


def forms_then(facts: Facts, procedure: Procedure) -> tuple[FormThen, ...]:
    """Everything entered so far, the application first, then in the order it came."""
    return tuple(
        FormThen(step, _name(step, procedure), tuple(answers(data, _form(step, procedure))))
        for step, data in facts.items()
        if step != _OURS
    )


def changes(before: Facts, after: Facts, procedure: Procedure) -> tuple[FieldChange, ...]:
    """The fields in which two states of the forms differ."""
    steps = [step for step in after if step != _OURS and before.get(step) != after[step]]
    return tuple(
        change
        for step in steps
        for change in _changed(step, before.get(step, {}), after[step], procedure)
    )


def _changed(
    step: str, before: Mapping[str, Any], after: Mapping[str, Any], procedure: Procedure
) -> Iterator[FieldChange]:
    form, name = _form(step, procedure), _name(step, procedure)
    old = {answer.field: answer for answer in answers(before, form)} if before else {}
    new = {answer.field: answer for answer in answers(after, form)} if after else {}
    for field, known in (new | old).items():
        was, now = old.get(field), new.get(field)
        if was is None or now is None or was.value != now.value:
            yield FieldChange(step, name, field, known.title, _text(was), _text(now))


def _text(answer: Answer | None) -> str | None:
    return answer.text if answer else None


def _form(step: str, procedure: Procedure) -> Form | None:
    if step == APPLICATION:
        return procedure.application_form
    if table := procedure.diagram.decisions.get(step):
        titles = zip(table.outputs, table.labels, strict=True)
        return Form(step, {"properties": {name: {"title": label} for name, label in titles}})
    service = procedure.places.services.get(step)
    if service and service.answer:
        return procedure.forms[service.answer]
    known = procedure.places.steps.get(step)
    return procedure.form_of(known) if known else None


def _name(step: str, procedure: Procedure) -> str:
    if step == APPLICATION:
        return _NAME_OF_APPLICATION
    return procedure.diagram.names.get(step, step)
