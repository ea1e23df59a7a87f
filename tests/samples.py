"""Answers for the forms of procedures: the happy ones that are shipped, and others made of them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from bpmn.forms import Form
from bpmn.procedure import PROCESSES, SHARED, Procedure, procedure_from_sources, read_folder

Answer = dict[str, Any]


@cache
def shipped(folder: str) -> Procedure:
    """A shipped procedure by the name of its folder."""
    return procedure_from_sources(read_folder(PROCESSES / folder))


@cache
def _samples(folder: Path) -> dict[str, Answer]:
    file = folder / "samples.json"
    found: dict[str, Answer] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def application(procedure: Procedure, **changes: Any) -> Answer:
    """What a citizen hands in."""
    return answer(procedure, "application", **changes)


def answer(procedure: Procedure, step: str, **changes: Any) -> Answer:
    """The sample answer of a step with changes, and with what these make necessary.

    Procedures that are not shipped have no samples, and forms that ask for nothing.
    """
    folder = PROCESSES / procedure.facts.code.replace(".", "_")
    samples = _samples(SHARED) | _samples(folder) if folder.exists() else {}
    given = samples.get(step, {}) | changes
    form = procedure.application_form
    if step in procedure.places.steps:
        form = procedure.form_of(procedure.places.steps[step])
    for field in form.errors(given):
        if field not in given:
            given[field] = _something(form, field)
    return given


def _something(form: Form, field: str) -> Any:
    part = form.schema["properties"][field]
    if "oneOf" in part:
        return part["oneOf"][0]["const"]
    fillers = {"boolean": True, "integer": part.get("minimum", 1), "number": part.get("minimum", 1)}
    return fillers.get(part["type"], "Nội dung theo hồ sơ")
