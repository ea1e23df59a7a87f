"""Money of a dossier."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.web.dossier.scene import Scene
from bpmn.answers import Answer, answers
from bpmn.steps import Stage

AMOUNT = "amount"


@dataclass(frozen=True)
class Decided:
    """What a decision table decided to be paid, and on what ground."""

    amount: int | float
    ground: str


def fees(scene: Scene) -> list[Decided]:
    """What decision tables have set to be paid so far."""
    facts = scene.dossier.facts
    tables = (facts.get(id_) for id_ in scene.found.procedure.diagram.decisions)
    return [_decided(each) for each in tables if isinstance(each, Mapping) and _is_fee(each)]


def _is_fee(said: Mapping[str, Any]) -> bool:
    amount = said.get(AMOUNT)
    return isinstance(amount, int | float) and not isinstance(amount, bool)


def _decided(said: Mapping[str, Any]) -> Decided:
    return Decided(said[AMOUNT], str(said.get("ground", "")))


def collected(scene: Scene) -> Iterator[tuple[str, Sequence[Answer]]]:
    """What steps of payment have recorded: the step's name and its form, field by field."""
    procedure = scene.found.procedure
    for step in procedure.places.steps.values():
        filled = scene.dossier.facts.get(step.id)
        if step.stage is Stage.PAYMENT and isinstance(filled, Mapping):
            yield step.name, answers(filled, procedure.form_of(step))
