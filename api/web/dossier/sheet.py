"""Papers and money of a dossier."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.web.dossier.scene import Scene
from bpmn.answers import Answer, answers
from bpmn.component import Component
from bpmn.steps import Stage
from engine.store.events import log_of

AMOUNT = "amount"


@dataclass(frozen=True)
class Paper:
    """A component of the dossier with what was handed in of it."""

    component: Component
    originals: int
    copies: int

    @property
    def handed_in(self) -> bool:
        """Whether anything was."""
        return self.originals + self.copies > 0

    @property
    def missing(self) -> bool:
        """Whether it has to be there and is not."""
        asked = self.component
        needed = asked.required and not asked.obtainable_from and not asked.present_only
        return needed and not self.handed_in

    @property
    def noted(self) -> bool:
        """Whether one must know of it while working: it is there, or should be."""
        return self.handed_in or self.missing


@dataclass(frozen=True)
class Decided:
    """What a decision table decided to be paid, and on what ground."""

    amount: int | float
    ground: str


def papers(scene: Scene) -> list[Paper]:
    """The checklist of the procedure, in its order."""
    counted = _handed_in(scene)
    return [
        _paper(each, counted.get(each.code, {})) for each in scene.found.procedure.facts.components
    ]


def _handed_in(scene: Scene) -> Mapping[str, Mapping[str, Any]]:
    (first,) = log_of(scene.call.tx, scene.found.id, 0, 1)
    return {each["code"]: each for each in first.event.data.get("components", [])}


def _paper(component: Component, counted: Mapping[str, Any]) -> Paper:
    return Paper(component, counted.get("originals", 0) or 0, counted.get("copies", 0) or 0)


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
