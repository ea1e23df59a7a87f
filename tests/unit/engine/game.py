"""The token game as the engine plays it: saved and restored between every two steps."""

from collections.abc import Mapping
from typing import Any

from bpmn.parse import Diagram
from bpmn.procedure import procedure_from_sources
from bpmn.steps import Message
from engine.workflow.run import Place, Run
from tests.unit.bpmn.asking import small


class Game:
    """A run that nobody holds in memory from one step to the next."""

    def __init__(self, diagram: Diagram, application: Mapping[str, Any] | None = None) -> None:
        self.diagram = diagram
        self.facts: dict[str, Any] = {"application": application or {}, "dossier": {}}
        self.ended: list[str] = []
        self._keep(Run.begin(diagram, self.facts))

    @property
    def places(self) -> list[Place]:
        """Where tokens rest."""
        return self._run().places

    @property
    def steps(self) -> list[str]:
        """Where tokens rest, by step ids in order of the alphabet."""
        return sorted(place.step for place in self.places)

    def done(self, step: str, **form: Any) -> list[str]:
        """Complete the first open place of a step; the steps now."""
        self.facts[step] = form
        run = self._run()
        run.complete(self._number(step))
        return self._keep(run)

    def happened(self, wait: str) -> list[str]:
        """Let what a wait waits for happen; the steps now."""
        run = self._run()
        run.happen(self._number(wait))
        return self._keep(run)

    def interrupted(self, message: Message, subprocess: str) -> list[str]:
        """Start an event subprocess; the steps now."""
        run = self._run()
        run.interrupt(message, subprocess)
        return self._keep(run)

    def _number(self, step: str) -> int:
        return next(place.number for place in self.places if place.step == step)

    def _run(self) -> Run:
        run = Run.restore(self.diagram, self.state, self.facts)
        assert run.dump() == self.state
        return run

    def _keep(self, run: Run) -> list[str]:
        self.state = run.dump()
        self.ended += run.ended
        assert self.places == run.places
        return self.steps


def drawn(*elements: str, steps: str = "", **shared: str) -> Diagram:
    """A diagram of a few elements; its steps lie with the specialists."""
    return procedure_from_sources(small(*elements, steps=steps, **shared)).diagram
