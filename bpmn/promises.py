"""What a procedure promises to whoever hands in, as against how an office works on it inside."""

from dataclasses import replace
from typing import Any

from bpmn.facts import FILE as FACTS_FILE
from bpmn.fees import is_fee_table
from bpmn.procedure import APPLICATION_FORM, Procedure

TIME_LIMIT = "time_limit"
"""Id of the decision table that sets a dossier's time limit."""


def promises(procedure: Procedure) -> dict[str, Any]:
    """By the name of the part: facts, declaration, tables of fees and of time limits.

    Which unit works on it and when its people are warned is the office's own affair.
    """
    inside = replace(procedure.facts, unit=None, near_due=None)
    tables = procedure.diagram.decisions.values()
    return {
        FACTS_FILE: inside,
        f"forms/{APPLICATION_FORM}": procedure.application_form.schema,
        **{f"{t.id}.dmn": t for t in tables if is_fee_table(t) or t.id == TIME_LIMIT},
    }


def broken_promises(procedure: Procedure, catalogue: Procedure) -> list[str]:
    """The parts in which a process says something else than the catalogue does."""
    ours, theirs = promises(procedure), promises(catalogue)
    parts = ours.keys() | theirs.keys()
    return sorted(part for part in parts if ours.get(part) != theirs.get(part))
