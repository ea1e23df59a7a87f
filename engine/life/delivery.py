"""How a citizen wished to get the result, and how it was given out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bpmn.procedure import Procedure
from bpmn.steps import Stage
from engine.model.dossier import Dossier

# Id of the check at the counter, whose form asks for the wish (`bpmn/shared/receipt.bpmn`).
_INTAKE = "check_papers"


class Way(StrEnum):
    """A way for the result to reach the citizen."""

    COUNTER = "counter"
    POSTAL = "postal"
    ELECTRONIC = "electronic"


def wished(dossier: Dossier) -> Way | None:
    """How the citizen wished to get the result, if they were asked."""
    said = dossier.facts.get(_INTAKE)
    wish = said.get("result_delivery") if isinstance(said, Mapping) else None
    return Way(wish) if wish in list(Way) else None


def given_out(dossier: Dossier, procedure: Procedure) -> Mapping[str, Any]:
    """The form of the delivery: its `method`, and `postal_number` of what went by post."""
    steps = (step for step in procedure.places.steps.values() if step.stage is Stage.DELIVERY)
    forms = (dossier.facts.get(step.id) for step in steps)
    return next((form for form in forms if isinstance(form, Mapping) and "method" in form), {})
